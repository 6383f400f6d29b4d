//! The order of a call, against a server that misbehaves on demand.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use cloudcall::action::{Action, ActionInfo, Fields, Param, ParamLocation};
use cloudcall::client::{ClientOptions, HttpOptions, Proxies, TimeoutOptions};
use cloudcall::credential::{Credential, CredentialChain, StaticCredentials};
use cloudcall::json::{Value, json};
use cloudcall::observe::{Observe, Reply as Seen};
use cloudcall::provider::tencent::{Language, credentials};
use cloudcall::retry::RetryPolicy;
use cloudcall::{Client, Error, ErrorKind, Tencent};
use cloudcall_tests::server::{Reply, Server, http};
use cloudcall_tests::time::FakeTime;

const OK: &str = r#"{"Response":{"Zone":"z","RequestId":"r-ok"}}"#;

/// A call that is named by the test: a read or a write by its verb.
struct Named<const WRITE: bool>;

impl<const WRITE: bool> Action for Named<WRITE> {
    type Provider = Tencent;
    type Output = Value;
    const INFO: &'static ActionInfo =
        &ActionInfo::new("cvm", "2017-03-12", if WRITE { "RunIt" } else { "DescribeIt" });

    fn fields(&self, fields: &mut Fields) -> Result<(), Error> {
        fields.put(&Param::new("Limit"), &1)
    }
}

const READ: Named<false> = Named;
const WRITE: Named<true> = Named;

fn builder(server: &Server) -> cloudcall::client::ClientBuilder<Tencent> {
    let keys = Credential::new("AKIDplanted", "planted-secret").unwrap().with_token("planted-token");
    Client::<Tencent>::builder()
        .region("ap-guangzhou")
        .endpoint(server.url().as_str())
        .credentials(StaticCredentials::new(keys))
        .http(HttpOptions::builder().proxies(Proxies::None).build().unwrap())
}

fn client(server: &Server, time: &FakeTime) -> Client<Tencent> {
    builder(server).context(time.context()).build().unwrap()
}

fn error_response(code: &str) -> Reply {
    Reply::json(
        &json!({"Response": {"Error": {"Code": code, "Message": "m"}, "RequestId": "r-e"}}).to_string(),
    )
}

