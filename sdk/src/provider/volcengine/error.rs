//! Error responses: `docs/sources.md`, Volcengine, 4.
//!
//! Three formats occur:
//!
//! | body | from |
//! |---|---|
//! | `{"ResponseMetadata": {"RequestId", "Error": {"Code", "Message", "CodeN"}}}` | gateway and products |
//! | `{"HTTPCode", "errorcode", "message"}` | parts of the gateway |
//! | `{"error": {"code", "message", "type", "param"}}` | model inference and some data planes |
//!
//! The class of an error decides about retries. It comes from the first of these that is known:
//!
//! 1. the whole code (`InvalidAccessKey`), then the part before the first dot (`FlowLimitExceeded` of
//!    `FlowLimitExceeded.QPSOverLimit`);
//! 2. `NotFound` at the start or the end of the code, or `NotExist` at its end;
//! 3. without a code, the number `CodeN`;
//! 4. the status.
//!
//! Status 429 means throttling, unless the code says something more exact.

use http::StatusCode;
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::error::{ErrorClass, ServiceError, add_detail};
use crate::provider::RawResponse;
use crate::response::decode::without_bom;

/// The members in which an error can be. All are optional, and of any type, so that an odd document is still
/// read.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Document {
    #[serde(rename = "ResponseMetadata")]
    metadata: Option<Metadata>,
    error: Value,
    errorcode: Value,
    message: Value,
}

/// `ResponseMetadata`, as far as errors are concerned.
#[derive(Deserialize, Default)]
#[serde(default, rename_all = "PascalCase")]
struct Metadata {
    request_id: Value,
    error: Value,
}

/// The API error in a response. `None` if the body is not JSON or has no error.
///
/// An error is recognised under any status, because throttling also occurs with status 200. An empty `Error`
/// object, and one whose `CodeN` is 0, are ignored. A failed response with metadata but without an error
/// gives an error that keeps the request id.
pub(super) fn read(response: &RawResponse<'_>) -> Option<ServiceError> {
    let document: Document = serde_json::from_slice(without_bom(response.body)).ok()?;
    let status = response.status;
    if let Some(metadata) = document.metadata {
        let request_id = text(&metadata.request_id);
        let (code, message) = (member(&metadata.error, "Code"), member(&metadata.error, "Message"));
        let number = member(&metadata.error, "CodeN").and_then(|number| number.parse().ok());
        let number = number.filter(|number| *number != 0);
        if code.is_some() || message.is_some() || number.is_some() {
            let mut found = found(code, message, number, status);
            found.request_id = request_id;
            found.details = others(&metadata.error, ["Code", "Message"]);
            return Some(found);
        }
        // The metadata has the request id, which a bare status would lose.
        return (!status.is_success()).then(|| {
            let message = format!("the response has status {} and no error of the API", status.as_u16());
            ServiceError { request_id, ..found(None, Some(message), None, status) }
        });
    }
    let (code, message) = (member(&document.error, "code"), member(&document.error, "message"));
    if code.is_some() || message.is_some() {
        let mut found = found(code, message, None, status);
        found.details = others(&document.error, ["code", "message"]);
        return Some(found);
    }
    let code = text(&document.errorcode)?;
    Some(found(Some(code), text(&document.message), None, status))
}

/// The members of an error object beside `known`, such as `CodeN` or `Data`, for `Error::details`.
fn others(error: &Value, known: [&str; 2]) -> Map<String, Value> {
    let mut others = Map::new();
    for (name, value) in error.as_object().into_iter().flatten() {
        if !known.contains(&name.as_str()) {
            add_detail(&mut others, name, &value.to_string());
        }
    }
    others
}

/// The API error in an event of a stream: model inference sends `{"error": …}` as data of an unnamed event.
///
/// Almost no event is an error, and parsing each one twice would be slow. So only events named `error`, and
/// events with the text `"error"` or `"Error"` in them, are read.
pub(super) fn read_event(event: &str, response: &RawResponse<'_>) -> Option<ServiceError> {
    // Almost no event is an error, and an event should not be parsed twice.
    let suspicious = |name: &[u8]| response.body.windows(name.len()).any(|word| word == name);
    if event != "error" && !suspicious(b"\"error\"") && !suspicious(b"\"Error\"") {
        return None;
    }
    read(response)
}

/// An error of these parts, with its class.
fn found(
    code: Option<String>,
    message: Option<String>,
    number: Option<i64>,
    status: StatusCode,
) -> ServiceError {
    let code = code.unwrap_or_default();
    let class = class(&code, number, status);
    ServiceError::new(code, message.unwrap_or_default(), class)
}

/// A member of an object as text, if it is there.
fn member(object: &Value, name: &str) -> Option<String> {
    object.get(name).and_then(text)
}

/// A string, or the JSON text of any other value. `None` for null and for the empty string.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()).filter(|text| !text.is_empty()),
        other => Some(other.to_string()),
    }
}

/// The class of an error: by its code, then by its number, then by its status. See the module.
fn class(code: &str, number: Option<i64>, status: StatusCode) -> ErrorClass {
    let family = code.split('.').next().unwrap_or(code);
    let found = of_code(code).or_else(|| of_code(family)).or_else(|| not_found(code));
    let found = found.or_else(|| code.is_empty().then(|| number.and_then(of_number)).flatten());
    match (found, status.as_u16()) {
        // Status 429 means that nothing was done, whatever the code is.
        (None | Some(ErrorClass::Other), 429) => ErrorClass::Throttled,
        (Some(class), _) => class,
        (None, 401) => ErrorClass::Auth,
        (None, 404) => ErrorClass::NotFound,
        (None, 408 | 500 | 502 | 503 | 504) => ErrorClass::Transient,
        (None, _) => ErrorClass::Other,
    }
}

