//! Error responses: `docs/sources.md`, Huawei Cloud, 6.1.
//!
//! The services do not share one format. A response has one of these, and each may also be a member of
//! another object:
//!
//! ```text
//! {"error_code": "VPC.0101", "error_msg": "bad"}
//! {"errorCode": "A.1", "errorMsg": "bad"}
//! {"code": "VPC.0202", "message": "not found"}
//! {"error": {"code": 404, "message": "nope", "title": "Not Found"}}
//! ```
//!
//! Only the status decides whether a response is an error: 400 to 599. A document of such a shape with status
//! 200 is a success, as in the vendor's SDK.

use std::borrow::Cow;

use http::{HeaderMap, StatusCode};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use crate::error::{Error, ErrorClass, ServiceError, add_detail};
use crate::provider::RawResponse;
use crate::response::decode::without_bom;
use crate::sign::encode::{members, plain_text};

/// Names of code and message, in the order of their rank. Both names of a pair must be there, at one level.
const PAIRS: [(&str, &str); 3] =
    [("error_code", "error_msg"), ("errorCode", "errorMsg"), ("code", "message")];

/// Levels in which a pair is searched. The services nest it one or two levels deep.
const DEPTH_CAP: usize = 16;
/// The part of a body without a pair that becomes the message, in bytes: 4 KiB. The whole body stays
/// available in [`Error::raw_body`].
const MESSAGE_CAP: usize = 4 * 1024;

/// The API error in a response with status 400 to 599. `None` for any other status.
///
/// | the body has | code | message |
/// | --- | --- | --- |
/// | a pair | that of the pair, as text | that of the pair |
/// | a pair with an empty code | the status | that of the pair |
/// | a pair with an empty message | that of the pair | the body |
/// | no pair, or is not JSON | the status | the body |
///
/// The other members become [`details`](Error::details). The request id is that of the header, even if the
/// body has a `request_id`, as in the vendor's SDK.
pub(super) fn read(response: &RawResponse<'_>) -> Option<ServiceError> {
    if !(400..600).contains(&response.status.as_u16()) {
        return None;
    }
    let mut found = ErrorParts::default();
    if let Ok(text) = std::str::from_utf8(without_bom(response.body))
        && let Ok(document) = serde_json::from_str::<&RawValue>(text)
    {
        found.visit(document.get(), 0);
    }
    let (code, message) = found.pair.unwrap_or_default();
    let named = !code.is_empty();
    let code = if named { code } else { response.status.as_u16().to_string() };
    let message = if message.is_empty() { body_text(response.body) } else { message };
    Some(ServiceError {
        class: class(response.status, named.then_some(&code), &message),
        message,
        request_id: request_id(response.headers),
        code,
        details: found.details,
    })
}

/// The request id, from the header `X-Request-Id`. Success responses have it, too.
pub(super) fn request_id(headers: &HeaderMap) -> Option<String> {
    let id = headers.get("x-request-id")?.to_str().ok()?;
    (!id.is_empty()).then(|| id.to_owned())
}

/// The encoded reason of a refused permission: the member `encoded_authorization_message` of the response.
///
/// The text is opaque here. The STS action `DecodeAuthorizationMessage` (`POST
/// /v5/decode-authorization-message`) decodes it for callers with that permission. The vendor's SDK calls it
/// `encoded_auth_msg`.
///
/// ```no_run
/// use cloudcall::action::ActionInfo;
/// use cloudcall::provider::huawei::encoded_authorization_message;
/// use cloudcall::{Client, Huawei};
///
/// # async fn run(client: Client<Huawei>) -> Result<(), cloudcall::Error> {
/// let action = ActionInfo::new("iam", "v5", "ListUsersV5").with_path("/v5/users");
/// match client.raw_action(action).send().await {
///     Ok(response) => println!("{response}"),
///     Err(error) => match encoded_authorization_message(&error) {
///         Some(message) => eprintln!("refused; decode the reason with STS: {message}"),
///         None => return Err(error),
///     },
/// }
/// # Ok(())
/// # }
/// ```
///
/// `None` if the response has no such member, or if the error has no response.
pub fn encoded_authorization_message(error: &Error) -> Option<String> {
    let mut found = ErrorParts::default();
    found.visit(std::str::from_utf8(without_bom(error.unmasked_body()?)).ok()?, 0);
    found.sealed
}