#[tokio::test]
async fn a_typed_response_carries_what_came_with_it() {
    let server =
        Server::replies([Reply::status(200, "Content-Type: application/json\r\nX-A: b\r\n", OK)]).await;
    let time = FakeTime::at(1_700_000_000);
    let response = client(&server, &time).invoker(READ).invoke().await.unwrap();
    assert_eq!((response.request_id(), response.attempts()), (Some("r-ok"), 1));
    assert_eq!(response.headers()["x-a"], "b");
    assert_eq!(response.to_json().unwrap(), json!({"Zone": "z", "RequestId": "r-ok"}));
    assert_eq!(response["Zone"], "z");
    assert_eq!(response.raw_body(), OK.as_bytes());
    let request = &server.requests()[0];
    assert_eq!(request.line(), "POST /");
    assert_eq!(request.body, br#"{"Limit":1}"#);
    assert_eq!(request.header("host"), Some(server.url().trim_start_matches("http://")));
    assert_eq!(request.header("x-tc-timestamp"), Some("1700000000"));
    assert_eq!(request.header("x-tc-token"), Some("planted-token"));
}

#[tokio::test]
async fn api_errors_are_found_under_any_status_and_content_type() {
    let body = r#"{"Response":{"Error":{"Code":"InvalidParameter","Message":"no"},"RequestId":"r-1"}}"#;
    for status in [200, 400, 403, 500] {
        for kind in ["application/json; charset=utf-8", "text/html", ""] {
            let reply = Reply::status(status, &format!("Content-Type: {kind}\r\n"), body);
            let server = Server::replies([reply]).await;
            let error = client(&server, &FakeTime::at(1)).invoker(WRITE).await.unwrap_err();
            assert_eq!(error.code(), Some("InvalidParameter"), "{status} {kind}");
            assert_eq!((error.request_id(), error.attempts()), (Some("r-1"), 1));
            assert_eq!(error.action(), Some("RunIt"));
        }
    }
}

#[tokio::test]
async fn what_is_no_response_is_never_a_success() {
    for (status, body, kind) in [
        (200, "", ErrorKind::Decode),
        (200, "<html>busy</html>", ErrorKind::Decode),
        (200, "{}", ErrorKind::Decode),
        (200, r#"{"Response":{"RequestId":"r"#, ErrorKind::Decode),
        (200, "{\"Response\":{}} trailing", ErrorKind::Decode),
        (302, "", ErrorKind::Protocol),
        (404, "<html>", ErrorKind::NotFound),
        (403, "", ErrorKind::Auth),
        (429, "", ErrorKind::Throttled),
        (502, "<html>bad gateway</html>", ErrorKind::Service),
    ] {
        let server = Server::replies([Reply::status(status, "", body)]).await;
        let policy = RetryPolicy::none();
        let error = client(&server, &FakeTime::at(1)).invoker(READ).with_retry(policy).await.unwrap_err();
        assert_eq!(error.kind(), kind, "{status} {body:?}: {error}");
        assert_eq!(error.status().unwrap().as_u16(), status);
        if !body.is_empty() {
            assert_eq!(error.raw_body(), Some(body.as_bytes()));
        }
    }
    let bom = format!("\u{feff}{OK}");
    let server = Server::replies([Reply::json(&bom)]).await;
    assert!(client(&server, &FakeTime::at(1)).invoker(READ).await.is_ok(), "a byte order mark is no error");
}

#[tokio::test]
async fn a_read_is_repeated_and_a_write_is_not() {
    for broken in
        [Reply::close(), Reply::reset(), Reply::status(503, "", "busy"), error_response("InternalError")]
    {
        let server = Server::replies([broken.clone(), broken.clone(), Reply::json(OK)]).await;
        let time = FakeTime::at(1);
        let response = client(&server, &time).invoker(READ).await.unwrap();
        assert_eq!((response.attempts(), server.requests().len()), (3, 3), "{broken:?}");
        let waits = time.waits();
        assert_eq!(waits.len(), 2);
        assert!(
            waits[0] <= Duration::from_millis(100) && waits[1] <= Duration::from_millis(201),
            "{waits:?}"
        );

        let server = Server::replies([broken.clone(), Reply::json(OK)]).await;
        let error = client(&server, &FakeTime::at(1)).invoker(WRITE).await.unwrap_err();
        assert!(error.may_have_been_sent(), "{error}");
        assert_eq!(server.requests().len(), 1, "{broken:?}");
    }
}

#[tokio::test]
async fn a_throttled_write_is_repeated_since_it_was_not_carried_out() {
    let server = Server::replies([error_response("RequestLimitExceeded"), Reply::json(OK)]).await;
    let time = FakeTime::at(1_700_000_000);
    let response = client(&server, &time).invoker(WRITE).await.unwrap();
    assert_eq!(response.attempts(), 2);
    let requests = server.requests();
    assert_ne!(
        requests[0].header("x-tc-traceid"),
        requests[1].header("x-tc-traceid"),
        "a nonce is never used twice"
    );
}

#[tokio::test]
async fn after_the_last_attempt_nothing_is_waited_for() {
    let server = Server::replies([Reply::status(503, "", "")]).await;
    let time = FakeTime::at(1);
    let error = client(&server, &time).invoker(READ).await.unwrap_err();
    assert_eq!((error.attempts(), server.requests().len(), time.waits().len()), (3, 3, 2));
    assert_eq!(error.kind(), ErrorKind::Service);
}

#[tokio::test]
async fn retry_after_is_obeyed_and_capped() {
    for (asked, waited) in [("2", 2), ("1000000000", 20), ("Thu, 01 Jan 1970 00:00:11 GMT", 10)] {
        let busy = Reply::status(429, &format!("Retry-After: {asked}\r\n"), "");
        let server = Server::replies([busy, Reply::json(OK)]).await;
        let time = FakeTime::at(1);
        client(&server, &time).invoker(READ).await.unwrap();
        assert_eq!(time.waits(), [Duration::from_secs(waited)], "{asked}");
    }
}

#[tokio::test]
async fn a_wait_past_the_time_limit_is_not_begun() {
    let busy = Reply::status(429, "Retry-After: 15\r\n", "");
    let server = Server::replies([busy, Reply::json(OK)]).await;
    let time = FakeTime::at(1);
    let limits = TimeoutOptions::builder().total(Duration::from_secs(10)).build().unwrap();
    // The fake sleep takes limits below 25 s for waits, so the response must be here at once.
    let error = builder(&server)
        .context(time.context().with_sleep(Never))
        .build()
        .unwrap()
        .invoker(READ)
        .with_timeouts(limits)
        .await
        .unwrap_err();
    assert_eq!((error.attempts(), error.retry_after()), (1, Some(Duration::from_secs(15))));
}

#[derive(Debug)]
struct Never;

impl cloudcall::context::Sleep for Never {
    fn sleep(&self, _: Duration) -> cloudcall::context::SleepFuture {
        Box::pin(std::future::pending())
    }
}

#[tokio::test]
async fn a_clock_that_is_off_is_corrected_once() {
    let expired =
        json!({"Response": {"Error": {"Code": "AuthFailure.SignatureExpire", "Message": "m"}}}).to_string();
    let expired = Reply::status(200, "Date: Tue, 14 Nov 2023 23:13:20 GMT\r\n", &expired);
    let server = Server::replies([expired.clone(), Reply::json(OK), Reply::json(OK)]).await;
    let client_ = client(&server, &FakeTime::at(1_700_000_000));
    assert_eq!(client_.invoker(WRITE).await.unwrap().attempts(), 2);
    client_.invoker(WRITE).await.unwrap();
    let times: Vec<_> =
        server.requests().iter().map(|r| r.header("x-tc-timestamp").unwrap().to_owned()).collect();
    assert_eq!(times, ["1700000000", "1700003600", "1700003600"], "what was learned holds for the client");

    let server = Server::replies([expired]).await;
    let error = client(&server, &FakeTime::at(1_700_000_000)).invoker(WRITE).await.unwrap_err();
    assert_eq!((error.attempts(), error.kind()), (2, ErrorKind::Auth), "a second such response is final");
}

#[tokio::test]
async fn limits_of_time_end_a_call() {
    let short = |read: u64, attempt: u64, total: u64| {
        let ms = Duration::from_millis;
        TimeoutOptions::builder().read(ms(read)).attempt(ms(attempt)).total(ms(total)).build().unwrap()
    };
    let head = b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{".to_vec();
    let drip = Reply::Slowly(
        vec![head.clone(), vec![b' '; 1], vec![b' '; 1], vec![b' '; 1], vec![b' '; 1]],
        Duration::from_millis(60),
    );
    for (reply, limits, sent) in [
        (Reply::stall(), short(20, 80, 5_000), "attempt, for the head"),
        (Reply::RawThenStall(head.clone()), short(80, 5_000, 5_000), "read in the body"),
        (drip.clone(), short(5_000, 150, 5_000), "attempt"),
        (drip, short(5_000, 5_000, 150), "total"),
    ] {
        let server = Server::replies([reply]).await;
        let client = builder(&server).build().unwrap();
        let call = client.invoker(WRITE).with_timeouts(limits);
        let error =
            tokio::time::timeout(Duration::from_secs(4), call.invoke()).await.expect(sent).unwrap_err();
        assert!(error.is_timeout() && error.may_have_been_sent(), "{sent}: {error}");
        assert_eq!(server.requests().len(), 1);
    }
}

#[tokio::test]
async fn nothing_listens_on_the_port() {
    let server = Server::replies([Reply::json(OK)]).await;
    let time = FakeTime::at(1);
    let client = client(&server, &time);
    let port = server.port();
    drop(server);
    tokio::time::sleep(Duration::from_millis(20)).await;
    let error = client.invoker(WRITE).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.attempts()),
        (ErrorKind::Connect, 3),
        "never sent, so even a write is repeated"
    );
    assert!(!error.may_have_been_sent());
    assert_eq!(error.endpoint(), Some(format!("127.0.0.1:{port}").as_str()));
}

#[tokio::test]
async fn a_response_over_the_limit_is_given_up() {
    let body = format!(r#"{{"Response":{{"A":"{}"}}}}"#, "x".repeat(5_000));
    let chunked = format!(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{:x}\r\n{body}\r\n0\r\n\r\n",
        body.len()
    );
    for reply in [Reply::json(&body), Reply::Raw(chunked.into_bytes())] {
        let server = Server::replies([reply]).await;
        let http = HttpOptions::builder().max_body_bytes(4_096_usize).proxies(Proxies::None).build().unwrap();
        let client = builder(&server).http(http).context(FakeTime::at(1).context()).build().unwrap();
        let error = client.invoker(READ).await.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::TooLarge, 1), "{error}");
    }
}

