//! The local cloud: what it accepts, what it refuses, and with which words.

use std::time::Duration;

use cloudcall::action::{ActionInfo, BodyFormat, Param};
use cloudcall::client::{ClientBuilder, ClientOptions, HttpOptions, Proxies, TimeoutOptions};
use cloudcall::context::Context;
use cloudcall::credential::{Credential, StaticCredentials};
use cloudcall::http::header::AUTHORIZATION;
use cloudcall::http::{HeaderMap, HeaderValue, Method as HttpMethod, StatusCode, Uri};
use cloudcall::json::{Value, json};
use cloudcall::local::{LocalCloud, LocalCloudBuilder, LocalRequest, LocalResponse, Verdict};
use cloudcall::provider::tencent::{Method, SignMethod};
use cloudcall::retry::RetryPolicy;
use cloudcall::transport::{HttpRequest, HttpResponse, HttpSend, TransportError};
use cloudcall::upload::FilePart;
use cloudcall::{Client, Error, ErrorKind, Tencent};
use cloudcall_tests::time::FakeTime;
use cloudcall_tests::transport::Transport;

const NOW: u64 = 1_700_000_000;

fn cloud(time: &FakeTime) -> LocalCloudBuilder {
    LocalCloud::builder()
        .account_with_token("AKIDtemporary", "temporary-secret", "temporary-token")
        .account("AKIDlong", "long-secret")
        .on("DescribeVpcs", |request| {
            LocalResponse::ok(json!({
                "Params": request.params, "Account": request.account, "Region": request.region,
                "Product": request.product, "BodyLen": request.body.len(),
            }))
        })
        .context(time.context())
}

fn http_options() -> HttpOptions {
    HttpOptions::builder().proxies(Proxies::None).build().unwrap()
}

fn client(cloud: &LocalCloud, time: &FakeTime) -> ClientBuilder<Tencent> {
    let keys = Credential::new("AKIDtemporary", "temporary-secret").unwrap().with_token("temporary-token");
    Client::<Tencent>::builder()
        .region("ap-guangzhou")
        .endpoint(cloud.endpoint())
        .credentials(StaticCredentials::new(keys))
        .http(http_options())
        .context(time.context())
}

/// Changes requests after they were signed.
struct Tamper<F>(Transport, F);

impl<F> std::fmt::Debug for Tamper<F> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Tamper")
    }
}

#[cloudcall::async_trait]
impl<F: Fn(&mut HttpRequest) + Send + Sync> HttpSend for Tamper<F> {
    async fn send(&self, mut request: HttpRequest) -> Result<HttpResponse, TransportError> {
        (self.1)(&mut request);
        self.0.send(request).await
    }
}

type Change = fn(&mut HttpRequest);

async fn tampered(cloud: &LocalCloud, time: &FakeTime, method: SignMethod, change: Change) -> Error {
    let transport = Transport::new(&http_options()).unwrap();
    let client =
        client(cloud, time).sign_method(method).transport(Tamper(transport, change)).build().unwrap();
    let call = client.raw("vpc", "2017-03-12", "DescribeVpcs").json(json!({ "Limit": 1, "Offset": 2 }));
    call.invoke().await.unwrap_err()
}

fn set(request: &mut HttpRequest, name: &'static str, value: &str) {
    request.headers_mut().insert(name, HeaderValue::from_str(value).unwrap());
}

fn edit(request: &mut HttpRequest, name: &'static str, from: &str, to: &str) {
    let old = request.headers()[name].to_str().unwrap().replacen(from, to, 1);
    set(request, name, &old);
}

fn edit_form(request: &mut HttpRequest, from: &str, to: &str) {
    let text = String::from_utf8(request.body().to_vec()).unwrap();
    assert!(text.contains(from), "{text}");
    *request.body_mut() = text.replacen(from, to, 1).into();
}