/// The class of a code without its suffix. The list joins the gateway's public codes with those for which the
/// Go SDK throttles or fetches the credential again.
fn of_code(code: &str) -> Option<ErrorClass> {
    Some(match code {
        "FlowLimitExceeded"
        | "AccountFlowLimitExceeded"
        | "TooManyRequests"
        | "TooManyRequestsException"
        | "RateLimitExceeded"
        | "RequestLimitExceeded"
        | "Throttling"
        | "ThrottlingException"
        | "RequestThrottled"
        | "RequestThrottledException" => ErrorClass::Throttled,
        "InvalidTimestamp" => ErrorClass::ClockSkew,
        "MissingAuthenticationToken"
        | "MissingSignature"
        | "InvalidAccessKey"
        | "InvalidClientTokenId"
        | "SignatureDoesNotMatch"
        | "InvalidAuthorization"
        | "InvalidCredential"
        | "InvalidSecretToken"
        | "ExpiredToken"
        | "ExpiredTokenException"
        | "RequestExpired"
        | "SessionTokenInvalid" => ErrorClass::Auth,
        // A missing permission is not a problem of the key: a new key of the same user would not help.
        "LackPolicy" | "AccessDenied" => ErrorClass::Other,
        // The gateway does not know the action: a mistake in the program, not a missing resource.
        "ServiceNotFound" | "InvalidActionOrVersion" => ErrorClass::Other,
        "ServiceFailure" | "InternalError" | "RequestTimeout" | "RequestTimeoutException" => {
            ErrorClass::Transient
        }
        _ if code.starts_with("InternalService") || code.starts_with("ServiceUnavailable") => {
            ErrorClass::Transient
        }
        _ => return None,
    })
}

/// The class `NotFound` by the form of the code: `InvalidVpc.NotFound`, `NotFound.Workspace`, `UserNotExist`.
fn not_found(code: &str) -> Option<ErrorClass> {
    let missing = code.starts_with("NotFound") || code.ends_with("NotFound") || code.ends_with("NotExist");
    missing.then_some(ErrorClass::NotFound)
}

/// The class of a number, `CodeN`. These are the numbers of the gateway's public codes.
fn of_number(number: i64) -> Option<ErrorClass> {
    Some(match number {
        100_003 | 100_005 | 100_009 | 100_010 | 100_024 | 100_025 | 100_026 => ErrorClass::Auth,
        100_006 => ErrorClass::ClockSkew,
        100_014 | 100_016 | 100_019 => ErrorClass::Transient,
        100_018 | 100_027 => ErrorClass::Throttled,
        100_002 | 100_004 | 100_007 | 100_008 | 100_012 | 100_013 | 100_020 => ErrorClass::Other,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use bytes::Bytes;
    use http::HeaderMap;

    fn read_text(status: u16, text: &str) -> Option<ServiceError> {
        let body = Bytes::copy_from_slice(text.as_bytes());
        read(&RawResponse::new(StatusCode::from_u16(status).unwrap(), &HeaderMap::new(), &body))
    }

    #[test]
    fn codes_are_classified_before_numbers_and_statuses() {
        for (code, number, status, wanted) in [
            ("FlowLimitExceeded.QPSOverLimit", None, 200, ErrorClass::Throttled),
            ("Whatever", None, 429, ErrorClass::Throttled),
            ("AccessDenied", None, 429, ErrorClass::Throttled),
            ("InvalidTimestamp", Some(100_010), 401, ErrorClass::ClockSkew),
            ("", Some(100_027), 200, ErrorClass::Throttled),
            ("", Some(100_013), 500, ErrorClass::Other),
            ("Own", Some(100_027), 400, ErrorClass::Other),
            ("AccessDenied.Role", None, 403, ErrorClass::Other),
            ("LimitExceeded.Images", None, 400, ErrorClass::Other),
            ("QuotaExceeded.Images", None, 400, ErrorClass::Other),
            ("RequestExpired", None, 400, ErrorClass::Auth),
            ("ServiceUnavailableTemp", None, 200, ErrorClass::Transient),
            ("NotImplemented", None, 501, ErrorClass::Other),
            ("Own", None, 503, ErrorClass::Transient),
            ("Own", None, 404, ErrorClass::NotFound),
            ("ServiceNotFound", Some(100_007), 404, ErrorClass::Other),
            ("", Some(100_008), 404, ErrorClass::Other),
        ] {
            let status = StatusCode::from_u16(status).unwrap();
            assert_eq!(class(code, number, status), wanted, "{code} {number:?} {status}");
        }
    }

    #[test]
    fn an_empty_error_of_a_success_is_none() {
        for error in ["null", "{}", r#"{"Code":""}"#, r#"{"Code":null,"CodeN":0,"Message":""}"#] {
            let body = format!(r#"{{"ResponseMetadata":{{"RequestId":"r","Error":{error}}}}}"#);
            assert_eq!(read_text(200, &body), None, "{error}");
            assert_eq!(read_text(500, &body).unwrap().request_id.as_deref(), Some("r"));
        }
    }
}
