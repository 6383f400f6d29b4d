//! The gateway of Volcengine: `docs/sources.md`, Volcengine, 2 to 4.
//!
//! It verifies `HMAC-SHA256`, in the header `Authorization` or in the query (presigned).
//!
//! # Requests
//!
//! The action is always in the query, and the parameters are in the query, in a JSON body or in a form.
//!
//! ```http
//! POST /?Action=DescribeZones&Version=2020-04-01 HTTP/1.1
//! Host: ecs.cn-beijing.volcengineapi.com
//! Content-Type: application/json
//! X-Date: 20240101T000000Z
//! X-Content-Sha256: 44136fa3…
//! Authorization: HMAC-SHA256 Credential=AK/20240101/cn-beijing/ecs/request,
//!     SignedHeaders=content-type;host;x-content-sha256;x-date, Signature=9d1c…
//!
//! {"ZoneIds":["cn-beijing-a"]}
//! ```
//!
//! A presigned request has the same facts as parameters:
//!
//! ```http
//! GET /?Action=AssumeRole&Version=2018-01-01&X-Algorithm=HMAC-SHA256
//!     &X-Credential=AK/20240101/cn-beijing/sts/request&X-Date=20240101T000000Z&X-Expires=900
//!     &X-NotSignBody=&X-SignedHeaders=&X-SignedQueries=Action;Version;…&X-Signature=9d1c… HTTP/1.1
//! Host: sts.volcengineapi.com
//! ```
//!
//! # Responses
//!
//! Both have the header `X-Tt-Logid`. The member `Result` is missing if the action returns nothing.
//!
//! ```json
//! { "ResponseMetadata": { "RequestId": "…" }, "Result": { "Zones": [] } }
//! { "ResponseMetadata": { "RequestId": "…",
//!     "Error": { "Code": "SignatureDoesNotMatch", "CodeN": 100010, "Message": "…" } } }
//! ```
//!
//! # Checks
//!
//! In this order; the first one that fails decides the code. [`CODES`] has the statuses.
//!
//! | check | code |
//! | --- | --- |
//! | `Host` is sent | `MissingRequestInfo` |
//! | no header is repeated | `InvalidAuthorization` |
//! | the query is form-encoded UTF-8 | `MissingRequestInfo` |
//! | `Action` and `Version` are in the query | `MissingParameter` |
//! | there is a signature, unless the action may be unsigned | `MissingAuthenticationToken` |
//! | the signature has all its parts | `InvalidAuthorization` |
//! | the time is well-formed, and within 900 s or `X-Expires` | `InvalidTimestamp` |
//! | the scope is `DATE/REGION/SERVICE/request` with the day of the request | `InvalidAuthorization` |
//! | the access key is that of an account | `InvalidAccessKey` |
//! | what must be signed is signed | `InvalidAuthorization` |
//! | the digest of the body, then the signature | `SignatureDoesNotMatch` |
//! | the token is that of the account | `InvalidSecretToken` |
//! | the body is JSON or a form | `MissingParameter` |

use http::{Method, StatusCode};
use secrecy::ExposeSecret;
use serde_json::{Map, Value, json};

use super::hash::Hash;
use super::received::Received;
use super::refusal::Refusal;
use super::state::{Account, State};
use super::vendor::{Accepted, Label, Vendor, Wrapped};
use super::wire::{decode_form, same, unflatten};
use crate::sign::encode::{hex, percent};
use crate::sign::time::{read_signed, unix_seconds};

/// Checks signatures in a header and in the query.
pub(crate) struct Volcengine;

/// The only scheme. It also identifies the vendor.
const ALGORITHM: &str = "HMAC-SHA256";

/// The largest difference between the time of a request and that of the server, in seconds. A presigned query
/// can set another lifetime.
const WINDOW: u64 = 900;

