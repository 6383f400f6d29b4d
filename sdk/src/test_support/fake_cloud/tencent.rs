//! The server of Tencent Cloud API 3.0: `docs/sources.md`, Tencent Cloud, 2 to 5.
//!
//! It verifies `TC3-HMAC-SHA256`, which is a header, and the older `HmacSHA1` and `HmacSHA256`, which
//! are a parameter of the query or of a form.
//!
//! # Requests
//!
//! A TC3 request, the usual form:
//!
//! ```http
//! POST / HTTP/1.1
//! Host: cvm.tencentcloudapi.com
//! Content-Type: application/json
//! X-TC-Action: DescribeZones
//! X-TC-Version: 2017-03-12
//! X-TC-Region: ap-guangzhou
//! X-TC-Timestamp: 1704067200
//! Authorization: TC3-HMAC-SHA256 Credential=AKID/2024-01-01/cvm/tc3_request,
//!     SignedHeaders=content-type;host, Signature=3f7a…
//!
//! {"Filters":[{"Name":"zone","Values":["ap-guangzhou-3"]}]}
//! ```
//!
//! A request with an older signature:
//!
//! ```http
//! GET /?Action=DescribeZones&Version=2017-03-12&Region=ap-guangzhou&SecretId=AKID&Nonce=7
//!     &Timestamp=1704067200&SignatureMethod=HmacSHA256&Signature=Rzc%3D HTTP/1.1
//! Host: cvm.tencentcloudapi.com
//! ```
//!
//! # Responses
//!
//! Both have status 200. The client recognises an error by its member.
//!
//! ```json
//! { "Response": { "TotalCount": 1, "RequestId": "…" } }
//! { "Response": { "Error": { "Code": "InvalidAction", "Message": "…" }, "RequestId": "…" } }
//! ```
//!
//! # Checks
//!
//! In this order; the first one that fails decides the code:
//!
//! | check | code |
//! | --- | --- |
//! | the method is GET or POST | `UnsupportedProtocol` |
//! | the path is `/`; no header of the call is repeated | `InvalidParameter` |
//! | the language is `zh-CN` or `en-US` | `InvalidParameter` |
//! | host, action, version, timestamp and signature are given | `MissingParameter` |
//! | the version is a date, `YYYY-MM-DD` | `NoSuchVersion` |
//! | the timestamp is a number | `InvalidParameter` |
//! | the timestamp is within 300 s of the server's time | `AuthFailure.SignatureExpire` |
//! | the size: query 32 KiB, TC3 body 10 MiB, older body 1 MiB | `RequestSizeLimitExceeded` |
//! | the content type is one of those that the signature allows | `UnsupportedProtocol` |
//! | parameters are well-formed, and none is repeated | `InvalidParameter` |
//! | TC3: `Authorization` is well-formed | `AuthFailure.InvalidAuthorization` |
//! | TC3: content type and host are signed | `AuthFailure.InvalidAuthorization` |
//! | the id is that of an account | `AuthFailure.SecretIdNotFound` |
//! | the signature, its date and its service | `AuthFailure.SignatureFailure` |
//! | the token is that of the account | `AuthFailure.TokenFailure` |
//!
//! The older signatures check the form of the request before its time.

use http::{Method, StatusCode};
use secrecy::ExposeSecret;
use serde_json::{Map, Value, json};

use super::received::Received;
use super::refusal::Refusal;
use super::state::Account;
use super::state::State;
use super::vendor::{Accepted, Label, Vendor, Wrapped};
use super::wire::{duplicate, same, unflatten};
use crate::sign::encode::{hex, members};
use crate::sign::hmac::{hmac_sha1, hmac_sha256, sha256};
use crate::sign::time::{Utc, unix_seconds};

/// The API 3.0. It also handles requests that no vendor claims.
pub(crate) struct Tencent;

/// The largest difference between the time of a request and that of the server, in seconds.
const WINDOW: u64 = 300;