#[tokio::test]
async fn a_body_that_ends_early_is_an_error() {
    for raw in [
        "HTTP/1.1 200 OK\r\nContent-Length: 4000\r\n\r\n{\"Response\":{}}",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nf\r\n{\"Response\":{}}\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffff\r\n{\"Response\":{}}",
    ] {
        let server = Server::replies([Reply::RawThenClose(raw.into())]).await;
        let error = client(&server, &FakeTime::at(1)).invoker(WRITE).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Io, "{raw:?}: {error}");
        assert!(error.to_string().contains("incomplete body"), "{error}");
        assert_eq!(server.requests().len(), 1, "a write whose response is lost may have been carried out");
    }
}

#[tokio::test]
async fn what_is_not_http_is_a_protocol_error() {
    for raw in [
        "garbage garbage\r\n\r\n",
        "HTTP/1.1 abc OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    ] {
        let server = Server::replies([Reply::RawThenClose(raw.into())]).await;
        let error = client(&server, &FakeTime::at(1)).invoker(WRITE).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Protocol, "{raw:?}: {error:?}");
    }
}

#[tokio::test]
async fn redirects_are_not_followed() {
    let other = Server::replies([Reply::json(OK)]).await;
    for status in [301, 302, 303, 307, 308] {
        let server =
            Server::replies([Reply::status(status, &format!("Location: {}\r\n", other.url()), "")]).await;
        let error = client(&server, &FakeTime::at(1)).invoker(READ).await.unwrap_err();
        assert_eq!((error.kind(), server.requests().len()), (ErrorKind::Protocol, 1));
    }
    assert_eq!(other.requests().len(), 0);
}