/// The error codes of the gateway: number and status. The number is the member `CodeN` of an error;
/// codes of the services behind the gateway have none here.
const CODES: [(&str, u64, u16); 17] = [
    ("MissingParameter", 100_002, 400),
    ("MissingAuthenticationToken", 100_003, 401),
    ("MissingRequestInfo", 100_004, 400),
    ("MissingSignature", 100_005, 401),
    ("InvalidTimestamp", 100_006, 400),
    ("ServiceNotFound", 100_007, 404),
    ("InvalidActionOrVersion", 100_008, 404),
    ("InvalidAccessKey", 100_009, 401),
    ("SignatureDoesNotMatch", 100_010, 401),
    ("AccessDenied", 100_013, 403),
    ("InternalError", 100_014, 500),
    ("InternalServiceTimeout", 100_016, 504),
    ("FlowLimitExceeded", 100_018, 429),
    ("ServiceUnavailableTemp", 100_019, 503),
    ("MethodNotAllowed", 100_020, 405),
    ("InvalidAuthorization", 100_024, 400),
    ("InvalidSecretToken", 100_026, 401),
];

/// Decoded names and values, in the order in which they were sent.
type Pairs = Vec<(String, String)>;

impl Vendor for Volcengine {
    fn name(&self) -> &'static str {
        "volcengine"
    }

    fn claims(&self, received: &Received) -> bool {
        if received.has("authorization") {
            return received.header("authorization").split(' ').next() == Some(ALGORITHM);
        }
        let query = decode_form(&received.query).unwrap_or_default();
        let has = |name: &str| query.iter().any(|(known, _)| known == name);
        // The older signatures of other vendors have a nonce as a parameter.
        let foreign = has("Nonce") || has("SignatureNonce") || has("Signature") || has("AccessKeyId");
        let headers = received.headers.keys().any(|name| {
            let name = name.as_str();
            name.starts_with("x-acs-") || name.starts_with("x-tc-") || name.starts_with("x-sdk-date")
        });
        received.path == "/"
            && has("Action")
            && has("Version")
            && (has("X-Algorithm") || (!foreign && !headers))
    }

    fn label(&self, received: &Received) -> Label {
        let query = decode_form(&received.query).unwrap_or_default();
        let of = |name: &str| find(&query, name).unwrap_or_default().to_owned();
        let scope = match received.has("authorization") {
            true => part(received, "Credential").map(str::to_owned).unwrap_or_default(),
            false => of("X-Credential"),
        };
        let mut scope = scope.rsplit('/').skip(1).map(str::to_owned);
        let product = scope.next().unwrap_or_else(|| received.host_label().to_owned());
        Label {
            product,
            version: of("Version"),
            action: of("Action"),
            region: scope.next().filter(|region| !region.is_empty()),
        }
    }

    fn check(&self, received: &Received, state: &State) -> Result<Accepted, Refusal> {
        received.host(|| Refusal::new("MissingRequestInfo", "the header Host is missing"))?;
        if let Some(name) = received.headers.keys().find(|name| received.repeated(&[name.as_str()]).is_some())
        {
            return Err(invalid(&format!("the header {name} is sent more than once")));
        }
        let query = query(received)?;
        for name in ["Action", "Version"] {
            if find(&query, name).is_none_or(str::is_empty) {
                return Err(Refusal::new("MissingParameter", format!("{name} is missing in the query")));
            }
        }
        let account = if received.has("authorization") {
            Some(by_header(received, &query, state)?)
        } else if find(&query, "X-Signature").is_some() {
            Some(by_query(received, &query, state)?)
        } else if state.allows_unsigned(find(&query, "Action").unwrap_or_default()) {
            None
        } else {
            return Err(Refusal::new("MissingAuthenticationToken", "the request has no signature"));
        };
        Ok(Accepted { account: account.map(|account| account.id.clone()), params: params(received, query)? })
    }

    fn params(&self, received: &Received) -> Result<Value, Refusal> {
        params(received, query(received)?)
    }

    fn unknown(&self, label: &Label) -> Refusal {
        let Label { action, version, .. } = label;
        Refusal::new(
            "InvalidActionOrVersion",
            format!("could not find operation {action} for version {version}"),
        )
    }

    fn success(&self, value: Value, request_id: &str) -> Wrapped {
        let mut document =
            Map::from_iter([("ResponseMetadata".to_owned(), json!({ "RequestId": request_id }))]);
        if !value.is_null() {
            document.insert("Result".to_owned(), value);
        }
        Wrapped { status: StatusCode::OK, document: Value::Object(document) }
    }

    fn failure(&self, refusal: &Refusal, request_id: &str) -> Wrapped {
        let code = refusal.code.as_str();
        let known = CODES.iter().find(|(known, ..)| *known == code);
        let mut error = json!({ "Code": code, "Message": refusal.message });
        if let (Some((_, number, _)), Some(error)) = (known, error.as_object_mut()) {
            error.insert("CodeN".to_owned(), json!(number));
        }
        let usual = match known {
            Some((_, _, status)) => StatusCode::from_u16(*status).unwrap_or(StatusCode::BAD_REQUEST),
            None if code.contains("NotFound") => StatusCode::NOT_FOUND,
            None if code.contains("FlowLimitExceeded") => StatusCode::TOO_MANY_REQUESTS,
            None => StatusCode::BAD_REQUEST,
        };
        let document = json!({ "ResponseMetadata": { "RequestId": request_id, "Error": error } });
        Wrapped { status: refusal.status.unwrap_or(usual), document }
    }

    fn id_header(&self) -> Option<&'static str> {
        Some("x-tt-logid")
    }
}