/// The headers that describe the call. Each may be sent only once.
const SINGLE: [&str; 10] = [
    "authorization",
    "content-type",
    "host",
    "x-tc-action",
    "x-tc-content-sha256",
    "x-tc-language",
    "x-tc-region",
    "x-tc-timestamp",
    "x-tc-token",
    "x-tc-version",
];

/// The content type of a TC3 GET, and of a POST with an older signature.
const FORM: &str = "application/x-www-form-urlencoded";

impl Vendor for Tencent {
    fn name(&self) -> &'static str {
        "tencent"
    }

    fn claims(&self, received: &Received) -> bool {
        received.has("x-tc-action") || received.header("authorization").starts_with("TC3-")
    }

    fn label(&self, received: &Received) -> Label {
        let of = |header: &str, param: &str| match received.has(header) {
            true => received.header(header).to_owned(),
            false => received.look_up(param).unwrap_or_default(),
        };
        let scope = Authorization::parse(received.header("authorization")).map(|parsed| parsed.service);
        Label {
            product: scope.unwrap_or_else(|| received.host_label()).to_owned(),
            version: of("x-tc-version", "Version"),
            action: of("x-tc-action", "Action"),
            region: Some(of("x-tc-region", "Region")).filter(|region| !region.is_empty()),
        }
    }

    fn check(&self, received: &Received, state: &State) -> Result<Accepted, Refusal> {
        if received.method != Method::GET && received.method != Method::POST {
            return Err(unsupported(&format!("the method {} is not GET or POST", received.method)));
        }
        if received.path != "/" {
            return Err(invalid(&format!("the path `{}` is not `/`", received.path)));
        }
        if let Some(name) = received.repeated(&SINGLE) {
            return Err(invalid(&format!("the header `{name}` is sent more than once")));
        }
        match received.header("x-tc-language") {
            "" | "zh-CN" | "en-US" => {}
            other => return Err(invalid(&format!("the language `{other}` is not zh-CN or en-US"))),
        }
        received.host(|| missing("Host"))?;
        if received.has("x-tc-action") || received.has("authorization") {
            tc3(received, state)
        } else {
            older(received, state)
        }
    }

    fn params(&self, received: &Received) -> Result<Value, Refusal> {
        match received.has("x-tc-action") || received.has("authorization") {
            true => tc3_params(received),
            false => Ok(own_params(&pairs(received)?)),
        }
    }

    fn unknown(&self, label: &Label) -> Refusal {
        Refusal::new("InvalidAction", format!("The API `{}` does not exist.", label.action))
    }

    fn success(&self, value: Value, request_id: &str) -> Wrapped {
        let mut response = match value {
            Value::Object(members) => members,
            Value::Null => Map::new(),
            other => Map::from_iter([("Data".to_owned(), other)]),
        };
        response.entry("RequestId").or_insert_with(|| request_id.into());
        Wrapped { status: StatusCode::OK, document: json!({ "Response": response }) }
    }

    fn failure(&self, refusal: &Refusal, request_id: &str) -> Wrapped {
        let error = json!({ "Code": refusal.code, "Message": refusal.message });
        let document = json!({ "Response": { "Error": error, "RequestId": request_id } });
        Wrapped { status: refusal.status.unwrap_or(StatusCode::OK), document }
    }
}

/// The refusal of a request that lacks a header or a parameter.
fn missing(name: &str) -> Refusal {
    Refusal::new("MissingParameter", format!("The request is missing a required parameter `{name}`."))
}

/// The refusal of a request that is malformed.
fn invalid(what: &str) -> Refusal {
    Refusal::new("InvalidParameter", format!("The parameter is invalid: {what}."))
}

/// The refusal of a method or a content type.
fn unsupported(what: &str) -> Refusal {
    Refusal::new("UnsupportedProtocol", format!("The protocol is not supported: {what}."))
}

