//! The gateway of Alibaba Cloud: `docs/sources.md`, Alibaba Cloud, 2 to 4.
//!
//! It serves both styles of APIs. An RPC call names its action, and its path is `/`. An ROA call is a
//! method and a path. It verifies the signatures of version 3 (`ACS3-HMAC-SHA256`, and `ACS3-HMAC-SM3`
//! with the cargo feature `sm3`) and of version 4 (`ACS4-HMAC-SHA256`), which are the same for both styles,
//! and those of version 2, which differ.
//!
//! # Requests
//!
//! Version 3:
//!
//! ```http
//! POST /?RegionId=cn-hangzhou HTTP/1.1
//! Host: ecs.cn-hangzhou.aliyuncs.com
//! x-acs-action: DescribeZones
//! x-acs-version: 2014-05-26
//! x-acs-date: 2024-01-01T00:00:00Z
//! x-acs-signature-nonce: 5f0c…
//! x-acs-content-sha256: e3b0c442…
//! Authorization: ACS3-HMAC-SHA256 Credential=AK,
//!     SignedHeaders=host;x-acs-action;x-acs-content-sha256;…, Signature=06563a9e…
//! ```
//!
//! RPC style, version 2:
//!
//! ```http
//! GET /?Action=DescribeZones&Version=2014-05-26&AccessKeyId=AK&SignatureMethod=HMAC-SHA1
//!     &SignatureVersion=1.0&SignatureNonce=5f0c…&Timestamp=2024-01-01T00:00:00Z
//!     &RegionId=cn-hangzhou&Signature=Rzc%3D HTTP/1.1
//! Host: ecs.aliyuncs.com
//! ```
//!
//! ROA style, version 2:
//!
//! ```http
//! GET /clusters HTTP/1.1
//! Host: cs.aliyuncs.com
//! Date: Mon, 01 Jan 2024 00:00:00 GMT
//! x-acs-signature-nonce: 5f0c…
//! x-acs-version: 2015-12-15
//! Authorization: acs AK:Rzc=
//! ```
//!
//! # Responses
//!
//! Both have the header `x-acs-request-id`. A success that is not an object is sent without a request
//! id in it.
//!
//! ```json
//! { "RequestId": "…", "Zones": { "Zone": [] } }
//! { "Code": "SignatureNonceUsed", "Message": "…", "RequestId": "…", "HostId": "127.0.0.1", "Recommend": "" }
//! ```
//!
//! # Checks
//!
//! In about this order; the first one that fails decides the code:
//!
//! | check | code |
//! | --- | --- |
//! | `Host` and the required headers or parameters are given | `Missing…` with the name |
//! | no header is repeated; no parameter of an RPC call of version 2 is repeated | `InvalidParameter` |
//! | the query and a form body are form-encoded UTF-8 | `InvalidParameter` |
//! | there is a signature, unless the action may be unsigned | `MissingAccessKeyId` |
//! | versions 3, 4: `Authorization` is well-formed, all that must be is signed | `IncompleteSignature` |
//! | version 4: the scope has the day of the request and its fixed end | `IncompleteSignature` |
//! | the time is well-formed | `InvalidTimeStamp.Format` |
//! | the time is within 300 s of the server's time | `InvalidTimeStamp.Expired` |
//! | the id is that of an account | `InvalidAccessKeyId.NotFound` |
//! | the signature, and the digest of the body | `SignatureDoesNotMatch` |
//! | the token is that of the account | `InvalidSecurityToken.MismatchWithAccessKey` |
//! | the nonce is new for this account | `SignatureNonceUsed` |
//!
//! The message of `SignatureDoesNotMatch` contains the string that the server would have signed, as the
//! vendor's does.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::StatusCode;
use secrecy::ExposeSecret;
use serde_json::{Map, Value, json};

use super::alibaba_region;
use super::hash::Hash;
use super::received::Received;
use super::refusal::Refusal;
use super::state::Account;
use super::state::State;
use super::vendor::{Accepted, Label, Vendor, Wrapped};
use super::wire::{decode_form, decode_percent, duplicate, same, unflatten};
use crate::sign::encode::{hex, percent};
use crate::sign::hmac::hmac_sha1;
use crate::sign::time::{self, read_signed, unix_seconds};

/// The RPC and ROA styles, with signatures of version 2 or 3.
pub(crate) struct Alibaba;

/// The largest difference between the time of a request and that of the server, in seconds.
const WINDOW: u64 = 300;

