//! No secret is shown: not in `Debug`, not in errors, not in logs. And what an error response says beside its code.

use std::sync::{Arc, Mutex};

use cloudcall::action::Param;
use cloudcall::client::{ClientBuilder, HttpOptions, Proxies};
use cloudcall::credential::{Credential, StaticCredentials};
use cloudcall::json::{Value, json};
use cloudcall::observe::Listener;
use cloudcall::provider::Provider;
use cloudcall::{Alibaba, Client, ErrorKind, Huawei, Tencent, cloud_action, cloud_model};
use cloudcall_tests::server::{Reply, Server};
use cloudcall_tests::time::FakeTime;

/// Members of real responses that hold a secret.
const NAMES: [&str; 24] = [
    "PrivateKeyBody",
    "KeyMaterial",
    "Plaintext",
    "SecretData",
    "SecretString",
    "SecretBinary",
    "Kubeconfig",
    "Pwd",
    "AccessKey",
    "AccessKeySecret",
    "AuthCode",
    "ApiKey",
    "Cookie",
    "Password",
    "adminPass",
    "Passphrase",
    "Token",
    "SecurityToken",
    "PrivateKey",
    "client_secret",
    "Authorization",
    "Signature",
    "DevicePsk",
    "LoginTicket",
];

#[cloud_model(provider = "tencent")]
#[derive(Debug, PartialEq)]
struct Login {
    password: Option<String>,
    access_key_secret: Option<String>,
    #[param(name = "Blob")]
    security_token: Option<String>,
    #[param(name = "ApiKey")]
    code: Option<String>,
    #[param(secret)]
    hidden: Option<String>,
    #[param(secret = false)]
    secret: Option<String>,
    key_id: Option<String>,
    labels: Option<Value>,
}

fn login() -> Login {
    let planted = || Some("PLANTED".to_owned());
    Login {
        password: planted(),
        access_key_secret: planted(),
        security_token: planted(),
        code: planted(),
        hidden: planted(),
        secret: Some("a word".into()),
        key_id: Some("key-1".into()),
        labels: Some(json!({"db_password": "PLANTED", "zone": "z-1"})),
    }
}

#[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12", response = Login)]
#[derive(Debug)]
struct ResetLogins {
    login: Login,
    logins: Option<Vec<Login>>,
    admin_pass: Option<String>,
    name: Option<String>,
}

fn builder<P: Provider + Default>(server: &Server) -> ClientBuilder<P> {
    let keys = Credential::new("AKIDexample", "planted-secret-key").unwrap();
    Client::<P>::builder()
        .region("ap-guangzhou")
        .endpoint(server.url().as_str())
        .credentials(StaticCredentials::new(keys))
        .http(HttpOptions::builder().proxies(Proxies::None).build().unwrap())
        .context(FakeTime::at(1_700_000_000).context())
}

fn clean(what: &str, text: &str) {
    assert!(!text.contains("PLANTED"), "{what}: {text}");
}

fn action() -> ResetLogins {
    ResetLogins {
        login: login(),
        logins: Some(vec![login()]),
        admin_pass: Some("PLANTED".into()),
        name: Some("n".into()),
    }
}

#[tokio::test]
async fn debug_shows_names_and_no_secrets() {
    let body = json!({"Response": {"Password": "PLANTED", "KeyId": "key-1", "RequestId": "r"}}).to_string();
    let server = Server::replies([Reply::json(&body), Reply::json(&body)]).await;
    let client = builder::<Tencent>(&server).build().unwrap();
    let raw = client
        .raw("cvm", "2017-03-12", "DescribeLogins")
        .json(json!({"Login": {"Password": "PLANTED"}, "Zone": "z-1"}))
        .param(Param::new("AdminPass"), "PLANTED")
        .secret(Param::new("Blob"), &"PLANTED".into());
    let shown = format!("{raw:?} {raw:#?}");
    clean("a raw call", &shown);
    assert!(shown.contains("AdminPass") && shown.contains("z-1"), "{shown}");
    let response = raw.send().await.unwrap();
    let typed = client.invoker(action());
    clean("an invoker", &format!("{typed:?} {typed:#?}"));
    let typed = typed.invoke().await.unwrap();
    assert_eq!(typed.password.as_deref(), Some("PLANTED"), "the value itself is the caller's");
    assert_eq!(response["Password"], "PLANTED");
    for (what, shown) in [
        ("an action", format!("{:?} {:#?}", action(), action())),
        ("a model", format!("{:?} {:#?}", login(), login())),
        ("a response", format!("{typed:?} {typed:#?}")),
        ("a response without a type", format!("{response:?} {response:#?}")),
    ] {
        clean(what, &shown);
        assert!(shown.contains("key-1"), "{what}: {shown}");
    }
    let shown = format!("{:?}", login());
    for wanted in ["password: ", "hidden: ****", "secret: Some(\"a word\")", "z-1"] {
        assert!(shown.contains(wanted), "{wanted}: {shown}");
    }
}

