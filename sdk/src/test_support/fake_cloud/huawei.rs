//! The API gateway of Huawei Cloud: `docs/sources.md`, Huawei Cloud, 2.
//!
//! It verifies `SDK-HMAC-SHA256`, `SDK-HMAC-SM3` (with the cargo feature `sm3`) and `V11-HMAC-SHA256`,
//! which derives a key for a region and a service. It does not verify the signatures with a pair of
//! keys, by P-256 and SM2: an account of the local cloud has no public key.
//!
//! # Requests
//!
//! ```http
//! GET /v1/p1/vpcs?limit=10 HTTP/1.1
//! Host: vpc.cn-north-4.myhuaweicloud.com
//! X-Sdk-Date: 20240101T000000Z
//! Authorization: SDK-HMAC-SHA256 Access=AK, SignedHeaders=host;x-sdk-date, Signature=6b2c…
//! ```
//!
//! With a derived key, the credential has a scope:
//!
//! ```text
//! Authorization: V11-HMAC-SHA256 Credential=AK/20240101/cn-north-4/vpc, SignedHeaders=…, Signature=…
//! ```
//!
//! # Responses
//!
//! A success is the document itself. A null is status 204 without a body. Both have the header
//! `X-Request-Id`.
//!
//! ```json
//! { "vpcs": [] }
//! { "error_code": "APIGW.0301", "error_msg": "Incorrect IAM authentication information: …" }
//! ```
//!
//! # Checks
//!
//! Each one that fails is status 401 with the code `APIGW.0301`; the message names the check:
//!
//! - `Authorization` is present and well-formed, unless the action may be unsigned.
//! - The headers of the signature and the content type are not repeated.
//! - `X-Sdk-Date` is `YYYYMMDDTHHMMSSZ` and within 300 s of the server's time.
//! - The access key is that of an account.
//! - The scope of a derived key is `DATE/REGION/SERVICE` with the day of the request.
//! - The signed headers are sorted and present. `Host` and `X-Sdk-Date`, and the digest and token
//!   headers if they are sent, are signed.
//! - `X-Sdk-Content-Sha256`, if it is sent, is the digest of the body or `UNSIGNED-PAYLOAD`. With SM3
//!   the header is `X-Sdk-Content-Sm3`.
//! - The signature.
//! - The token is that of the account.
//!
//! An action without a handler is status 404 with the code `APIGW.0101`.

use std::collections::HashMap;

use http::{HeaderValue, StatusCode};
use secrecy::ExposeSecret;
use serde_json::{Map, Value, json};

use super::hash::Hash;
use super::received::Received;
use super::refusal::Refusal;
use super::state::Account;
use super::state::State;
use super::vendor::{Accepted, Label, Vendor, Wrapped};
use super::wire::{decode_form, decode_percent, same, unflatten};
use crate::sign::encode::{hex, percent};
use crate::sign::hmac::hmac_sha256;
use crate::sign::time::{read_signed, unix_seconds};

/// The REST APIs behind the gateway.
pub(crate) struct Huawei;

/// The largest difference between the time of a request and that of the server, in seconds.
const WINDOW: u64 = 300;

/// In place of the digest of a body: the body is not signed.
const UNSIGNED: &str = "UNSIGNED-PAYLOAD";

