//! Rows 50 to 53: the service that gives the keys fails.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use cloudcall::async_trait;
use cloudcall::context::Context;
use cloudcall::credential::{CredentialCache, CredentialError, ProvideCredential};
use cloudcall::provider::alibaba::credentials::InstanceRole as EcsRole;
use cloudcall::provider::tencent::credentials::InstanceRole as CvmRole;
use cloudcall_tests::server::{Reply, Server, http as response};
use cloudcall_tests::transport::Transport;
use tokio::sync::Semaphore;

use super::*;

/// Keys of Tencent Cloud's metadata service, for an hour.
fn keys_for_an_hour(name: &str) -> String {
    let ends = NOW + 3600;
    format!(
        r#"{{"TmpSecretId":"{name}","TmpSecretKey":"planted-secret","Token":"planted-token","ExpiredTime":{ends},"Code":"Success"}}"#
    )
}

fn direct() -> Transport {
    Transport::new(&http().build().unwrap()).unwrap()
}

fn role(metadata: &Server) -> CvmRole {
    CvmRole::new().role("r").base(metadata.url()).transport(direct())
}

/// The clock stands still, but waits and limits are real.
fn context() -> Context {
    Context::system().with_clock(FakeTime::at(NOW))
}

/// A call whose keys come from this metadata service.
async fn with_keys_of(metadata: &Server, server: &Server) -> Result<Response<Value>, Error> {
    let client = builder(server).credentials(role(metadata)).context(context()).build().unwrap();
    call(&client, Read).await
}

#[tokio::test]
async fn row_50_metadata_500_once() {
    let server = Server::replies([Reply::json(OK)]).await;
    let metadata =
        Server::replies([Reply::status(500, "", ""), Reply::json(&keys_for_an_hour("AKIDone"))]).await;
    with_keys_of(&metadata, &server).await.unwrap();
    assert_eq!((metadata.requests().len(), server.requests().len()), (2, 1));
    let authorization = server.requests()[0].header("authorization").unwrap().to_owned();
    assert!(authorization.contains("AKIDone"), "{authorization}");
}

#[tokio::test]
async fn row_50_metadata_stall() {
    let server = Server::replies([Reply::json(OK)]).await;
    let metadata = Server::replies([Reply::stall()]).await;
    let start = Instant::now();
    let error = with_keys_of(&metadata, &server).await.unwrap_err();
    let took = start.elapsed();
    assert!(took >= milliseconds(1_900) && took < milliseconds(3_500), "about 2 s, not {took:?}");
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Credentials, 0), "{error}");
    assert_eq!((metadata.requests().len(), server.connections()), (1, 0));
    soon("the connection is given up", || metadata.gone() == 1).await;
}

#[tokio::test]
async fn row_50_metadata_malformed() {
    let server = Server::replies([Reply::json(OK)]).await;
    let good = keys_for_an_hour("AKIDone");
    let seven = [
        String::new(),
        "<html>planted-secret</html>".to_owned(),
        good[..60].to_owned(),
        good.replace("TmpSecretKey", "Other"),
        good.replace("planted-secret", ""),
        good.replace(&(NOW + 3600).to_string(), "\"soon\""),
        good.replace("AKIDone", "AKID\\r\\nX: y"),
    ];
    for malformed in seven {
        let metadata = Server::replies([Reply::json(&malformed)]).await;
        let error = with_keys_of(&metadata, &server).await.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Credentials, 0), "{malformed}: {error}");
        assert!(!format!("{error}{error:?}").contains("planted"), "{error}");
        assert_eq!(metadata.requests().len(), 1, "{malformed}");
    }
    assert_eq!(server.connections(), 0, "nothing is sent unsigned");
}

#[tokio::test]
async fn row_50_metadata_flapping() {
    // Good only each fifth time.
    let metadata = Server::start(|n, _| match n % 5 {
        0 => Reply::json(&keys_for_an_hour(&format!("AKID{n}"))),
        1 | 2 => Reply::status(500, "", ""),
        3 => Reply::json("<html>"),
        _ => Reply::close(),
    })
    .await;
    let (time, cache) = (FakeTime::at(NOW), CredentialCache::new(Arc::new(role(&metadata))));
    let context = Context::system().with_clock(time.clone());
    assert_eq!(cache.get(&context).await.unwrap().id(), "AKID0");
    // Ten minutes before the end new keys are asked for, at first in vain: the old ones serve on.
    time.advance(Duration::from_secs(3_000));
    let mut served = Vec::new();
    while served.last().is_none_or(|id| id == "AKID0") && served.len() < 20 {
        served.push(cache.get(&context).await.unwrap().id().to_owned());
        // Time for a refresh, and for the cool-down after one that failed.
        tokio::time::sleep(milliseconds(150)).await;
        time.advance(Duration::from_secs(20));
    }
    assert_eq!(served.last().unwrap(), "AKID5", "the sixth response is good again: {served:?}");
    assert!(served.len() > 2 && metadata.requests().len() == 6, "{served:?}");
}

