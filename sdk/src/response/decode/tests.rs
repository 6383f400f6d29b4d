use http::HeaderMap;
use serde::de::DeserializeOwned;

use super::*;
use serde_json::json;

const WRAPPED: Envelope =
    Envelope::bare().member("Response").request_id("RequestId").failed(FailedIf::Has("Error"));
const LEGACY: Envelope = Envelope::bare().request_id("requestId").failed(FailedIf::NotZero("code"));

#[derive(Debug, PartialEq, serde::Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Zones {
    total_count: Option<i64>,
    request_id: Option<String>,
}

fn read<T: DeserializeOwned + Send + 'static>(
    text: &str,
    envelope: &Envelope,
) -> (serde_json::Result<T>, Seen) {
    let (mut slot, mut seen) = (Slot(None), Seen::default());
    let result = slot.read(text, envelope, &HeaderMap::new(), &mut seen);
    (result.map(|()| slot.0.take().unwrap()), seen)
}

#[test]
fn the_answer_and_the_request_id_are_read_in_one_pass() {
    let text = r#"{"x":[1],"Response":{"TotalCount":2,"More":{"Error":1},"RequestId":"r-1"}}"#;
    let (zones, seen) = read::<Zones>(text, &WRAPPED);
    assert_eq!(zones.unwrap(), Zones { total_count: Some(2), request_id: Some("r-1".into()) });
    assert_eq!(seen.request_id.as_deref(), Some("r-1"));
    assert!(!seen.failed, "an error further down is data");
    let (value, _) = read::<Value>(text, &WRAPPED);
    assert_eq!(value.unwrap(), json!({"TotalCount": 2, "More": {"Error": 1}, "RequestId": "r-1"}));
}

#[test]
fn an_error_member_is_seen_whatever_the_type() {
    let text = r#"{"Response":{"Error":{"Code":"a","Message":"b"},"RequestId":"r"}}"#;
    assert!(read::<Zones>(text, &WRAPPED).1.failed);
    assert!(read::<Value>(text, &WRAPPED).1.failed);
    assert!(read::<()>(text, &WRAPPED).1.failed);
    assert!(read::<Option<Zones>>(text, &WRAPPED).1.failed);
    assert!(!read::<Zones>(r#"{"Response":{"Error":null}}"#, &WRAPPED).1.failed);
    assert!(
        read::<Zones>(r#"{"Response":{"\u0045rror":{}}}"#, &WRAPPED).1.failed,
        "an escaped name is the name"
    );
}

#[test]
fn a_code_that_is_not_zero_fails() {
    for (code, failed) in [("0", false), ("\"0\"", false), ("4000", true), ("\"4100\"", true), ("null", true)]
    {
        let (value, seen) = read::<Value>(&format!(r#"{{"code":{code},"a":1}}"#), &LEGACY);
        assert_eq!(seen.failed, failed, "{code}");
        assert_eq!(value.unwrap()["code"].to_string(), code);
    }
}

#[test]
fn what_is_no_answer_is_an_error() {
    for text in ["", "null", "[]", "{}", r#"{"Response":1}"#, r#"{"Response":{}} x"#, r#"{"Response":{}"#] {
        assert!(read::<Zones>(text, &WRAPPED).0.is_err(), "{text}");
    }
    let deep = format!("{{\"Response\":{}{}}}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(read::<Value>(&deep, &WRAPPED).0.is_err());
}

#[test]
fn headers_and_the_whole_document_are_members_too() {
    #[derive(Debug, PartialEq, serde::Deserialize)]
    struct Token {
        #[serde(rename = "header:X-Subject-Token")]
        token: Option<String>,
        #[serde(rename = "header:X-Count", default)]
        count: Option<String>,
        name: String,
    }
    #[derive(Debug, PartialEq, serde::Deserialize)]
    struct List {
        #[serde(rename = "header:X-Subject-Token")]
        token: String,
        #[serde(rename = "body:whole")]
        items: Vec<i64>,
    }
    let mut headers = HeaderMap::new();
    headers.insert("x-subject-token", http::HeaderValue::from_static("t"));
    let mut seen = Seen::default();
    let mut slot = Slot::<Token>(None);
    slot.read(r#"{"name":"n"}"#, &Envelope::bare(), &headers, &mut seen).unwrap();
    assert_eq!(slot.0.unwrap(), Token { token: Some("t".into()), count: None, name: "n".into() });
    let mut slot = Slot::<List>(None);
    slot.read("[1,2]", &Envelope::bare(), &headers, &mut seen).unwrap();
    assert_eq!(slot.0.unwrap(), List { token: "t".into(), items: vec![1, 2] });
}
