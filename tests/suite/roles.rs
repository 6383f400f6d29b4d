//! Clients for the roles of many accounts.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use cloudcall::client::{ClientBuilder, HttpOptions, Proxies, Roles};
use cloudcall::context::Context;
use cloudcall::credential::{Credential, CredentialError, ProvideCredential};
use cloudcall::json::json;
use cloudcall::limiter::{Limit, LimiterOptions};
use cloudcall::local::{LocalCloud, LocalResponse};
use cloudcall::provider::{alibaba, tencent, volcengine};
use cloudcall::sign::time::{Utc, unix_seconds};
use cloudcall::transport::{HttpRequest, HttpResponse, HttpSend, TransportError};
use cloudcall::{Alibaba, Client, Tencent, Volcengine, async_trait};
use cloudcall_tests::transport::Transport;

const ROLES: [&str; 3] = ["one", "two", "three"];

/// The keys of the user who may assume the roles, and how often they were fetched.
#[derive(Debug, Clone, Default)]
struct Base(Arc<AtomicUsize>);

#[async_trait]
impl ProvideCredential for Base {
    fn name(&self) -> &'static str {
        "base"
    }

    async fn provide(&self, _: &Context) -> Result<Credential, CredentialError> {
        self.0.fetch_add(1, Ordering::SeqCst);
        Ok(Credential::new("AKIDbase", "planted-base")?)
    }
}

fn direct() -> HttpOptions {
    HttpOptions::builder().proxies(Proxies::None).build().unwrap()
}

/// A cloud where the role `r` has the key `AKIDr`.
async fn cloud() -> LocalCloud {
    let mut cloud = LocalCloud::builder().account("AKIDbase", "planted-base");
    for role in ROLES {
        cloud = cloud.account_with_token(format!("AKID{role}"), "planted-s", "planted-t");
    }
    let cloud = cloud.on("AssumeRole", |request| {
        let role = request.param("RoleArn").or_else(|| request.param("RoleTrn")).unwrap();
        let id = format!("AKID{role}");
        let unix = unix_seconds(Context::system().clock.now() + Duration::from_secs(3600));
        let ends = Utc::from_unix(unix).iso();
        LocalResponse::ok(json!({
            "ExpiredTime": unix,
            "Credentials": {
                "TmpSecretId": id, "TmpSecretKey": "planted-s", "Token": "planted-t",
                "AccessKeyId": id, "AccessKeySecret": "planted-s", "SecretAccessKey": "planted-s",
                "SecurityToken": "planted-t", "SessionToken": "planted-t",
                "Expiration": ends, "ExpiredTime": ends,
            },
        }))
    });
    let cloud = cloud.on("DescribeZones", |request| LocalResponse::ok(json!({ "By": request.account })));
    cloud.start().await.unwrap()
}

/// Calls each role four times at once, and checks who signed.
macro_rules! call_all {
    ($client:expr, $assume:expr) => {{
        let roles = Roles::new($client, $assume);
        let calls = ROLES.iter().cycle().take(4 * ROLES.len()).map(|role| {
            let call = roles.client(role).raw("cvm", "2017-03-12", "DescribeZones");
            tokio::spawn(async move { (*role, call.send().await.unwrap()) })
        });
        for call in calls.collect::<Vec<_>>() {
            let (role, response) = call.await.unwrap();
            assert_eq!(response["By"], format!("AKID{role}").as_str());
        }
    }};
}

fn prepared<P: cloudcall::provider::Provider>(
    builder: ClientBuilder<P>,
    cloud: &LocalCloud,
    base: &Base,
) -> ClientBuilder<P> {
    builder.region("r-1").endpoint(cloud.endpoint()).credentials(base.clone()).http(direct())
}

#[tokio::test]
async fn each_role_has_one_client_and_one_credential() {
    let transport = Transport::new(&direct()).unwrap();
    let (cloud, base) = (cloud().await, Base::default());
    let (url, wire) = (cloud.url(), transport.clone());
    call_all!(prepared(Client::<Tencent>::builder(), &cloud, &base).build().unwrap(), move |keys, role| {
        tencent::credentials::AssumeRole::new(keys, role).endpoint(&url).transport(wire.clone())
    });
    assert_eq!((cloud.count("AssumeRole"), base.0.load(Ordering::SeqCst)), (3, 1));
    let (url, wire) = (cloud.url(), transport.clone());
    call_all!(prepared(Client::<Alibaba>::builder(), &cloud, &base).build().unwrap(), move |keys, role| {
        alibaba::credentials::AssumeRole::new(keys, role).endpoint(&url).transport(wire.clone())
    });
    assert_eq!((cloud.count("AssumeRole"), base.0.load(Ordering::SeqCst)), (6, 2));
    let (url, wire) = (cloud.url(), transport);
    call_all!(
        prepared(Client::<Volcengine>::builder(), &cloud, &base).build().unwrap(),
        move |keys, role| {
            volcengine::credentials::AssumeRole::new(keys, role).endpoint(&url).transport(wire.clone())
        }
    );
    assert_eq!((cloud.count("AssumeRole"), base.0.load(Ordering::SeqCst)), (9, 3));
}

/// Counts the requests that are under way.
#[derive(Debug)]
struct Counted {
    inner: Transport,
    now: AtomicUsize,
    most: AtomicUsize,
}

#[async_trait]
impl HttpSend for Counted {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        self.most.fetch_max(self.now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
        tokio::time::sleep(Duration::from_millis(2)).await;
        let response = self.inner.send(request).await;
        self.now.fetch_sub(1, Ordering::SeqCst);
        response
    }
}

#[tokio::test]
async fn the_clients_of_all_roles_share_one_limiter() {
    let (cloud, base) = (cloud().await, Base::default());
    let transport = Transport::new(&direct()).unwrap();
    let counted = Counted { inner: transport.clone(), now: AtomicUsize::new(0), most: AtomicUsize::new(0) };
    let counted = Arc::new(counted);
    let client = prepared(Client::<Tencent>::builder(), &cloud, &base)
        .transport(counted.clone())
        .limiter(LimiterOptions::new().product("cvm", Limit::at_once(1)))
        .build()
        .unwrap();
    let url = cloud.url();
    call_all!(client, move |keys, role| {
        tencent::credentials::AssumeRole::new(keys, role).endpoint(&url).transport(transport.clone())
    });
    assert_eq!((counted.most.load(Ordering::SeqCst), cloud.count("DescribeZones")), (1, 12));
}

#[tokio::test]
async fn a_refused_role_is_the_error_of_its_own_client() {
    let (cloud, base) = (cloud().await, Base::default());
    let client = prepared(Client::<Tencent>::builder(), &cloud, &base).build().unwrap();
    let roles =
        Roles::new(client, |_, role: &str| Credential::new(format!("AKID{role}"), "planted-wrong").unwrap());
    let call = |role: &str| roles.client(role).raw("cvm", "2017-03-12", "DescribeZones").send();
    let error = call("one").await.unwrap_err();
    assert!(error.is_auth(), "{error}");
    assert!(!format!("{error:?}{roles:?}").contains("planted"), "{error:?}{roles:?}");
}