#[tokio::test]
async fn the_quota_ends_retries_of_the_whole_client() {
    let server = Server::replies([Reply::status(503, "", "")]).await;
    let policy = RetryPolicy::from(cloudcall::retry::RetryOptions::builder().quota(7).build().unwrap());
    let client = builder(&server).context(FakeTime::at(1).context()).retry(policy).build().unwrap();
    for attempts in [2, 1, 1] {
        assert_eq!(client.invoker(READ).await.unwrap_err().attempts(), attempts);
    }
}

/// A server that fails twice, and a client whose quota is enough for one retry.
async fn one_retry(time: &FakeTime) -> (Server, cloudcall::client::ClientBuilder<Tencent>) {
    let failing = || Reply::status(503, "", "");
    let server = Server::replies([failing(), failing(), Reply::json(OK)]).await;
    let policy = RetryPolicy::from(cloudcall::retry::RetryOptions::builder().quota(5).build().unwrap());
    let builder = builder(&server).context(time.context()).retry(policy);
    (server, builder)
}

#[tokio::test]
async fn a_call_that_is_dropped_before_its_retry_costs_no_quota() {
    let time = FakeTime::at(1).by_hand();
    let (server, builder) = one_retry(&time).await;
    let client = builder.build().unwrap();
    let first = tokio::spawn({
        let client = client.clone();
        async move { client.invoker(READ).await }
    });
    time.asleep().await;
    first.abort();
    assert!(first.await.unwrap_err().is_cancelled());
    assert_eq!(server.requests().len(), 1, "it was dropped in its backoff");
    let second = tokio::spawn(async move { client.invoker(READ).await });
    time.asleep().await;
    time.advance(Duration::from_secs(1));
    assert_eq!(second.await.unwrap().unwrap().attempts(), 2);
}

