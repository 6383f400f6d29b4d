//! Error responses: `docs/sources.md`, Tencent Cloud, 9.4.

use std::borrow::Cow;

use serde::Deserialize;
use serde_json::Map;
use serde_json::value::RawValue;

use crate::error::{ErrorClass, ServiceError, add_detail};
use crate::provider::RawResponse;
use crate::provider::tencent;
use crate::response::decode::without_bom;
use crate::sign::encode::{members, plain_text};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Document<'a> {
    /// A number or a text.
    #[serde(borrow)]
    code: &'a RawValue,
    #[serde(borrow, default)]
    message: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    code_desc: Option<Cow<'a, str>>,
}

/// API errors come with status 200, but are recognised under any status and content type, and also in the
/// envelope of API 3.0.
pub(super) fn read(response: &RawResponse<'_>) -> Option<ServiceError> {
    let text = without_bom(response.body);
    let Ok(document) = serde_json::from_slice::<Document<'_>>(text) else {
        return tencent::read_error(response);
    };
    let code = plain_text(document.code.get().as_bytes());
    if code == "0" {
        return tencent::read_error(response);
    }
    let mut details = Map::new();
    for (name, value) in members(text).unwrap_or_default() {
        if !matches!(name.as_str(), "code" | "message" | "codeDesc") {
            add_detail(&mut details, &name, value.get());
        }
    }
    let description = document.code_desc.unwrap_or_default();
    let message = document.message.unwrap_or_default();
    Some(ServiceError {
        class: class(&code),
        message: match (message.is_empty(), description.is_empty()) {
            (true, _) => description.into_owned(),
            (false, true) => message.into_owned(),
            (false, false) => format!("{description}: {message}"),
        },
        request_id: None,
        code,
        details,
    })
}

fn class(code: &str) -> ErrorClass {
    match code {
        "4100" => ErrorClass::Auth,
        // Expired, and taken for a replay: both say that the request's time (or nonce) is wrong, and that
        // nothing was done.
        "4200" | "4500" => ErrorClass::ClockSkew,
        "4400" => ErrorClass::Throttled,
        "5000" => ErrorClass::NotFound,
        _ => ErrorClass::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bytes::Bytes;
    use http::{HeaderMap, StatusCode};

    fn read_text(text: &str) -> Option<ServiceError> {
        let body = Bytes::copy_from_slice(text.as_bytes());
        read(&RawResponse::new(StatusCode::OK, &HeaderMap::new(), &body))
    }

    #[test]
    fn codes_are_numbers_or_texts() {
        for text in [r#"{"code":4100,"message":"m"}"#, r#"{"code":"4100","message":"m"}"#] {
            let error = read_text(text).unwrap();
            assert_eq!((error.code.as_str(), error.message.as_str()), ("4100", "m"));
            assert_eq!(error.class, ErrorClass::Auth);
        }
        for text in [r#"{"code":0}"#, r#"{"code":"0","message":""}"#, "<html>", "{}", "[]"] {
            assert_eq!(read_text(text), None, "{text}");
        }
    }

    #[test]
    fn the_envelope_of_api_3_is_read_too() {
        let error = read_text(
            r#"{"Response":{"Error":{"Code":"AuthFailure.TokenFailure","Message":"m"},"RequestId":"r"}}"#,
        );
        assert_eq!(error.unwrap().request_id.as_deref(), Some("r"));
    }

    #[test]
    fn codes_have_classes() {
        for (code, wanted) in [
            ("4000", ErrorClass::Other),
            ("4100", ErrorClass::Auth),
            ("4200", ErrorClass::ClockSkew),
            ("4300", ErrorClass::Other),
            ("4400", ErrorClass::Throttled),
            ("4500", ErrorClass::ClockSkew),
            ("5000", ErrorClass::NotFound),
            ("5100", ErrorClass::Other),
        ] {
            assert_eq!(class(code), wanted, "{code}");
        }
        let described = read_text(r#"{"code":5000,"message":"(1) gone","codeDesc":"NotFound"}"#).unwrap();
        assert_eq!(described.message, "NotFound: (1) gone");
    }
}