impl Vendor for Huawei {
    fn name(&self) -> &'static str {
        "huawei"
    }

    fn claims(&self, received: &Received) -> bool {
        let authorization = received.header("authorization");
        received.has("x-sdk-date")
            || authorization.starts_with("SDK-")
            || authorization.starts_with("V11-")
            || (received.path != "/" && !received.has("x-tc-action"))
    }

    fn label(&self, received: &Received) -> Label {
        let scope = Authorization::parse(received.header("authorization")).and_then(|parsed| parsed.scope);
        let mut scope = scope.unwrap_or_default().split('/').skip(1);
        let region = scope.next().map(str::to_owned);
        let version = received.path.split('/').nth(1).filter(|first| first.starts_with('v'));
        Label {
            product: scope.next().unwrap_or_else(|| received.host_label()).to_owned(),
            version: version.unwrap_or_default().to_owned(),
            action: format!("{} {}", received.method, received.path),
            region,
        }
    }

    fn check(&self, received: &Received, state: &State) -> Result<Accepted, Refusal> {
        let params = params(received);
        if !received.has("authorization") {
            if state.allows_unsigned(&self.label(received).action) {
                return Ok(Accepted { account: None, params });
            }
            return Err(refused("the header `Authorization` is missing"));
        }
        let names = [
            "authorization",
            "content-type",
            "host",
            "x-sdk-content-sha256",
            "x-sdk-date",
            "x-security-token",
        ];
        if let Some(name) = received.repeated(&names) {
            return Err(refused(&format!("the header `{name}` is sent more than once")));
        }
        let parsed = Authorization::parse(received.header("authorization"))
            .ok_or_else(|| refused("the header `Authorization` has another form"))?;
        let date = received.header("x-sdk-date");
        let given =
            read_signed(date).ok_or_else(|| refused("x-sdk-date is missing or not YYYYMMDDTHHMMSSZ"))?;
        if given.abs_diff(unix_seconds(state.now())) > WINDOW {
            return Err(refused("x-sdk-date expired"));
        }
        let account =
            state.account(parsed.id).ok_or_else(|| refused("Get secretKey failed: ak not exist"))?;
        let (head, key, hash) = signing_key(&parsed, account, date)?;
        let mut first = None;
        // Clients sort by name and value. A client that sorts numbers numerically has another order.
        for sorted in [true, false] {
            let canonical = canonical(received, &parsed, hash, sorted)?;
            let text = format!("{head}\n{}", hex(&hash.digest(canonical.as_bytes())));
            let wanted = hex(&hash.mac(&key, text.as_bytes()));
            if same(wanted.as_bytes(), parsed.signature.as_bytes()) {
                token(account, received, &parsed)?;
                return Ok(Accepted { account: Some(account.id.clone()), params });
            }
            first.get_or_insert(format!("{text}\n\n{canonical}"));
        }
        Err(refused("verify aksk signature fail").expected(first.unwrap_or_default()))
    }

    fn params(&self, received: &Received) -> Result<Value, Refusal> {
        Ok(params(received))
    }

    fn unknown(&self, _: &Label) -> Refusal {
        let what = "The API does not exist or has not been published in the environment";
        Refusal::new("APIGW.0101", what).status(StatusCode::NOT_FOUND)
    }

    fn success(&self, value: Value, _: &str) -> Wrapped {
        let status = if value.is_null() { StatusCode::NO_CONTENT } else { StatusCode::OK };
        Wrapped { status, document: value }
    }

    fn failure(&self, refusal: &Refusal, _: &str) -> Wrapped {
        let status = match refusal.code.as_str() {
            "APIGW.0301" => StatusCode::UNAUTHORIZED,
            "APIGW.0308" => StatusCode::TOO_MANY_REQUESTS,
            _ => StatusCode::BAD_REQUEST,
        };
        let document = json!({ "error_code": refusal.code, "error_msg": refusal.message });
        Wrapped { status: refusal.status.unwrap_or(status), document }
    }

    fn id_header(&self) -> Option<&'static str> {
        Some("x-request-id")
    }
}

/// The refusal of a request by the gateway, status 401.
fn refused(what: &str) -> Refusal {
    Refusal::new("APIGW.0301", format!("Incorrect IAM authentication information: {what}"))
}

/// The parts of `SCHEME Access=AK, SignedHeaders=…, Signature=…` or `SCHEME Credential=AK/SCOPE, …`.
struct Authorization<'a> {
    /// The scheme, such as `SDK-HMAC-SHA256`.
    scheme: &'a str,
    /// The access key.
    id: &'a str,
    /// Date, region and service of a derived key: `20240101/cn-north-4/vpc`.
    scope: Option<&'a str>,
    /// Names in lower case, sorted, with semicolons between them.
    signed_headers: &'a str,
    /// 64 hexadecimal digits.
    signature: &'a str,
}