#[tokio::test]
async fn what_was_changed_after_signing_is_refused() {
    let time = FakeTime::at(NOW);
    let cloud = cloud(&time).start().await.unwrap();
    let cases: &[(&str, Change, &str)] = &[
        (
            "signature",
            |r| edit(r, "authorization", "Signature=", "Signature=0"),
            "AuthFailure.SignatureFailure",
        ),
        ("scope", |r| edit(r, "authorization", "/vpc/", "/cvm/"), "AuthFailure.SignatureFailure"),
        ("day", |r| edit(r, "authorization", "/2023-11-14/", "/2023-11-13/"), "AuthFailure.SignatureFailure"),
        ("time", |r| set(r, "x-tc-timestamp", "1700000001"), "AuthFailure.SignatureFailure"),
        ("body", |r| *r.body_mut() = r#"{"Limit":2}"#.into(), "AuthFailure.SignatureFailure"),
        ("payload", |r| set(r, "x-tc-content-sha256", "UNSIGNED-PAYLOAD"), "AuthFailure.SignatureFailure"),
        ("type", |r| edit(r, "content-type", "json", "json; charset=utf-8"), "AuthFailure.SignatureFailure"),
        ("host", |r| edit(r, "host", "127.0.0.1", "localhost"), "AuthFailure.SignatureFailure"),
        ("id", |r| edit(r, "authorization", "AKIDtemporary", "AKIDnobody"), "AuthFailure.SecretIdNotFound"),
        ("token", |r| set(r, "x-tc-token", "another"), "AuthFailure.TokenFailure"),
        ("no token", |r| drop(r.headers_mut().remove("x-tc-token")), "AuthFailure.TokenFailure"),
        ("no type", |r| drop(r.headers_mut().remove("content-type")), "UnsupportedProtocol"),
        ("no action", |r| drop(r.headers_mut().remove("x-tc-action")), "MissingParameter"),
        ("no time", |r| drop(r.headers_mut().remove("x-tc-timestamp")), "MissingParameter"),
        ("no version", |r| drop(r.headers_mut().remove("x-tc-version")), "MissingParameter"),
        ("no signature", |r| drop(r.headers_mut().remove(AUTHORIZATION)), "MissingParameter"),
        ("version", |r| set(r, "x-tc-version", "v3"), "NoSuchVersion"),
        ("other type", |r| set(r, "content-type", "text/plain"), "UnsupportedProtocol"),
        ("method", |r| *r.method_mut() = HttpMethod::PUT, "UnsupportedProtocol"),
        (
            "twice",
            |r| assert!(r.headers_mut().append("x-tc-region", "x".parse().unwrap())),
            "InvalidParameter",
        ),
        ("same member", |r| *r.body_mut() = r#"{"A":1,"A":2}"#.into(), "InvalidParameter"),
        ("no object", |r| *r.body_mut() = "[]".into(), "InvalidParameter"),
        ("query", |r| *r.uri_mut() = format!("{}?a=1", r.uri()).parse::<Uri>().unwrap(), "InvalidParameter"),
        ("path", |r| *r.uri_mut() = format!("{}x", r.uri()).parse::<Uri>().unwrap(), "InvalidParameter"),
        ("hash", |r| set(r, "x-tc-content-sha256", "0abc"), "InvalidParameter"),
        ("language", |r| set(r, "x-tc-language", "fr-FR"), "InvalidParameter"),
        ("scheme", |r| set(r, "authorization", "Bearer x"), "AuthFailure.InvalidAuthorization"),
        ("unsigned", |r| set(r, "authorization", "SKIP"), "AuthFailure.InvalidAuthorization"),
        ("headers", |r| edit(r, "authorization", "content-type;", ""), "AuthFailure.InvalidAuthorization"),
    ];
    for (what, change, wanted) in cases {
        let error = tampered(&cloud, &time, SignMethod::Tc3HmacSha256, *change).await;
        assert_eq!(error.code(), Some(*wanted), "{what}: {error}");
        assert!(error.request_id().is_some(), "{what}: {error}");
    }
    assert!(cloud.requests().iter().all(|record| !record.verdict.is_accepted()));
}

#[tokio::test]
async fn changed_parameters_of_the_older_signature_are_refused() {
    let time = FakeTime::at(NOW);
    let cloud = cloud(&time).start().await.unwrap();
    let cases: &[(&str, Change, &str)] = &[
        ("value", |r| edit_form(r, "Limit=1", "Limit=3"), "AuthFailure.SignatureFailure"),
        ("signature", |r| edit_form(r, "&Signature=", "&Signature=AAAA"), "AuthFailure.SignatureFailure"),
        ("twice", |r| edit_form(r, "Limit=1", "Limit=1&Limit=1"), "InvalidParameter"),
        ("nonce", |r| edit_form(r, "Nonce=", "Nonce=-"), "InvalidParameter"),
        ("no nonce", |r| edit_form(r, "Nonce=", "Nine="), "MissingParameter"),
        ("no id", |r| edit_form(r, "SecretId=", "Id="), "MissingParameter"),
        ("id", |r| edit_form(r, "AKIDtemporary", "AKIDnobody"), "AuthFailure.SecretIdNotFound"),
        ("method", |r| edit_form(r, "HmacSHA1", "HmacMD5"), "InvalidParameter"),
        ("escape", |r| edit_form(r, "Limit=1", "Limit=%zz"), "InvalidParameter"),
        ("type", |r| set(r, "content-type", "application/json"), "UnsupportedProtocol"),
    ];
    for (what, change, wanted) in cases {
        let error = tampered(&cloud, &time, SignMethod::HmacSha1, *change).await;
        assert_eq!(error.code(), Some(*wanted), "{what}: {error}");
    }
}

#[tokio::test]
async fn a_refused_signature_comes_with_the_servers_text() {
    let time = FakeTime::at(NOW);
    let cloud = cloud(&time).start().await.unwrap();
    tampered(&cloud, &time, SignMethod::Tc3HmacSha256, |r| *r.body_mut() = "{}".into()).await;
    let record = cloud.requests().remove(0);
    let Verdict::Refused { string_to_sign: Some(text), .. } = &record.verdict else { panic!("{record:?}") };
    assert!(text.starts_with("TC3-HMAC-SHA256\n1700000000\n2023-11-14/vpc/tc3_request\n"), "{text}");
    assert!(text.contains("POST\n/\n\ncontent-type:application/json\nhost:127.0.0.1:"), "{text}");
    assert_eq!(record.header("x-tc-token"), Some("****"));
    assert_eq!(record.header("authorization"), Some("****"));
    let shown = format!("{record:?}");
    assert!(!shown.contains("temporary-token") && !shown.contains("AKIDtemporary"), "{shown}");
}

#[tokio::test]
async fn times_beyond_the_window_are_refused_both_ways() {
    for (client_time, attempts) in
        [(NOW - 300, 1), (NOW + 300, 1), (NOW - 301, 2), (NOW + 301, 2), (NOW + 86_400, 2)]
    {
        for method in [SignMethod::Tc3HmacSha256, SignMethod::HmacSha256] {
            let cloud = cloud(&FakeTime::at(NOW)).start().await.unwrap();
            let client = client(&cloud, &FakeTime::at(client_time)).sign_method(method).build().unwrap();
            let response = client.raw("vpc", "2017-03-12", "DescribeVpcs").send().await.unwrap();
            assert_eq!(response.attempts(), attempts, "{client_time}");
            if attempts == 2 {
                assert_eq!(cloud.requests()[0].verdict.code(), Some("AuthFailure.SignatureExpire"));
            }
        }
    }
}

fn tree() -> Value {
    json!({ "Filters": [{ "Name": "vpc-name", "Values": ["a b", "未命名", "c&d=e+f"] }], "Limit": "20" })
}

#[tokio::test]
async fn every_form_of_request_is_accepted_and_read_alike() {
    let time = FakeTime::at(NOW);
    let cloud = cloud(&time).start().await.unwrap();
    let signatures = [SignMethod::Tc3HmacSha256, SignMethod::HmacSha256, SignMethod::HmacSha1];
    for signature in signatures {
        for method in [Method::Post, Method::Get] {
            for unsigned in [false, true] {
                let client = client(&cloud, &time).sign_method(signature).method(method);
                let client = client.unsigned_payload(unsigned).build().unwrap();
                let call = client.raw("vpc", "2017-03-12", "DescribeVpcs").json(tree());
                let response = call.invoke().await.unwrap();
                assert_eq!(response["Params"], tree(), "{signature:?} {method:?} {unsigned}");
                assert_eq!(response["Account"], "AKIDtemporary");
                assert_eq!(response["Region"], "ap-guangzhou");
            }
        }
    }
    assert!(cloud.requests().iter().all(|record| record.verdict.is_accepted()));
}

#[tokio::test]
async fn the_parameters_of_every_cloud_are_read_from_their_place() {
    use cloudcall::action::CallStyle;
    use cloudcall::action::ParamLocation::{Body, Header, Query};
    use cloudcall::call::RawCall;
    use cloudcall::provider::{alibaba, huawei, qcloud, volcengine};

    fn read(request: &LocalRequest) -> LocalResponse {
        let of = |name: &str| request.param(name);
        LocalResponse::ok(json!({
            "marker": of("marker"), "ids": of("ids.1"), "name": of("name"), "box": of("box_id"), "path": request.path,
            "header": request.header("x-lang"),
        }))
    }
    let time = FakeTime::at(NOW);
    let mut builder = cloud(&time).on("DoIt", read);
    for method in [HttpMethod::GET, HttpMethod::POST, HttpMethod::PUT] {
        builder = builder.on_path(method, "/v1/{project_id}/boxes/{box_id}", read);
    }
    let cloud = builder.start().await.unwrap();

    // A REST call: the query and the body are parameters; the path and headers have their own members.
    let rest = |method: HttpMethod, format| {
        let info = ActionInfo::new("depot", "v1", "DoIt").with_method(method).with_body_format(format);
        info.with_path("/v1/{project_id}/boxes/{box_id}")
    };
    let huawei = other(huawei::Cloud::default(), &cloud, &time);
    let list = huawei.raw_action(rest(HttpMethod::GET, BodyFormat::Auto));
    let list = list
        .json(json!({ "box_id": "b1", "marker": "m 1", "ids": ["a", "b"] }))
        .param(Param::new("x-lang").place(Header), "en");
    let seen = list.send().await.unwrap().into_inner();
    assert_eq!((seen["marker"].as_str(), seen["ids"].as_str()), (Some("m 1"), Some("b")));
    assert_eq!((seen["path"].as_str(), seen["header"].as_str()), (Some("/v1/p1/boxes/b1"), Some("en")));
    assert!(seen["box"].is_null());
    for format in [BodyFormat::Json, BodyFormat::Form, BodyFormat::Multipart] {
        let change = huawei.raw_action(rest(HttpMethod::PUT, format));
        let change = change
            .json(json!({ "box_id": "b1" }))
            .param(Param::new("marker").place(Query), "m 1")
            .param(Param::new("name").place(Body), "n");
        let seen = change.send().await.unwrap().into_inner();
        assert_eq!((seen["marker"].as_str(), seen["name"].as_str()), (Some("m 1"), Some("n")), "{format:?}");
    }

    let both = |call: RawCall<_>| {
        call.param(Param::new("marker").place(Query), "m 1").param(Param::new("name").place(Body), "n")
    };
    let alibaba = other(alibaba::Cloud::default(), &cloud, &time);
    let roa = rest(HttpMethod::POST, BodyFormat::Json).with_path("/v1/p1/boxes/{box_id}");
    let roa = roa.with_style(CallStyle::Roa);
    let rpc = ActionInfo::new("ecs", "2014-05-26", "DoIt");
    for call in [alibaba.raw_action(roa).json(json!({ "box_id": "b1" })), alibaba.raw_action(rpc)] {
        let seen = both(call).send().await.unwrap().into_inner();
        assert_eq!((seen["marker"].as_str(), seen["name"].as_str()), (Some("m 1"), Some("n")));
    }

    // The other clouds have one place for parameters: the query of a GET, or the body of a POST.
    let params = json!({ "marker": "m 1", "ids": ["a", "b"] });
    for method in [HttpMethod::GET, HttpMethod::POST] {
        let info = |version| ActionInfo::new("cvm", version, "DoIt").with_method(method.clone());
        let tencent = client(&cloud, &time).build().unwrap();
        let qcloud = other(qcloud::Cloud::default(), &cloud, &time);
        let volcengine = other(volcengine::Cloud::default(), &cloud, &time);
        for seen in [
            tencent.raw_action(info("2017-03-12")).json(&params).send().await.unwrap().into_inner(),
            qcloud.raw_action(info("")).json(&params).send().await.unwrap().into_inner(),
            volcengine.raw_action(info("2020-04-01")).json(&params).send().await.unwrap().into_inner(),
        ] {
            assert_eq!(
                (seen["marker"].as_str(), seen["ids"].as_str()),
                (Some("m 1"), Some("b")),
                "{method} {seen}"
            );
        }
    }
}

#[tokio::test]
async fn files_and_bytes_are_accepted() {
    let time = FakeTime::at(NOW);
    let cloud = cloud(&time).start().await.unwrap();
    let client = client(&cloud, &time).build().unwrap();
    let info = ActionInfo::new("cii", "2021-04-08", "DescribeVpcs");
    let call = client.raw_action(info.clone().with_body_format(BodyFormat::Multipart));
    let call = call.json(json!({ "Kind": "x", "List": [1, 2] }));
    let response = call.file(Param::new("File"), FilePart::new(&b"\x00\r\n--"[..])).invoke().await.unwrap();
    assert_eq!(response["Params"]["Kind"], "x");
    assert_eq!(response["Params"]["List"], "[1,2]");
    assert_eq!(response["Product"], "cii");
    let call = client.raw_action(info.with_body_format(BodyFormat::OctetStream));
    let response = call.file(Param::new("Body"), FilePart::new(&b"12345"[..])).invoke().await.unwrap();
    assert_eq!(response["BodyLen"], 5);
}

#[tokio::test]
async fn only_some_actions_may_be_unsigned() {
    let time = FakeTime::at(NOW);
    let cloud = cloud(&time)
        .anonymous("OpenAction")
        .on("OpenAction", |request| LocalResponse::ok(json!({ "Account": request.account })));
    let cloud = cloud.start().await.unwrap();
    let client = client(&cloud, &time).sign_method(SignMethod::Skip).build().unwrap();
    let response = client.raw("sts", "2018-08-13", "OpenAction").invoke().await.unwrap();
    assert_eq!(response["Account"], Value::Null);
    let error = client.raw("vpc", "2017-03-12", "DescribeVpcs").invoke().await.unwrap_err();
    assert_eq!(error.code(), Some("AuthFailure.InvalidAuthorization"));
}

#[tokio::test]
async fn scripts_fail_and_recover_and_are_counted() {
    let time = FakeTime::at(NOW);
    let busy = LocalResponse::error("RequestLimitExceeded", "slow down");
    let broken = LocalResponse::raw(502, "text/html", "<html>").header("X-Gateway", "1");
    let cloud = cloud(&time)
        .on_each("RunInstances", [busy.clone(), busy, LocalResponse::ok(json!({ "Done": true }))])
        .on_each("DescribeZones", [broken, LocalResponse::hang_up(), LocalResponse::ok(json!({}))])
        .on_each("CreateVpc", [LocalResponse::hang_up(), LocalResponse::ok(json!({}))])
        .start()
        .await
        .unwrap();
    let client = client(&cloud, &time).build().unwrap();
    let call = |action: &str| client.raw("cvm", "2017-03-12", action).send();
    assert_eq!(call("RunInstances").await.unwrap().attempts(), 3);
    assert_eq!(call("DescribeZones").await.unwrap().attempts(), 3);
    let statuses: Vec<_> = cloud.requests().iter().map(|record| record.status).collect();
    assert_eq!(
        statuses.iter().flatten().map(|status| status.as_u16()).collect::<Vec<_>>(),
        [200, 200, 200, 502, 200]
    );
    let error = call("CreateVpc").await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Io, 1), "a write may have been done: {error}");
    assert_eq!(cloud.count("CreateVpc"), 1);
}

