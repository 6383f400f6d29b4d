//! Whole calls of Volcengine and Ark against the local cloud.

use std::collections::BTreeMap;
use std::time::Duration;

use cloudcall::action::{ActionInfo, BodyFormat, ParamLocation};
use cloudcall::client::{ClientBuilder, HttpOptions, Proxies};
use cloudcall::context::{Context, Env};
use cloudcall::credential::{Credential, StaticCredentials};
use cloudcall::http::Method;
use cloudcall::json::{Value, json};
use cloudcall::local::{LocalCloud, LocalCloudBuilder, LocalResponse};
use cloudcall::provider::Provider;
use cloudcall::provider::volcengine::ark::Ark;
use cloudcall::provider::volcengine::{Resolver, Site};
use cloudcall::retry::{Backoff, RetryPolicy};
use cloudcall::transport::HttpSend;
use cloudcall::{Client, ErrorKind, Volcengine, cloud_action, cloud_model};
use cloudcall_tests::time::FakeTime;
use cloudcall_tests::transport::Transport;

const NOW: u64 = 1_772_352_545;

fn cloud(time: &FakeTime) -> LocalCloudBuilder {
    let echo = |request: &cloudcall::local::LocalRequest| {
        LocalResponse::ok(json!({
            "Params": request.params, "Product": request.product, "Version": request.version,
            "Region": request.region, "Type": request.header("content-type"), "Account": request.account,
        }))
    };
    LocalCloud::builder().account("AKLTlong", "long-secret").on("Echo", echo).context(time.context())
}

fn http() -> HttpOptions {
    HttpOptions::builder().proxies(Proxies::None).build().unwrap()
}

fn client_of<P: Provider + Default>(
    cloud: &LocalCloud,
    time: &FakeTime,
    keys: Credential,
) -> ClientBuilder<P> {
    Client::<P>::builder_for(P::default())
        .region("cn-beijing")
        .endpoint(cloud.endpoint())
        .credentials(StaticCredentials::new(keys))
        .http(http())
        .context(time.context())
}

fn client(cloud: &LocalCloud, time: &FakeTime) -> ClientBuilder<Volcengine> {
    client_of(cloud, time, Credential::new("AKLTlong", "long-secret").unwrap())
}

fn echo() -> ActionInfo {
    ActionInfo::new("rds_mysql", "2022-01-01", "Echo")
}

#[tokio::test]
async fn each_kind_of_request_arrives_as_it_was_meant() {
    let time = FakeTime::at(NOW);
    let cloud = cloud(&time).start().await.unwrap();
    let client = client(&cloud, &time).build().unwrap();
    let tree = json!({ "Name": "a b+c/中~*", "Ids": ["x", "y"], "T": [{ "K": "v" }], "Empty": "" });
    for (info, kind) in [
        (echo().with_method(Method::GET), "text/plain"),
        (echo(), "application/json"),
        (echo().with_body_format(BodyFormat::Form), "application/x-www-form-urlencoded"),
        (echo().with_method(Method::PUT), "application/json"),
    ] {
        let found = client.raw_action(info).json(&tree).send().await.unwrap();
        assert_eq!(found["Params"], tree);
        assert_eq!(found["Type"], kind);
        for (name, value) in [
            ("Product", "rds_mysql"),
            ("Version", "2022-01-01"),
            ("Region", "cn-beijing"),
            ("Account", "AKLTlong"),
        ] {
            assert_eq!(found[name], value);
        }
        assert!(found.request_id().is_some());
    }
    let call = client.raw_action(echo()).json(json!({ "A": 1 }));
    let call = call
        .param(cloudcall::action::Param::new("B").place(ParamLocation::Query), [2])
        .add_header("X-Project-Name", " p ");
    assert_eq!(call.invoke().await.unwrap()["Params"], json!({ "A": 1, "B": ["2"] }));
}

/// Looks at a tree.
#[cloud_action(provider = "volcengine", product = "ecs", version = "2020-04-01", method = "GET", response = Tree)]
pub(crate) struct DescribeTree {}

#[cloud_model(provider = "volcengine", response)]
pub(crate) struct Tree {
    pub(crate) kind: Option<Kind>,
    pub(crate) count: Option<i64>,
}

#[cloud_model(provider = "volcengine")]
#[derive(PartialEq)]
pub(crate) enum Kind {
    #[param(name = "MySQL_5_7")]
    Mysql57,
}

