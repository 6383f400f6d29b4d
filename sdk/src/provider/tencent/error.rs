//! Error responses: `docs/sources.md`, Tencent Cloud, 5.

use serde_json::value::RawValue;
use serde_json::{Map, Value};

use crate::error::{ErrorClass, ServiceError, add_detail};
use crate::provider::RawResponse;
use crate::response::decode::without_bom;
use crate::sign::encode::{members, plain_text};

/// API errors come with status 200, but are recognised under any status and content type.
pub(crate) fn read(response: &RawResponse<'_>) -> Option<ServiceError> {
    let document = object(without_bom(response.body))?;
    envelope(&object(last(&document, "Response")?.get().as_bytes())?)
}

type Members<'a> = Vec<(String, &'a RawValue)>;

fn object(json: &[u8]) -> Option<Members<'_>> {
    members(json).ok()
}

/// Of a name that stands twice the last one counts.
fn last<'a>(members: &Members<'a>, name: &str) -> Option<&'a RawValue> {
    members.iter().rfind(|(known, _)| known == name).map(|(_, value)| *value)
}

/// A text or a number as text; `null` is none.
fn text(value: Option<&RawValue>) -> Option<String> {
    let json = value?.get();
    (json != "null").then(|| plain_text(json.as_bytes()))
}

/// The members of `Response`, if there is an error among them.
fn envelope(response: &Members<'_>) -> Option<ServiceError> {
    let error = last(response, "Error").filter(|error| error.get() != "null")?;
    let mut details = Map::new();
    let (code, message) = match object(error.get().as_bytes()) {
        Some(error) => {
            add_details(&mut details, &error, &["Code", "Message"]);
            (text(last(&error, "Code")), text(last(&error, "Message")))
        }
        // A text or a list in place of the object that the API promises.
        None => (None, text(Some(error))),
    };
    add_details(&mut details, response, &["Error", "RequestId"]);
    let code = code.unwrap_or_default();
    Some(ServiceError {
        class: class(&code),
        message: message.unwrap_or_default(),
        request_id: text(last(response, "RequestId")).filter(|id| !id.is_empty()),
        code,
        details,
    })
}

fn add_details(details: &mut Map<String, Value>, members: &Members<'_>, known: &[&str]) {
    for (name, value) in members.iter().filter(|(name, _)| !known.contains(&name.as_str())) {
        add_detail(details, name, value.get());
    }
}

/// An error within a stream of events: the envelope of any response, its `Error` alone, or the `ErrorMsg` of
/// chats.
pub(crate) fn read_event(event: &str, response: &RawResponse<'_>) -> Option<ServiceError> {
    // Nearly all events are none: they are not parsed twice.
    if event != "error" && !response.body.windows(7).any(|word| word == b"\"Error\"" || word == b"\"ErrorM") {
        return None;
    }
    if let Some(found) = read(response) {
        return Some(found);
    }
    let event = object(response.body)?;
    if let Some(found) = envelope(&event) {
        return Some(found);
    }
    // What chats say when they break off: the code is a number.
    let notice = object(last(&event, "ErrorMsg")?.get().as_bytes())?;
    let code = text(last(&notice, "Code")).filter(|code| !matches!(code.as_str(), "0" | ""))?;
    Some(ServiceError {
        class: class(&code),
        message: text(last(&notice, "Msg")).unwrap_or_default(),
        request_id: text(last(&event, "RequestId")).filter(|id| !id.is_empty()),
        code,
        details: Map::new(),
    })
}