#[tokio::test]
async fn requests_are_taken_once_and_later_ones_keep_their_status() {
    let time = FakeTime::at(NOW);
    let cloud = cloud(&time).start().await.unwrap();
    let client = client(&cloud, &time).build().unwrap();
    let call = async |action: &str| client.raw("vpc", "2017-03-12", action).send().await.is_ok();
    assert!(call("DescribeVpcs").await && call("DescribeVpcs").await);
    assert_eq!((cloud.take_requests().len(), cloud.requests().len()), (2, 0));
    assert!(call("DescribeVpcs").await && !call("NoRule").await);
    let taken = cloud.take_requests().into_iter().map(|record| (record.action, record.status));
    let ok = Some(StatusCode::OK);
    assert_eq!(taken.collect::<Vec<_>>(), [("DescribeVpcs".to_owned(), ok), ("NoRule".to_owned(), ok)]);
}

#[tokio::test]
async fn responses_can_be_late() {
    let cloud = LocalCloud::builder()
        .account("AKIDlong", "long-secret")
        .on("DescribeVpcs", |_| LocalResponse::ok(json!({})).after(Duration::from_secs(5)))
        .start()
        .await
        .unwrap();
    let client = Client::<Tencent>::builder()
        .endpoint(cloud.endpoint())
        .credentials(StaticCredentials::new(Credential::new("AKIDlong", "long-secret").unwrap()))
        .http(http_options())
        .retry(RetryPolicy::none())
        .timeouts(TimeoutOptions::builder().total(Duration::from_millis(100)).build().unwrap())
        .build()
        .unwrap();
    let error = client.raw("vpc", "2017-03-12", "DescribeVpcs").invoke().await.unwrap_err();
    assert!(error.is_timeout(), "{error}");
}