#[tokio::test]
async fn a_response_may_be_empty_and_unknown_values_are_kept() {
    let time = FakeTime::at(NOW);
    let raw = |text: &str| LocalResponse::raw(200, "application/json", text.to_owned());
    let responses = [
        raw(r#"{"ResponseMetadata":{"RequestId":"r1"}}"#),
        raw(r#"{"Result":null,"ResponseMetadata":{"RequestId":"r2"}}"#),
        raw(
            r#"{"ResponseMetadata":{"RequestId":"r3","Error":{}},"Result":{"Kind":"MySQL_9_0","Count":"7"}}"#,
        ),
        LocalResponse::raw(204, "application/json", ""),
    ];
    let cloud = cloud(&time).on_each("DescribeTree", responses).start().await.unwrap();
    let client = client(&cloud, &time).build().unwrap();
    for id in ["r1", "r2"] {
        let found = client.describe_tree().send().await.unwrap();
        assert_eq!((found.request_id(), found.kind.is_none(), found.count), (Some(id), true, None));
    }
    let found = client.describe_tree().send().await.unwrap();
    assert_eq!((found.kind.clone(), found.count), (Some(Kind::Other("MySQL_9_0".into())), Some(7)));
    assert_eq!(client.describe_tree().send().await.unwrap().count, None);
}

#[tokio::test]
async fn throttling_under_status_200_is_waited_out_also_for_writes() {
    let time = FakeTime::at(NOW);
    let slow = LocalResponse::error("AccountFlowLimitExceeded", "slow down").status(200);
    let responses = [slow.clone(), slow, LocalResponse::ok(json!({ "Ok": 1 }))];
    let cloud = cloud(&time).on_each("RunInstances", responses).start().await.unwrap();
    let client = client(&cloud, &time).build().unwrap();
    let found = client.raw("ecs", "2020-04-01", "RunInstances").send().await.unwrap();
    assert_eq!(found["Ok"], 1);
    assert_eq!(found.attempts(), 3);
}

#[tokio::test]
async fn the_waits_of_the_vendors_client_can_be_had() {
    let time = FakeTime::at(NOW);
    let busy = LocalResponse::error("ServiceUnavailableTemp", "later");
    let cloud = cloud(&time).on("DescribeOne", move |_| busy.clone()).start().await.unwrap();
    let policy = RetryPolicy::standard().max_attempts(4).backoff(Backoff::volcengine_random_jitter());
    let client = client(&cloud, &time).retry(policy).build().unwrap();
    let error = client.raw("ecs", "2020-04-01", "DescribeOne").send().await.unwrap_err();
    assert_eq!(error.attempts(), 4);
    let waits: Vec<u128> = time.waits().iter().map(Duration::as_millis).collect();
    let bounds = [300..=600, 600..=1200, 1200..=2400];
    assert!(
        waits.len() == 3 && waits.iter().zip(bounds).all(|(wait, bounds)| bounds.contains(wait)),
        "{waits:?}"
    );
}

#[tokio::test]
async fn a_write_that_may_have_arrived_is_repeated_with_a_token_only() {
    let time = FakeTime::at(NOW);
    let busy = || LocalResponse::error("InternalServiceTimeout", "try again");
    let responses = || [busy(), LocalResponse::ok(json!({ "Ok": 1 }))];
    let cloud = cloud(&time)
        .on_each("CreateOne", responses())
        .on_each("CreateTwo", responses())
        .on_each("DescribeOne", responses())
        .on_each("RunInstances", responses())
        .start()
        .await
        .unwrap();
    let client = client(&cloud, &time).build().unwrap();
    let error = client.raw("ecs", "2020-04-01", "CreateOne").send().await.unwrap_err();
    assert_eq!((error.code(), error.attempts()), (Some("InternalServiceTimeout"), 1));
    assert!(error.is_retryable() && error.may_have_been_sent());
    // Many writes are sent by GET: the method says nothing of what an action does.
    let info = ActionInfo::new("ecs", "2020-04-01", "RunInstances").with_method(Method::GET);
    assert_eq!(client.raw_action(info).send().await.unwrap_err().attempts(), 1);
    let info = ActionInfo::new("ecs", "2020-04-01", "CreateTwo")
        .with_idempotency_token(ParamLocation::Auto, "ClientToken");
    assert_eq!(client.raw_action(info).send().await.unwrap().attempts(), 2);
    assert_eq!(client.raw("ecs", "2020-04-01", "DescribeOne").send().await.unwrap().attempts(), 2);
}

#[tokio::test]
async fn a_wrong_clock_is_corrected_and_a_refused_key_gets_advice() {
    let time = FakeTime::at(NOW);
    let cloud = cloud(&time).start().await.unwrap();
    let late = FakeTime::at(NOW - 3600);
    let found = client(&cloud, &late).build().unwrap().raw_action(echo()).send().await.unwrap();
    assert_eq!(found.attempts(), 2);
    for (id, secret, token, code, wanted) in [
        (
            "AKLTlong",
            "another-secret",
            "",
            "SignatureDoesNotMatch",
            "the scope `20260301/cn-beijing/rds_mysql/request`",
        ),
        ("AKLTnobody", "long-secret", "", "InvalidAccessKey", "does not know the keys of BytePlus"),
        ("AKLTlong", "long-secret", "planted-token", "InvalidSecretToken", "the session token has expired"),
    ] {
        let keys = Credential::new(id, secret).unwrap().with_token(token);
        let client = client_of::<Volcengine>(&cloud, &time, keys).build().unwrap();
        let error = client.raw_action(echo()).invoke().await.unwrap_err();
        assert_eq!((error.kind(), error.code()), (ErrorKind::Auth, Some(code)));
        let shown = format!("{error}{error:?}");
        assert!(shown.contains(wanted), "{shown}");
        assert!(!shown.contains(secret) && !shown.contains("planted-token"), "{shown}");
    }
}

#[tokio::test]
async fn a_presigned_url_is_the_call() {
    let time = FakeTime::at(NOW);
    let cloud =
        cloud(&time).account_with_token("AKTPshort", "short-secret", "short-token+/=").start().await.unwrap();
    let transport = Transport::new(&http()).unwrap();
    for keys in [
        Credential::new("AKLTlong", "long-secret").unwrap(),
        Credential::new("AKTPshort", "short-secret").unwrap().with_token("short-token+/="),
    ] {
        let client = client_of::<Volcengine>(&cloud, &time, keys).build().unwrap();
        let call = client.raw_action(echo().with_method(Method::GET)).json(json!({ "Name": "a b/中" }));
        let url = call.presigned_url(Duration::from_secs(60)).await.unwrap();
        let send = async |url: &str| {
            let request = cloudcall::http::Request::get(url).body(cloudcall::Bytes::new()).unwrap();
            transport.send(request).await.unwrap().status().as_u16()
        };
        assert_eq!(send(&url).await, 200, "{url}");
        assert_eq!(send(&url.replace("X-Expires=60", "X-Expires=61")).await, 401);
        assert_eq!(send(&format!("{url}&More=1")).await, 400);
        let error = client.raw_action(echo()).presigned_url(Duration::from_secs(60)).await.unwrap_err();
        assert!(error.message().contains("no body"), "{error}");
    }
    assert_eq!(cloud.requests().iter().filter(|record| record.verdict.is_accepted()).count(), 2);
}

/// Variables of one test.
#[derive(Debug, Clone)]
struct Variables(BTreeMap<&'static str, &'static str>);

impl Env for Variables {
    fn var(&self, name: &str) -> Option<String> {
        self.0.get(name).map(|value| (*value).to_owned())
    }
}

#[tokio::test]
async fn the_region_comes_from_the_client_then_from_the_environment() {
    let build = |variables: &[(&'static str, &'static str)], builder: ClientBuilder<Volcengine>| {
        let env = Variables(variables.iter().copied().collect());
        let keys = StaticCredentials::new(Credential::new("id", "secret").unwrap());
        builder.credentials(keys).context(Context::system().with_env(env)).build().unwrap()
    };
    let region = |client: &Client<Volcengine>| client.region().map(str::to_owned);
    let both = [("VOLCENGINE_REGION", "cn-shanghai"), ("VOLCSTACK_REGION", "cn-guangzhou")];
    assert_eq!(region(&build(&both, Client::builder())).as_deref(), Some("cn-shanghai"));
    assert_eq!(region(&build(&both[1..], Client::builder())).as_deref(), Some("cn-guangzhou"));
    assert_eq!(region(&build(&both, Client::builder().region("cn-beijing"))).as_deref(), Some("cn-beijing"));
    assert_eq!(region(&build(&both, Client::builder().site(Site::Byteplus))), None);
    let byteplus = [("BYTEPLUS_REGION", "ap-southeast-1")];
    let client = build(&byteplus, Client::builder().site(Site::Byteplus));
    let request = client.raw_action(echo()).sign_only().await.unwrap();
    assert_eq!(request.uri().host(), Some("rds-mysql.ap-southeast-1.byteplusapi.com"));

    for builder in [Client::builder(), Client::builder().endpoint("https://gateway.example.com")] {
        let error = build(&[], builder).raw_action(echo()).sign_only().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Config);
        assert!(
            error.message().contains("no region") || error.message().contains("there is none"),
            "{error}"
        );
    }
    let standard = build(&both, Client::builder().resolver(Resolver::Standard).dual_stack(true).plain_http());
    let request = standard.raw_action(echo()).sign_only().await.unwrap();
    assert_eq!(
        request.uri(),
        "http://rds-mysql.cn-shanghai.volcengine-api.com/?Action=Echo&Version=2022-01-01"
    );
}

#[cloud_model(provider = cloudcall::provider::volcengine::ark::Ark, case = "snake_case", response)]
pub(crate) struct Chunk {
    pub(crate) text: Option<String>,
}

/// Chats.
#[cloud_action(provider = cloudcall::provider::volcengine::ark::Ark, product = "ark", version = "v3",
               path = "/api/v3/chat/completions", case = "snake_case", response = Chunk, stream = "sse",
               readonly = false)]