fn class(code: &str) -> ErrorClass {
    let family = code.split('.').next().unwrap_or(code);
    match (family, code) {
        (_, "AuthFailure.SignatureExpire") => ErrorClass::ClockSkew,
        ("RequestLimitExceeded", _) => ErrorClass::Throttled,
        // Not being allowed to do something is no fault of the key: fetching it anew would not help.
        (_, "AuthFailure.UnauthorizedOperation") | ("UnauthorizedOperation", _) => ErrorClass::Other,
        ("AuthFailure", _) => ErrorClass::Auth,
        ("ResourceNotFound", _) => ErrorClass::NotFound,
        ("InternalError", _) => ErrorClass::Transient,
        _ if code.ends_with(".NotFound") => ErrorClass::NotFound,
        _ => ErrorClass::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bytes::Bytes;
    use http::{HeaderMap, StatusCode};

    fn read_text(status: u16, text: &str) -> Option<ServiceError> {
        let body = Bytes::copy_from_slice(text.as_bytes());
        read(&RawResponse::new(StatusCode::from_u16(status).unwrap(), &HeaderMap::new(), &body))
    }

    #[test]
    fn errors_are_found_under_any_status() {
        let text =
            r#"{"Response":{"Error":{"Code":"AuthFailure.SignatureFailure","Message":"m"},"RequestId":"r"}}"#;
        for status in [200, 400, 403, 500] {
            let error = read_text(status, text).unwrap();
            assert_eq!(
                (error.code.as_str(), error.class),
                ("AuthFailure.SignatureFailure", ErrorClass::Auth)
            );
            assert_eq!(error.request_id.as_deref(), Some("r"));
        }
        assert_eq!(read_text(200, r#"{"Response":{"Error":{"Code":"X"}}}"#).unwrap().request_id, None);
        assert_eq!(read_text(200, r#"{"Response":{"RequestId":"r"}}"#), None);
        assert_eq!(read_text(502, "<html>"), None);
    }

    #[test]
    fn numbers_and_odd_shapes_are_read() {
        let found = |text: &str| {
            let error = read_text(200, text).unwrap();
            (error.code, error.message, error.request_id)
        };
        for (text, code, message, id) in [
            (
                r#"{"Response":{"Error":{"Code":4001,"Message":"quota"},"RequestId":"r-1"}}"#,
                "4001",
                "quota",
                Some("r-1"),
            ),
            (r#"{"Response":{"Error":{"Code":"A","Message":5},"RequestId":17}}"#, "A", "5", Some("17")),
            (r#"{"Response":{"Error":{"Code":null},"RequestId":""}}"#, "", "", None),
            (r#"{"Response":{"Error":{}}}"#, "", "", None),
            (r#"{"Response":{"Error":"busy","RequestId":null}}"#, "", "busy", None),
            (r#"{"Response":{"Error":["busy"]}}"#, "", "[\"busy\"]", None),
        ] {
            assert_eq!(found(text), (code.to_owned(), message.to_owned(), id.map(str::to_owned)), "{text}");
        }
        let text =
            r#"{"Response":{"Error":{"Code":"A","Message":"m","Hint":"h"},"Data":null,"Left":{"n":1}}}"#;
        let details = Value::Object(read_text(200, text).unwrap().details);
        assert_eq!(details, serde_json::json!({"Hint": "h", "Left": {"n": 1}}));
    }

    #[test]
    fn errors_are_found_in_events() {
        let read_text = |event, text: &str| {
            let body = Bytes::copy_from_slice(text.as_bytes());
            let found = read_event(event, &RawResponse::new(StatusCode::OK, &HeaderMap::new(), &body));
            found.map(|found| (found.code, found.message, found.request_id))
        };
        let found = |code: &str, message: &str, id: Option<&str>| {
            Some((code.to_owned(), message.to_owned(), id.map(str::to_owned)))
        };
        for (event, text, wanted) in [
            (
                "",
                r#"{"Response":{"Error":{"Code":"InternalError","Message":"m"},"RequestId":"r"}}"#,
                found("InternalError", "m", Some("r")),
            ),
            ("", r#"{"Error":{"Code":"A.B","Message":"m"},"RequestId":"r"}"#, found("A.B", "m", Some("r"))),
            (
                "",
                r#"{"Choices":[],"ErrorMsg":{"Msg":"busy","Code":2001},"RequestId":"r"}"#,
                found("2001", "busy", Some("r")),
            ),
            ("", r#"{"ErrorMsg":{"Msg":"","Code":0},"Choices":[]}"#, None),
            ("", r#"{"ErrorMsg":null,"Error":null,"Choices":[]}"#, None),
            ("", r#"{"Choices":[{"Delta":{"Content":"an \"Error\" of mine"}}]}"#, None),
            ("error", r#"{"Choices":[]}"#, None),
            ("error", "busy", None),
        ] {
            assert_eq!(read_text(event, text), wanted, "{event} {text}");
        }
    }

    #[test]
    fn codes_have_classes() {
        for (code, wanted) in [
            ("RequestLimitExceeded", ErrorClass::Throttled),
            ("RequestLimitExceeded.UinLimitExceeded", ErrorClass::Throttled),
            ("AuthFailure.SignatureExpire", ErrorClass::ClockSkew),
            ("AuthFailure.TokenFailure", ErrorClass::Auth),
            ("AuthFailure.UnauthorizedOperation", ErrorClass::Other),
            ("UnauthorizedOperation.CamNoAuth", ErrorClass::Other),
            ("ResourceNotFound.Vpc", ErrorClass::NotFound),
            ("InvalidInstanceId.NotFound", ErrorClass::NotFound),
            ("InternalError", ErrorClass::Transient),
            ("InvalidParameterValue", ErrorClass::Other),
        ] {
            assert_eq!(class(code), wanted, "{code}");
        }
    }
}