#[tokio::test]
async fn the_most_recent_rule_responds_and_products_are_told_apart() {
    let time = FakeTime::at(NOW);
    let cloud = cloud(&time)
        .on("DescribeZones", |_| LocalResponse::ok(json!({ "By": "name" })))
        .on_product("tencent", "cvm", "DescribeZones", |request| {
            LocalResponse::ok(json!({ "By": "product", "Earlier": request.earlier }))
        })
        .start()
        .await
        .unwrap();
    let client = client(&cloud, &time).build().unwrap();
    let call = |product: &str| client.raw(product, "2017-03-12", "DescribeZones").invoke();
    assert_eq!(call("cvm").await.unwrap()["By"], "product");
    assert_eq!(call("cvm").await.unwrap()["Earlier"], 1);
    assert_eq!(call("vpc").await.unwrap()["By"], "name");
    let error = client.raw("cvm", "2017-03-12", "NoSuchAction").invoke().await.unwrap_err();
    assert_eq!(error.code(), Some("InvalidAction"));
    assert_eq!(cloud.requests().last().unwrap().verdict, Verdict::Accepted);
}

#[tokio::test]
async fn it_ends_when_it_is_dropped() {
    let time = FakeTime::at(NOW);
    let cloud = cloud(&time).start().await.unwrap();
    let client = client(&cloud, &time).retry(RetryPolicy::none()).build().unwrap();
    client.raw("vpc", "2017-03-12", "DescribeVpcs").invoke().await.unwrap();
    drop(cloud);
    tokio::time::sleep(Duration::from_millis(50)).await;
    let error = client.raw("vpc", "2017-03-12", "DescribeVpcs").invoke().await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Connect | ErrorKind::Io), "{error}");
    assert!(LocalCloud::builder().on_each("X", []).start().await.is_err());
}