/// The refusal of a signature that is malformed or incomplete.
fn invalid(what: &str) -> Refusal {
    Refusal::new("InvalidAuthorization", what)
}

/// The first value of a parameter.
fn find<'a>(pairs: &'a [(String, String)], name: &str) -> Option<&'a str> {
    pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}

/// The query parameters.
fn query(received: &Received) -> Result<Pairs, Refusal> {
    let malformed = || Refusal::new("MissingRequestInfo", "the query is not encoded UTF-8");
    decode_form(&received.query).ok_or_else(malformed)
}

/// One part of the header `Authorization`, such as `Credential`. Blanks after commas are optional.
fn part<'a>(received: &'a Received, name: &str) -> Option<&'a str> {
    let rest = received.header("authorization").strip_prefix(ALGORITHM)?;
    rest.split(',').find_map(|item| item.trim().strip_prefix(name)?.strip_prefix('='))
}

/// The signer and its scope: `AK/20240101/cn-beijing/ecs/request`.
struct Scope<'a> {
    /// The account that signed.
    account: &'a Account,
    /// The scope without the id: `20240101/cn-beijing/ecs/request`.
    text: &'a str,
    /// The day of the request, `20240101`.
    date: &'a str,
    /// The region, such as `cn-beijing`. It is not compared with the host.
    region: &'a str,
    /// The product, such as `ecs`. It is not compared with the host.
    service: &'a str,
}

impl<'a> Scope<'a> {
    /// Parses `id/20260301/cn-beijing/ecs/request`. The date must be that of the request.
    fn read(credential: &'a str, time: &str, state: &'a State) -> Result<Self, Refusal> {
        let wrong = || invalid("the credential is not `id/date/region/service/request`");
        let (id, text) = credential.split_once('/').ok_or_else(wrong)?;
        let [date, region, service, "request"] = text.split('/').collect::<Vec<_>>()[..] else {
            return Err(wrong());
        };
        if !time.starts_with(date) || date.len() != 8 {
            return Err(invalid("the date of the credential is not that of X-Date"));
        }
        if region.is_empty() || service.is_empty() {
            return Err(invalid("the credential has no region or no service"));
        }
        let unknown = || Refusal::new("InvalidAccessKey", "the access key does not exist");
        Ok(Self { account: state.account(id).ok_or_else(unknown)?, text, date, region, service })
    }

