//! Calls as users write them, up to the bytes that would leave.

use std::collections::HashMap;

use cloudcall::action::{Action, ActionInfo, BodyFormat, Fields, ListStyle, Param, ParamLocation};
use cloudcall::context::Context;
use cloudcall::credential::{
    Credential, CredentialChain, CredentialError, ProvideCredential, StaticCredentials,
};
use cloudcall::http::Method;
use cloudcall::json::{Value, json};
use cloudcall::provider::huawei::credentials;
use cloudcall::provider::huawei::{Scope, SignMethod};
use cloudcall::transport::HttpRequest;
use cloudcall::upload::FilePart;
use cloudcall::{Client, Error, Huawei};
use serde::{Deserialize, Serialize};

use super::huawei_region::{OneFile, Vars};

/// `UpdateVpc` of the README, as the macro writes it.
struct UpdateVpc {
    vpc_id: String,
    dry_run: Option<bool>,
    language: Option<String>,
    vpc: VpcPatch,
}

#[derive(Serialize)]
struct VpcPatch {
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cidr: Option<String>,
}

#[derive(Debug, Deserialize)]
struct UpdateVpcResponse {}

impl Action for UpdateVpc {
    type Provider = Huawei;
    type Output = UpdateVpcResponse;
    const INFO: &'static ActionInfo = &ActionInfo::new("vpc", "v2", "UpdateVpc")
        .with_method(Method::PUT)
        .with_path("/v1/{project_id}/vpcs/{vpc_id}")
        .idempotent();

    fn fields(&self, fields: &mut Fields) -> Result<(), Error> {
        fields.put(&Param::new("vpc_id").place(ParamLocation::Path), &self.vpc_id)?;
        fields.put(&Param::new("dry_run").place(ParamLocation::Query), &self.dry_run)?;
        fields.put(&Param::new("X-Language").place(ParamLocation::Header), &self.language)?;
        fields.put(&Param::new("vpc").place(ParamLocation::Body), &self.vpc)
    }
}

fn keys() -> Credential {
    Credential::new("AK", "SK").unwrap().with_project_id("p1").with_domain_id("d1").with_token("t1")
}

fn client() -> Client<Huawei> {
    Client::builder()
        .region("cn-north-4")
        .credentials(StaticCredentials::new(keys()))
        .context(Context::system().with_env(Vars(HashMap::new())).with_files(OneFile("", None)))
        .build()
        .unwrap()
}

fn update() -> UpdateVpc {
    let vpc = VpcPatch { name: Some("云".into()), cidr: None };
    UpdateVpc { vpc_id: "a/b".into(), dry_run: Some(true), language: Some("zh-cn".into()), vpc }
}

fn header<'a>(request: &'a HttpRequest, name: &str) -> Option<&'a str> {
    request.headers().get(name).map(|value| std::str::from_utf8(value.as_bytes()).unwrap())
}

fn body(request: &HttpRequest) -> &str {
    std::str::from_utf8(request.body()).unwrap()
}

