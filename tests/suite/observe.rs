//! What can be seen of calls: listeners, logs, spans, waits and ends, and that no secret is among it.

use std::fmt::Debug;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use cloudcall::call::ConfigureCall as _;
use cloudcall::client::{ClientBuilder, HttpOptions, Proxies};
use cloudcall::context::Context;
use cloudcall::credential::{Credential, CredentialError, ProvideCredential, StaticCredentials};
use cloudcall::json::{Value, json};
use cloudcall::limiter::{Limit, LimiterOptions};
use cloudcall::observe::{
    AccessLog, BodyLog, Ended, FileLog, Intercept, Listener, Observe, UnsignedRequest, Waited,
};
use cloudcall::retry::RetryPolicy;
use cloudcall::{Client, Tencent, cloud_action, cloud_model};
use cloudcall_tests::server::{Reply, Server};
use cloudcall_tests::time::FakeTime;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::DefaultGuard;
use tracing::{Event, Metadata, Subscriber};

use super::credentials_log::check_clean;

const OK: &str = r#"{"Response":{"TotalCount":1,"RequestId":"r-ok"}}"#;

#[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12", response = Value, idempotent)]
struct ResetInstances {
    login_settings: Option<LoginSettings>,
    #[param(secret)]
    blob: Option<String>,
    name: Option<String>,
}

#[cloud_model(provider = "tencent", request)]
struct LoginSettings {
    password: Option<String>,
}

fn keys() -> Credential {
    Credential::new("AKIDobserved", "planted-secret-key").unwrap().with_token("planted-token-of-keys")
}

fn builder(server: &Server) -> ClientBuilder<Tencent> {
    Client::<Tencent>::builder()
        .region("ap-guangzhou")
        .endpoint(server.url().as_str())
        .credentials(StaticCredentials::new(keys()))
        .http(HttpOptions::builder().proxies(Proxies::None).build().unwrap())
        .context(FakeTime::at(1_700_000_000).context())
}

fn busy() -> Reply {
    Reply::status(503, "X-Extra: planted-header\r\nServer: edge\r\n", "busy")
}

/// Lines that closures write.
#[derive(Debug, Clone, Default)]
struct Lines(Arc<Mutex<Vec<String>>>);

impl Lines {
    fn add(&self, line: String) {
        self.0.lock().unwrap().push(line);
    }

    fn all(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }
}

#[tokio::test]
async fn closures_listen_to_requests_and_responses() {
    let server = Server::replies([busy(), Reply::json(OK)]).await;
    let lines = Lines::default();
    let (requests, replies) = (lines.clone(), lines.clone());
    let client = builder(&server)
        .on_request(move |attempt| {
            assert_eq!(
                (attempt.provider, attempt.product, attempt.region),
                ("tencent", "cvm", Some("ap-guangzhou"))
            );
            assert_eq!(attempt.header("authorization"), Some("****"));
            assert_eq!(attempt.header("x-tc-action"), Some("DescribeZones"));
            requests.add(format!("> {} {} {}", attempt.number, attempt.method(), attempt.path()));
        })
        .on_response(move |reply| {
            assert_eq!(
                (reply.request.header("x-tc-token"), reply.request.host()),
                (Some("****"), reply.endpoint)
            );
            assert!(reply.request.headers().any(|header| header == ("x-tc-action", "DescribeZones")));
            assert!(reply.body(99).is_none() && reply.request.body(99).is_none(), "nobody asked for bodies");
            let server = reply.header("server").unwrap_or("-");
            replies.add(format!(
                "< {} {:?} {server} {}",
                reply.number,
                reply.status.unwrap(),
                reply.outcome()
            ));
        })
        .build()
        .unwrap();
    client.raw("cvm", "2017-03-12", "DescribeZones").invoke().await.unwrap();
    assert_eq!(lines.all(), ["> 1 POST /", "< 1 503 edge service", "> 2 POST /", "< 2 200 - ok"]);
}

