//! The log service of Alibaba Cloud (product `sls`): `docs/sources.md`, Alibaba Cloud, 10.
//!
//! # Requests
//!
//! ```http
//! POST /logstores/app/logs HTTP/1.1
//! Host: my-project.cn-hangzhou.log.aliyuncs.com
//! Date: Mon, 01 Jan 2024 00:00:00 GMT
//! Content-Type: application/json
//! Content-MD5: 99914B932BD37A50B983C5E7C90AE93B
//! x-log-apiversion: 0.6.0
//! x-log-bodyrawsize: 2
//! x-log-signaturemethod: hmac-sha256
//! Authorization: LOG AK:Rzc=
//! ```
//!
//! # Responses
//!
//! Both have the header `x-log-requestid`.
//!
//! ```json
//! { "projects": [] }
//! { "errorCode": "SignatureNotMatch", "errorMessage": "…" }
//! ```
//!
//! # Checks
//!
//! In this order; the first one that fails decides the code:
//!
//! | check | code |
//! | --- | --- |
//! | `Host` and the required headers are given, and no header is repeated | `Missing…`, `InvalidParameter` |
//! | the version is 0.6.0, and the signature method is `hmac-sha256` | `Invalid…` |
//! | there is a signature, unless the action may be unsigned | `MissingAuthorization` |
//! | the time is within 900 s of the server's time | `RequestTimeExpired` |
//! | the id is that of an account | `Unauthorized` |
//! | the digest and the length of the body, and the signature | `SignatureNotMatch` |
//! | the token is that of the account | `Unauthorized` |

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::StatusCode;
use md5::Digest as _;
use secrecy::ExposeSecret;
use serde_json::{Map, Value, json};

use super::received::Received;
use super::refusal::Refusal;
use super::state::State;
use super::vendor::{Accepted, Label, Vendor, Wrapped};
use super::wire::{decode_form, decode_percent, same, unflatten};
use crate::sign::hmac::hmac_sha256;
use crate::sign::time::{read_http_date, unix_seconds};

/// The log service.
pub(crate) struct AlibabaLog;

/// The largest difference between the time of a request and that of the server, in seconds.
const WINDOW: u64 = 900;

impl Vendor for AlibabaLog {
    fn name(&self) -> &'static str {
        "alibaba"
    }

    fn claims(&self, received: &Received) -> bool {
        received.header("authorization").starts_with("LOG ") || received.has("x-log-apiversion")
    }

    fn label(&self, received: &Received) -> Label {
        let action = format!("{} {}", received.method, received.path);
        Label { product: "sls".to_owned(), version: String::new(), action, region: None }
    }

    fn check(&self, received: &Received, state: &State) -> Result<Accepted, Refusal> {
        received.host(|| missing("Host"))?;
        if let Some(name) = received.headers.keys().find(|name| received.repeated(&[name.as_str()]).is_some())
        {
            return Err(invalid("Parameter", &format!("the header {name} is sent more than once")));
        }
        for (header, name) in [("date", "Date"), ("x-log-apiversion", "APIVersion")] {
            if received.header(header).is_empty() {
                return Err(missing(name));
            }
        }
        if received.header("x-log-apiversion") != "0.6.0" {
            return Err(invalid("APIVersion", "the local cloud knows version 0.6.0"));
        }
        let account = match received.header("authorization").strip_prefix("LOG ") {
            Some(signature) => Some(signed(received, signature, state)?),
            None if state.allows_unsigned(&self.label(received).action) => None,
            None => return Err(missing("Authorization")),
        };
        Ok(Accepted { account, params: self.params(received)? })
    }

    fn params(&self, received: &Received) -> Result<Value, Refusal> {
        let mut params = unflatten(&query(received)?, 1);
        if received.media_type() == "application/json" && !received.body.is_empty() {
            let document: Value = serde_json::from_slice(&received.body)
                .map_err(|error| invalid("Parameter", &format!("the body is not JSON: {error}")))?;
            match (&mut params, document) {
                (Value::Object(params), Value::Object(members)) => params.extend(members),
                (_, other) => params = other,
            }
        }
        Ok(if params.is_null() { Value::Object(Map::new()) } else { params })
    }

    fn unknown(&self, label: &Label) -> Refusal {
        let what = format!("The local cloud has no handler for {}.", label.action);
        Refusal::new("MethodNotSupported", what).status(StatusCode::NOT_FOUND)
    }

    fn success(&self, value: Value, _: &str) -> Wrapped {
        Wrapped { status: StatusCode::OK, document: value }
    }

    fn failure(&self, refusal: &Refusal, _: &str) -> Wrapped {
        let code = refusal.code.as_str();
        let status = match code {
            "Unauthorized" | "SignatureNotMatch" => StatusCode::UNAUTHORIZED,
            "InternalServerError" => StatusCode::INTERNAL_SERVER_ERROR,
            "ServerBusy" => StatusCode::SERVICE_UNAVAILABLE,
            _ if code.contains("NotExist") => StatusCode::NOT_FOUND,
            _ if code.ends_with("Exceed") || code.ends_with("Exceeded") => StatusCode::FORBIDDEN,
            _ => StatusCode::BAD_REQUEST,
        };
        let document = json!({ "errorCode": code, "errorMessage": refusal.message });
        Wrapped { status: refusal.status.unwrap_or(status), document }
    }

    fn id_header(&self) -> Option<&'static str> {
        Some("x-log-requestid")
    }
}

