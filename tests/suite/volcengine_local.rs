//! What the local cloud refuses of Volcengine's requests, and with which codes.

use cloudcall::action::ActionInfo;
use cloudcall::client::{HttpOptions, Proxies};
use cloudcall::credential::{Credential, StaticCredentials};
use cloudcall::http::{HeaderValue, Method, Uri};
use cloudcall::json::json;
use cloudcall::local::{LocalCloud, LocalCloudBuilder, LocalResponse};
use cloudcall::retry::RetryPolicy;
use cloudcall::transport::{HttpRequest, HttpResponse, HttpSend, TransportError};
use cloudcall::{Client, Error, Volcengine};
use cloudcall_tests::time::FakeTime;
use cloudcall_tests::transport::Transport;

const NOW: u64 = 1_772_352_545;

type Change = fn(&mut HttpRequest);

/// Changes requests after they were signed.
#[derive(Debug)]
struct Tamper(Transport, Change);

#[cloudcall::async_trait]
impl HttpSend for Tamper {
    async fn send(&self, mut request: HttpRequest) -> Result<HttpResponse, TransportError> {
        (self.1)(&mut request);
        self.0.send(request).await
    }
}

fn cloud(time: &FakeTime) -> LocalCloudBuilder {
    LocalCloud::builder()
        .account_with_token("AKTPshort", "short-secret", "short-token")
        .on("DescribeVpcs", |_| LocalResponse::ok(json!({})))
        .context(time.context())
}

async fn tampered(cloud: &LocalCloud, time: &FakeTime, method: Method, change: Change) -> Result<(), Error> {
    let transport = Transport::new(&HttpOptions::builder().proxies(Proxies::None).build().unwrap()).unwrap();
    let client = Client::<Volcengine>::builder()
        .region("cn-beijing")
        .endpoint(cloud.endpoint())
        .credentials(StaticCredentials::new(
            Credential::new("AKTPshort", "short-secret").unwrap().with_token("short-token"),
        ))
        .retry(RetryPolicy::none())
        .context(time.context())
        .transport(Tamper(transport, change))
        .build()
        .unwrap();
    let info = ActionInfo::new("vpc", "2020-04-01", "DescribeVpcs").with_method(method);
    client.raw_action(info).json(json!({ "PageSize": 1, "Name": "x y" })).invoke().await.map(drop)
}

fn set(request: &mut HttpRequest, name: &'static str, value: &str) {
    request.headers_mut().insert(name, HeaderValue::from_str(value).unwrap());
}

fn edit(request: &mut HttpRequest, name: &'static str, from: &str, to: &str) {
    let old = request.headers()[name].to_str().unwrap();
    assert!(old.contains(from), "{old}");
    let new = old.replacen(from, to, 1);
    set(request, name, &new);
}

fn edit_uri(request: &mut HttpRequest, from: &str, to: &str) {
    let uri = request.uri().to_string();
    assert!(uri.contains(from), "{uri}");
    *request.uri_mut() = uri.replacen(from, to, 1).parse::<Uri>().unwrap();
}

#[tokio::test]
async fn what_was_changed_after_signing_is_refused() {
    let time = FakeTime::at(NOW);
    let cloud = cloud(&time).start().await.unwrap();
    const NO_MATCH: &str = "SignatureDoesNotMatch";
    const INVALID: &str = "InvalidAuthorization";
    let cases: &[(&str, Change, &str)] = &[
        ("signature", |r| edit(r, "authorization", "Signature=", "Signature=0"), NO_MATCH),
        ("service", |r| edit(r, "authorization", "/vpc/", "/ecs/"), NO_MATCH),
        ("region", |r| edit(r, "authorization", "/cn-beijing/", "/cn-shanghai/"), NO_MATCH),
        ("time", |r| set(r, "x-date", "20260301T080906Z"), NO_MATCH),
        ("body", |r| *r.body_mut() = r#"{"PageSize":2}"#.into(), NO_MATCH),
        ("digest", |r| set(r, "x-content-sha256", "00"), NO_MATCH),
        ("type", |r| edit(r, "content-type", "json", "json; charset=utf-8"), NO_MATCH),
        ("host", |r| edit(r, "host", "127.0.0.1", "localhost"), NO_MATCH),
        ("action", |r| edit_uri(r, "DescribeVpcs", "DeleteVpcs"), NO_MATCH),
        ("another parameter", |r| edit_uri(r, "?", "?More=1&"), NO_MATCH),
        ("path", |r| edit_uri(r, "/?", "/x?"), NO_MATCH),
        ("method", |r| *r.method_mut() = Method::PUT, NO_MATCH),
        ("another day", |r| edit(r, "authorization", "/20260301/", "/20260302/"), INVALID),
        ("no region", |r| edit(r, "authorization", "/cn-beijing/", "//"), INVALID),
        ("terminator", |r| edit(r, "authorization", "/request,", "/aws4_request,"), INVALID),
        ("unsigned host", |r| edit(r, "authorization", "host;", ""), INVALID),
        ("unsigned type", |r| edit(r, "authorization", "content-type;", ""), INVALID),
        ("unsorted", |r| edit(r, "authorization", "content-type;host", "host;content-type"), INVALID),
        ("no type", |r| drop(r.headers_mut().remove("content-type")), INVALID),
        ("twice", |r| assert!(r.headers_mut().append("x-date", "x".parse().unwrap())), INVALID),
        ("half", |r| edit(r, "authorization", "SignedHeaders=", "Headers="), INVALID),
        ("id", |r| edit(r, "authorization", "AKTPshort", "AKTPnobody"), "InvalidAccessKey"),
        ("old", |r| set(r, "x-date", "20260301T070905Z"), "InvalidTimestamp"),
        ("other form of time", |r| set(r, "x-date", "2026-03-01T08:09:05Z"), "InvalidTimestamp"),
        ("token", |r| set(r, "x-security-token", "another"), NO_MATCH),
        ("no version", |r| edit_uri(r, "Version=", "Versions="), "MissingParameter"),
    ];
    for (what, change, wanted) in cases {
        let error = tampered(&cloud, &time, Method::POST, *change).await.unwrap_err();
        assert_eq!(error.code(), Some(*wanted), "{what}: {error}");
        assert!(error.request_id().is_some(), "{what}: {error}");
    }
    let no_signature: Change = |request| drop(request.headers_mut().remove("authorization"));
    let error = tampered(&cloud, &time, Method::GET, no_signature).await.unwrap_err();
    assert_eq!(error.code(), Some("MissingAuthenticationToken"));
    assert!(cloud.requests().iter().all(|record| !record.verdict.is_accepted()));
    assert!(tampered(&cloud, &time, Method::GET, |_| {}).await.is_ok());
}

#[tokio::test]
async fn what_the_signature_does_not_cover_may_change() {
    let time = FakeTime::at(NOW);
    let cloud = cloud(&time).start().await.unwrap();
    let changes: [Change; 3] = [
        |request| set(request, "accept", "text/html"),
        |request| set(request, "user-agent", "a proxy"),
        // The order of the query is not part of the signature.
        |request| edit_uri(request, "Action=DescribeVpcs&", "&Action=DescribeVpcs&"),
    ];
    for change in changes {
        tampered(&cloud, &time, Method::GET, change).await.unwrap();
    }
}