#[tokio::test]
async fn bodies_are_there_for_those_who_ask_and_masked() {
    let response =
        r#"{"Response":{"Key":{"PrivateKey":"planted"},"Echo":"planted-blob","Name":"é","RequestId":"r"}}"#;
    let server = Server::replies([Reply::json(response)]).await;
    let lines = Lines::default();
    let (requests, replies) = (lines.clone(), lines.clone());
    let listener = Listener::new()
        .on_request(move |attempt| requests.add(attempt.body(1000).unwrap()))
        .on_response(move |reply| {
            assert_eq!(reply.request.body(1000), reply.request.body(reply.request.body_len()));
            replies.add(reply.body(1000).unwrap());
            replies.add(reply.body(80).unwrap());
        })
        .with_bodies();
    let client = builder(&server).observer(listener).build().unwrap();
    let login = LoginSettings { password: Some("planted-pass\"word".into()) };
    client.reset_instances().login_settings(login).blob("planted-blob").name("n").send().await.unwrap();
    let lines = lines.all();
    assert_eq!(lines[0], r#"{"LoginSettings":{"Password":"****"},"Blob":"****","Name":"n"}"#);
    let whole = r#"{"Response":{"Key":{"PrivateKey":"****"},"Echo":"****","Name":"é","RequestId":"r"}}"#;
    assert_eq!(lines[1], whole);
    assert_eq!(lines[2], format!("{}… ({} bytes)", &whole[..80], response.len()));
}

#[tokio::test]
async fn a_refusal_shows_no_secret_of_a_parameter() {
    let echo =
        r#"{"Response":{"Error":{"Code":"InvalidParameter","Message":"bad planted-blob"},"RequestId":"r"}}"#;
    let server = Server::replies([Reply::json(echo)]).await;
    let client = builder(&server).build().unwrap();
    let error = client.reset_instances().blob("planted-blob").send().await.unwrap_err();
    assert_eq!(error.message(), "bad ****");
    check_clean("the error", &format!("{error} {error:?}"));
}

/// Gives keys after a while.
#[derive(Debug)]
struct Slow;

#[cloudcall::async_trait]
impl ProvideCredential for Slow {
    fn name(&self) -> &'static str {
        "slow"
    }

    async fn provide(&self, _: &Context) -> Result<Credential, CredentialError> {
        tokio::time::sleep(Duration::from_millis(5)).await;
        Ok(keys())
    }
}

/// Every event as a word.
#[derive(Debug, Clone, Default)]
struct Events(Lines);

impl Observe for Events {
    fn before(&self, attempt: &cloudcall::observe::Attempt<'_>) {
        self.0.add(format!("before {}", attempt.number));
    }

    fn after(&self, reply: &cloudcall::observe::Reply<'_>) {
        self.0.add(format!("after {} {}", reply.number, reply.outcome()));
    }

    fn waited(&self, wait: &Waited<'_>) {
        self.0.add(format!("waited {}", wait.reason.as_str()));
    }

    fn ended(&self, call: &Ended<'_>) {
        let Ended { provider, product, action, attempts, outcome, .. } = call;
        self.0.add(format!("ended {provider} {product} {action} {attempts} {}", outcome.as_str()));
    }
}

#[tokio::test]
async fn waits_and_ends_are_told_in_the_order_of_the_call() {
    let server = Server::replies([busy(), Reply::json(OK)]).await;
    let events = Events::default();
    let client = builder(&server).credentials(Slow).observer(events.clone()).build().unwrap();
    client.raw("cvm", "2017-03-12", "DescribeZones").invoke().await.unwrap();
    let expected = [
        "waited credential",
        "before 1",
        "after 1 service",
        "waited retry",
        "before 2",
        "after 2 ok",
        "ended tencent cvm DescribeZones 2 ok",
    ];
    assert_eq!(events.0.all(), expected);
}

#[tokio::test]
async fn a_wait_for_the_limiter_is_told() {
    let server = Server::replies([Reply::json(OK)]).await;
    let events = Events::default();
    let limits = LimiterOptions::new().each_action(Limit::at_once(1));
    let client = builder(&server).limiter(limits).observer(events.clone()).build().unwrap();
    let call = || client.raw("cvm", "2017-03-12", "DescribeZones").invoke();
    let (one, two) = tokio::join!(call(), call());
    assert!(one.is_ok() && two.is_ok());
    assert_eq!(events.0.all().iter().filter(|event| *event == "waited limiter").count(), 1);
}

#[tokio::test]
async fn calls_that_send_nothing_and_dropped_calls_end_too() {
    let server = Server::replies([Reply::stall()]).await;
    let events = Events::default();
    let client = builder(&server).observer(events.clone()).build().unwrap();
    let mistaken = client.raw("cvm", "2017-03-12", "DescribeZones").add_header("Host", "elsewhere");
    mistaken.invoke().await.unwrap_err();
    assert_eq!(events.0.all(), ["ended tencent cvm DescribeZones 0 config"]);
    let stalled = client.raw("cvm", "2017-03-12", "DescribeZones").invoke();
    tokio::time::timeout(Duration::from_millis(100), stalled).await.unwrap_err();
    // The first fetch of a credential is a task of its own, so that the call may have waited for it.
    let mut seen = events.0.all();
    seen.retain(|event| !event.starts_with("waited"));
    assert_eq!(seen[1..], ["before 1", "ended tencent cvm DescribeZones 1 dropped"]);
}