/// The parts of an error that were found in a body.
#[derive(Default)]
struct ErrorParts {
    /// Code and message.
    pair: Option<(String, String)>,
    /// The encoded reason of a refused permission.
    sealed: Option<String>,
    /// The other members of the objects on the way to the pair.
    details: Map<String, Value>,
}

impl ErrorParts {
    /// Takes the first pair of this level. Without one, visits each member that is an object, in document
    /// order; a later pair replaces an earlier one. Lists are not visited. These are the rules of the
    /// vendor's SDK.
    fn visit(&mut self, json: &str, depth: usize) {
        if depth > DEPTH_CAP || !json.trim_start().starts_with('{') {
            return;
        }
        let Ok(members) = members(json.as_bytes()) else { return };
        // If a name occurs twice, the last one counts, as in Python.
        let get =
            |wanted: &str| members.iter().rfind(|(name, _)| name == wanted).map(|(_, value)| value.get());
        if let Some(sealed) =
            get("encoded_authorization_message").map(text).filter(|sealed| !sealed.is_empty())
        {
            self.sealed = Some(sealed.into_owned());
        }
        let pair = PAIRS.iter().find_map(|names| Some((names, get(names.0)?, get(names.1)?)));
        if let Some((names, code, message)) = pair {
            self.pair = Some((text(code).into_owned(), text(message).into_owned()));
            for (name, value) in &members {
                if name != names.0 && name != names.1 {
                    self.add(name, value);
                }
            }
            return;
        }
        for (name, value) in &members {
            let mut inner = Self::default();
            inner.visit(value.get(), depth + 1);
            self.sealed = inner.sealed.or(self.sealed.take());
            match inner.pair {
                Some(pair) => {
                    self.pair = Some(pair);
                    self.details.extend(inner.details);
                }
                None => self.add(name, value),
            }
        }
    }

    /// Adds a member to the details.
    fn add(&mut self, name: &str, value: &RawValue) {
        add_detail(&mut self.details, name, value.get());
    }
}

/// A value as text. A value that is false in Python, such as `0` or `null`, is empty, because the vendor's
/// SDK then uses the status in its place. An object is its JSON text.
fn text(json: &str) -> Cow<'_, str> {
    match json {
        "null" | "false" | "0" | "0.0" | "{}" | "[]" => Cow::Borrowed(""),
        _ if json.starts_with('"') => Cow::Owned(plain_text(json.as_bytes())),
        _ => Cow::Borrowed(json),
    }
}

/// The beginning of a body as text. A body that is not UTF-8 is decoded as Latin-1, which cannot fail.
fn body_text(body: &[u8]) -> String {
    let body = body.get(..MESSAGE_CAP).unwrap_or(body);
    match std::str::from_utf8(body) {
        Ok(text) => text.to_owned(),
        // Cut in the middle of a character.
        Err(error) if error.error_len().is_none() => String::from_utf8_lossy(body).into_owned(),
        Err(_) => body.iter().map(|byte| char::from(*byte)).collect(),
    }
}

/// The meaning of an error for retries and for the kind of the error.
///
/// | status and code | class |
/// | --- | --- |
/// | status 429, or APIGW.0308 | `Throttled` |
/// | APIGW.0301, 0303, 0305 with a message about an expired date or signature | `ClockSkew` |
/// | APIGW.0301, 0303, 0305, 0307, or status 401 | `Auth` |
/// | status 403 without a code | `Auth` |
/// | status 404 with APIGW.0xxx: the gateway does not know the action | `Other` |
/// | any other status 404 | `NotFound` |
/// | status 408 | `Transient` |
/// | any other | `Other` |
///
/// The older gateway writes `APIG.` for `APIGW.`. Its codes begin with 0; the others, such as APIG.3030, are
/// those of the product `apig`, and mean a resource. The pipeline turns `Other` with status 500, 502, 503 or
/// 504 into `Transient`.
fn class(status: StatusCode, code: Option<&str>, message: &str) -> ErrorClass {
    let gateway = code.and_then(|code| code.strip_prefix("APIGW.").or_else(|| code.strip_prefix("APIG.")));
    match (status.as_u16(), gateway) {
        (429, _) | (_, Some("0308")) => ErrorClass::Throttled,
        // The gateway has one code for all faults of a signature. Only the message names the fault.
        (_, Some("0301" | "0303" | "0305")) if is_stale(message) => ErrorClass::ClockSkew,
        (_, Some("0301" | "0303" | "0305" | "0307")) | (401, _) => ErrorClass::Auth,
        // A policy that forbids the action has a code. Without a code, the key may be at fault.
        (403, None) if code.is_none() => ErrorClass::Auth,
        // A mistake in the program, not a missing resource.
        (404, Some(gateway)) if gateway.starts_with('0') => ErrorClass::Other,
        (404, _) => ErrorClass::NotFound,
        (408, _) => ErrorClass::Transient,
        _ => ErrorClass::Other,
    }
}

