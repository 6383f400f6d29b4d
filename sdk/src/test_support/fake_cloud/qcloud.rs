//! The server of Tencent Cloud's legacy API 2.0: `docs/sources.md`, Tencent Cloud, 9.
//!
//! The API is separate from API 3.0 because its path, envelope and codes differ. The signature is that
//! of the older methods of API 3.0 with another path.
//!
//! # Requests
//!
//! ```http
//! POST /v2/index.php HTTP/1.1
//! Host: cvm.api.qcloud.com
//! Content-Type: application/x-www-form-urlencoded
//!
//! Action=DescribeInstances&Region=gz&SecretId=AKID&Nonce=7&Timestamp=1704067200&Signature=Rzc%3D
//! ```
//!
//! A GET has the same parameters in its query. `SignatureMethod` is `HmacSHA256` or anything else for
//! SHA-1.
//!
//! # Responses
//!
//! Both have status 200. The document has no request id.
//!
//! ```json
//! { "code": 0, "message": "", "codeDesc": "Success", "totalCount": 1 }
//! { "code": 4100, "message": "(120) the signature does not match", "codeDesc": "AuthFailure" }
//! ```
//!
//! # Checks
//!
//! In this order; the first one that fails decides the code:
//!
//! | check | code |
//! | --- | --- |
//! | the method is GET, or POST with a form; parameters are in one place | 4600 |
//! | no parameter is repeated; action, id, nonce, time and signature are given | 4000 |
//! | the time is a number; the nonce is a positive integer | 4000 |
//! | the time is within 300 s of the server's time | 4200; 4500 beyond 2 h |
//! | the id is that of an account | 4100, `(110)` |
//! | the signature | 4100, `(120)` |
//! | the token is that of the account | 4100, `(130)` |
//! | the nonce is new for this account and time | 4500 |

use http::{Method, StatusCode};
use secrecy::ExposeSecret;
use serde_json::{Map, Value, json};

use super::received::Received;
use super::refusal::Refusal;
use super::state::State;
use super::tencent::{older_matches, own_params, text_to_sign};
use super::vendor::{Accepted, Label, Vendor, Wrapped};
use super::wire::{duplicate, same};
use crate::sign::time::unix_seconds;

/// The API 2.0.
pub(crate) struct Qcloud;

/// The only path. It also identifies the vendor.
const PATH: &str = "/v2/index.php";
/// The content type of a POST.
const FORM: &str = "application/x-www-form-urlencoded";

/// The error codes: a number and a word for each. The word is `codeDesc` of an error. A code that is
/// not listed, such as one of a test, has an empty word; one that is not a number is sent as text.
const CODES: [(&str, &str); 9] = [
    ("4000", "InvalidParameter"),
    ("4100", "AuthFailure"),
    ("4200", "RequestExpired"),
    ("4300", "AccessDenied"),
    ("4400", "QuotaExceeded"),
    ("4500", "ReplayAttack"),
    ("4600", "UnsupportedProtocol"),
    ("5000", "ResourceNotFound"),
    ("5100", "OperationFailed"),
];