/// The common parameters of the RPC style. They are not parameters of the action. `RegionId` is not one
/// of them: many actions have it as a parameter.
const COMMON: [&str; 12] = [
    "AccessKeyId",
    "Action",
    "BearerToken",
    "Format",
    "SecurityToken",
    "Signature",
    "SignatureMethod",
    "SignatureNonce",
    "SignatureType",
    "SignatureVersion",
    "Timestamp",
    "Version",
];

impl Vendor for Alibaba {
    fn name(&self) -> &'static str {
        "alibaba"
    }

    fn claims(&self, received: &Received) -> bool {
        let authorization = received.header("authorization");
        authorization.starts_with("ACS3-")
            || authorization.starts_with("ACS4-")
            || authorization.starts_with("acs ")
            || received.headers.keys().any(|name| name.as_str().starts_with("x-acs-"))
            || received.look_up("AccessKeyId").is_some()
            || received.look_up("SignatureNonce").is_some()
    }

    fn label(&self, received: &Received) -> Label {
        let of = |header: &str, param: &str| match received.has(header) {
            true => received.header(header).to_owned(),
            false => received.look_up(param).unwrap_or_default(),
        };
        let action = Some(of("x-acs-action", "Action")).filter(|action| !action.is_empty());
        Label {
            product: received.host_label().to_owned(),
            version: of("x-acs-version", "Version"),
            action: action.unwrap_or_else(|| format!("{} {}", received.method, received.path)),
            region: Some(of("x-acs-region-id", "RegionId")).filter(|region| !region.is_empty()),
        }
    }

    fn check(&self, received: &Received, state: &State) -> Result<Accepted, Refusal> {
        received.host(|| missing("Host"))?;
        if let Some(name) = received.headers.keys().find(|name| received.repeated(&[name.as_str()]).is_some())
        {
            return Err(invalid(&format!("the header {name} is sent more than once")));
        }
        let (query, body) = pairs(received)?;
        let authorization = received.header("authorization");
        let account = if authorization.starts_with("ACS3-") || authorization.starts_with("ACS4-") {
            Some(version3(received, &query, state)?)
        } else if authorization.starts_with("acs ") {
            Some(roa(received, &query, state)?)
        } else if query.iter().chain(&body).any(|(name, _)| name == "Signature") {
            Some(rpc(received, &query, &body, state)?)
        } else if state.allows_unsigned(&self.label(received).action) {
            None
        } else {
            return Err(missing("AccessKeyId"));
        };
        let params = params(received, query, body)?;
        Ok(Accepted { account: account.map(|account| account.id.clone()), params })
    }

    fn params(&self, received: &Received) -> Result<Value, Refusal> {
        let (query, body) = pairs(received)?;
        params(received, query, body)
    }

    fn insist(&self, received: &Received, label: &Label, params: &Value) -> Result<(), Refusal> {
        // Only RPC calls have `RegionId` as a parameter.
        if received.path == "/" { alibaba_region::insist(label, params) } else { Ok(()) }
    }

    fn unknown(&self, _: &Label) -> Refusal {
        Refusal::new(
            "InvalidAction.NotFound",
            "Specified api is not found, please check your url and method.",
        )
    }

    fn success(&self, value: Value, request_id: &str) -> Wrapped {
        let document = match value {
            Value::Object(mut members) => {
                members.entry("RequestId").or_insert_with(|| request_id.into());
                Value::Object(members)
            }
            other => other,
        };
        Wrapped { status: StatusCode::OK, document }
    }

    fn failure(&self, refusal: &Refusal, request_id: &str) -> Wrapped {
        let code = refusal.code.as_str();
        let status = match code {
            _ if code.starts_with("InternalError") => StatusCode::INTERNAL_SERVER_ERROR,
            _ if code.starts_with("ServiceUnavailable") => StatusCode::SERVICE_UNAVAILABLE,
            _ if code.contains("NotFound") => StatusCode::NOT_FOUND,
            _ => StatusCode::BAD_REQUEST,
        };
        let document = json!({
            "Code": code, "Message": refusal.message, "RequestId": request_id, "HostId": "127.0.0.1",
            "Recommend": "",
        });
        Wrapped { status: refusal.status.unwrap_or(status), document }
    }

    fn id_header(&self) -> Option<&'static str> {
        Some("x-acs-request-id")
    }
}

/// The refusal of a request that lacks a header or a parameter, such as `MissingTimestamp`.
fn missing(name: &str) -> Refusal {
    Refusal::new(format!("Missing{name}"), format!("{name} is mandatory for this action."))
}

/// The refusal of a request that is malformed.
fn invalid(what: &str) -> Refusal {
    Refusal::new("InvalidParameter", format!("The request is not valid: {what}."))
}