/// A client of another cloud, whose clock may be wrong.
fn other<P: cloudcall::provider::Provider>(cloud: P, local: &LocalCloud, time: &FakeTime) -> Client<P> {
    let keys = Credential::new("AKIDtemporary", "temporary-secret").unwrap();
    let keys = keys.with_token("temporary-token").with_project_id("p1");
    Client::builder_for(cloud)
        .region("cn-north-4")
        .endpoint(local.endpoint())
        .credentials(StaticCredentials::new(keys))
        .http(http_options())
        // Seeded randomness would repeat nonces, which these clouds refuse.
        .context(Context::system().with_clock(time.clone()).with_sleep(time.clone()))
        .build()
        .unwrap()
}

#[tokio::test]
async fn a_header_of_the_client_is_sent_and_signed_with_all_its_values() {
    let tags = |request: &LocalRequest| {
        let tags: Vec<_> = request.headers.get_all("x-tag").iter().map(|tag| tag.to_str().unwrap()).collect();
        LocalResponse::ok(json!({ "Tags": tags }))
    };
    let time = FakeTime::at(NOW);
    let cloud = cloud(&time).on("DescribeTags", tags).on_path(HttpMethod::GET, "/v1/tags", tags);
    let cloud = cloud.start().await.unwrap();
    let mut headers = HeaderMap::new();
    for tag in ["b", "a"] {
        headers.append("x-tag", HeaderValue::from_static(tag));
    }
    let options = || {
        let options = ClientOptions::builder().headers(headers.clone());
        options.http(http_options()).build().unwrap()
    };
    let tencent = client(&cloud, &time).options(options()).build().unwrap();
    let sent = tencent.raw_action(ActionInfo::new("tag", "2018-08-13", "DescribeTags")).send().await.unwrap();
    assert_eq!(sent["Tags"], json!(["b", "a"]));
    let keys = Credential::new("AKIDtemporary", "temporary-secret").unwrap().with_token("temporary-token");
    let huawei = Client::<cloudcall::Huawei>::builder()
        .region("cn-north-4")
        .endpoint(cloud.endpoint())
        .credentials(StaticCredentials::new(keys.with_project_id("p1")))
        .context(Context::system().with_clock(time.clone()).with_sleep(time.clone()))
        .options(options())
        .build()
        .unwrap();
    let info = ActionInfo::new("tms", "v1", "ListTags").with_method(HttpMethod::GET).with_path("/v1/tags");
    assert_eq!(huawei.raw_action(info).send().await.unwrap()["Tags"], json!(["b", "a"]));
}