/// Whether a message is about the time of the request, such as `…: x-sdk-date is expired` or `signature
/// expired`. An expired token is something else: correcting the clock does not help.
fn is_stale(message: &str) -> bool {
    let lower = message.to_ascii_lowercase();
    lower.contains("expired")
        && !lower.contains("token")
        && (lower.contains("date") || lower.contains("signature"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use bytes::Bytes;

    fn read_text(status: u16, text: &str) -> ServiceError {
        let body = Bytes::copy_from_slice(text.as_bytes());
        read(&RawResponse::new(StatusCode::from_u16(status).unwrap(), &HeaderMap::new(), &body)).unwrap()
    }

    #[test]
    fn codes_have_classes() {
        use ErrorClass::{Auth, ClockSkew, NotFound, Other, Throttled};
        let says =
            |code: &str, message: &str| format!(r#"{{"error_code":"{code}","error_msg":"{message}"}}"#);
        for (status, text, wanted) in [
            (429, says("X", "y"), Throttled),
            (403, says("APIGW.0308", "too fast"), Throttled),
            (
                401,
                says("APIGW.0301", "Incorrect IAM authentication information: verify aksk signature fail"),
                Auth,
            ),
            (
                401,
                says("APIGW.0301", "Incorrect IAM authentication information: x-sdk-date is expired"),
                ClockSkew,
            ),
            (401, says("APIGW.0307", "The token must be updated: token expired"), Auth),
            (401, says("X", "y"), Auth),
            (403, says("PAP5.0001", "denied"), Other),
            (403, "<html>".to_owned(), Auth),
            (404, says("VPC.0202", "none"), NotFound),
            (404, says("APIGW.0101", "The API does not exist or has not been published"), Other),
            (404, says("APIG.0101", "The API does not exist"), Other),
            (404, says("APIG.3030", "The instance does not exist"), NotFound),
            (400, says("VPC.0101", "bad"), Other),
        ] {
            assert_eq!(read_text(status, &text).class, wanted, "{status} {text}");
        }
    }

    #[test]
    fn the_other_members_are_details() {
        let text = r#"{"error":{"code":4001,"message":"m","title":"t"},"encoded_authorization_message":"s",
                       "request_id":"r","none":null,"more":{"a":1}}"#;
        let error = read_text(400, text);
        // As in the vendor's SDK, the id is that of the header.
        assert_eq!((error.code.as_str(), error.request_id), ("4001", None));
        let wanted = serde_json::json!({"title": "t", "encoded_authorization_message": "s",
                                        "request_id": "r", "more": {"a": 1}});
        assert_eq!(Value::Object(error.details), wanted);
    }

    #[test]
    fn hostile_bodies_are_read_in_bounds() {
        let deep = format!("{}1{}", r#"{"a":"#.repeat(10_000), "}".repeat(10_000));
        assert_eq!(read_text(400, &deep).code, "400");
        let long = "云".repeat(10_000);
        assert!(read_text(502, &long).message.len() <= MESSAGE_CAP + 3);
        let body = Bytes::from_static(b"\xe9\xff");
        let response = read(&RawResponse::new(StatusCode::BAD_GATEWAY, &HeaderMap::new(), &body)).unwrap();
        assert_eq!(response.message, "éÿ");
    }
}