/// The refusal of a wrong signature. Like the vendor, it contains the string that the server would have
/// signed.
fn no_match(string_to_sign: String) -> Refusal {
    let what = "Specified signature is not matched with our calculation. server string to sign is:";
    Refusal::new("SignatureDoesNotMatch", format!("{what}{string_to_sign}")).expected(string_to_sign)
}

/// The account that signed.
fn account<'a>(id: &str, state: &'a State) -> Result<&'a Account, Refusal> {
    let unknown = || Refusal::new("InvalidAccessKeyId.NotFound", "Specified access key is not found.");
    state.account(id).ok_or_else(unknown)
}

/// Compares the token with that of the account. An account without a token accepts no token.
fn token(account: &Account, given: &str) -> Result<(), Refusal> {
    let wanted = account.token.as_ref().map_or("", |token| token.expose_secret());
    if same(wanted.as_bytes(), given.as_bytes()) {
        return Ok(());
    }
    let what = "Specified SecurityToken is not the one of these keys.";
    Err(Refusal::new("InvalidSecurityToken.MismatchWithAccessKey", what))
}

/// Checks that a Unix time, in seconds, is within [`WINDOW`] of that of the server. `None` is a
/// malformed time.
fn in_time(given: Option<u64>, state: &State) -> Result<(), Refusal> {
    let given = given.ok_or_else(|| {
        Refusal::new("InvalidTimeStamp.Format", "Specified time stamp or date value is not well formatted.")
    })?;
    if given.abs_diff(unix_seconds(state.now())) > WINDOW {
        let what = "Specified time stamp or date value is expired.";
        return Err(Refusal::new("InvalidTimeStamp.Expired", what));
    }
    Ok(())
}

/// Refuses a nonce that the account has used. An ROA request of version 2 may have none.
fn fresh(nonce: &str, account: &Account, state: &State) -> Result<(), Refusal> {
    if nonce.is_empty() || state.take_nonce(format!("{}/{nonce}", account.id)) {
        return Ok(());
    }
    Err(Refusal::new("SignatureNonceUsed", "Specified signature nonce was used already."))
}

/// Checks a signature by ACS3-HMAC-SHA256, ACS3-HMAC-SM3 or ACS4-HMAC-SHA256.
///
/// ```text
/// ACS3-HMAC-SHA256
/// hex(sha256(canonical request))
///
/// POST                                         the canonical request
/// /
/// RegionId=cn-hangzhou                         encoded again, sorted by name and value
/// host:ecs.cn-hangzhou.aliyuncs.com
/// x-acs-action:DescribeZones
/// …
///
/// host;x-acs-action;…
/// e3b0c442…                                    digest of the body, also in x-acs-content-sha256
/// ```
///
/// `Host`, `Content-Type` and all `x-acs-` headers that are sent must be signed. The key is the secret; that
/// of version 4 is derived from the secret and the scope, which follows the id.
fn version3<'a>(
    received: &Received,
    query: &[(String, String)],
    state: &'a State,
) -> Result<&'a Account, Refusal> {
    for name in
        ["x-acs-action", "x-acs-version", "x-acs-date", "x-acs-content-sha256", "x-acs-signature-nonce"]
    {
        if received.header(name).is_empty() {
            return Err(missing(name));
        }
    }
    let incomplete = |what: String| {
        let start = "The request signature does not conform to Aliyun standards";
        Refusal::new("IncompleteSignature", format!("{start}: {what}."))
    };
    let parts = |text| {
        let rest = received.header("authorization").split_once(' ')?.1;
        rest.split(',').find_map(|item: &str| item.trim().strip_prefix(text)?.strip_prefix('='))
    };
    let (Some(id), Some(signed_headers), Some(signature)) =
        (parts("Credential"), parts("SignedHeaders"), parts("Signature"))
    else {
        return Err(incomplete("Authorization has no Credential, SignedHeaders or Signature".to_owned()));
    };
    let scheme = received.header("authorization").split(' ').next().unwrap_or_default();
    let hash = match scheme {
        "ACS3-HMAC-SHA256" | "ACS4-HMAC-SHA256" => Hash::Sha256,
        #[cfg(feature = "sm3")]
        "ACS3-HMAC-SM3" => Hash::Sm3,
        other => return Err(incomplete(format!("the local cloud does not verify {other}"))),
    };
    in_time(read_signed(received.header("x-acs-date")), state)?;
    let (id, scope) = match scheme {
        "ACS4-HMAC-SHA256" => {
            let found = id.split_once('/').filter(|(_, scope)| {
                let day = received.header("x-acs-date").get(..10).unwrap_or_default().replace('-', "");
                scope.split('/').count() == 4
                    && scope.starts_with(&format!("{day}/"))
                    && scope.ends_with("/aliyun_v4_request")
            });
            let (id, scope) =
                found.ok_or_else(|| incomplete("the scope of the credential is wrong".to_owned()))?;
            (id, Some(scope))
        }
        _ => (id, None),
    };
    let account = account(id, state)?;
    let names: Vec<&str> = signed_headers.split(';').collect();
    let must = |name: &str| name == "host" || name == "content-type" || name.starts_with("x-acs-");
    if let Some(name) =
        received.headers.keys().find(|name| must(name.as_str()) && !names.contains(&name.as_str()))
    {
        return Err(incomplete(format!("the header {name} is not signed")));
    }
    let mut sorted = query.to_vec();
    sorted.sort();
    let pairs: Vec<String> =
        sorted.iter().map(|(name, value)| format!("{}={}", percent(name), percent(value))).collect();
    let mut canonical = format!("{}\n{}\n{}\n", received.method, received.path, pairs.join("&"));
    for name in &names {
        if !names.is_sorted() || !received.has(name) {
            return Err(incomplete(format!("the header {name} is missing, or the headers are not sorted")));
        }
        canonical.push_str(&format!("{name}:{}\n", received.header(name).trim()));
    }
    let payload = hex(&hash.digest(&received.body));
    canonical.push_str(&format!("\n{signed_headers}\n{payload}"));
    let text = format!("{scheme}\n{}", hex(&hash.digest(canonical.as_bytes())));
    let secret = account.secret.expose_secret();
    let key = match scope {
        None => secret.as_bytes().to_vec(),
        Some(scope) => scope.split('/').fold(format!("aliyun_v4{secret}").into_bytes(), |key, part| {
            hash.mac(&key, part.as_bytes()).to_vec()
        }),
    };
    let wanted = hex(&hash.mac(&key, text.as_bytes()));
    let whole = received.header("x-acs-content-sha256") == payload;
    if !whole || !same(wanted.as_bytes(), signature.as_bytes()) {
        return Err(no_match(format!("{text}, server canonical request is:{canonical}")));
    }
    token(account, received.header("x-acs-security-token"))?;
    fresh(received.header("x-acs-signature-nonce"), account, state)?;
    Ok(account)
}