#[tokio::test]
async fn a_retry_that_the_limiter_stops_costs_no_quota() {
    use cloudcall::limiter::{Limit, LimiterOptions};
    let (server, builder) = one_retry(&FakeTime::at(1)).await;
    let limits = LimiterOptions::new().action("cvm", "DescribeIt", Limit::rate(0.001));
    let client = builder.limiter(limits).build().unwrap();
    let error = client.invoker(READ).await.unwrap_err();
    assert_eq!((error.status().unwrap().as_u16(), error.attempts(), server.requests().len()), (503, 1, 1));
    assert_eq!(client.raw("cvm", "2017-03-12", "DescribeOther").await.unwrap().attempts(), 2);
}

#[tokio::test]
async fn each_header_is_sent_once() {
    let server = Server::replies([Reply::json(OK)]).await;
    let client = client(&server, &FakeTime::at(1));
    client.invoker(READ).await.unwrap();
    client.invoker(READ).add_header("Accept", "application/json").await.unwrap();
    let requests = server.requests();
    for (request, accept) in requests.iter().zip(["*/*", "application/json"]) {
        assert_eq!(request.header("accept"), Some(accept));
        assert_eq!(request.header("accept-encoding"), Some("gzip"));
        assert_eq!(request.header("content-length"), Some("11"));
        let mut names: Vec<_> =
            request.head.lines().skip(1).filter_map(|line| line.split(':').next()).collect();
        let sent = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), sent, "{}", request.head);
    }
}

/// What waits with a call is kept in a program for each call in flight; a buffer that slips in would be seen here.
#[tokio::test]
async fn a_waiting_call_takes_little_room() {
    let server = Server::replies([Reply::json(OK)]).await;
    let call = client(&server, &FakeTime::at(1)).invoker(READ).invoke();
    let size = std::mem::size_of_val(&call);
    assert!(size <= 2_560, "{size} bytes");
    call.await.unwrap();
}

/// Two headers of the caller, one of them for the call alone.
#[tokio::test]
async fn headers_of_client_and_call() {
    let server = Server::replies([Reply::json(OK)]).await;
    let client = builder(&server).header("X-TC-Canary", "0").header("X-Own", "a").build().unwrap();
    client
        .invoker(READ)
        .add_header("x-tc-canary", "1")
        .add_header("X-TC-TraceId", "trace-1")
        .with_cloud(|cloud| cloud.language = Language::English)
        .await
        .unwrap();
    client.invoker(READ).await.unwrap();
    let requests = server.requests();
    assert_eq!(requests[0].header("x-tc-canary"), Some("1"));
    assert_eq!(requests[0].header("x-tc-traceid"), Some("trace-1"));
    assert_eq!(requests[0].header("x-tc-language"), Some("en-US"));
    assert_eq!(requests[1].header("x-tc-language"), Some("zh-CN"));
    assert_eq!(requests[1].header("x-tc-canary"), Some("0"), "a call never changes the client");
    assert_eq!(requests[1].header("x-own"), Some("a"));
}

#[tokio::test]
async fn nothing_is_smuggled_in() {
    let server = Server::replies([Reply::json(OK)]).await;
    let good = builder(&server).build().unwrap();
    for (name, value) in [
        ("X-A", "a\r\nX-B: b"),
        ("X-A\r\nX-B", "b"),
        ("X-A", "nul\0"),
        ("X A", "v"),
        ("", "v"),
        ("Host", "evil"),
        ("Authorization", "x"),
    ] {
        let error = good.invoker(READ).add_header(name, value).await.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Config, 0), "{name:?}: {value:?}");
        assert!(!error.to_string().contains(['\r', '\n', '\0']));
        assert!(builder(&server).header(name, value).build().is_err());
    }
    for region in ["ap guangzhou", "a.b", "x\r\ny", " ", "../x"] {
        assert_eq!(good.invoker(READ).with_region(region).await.unwrap_err().kind(), ErrorKind::Config);
        assert!(builder(&server).region(region).build().is_err(), "{region:?}");
    }
    for product in ["evil.com/", "a@b", "cvm.evil"] {
        let error =
            Client::<Tencent>::builder().build().unwrap().raw(product, "v", "Describe").sign_only().await;
        assert!(error.is_err(), "{product}");
    }
    assert_eq!(server.requests().len(), 0);
}