impl<'a> Authorization<'a> {
    /// Parses the header. The parts have this order, with a comma and a blank between them; `None` for
    /// any other form.
    fn parse(text: &'a str) -> Option<Self> {
        let (scheme, rest) = text.split_once(' ')?;
        let mut items = rest.split(", ");
        let (first, id) = items.next()?.split_once('=')?;
        let signed_headers = items.next()?.strip_prefix("SignedHeaders=")?;
        let signature = items.next()?.strip_prefix("Signature=")?;
        if items.next().is_some() {
            return None;
        }
        let (id, scope) = match first {
            "Access" => (id, None),
            "Credential" => {
                let (id, scope) = id.split_once('/')?;
                (id, Some(scope))
            }
            _ => return None,
        };
        Some(Self { scheme, id, scope, signed_headers, signature })
    }
}

/// The lines of the string to sign before the hash, and the signing key.
///
/// | scheme | lines | key |
/// | --- | --- | --- |
/// | `SDK-HMAC-SHA256`, `SDK-HMAC-SM3` | scheme, date | the secret |
/// | `V11-HMAC-SHA256` | scheme, date, scope | derived by HKDF, as hexadecimal text |
///
/// HKDF has the secret as key material, the id as salt and the scope as info.
fn signing_key(
    parsed: &Authorization<'_>,
    account: &Account,
    date: &str,
) -> Result<(String, Vec<u8>, Hash), Refusal> {
    let secret = account.secret.expose_secret().as_bytes();
    match (parsed.scheme, parsed.scope) {
        ("SDK-HMAC-SHA256", None) => Ok((format!("SDK-HMAC-SHA256\n{date}"), secret.to_vec(), Hash::Sha256)),
        #[cfg(feature = "sm3")]
        ("SDK-HMAC-SM3", None) => Ok((format!("SDK-HMAC-SM3\n{date}"), secret.to_vec(), Hash::Sm3)),
        ("V11-HMAC-SHA256", Some(scope)) => {
            let day = date.get(..8).unwrap_or_default();
            if scope.split('/').count() != 3 || scope.split('/').next() != Some(day) {
                return Err(refused("the scope of the credential is not DATE/REGION/SERVICE"));
            }
            let pseudo_random = hmac_sha256(account.id.as_bytes(), &[secret]);
            let derived = hex(&hmac_sha256(&pseudo_random, &[scope.as_bytes(), &[1]]));
            Ok((format!("V11-HMAC-SHA256\n{date}\n{scope}"), derived.into_bytes(), Hash::Sha256))
        }
        (other, _) => Err(refused(&format!("the local cloud does not verify `{other}`"))),
    }
}

/// The canonical request of a received request.
///
/// ```text
/// GET
/// /v1/p1/vpcs/                         encoded again, with a final slash
/// limit=10                             encoded again; sorted by name and value if `sorted`
/// host:vpc.cn-north-4.myhuaweicloud.com
/// x-sdk-date:20240101T000000Z
///
/// host;x-sdk-date
/// hex(digest of the body)
/// ```
fn canonical(
    received: &Received,
    parsed: &Authorization<'_>,
    hash: Hash,
    sorted: bool,
) -> Result<String, Refusal> {
    let names: Vec<&str> = parsed.signed_headers.split(';').collect();
    if !names.is_sorted() {
        return Err(refused("SignedHeaders is not sorted"));
    }
    for needed in ["host", "x-sdk-date", "x-sdk-content-sha256", "x-sdk-content-sm3", "x-security-token"] {
        if received.has(needed) && !names.contains(&needed) {
            return Err(refused(&format!("the header `{needed}` is not signed")));
        }
    }
    if !received.has("host") {
        return Err(refused("the header `Host` is missing"));
    }
    let mut text =
        format!("{}\n{}\n{}\n", received.method, uri(&received.path), query(&received.query, sorted));
    for name in &names {
        if !received.has(name) {
            return Err(refused(&format!("the signed header `{name}` is missing")));
        }
        let mut values: Vec<_> = received.headers.get_all(*name).iter().map(HeaderValue::as_bytes).collect();
        values.sort_unstable();
        for value in values {
            text.push_str(&format!("{name}:{}\n", String::from_utf8_lossy(value).trim()));
        }
    }
    let of_body = hex(&hash.digest(&received.body));
    let header = if hash == Hash::Sha256 { "x-sdk-content-sha256" } else { "x-sdk-content-sm3" };
    let payload = match received.header(header) {
        // The gateway hashes an empty body, even if the header declares the body unsigned.
        UNSIGNED if !received.body.is_empty() => UNSIGNED.to_owned(),
        "" | UNSIGNED => of_body,
        given if given == of_body => of_body,
        _ => return Err(refused(&format!("{header} is not the hash of the body"))),
    };
    Ok(format!("{text}\n{}\n{payload}", parsed.signed_headers))
}