/// The refusal of a wrong signature.
fn refused_signature(string_to_sign: String) -> Refusal {
    let what = "The provided credentials could not be validated. Please check your signature is correct.";
    Refusal::new("AuthFailure.SignatureFailure", what).expected(string_to_sign)
}

/// The parts of `TC3-HMAC-SHA256 Credential=ID/DATE/SERVICE/tc3_request, SignedHeaders=…, Signature=…`.
struct Authorization<'a> {
    /// The SecretId.
    id: &'a str,
    /// The day in UTC, `2024-01-01`. It must be that of the timestamp.
    date: &'a str,
    /// The product, such as `cvm`. It must be the first label of the host, if the host is a name.
    service: &'a str,
    /// Names in lower case, sorted, with semicolons between them.
    signed_headers: &'a str,
    /// 64 hexadecimal digits.
    signature: &'a str,
}

impl<'a> Authorization<'a> {
    /// Parses the header. `None` if a part is missing, repeated or unknown. Blanks after commas are
    /// optional.
    fn parse(text: &'a str) -> Option<Self> {
        let rest = text.strip_prefix("TC3-HMAC-SHA256 ")?;
        let (mut credential, mut signed_headers, mut signature) = (None, None, None);
        for item in rest.split(',') {
            let (name, value) = item.trim().split_once('=')?;
            let slot = match name {
                "Credential" => &mut credential,
                "SignedHeaders" => &mut signed_headers,
                "Signature" => &mut signature,
                _ => return None,
            };
            if slot.replace(value).is_some() {
                return None;
            }
        }
        let mut scope = credential?.split('/');
        let (id, date, service) = (scope.next()?, scope.next()?, scope.next()?);
        if scope.next()? != "tc3_request" || scope.next().is_some() {
            return None;
        }
        Some(Self { id, date, service, signed_headers: signed_headers?, signature: signature? })
    }
}

/// Checks a TC3 request.
///
/// The string to sign, and the key that signs it:
///
/// ```text
/// TC3-HMAC-SHA256
/// 1704067200
/// 2024-01-01/cvm/tc3_request
/// hex(sha256(canonical request))
///
/// key = hmac(hmac(hmac("TC3" + secret, "2024-01-01"), "cvm"), "tc3_request")
/// ```
///
/// `Authorization: SKIP` is an unsigned request. Only anonymous actions accept it, and it must not have
/// a token.
fn tc3(received: &Received, state: &State) -> Result<Accepted, Refusal> {
    for name in ["X-TC-Action", "X-TC-Timestamp", "X-TC-Version", "Authorization"] {
        if received.header(name).is_empty() {
            return Err(missing(name));
        }
    }
    version(received.header("x-tc-version"))?;
    let timestamp = timestamp(received.header("x-tc-timestamp"), state)?;
    let params = tc3_params(received)?;
    let authorization = received.header("authorization");
    if authorization == "SKIP" {
        if !state.allows_unsigned(received.header("x-tc-action")) {
            return Err(Refusal::new("AuthFailure.InvalidAuthorization", "This action must be signed."));
        }
        if received.has("x-tc-token") {
            return Err(Refusal::new("AuthFailure.TokenFailure", "An unsigned request has no token."));
        }
        return Ok(Accepted { account: None, params });
    }
    let Some(parsed) = Authorization::parse(authorization) else {
        let what =
            "The `Authorization` header is not `TC3-HMAC-SHA256 Credential=…, SignedHeaders=…, Signature=…`.";
        return Err(Refusal::new("AuthFailure.InvalidAuthorization", what));
    };
    let account = account(parsed.id, state)?;
    let canonical = canonical(received, parsed.signed_headers)?;
    let day = Utc::from_unix(timestamp).date();
    let scope = format!("{day}/{}/tc3_request", parsed.service);
    let text = format!("TC3-HMAC-SHA256\n{timestamp}\n{scope}\n{}", hex(&sha256(canonical.as_bytes())));
    let secret = format!("TC3{}", account.secret.expose_secret());
    let mut key = hmac_sha256(secret.as_bytes(), &[day.as_bytes()]);
    for step in [parsed.service, "tc3_request"] {
        key = hmac_sha256(&key, &[step.as_bytes()]);
    }
    let wanted = hex(&hmac_sha256(&key, &[text.as_bytes()]));
    let label = received.host_label();
    let right_place = label.is_empty() || label == parsed.service;
    if !same(wanted.as_bytes(), parsed.signature.as_bytes()) || parsed.date != day || !right_place {
        return Err(refused_signature(format!("{text}\n\n{canonical}")));
    }
    token(account, received.header("x-tc-token"))?;
    Ok(Accepted { account: Some(account.id.clone()), params })
}

