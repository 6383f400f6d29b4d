//! `Client::identity` and `Client::credentials_report`.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use cloudcall::client::{ClientBuilder, HttpOptions, Proxies};
use cloudcall::context::{Context, Env};
use cloudcall::credential::{Credential, CredentialChain, EnvCredentials, StaticCredentials};
use cloudcall::error::SendState;
use cloudcall::http::Method;
use cloudcall::json::{Value, json};
use cloudcall::local::{LocalCloud, LocalResponse};
use cloudcall::provider::{Provider, alibaba, tencent, volcengine};
use cloudcall::retry::RetryPolicy;
use cloudcall::transport::{HttpRequest, HttpResponse, HttpSend, TransportError};
use cloudcall::{
    Alibaba, Client, ErrorKind, Huawei, Qcloud, Tencent, Volcengine, async_trait, blocking, credential,
};

const ID: &str = "AKIDidentity0";

#[derive(Debug, Default)]
struct Vars(HashMap<&'static str, &'static str>);

impl Env for Vars {
    fn var(&self, name: &str) -> Option<String> {
        self.0.get(name).map(|value| (*value).to_owned())
    }
}

fn direct() -> HttpOptions {
    HttpOptions::builder().proxies(Proxies::None).build().unwrap()
}

fn keys() -> StaticCredentials {
    StaticCredentials::new(Credential::new(ID, "planted-secret").unwrap())
}

/// A cloud that says this of the owner of any key.
async fn cloud(owner: Value) -> LocalCloud {
    let rest = owner.clone();
    LocalCloud::builder()
        .account(ID, "planted-secret")
        .on("GetCallerIdentity", move |_| LocalResponse::ok(owner.clone()))
        .on_path(Method::GET, "/v5/caller-identity", move |_| LocalResponse::ok(rest.clone()))
        .start()
        .await
        .unwrap()
}

async fn shown<P: Provider>(builder: ClientBuilder<P>, owner: Value) -> Result<String, cloudcall::Error> {
    let cloud = cloud(owner).await;
    let client = builder.endpoint(cloud.endpoint()).credentials(keys()).http(direct()).build().unwrap();
    // The future is `Send`.
    let owner = tokio::spawn(async move { client.identity().await }).await.unwrap();
    owner.map(|owner| owner.to_string())
}

#[tokio::test]
async fn each_cloud_names_account_user_and_role() {
    let owner = json!({ "AccountId": "1", "Arn": "qcs::cam:1:uin/2", "UserId": "2", "Type": "CAMUser" });
    assert_eq!(shown(Client::<Tencent>::builder(), owner).await.unwrap(), "user 2 of account 1");
    let owner = json!({ "AccountId": "1", "Arn": "qcs::sts:1:assumed-role/46", "UserId": "46:nightly" });
    let role = shown(Client::<Tencent>::builder().region("ap-shanghai"), owner).await.unwrap();
    assert_eq!(role, "role 46 (session nightly) of account 1");
    let owner = json!({ "AccountId": "1", "Arn": "acs:ram::1:assumed-role/deploy/s", "PrincipalId": "3:s" });
    let role = shown(Client::<Alibaba>::builder(), owner).await.unwrap();
    assert_eq!(role, "role deploy (session s) of account 1");
    let owner = json!({ "AccountId": 1, "Trn": "trn:iam::1:user/bob", "IdentityId": "7" });
    assert_eq!(shown(Client::<Volcengine>::builder(), owner).await.unwrap(), "user bob of account 1");
    let owner = json!({ "account_id": "d", "principal_urn": "iam::d:user:carol", "principal_id": "u" });
    let user = shown(Client::<Huawei>::builder().region("cn-north-1"), owner).await.unwrap();
    assert_eq!(user, "user carol of account d");
}

#[tokio::test]
async fn a_response_without_an_account_is_an_error() {
    let error = shown(Client::<Tencent>::builder(), json!({ "Arn": "a" })).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(error.to_string().contains("names no account"), "{error}");
    let error = shown(Client::<Qcloud>::builder(), json!({})).await.unwrap_err();
    assert_eq!((error.kind(), error.provider()), (ErrorKind::Config, Some("qcloud")));
}

/// Notes where requests would go, and sends none.
#[derive(Debug, Clone, Default)]
struct Noted(Arc<Mutex<Vec<String>>>);

#[async_trait]
impl HttpSend for Noted {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        self.0.lock().unwrap().push(request.uri().host().unwrap().to_owned());
        Err(TransportError::new(ErrorKind::Connect, SendState::No, "no connection"))
    }
}

#[tokio::test]
async fn the_owner_is_asked_for_at_sts_of_the_region() {
    async fn asked<P: Provider>(builder: ClientBuilder<P>) -> Vec<String> {
        let noted = Noted::default();
        let builder = builder.credentials(keys()).transport(noted.clone()).retry(RetryPolicy::none());
        let client = builder.context(Context::system().with_env(Vars::default())).build().unwrap();
        client.identity().await.unwrap_err();
        noted.0.lock().unwrap().clone()
    }
    assert_eq!(asked(Client::<Tencent>::builder()).await, ["sts.tencentcloudapi.com"]);
    // No project is looked up for it, and a region without an STS has one nearby.
    let huawei = |region: &str| Client::<Huawei>::builder().region(region);
    assert_eq!(asked(huawei("cn-east-3")).await, ["sts.cn-east-3.myhuaweicloud.com"]);
    assert_eq!(asked(huawei("cn-north-1")).await, ["sts.cn-north-4.myhuaweicloud.com"]);
    assert_eq!(asked(Client::<Huawei>::builder()).await, ["sts.cn-north-4.myhuaweicloud.com"]);
    let byteplus = Client::<Volcengine>::builder().site(volcengine::Site::Byteplus);
    assert_eq!(asked(byteplus).await, ["sts.ap-southeast-1.byteplusapi.com"]);
    assert_eq!(asked(Client::<Volcengine>::builder()).await, ["open.volcengineapi.com"]);
    let alibaba = asked(Client::<Alibaba>::builder()).await;
    assert_eq!(alibaba, ["sts.cn-hangzhou.aliyuncs.com"]);
}