    /// Compares the signature of a canonical request.
    ///
    /// ```text
    /// HMAC-SHA256
    /// 20240101T000000Z
    /// 20240101/cn-beijing/ecs/request
    /// hex(sha256(canonical request))
    ///
    /// key = hmac(hmac(hmac(hmac(secret, date), region), service), "request")
    /// ```
    fn verify(&self, time: &str, canonical: &str, signature: &str) -> Result<(), Refusal> {
        let hash = hex(&Hash::Sha256.digest(canonical.as_bytes()));
        let text = format!("{ALGORITHM}\n{time}\n{}\n{hash}", self.text);
        let secret = self.account.secret.expose_secret().as_bytes().to_vec();
        let key = [self.date, self.region, self.service, "request"]
            .iter()
            .fold(secret, |key, part| Hash::Sha256.mac(&key, part.as_bytes()).to_vec());
        if same(hex(&Hash::Sha256.mac(&key, text.as_bytes())).as_bytes(), signature.as_bytes()) {
            return Ok(());
        }
        let what = "the request signature we calculated does not match the signature you provided";
        Err(Refusal::new("SignatureDoesNotMatch", what).expected(canonical.to_owned()))
    }

    /// Compares the token with that of the account. An account without a token accepts no token.
    fn token(&self, given: &str) -> Result<(), Refusal> {
        let wanted = self.account.token.as_ref().map_or("", |token| token.expose_secret());
        if same(wanted.as_bytes(), given.as_bytes()) {
            return Ok(());
        }
        Err(Refusal::new("InvalidSecretToken", "the session token is not the one of these keys"))
    }
}

/// Checks that a time has the form `20240101T000000Z`, and is at most `window` seconds from that of the
/// server.
fn in_time(time: &str, window: u64, state: &State) -> Result<(), Refusal> {
    let given = read_signed(time).filter(|_| time.len() == 16);
    let given = given
        .ok_or_else(|| Refusal::new("InvalidTimestamp", "X-Date is not of the form 20260301T080905Z"))?;
    if given.abs_diff(unix_seconds(state.now())) > window {
        return Err(Refusal::new("InvalidTimestamp", "X-Date is too far from the time of the server"));
    }
    Ok(())
}

/// The parameters, encoded again and sorted by name, then by value.
fn canonical_query(pairs: &[(String, String)]) -> String {
    let mut encoded: Vec<String> =
        pairs.iter().map(|(name, value)| format!("{}={}", percent(name), percent(value))).collect();
    // Sort by name and value: `=` in a pair would sort before some characters of an encoded name and after
    // others.
    encoded.sort_by(|a, b| a.split_once('=').cmp(&b.split_once('=')));
    encoded.join("&")
}

/// Checks a signature in the header `Authorization`.
///
/// ```text
/// POST
/// /
/// Action=DescribeZones&Version=2020-04-01
/// content-type:application/json
/// host:ecs.cn-beijing.volcengineapi.com        without the ports 80 and 443
/// x-content-sha256:44136fa3…
/// x-date:20240101T000000Z
///
/// content-type;host;x-content-sha256;x-date
/// 44136fa3…
/// ```
///
/// Each of `Content-Type`, `Host`, `X-Content-Sha256`, `X-Date` and `X-Security-Token` that is sent
/// must be signed.
fn by_header<'a>(
    received: &'a Received,
    query: &[(String, String)],
    state: &'a State,
) -> Result<&'a Account, Refusal> {
    let (Some(credential), Some(signed), Some(signature)) =
        (part(received, "Credential"), part(received, "SignedHeaders"), part(received, "Signature"))
    else {
        return Err(invalid("Authorization has no Credential, SignedHeaders or Signature"));
    };
    let time = received.header("x-date");
    in_time(time, WINDOW, state)?;
    let scope = Scope::read(credential, time, state)?;
    let names: Vec<&str> = signed.split(';').collect();
    let needed = ["content-type", "host", "x-content-sha256", "x-date", "x-security-token"];
    if let Some(name) = needed.iter().find(|name| received.has(name) && !names.contains(*name)) {
        return Err(invalid(&format!("the header {name} is not signed")));
    }
    let mut lines = String::new();
    for name in &names {
        if !names.is_sorted() || !received.has(name) {
            return Err(invalid(&format!("the header {name} is missing, or the headers are not sorted")));
        }
        let value = received.header(name).trim();
        let value = match *name {
            "host" => value.strip_suffix(":80").or_else(|| value.strip_suffix(":443")).unwrap_or(value),
            _ => value,
        };
        lines.push_str(&format!("{name}:{value}\n"));
    }
    let payload = hex(&Hash::Sha256.digest(&received.body));
    if received.header("x-content-sha256") != payload {
        return Err(Refusal::new("SignatureDoesNotMatch", "X-Content-Sha256 is not the digest of the body"));
    }
    let query = canonical_query(query);
    let Received { method, path, .. } = received;
    scope.verify(time, &format!("{method}\n{path}\n{query}\n{lines}\n{signed}\n{payload}"), signature)?;
    scope.token(received.header("x-security-token"))?;
    Ok(scope.account)
}

