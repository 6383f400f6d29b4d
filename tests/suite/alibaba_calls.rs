//! Whole calls of Alibaba Cloud over a transport that responds from a list.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use cloudcall::action::{ActionInfo, BodyFormat, Param, ParamLocation};
use cloudcall::client::ClientBuilder;
use cloudcall::context::{Context, Env, ReadFile, Sleep, SleepFuture};
use cloudcall::credential::secrecy::ExposeSecret;
use cloudcall::credential::{Credential, ProvideCredential, StaticCredentials};
use cloudcall::json::json;
use cloudcall::provider::alibaba::credentials::default_chain;
use cloudcall::provider::alibaba::signer::rpc_string_to_sign;
use cloudcall::provider::alibaba::{Cloud, SignMethod};
use cloudcall::transport::{HttpRequest, HttpResponse, HttpSend, ResponseBody, TransportError};
use cloudcall::{Alibaba, Client, Error, ErrorKind, async_trait, http};

/// Responds to one request.
type Respond = Box<dyn Fn(&HttpRequest) -> http::Response<String> + Send + Sync>;

/// Gives the n-th request the n-th response, and records the requests.
#[derive(Clone)]
struct Script(Arc<(Vec<Respond>, Mutex<Vec<HttpRequest>>)>);

impl std::fmt::Debug for Script {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Script")
    }
}

impl Script {
    fn new(responses: Vec<Respond>) -> Self {
        Self(Arc::new((responses, Mutex::default())))
    }

    fn seen(&self) -> Vec<HttpRequest> {
        self.0.1.lock().unwrap().clone()
    }
}

#[async_trait]
impl HttpSend for Script {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let mut seen = self.0.1.lock().unwrap();
        let response = self.0.0.get(seen.len()).expect("one request too many")(&request);
        seen.push(request);
        Ok(response.map(ResponseBody::whole))
    }
}

fn response(status: u16, body: impl Into<String>) -> Respond {
    let body = body.into();
    Box::new(move |_| http::Response::builder().status(status).body(body.clone()).unwrap())
}

/// Time passes in no time.
#[derive(Debug)]
struct Instantly;

impl Sleep for Instantly {
    fn sleep(&self, time: Duration) -> SleepFuture {
        // Limits of minutes never pass here; waits between attempts are over at once.
        if time > Duration::from_secs(25) { Box::pin(std::future::pending()) } else { Box::pin(async {}) }
    }
}

fn builder(script: &Script) -> ClientBuilder<Alibaba> {
    let keys = Credential::new("testid", "testsecret").unwrap();
    Client::<Alibaba>::builder()
        .region("cn-hangzhou")
        .credentials(StaticCredentials::new(keys))
        .context(Context::system().with_sleep(Instantly))
        .transport(script.clone())
}

async fn call(client: &Client<Cloud>) -> Result<cloudcall::Value, Error> {
    client
        .raw("ecs", "2014-05-26", "DescribeRegions")
        .json(json!({ "A": "x y", "B": [true] }))
        .invoke()
        .await
        .map(cloudcall::Response::into_inner)
}

fn header<'a>(request: &'a HttpRequest, name: &str) -> &'a str {
    request.headers().get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
}