#[tokio::test]
async fn huawei_and_alibaba_clients_are_accepted_and_their_clocks_corrected() {
    use cloudcall::provider::{alibaba, huawei};
    let server = FakeTime::at(NOW);
    let cloud = cloud(&server)
        .on_path(HttpMethod::POST, "/v1/{project_id}/vpcs", |request| LocalResponse::ok(&request.params))
        .start()
        .await
        .unwrap();
    for (client_time, attempts) in [(NOW, 1), (NOW - 600, 2), (NOW + 600, 2)] {
        let time = FakeTime::at(client_time);
        for method in ["SDK-HMAC-SHA256", "V11-HMAC-SHA256", "SDK-HMAC-SM3"] {
            let mut huawei = huawei::Cloud::default();
            huawei.sign_method = method.parse().unwrap();
            let info = ActionInfo::new("vpc", "v1", "CreateVpc").with_method(HttpMethod::POST);
            let call = other(huawei, &cloud, &time).raw_action(info.with_path("/v1/{project_id}/vpcs"));
            let response = call.json(tree()).send().await.unwrap();
            assert_eq!(response.attempts(), attempts, "{method} {client_time}");
            assert_eq!(*response, tree());
        }
        for method in ["ACS3-HMAC-SHA256", "ACS3-HMAC-SM3", "ACS4-HMAC-SHA256", "HMAC-SHA1"] {
            for verb in [HttpMethod::GET, HttpMethod::POST] {
                let mut alibaba = alibaba::Cloud::default();
                alibaba.sign_method = method.parse().unwrap();
                let info = ActionInfo::new("vpc", "2016-04-28", "DescribeVpcs").with_method(verb);
                let call = other(alibaba, &cloud, &time).raw_action(info);
                let response = call.json(tree()).send().await.unwrap();
                assert_eq!(response.attempts(), attempts, "{method} {client_time}");
                assert_eq!(response["Params"]["Filters"], tree()["Filters"]);
            }
        }
    }
}

