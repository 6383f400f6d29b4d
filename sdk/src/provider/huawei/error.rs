//! Error responses: `docs/sources.md`, Huawei Cloud, 6.1.

use std::borrow::Cow;

use http::{HeaderMap, StatusCode};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use crate::error::{Error, ErrorClass, ServiceError, add_detail};
use crate::provider::RawResponse;
use crate::response::decode::without_bom;
use crate::sign::encode::{members, plain_text};

/// Names of code and message, in the order of their rank. Only whole pairs count.
const PAIRS: [(&str, &str); 3] =
    [("error_code", "error_msg"), ("errorCode", "errorMsg"), ("code", "message")];

/// How deep a pair is looked for. The services nest it one or two levels deep.
const DEPTH_CAP: usize = 16;
/// How much of a body that has no pair becomes the message.
const MESSAGE_CAP: usize = 4 * 1024;

/// Every response with status 400 to 599 is an error of the service: what its body does not say, the status
/// says.
pub(super) fn read(response: &RawResponse<'_>) -> Option<ServiceError> {
    if !(400..600).contains(&response.status.as_u16()) {
        return None;
    }
    let mut found = Found::default();
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

/// The id that the gateway gave the request.
pub(super) fn request_id(headers: &HeaderMap) -> Option<String> {
    let id = headers.get("x-request-id")?.to_str().ok()?;
    (!id.is_empty()).then(|| id.to_owned())
}

/// The sealed reason of a refusal, which the STS API decodes for those who may see it
/// (`encoded_authorization_message` in the response).
pub fn encoded_authorization_message(error: &Error) -> Option<String> {
    let mut found = Found::default();
    found.visit(std::str::from_utf8(without_bom(error.unmasked_body()?)).ok()?, 0);
    found.sealed
}

#[derive(Default)]
struct Found {
    pair: Option<(String, String)>,
    sealed: Option<String>,
    /// What the objects on the way to the pair say beside it.
    details: Map<String, Value>,
}

impl Found {
    /// Takes the first pair of this level, else looks into every member that is an object; a later one wins.
    fn visit(&mut self, json: &str, depth: usize) {
        if depth > DEPTH_CAP || !json.trim_start().starts_with('{') {
            return;
        }
        let Ok(members) = members(json.as_bytes()) else { return };
        // Of a name that stands twice the last one counts, as in Python.
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

    fn add(&mut self, name: &str, value: &RawValue) {
        add_detail(&mut self.details, name, value.get());
    }
}

/// A value as text: what Python takes for false is empty, an object is its JSON.
fn text(json: &str) -> Cow<'_, str> {
    match json {
        "null" | "false" | "0" | "0.0" | "{}" | "[]" => Cow::Borrowed(""),
        _ if json.starts_with('"') => Cow::Owned(plain_text(json.as_bytes())),
        _ => Cow::Borrowed(json),
    }
}

/// A body that is no text of today's web is Latin-1, in which every byte is a character.
fn body_text(body: &[u8]) -> String {
    let body = body.get(..MESSAGE_CAP).unwrap_or(body);
    match std::str::from_utf8(body) {
        Ok(text) => text.to_owned(),
        // Cut in the middle of a character.
        Err(error) if error.error_len().is_none() => String::from_utf8_lossy(body).into_owned(),
        Err(_) => body.iter().map(|byte| char::from(*byte)).collect(),
    }
}

fn class(status: StatusCode, code: Option<&str>, message: &str) -> ErrorClass {
    let gateway = code.and_then(|code| code.strip_prefix("APIGW.").or_else(|| code.strip_prefix("APIG.")));
    match (status.as_u16(), gateway) {
        (429, _) | (_, Some("0308")) => ErrorClass::Throttled,
        // The gateway has one code for all that is wrong with a signature, and says the rest in words.
        (_, Some("0301" | "0303" | "0305")) if is_stale(message) => ErrorClass::ClockSkew,
        (_, Some("0301" | "0303" | "0305" | "0307")) | (401, _) => ErrorClass::Auth,
        // A refusal by policy is no fault of the key; a bare 403 may be.
        (403, None) if code.is_none() => ErrorClass::Auth,
        (404, _) => ErrorClass::NotFound,
        (408, _) => ErrorClass::Transient,
        _ => ErrorClass::Other,
    }
}

/// `…: x-sdk-date expired`, `signature expired`; not an expired token, which no other time would help.
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
