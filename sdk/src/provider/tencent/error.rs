//! Error responses: `docs/sources.md`, Tencent Cloud, 5.
//!
//! An error is a member of the envelope, with status 200:
//!
//! ```text
//! {"Response": {"Error": {"Code": "ResourceNotFound.Vpc", "Message": "…"}, "RequestId": "…"}}
//! ```
//!
//! A stream of events reports errors in three ways, the last one in the events of chats:
//!
//! ```text
//! data: {"Response": {"Error": {"Code": "InternalError", "Message": "…"}, "RequestId": "…"}}
//! data: {"Error": {"Code": "…", "Message": "…"}, "RequestId": "…"}
//! data: {"ErrorMsg": {"Msg": "busy", "Code": 2001}, "Choices": [], "RequestId": "…"}
//! ```

use serde_json::value::RawValue;
use serde_json::{Map, Value};

use crate::error::{ErrorClass, ServiceError, add_detail};
use crate::provider::RawResponse;
use crate::response::decode::without_bom;
use crate::sign::encode::{members, plain_text};

/// The API error in a response. `None` if it has none.
///
/// Status and content type do not matter. The vendor's SDK reads errors only with status 200 and the content
/// type `application/json` or `text/plain` without parameters, so `application/json; charset=utf-8` makes it
/// return an error as a result.
pub(crate) fn read(response: &RawResponse<'_>) -> Option<ServiceError> {
    let document = object(without_bom(response.body))?;
    envelope(&object(last(&document, "Response")?.get().as_bytes())?)
}

/// The members of an object, in their order.
type JsonMembers<'a> = Vec<(String, &'a RawValue)>;

/// The members of an object. `None` for any other text.
fn object(json: &[u8]) -> Option<JsonMembers<'_>> {
    members(json).ok()
}

/// The member of that name. If there are several, the last one counts, as in Python.
fn last<'a>(members: &JsonMembers<'a>, name: &str) -> Option<&'a RawValue> {
    members.iter().rfind(|(known, _)| known == name).map(|(_, value)| *value)
}

/// A member as text: a number keeps its digits. `None` if it is missing or null.
fn text(value: Option<&RawValue>) -> Option<String> {
    let json = value?.get();
    (json != "null").then(|| plain_text(json.as_bytes()))
}

/// The error among the members of `Response`. `None` if `Error` is missing or null.
///
/// A code or a request id that is missing is empty. The vendor's SDK fails for an error without a request id.
fn envelope(response: &JsonMembers<'_>) -> Option<ServiceError> {
    let error = last(response, "Error").filter(|error| error.get() != "null")?;
    let mut details = Map::new();
    let (code, message) = match object(error.get().as_bytes()) {
        Some(error) => {
            add_details(&mut details, &error, &["Code", "Message"]);
            (text(last(&error, "Code")), text(last(&error, "Message")))
        }
        // The API promises an object. If it is a text or a list, it becomes the message.
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

/// Adds all members except the `known` ones to the details of the error.
fn add_details(details: &mut Map<String, Value>, members: &JsonMembers<'_>, known: &[&str]) {
    for (name, value) in members.iter().filter(|(name, _)| !known.contains(&name.as_str())) {
        add_detail(details, name, value.get());
    }
}

/// The error in an event of a stream: the envelope of any response, its `Error` alone, or the `ErrorMsg` of
/// chats. `None` for an ordinary event.
pub(crate) fn read_event(event: &str, response: &RawResponse<'_>) -> Option<ServiceError> {
    // Nearly all events are ordinary. This search saves a second parse for them.
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
    // Chats end with this member if they fail. The code is a number, and 0 means success.
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

/// The meaning of a code for retries and for the kind of the error.
///
/// | code | class |
/// | --- | --- |
/// | `AuthFailure.SignatureExpire` | `ClockSkew` |
/// | `RequestLimitExceeded`, also with a suffix | `Throttled` |
/// | `UnauthorizedOperation…`, `AuthFailure.UnauthorizedOperation` | `Other` |
/// | `AuthFailure…` | `Auth` |
/// | `ResourceNotFound…`, `….NotFound` | `NotFound` |
/// | `InternalError…` | `Transient` |
/// | any other | `Other` |
///
/// After `Auth`, the next call fetches new keys. After `ClockSkew`, the client corrects its clock from the
/// `Date` of the response and repeats the call once.
fn class(code: &str) -> ErrorClass {
    let family = code.split('.').next().unwrap_or(code);
    match (family, code) {
        (_, "AuthFailure.SignatureExpire") => ErrorClass::ClockSkew,
        ("RequestLimitExceeded", _) => ErrorClass::Throttled,
        // A missing permission is not a fault of the keys: new keys would have the same permissions.
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
