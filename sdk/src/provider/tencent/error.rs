//! Error answers: `docs/sources.md`, Tencent Cloud, 5.

use std::borrow::Cow;

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::error::{ErrorClass, ServiceError};
use crate::provider::Answer;
use crate::response::decode::without_bom;
use crate::sign::encode::plain_text;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Document<'a> {
    #[serde(borrow)]
    response: Body<'a>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Body<'a> {
    #[serde(borrow, default)]
    error: Option<Detail<'a>>,
    #[serde(default)]
    request_id: Option<Cow<'a, str>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Detail<'a> {
    #[serde(default)]
    code: Option<Cow<'a, str>>,
    #[serde(default)]
    message: Option<Cow<'a, str>>,
}

/// What an event that is an error has, beside what else it has.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Event<'a> {
    #[serde(borrow, default)]
    error: Option<Detail<'a>>,
    #[serde(borrow, default)]
    error_msg: Option<Notice<'a>>,
    #[serde(default)]
    request_id: Option<Cow<'a, str>>,
}

/// What chats say when they break off: the code is a number.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Notice<'a> {
    #[serde(borrow, default)]
    code: Option<&'a RawValue>,
    #[serde(default)]
    msg: Option<Cow<'a, str>>,
}

/// API errors come with status 200, but are recognised under any status and content type.
pub(crate) fn read(answer: &Answer<'_>) -> Option<ServiceError> {
    let document: Document<'_> = serde_json::from_slice(without_bom(answer.body)).ok()?;
    let detail = document.response.error?;
    let code = detail.code.unwrap_or_default().into_owned();
    Some(ServiceError {
        class: class(&code),
        message: detail.message.unwrap_or_default().into_owned(),
        request_id: document.response.request_id.filter(|id| !id.is_empty()).map(Cow::into_owned),
        code,
    })
}

/// An error within a stream of events: the envelope of any answer, its `Error` alone, or the `ErrorMsg` of chats.
pub(crate) fn read_event(event: &str, answer: &Answer<'_>) -> Option<ServiceError> {
    // Nearly all events are none: they are not parsed twice.
    if event != "error" && !answer.body.windows(7).any(|word| word == b"\"Error\"" || word == b"\"ErrorM") {
        return None;
    }
    if let Some(found) = read(answer) {
        return Some(found);
    }
    let event: Event<'_> = serde_json::from_slice(answer.body).ok()?;
    let text = |value: Option<&RawValue>| {
        value
            .map(|value| plain_text(value.get().as_bytes()))
            .filter(|text| !matches!(text.as_str(), "0" | ""))
    };
    let (code, message) = match (event.error, event.error_msg) {
        (Some(error), _) => {
            (error.code.unwrap_or_default().into_owned(), error.message.unwrap_or_default().into_owned())
        }
        (None, Some(notice)) => (text(notice.code)?, notice.msg.unwrap_or_default().into_owned()),
        (None, None) => return None,
    };
    Some(ServiceError {
        class: class(&code),
        message,
        request_id: event.request_id.filter(|id| !id.is_empty()).map(Cow::into_owned),
        code,
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
        read(&Answer::new(StatusCode::from_u16(status).unwrap(), &HeaderMap::new(), &body))
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
    fn errors_are_found_in_events() {
        let read_text = |event, text: &str| {
            let body = Bytes::copy_from_slice(text.as_bytes());
            let found = read_event(event, &Answer::new(StatusCode::OK, &HeaderMap::new(), &body));
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