#[tokio::test]
async fn row_51_metadata_token_expired() {
    let keys = r#"{"Code":"Success","AccessKeyId":"STS.tmp","AccessKeySecret":"planted-secret","SecurityToken":"planted-token","Expiration":"2023-11-15T00:13:20Z"}"#;
    let metadata = Server::replies([
        Reply::status(200, "", "planted-first"),
        Reply::status(401, "", ""),
        Reply::status(200, "", "planted-second"),
        Reply::json(keys),
    ])
    .await;
    let provider = EcsRole::new().role("r").base(metadata.url()).transport(direct());
    let credential = bounded(CredentialCache::new(Arc::new(provider)).get(&context())).await.unwrap();
    assert_eq!(credential.id(), "STS.tmp");
    let requests = metadata.requests();
    assert_eq!(requests.len(), 4, "one new token");
    let shown: Vec<_> = requests.iter().map(|r| r.header("x-aliyun-ecs-metadata-token")).collect();
    assert_eq!(shown, [None, Some("planted-first"), None, Some("planted-second")]);
}

/// So many tasks at once on an empty cache.
async fn stampede(cache: CredentialCache, context: Context, meanwhile: impl AsyncFnOnce()) {
    let cache = Arc::new(cache);
    let tasks: Vec<_> = (0..1_000)
        .map(|_| {
            let (cache, context) = (cache.clone(), context.clone());
            tokio::spawn(async move { cache.get(&context).await.unwrap().id().to_owned() })
        })
        .collect();
    meanwhile().await;
    for task in tasks {
        assert_eq!(bounded(task).await.unwrap(), "AKIDone");
    }
}

/// Keys that come when the test lets them, or not at all.
#[derive(Debug)]
struct Issuer {
    fetches: AtomicUsize,
    fails: AtomicBool,
    gate: Semaphore,
}

impl Issuer {
    fn new(permits: usize) -> Arc<Self> {
        Arc::new(Self {
            fetches: AtomicUsize::new(0),
            fails: AtomicBool::new(false),
            gate: Semaphore::new(permits),
        })
    }
}

#[async_trait]
impl ProvideCredential for Issuer {
    fn name(&self) -> &'static str {
        "issuer"
    }

    async fn provide(&self, context: &Context) -> Result<Credential, CredentialError> {
        self.fetches.fetch_add(1, Ordering::SeqCst);
        self.gate.acquire().await.unwrap().forget();
        if self.fails.load(Ordering::SeqCst) {
            return Err(Error::new(ErrorKind::Credentials, "issuer: down").into());
        }
        let keys = Credential::new("AKIDone", "planted-secret")?;
        Ok(keys.with_expiry(context.clock.now() + Duration::from_secs(3600)))
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn row_52_a_thousand_tasks_on_a_cold_cache() {
    // 200 ms.
    let slow = Reply::Slowly(
        vec![Vec::new(), response(200, "", &keys_for_an_hour("AKIDone")), Vec::new()],
        milliseconds(200),
    );
    let metadata = Server::replies([slow]).await;
    stampede(CredentialCache::new(Arc::new(role(&metadata))), context(), async || ()).await;
    assert_eq!((metadata.requests().len(), metadata.connections()), (1, 1));
    // 6 s, by a clock that the test moves.
    let (issuer, time) = (Issuer::new(0), FakeTime::at(NOW));
    let cache = CredentialCache::new(issuer.clone());
    stampede(cache, time.context(), async || {
        tokio::time::sleep(milliseconds(20)).await;
        time.advance(Duration::from_secs(6));
        issuer.gate.add_permits(1);
    })
    .await;
    assert_eq!(issuer.fetches.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn row_53_the_refresh_fails_and_the_keys_live() {
    let (issuer, time) = (Issuer::new(1_000), FakeTime::at(NOW));
    let server = Server::replies([Reply::json(OK)]).await;
    let client = builder(&server).credentials(issuer.clone()).context(time.context()).build().unwrap();
    call(&client, Write).await.unwrap();
    issuer.fails.store(true, Ordering::SeqCst);
    time.advance(Duration::from_secs(3600 - 300));
    for second in 0..300 {
        let outcome = call(&client, Write).await;
        assert!(outcome.is_ok(), "{second}: {outcome:?}");
        time.advance(Duration::from_secs(1));
    }
    let tried = issuer.fetches.load(Ordering::SeqCst) - 1;
    assert!((10..=100).contains(&tried), "tried again, but not with every call: {tried}");
    let error = call(&client, Write).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Credentials, 0), "{error}");
    assert_eq!(server.requests().len(), 301);
}