#[tokio::test]
async fn secrets_of_responses_are_in_no_error_and_no_log() {
    for name in NAMES {
        let member = format!("\"{name}\":\"PLANTED\"");
        let inner = json!({ "text": format!("{{{member}}}") });
        let bodies = [
            format!("{{\"Response\":{{\"KeyId\":[1],{member},\"RequestId\":\"r\"}}}}"),
            format!("{{\"Response\":{{\"a\":[{{{member}}}],\"b\":{inner},\"cut\":{{{member}"),
            format!(
                "{{\"Response\":{{\"Error\":{{\"Code\":\"C\",\"Message\":\"{name}: PLANTED\",{member}}},{member}}}}}"
            ),
            format!("<html><{name}>PLANTED</{name}> {name}=PLANTED&amp;a=b</html>"),
        ];
        let server = Server::replies(bodies.iter().map(|body| Reply::json(body))).await;
        let logged = Arc::new(Mutex::new(String::new()));
        let log = logged.clone();
        let listener = Listener::new()
            .on_response(move |reply| log.lock().unwrap().push_str(&reply.body(10_000).unwrap()))
            .with_bodies();
        let client = builder::<Tencent>(&server).observer(listener).build().unwrap();
        for body in &bodies {
            let error = client.invoker(WriteLogins).invoke().await.unwrap_err();
            let raw = String::from_utf8_lossy(error.raw_body().unwrap()).into_owned();
            clean(name, &format!("{error} {error:?} {raw} {:?}", error.details()));
            assert_eq!(error.unmasked_body().unwrap(), body.as_bytes());
        }
        let logged = logged.lock().unwrap().clone();
        clean(name, &logged);
        assert!(logged.contains(name), "{logged}");
    }
}

#[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12", response(serde) = Numbers)]
struct WriteLogins;

#[derive(Debug, serde::Deserialize)]
#[allow(dead_code, reason = "only read")]
struct Numbers {
    #[serde(rename = "KeyId")]
    key_id: u8,
}

#[tokio::test]
async fn a_password_that_the_service_repeats_is_masked() {
    let message = "the password hunter-22 is too weak";
    let body =
        json!({"Response": {"Error": {"Code": "C", "Message": message}, "RequestId": "r"}}).to_string();
    let server = Server::replies([Reply::json(&body)]).await;
    let client = builder::<Tencent>(&server).build().unwrap();
    let call = client.raw("cvm", "2017-03-12", "RunInstances");
    let error = call.json(json!({"LoginSettings": {"Password": "hunter-22"}})).send().await.unwrap_err();
    assert_eq!(error.message(), "the password **** is too weak");
    assert!(!String::from_utf8_lossy(error.raw_body().unwrap()).contains("hunter"));
}