/// Checks a presigned request.
///
/// The canonical request is that of a signature in a header, with the parameters that `X-SignedQueries`
/// names, the header that `X-SignedHeaders` names (`host` or none), and the digest of an empty body.
/// All parameters except the signature and the token must be signed. The body is not covered.
fn by_query<'a>(
    received: &'a Received,
    query: &'a [(String, String)],
    state: &'a State,
) -> Result<&'a Account, Refusal> {
    let of = |name: &str| find(query, name).unwrap_or_default();
    if of("X-Algorithm") != ALGORITHM {
        return Err(invalid("X-Algorithm is not HMAC-SHA256"));
    }
    let time = of("X-Date");
    in_time(time, of("X-Expires").parse().unwrap_or(WINDOW), state)?;
    let scope = Scope::read(of("X-Credential"), time, state)?;
    let names: Vec<&str> = of("X-SignedQueries").split(';').collect();
    let own = ["X-Signature", "X-Security-Token"];
    if let Some((name, _)) =
        query.iter().find(|(name, _)| !names.contains(&name.as_str()) && !own.contains(&name.as_str()))
    {
        return Err(invalid(&format!("the parameter {name} is not signed")));
    }
    let signed: Pairs = query.iter().filter(|(name, _)| names.contains(&name.as_str())).cloned().collect();
    let (lines, headers) = match of("X-SignedHeaders") {
        "" => ("\n".to_owned(), ""),
        "host" => (format!("host:{}\n", received.header("host")), "host"),
        other => return Err(invalid(&format!("the headers {other} cannot be signed in a query"))),
    };
    let (empty, query) = (hex(&Hash::Sha256.digest(b"")), canonical_query(&signed));
    let Received { method, path, .. } = received;
    scope.verify(
        time,
        &format!("{method}\n{path}\n{query}\n{lines}\n{headers}\n{empty}"),
        of("X-Signature"),
    )?;
    scope.token(of("X-Security-Token"))?;
    Ok(scope.account)
}

/// The parameters of the action: those of the query beside a JSON document or a form.
///
/// A member of a JSON body takes precedence over a query parameter of the same name. The body of a GET
/// is not read.
fn params(received: &Received, query: Pairs) -> Result<Value, Refusal> {
    let own = |name: &str| {
        !matches!(
            name,
            "Action"
                | "Version"
                | "X-Date"
                | "X-Expires"
                | "X-NotSignBody"
                | "X-Credential"
                | "X-Algorithm"
                | "X-SignedHeaders"
                | "X-SignedQueries"
                | "X-Signature"
                | "X-Security-Token"
        )
    };
    let mut pairs: Pairs = query.into_iter().filter(|(name, _)| own(name)).collect();
    let malformed = |what: &str| Refusal::new("MissingParameter", format!("the body is not {what}"));
    if matches!(received.method, Method::GET | Method::HEAD) {
        return Ok(unflatten(&pairs, 1));
    }
    if received.is_form() {
        let body = std::str::from_utf8(&received.body).ok().and_then(decode_form);
        pairs.extend(body.ok_or_else(|| malformed("an encoded form"))?);
        return Ok(unflatten(&pairs, 1));
    }
    if received.media_type() != "application/json" {
        return Err(malformed("JSON or a form: check the content type"));
    }
    let Ok(Value::Object(document)) = serde_json::from_slice(&received.body) else {
        return Err(malformed("a JSON object"));
    };
    let Value::Object(mut all) = unflatten(&pairs, 1) else { return Ok(Value::Object(document)) };
    all.extend(document);
    Ok(Value::Object(all))
}