#[tokio::test]
async fn throttling_is_waited_out_with_a_new_nonce_each_time() {
    let throttled = || {
        let body = r#"{"RequestId":"r","HostId":"h","Code":"Throttling.User","Message":"slow down"}"#;
        response(400, body)
    };
    let script = Script::new(vec![throttled(), throttled(), response(200, r#"{"RequestId":"r3","Ok":1}"#)]);
    let client = builder(&script).build().unwrap();
    let found = call(&client).await.unwrap();
    assert_eq!(found["Ok"], 1);
    let seen = script.seen();
    let nonces: std::collections::BTreeSet<_> =
        seen.iter().map(|request| header(request, "x-acs-signature-nonce").to_owned()).collect();
    assert_eq!(nonces.len(), 3);
    assert_eq!(seen[0].uri(), "https://ecs-cn-hangzhou.aliyuncs.com/?A=x%20y&B.1=true&RegionId=cn-hangzhou");
    assert_eq!(seen[0].method(), "POST");
}

#[tokio::test]
async fn the_wait_of_the_clouds_own_header_is_known() {
    let busy: Respond = Box::new(|_| {
        let response = http::Response::builder().status(400).header("x-acs-retry-after", "60000");
        response.body(r#"{"Code":"Busy","Message":"m"}"#.to_owned()).unwrap()
    });
    let script = Script::new(vec![busy]);
    let client = builder(&script).retry(cloudcall::retry::RetryPolicy::none()).build().unwrap();
    let error = call(&client).await.unwrap_err();
    assert_eq!((error.kind(), error.retry_after()), (ErrorKind::Throttled, Some(Duration::from_secs(60))));
}

#[tokio::test]
async fn a_clock_that_is_off_is_set_by_the_server() {
    let expired: Respond = Box::new(|_| {
        let response = http::Response::builder().status(400).header("date", "Sun, 01 Mar 2026 08:09:05 GMT");
        response.body(r#"{"Code":"InvalidTimeStamp.Expired","Message":"m"}"#.to_owned()).unwrap()
    });
    let script = Script::new(vec![expired, response(200, "{}")]);
    call(&builder(&script).build().unwrap()).await.unwrap();
    assert!(header(&script.seen()[1], "x-acs-date").starts_with("2026-03-01T08:0"));
}

#[tokio::test]
async fn a_refused_signature_says_why() {
    let pairs = |request: &HttpRequest| -> Vec<(String, String)> {
        let plain = |text: &str| text.replace("%20", " ").replace("%3A", ":");
        let pair =
            |pair: &str| pair.split_once('=').map(|(name, value)| (plain(name), plain(value))).unwrap();
        request.uri().query().unwrap().split('&').map(pair).collect()
    };
    let refuse = move |spoil: bool| -> Respond {
        Box::new(move |request| {
            let mut text = rpc_string_to_sign("POST", &pairs(request), &[]);
            if spoil {
                text = text.replace("x%2520y", "x%252By");
            }
            let message = format!("Specified signature is not matched. server string to sign is:{text}");
            let body = json!({ "RequestId": "r", "Code": "SignatureDoesNotMatch", "Message": message });
            http::Response::builder().status(400).body(body.to_string()).unwrap()
        })
    };
    for (spoil, wanted) in [(false, "the access key secret is not"), (true, "ours goes on with \"0y\"")] {
        let script = Script::new(vec![refuse(spoil)]);
        let keys = Credential::new("testid", "testsecret").unwrap().with_token("testtoken");
        let client =
            builder(&script).credentials(StaticCredentials::new(keys)).sign_method(SignMethod::HmacSha1);
        let error = call(&client.build().unwrap()).await.unwrap_err();
        assert_eq!((error.kind(), error.code()), (ErrorKind::Auth, Some("SignatureDoesNotMatch")));
        assert!(error.to_string().contains(wanted), "{error}");
        let body = String::from_utf8_lossy(error.raw_body().unwrap()).into_owned();
        for shown in [error.to_string(), format!("{error:?}"), body] {
            assert!(!shown.contains("testsecret") && !shown.contains("testtoken"), "{shown}");
        }
    }
}

#[tokio::test]
async fn nothing_is_a_response_and_the_header_has_the_request_id() {
    let empty: Respond = Box::new(|_| {
        let response = http::Response::builder().status(204).header("x-acs-request-id", "from-header");
        response.body(String::new()).unwrap()
    });
    let script = Script::new(vec![empty, response(200, "[1]"), response(503, "<html>down</html>")]);
    let client = builder(&script).retry(cloudcall::retry::RetryPolicy::none()).build().unwrap();
    let info = || ActionInfo::dynamic("cs", "2015-12-15", "DeleteIt").with_path("/clusters/{id}");
    let delete =
        || client.raw_action(info().with_method(http::Method::DELETE)).json(json!({ "id": "a/b", "x": 1 }));
    let response = delete().send().await.unwrap();
    assert_eq!(response.request_id(), Some("from-header"));
    assert_eq!(script.seen()[0].uri(), "https://cs.cn-hangzhou.aliyuncs.com/clusters/a%2Fb?x=1");
    assert_eq!(*delete().invoke().await.unwrap(), json!([1]));
    assert!(delete().invoke().await.unwrap_err().is_retryable());
}

#[tokio::test]
async fn an_unsigned_call_names_itself_in_the_query() {
    let script = Script::new(vec![response(200, "{}")]);
    let client =
        Client::<Alibaba>::builder().region("cn-hangzhou").transport(script.clone()).build().unwrap();
    let action = ActionInfo::dynamic("sts", "2015-04-01", "AssumeRoleWithOIDC").anonymous();
    client.raw_action(action).json(json!({ "RoleArn": "a" })).invoke().await.unwrap();
    let request = &script.seen()[0];
    let query = request.uri().query().unwrap();
    let beginning = "Action=AssumeRoleWithOIDC&Format=json&RegionId=cn-hangzhou&RoleArn=a&SignatureNonce=";
    for wanted in [beginning, "&Version=2015-04-01"] {
        assert!(query.contains(wanted), "{query}");
    }
    assert!(request.headers().get("authorization").is_none());
}

#[tokio::test]
async fn the_location_service_knows_more() {
    let reply = |host: &str| {
        let body = json!({ "Endpoints": { "Endpoint": [
            { "SerivceCode": "new", "Type": "innerAPI", "Endpoint": "inner.example.com" },
            { "SerivceCode": "new", "Type": "openAPI", "Endpoint": host },
        ] } });
        response(200, body.to_string())
    };
    let unknown = response(400, r#"{"Code":"Illegal Parameter","Message":"Please check the parameters"}"#);
    let script = Script::new(vec![
        reply("New.cn-hangzhou.aliyuncs.com"),
        response(200, r#"{"Endpoints":{"Endpoint":[]}}"#),
        unknown,
        response(403, r#"{"Code":"Forbidden","Message":"no"}"#),
    ]);
    let client = builder(&script).build().unwrap();
    let ask = || client.resolve_location("New", "new");
    assert_eq!(ask().await.unwrap().authority(), "new.cn-hangzhou.aliyuncs.com");
    let request = &script.seen()[0];
    assert_eq!(request.method(), "GET");
    let wanted = "https://location-readonly.aliyuncs.com/?Id=cn-hangzhou&ServiceCode=new&Type=openAPI";
    assert_eq!(request.uri(), wanted);
    assert!(ask().await.unwrap_err().to_string().contains("no endpoint in the region `cn-hangzhou`"));
    assert!(ask().await.unwrap_err().to_string().contains("no endpoint is known for the product"));
    assert_eq!(ask().await.unwrap_err().code(), Some("Forbidden"));
    let foreign = [
        "new.example.com",
        "ecs.aliyuncs.com.example.com",
        "xaliyuncs.com",
        ".aliyuncs.com",
        "aliyuncs.com",
        "evil@example.com/.aliyuncs.com",
        "evil.example.com?.aliyuncs.com",
        "evil.example.com:1#.aliyuncs.com",
        "127.0.0.1",
        "",
    ];
    let script = Script::new(foreign.iter().map(|host| reply(host)).collect());
    let client = builder(&script).build().unwrap();
    for host in foreign {
        let error = client.resolve_location("New", "new").await.unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Protocol | ErrorKind::Config), "{host}: {error:?}");
        // What no host has is not quoted as it is.
        let plain = !host.contains(['@', '?', '#']);
        assert!(!plain || error.message().contains(host), "{host}: {error}");
    }
    assert!(
        script.seen().iter().all(|request| request.uri().host() == Some("location-readonly.aliyuncs.com"))
    );
}

#[tokio::test]
async fn bodies_go_out_as_declared() {
    let script = Script::new((0..4).map(|_| response(200, "{}")).collect());
    let client = builder(&script).build().unwrap();
    let roa = || ActionInfo::dynamic("cs", "v", "CreateIt").with_path("/x").with_method(http::Method::POST);
    client.raw_action(roa()).json(json!({ "a": "é", "b": 1 })).invoke().await.unwrap();
    client
        .raw_action(roa().with_body_format(BodyFormat::Form))
        .json(json!({ "b": ["x y"] }))
        .invoke()
        .await
        .unwrap();
    client
        .raw_action(roa())
        .file(Param::new("f").place(ParamLocation::File), b"raw".to_vec())
        .invoke()
        .await
        .unwrap();
    client.raw_action(roa()).invoke().await.unwrap();
    let sent: Vec<_> = script
        .seen()
        .iter()
        .map(|request| {
            let body = String::from_utf8_lossy(request.body()).into_owned();
            (header(request, "content-type").to_owned(), body)
        })
        .collect();
    let wanted = [
        ("application/json; charset=utf-8", r#"{"a":"é","b":1}"#),
        ("application/x-www-form-urlencoded", "b.1=x+y"),
        ("application/octet-stream", "raw"),
        ("", ""),
    ];
    assert_eq!(sent, wanted.map(|(content_type, body)| (content_type.to_owned(), body.to_owned())));
}

/// An environment and files that are data.
#[derive(Debug, Clone, Default)]
struct Setup {
    variables: BTreeMap<&'static str, &'static str>,
    files: BTreeMap<PathBuf, &'static str>,
}

impl Env for Setup {
    fn var(&self, name: &str) -> Option<String> {
        self.variables.get(name).map(|value| (*value).to_owned())
    }
}

impl ReadFile for Setup {
    fn read(&self, path: &Path) -> std::io::Result<Vec<u8>> {
        let found = self.files.get(path).map(|text| text.as_bytes().to_vec());
        found.ok_or_else(|| std::io::ErrorKind::NotFound.into())
    }

    fn modified(&self, _: &Path) -> std::io::Result<SystemTime> {
        Ok(UNIX_EPOCH)
    }

    fn readable_by_others(&self, _: &Path) -> bool {
        false
    }
}

async fn keys(variables: &[(&'static str, &'static str)], files: &[(&str, &'static str)]) -> String {
    let setup = Setup {
        variables: variables.iter().copied().chain([("HOME", "/home/u")]).collect(),
        files: files.iter().map(|(path, text)| (PathBuf::from(path), *text)).collect(),
    };
    let context = Context::system().with_env(setup.clone()).with_files(setup);
    match default_chain().provide(&context).await {
        Ok(keys) => {
            let token = keys.token().map(|token| token.expose_secret().to_owned()).unwrap_or_default();
            format!("{} {} {token}", keys.id(), keys.secret().expose_secret())
        }
        Err(error) => error.to_string(),
    }
}

#[tokio::test]
async fn keys_come_from_where_existing_setups_have_them() {
    const FILE: &str = "[default]\ntype=access_key\naccess_key_id=f\naccess_key_secret=s#1\n\
                        [other]\ntype=access_key\naccess_key_id=o\naccess_key_secret=s2\n";
    let home = ("/home/u/.alibabacloud/credentials.ini", FILE);
    let newer = [("ALIBABA_CLOUD_ACCESS_KEY_ID", "n"), ("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "s")];
    let older = [("ALIYUN_ACCESS_KEY_ID", "a"), ("ALIYUN_ACCESS_KEY_SECRET", "s")];
    let with_token = [newer[0], newer[1], ("ALIBABA_CLOUD_SECURITY_TOKEN", "t"), older[0], older[1]];
    assert_eq!(keys(&with_token, &[home]).await, "n s t");
    assert_eq!(keys(&older, &[home]).await, "a s ");
    assert_eq!(keys(&[], &[home]).await, "f s#1 ");
    assert_eq!(keys(&[("ALIBABA_CLOUD_PROFILE", "other")], &[home]).await, "o s2 ");
    let moved = ("ALIBABA_CLOUD_CREDENTIALS_FILE", "/etc/keys.ini");
    assert_eq!(keys(&[moved], &[("/etc/keys.ini", FILE)]).await, "f s#1 ");
    assert!(keys(&[moved], &[home]).await.contains("/etc/keys.ini"));
    assert!(keys(&[newer[0]], &[home]).await.contains("ALIBABA_CLOUD_ACCESS_KEY_SECRET is not"));
    // The metadata service is not for tests to ask.
    let none = keys(&[("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true")], &[]).await;
    for tried in
        ["ALIBABA_CLOUD_ACCESS_KEY_ID", "ALIYUN_ACCESS_KEY_ID", "/home/u/.alibabacloud/credentials.ini"]
    {
        assert!(none.contains(tried), "{none}");
    }
}

#[tokio::test]
async fn the_environment_names_authorities_and_an_agent() {
    let client = |variables: &[(&'static str, &'static str)], pem: &'static str| {
        let variables = variables.iter().copied().collect();
        let files = BTreeMap::from([(PathBuf::from("/ca.pem"), pem)]);
        let setup = Setup { variables, files };
        let keys = StaticCredentials::new(Credential::new("testid", "testsecret").unwrap());
        let context = Context::system().with_env(setup.clone()).with_files(setup);
        Client::<Alibaba>::builder().region("cn-hangzhou").credentials(keys).context(context)
    };
    const AGENT: &str = "ALIBABA_CLOUD_USER_AGENT";
    const BUNDLE: &str = "ALIBABA_CLOUD_CA_BUNDLE";
    let agent = |builder: ClientBuilder<Alibaba>| async {
        let request = builder.build().unwrap().raw("ecs", "2014-05-26", "X").sign_only().await.unwrap();
        request.headers().get("user-agent").map(|value| value.to_str().unwrap().to_owned())
    };
    assert_eq!(agent(client(&[], "")).await, None);
    assert_eq!(agent(client(&[(AGENT, " ")], "")).await, None);
    let named = agent(client(&[(AGENT, "billing/2.1")], "")).await.unwrap();
    assert!(named.starts_with("cloudcall/") && named.ends_with(" billing/2.1"), "{named}");
    // What the program says wins.
    let own = agent(client(&[(AGENT, "billing/2.1")], "").user_agent("own/1")).await.unwrap();
    assert!(own.ends_with(" own/1"), "{own}");
    let header = agent(client(&[(AGENT, "billing/2.1")], "").header("User-Agent", "mine")).await;
    assert_eq!(header.as_deref(), Some("mine"));
    for (variable, value, pem, what) in [
        (AGENT, "a\nb", "", "control character"),
        (BUNDLE, "/gone.pem", "", "cannot be read"),
        (BUNDLE, "/ca.pem", "no certificate", "has no certificate"),
        (BUNDLE, "/ca.pem", "-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----", "PEM"),
    ] {
        let error = client(&[(variable, value)], pem).build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Config, "{variable}");
        assert!(error.message().contains(what), "{variable}: {error}");
    }
    // A transport or authorities of the program's own need no file.
    let script = Script::new(Vec::new());
    client(&[(BUNDLE, "/gone.pem")], "").transport(script).build().unwrap();
}

/// A server whose authority nobody knows but the file of the variable.
#[tokio::test]
async fn the_authorities_of_the_environment_are_those_that_are_trusted() {
    let authority = cloudcall_tests::certificates::Authority::new();
    let server = cloudcall_tests::server::Server::secure(
        authority.acceptor(cloudcall_tests::certificates::Flaw::None),
        [cloudcall_tests::server::Reply::json("{}"), cloudcall_tests::server::Reply::json("{}")],
    )
    .await;
    let call = |variables: BTreeMap<&'static str, &'static str>, trust: cloudcall::transport::TlsTrust| {
        let files = BTreeMap::from([(PathBuf::from("/ca.pem"), &*authority.pem().to_owned().leak())]);
        let setup = Setup { variables, files };
        let keys = StaticCredentials::new(Credential::new("testid", "testsecret").unwrap());
        let http = cloudcall::client::HttpOptions::builder()
            .proxies(cloudcall::client::Proxies::None)
            .trust(trust)
            .build()
            .unwrap();
        let client = Client::<Alibaba>::builder()
            .region("cn-hangzhou")
            .endpoint(server.url())
            .credentials(keys)
            .http(http)
            .retry(cloudcall::retry::RetryPolicy::none())
            .context(Context::system().with_env(setup.clone()).with_files(setup))
            .build()
            .unwrap();
        async move { client.raw("ecs", "2014-05-26", "X").invoke().await }
    };
    let bundle = || BTreeMap::from([("ALIBABA_CLOUD_CA_BUNDLE", "/ca.pem")]);
    call(bundle(), cloudcall::transport::TlsTrust::system()).await.unwrap();
    let error = call(BTreeMap::new(), cloudcall::transport::TlsTrust::system()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Tls, "{error}");
    let other = cloudcall_tests::certificates::Authority::new();
    let error = call(bundle(), cloudcall::transport::TlsTrust::only_pem(other.pem())).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Tls, "what the program trusts wins: {error}");
}