#[tokio::test]
async fn without_credentials_nothing_is_sent() {
    #[derive(Debug)]
    struct Empty;
    impl cloudcall::context::Env for Empty {
        fn var(&self, _: &str) -> Option<String> {
            None
        }
    }
    let server = Server::replies([Reply::json(OK)]).await;
    // Without the metadata service, which the tests must not ask for.
    let chain = CredentialChain::new().then(credentials::environment()).then(credentials::profile());
    let client = Client::<Tencent>::builder()
        .endpoint(server.url().as_str())
        .credentials(chain)
        .context(cloudcall::context::Context::system().with_env(Empty))
        .build()
        .unwrap();
    let error = client.invoker(READ).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Credentials, 0));
    let text = error.to_string();
    assert!(text.contains("TENCENTCLOUD_SECRET_ID") && text.contains("profile"), "{text}");
    assert_eq!(server.requests().len(), 0);
}

#[tokio::test]
async fn interceptors_see_attempts_without_secrets() {
    #[derive(Debug, Clone, Default)]
    struct Log(Arc<Mutex<Vec<String>>>);
    impl Observe for Log {
        fn before(&self, attempt: &cloudcall::observe::Attempt<'_>) {
            assert_eq!(attempt.header("authorization"), Some("****"));
            self.0.lock().unwrap().push(format!("{attempt:?}"));
        }
        fn after(&self, reply: &Seen<'_>) {
            self.0.lock().unwrap().push(format!("{reply:?}"));
        }
    }
    let log = Log::default();
    let server = Server::replies([Reply::status(503, "", "planted-secret? no"), Reply::json(OK)]).await;
    let client = builder(&server).context(FakeTime::at(1).context()).observer(log.clone()).build().unwrap();
    client.invoker(READ).await.unwrap();
    let seen = log.0.lock().unwrap().join("\n");
    assert_eq!(log.0.lock().unwrap().len(), 4);
    assert!(seen.contains("number: 2") && seen.contains("r-ok") && seen.contains("503"), "{seen}");
    for secret in ["planted-token", "AKIDplanted", "Signature="] {
        assert!(!seen.contains(secret), "{secret} in {seen}");
    }
    let shown = format!("{client:?}{:?}", client.invoker(Debugged));
    assert!(!shown.contains("planted"), "{shown}");
}

#[derive(Debug)]
struct Debugged;

impl Action for Debugged {
    type Provider = Tencent;
    type Output = ();
    const INFO: &'static ActionInfo = &ActionInfo::new("cvm", "2017-03-12", "RunIt")
        .with_idempotency_token(ParamLocation::Auto, "ClientToken");

    fn fields(&self, fields: &mut Fields) -> Result<(), Error> {
        fields.put(&Param::new("A"), "")?;
        fields.put(&Param::new("ClientToken"), "")?;
        fields.put(&Param::new("B"), &[1, 2])
    }
}

#[tokio::test]
async fn all_attempts_share_one_idempotency_token() {
    let server = Server::replies([Reply::close(), Reply::json(OK)]).await;
    let time = FakeTime::at(1);
    client(&server, &time).invoker(Debugged).await.unwrap();
    let bodies: Vec<Value> =
        server.requests().iter().map(|r| cloudcall::json::from_slice(&r.body).unwrap()).collect();
    assert_eq!(bodies.len(), 2, "a token makes a write repeatable");
    assert_eq!(bodies[0], bodies[1]);
    assert_eq!(bodies[0]["ClientToken"].as_str().unwrap().len(), 36);
    assert_eq!(bodies[0]["B"], json!([1, 2]));
}