/// The canonical path: decoded, each segment encoded again, with a final slash. `/a%2Fb` and `/a/b`
/// have the same canonical path.
fn uri(path: &str) -> String {
    let decoded = decode_percent(path);
    let encoded: Vec<String> = decoded.split('/').map(|segment| percent(segment).to_string()).collect();
    let mut uri = encoded.join("/");
    if !uri.ends_with('/') {
        uri.push('/');
    }
    uri
}

/// The canonical query. A name without `=` has an empty value.
fn query(text: &str, sorted: bool) -> String {
    let pair = |pair: &str| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decode_percent(name), decode_percent(value))
    };
    let mut pairs: Vec<_> = text.split('&').filter(|part| !part.is_empty()).map(pair).collect();
    if sorted {
        pairs.sort();
    }
    let encoded: Vec<String> =
        pairs.iter().map(|(name, value)| format!("{}={}", percent(name), percent(value))).collect();
    encoded.join("&")
}

/// Compares the token with that of the account. A token that is sent must be signed.
fn token(account: &Account, received: &Received, parsed: &Authorization<'_>) -> Result<(), Refusal> {
    let wanted = account.token.as_ref().map_or("", |token| token.expose_secret());
    let given = received.header("x-security-token");
    let signed = given.is_empty() || parsed.signed_headers.split(';').any(|name| name == "x-security-token");
    if signed && same(wanted.as_bytes(), given.as_bytes()) {
        return Ok(());
    }
    Err(refused("the security token is not the one of these keys"))
}

/// The parameters of the action: the query, and a JSON, form or multipart body.
///
/// The encoder repeats the name of a list in the query, so a repeated name becomes a list. A member of the
/// body takes precedence over a query parameter of the same name, and a JSON body that is not an object
/// replaces the parameters. A body in another form, or with malformed JSON, has none.
fn params(received: &Received) -> Value {
    let mut query = query_tree(&received.query);
    match (&mut query, body_tree(received)) {
        (Value::Object(query), Value::Object(members)) => query.extend(members),
        (Value::Object(pairs), Value::Null) if !pairs.is_empty() => {}
        (_, body) => return body,
    }
    query
}

/// The query as a tree: `limit=1&id=a&id=b` becomes `{"limit": "1", "id": ["a", "b"]}`. A query that is not
/// form-encoded has no parameters.
fn query_tree(query: &str) -> Value {
    let mut pairs = decode_form(query).unwrap_or_default();
    let mut counts: HashMap<String, usize> = HashMap::new();
    for (name, _) in &pairs {
        *counts.entry(name.clone()).or_default() += 1;
    }
    let mut next: HashMap<String, usize> = HashMap::new();
    for (name, _) in &mut pairs {
        if counts.get(name).is_some_and(|count| *count > 1) {
            let at = next.entry(name.clone()).or_default();
            *name = format!("{name}.{at}");
            *at += 1;
        }
    }
    unflatten(&pairs, 0)
}

/// The body as a tree, if it is JSON or a form. An empty body is an empty object, and any other body is null.
fn body_tree(received: &Received) -> Value {
    if received.body.is_empty() {
        return Value::Object(Map::new());
    }
    if received.media_type() == "application/json" {
        return serde_json::from_slice(&received.body).unwrap_or_default();
    }
    if let Some(parts) = received.parts() {
        let fields = parts.into_iter().filter(|part| part.file_name.is_none());
        let text = |data: &[u8]| String::from_utf8_lossy(data).into_owned();
        return fields.map(|part| (part.name, Value::from(text(part.data)))).collect();
    }
    let form = std::str::from_utf8(&received.body).ok().filter(|_| received.is_form()).and_then(decode_form);
    form.map_or(Value::Null, |pairs| unflatten(&pairs, 0))
}
