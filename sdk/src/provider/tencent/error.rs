//! Error answers: `spec/tencent.md`, section 5.

use std::borrow::Cow;

use serde::Deserialize;

use crate::decode::without_bom;
use crate::error::{ErrorClass, ServiceError};
use crate::provider::Answer;

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