pub(crate) struct ChatCompletions {
    pub(crate) model: String,
    pub(crate) stream: Option<bool>,
}

/// Shows a task.
#[cloud_action(provider = cloudcall::provider::volcengine::ark::Ark, product = "ark", version = "v3", method = "GET",
               path = "/api/v3/contents/generations/tasks/{id}", case = "snake_case")]
pub(crate) struct ShowTask {
    #[param(path)]
    pub(crate) id: String,
    pub(crate) page_size: Option<i64>,
}

#[tokio::test]
async fn ark_takes_an_api_key_and_sends_events() {
    let time = FakeTime::at(NOW);
    let server = cloudcall_tests::server::Server::start(|_, request| {
        let body = String::from_utf8_lossy(&request.body).into_owned();
        let events = "data: {\"text\":\"a\"}\n\ndata: {\"error\":{\"code\":\"x\",\"message\":\"m\"}}\n\n";
        let done = "data: {\"text\":\"a\"}\n\ndata: {\"text\":\"b \\\"error\\\" of mine\"}\n\ndata: [DONE]\n\n";
        let kind = "content-type: text/event-stream\r\nx-request-id: r-1\r\n";
        let busy = r#"{"error":{"code":"RateLimitExceeded.EndpointRPMExceeded","message":"slow","type":"TooManyRequests"}}"#;
        match () {
            () if body.contains("broken") => cloudcall_tests::server::Reply::status(200, kind, events),
            () if body.contains("busy") => cloudcall_tests::server::Reply::status(429, "x-request-id: r-2\r\n", busy),
            () if body.contains("stream") => cloudcall_tests::server::Reply::status(200, kind, done),
            () => cloudcall_tests::server::Reply::status(200, "", r#"{"text":"whole","error":null}"#),
        }
    })
    .await;
    let client = Client::<Ark>::builder()
        .endpoint(&*server.url())
        .credentials(StaticCredentials::new(Credential::bearer("planted-api-key").unwrap()))
        .http(http())
        .context(time.context())
        .build()
        .unwrap();
    assert_eq!(client.chat_completions().model("m").send().await.unwrap().text.as_deref(), Some("whole"));
    let mut events = client.chat_completions().model("m").stream().await.unwrap();
    assert_eq!(events.request_id(), Some("r-1"));
    let mut texts = Vec::new();
    while let Some(event) = events.next().await {
        texts.push(event.unwrap().into_inner().text.unwrap());
    }
    assert_eq!(texts, ["a", "b \"error\" of mine"]);
    let mut events = client.chat_completions().model("broken").stream().await.unwrap();
    assert!(events.next().await.unwrap().is_ok());
    assert_eq!(events.next().await.unwrap().unwrap_err().code(), Some("x"));
    let retry = cloudcall::retry::RetryPolicy::none();
    let error = client
        .invoker(ChatCompletions::builder().model("busy").build())
        .with_retry(retry)
        .invoke()
        .await
        .unwrap_err();
    assert_eq!((error.kind(), error.request_id()), (ErrorKind::Throttled, Some("r-2")));
    client.show_task().id("a/b").page_size(2).send().await.unwrap();
    let seen = server.requests();
    let last = seen.last().unwrap();
    assert_eq!(last.line().split(' ').nth(1), Some("/api/v3/contents/generations/tasks/a%2Fb?page_size=2"));
    assert_eq!(last.header("authorization"), Some("Bearer planted-api-key"));
    assert!(last.header("x-client-request-id").is_some());
    assert!(client.show_task().id("..").send().await.is_err());

    let keys = Credential::new("id", "secret").unwrap();
    let error =
        client.invoker(ShowTask::builder().id("a").build()).with_credential(keys).invoke().await.unwrap_err();
    assert!(error.message().contains("API key"), "{error}");
    let value: Value = json!(error.to_string());
    assert!(!value.to_string().contains("planted-api-key"));
}