#[tokio::test]
async fn a_rest_action_with_parameters_everywhere() {
    let request = client().invoker(update()).sign_only().await.unwrap();
    let uri = "https://vpc.cn-north-4.myhuaweicloud.com/v1/p1/vpcs/a%2Fb?dry_run=true";
    assert_eq!((request.method(), request.uri().to_string().as_str()), (&Method::PUT, uri));
    assert_eq!(body(&request), r#"{"vpc":{"name":"云"}}"#);
    for (name, value) in [
        ("host", Some("vpc.cn-north-4.myhuaweicloud.com")),
        ("content-type", Some("application/json")),
        ("x-language", Some("zh-cn")),
        ("x-project-id", Some("p1")),
        ("x-domain-id", None),
        ("x-security-token", Some("t1")),
        ("x-sdk-content-sha256", None),
        ("user-agent", Some("cloudcall/0.1.0")),
    ] {
        assert_eq!(header(&request, name), value, "{name}");
    }
    let names =
        "SignedHeaders=content-type;host;user-agent;x-language;x-project-id;x-sdk-date;x-security-token,";
    assert!(header(&request, "authorization").unwrap().contains(names));
    assert!(
        request.headers()["authorization"].is_sensitive()
            && request.headers()["x-security-token"].is_sensitive()
    );
}

#[tokio::test]
async fn settings_of_one_call_stay_in_it() {
    let client = client();
    let call = || client.invoker(update());
    let scheme = |request: &HttpRequest| {
        header(request, "authorization").unwrap().split(' ').next().unwrap().to_owned()
    };
    for method in
        [SignMethod::HmacSm3, SignMethod::EcdsaP256Sha256, SignMethod::Sm2Sm3, SignMethod::DerivedHmacSha256]
    {
        let request = call().with_cloud(|cloud| cloud.sign_method = method).sign_only().await.unwrap();
        assert_eq!(scheme(&request), method.as_str());
    }
    let request = call()
        .with_cloud(|cloud| cloud.scope = Scope::Account)
        .add_header("User-Agent", "mine/1")
        .sign_only()
        .await
        .unwrap();
    assert_eq!((header(&request, "x-domain-id"), header(&request, "x-project-id")), (Some("d1"), None));
    assert_eq!(header(&request, "user-agent"), Some("cloudcall/0.1.0; mine/1"));
    assert_eq!(scheme(&call().sign_only().await.unwrap()), "SDK-HMAC-SHA256");
}

#[tokio::test]
async fn untyped_calls_place_by_method() {
    let client = client();
    let raw = |method: Method, path: &'static str| {
        client.raw_action(ActionInfo::new("vpc", "v3", "Call").with_method(method).with_path(path))
    };
    let params = json!({"limit": 10, "id": ["b", "a"], "vpc_id": "v"});
    for method in [Method::GET, Method::HEAD, Method::DELETE] {
        let request = raw(method, "/v3/{project_id}/vpcs/{vpc_id}").json(&params).sign_only().await.unwrap();
        assert_eq!(request.uri().path_and_query().unwrap(), "/v3/p1/vpcs/v?id=a&id=b&limit=10");
        assert_eq!(body(&request), "");
    }
    for method in [Method::POST, Method::PUT, Method::PATCH] {
        let request = raw(method, "/v3/{project_id}/vpcs/{vpc_id}").json(&params).sign_only().await.unwrap();
        assert_eq!(request.uri().path_and_query().unwrap(), "/v3/p1/vpcs/v");
        let sent: Value = cloudcall::json::from_str(body(&request)).unwrap();
        assert_eq!(sent, json!({"limit": 10, "id": ["b", "a"]}));
    }
    // A DELETE whose body is declared keeps the rest there too.
    let whole = Param::new("body").place(ParamLocation::Whole);
    let request = raw(Method::DELETE, "/v3/x").param(whole.clone(), json!([1])).sign_only().await.unwrap();
    assert_eq!(body(&request), "[1]");
    let request = raw(Method::POST, "/v3/x").param(whole.clone(), "plain text").sign_only().await.unwrap();
    assert_eq!(body(&request), "plain text");
    let both = raw(Method::POST, "/v3/x").param(whole, json!({})).param(Param::new("a"), 1).sign_only().await;
    assert!(both.unwrap_err().message().contains("the body itself"));
    assert_eq!(body(&raw(Method::POST, "/v3/x").sign_only().await.unwrap()), "");
}