/// A span or an event, with what was recorded in it.
#[derive(Debug, Clone, Default)]
struct Told {
    name: String,
    target: String,
    parent: Option<u64>,
    fields: Vec<(String, String)>,
}

impl Told {
    fn get(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

impl Visit for Told {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.fields.push((field.name().to_owned(), value.to_owned()));
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.fields.push((field.name().to_owned(), format!("{value:?}")));
    }
}

#[derive(Debug, Default)]
struct Seen {
    spans: Vec<Told>,
    events: Vec<Told>,
    inside: Vec<u64>,
}

/// Keeps all that is told on one thread.
#[derive(Debug, Clone, Default)]
struct Capture(Arc<Mutex<Seen>>);

impl Capture {
    fn start() -> (Self, DefaultGuard) {
        let capture = Self::default();
        let guard = tracing::subscriber::set_default(capture.clone());
        (capture, guard)
    }

    fn spans(&self, name: &str) -> Vec<(u64, Told)> {
        let spans = self.0.lock().unwrap().spans.clone();
        (1..).zip(spans).filter(|(_, span)| span.name == name).collect()
    }

    fn events(&self, target: &str) -> Vec<Told> {
        let events = self.0.lock().unwrap().events.clone();
        events.into_iter().filter(|event| event.target == target).collect()
    }
}

impl Subscriber for Capture {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("cloudcall")
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut seen = self.0.lock().unwrap();
        let metadata = span.metadata();
        let parent = span.parent().map(Id::into_u64).or(seen.inside.last().copied());
        let mut record = Told {
            name: metadata.name().into(),
            target: metadata.target().into(),
            parent,
            ..Default::default()
        };
        span.record(&mut record);
        seen.spans.push(record);
        Id::from_u64(seen.spans.len() as u64)
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        let at = span.into_u64() as usize - 1;
        values.record(&mut self.0.lock().unwrap().spans[at]);
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut seen = self.0.lock().unwrap();
        let metadata = event.metadata();
        let parent = event.parent().map(Id::into_u64).or(seen.inside.last().copied());
        let mut record = Told {
            name: metadata.name().into(),
            target: metadata.target().into(),
            parent,
            ..Default::default()
        };
        event.record(&mut record);
        seen.events.push(record);
    }

    fn enter(&self, span: &Id) {
        self.0.lock().unwrap().inside.push(span.into_u64());
    }

    fn exit(&self, _: &Id) {
        self.0.lock().unwrap().inside.pop();
    }
}

#[tokio::test]
async fn a_call_is_a_span_with_its_attempts_inside() {
    let server = Server::replies([busy(), Reply::json(OK)]).await;
    let client = builder(&server).build().unwrap();
    let (capture, _guard) = Capture::start();
    client.raw("cvm", "2017-03-12", "DescribeZones").invoke().await.unwrap();
    let [(call, span)] = &capture.spans("cloudcall.call")[..] else { panic!("{capture:?}") };
    for (name, value) in [
        ("provider", "tencent"),
        ("product", "cvm"),
        ("action", "DescribeZones"),
        ("region", "ap-guangzhou"),
        ("attempts", "2"),
        ("outcome", "ok"),
        ("status", "200"),
        ("request_id", "r-ok"),
    ] {
        assert_eq!(span.get(name), Some(value), "{name}: {span:?}");
    }
    assert_eq!((span.target.as_str(), span.get("code")), ("cloudcall::call", None));
    let [(_, first), (second, last)] = &capture.spans("cloudcall.attempt")[..] else { panic!("{capture:?}") };
    assert_eq!((first.parent, last.parent), (Some(*call), Some(*call)));
    assert_eq!(
        (first.get("attempt"), first.get("outcome"), first.get("status")),
        (Some("1"), Some("service"), Some("503"))
    );
    assert_eq!(
        (last.get("attempt"), last.get("outcome"), last.get("method")),
        (Some("2"), Some("ok"), Some("POST"))
    );
    assert_eq!(last.get("endpoint"), Some(server.url().trim_start_matches("http://")));
    let events = capture.events("cloudcall::call");
    let events: Vec<_> =
        events.iter().filter(|event| event.get("message") == Some("attempt ended")).collect();
    assert_eq!((events.len(), events[1].parent), (2, Some(*second)));
}