/// Checks a ROA signature of version 2: HMAC-SHA1 over some headers and the resource, without the body.
///
/// ```text
/// GET
/// application/json                             Accept
///                                              Content-MD5
///                                              Content-Type
/// Mon, 01 Jan 2024 00:00:00 GMT                Date
/// x-acs-signature-nonce:5f0c…                  all x-acs- headers, sorted
/// x-acs-version:2015-12-15
/// /clusters?name=a                             path and decoded query, sorted
/// ```
///
/// Several forms of the last line are accepted, because the vendor's SDKs differ: an empty value with
/// or without `=`, and the path as sent or decoded.
fn roa<'a>(
    received: &Received,
    query: &[(String, String)],
    state: &'a State,
) -> Result<&'a Account, Refusal> {
    let date = time::read_http_date(received.header("date"));
    in_time(date.map(unix_seconds), state)?;
    let authorization = received.header("authorization");
    let (id, signature) =
        authorization.strip_prefix("acs ").and_then(|rest| rest.split_once(':')).unwrap_or_default();
    let account = account(id, state)?;
    let mut head = format!("{}\n", received.method);
    for name in ["accept", "content-md5", "content-type", "date"] {
        head.push_str(&format!("{}\n", received.header(name)));
    }
    let mut own: Vec<&str> =
        received.headers.keys().map(|name| name.as_str()).filter(|name| name.starts_with("x-acs-")).collect();
    own.sort_unstable();
    for name in own {
        head.push_str(&format!("{name}:{}\n", received.header(name).trim()));
    }
    let mut sorted = query.to_vec();
    sorted.sort();
    let mut first = None;
    // The two generations of the vendor's SDKs write an empty value as `k=` and as `k`.
    for mark in ["=", ""] {
        let pair = |(name, value): &(String, String)| match value.as_str() {
            "" => format!("{name}{mark}"),
            value => format!("{name}={value}"),
        };
        let pairs: Vec<String> = sorted.iter().map(pair).collect();
        let question = if pairs.is_empty() { "" } else { "?" };
        for path in [received.path.clone(), decode_percent(&received.path)] {
            let text = format!("{head}{path}{question}{}", pairs.join("&"));
            let mac = hmac_sha1(account.secret.expose_secret().as_bytes(), &[text.as_bytes()]);
            if same(STANDARD.encode(mac).as_bytes(), signature.as_bytes()) {
                token(account, received.header("x-acs-security-token"))?;
                fresh(received.header("x-acs-signature-nonce"), account, state)?;
                return Ok(account);
            }
            first.get_or_insert(text);
        }
    }
    Err(no_match(first.unwrap_or_default()))
}