/// The refusal of a request that lacks a header, such as `MissingDate`.
fn missing(name: &str) -> Refusal {
    Refusal::new(format!("Missing{name}"), format!("{name} does not exist in http header."))
}

/// The refusal of a request that is malformed.
fn invalid(name: &str, what: &str) -> Refusal {
    Refusal::new(format!("Invalid{name}"), format!("The request is not valid: {what}."))
}

/// The pairs of the query, decoded.
fn query(received: &Received) -> Result<Vec<(String, String)>, Refusal> {
    decode_form(&received.query).ok_or_else(|| invalid("Parameter", "the query is not encoded UTF-8"))
}

/// Checks the signature, and returns the id of the account.
///
/// The text has the method, three headers, all `x-log-` and `x-acs-` headers, and the decoded path and query.
fn signed(received: &Received, signature: &str, state: &State) -> Result<String, Refusal> {
    if received.header("x-log-signaturemethod") != "hmac-sha256" {
        return Err(invalid("SignatureMethod", "the local cloud verifies hmac-sha256"));
    }
    let date = read_http_date(received.header("date"))
        .ok_or_else(|| invalid("DateFormat", "Date does not follow RFC 822"))?;
    if unix_seconds(date).abs_diff(unix_seconds(state.now())) > WINDOW {
        return Err(Refusal::new("RequestTimeExpired", "The time of the request has been expired."));
    }
    let (id, signature) = signature.split_once(':').unwrap_or_default();
    let account = state
        .account(id)
        .ok_or_else(|| Refusal::new("Unauthorized", "The AccessKeyId does not belong to an account."))?;
    let mut text = format!("{}\n", received.method);
    for name in ["content-md5", "content-type", "date"] {
        text.push_str(&format!("{}\n", received.header(name)));
    }
    let mut own: Vec<&str> = received.headers.keys().map(|name| name.as_str()).collect();
    own.retain(|name| name.starts_with("x-log-") || name.starts_with("x-acs-"));
    own.sort_unstable();
    for name in own {
        text.push_str(&format!("{name}:{}\n", received.header(name).trim()));
    }
    let mut pairs = query(received)?;
    pairs.sort();
    let pairs: Vec<String> = pairs.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let question = if pairs.is_empty() { "" } else { "?" };
    text.push_str(&format!("{}{question}{}", decode_percent(&received.path), pairs.join("&")));
    let wanted = STANDARD.encode(hmac_sha256(account.secret.expose_secret().as_bytes(), &[text.as_bytes()]));
    let md5: String = md5::Md5::digest(&received.body).iter().map(|byte| format!("{byte:02X}")).collect();
    let whole = if received.body.is_empty() { "" } else { &md5 };
    let size = received.header("x-log-bodyrawsize") == received.body.len().to_string();
    if !size || received.header("content-md5") != whole || !same(wanted.as_bytes(), signature.as_bytes()) {
        let what = format!("signature {signature} not match. server string to sign is:{text}");
        return Err(Refusal::new("SignatureNotMatch", what).expected(text));
    }
    let token = account.token.as_ref().map_or("", |token| token.expose_secret());
    if !same(token.as_bytes(), received.header("x-acs-security-token").as_bytes()) {
        return Err(Refusal::new("Unauthorized", "The security token is not the one of these keys."));
    }
    Ok(account.id.clone())
}
