//! Error responses through a whole call.

use cloudcall::action::ActionInfo;
use cloudcall::credential::{Credential, StaticCredentials};
use cloudcall::http::{HeaderName, HeaderValue, StatusCode};
use cloudcall::json::Value;
use cloudcall::provider::huawei::encoded_authorization_message;
use cloudcall::retry::RetryPolicy;
use cloudcall::transport::{HttpRequest, HttpResponse, HttpSend, ResponseBody, TransportError};
use cloudcall::{Client, Error, ErrorKind, Huawei, async_trait};

/// Gives every request the same response.
#[derive(Debug)]
struct Always(Value);

#[async_trait]
impl HttpSend for Always {
    async fn send(&self, _: HttpRequest) -> Result<HttpResponse, TransportError> {
        let mut response =
            HttpResponse::new(ResponseBody::whole(self.0["body_utf8"].as_str().unwrap().to_owned()));
        *response.status_mut() = StatusCode::from_u16(self.0["status"].as_u64().unwrap() as u16).unwrap();
        for (name, value) in self.0["headers"].as_object().unwrap() {
            let name = HeaderName::from_bytes(name.as_bytes()).unwrap();
            response.headers_mut().insert(name, HeaderValue::from_str(value.as_str().unwrap()).unwrap());
        }
        Ok(response)
    }
}

async fn call(case: &Value) -> Result<cloudcall::Value, Error> {
    let keys = Credential::new("AK", "SK").unwrap();
    let client = Client::<Huawei>::builder()
        .endpoint("https://vpc.cn-north-4.myhuaweicloud.com")
        .credentials(StaticCredentials::new(keys))
        .retry(RetryPolicy::none())
        .transport(Always(case.clone()))
        .build()
        .unwrap();
    let method = case["method"].as_str().unwrap().parse().unwrap();
    let info = ActionInfo::dynamic("vpc", "v1", "Call").with_method(method).with_path("/v1/x");
    client.raw_action(info).invoke().await.map(cloudcall::Response::into_inner)
}

/// Rows where the vendor's package loses or distorts what the server said, and the library does not.
const ODDITIES: [(&str, &str); 9] = [
    ("status-302", "a redirect is no success"),
    ("status-304", "neither is this"),
    ("status-600", "a status outside HTTP is no success"),
    ("status-429-get", "the package's transport drops body and request id of a 429"),
    ("status-429-put", "as above"),
    ("status-429-delete", "as above"),
    ("leading-bom", "a byte order mark does not hide the error from us"),
    ("html-utf8-no-charset", "the package reads a UTF-8 page as Latin-1"),
    ("nan-json", "NaN is no JSON"),
];

#[tokio::test]
async fn all_responses_are_read_as_the_vendor_reads_them() {
    let (mut count, mut odd) = (0, 0);
    for line in include_str!("../vectors/huawei_errors.jsonl").lines() {
        let case: Value = cloudcall::json::from_str(line).unwrap();
        let id = case["id"].as_str().unwrap();
        let outcome = call(&case).await;
        count += 1;
        if ODDITIES.iter().any(|(known, _)| *known == id) {
            odd += 1;
            check_oddity(id, outcome.unwrap_err());
            continue;
        }
        let wanted = &case["expected"];
        if wanted["ok"] == true {
            assert!(outcome.is_ok(), "{id}: {outcome:?}");
            continue;
        }
        let error = outcome.unwrap_err();
        // Texts, whatever the server sent: that is the one difference.
        let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        assert_eq!(error.status().unwrap().as_u16(), wanted["status_code"], "{id}");
        assert_eq!(error.code().unwrap(), text(&wanted["error_code"]), "{id}");
        assert_eq!(error.message(), text(&wanted["error_msg"]), "{id}");
        assert_eq!(error.request_id(), wanted["request_id"].as_str(), "{id}");
        assert_eq!(
            encoded_authorization_message(&error).as_deref(),
            wanted["encoded_auth_msg"].as_str(),
            "{id}"
        );
        let kind = match error.status().unwrap().as_u16() {
            429 => ErrorKind::Throttled,
            404 => ErrorKind::NotFound,
            401 => ErrorKind::Auth,
            // Not a word on why.
            403 if error.code() == Some("403") => ErrorKind::Auth,
            _ => ErrorKind::Service,
        };
        assert_eq!(error.kind(), kind, "{id}: {error}");
    }
    assert_eq!((count, odd), (62, ODDITIES.len()));
}

fn check_oddity(id: &str, error: Error) {
    let facts = (error.kind(), error.code(), error.message());
    match id {
        "status-302" | "status-304" => assert_eq!(facts.0, ErrorKind::Protocol, "{error}"),
        "status-600" => assert_eq!(facts.0, ErrorKind::Service, "{error}"),
        "leading-bom" => assert_eq!((facts.1, facts.2), (Some("A"), "a")),
        "html-utf8-no-charset" => assert_eq!((facts.1, facts.2), (Some("502"), "网关")),
        "nan-json" => assert_eq!(facts.1, Some("400")),
        _ => assert_eq!(facts, (ErrorKind::Throttled, Some("APIGW.0308"), "throttled"), "{id}"),
    }
    if id == "status-429-get" {
        assert_eq!(error.request_id(), Some("rid-9"));
    }
}