#[tokio::test]
async fn an_error_response_is_read_whole() {
    let server = Server::replies([
        Reply::json(r#"{"Response":{"Error":{"Code":4001,"Message":"quota"},"RequestId":"r-1"}}"#),
        Reply::json(r#"{"Response":{"Error":{},"RequestId":17}}"#),
    ])
    .await;
    let client = builder::<Tencent>(&server).build().unwrap();
    let call = || client.raw("cvm", "2017-03-12", "CreateIt").send();
    let error = call().await.unwrap_err();
    assert_eq!((error.code(), error.message(), error.request_id()), (Some("4001"), "quota", Some("r-1")));
    let error = call().await.unwrap_err();
    assert_eq!((error.code(), error.request_id()), (None, Some("17")));
    assert!(error.to_string().contains("RequestId"), "{error}");

    let denied = r#"{"Code":"NoPermission","Message":"m","RequestId":"r","HostId":"h","Recommend":"https://a/?q=1",
                     "AccessDeniedDetail":{"AuthAction":"ecs:Run","Token":"PLANTED"}}"#;
    let server = Server::replies([Reply::status(403, "Content-Type: application/json\r\n", denied)]).await;
    let client = builder::<Alibaba>(&server).build().unwrap();
    let error = client.raw("ecs", "2014-05-26", "RunInstances").send().await.unwrap_err();
    let details = error.details();
    assert_eq!((&details["HostId"], &details["Recommend"]), (&json!("h"), &json!("https://a/?q=1")));
    assert_eq!(details["AccessDeniedDetail"]["AuthAction"], "ecs:Run");
    clean("details", &format!("{details:?} {error:?}"));
}

/// The error of a header, set on a call and on a client: nothing is sent.
async fn refused<P: Provider + Default>(name: &str, advice: &str) {
    let server = Server::replies([]).await;
    let client = builder::<P>(&server).build().unwrap();
    let call = client.raw("ecs", "2014-05-26", "DescribeIt").add_header(name, "v");
    let error = call.send().await.unwrap_err();
    let client = builder::<P>(&server).header(name, "v").build().unwrap_err();
    for error in [error, client] {
        assert_eq!(error.kind(), ErrorKind::Config, "{name}");
        assert!(error.message().contains(advice), "{name}: {error}");
    }
    assert!(server.requests().is_empty(), "{name}");
}

#[tokio::test]
async fn headers_that_the_cloud_decides_are_refused_with_advice() {
    for (name, advice) in [
        ("X-TC-Action", "client.raw("),
        ("x-tc-version", "client.raw("),
        ("X-TC-Region", "with_region"),
        ("X-TC-Timestamp", "signature"),
        ("X-TC-Language", "language"),
        ("X-TC-RequestClient", "request_client"),
        ("X-TC-Token", "with_token"),
        ("Content-Type", "content"),
    ] {
        refused::<Tencent>(name, advice).await;
    }
    for (name, advice) in [("X-Sdk-Date", "signature"), ("X-Security-Token", "with_token")] {
        refused::<Huawei>(name, advice).await;
    }
    for (name, advice) in [
        ("X-Acs-Action", "client.raw("),
        ("x-acs-version", "client.raw("),
        ("x-acs-date", "signature"),
        ("x-acs-signature-nonce", "signature"),
        ("x-acs-content-sha256", "signature"),
        ("x-acs-security-token", "with_token"),
        ("x-acs-bearer-token", "bearer"),
    ] {
        refused::<Alibaba>(name, advice).await;
    }
}

#[tokio::test]
async fn an_action_without_a_name_is_refused() {
    let server = Server::replies([]).await;
    for name in ["", " "] {
        let client = builder::<Tencent>(&server).build().unwrap();
        let error = client.raw("cvm", "2017-03-12", name).send().await.unwrap_err();
        assert!(error.kind() == ErrorKind::Config && error.message().contains("no name"), "{error}");
        let client = builder::<Alibaba>(&server).build().unwrap();
        assert!(
            client.raw("ecs", "2014-05-26", name).send().await.unwrap_err().message().contains("no name")
        );
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn the_header_for_unsigned_payloads_is_that_of_the_setting() {
    let server = Server::replies([]).await;
    let authorization = |client: Client<Tencent>, header: Option<&'static str>| async move {
        let mut call = client.raw("cvm", "2017-03-12", "DescribeZones").json(json!({"a": "b"}));
        if let Some(value) = header {
            call = call.add_header("X-TC-Content-SHA256", value);
        }
        let request = call.sign_only().await.unwrap();
        request.headers()["authorization"].to_str().unwrap().to_owned()
    };
    let client = || builder::<Tencent>(&server);
    let by_setting = authorization(client().unsigned_payload(true).build().unwrap(), None).await;
    let by_header = authorization(client().build().unwrap(), Some("UNSIGNED-PAYLOAD")).await;
    let signed = authorization(client().build().unwrap(), None).await;
    assert_eq!(by_setting, by_header);
    assert_ne!(signed, by_header);
}

#[tokio::test]
async fn a_parameter_that_is_given_again_replaces_the_first() {
    let ok = Reply::json(r#"{"Response":{"RequestId":"r"}}"#);
    let server = Server::replies([ok]).await;
    let client = builder::<Tencent>(&server).build().unwrap();
    let call = client.raw("cvm", "2017-03-12", "CreateIt").json(json!({"A": 1, "B": "b", "C": [1]}));
    call.param(Param::new("A"), 3).json(json!({"C": {"d": 1}, "E": null})).send().await.unwrap();
    assert_eq!(String::from_utf8_lossy(&server.requests()[0].body), r#"{"B":"b","A":3,"C":{"d":1}}"#);
}

#[tokio::test]
async fn errors_of_call_options_keep_their_kind_and_source() {
    let server = Server::replies([]).await;
    let client = builder::<Tencent>(&server).build().unwrap();
    struct Odd;
    impl serde::Serialize for Odd {
        fn serialize<S: serde::Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
            Err(serde::ser::Error::custom("the reason"))
        }
    }
    let error = client.raw("cvm", "2017-03-12", "CreateIt").json(Odd).send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
    assert!(error.to_string().contains("the reason"), "{error}");
    assert!(std::error::Error::source(&error).unwrap().is::<cloudcall::json::Error>());
}