/// The canonical request of a received request.
///
/// ```text
/// POST
/// /
///                                      the query as sent for a GET, empty for a POST
/// content-type:application/json
/// host:cvm.tencentcloudapi.com
///
/// content-type;host
/// hex(sha256(body))
/// ```
///
/// With `X-TC-Content-SHA256: UNSIGNED-PAYLOAD`, the digest is that of the text `UNSIGNED-PAYLOAD`.
/// Other values of this header are refused. Values of signed headers are in lower case, except
/// `content-type` and `host`.
fn canonical(received: &Received, signed_headers: &str) -> Result<String, Refusal> {
    let names: Vec<&str> = signed_headers.split(';').collect();
    if !names.is_sorted() || !["content-type", "host"].iter().all(|name| names.contains(name)) {
        let what = "`SignedHeaders` must be sorted and have `content-type` and `host`.";
        return Err(Refusal::new("AuthFailure.InvalidAuthorization", what));
    }
    let query = if received.method == Method::GET { received.query.as_str() } else { "" };
    let mut text = format!("{}\n/\n{query}\n", received.method);
    for name in names {
        if !received.has(name) {
            return Err(missing(name));
        }
        let value = received.header(name);
        text.push_str(name);
        text.push(':');
        match name {
            // The value as sent, because it contains the boundary of a multipart form.
            "content-type" | "host" => text.push_str(value),
            _ => text.push_str(value.trim().to_lowercase().as_str()),
        }
        text.push('\n');
    }
    let payload = match received.header("x-tc-content-sha256") {
        "" => sha256(&received.body),
        "UNSIGNED-PAYLOAD" => sha256(b"UNSIGNED-PAYLOAD"),
        other => return Err(invalid(&format!("`X-TC-Content-SHA256` is `{other}`, not UNSIGNED-PAYLOAD"))),
    };
    text.push('\n');
    text.push_str(signed_headers);
    text.push('\n');
    text.push_str(&hex(&payload));
    Ok(text)
}

/// The parameters of a TC3 request: JSON, query, form or multipart.
///
/// | method | content type | parameters |
/// | --- | --- | --- |
/// | GET | `application/x-www-form-urlencoded` | the query; the body must be empty |
/// | POST | `application/json` | the body, which must be an object |
/// | POST | `multipart/form-data` | the parts as texts, also files |
/// | POST | `application/octet-stream` | none: the body is data |
///
/// A POST must not have a query: it would not be signed.
fn tc3_params(received: &Received) -> Result<Value, Refusal> {
    let media_type = received.media_type();
    if received.method == Method::GET {
        size(received.query.len(), 32 * 1024)?;
        if media_type != FORM {
            return Err(unsupported(&format!("a GET request is `{FORM}`, not `{media_type}`")));
        }
        if !received.body.is_empty() {
            return Err(invalid("a GET request has a body"));
        }
        return Ok(unflatten(&pairs(received)?, 0));
    }
    size(received.body.len(), 10 * 1024 * 1024)?;
    if !received.query.is_empty() {
        return Err(invalid("a POST request has a query, which nobody signed"));
    }
    match media_type.as_str() {
        "application/json" => json_params(&received.body),
        "multipart/form-data" => {
            let parts = received
                .parts()
                .ok_or_else(|| invalid("the body is not the multipart form that its type says"))?;
            let text = |data: &[u8]| String::from_utf8_lossy(data).into_owned();
            let pairs: Vec<_> = parts.into_iter().map(|part| (part.name, text(part.data))).collect();
            no_duplicate(&pairs)?;
            Ok(pairs.into_iter().map(|(name, value)| (name, Value::from(value))).collect())
        }
        "application/octet-stream" => Ok(Value::Object(Map::new())),
        other => Err(unsupported(&format!("the content type `{other}`"))),
    }
}

