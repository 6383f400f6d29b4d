//! Error responses: `docs/sources.md`, Tencent Cloud, 9.4.
//!
//! Every response has a `code`, as a number or a text, and 0 means success. The data is beside it or in
//! `data`:
//!
//! ```text
//! {"code": 0, "message": "", "codeDesc": "Success", "instanceSet": []}
//! {"code": 5000, "message": "(1) gone", "codeDesc": "NotFound"}
//! ```
//!
//! The HTTP status is 200 in both cases. The vendor's package returns the bytes and leaves `code` to the
//! program.

use std::borrow::Cow;

use serde::Deserialize;
use serde_json::Map;
use serde_json::value::RawValue;

use crate::error::{ErrorClass, ServiceError, add_detail};
use crate::provider::RawResponse;
use crate::provider::tencent;
use crate::response::decode::without_bom;
use crate::sign::encode::{members, plain_text};

/// The members of a response that say whether the call failed.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Document<'a> {
    /// A number or a text.
    #[serde(borrow)]
    code: &'a RawValue,
    /// The message, which may begin with an inner code in parentheses.
    #[serde(borrow, default)]
    message: Option<Cow<'a, str>>,
    /// A word for the code. It may be missing.
    #[serde(borrow, default)]
    code_desc: Option<Cow<'a, str>>,
}

/// The API error in a response. `None` if the code is 0, or if there is no code.
///
/// Status and content type do not matter. As a precaution, an error in the envelope of API 3.0 is read, too.
/// The message of the error is `codeDesc: message`, or the one of both that is not empty. API 2.0 has no
/// request id.
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

/// The meaning of a code for retries and for the kind of the error.
///
/// | code | vendor's meaning | class |
/// | --- | --- | --- |
/// | 4000 | bad parameter | `Other` |
/// | 4100 | authentication failed | `Auth` |
/// | 4200 | expired | `ClockSkew` |
/// | 4300 | denied | `Other` |
/// | 4400 | quota exceeded | `Throttled` |
/// | 4500 | replay: the nonce was used, or the clock is more than two hours off | `ClockSkew` |
/// | 4600 | protocol | `Other` |
/// | 5000 | no such resource | `NotFound` |
/// | 5100, 5200 | operation or purchase failed | `Other` |
fn class(code: &str) -> ErrorClass {
    match code {
        "4100" => ErrorClass::Auth,
        // In both cases the time or the nonce of the request was refused, and nothing was done.
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