#[tokio::test]
async fn a_failed_call_says_so_in_its_span() {
    let refusal =
        r#"{"Response":{"Error":{"Code":"UnauthorizedOperation","Message":"no"},"RequestId":"r-no"}}"#;
    let server = Server::replies([Reply::json(refusal)]).await;
    let client = builder(&server).build().unwrap();
    let (capture, _guard) = Capture::start();
    let error = client.raw("cvm", "2017-03-12", "DescribeZones").invoke().await.unwrap_err();
    let span = capture.spans("cloudcall.call").remove(0).1;
    let seen =
        ["outcome", "code", "attempts", "request_id"].map(|name| span.get(name).unwrap_or("-").to_owned());
    assert_eq!(seen, [error.kind().as_str(), "UnauthorizedOperation", "1", "r-no"]);
}

#[tokio::test]
async fn the_access_log_has_a_line_for_each_attempt() {
    let server = Server::replies([busy(), Reply::json(OK)]).await;
    let client = builder(&server).observer(AccessLog::new()).build().unwrap();
    let (capture, _guard) = Capture::start();
    client.raw("cvm", "2017-03-12", "DescribeZones").invoke().await.unwrap();
    let lines = capture.events("cloudcall::access");
    let url = server.url();
    assert_eq!(lines[0].get("message"), Some(format!("\"POST {url}/\" 503 4 0.000000 -").as_str()));
    assert_eq!(
        lines[1].get("message"),
        Some(format!("\"POST {url}/\" 200 {} 0.000000 r-ok", OK.len()).as_str())
    );
    let names: Vec<_> =
        lines[1].fields.iter().map(|(name, _)| name.as_str()).filter(|name| *name != "message").collect();
    let expected = [
        "provider",
        "product",
        "action",
        "region",
        "attempt",
        "method",
        "url",
        "host",
        "status",
        "outcome",
        "request_id",
        "request_bytes",
        "response_bytes",
        "elapsed_ms",
    ];
    assert_eq!(names, expected);
    assert_eq!((lines[0].get("outcome"), lines[0].get("attempt")), (Some("service"), Some("1")));
}

#[tokio::test]
async fn no_log_holds_a_secret() {
    let echo = json!({ "Response": {
        "Echo": "planted-blob", "Keys": [{ "SecretKey": "planted-in-list" }], "Token": "planted token, with blanks",
        "Text": "Password: planted-in-text", "Sent": "planted-token-of-keys", "RequestId": "r" } });
    let odd = "{\"Response\":{\"Error\":{\"Code\":\"X\",\"Message\":\"m\"},\"SecretKey\":\"planted cut o";
    let server = Server::replies([
        busy(),
        Reply::status(
            200,
            "X-Subject-Token: planted-subject\r\nSet-Cookie: planted-cookie\r\n",
            &echo.to_string(),
        ),
        Reply::json(odd),
    ])
    .await;
    let client = builder(&server)
        .observer(AccessLog::new())
        .observer(BodyLog::up_to(4096))
        .on_response(|reply| {
            check_clean("a reply", &format!("{reply:?} {:?}", reply.headers().collect::<Vec<_>>()))
        })
        .on_request(|attempt| {
            check_clean("an attempt", &format!("{attempt:?} {:?}", attempt.headers().collect::<Vec<_>>()))
        })
        .retry(RetryPolicy::standard())
        .build()
        .unwrap();
    let (capture, _guard) = Capture::start();
    let login = || LoginSettings { password: Some("planted-pass, word".into()) };
    let call = || client.reset_instances().login_settings(login()).blob("planted-blob");
    call().invoker().add_header("X-Api-Key", "planted-api-key").await.unwrap();
    let error = call().send().await.unwrap_err();
    let seen = format!("{:?}", capture.0.lock().unwrap());
    let bodies = capture.events("cloudcall::body");
    assert!(bodies.len() >= 6, "two of each attempt: {bodies:?}");
    assert!(seen.contains("Echo") && seen.contains("****"), "{seen}");
    check_clean("what was captured", &seen.replace("AKIDobserved", ""));
    check_clean("the error", &format!("{error} {error:?}"));
}

/// Adds a header, or refuses the call.
#[derive(Debug)]
struct AddHeader {
    name: &'static str,
    calls: Arc<Mutex<u32>>,
}

impl Intercept for AddHeader {
    fn before_sign(&self, request: &mut UnsignedRequest<'_>) -> Result<(), cloudcall::Error> {
        let mut calls = self.calls.lock().unwrap();
        *calls += 1;
        assert_eq!(
            (request.provider(), request.product(), request.action()),
            ("tencent", "cvm", "ResetInstances")
        );
        assert_eq!((request.region(), request.header("x-of-call")), (Some("ap-guangzhou"), Some("call")));
        request.set_header(self.name, &format!("call-{calls}"))
    }
}

