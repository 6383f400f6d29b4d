//! Huawei Cloud Meeting (product `meeting`): `docs/sources.md`, Huawei Cloud, 11.
//!
//! # Requests
//!
//! Id and secret of an account are the name and password, or the id and key of an application, of a sign-in:
//!
//! ```http
//! POST /v1/usg/acs/auth/account HTTP/1.1
//! Authorization: Basic QUs6U0s=
//!
//! POST /v2/usg/acs/auth/appauth HTTP/1.1
//! Authorization: HMAC-SHA256 signature=8642…,access=QUs=
//! ```
//!
//! All other requests carry the token of an account, which the handler of the sign-in gives as `accessToken`:
//!
//! ```http
//! GET /v1/mmc/management/conferences HTTP/1.1
//! X-Access-Token: TOKEN
//! ```
//!
//! # Responses
//!
//! Those of the other products of Huawei Cloud.
//!
//! # Checks
//!
//! Each one that fails is status 401 with the code `USG.401`, which is the local cloud's own: the vendor
//! documents only the status. The message names the check.
//!
//! - `Authorization` of a sign-in and `X-Access-Token` are not repeated.
//! - The name or id is that of an account, and the password is its secret.
//! - The signature of an application over the members of the body, whose `expireTime` is in the future.
//! - The token of a call is that of an account.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::StatusCode;
use secrecy::ExposeSecret;
use serde_json::Value;

use super::huawei::Huawei;
use super::received::Received;
use super::refusal::Refusal;
use super::state::State;
use super::vendor::{Accepted, Label, Vendor, Wrapped};
use super::wire::same;
use crate::sign::encode::hex;
use crate::sign::hmac::hmac_sha256;
use crate::sign::time::unix_seconds;

/// The meeting service.
pub(crate) struct HuaweiMeeting;

/// The path of a sign-in by account.
const ACCOUNT: &str = "/v1/usg/acs/auth/account";
/// The path of a sign-in by application.
const APP: &str = "/v2/usg/acs/auth/appauth";

impl Vendor for HuaweiMeeting {
    fn name(&self) -> &'static str {
        "huawei"
    }

    fn claims(&self, received: &Received) -> bool {
        received.has("x-access-token") || [ACCOUNT, APP].contains(&received.path.as_str())
    }

    fn label(&self, received: &Received) -> Label {
        Label { product: "meeting".to_owned(), ..Huawei.label(received) }
    }

    fn check(&self, received: &Received, state: &State) -> Result<Accepted, Refusal> {
        if let Some(name) = received.repeated(&["authorization", "x-access-token"]) {
            return Err(refused(&format!("the header `{name}` is sent more than once")));
        }
        let params = self.params(received)?;
        let account = match received.path.as_str() {
            ACCOUNT => of_password(received, state)?,
            APP => of_signature(received, &params, state)?,
            _ => of_token(received, state)?,
        };
        Ok(Accepted { account: Some(account), params })
    }

    fn params(&self, received: &Received) -> Result<Value, Refusal> {
        Huawei.params(received)
    }

    fn unknown(&self, label: &Label) -> Refusal {
        Huawei.unknown(label)
    }

    fn success(&self, value: Value, request_id: &str) -> Wrapped {
        Huawei.success(value, request_id)
    }

    fn failure(&self, refusal: &Refusal, request_id: &str) -> Wrapped {
        Huawei.failure(refusal, request_id)
    }

    fn id_header(&self) -> Option<&'static str> {
        Huawei.id_header()
    }
}

/// The refusal of a sign-in or of a token.
fn refused(what: &str) -> Refusal {
    Refusal::new("USG.401", format!("Authentication failed: {what}")).status(StatusCode::UNAUTHORIZED)
}

/// The account of a name and its password.
fn of_password(received: &Received, state: &State) -> Result<String, Refusal> {
    let pair = received.header("authorization").strip_prefix("Basic ").and_then(decoded);
    let pair = pair.ok_or_else(|| refused("the header `Authorization` is not `Basic …`"))?;
    let (name, password) = pair.split_once(':').unwrap_or((&pair, ""));
    let account = state.account(name).ok_or_else(|| refused("no such account"))?;
    match same(account.secret.expose_secret().as_bytes(), password.as_bytes()) {
        true => Ok(account.id.clone()),
        false => Err(refused("the password is wrong")),
    }
}

/// The account whose secret signed the members of the body.
fn of_signature(received: &Received, params: &Value, state: &State) -> Result<String, Refusal> {
    let parts = received.header("authorization").strip_prefix("HMAC-SHA256 signature=");
    let (signature, access) = parts
        .and_then(|parts| parts.split_once(",access="))
        .ok_or_else(|| refused("the header `Authorization` is not `HMAC-SHA256 signature=…,access=…`"))?;
    let text = |name: &str| params.get(name).and_then(Value::as_str);
    let id = decoded(access).filter(|id| text("appId") == Some(id));
    let id = id.ok_or_else(|| refused("`access` is not `appId` in Base64"))?;
    let account = state.account(&id).ok_or_else(|| refused("no such application"))?;
    let expiry = params.get("expireTime").and_then(Value::as_u64).unwrap_or_default();
    if expiry <= unix_seconds(state.now()) {
        return Err(refused("`expireTime` is in the past"));
    }
    let expiry = expiry.to_string();
    let mut signed = vec![id.as_str()];
    signed.extend(text("corpId"));
    signed.extend([text("userId").unwrap_or_default(), &expiry, text("nonce").unwrap_or_default()]);
    let signed = signed.join(":");
    let secret = account.secret.expose_secret().as_bytes();
    match same(
        hex(&hmac_sha256(secret, &[signed.as_bytes()])).to_ascii_uppercase().as_bytes(),
        signature.as_bytes(),
    ) {
        true => Ok(account.id.clone()),
        false => Err(refused("the signature is wrong").expected(signed)),
    }
}

/// The account of a token.
fn of_token(received: &Received, state: &State) -> Result<String, Refusal> {
    let account = state.account_of_token(received.header("x-access-token"));
    account
        .map(|account| account.id.clone())
        .ok_or_else(|| refused("the access token is not one of an account"))
}

/// A text in Base64.
fn decoded(text: &str) -> Option<String> {
    String::from_utf8(STANDARD.decode(text).ok()?).ok()
}