/// Parses a JSON body and refuses repeated members, which `serde_json` would accept silently.
fn json_params(body: &[u8]) -> Result<Value, Refusal> {
    let found = members(body).map_err(|error| invalid(&format!("the body is not a JSON object: {error}")))?;
    let names: Vec<_> = found.iter().map(|(name, _)| (name.clone(), String::new())).collect();
    no_duplicate(&names)?;
    serde_json::from_slice(body).map_err(|error| invalid(&format!("the body is not JSON: {error}")))
}

/// Checks a signature by HmacSHA1 or HmacSHA256, which is one of the parameters. The default of
/// `SignatureMethod` is `HmacSHA1`.
fn older(received: &Received, state: &State) -> Result<Accepted, Refusal> {
    if received.method == Method::POST {
        size(received.body.len(), 1024 * 1024)?;
        if received.media_type() != FORM {
            return Err(unsupported(&format!("the content type `{}`", received.media_type())));
        }
        if !received.query.is_empty() {
            return Err(invalid("a POST request has a query, which nobody signed"));
        }
    } else {
        size(received.query.len(), 32 * 1024)?;
    }
    let pairs = pairs(received)?;
    let get = |name: &str| pairs.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value);
    for name in ["Action", "Version", "SecretId", "Nonce", "Timestamp", "Signature"] {
        if get(name).is_empty() {
            return Err(missing(name));
        }
    }
    version(get("Version"))?;
    if get("Nonce").parse::<i64>().is_ok_and(|nonce| nonce > 0) {
        timestamp(get("Timestamp"), state)?;
    } else {
        return Err(invalid("`Nonce` is not a positive integer"));
    }
    let account = account(get("SecretId"), state)?;
    let target = format!("{}/", received.header("host"));
    let text = text_to_sign(received, &target, &pairs, |_| true);
    let sha256 = match get("SignatureMethod") {
        "HmacSHA256" => true,
        "" | "HmacSHA1" => false,
        other => return Err(invalid(&format!("`{other}` is not a signature method"))),
    };
    if !older_matches(account, &text, sha256, get("Signature")) {
        return Err(refused_signature(text));
    }
    token(account, get("Token"))?;
    Ok(Accepted { account: Some(account.id.clone()), params: own_params(&pairs) })
}

/// The string that the older methods sign, from the received parameters.
///
/// ```text
/// GETcvm.tencentcloudapi.com/?Action=DescribeZones&Nonce=7&Region=ap-guangzhou&SecretId=AKID&…
/// ```
///
/// It consists of method, `target` (host and path), and the decoded parameters sorted by name, without
/// `Signature`. `signed` tells by the value whether a parameter is part of it. API 2.0 uses it, too.
pub(crate) fn text_to_sign(
    received: &Received,
    target: &str,
    pairs: &[(String, String)],
    signed: impl Fn(&str) -> bool,
) -> String {
    let mut sorted: Vec<(String, usize, &str)> = Vec::new();
    for (at, (name, value)) in pairs.iter().enumerate() {
        if name != "Signature" && signed(value) {
            sorted.push((name.replace('_', "."), at, value));
        }
    }
    sorted.sort();
    // The server treats `_` and `.` in names as equal. If two names become equal, the later one counts.
    let mut kept: Vec<(String, usize, &str)> = Vec::new();
    for item in sorted {
        if kept.last().is_some_and(|last| last.0 == item.0) {
            kept.pop();
        }
        kept.push(item);
    }
    let params: Vec<String> = kept.into_iter().map(|(name, _, value)| format!("{name}={value}")).collect();
    format!("{}{target}?{}", received.method, params.join("&"))
}