#[tokio::test]
async fn clients_of_the_log_service_are_accepted_and_their_clocks_corrected() {
    use cloudcall::endpoint::{EndpointTable, Gateway};
    use cloudcall::provider::alibaba;
    const HOSTS: EndpointTable = EndpointTable::central(&[]).with_gateway(Gateway::Log);
    let server = FakeTime::at(NOW);
    let cloud = cloud(&server)
        .on_path(HttpMethod::POST, "/resources/{name}/records", |request| LocalResponse::ok(&request.params))
        .on_path(HttpMethod::GET, "/resources/{name}/records", |request| {
            match request.params["ids"].as_str() {
                None => LocalResponse::error("ProjectNotExist", "there is none"),
                Some(ids) => LocalResponse::ok(json!([{ "ids": ids, "path": request.path }])),
            }
        })
        .start()
        .await
        .unwrap();
    let name = || Param::new("name").place(cloudcall::action::ParamLocation::Path);
    let action = |method: HttpMethod| {
        ActionInfo::new("sls", "2020-12-30", "Records")
            .with_method(method)
            .with_path("/resources/{name}/records")
            .with_endpoint_table(HOSTS)
    };
    for (client_time, attempts) in [(NOW, 1), (NOW - 1200, 2), (NOW + 1200, 2)] {
        let client = other(alibaba::Cloud::default(), &cloud, &FakeTime::at(client_time));
        let call = |method| client.raw_action(action(method)).param(name(), "a b/名");
        let created = call(HttpMethod::POST).param(Param::new("tag"), "x y").param(Param::new("list"), [1]);
        let created = created.send().await.unwrap();
        assert_eq!(created.attempts(), attempts, "{client_time}");
        assert_eq!(*created, json!({ "tag": "x y", "list": [1] }));
        let call = || call(HttpMethod::GET);
        let found = call().param(Param::new("ids"), "é &=/").send().await.unwrap();
        assert_eq!(found[0]["ids"], "é &=/");
        assert!(found.request_id().is_some());
        let error = call().send().await.unwrap_err();
        assert!(error.is_not_found() && error.code() == Some("ProjectNotExist"), "{error:?}");
        assert!(error.request_id().is_some() && error.message().contains("there is none"), "{error:?}");
    }
    let bearer = Client::builder_for(alibaba::Cloud::default())
        .region("cn-hangzhou")
        .endpoint(cloud.endpoint())
        .credentials(StaticCredentials::new(Credential::bearer("token").unwrap()))
        .http(http_options())
        .build()
        .unwrap();
    let error = bearer.raw_action(action(HttpMethod::GET)).param(name(), "x").send().await.unwrap_err();
    assert!(error.kind() == ErrorKind::Credentials && error.to_string().contains("access key"), "{error}");
}