#[tokio::test]
async fn the_report_names_the_source_and_what_was_skipped() {
    let vars = Vars(HashMap::from([
        ("ALIYUN_ACCESS_KEY_ID", "LTAIplanted0id"),
        ("ALIYUN_ACCESS_KEY_SECRET", "planted-secret"),
    ]));
    let client = Client::<Alibaba>::builder()
        .region("cn-hangzhou")
        .context(Context::system().with_env(vars))
        .build()
        .unwrap();
    let report = client.credentials_report().await.unwrap();
    assert_eq!(
        (report.source, report.key_id.as_str(), report.temporary),
        ("environment", "LTAI****id", false)
    );
    assert_eq!(report.skipped.len(), 1);
    assert!(report.skipped[0].reason.contains("ALIBABA_CLOUD_ACCESS_KEY_ID"), "{report}");
    let text = format!("{report}\n{report:?}");
    assert!(
        text.contains("used: environment, key LTAI****id, does not expire\nskipped: environment"),
        "{text}"
    );
    assert!(!text.contains("planted"), "{text}");
}

#[tokio::test]
async fn a_report_without_credentials_is_the_error_of_the_chain() {
    let chain = CredentialChain::new().then(EnvCredentials::new("A", "B", "C"));
    let client = Client::<Tencent>::builder().credentials(chain).build().unwrap();
    let error = client.credentials_report().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Credentials);
    assert!(error.to_string().contains("environment: A and B are not set"), "{error}");
}

#[tokio::test]
async fn the_report_of_a_role_names_the_keys_that_were_exchanged() {
    let ends = Context::system().clock.now() + Duration::from_secs(3600);
    let unix = ends.duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs();
    let iso = cloudcall::sign::time::Utc::from_unix(unix).iso();
    let keys = json!({
        "TmpSecretId": "AKIDroleid00x1", "TmpSecretKey": "planted-s", "AccessKeyId": "AKIDroleid00x1",
        "AccessKeySecret": "planted-s", "SecretAccessKey": "planted-s", "SecurityToken": "planted-t", "SessionToken": "planted-t",
        "Token": "planted-t", "Expiration": iso, "ExpiredTime": iso,
    });
    let response = json!({ "Credentials": keys, "ExpiredTime": unix });
    let cloud = LocalCloud::builder()
        .account(ID, "planted-secret")
        .on("AssumeRole", move |_| LocalResponse::ok(response.clone()))
        .start()
        .await
        .unwrap();
    let source = || {
        let chain = CredentialChain::new().then(EnvCredentials::new("NO_ID", "NO_SECRET", ""));
        chain.then(self::keys())
    };
    let transport = cloudcall_tests::transport::Transport::new(&direct()).unwrap();
    let tencent = tencent::credentials::AssumeRole::new(source(), "r").endpoint(cloud.url());
    let alibaba = alibaba::credentials::AssumeRole::new(source(), "r").endpoint(cloud.url());
    let volcengine = volcengine::credentials::AssumeRole::new(source(), "r").endpoint(cloud.url());
    let reports = [
        of(Client::<Tencent>::builder(), tencent.transport(transport.clone())).await,
        of(Client::<Alibaba>::builder(), alibaba.transport(transport.clone())).await,
        of(Client::<Volcengine>::builder(), volcengine.transport(transport)).await,
    ];
    for report in reports {
        assert_eq!((report.key_id.as_str(), report.temporary), ("AKID****x1", true));
        let left = report.expiry.unwrap().duration_since(Context::system().clock.now()).unwrap();
        assert!(left > Duration::from_secs(3000), "{report}");
        let exchanged = report.exchanged_for.as_ref().unwrap();
        assert_eq!((exchanged.source, exchanged.key_id.as_str()), ("static", "AKID****y0"));
        assert!(exchanged.skipped[0].reason.contains("NO_ID and NO_SECRET are not set"));
        assert!(!format!("{report}{report:?}").contains("planted"), "{report}");
    }
}

async fn of<P: Provider>(
    builder: ClientBuilder<P>,
    role: impl credential::ProvideCredential + 'static,
) -> credential::CredentialsReport {
    builder.credentials(role).build().unwrap().credentials_report().await.unwrap()
}

#[test]
fn a_blocking_client_says_the_same() {
    let client = blocking::Client::<Tencent>::builder();
    let client = client.endpoint("http://127.0.0.1:1").credentials(keys()).retry(RetryPolicy::none());
    let client = client.build().unwrap();
    assert_eq!(client.credentials_report().unwrap().source, "static");
    assert_eq!(client.identity().unwrap_err().kind(), ErrorKind::Connect);
}