#[tokio::test]
async fn an_interceptor_changes_a_request_once_before_it_is_signed() {
    let server = Server::replies([busy(), Reply::json(OK), Reply::json(OK)]).await;
    let calls = Arc::new(Mutex::new(0));
    let client =
        builder(&server).interceptor(AddHeader { name: "X-Trace", calls: calls.clone() }).build().unwrap();
    for _ in 0..2 {
        client.reset_instances().add_header("X-Of-Call", "call").send().await.unwrap();
    }
    let sent: Vec<_> =
        server.requests().iter().map(|request| request.header("x-trace").unwrap().to_owned()).collect();
    assert_eq!(sent, ["call-1", "call-1", "call-2"], "all attempts of a call share the header");
    assert_eq!(*calls.lock().unwrap(), 2);
}

#[tokio::test]
async fn an_interceptor_can_refuse_a_call_and_cannot_set_what_is_signed() {
    let server = Server::replies([]).await;
    for name in ["Authorization", "Host", "X-TC-Action", "bad name"] {
        let calls = Arc::new(Mutex::new(0));
        let client = builder(&server).interceptor(AddHeader { name, calls }).build().unwrap();
        let error = client.reset_instances().add_header("X-Of-Call", "call").send().await.unwrap_err();
        assert_eq!(
            (error.kind(), error.action()),
            (cloudcall::ErrorKind::Config, Some("ResetInstances")),
            "{name}: {error}"
        );
    }
    assert!(server.requests().is_empty(), "nothing is sent");
}

#[tokio::test]
async fn a_listener_shows_secrets_only_on_request_and_says_so_once() {
    let (capture, _guard) = Capture::start();
    let server = Server::replies([Reply::json(OK), Reply::json(OK)]).await;
    let (raw, masked) = (Lines::default(), Lines::default());
    let lines = |lines: &Lines| {
        let (requests, replies) = (lines.clone(), lines.clone());
        Listener::new()
            .on_request(move |attempt| {
                let token = attempt.headers().find(|(name, _)| *name == "x-tc-token").unwrap().1;
                requests.add(format!("{token} {}", attempt.body(999).unwrap_or_default()));
                requests.add(format!("{attempt:?}"));
            })
            .on_response(move |reply| {
                replies.add(format!("{:?}", reply.request.header("X-TC-Token")));
                replies.add(reply.body(999).unwrap_or_default());
            })
            .with_bodies()
    };
    let client = builder(&server)
        .observer(lines(&raw).with_unmasked_secrets_for_debugging())
        .observer(lines(&masked))
        .build()
        .unwrap();
    for _ in 0..2 {
        client.reset_instances().blob("planted-blob").send().await.unwrap();
    }
    let raw = raw.all();
    assert_eq!(raw[0], "planted-token-of-keys {\"Blob\":\"planted-blob\"}");
    check_clean("Debug", &raw[1]);
    assert_eq!((raw[2].as_str(), raw[3].as_str()), ("Some(\"planted-token-of-keys\")", OK));
    let masked = masked.all();
    assert_eq!(masked.len(), 8);
    masked.iter().for_each(|line| assert!(!line.contains("planted"), "{line}"));
    assert_eq!(capture.events("cloudcall::listener").len(), 1);
}

#[tokio::test]
async fn a_file_log_has_one_line_for_each_attempt() {
    let server = Server::replies([busy(), Reply::json(OK)]).await;
    let folder = std::env::temp_dir().join(format!("cloudcall-observe-{}", std::process::id()));
    let context = FakeTime::at(1_700_000_000).context();
    let log = FileLog::huawei(folder.join("below/sdk.log")).context(context).build().unwrap();
    let client = builder(&server).observer(log.clone()).build().unwrap();
    client.reset_instances().blob("planted-blob").send().await.unwrap();
    assert!(log.flush(Duration::from_secs(60)));
    #[allow(clippy::disallowed_methods, reason = "the file of the test")]
    let text = std::fs::read_to_string(log.path()).unwrap();
    std::fs::remove_dir_all(&folder).unwrap();
    let lines: Vec<_> = text.lines().collect();
    assert_eq!(lines.len(), 2, "{text}");
    assert!(
        lines[0].starts_with("2023-11-14 22:13:20,000 ") && lines[0].contains("/\" 503 4 0:00:00"),
        "{text}"
    );
    assert!(lines[1].contains(" HuaweiCloud-SDK line.rs ") && lines[1].ends_with(" r-ok"), "{text}");
    check_clean("the file", &text);
    assert_eq!(log.lost(), 0);
}