#[tokio::test]
async fn connections_are_used_again() {
    let server = Server::replies([Reply::json(OK)]).await;
    let client = builder(&server).build().unwrap();
    for _ in 0..5 {
        client.invoker(READ).await.unwrap();
    }
    assert!(server.requests().iter().all(|request| request.connection == 0));
}

#[tokio::test]
async fn a_signed_request_can_be_had_without_sending_it() {
    let server = Server::replies([Reply::json(OK)]).await;
    let client = client(&server, &FakeTime::at(1_700_000_000));
    let request = client.invoker(READ).sign_only().await.unwrap();
    assert!(
        request.headers()["authorization"]
            .to_str()
            .unwrap()
            .starts_with("TC3-HMAC-SHA256 Credential=AKIDplanted/2023-11-14/cvm")
    );
    assert!(request.headers()["authorization"].is_sensitive());
    assert_eq!(server.requests().len(), 0);
    let raw = client
        .raw("cvm", "2017-03-12", "describeZones")
        .json(json!({"B": 1, "A": null}))
        .sign_only()
        .await
        .unwrap();
    assert_eq!(raw.headers()["x-tc-action"], "DescribeZones");
    assert_eq!(&raw.body()[..], br#"{"B":1}"#);
}

#[tokio::test]
async fn gzip_responses_are_read() {
    // `{"Response":{"Zone":"z","RequestId":"r-ok"}}`, compressed once and kept here.
    let mut bytes = http(200, "Content-Encoding: gzip\r\n", "");
    let body = stored_gzip(OK.as_bytes());
    let text = String::from_utf8(std::mem::take(&mut bytes)).unwrap();
    bytes = text.replace("Content-Length: 0", &format!("Content-Length: {}", body.len())).into_bytes();
    bytes.extend_from_slice(&body);
    let server = Server::replies([Reply::Raw(bytes)]).await;
    let response = client(&server, &FakeTime::at(1)).invoker(READ).await.unwrap();
    assert_eq!(response["Zone"], "z");
}

/// A gzip member with one stored block: no compressor needed.
fn stored_gzip(data: &[u8]) -> Vec<u8> {
    let mut crc = u32::MAX;
    for byte in data {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 };
        }
    }
    let length = u16::try_from(data.len()).unwrap();
    let mut out = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255, 1];
    out.extend_from_slice(&length.to_le_bytes());
    out.extend_from_slice(&(!length).to_le_bytes());
    out.extend_from_slice(data);
    out.extend_from_slice(&(!crc).to_le_bytes());
    out.extend_from_slice(&u32::from(length).to_le_bytes());
    out
}

#[tokio::test]
async fn a_type_reads_headers_of_the_response() {
    #[cloudcall::cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12", response = Both)]
    struct DescribeBoth {}

    #[cloudcall::cloud_model(provider = "tencent", response)]
    struct Both {
        #[param(header = "X-Subject-Token")]
        token: Option<String>,
        zone: Option<String>,
    }

    let server = Server::replies([Reply::status(200, "X-Subject-Token: t\r\n", OK)]).await;
    let both = client(&server, &FakeTime::at(1)).describe_both().await.unwrap();
    assert_eq!((both.token.as_deref(), both.zone.as_deref()), (Some("t"), Some("z")));
}

#[tokio::test]
async fn no_parameter_is_lost_on_the_way() {
    let server = Server::replies([Reply::json(OK)]).await;
    let client = client(&server, &FakeTime::at(1));
    let call = || client.raw("cvm", "2017-03-12", "DescribeIt");
    let error = call().param(Param::new("Limit").place(ParamLocation::Query), 1).invoke().await.unwrap_err();
    assert!(error.to_string().contains("`Limit` cannot go to the query"), "{error}");
    let error = call().param(Param::new("Id").place(ParamLocation::Path), 1).invoke().await.unwrap_err();
    assert!(error.to_string().contains("`Id` cannot go to the path"), "{error}");
    let octets = ActionInfo::dynamic("cls", "2020-10-16", "UploadLog")
        .with_body_format(cloudcall::action::BodyFormat::OctetStream);
    let error = client.raw_action(octets).json(json!({"A": 1})).invoke().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
    let put = ActionInfo::dynamic("cvm", "2017-03-12", "PutIt").with_method(cloudcall::http::Method::PUT);
    assert_eq!(client.raw_action(put).invoke().await.unwrap_err().kind(), ErrorKind::Config);
    assert_eq!(server.requests().len(), 0);
}