#[tokio::test]
async fn sign_ins_and_tokens_of_meeting_are_checked() {
    use cloudcall::Huawei;
    use cloudcall::credential::ProvideCredential;
    use cloudcall::provider::huawei::credentials::{MeetingAccount, MeetingApp};
    let time = FakeTime::at(NOW);
    let token = |_: &LocalRequest| {
        LocalResponse::ok(json!({ "accessToken": "temporary-token", "validPeriod": 3600 }))
    };
    let cloud = cloud(&time)
        .on_path(HttpMethod::POST, "/v1/usg/acs/auth/account", token)
        .on_path(HttpMethod::POST, "/v2/usg/acs/auth/appauth", token)
        .on_path(HttpMethod::GET, "/v1/mmc/management/conferences", |request| {
            LocalResponse::ok(json!({ "account": request.account, "product": request.product }))
        })
        .start()
        .await
        .unwrap();
    let call = async |credentials: std::sync::Arc<dyn ProvideCredential>, time: &FakeTime| {
        let client = Client::<Huawei>::builder()
            .region("cn-north-4")
            .endpoint(cloud.endpoint())
            .credentials(credentials)
            .http(http_options())
            .context(time.context())
            .build()?;
        let action = ActionInfo::new("meeting", "v1", "SearchMeetings").with_method(HttpMethod::GET);
        client.raw_action(action.with_path("/v1/mmc/management/conferences")).send().await
    };
    let account = |password: &str| {
        std::sync::Arc::new(
            MeetingAccount::new("AKIDtemporary", password).endpoint(cloud.endpoint().to_string()),
        )
    };
    let app = |key: &str| MeetingApp::new("AKIDtemporary", key).endpoint(cloud.endpoint().to_string());
    let wanted = json!({ "account": "AKIDtemporary", "product": "meeting" });
    assert_eq!(*call(account("temporary-secret"), &time).await.unwrap(), wanted);
    for app in [
        app("temporary-secret"),
        app("temporary-secret").user_id("u:1").dept_code("d1"),
        app("temporary-secret").corp_id(""),
        app("temporary-secret").corp_id("c1").user_id("u1"),
    ] {
        assert_eq!(*call(std::sync::Arc::new(app), &time).await.unwrap(), wanted);
    }
    let late = FakeTime::at(NOW - 700);
    let other = std::sync::Arc::new(StaticCredentials::new(Credential::bearer("other-token").unwrap()));
    for (failed, kind, text) in [
        (call(account("other-secret"), &time).await, ErrorKind::Credentials, "the password is wrong"),
        (
            call(std::sync::Arc::new(app("other-secret")), &time).await,
            ErrorKind::Credentials,
            "the signature is wrong",
        ),
        (
            call(std::sync::Arc::new(app("temporary-secret")), &late).await,
            ErrorKind::Credentials,
            "`expireTime` is in the past",
        ),
        (call(other, &time).await, ErrorKind::Auth, "the access token is not one of an account"),
    ] {
        let error = failed.unwrap_err();
        assert!(error.kind() == kind && error.to_string().contains(text), "{error}");
    }
}