#[tokio::test]
async fn bodies_of_other_kinds_go_unsigned_as_the_vendor_s_do() {
    let client = client();
    let call = |content: BodyFormat| {
        let info = ActionInfo::new("obs", "v1", "PutThing")
            .with_method(Method::POST)
            .with_path("/v1/x")
            .with_body_format(content);
        client.raw_action(info)
    };
    let form =
        call(BodyFormat::Form).json(json!({"a": "x y", "b": true, "c": [1, 2]})).sign_only().await.unwrap();
    assert_eq!(body(&form), "a=x+y&b=true&c=1&c=2");
    let xml =
        call(BodyFormat::Xml).param(Param::new("Root").place(ParamLocation::Whole), json!({"B": [1, "<"]}));
    let xml = xml.sign_only().await.unwrap();
    assert_eq!(body(&xml), "<Root><B>1</B><B>&lt;</B></Root>");
    let members = call(BodyFormat::Xml).json(json!({"B": 1})).sign_only().await.unwrap();
    assert_eq!(body(&members), "<PutThingRequestBody><B>1</B></PutThingRequestBody>");
    let file = FilePart::new(b"\x00\xff".to_vec()).file_name("f.bin").content_type("image/png");
    let parts = call(BodyFormat::Multipart)
        .json(json!({"a": true, "o": {"k": 1}}))
        .file(Param::new("file"), file.clone());
    let parts = parts.sign_only().await.unwrap();
    let text = String::from_utf8_lossy(parts.body()).into_owned();
    let boundary =
        header(&parts, "content-type").unwrap().strip_prefix("multipart/form-data; boundary=").unwrap();
    assert_eq!(boundary.len(), 32);
    let wanted = format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\ntrue\r\n--{boundary}\r\nContent-Disposition: \
         form-data; name=\"o\"\r\n\r\n{{\"k\":1}}\r\n--{boundary}\r\nContent-Disposition: form-data; name=\"file\"; \
         filename=\"f.bin\"\r\nContent-Type: image/png\r\n\r\n\u{0}\u{fffd}\r\n--{boundary}--\r\n"
    );
    assert_eq!(text, wanted);
    let octets = call(BodyFormat::OctetStream).file(Param::new("file"), file).sign_only().await.unwrap();
    assert_eq!(octets.body().as_ref(), b"\x00\xff");
    for request in [form, xml, members, parts, octets] {
        assert_eq!(header(&request, "x-sdk-content-sha256"), Some("UNSIGNED-PAYLOAD"));
    }
}

#[tokio::test]
async fn lists_in_headers_are_joined() {
    let info = ActionInfo::new("vpc", "v1", "List").with_method(Method::GET).with_path("/v1/x");
    let list = Param::new("X-List").place(ParamLocation::Header).list(ListStyle::Comma);
    let request = client().raw_action(info).param(list, ["a", "b"]).sign_only().await.unwrap();
    assert_eq!(header(&request, "x-list"), Some("a,b"));
}

#[tokio::test]
async fn services_of_the_account_get_its_id() {
    let info = ActionInfo::new("iam", "v3", "ListUsers").with_method(Method::GET).with_path("/v3/users");
    let request = client().raw_action(info).sign_only().await.unwrap();
    assert_eq!((header(&request, "x-domain-id"), header(&request, "x-project-id")), (Some("d1"), None));
    assert_eq!(request.uri().host(), Some("iam.cn-north-4.myhuaweicloud.com"));
}

fn configured(vars: &[(&str, &str)], file: Option<&str>) -> Client<Huawei> {
    let vars = vars.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
    let files = OneFile("/home/u/.huaweicloud/credentials", file.map(str::to_owned));
    let context = Context::system().with_env(Vars(vars)).with_files(files);
    // Without the metadata service, which the tests must not ask for.
    let chain = CredentialChain::new().then(credentials::environment()).then(credentials::profile());
    Client::builder().region("cn-north-4").context(context).credentials(chain).build().unwrap()
}

async fn signed_by(client: Client<Huawei>) -> Result<HttpRequest, Error> {
    let info =
        ActionInfo::new("vpc", "v1", "List").with_method(Method::GET).with_path("/v1/{project_id}/vpcs");
    client.raw_action(info).sign_only().await
}