/// Checks an RPC signature of version 2: HMAC-SHA1 over all parameters.
///
/// ```text
/// GET&%2F&AccessKeyId%3DAK%26Action%3DDescribeZones%26…
/// ```
///
/// The text consists of the method, the encoded path, and the encoded canonical query: all parameters
/// of query and body except `Signature`, sorted by name. The key is the secret followed by `&`.
fn rpc<'a>(
    received: &Received,
    query: &[(String, String)],
    body: &[(String, String)],
    state: &'a State,
) -> Result<&'a Account, Refusal> {
    if received.path != "/" {
        return Err(invalid("the path of an RPC call is `/`"));
    }
    for pairs in [query, body] {
        if let Some(name) = duplicate(pairs) {
            return Err(invalid(&format!("the parameter {name} is given more than once")));
        }
    }
    // A field of the body takes precedence over a query parameter.
    let mut all: std::collections::BTreeMap<&str, &str> = std::collections::BTreeMap::new();
    all.extend(query.iter().chain(body).map(|(name, value)| (name.as_str(), value.as_str())));
    let of = |name: &str| all.get(name).copied().unwrap_or_default();
    for name in [
        "Action",
        "Version",
        "AccessKeyId",
        "SignatureMethod",
        "SignatureVersion",
        "SignatureNonce",
        "Timestamp",
    ] {
        if of(name).is_empty() {
            return Err(missing(name));
        }
    }
    if (of("SignatureMethod"), of("SignatureVersion")) != ("HMAC-SHA1", "1.0") {
        return Err(invalid("the local cloud verifies HMAC-SHA1, version 1.0, only"));
    }
    in_time(read_signed(of("Timestamp")), state)?;
    let account = account(of("AccessKeyId"), state)?;
    let pairs: Vec<String> = all
        .iter()
        .filter(|(name, _)| **name != "Signature")
        .map(|(name, value)| format!("{}={}", percent(name), percent(value)))
        .collect();
    let text = format!("{}&%2F&{}", received.method, percent(&pairs.join("&")));
    let key = format!("{}&", account.secret.expose_secret());
    let mac = hmac_sha1(key.as_bytes(), &[text.as_bytes()]);
    if !same(STANDARD.encode(mac).as_bytes(), of("Signature").as_bytes()) {
        return Err(no_match(text));
    }
    token(account, of("SecurityToken"))?;
    fresh(of("SignatureNonce"), account, state)?;
    Ok(account)
}

/// Decoded names and values, in the order in which they were sent.
type Pairs = Vec<(String, String)>;

/// The pairs of the query and of a form body. A body that is not a form has none.
fn pairs(received: &Received) -> Result<(Pairs, Pairs), Refusal> {
    let query = decode_form(&received.query).ok_or_else(|| invalid("the query is not encoded UTF-8"))?;
    let body = match received.is_form() {
        true => std::str::from_utf8(&received.body).ok().and_then(decode_form),
        false => Some(Vec::new()),
    };
    Ok((query, body.ok_or_else(|| invalid("the body is not an encoded form"))?))
}

/// The parameters of the action: the query, and a form body or the members of a JSON body.
///
/// A member of a JSON body takes precedence over a query parameter of the same name. A JSON body that
/// is not an object replaces the parameters.
fn params(
    received: &Received,
    query: Vec<(String, String)>,
    body: Vec<(String, String)>,
) -> Result<Value, Refusal> {
    let own = |pairs: Vec<(String, String)>| {
        pairs.into_iter().filter(|(name, _)| !COMMON.contains(&name.as_str())).collect::<Vec<_>>()
    };
    let mut pairs = own(query);
    pairs.extend(own(body));
    let mut params = unflatten(&pairs, 1);
    if received.media_type() == "application/json" && !received.body.is_empty() {
        let document: Value = serde_json::from_slice(&received.body)
            .map_err(|error| invalid(&format!("the body is not JSON: {error}")))?;
        match (&mut params, document) {
            (Value::Object(params), Value::Object(members)) => params.extend(members),
            (_, other) => params = other,
        }
    }
    Ok(if params.is_null() { Value::Object(Map::new()) } else { params })
}