/// Whether `signature` is the base64 of the HMAC of `text`, by SHA-256 or SHA-1.
pub(crate) fn older_matches(account: &Account, text: &str, sha256: bool, signature: &str) -> bool {
    use base64::Engine as _;
    let Ok(given) = base64::engine::general_purpose::STANDARD.decode(signature) else { return false };
    let key = account.secret.expose_secret().as_bytes();
    match sha256 {
        true => same(&hmac_sha256(key, &[text.as_bytes()]), &given),
        false => same(&hmac_sha1(key, &[text.as_bytes()]), &given),
    }
}

/// The parameters of the action, without the common ones.
///
/// Lists are numbered from 0: `Filters.0.Name`.
pub(crate) fn own_params(pairs: &[(String, String)]) -> Value {
    const COMMON: [&str; 11] = [
        "Action",
        "Language",
        "Nonce",
        "Region",
        "RequestClient",
        "SecretId",
        "Signature",
        "SignatureMethod",
        "Timestamp",
        "Token",
        "Version",
    ];
    let own: Vec<_> = pairs.iter().filter(|(name, _)| !COMMON.contains(&name.as_str())).cloned().collect();
    unflatten(&own, 0)
}

/// The parameters of the query or of a form, each of them once.
fn pairs(received: &Received) -> Result<Vec<(String, String)>, Refusal> {
    let pairs = received.form().ok_or_else(|| invalid("the parameters are not form-encoded UTF-8"))?;
    no_duplicate(&pairs)?;
    Ok(pairs)
}

/// Refuses a parameter that is given more than once.
fn no_duplicate(pairs: &[(String, String)]) -> Result<(), Refusal> {
    match duplicate(pairs) {
        Some(name) => Err(invalid(&format!("the parameter `{name}` is given more than once"))),
        None => Ok(()),
    }
}

/// Refuses a request that is larger than `most` bytes.
fn size(given: usize, most: usize) -> Result<(), Refusal> {
    if given <= most {
        return Ok(());
    }
    Err(Refusal::new("RequestSizeLimitExceeded", format!("The request has {given} bytes, more than {most}.")))
}

/// Whether a text is a date, the form of every API 3.0 version.
fn version(text: &str) -> Result<(), Refusal> {
    let shape: String = text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    if shape == "0000-00-00" {
        return Ok(());
    }
    Err(Refusal::new("NoSuchVersion", format!("The version `{text}` does not exist.")))
}

/// Parses a Unix time in seconds and checks that it is within [`WINDOW`]. The message has both times,
/// because a wrong clock is the usual reason.
fn timestamp(text: &str, state: &State) -> Result<u64, Refusal> {
    let given: u64 = text.parse().map_err(|_| invalid("the timestamp is not a number of seconds"))?;
    let now = unix_seconds(state.now());
    if given.abs_diff(now) > WINDOW {
        let what = format!("The signature is expired: its time is {given}, the server's {now}.");
        return Err(Refusal::new("AuthFailure.SignatureExpire", what));
    }
    Ok(given)
}

/// The account that signed.
fn account<'a>(id: &str, state: &'a State) -> Result<&'a Account, Refusal> {
    let unknown = || Refusal::new("AuthFailure.SecretIdNotFound", "The SecretId is not found.");
    state.account(id).ok_or_else(unknown)
}

/// Compares the token with that of the account. An account without a token accepts no token.
fn token(account: &Account, given: &str) -> Result<(), Refusal> {
    let wanted = account.token.as_ref().map_or("", |token| token.expose_secret());
    if same(wanted.as_bytes(), given.as_bytes()) {
        return Ok(());
    }
    Err(Refusal::new("AuthFailure.TokenFailure", "The token is not the one of these keys."))
}