#[tokio::test]
async fn the_chain_asks_environment_then_profile() {
    let file = "[basic]\nak = FILE\nsk = s\nproject_id = pf\n[global]\nak = FILE\nsk = s\ndomain_id = df\n";
    let vars =
        [("HUAWEICLOUD_SDK_AK", "ENV"), ("HUAWEICLOUD_SDK_SK", "s"), ("HUAWEICLOUD_SDK_PROJECT_ID", "pe")];
    let request = signed_by(configured(&vars, Some(file))).await.unwrap();
    assert_eq!(request.uri().path(), "/v1/pe/vpcs");
    assert!(header(&request, "authorization").unwrap().contains("Access=ENV,"));
    let request = signed_by(configured(&[], Some(file))).await.unwrap();
    assert_eq!(request.uri().path(), "/v1/pf/vpcs");
    let unasked = [vars[0], vars[1], ("HUAWEICLOUD_SDK_IAM_ENDPOINT", "http://127.0.0.1:1")];
    let error = signed_by(configured(&unasked, None)).await.unwrap_err().to_string();
    assert!(error.contains("HUAWEICLOUD_SDK_PROJECT_ID") && error.contains("with_project_id"), "{error}");
    let error = signed_by(configured(&vars[..1], Some(file))).await.unwrap_err().to_string();
    assert!(error.contains("HUAWEICLOUD_SDK_SK is not"), "{error}");
    let error = signed_by(configured(&[], None)).await.unwrap_err().to_string();
    assert!(error.contains("environment") && error.contains("profile"), "{error}");
    let error = signed_by(configured(&[], Some("[basic]\nak = a\n"))).await.unwrap_err().to_string();
    assert!(error.contains("no `sk`") && error.contains("/home/u/.huaweicloud/credentials"), "{error}");
}

#[tokio::test]
async fn one_section_of_the_profile_can_be_named() {
    let text = "[basic]\nak = BASIC\nsk = s\n[global]\nak = GLOBAL\nsk = s\ndomain_id = d1\n";
    let file = || OneFile("/home/u/.huaweicloud/credentials", Some(text.to_owned()));
    let context = || Context::system().with_env(Vars(HashMap::new())).with_files(file());
    let profile = |section: &str| credentials::profile().section(section);
    let keys = credentials::profile().provide(&context()).await.unwrap();
    assert_eq!((keys.id(), keys.domain_id()), ("BASIC", None));
    let keys = profile("global").provide(&context()).await.unwrap();
    assert_eq!((keys.id(), keys.domain_id()), ("GLOBAL", Some("d1")));
    let missing = profile("team").provide(&context()).await.unwrap_err();
    assert!(matches!(&missing, CredentialError::Broken(_)), "{missing}");
    assert!(missing.to_string().contains("`team`"), "{missing}");
}

#[tokio::test]
async fn hosts_of_their_own_get_derived_keys_when_asked() {
    let client = Client::<Huawei>::builder()
        .region("cn-north-4")
        .credentials(StaticCredentials::new(keys()))
        .derive_for_other_hosts("iotdm")
        .build()
        .unwrap();
    let info = ActionInfo::new("iotda", "v5", "ListDevices").with_method(Method::GET).with_path("/v5/x");
    let scheme = |request: HttpRequest| header(&request, "authorization").unwrap().to_owned();
    let usual = scheme(client.raw_action(info).sign_only().await.unwrap());
    assert!(usual.starts_with("SDK-HMAC-SHA256 Access="), "{usual}");
    let own = client.invoker(update()).with_endpoint("a1.st1.iotda-app.cn-north-4.myhuaweicloud.com");
    let own = scheme(own.sign_only().await.unwrap());
    assert!(own.starts_with("V11-HMAC-SHA256 Credential=AK/"), "{own}");
    assert!(own.contains("/cn-north-4/iotdm, "), "{own}");
}
