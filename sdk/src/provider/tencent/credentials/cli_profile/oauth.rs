//! Profiles of people who signed in with `tccli auth login`.
//!
//! The file has the keys, the time at which they end, and the tokens to obtain new ones:
//!
//! ```text
//! {"type": "oauth", "secretId": "…", "secretKey": "…", "token": "…", "expiresAt": 1700007200,
//!  "oauth": {"openId": "…", "site": "…", "accessToken": "…", "expiresAt": 1700007200, "refreshToken": "…"}}
//! ```
//!
//! New keys take one or two requests to `cli.cloud.tencent.com`, which are not signed:
//!
//! 1. `POST /refresh_user_token`, only if the access token has ended: the refresh token gives a new access
//!    token.
//! 2. `POST /get_temp_cred`: the access token gives keys.
//!
//! The refresh token stays the same, so new tokens are kept in memory, and the file is not changed.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use http::Method;
use secrecy::SecretString;
use serde_json::Value;

use super::NAME;
use crate::action::info::ActionInfo;
use crate::action::request::Param;
use crate::context::Context;
use crate::credential::issued::KeyMembers;
use crate::credential::take_text;
use crate::credential::{Credential, CredentialError};
use crate::error::Error;
use crate::provider::session::Session;
use crate::provider::sign_in::{self, client};
use crate::sign::encode::uuid;
use crate::sign::time;
use crate::transport::HttpSend;

/// The sign-in service of the tool.
const HOST: &str = "https://cli.cloud.tencent.com";
/// New keys and tokens are obtained this long before the old ones end: 5 minutes, as in the tool.
pub(super) const EARLY: Duration = Duration::from_secs(5 * 60);

/// The names of the members in a response of `/get_temp_cred`.
const KEYS: KeyMembers =
    KeyMembers { id: &["SecretId"], secret: &["SecretKey"], token: &["Token"], expiry: &["ExpiresAt"] };
/// The names of the same members in the file of the tool.
const STORED: KeyMembers =
    KeyMembers { id: &["secretId"], secret: &["secretKey"], token: &["token"], expiry: &["expiresAt"] };

/// The keys of the file as long as they are valid, else new ones. If new ones cannot be obtained, the keys of
/// the file are used until they end.
///
/// `session` holds the tokens that earlier calls obtained. `broken` makes an error that names the file.
pub(super) async fn keys(
    context: &Context,
    document: &mut Value,
    session: &Session,
    transport: Option<&Arc<dyn HttpSend>>,
    broken: impl Fn(&str) -> Error,
) -> Result<Credential, CredentialError> {
    let now = context.clock.now();
    let mut tokens = document.get_mut("oauth").map(Value::take).unwrap_or_default();
    let new = renewed(context, &mut tokens, session, now, transport, &broken);
    stored_or_new(document, now, new).await
}

/// The keys of `document`, unless they end soon. Then those of `new`, or the old ones until they end.
pub(super) async fn stored_or_new(
    document: &mut Value,
    now: SystemTime,
    new: impl Future<Output = Result<Credential, CredentialError>>,
) -> Result<Credential, CredentialError> {
    let ends = document.get("expiresAt").and_then(time::read);
    let stored = STORED.take(NAME, document);
    match stored {
        Ok(keys) if ends.is_some_and(|ends| ends > now + EARLY) => Ok(keys),
        stored => match new.await {
            Ok(keys) => Ok(keys),
            Err(error) => match stored {
                Ok(keys) if ends.is_some_and(|ends| ends > now) => {
                    tracing::warn!(%error, "the keys of tccli cannot be renewed yet: the old ones are used until they end");
                    Ok(keys)
                }
                _ => Err(error),
            },
        },
    }
}

/// New keys for the access token, which is refreshed if it has ended.
///
/// # Errors
///
/// Kind `Credentials`. If the user has to sign in again, the message says so.
async fn renewed(
    context: &Context,
    tokens: &mut Value,
    session: &Session,
    now: SystemTime,
    transport: Option<&Arc<dyn HttpSend>>,
    broken: &impl Fn(&str) -> Error,
) -> Result<Credential, CredentialError> {
    let again = |what: &str| broken(&format!("{what}: sign in again with `tccli auth login`"));
    let ends = tokens.get("expiresAt").and_then(time::read);
    let mut need =
        |name: &str| take_text(tokens, name).ok_or_else(|| again(&format!("has no `{name}` in its `oauth`")));
    let (site, access) = (need("site")?, need("accessToken")?);
    let access = if ends.is_some_and(|ends| ends > now + EARLY) {
        access
    } else {
        let (refresh, open_id) = (need("refreshToken")?, need("openId")?);
        let (_, known) = session.of(&refresh, now, EARLY);
        match known.and_then(|(access, _)| access.as_str().map(str::to_owned)) {
            Some(access) => access,
            None => {
                let call = |call| refresh_call(call, &refresh, &open_id);
                let response = post(context, "RefreshUser", "/refresh_user_token", &site, transport, call);
                let mut response = response.await.map_err(|error| refused(error, &again))?;
                let ends = response.get("ExpiresAt").and_then(time::read).unwrap_or(now);
                let Some(access) = take_text(&mut response, "AccessToken") else {
                    return Err(again("has a refresh token that gives no `AccessToken`").into());
                };
                session.keep(&refresh, &refresh, Value::from(access.clone()), ends);
                access
            }
        }
    };
    let call = |call: RawCall| call.secret(Param::new("AccessToken"), &SecretString::from(access));
    let response = post(context, "GetTempCred", "/get_temp_cred", &site, transport, call);
    let mut response = response.await.map_err(|error| refused(error, &again))?;
    Ok(KEYS.take(NAME, &mut response)?)
}

/// A call of the sign-in service.
pub(super) type RawCall = crate::call::raw::RawCall<crate::provider::sign_in::SignIn>;

/// Adds the parameters of `/refresh_user_token`. The refresh token is masked in logs and errors.
fn refresh_call(call: RawCall, refresh: &str, open_id: &str) -> RawCall {
    call.secret(Param::new("RefreshToken"), &SecretString::from(refresh)).param(Param::new("OpenId"), open_id)
}

/// The error of a request that failed.
pub(super) fn refused(error: Error, again: &impl Fn(&str) -> Error) -> Error {
    sign_in::failed(NAME, error, again)
}

/// Sends one request with the parameters `TraceId` and `Site`, and those of `add`. Returns the response.
pub(super) async fn post(
    context: &Context,
    name: &'static str,
    path: &'static str,
    site: &str,
    transport: Option<&Arc<dyn HttpSend>>,
    add: impl FnOnce(RawCall) -> RawCall,
) -> Result<Value, Error> {
    let info = ActionInfo::new("", "", name).with_path(path).with_method(Method::POST);
    let call = client(context, HOST, transport)?
        .raw_action(info.anonymous().idempotent())
        .param(Param::new("TraceId"), uuid(context.nonce()))
        .param(Param::new("Site"), site);
    add(call).invoke().await.map(Value::from)
}