#[tokio::test]
async fn a_bearer_token_does_not_sign_here() {
    let server = Server::replies([Reply::json(OK)]).await;
    let bearer = Credential::bearer("planted-token").unwrap();
    let call = client(&server, &FakeTime::at(1)).invoker(READ).with_credential(bearer);
    let error = call.await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Credentials, 0), "{error}");
    assert_eq!(server.requests().len(), 0);
}

/// `plain_http` and an endpoint without a scheme, in either order; a scheme that was written counts.
#[tokio::test]
async fn plain_http_holds_for_an_endpoint_without_a_scheme() {
    let server = Server::replies([Reply::json(OK)]).await;
    let (host, url) = (format!("127.0.0.1:{}", server.port()), server.url());
    let fresh = || {
        Client::<Tencent>::builder()
            .region("ap-guangzhou")
            .credentials(StaticCredentials::new(Credential::new("id", "secret").unwrap()))
            .http(HttpOptions::builder().proxies(Proxies::None).build().unwrap())
    };
    let clients = [
        fresh().endpoint(host.as_str()).plain_http(),
        fresh().plain_http().endpoint(host.as_str()),
        fresh().endpoint(url.as_str()),
        fresh().plain_http().endpoint(url.as_str()),
    ];
    for builder in clients {
        builder.build().unwrap().invoker(READ).await.unwrap();
    }
    let other = fresh().endpoint("h.invalid").plain_http().build().unwrap();
    other.invoker(READ).with_endpoint(host.as_str()).await.unwrap();
    assert_eq!(server.requests().len(), 5);
    for builder in [fresh().endpoint(host.as_str()), fresh().plain_http().endpoint(format!("https://{host}"))]
    {
        let signed = builder.build().unwrap().invoker(READ).sign_only().await.unwrap();
        assert_eq!(signed.uri().scheme_str(), Some("https"));
    }
}

/// Options that are given together leave alone what they do not have.
#[tokio::test]
async fn options_do_not_reset_what_was_set_before() {
    let server = Server::replies([Reply::status(503, "", "")]).await;
    let time = FakeTime::at(1);
    let keep = || {
        builder(&server)
            .context(time.context())
            .region("ap-beijing")
            .retry(RetryPolicy::standard().max_attempts(2))
            .header("X-One", "1")
            .header("X-Two", "2")
    };
    let mut headers = cloudcall::http::HeaderMap::new();
    headers.insert("x-two", "3".parse().unwrap());
    headers.insert("x-three", "4".parse().unwrap());
    let given = ClientOptions::builder().headers(headers).build().unwrap();
    let client = keep().options(ClientOptions::default()).options(given).build().unwrap();
    let error = client.invoker(READ).await.unwrap_err();
    assert_eq!((error.attempts(), client.region()), (2, Some("ap-beijing")));
    let request = server.requests().remove(0);
    let shown =
        ["x-one", "x-two", "x-three", "x-tc-region"].map(|name| request.header(name).unwrap().to_owned());
    assert_eq!(shown, ["1", "3", "4", "ap-beijing"]);
    // What is given counts, also where it is the default, and what is changed afterwards.
    let given = ClientOptions::builder().region("ap-tokyo").retry(RetryPolicy::standard()).build().unwrap();
    let client = keep().options(given).build().unwrap();
    assert_eq!(client.invoker(READ).await.unwrap_err().attempts(), 3);
    assert_eq!(client.region(), Some("ap-tokyo"));
    let mut changed = ClientOptions::default();
    changed.retry = RetryPolicy::none();
    let client = keep().options(changed).region("ap-seoul").build().unwrap();
    assert_eq!(client.invoker(READ).await.unwrap_err().attempts(), 1);
    assert_eq!(client.region(), Some("ap-seoul"));
}