impl Vendor for Qcloud {
    fn name(&self) -> &'static str {
        "qcloud"
    }

    fn claims(&self, received: &Received) -> bool {
        received.path == PATH
    }

    fn label(&self, received: &Received) -> Label {
        let of = |name: &str| received.look_up(name).unwrap_or_default();
        Label {
            // The only module whose host has another name.
            product: if received.host_label() == "csec" { "sec" } else { received.host_label() }.to_owned(),
            version: of("Version"),
            action: of("Action"),
            region: Some(of("Region")).filter(|region| !region.is_empty()),
        }
    }

    fn check(&self, received: &Received, state: &State) -> Result<Accepted, Refusal> {
        let get = received.method == Method::GET;
        if !get && received.method != Method::POST {
            return Err(Refusal::new("4600", format!("the method {} is not GET or POST", received.method)));
        }
        if !get && received.media_type() != FORM {
            let what = format!("the content type `{}` is not `{FORM}`", received.media_type());
            return Err(Refusal::new("4600", what));
        }
        if (get && !received.body.is_empty()) || (!get && !received.query.is_empty()) {
            return Err(Refusal::new("4600", "parameters are in the query and in the body"));
        }
        let pairs = received.form().ok_or_else(|| invalid("the parameters are not form-encoded UTF-8"))?;
        if let Some(name) = duplicate(&pairs) {
            return Err(invalid(&format!("the parameter `{name}` is given more than once")));
        }
        let of = |name: &str| pairs.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value);
        for name in ["Action", "SecretId", "Nonce", "Timestamp", "Signature"] {
            if of(name).is_empty() {
                return Err(invalid(&format!("the parameter `{name}` is missing")));
            }
        }
        let given: u64 =
            of("Timestamp").parse().map_err(|_| invalid("`Timestamp` is not a number of seconds"))?;
        if !of("Nonce").parse::<i64>().is_ok_and(|nonce| nonce > 0) {
            return Err(invalid("`Nonce` is not a positive integer"));
        }
        let off = given.abs_diff(unix_seconds(state.now()));
        if off > 300 {
            // The server treats a time difference of more than two hours as a replay.
            let code = if off > 7_200 { "4500" } else { "4200" };
            return Err(Refusal::new(code, format!("the request's time is {off} seconds off the server's")));
        }
        let host = received.host(|| invalid("the header `Host` is missing"))?;
        let Some(account) = state.account(of("SecretId")) else {
            return Err(Refusal::new("4100", "(110) the SecretId is not found"));
        };
        // Values that begin with `@` are not signed in a POST: the SDK once used them for file uploads.
        let signed = |value: &str| get || !value.starts_with('@');
        let text = text_to_sign(received, &format!("{host}{PATH}"), &pairs, signed);
        // Any other method name means SHA-1.
        let sha256 = of("SignatureMethod") == "HmacSHA256";
        if !older_matches(account, &text, sha256, of("Signature")) {
            return Err(Refusal::new("4100", "(120) the signature does not match").expected(text));
        }
        let token = account.token.as_ref().map_or("", |token| token.expose_secret());
        if !same(token.as_bytes(), of("Token").as_bytes()) {
            return Err(Refusal::new("4100", "(130) the token is not the one of these keys"));
        }
        if !state.take_nonce(format!("{}/{}/{given}", account.id, of("Nonce"))) {
            return Err(Refusal::new("4500", "the nonce was used before"));
        }
        Ok(Accepted { account: Some(account.id.clone()), params: own_params(&pairs) })
    }

    fn params(&self, received: &Received) -> Result<Value, Refusal> {
        let pairs = received.form().ok_or_else(|| invalid("the parameters are not form-encoded UTF-8"))?;
        Ok(own_params(&pairs))
    }

    fn unknown(&self, label: &Label) -> Refusal {
        invalid(&format!("the action `{}` does not exist", label.action))
    }

    fn success(&self, value: Value, _: &str) -> Wrapped {
        let mut document = match value {
            Value::Object(members) => members,
            Value::Null => Map::new(),
            other => Map::from_iter([("data".to_owned(), other)]),
        };
        for (name, value) in [("code", json!(0)), ("message", json!("")), ("codeDesc", json!("Success"))] {
            document.insert(name.to_owned(), value);
        }
        Wrapped { status: StatusCode::OK, document: Value::Object(document) }
    }

    fn failure(&self, refusal: &Refusal, _: &str) -> Wrapped {
        let code = &refusal.code;
        let word = CODES.iter().find(|(known, _)| known == code).map_or("", |(_, word)| word);
        let code = code.parse::<i64>().map_or_else(|_| json!(code), |number| json!(number));
        let document = json!({ "code": code, "message": refusal.message, "codeDesc": word });
        Wrapped { status: refusal.status.unwrap_or(StatusCode::OK), document }
    }
}

/// The refusal of a request that is malformed, with code 4000.
fn invalid(what: &str) -> Refusal {
    Refusal::new("4000", what)
}
