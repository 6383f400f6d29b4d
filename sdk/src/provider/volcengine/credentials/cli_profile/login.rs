//! Profiles of mode `console-login`: `docs/sources.md`, Volcengine, 7.2.
//!
//! A person signed in with `ve login`. The tool stored the keys and a refresh token in a cache file:
//!
//! ```text
//! {"access_token": {"access_key_id": "…", "secret_access_key": "…", "session_token": "…"},
//!  "issued_at": "2026-03-01T08:09:05Z", "expires_in": 3600,
//!  "refresh_token": "…", "client_id": "…", "scope": "…"}
//! ```
//!
//! After that time, a form with the refresh token goes to
//! `https://signin.volcengine.com/authorize/oauth/token` (for BytePlus `https://signin.byteplus.com/…`),
//! or to the host in the member `endpoint_url` of the cache file. The new tokens stay in memory.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::SystemTime;

use secrecy::SecretString;
use serde_json::Value;

use super::cache::{EARLY, cached};
use super::config::{Found, NAME, broken, plain};
use crate::action::info::{ActionInfo, BodyFormat, Idempotency};
use crate::action::request::Param;
use crate::context::Context;
use crate::credential::take_text;
use crate::credential::{Credential, CredentialError};
use crate::error::Error;
use crate::provider::exchange;
use crate::provider::session::Session;
use crate::provider::sign_in::{client, seconds};
use crate::provider::volcengine::Site;
use crate::sign::time;
use crate::transport::HttpSend;

/// The keys of the login, renewed if they have expired.
///
/// The loop runs a second time if the service refuses the refresh token: the tool or another process may have
/// renewed it and written a new one into the file. If the file still has the same token, the person must sign
/// in again.
pub(super) async fn keys(
    context: &Context,
    found: &mut Found,
    session: &Session,
    transport: Option<&Arc<dyn HttpSend>>,
) -> Result<Credential, CredentialError> {
    let login = found.need("login-session")?;
    let directory = found.site.var(context, "LOGIN_CACHE_DIRECTORY").map(PathBuf::from);
    let directory = directory.unwrap_or_else(|| found.directory().join("login").join("cache"));
    let now = context.clock.now();
    let mut tried: Option<String> = None;
    loop {
        let (path, mut cache) = cached(context, &directory, &login)?;
        let ends = end(&cache);
        let access = cache.get_mut("access_token").map(Value::take).unwrap_or_default();
        if let Some(ends) = ends.filter(|ends| *ends > now + EARLY) {
            return Ok(credential(access, ends).map_err(|what| broken(&path, &what))?);
        }
        let again = |what: &str| broken(&path, &format!("{what}: sign in again with the command line tool"));
        let Some(refresh) = take_text(&mut cache, "refresh_token") else {
            return Err(again("has keys that have ended, and no `refresh_token`").into());
        };
        let (current, kept) = session.of(&refresh, now, EARLY);
        if let Some((access, ends)) = kept {
            return Ok(credential(access, ends).map_err(|what| broken(&path, &what))?);
        }
        if tried.as_ref() == Some(&current) {
            return Err(again("has a refresh token that the service does not accept").into());
        }
        match renew(context, found.site, &mut cache, &current, transport).await {
            Ok(mut document) => {
                let lifetime = document.get("expires_in").and_then(seconds).unwrap_or(EARLY);
                let next = take_text(&mut document, "refresh_token").unwrap_or(current);
                let access = document.get_mut("access_token").map(Value::take).unwrap_or_default();
                let keys = credential(access.clone(), now + lifetime).map_err(|what| again(&what))?;
                session.keep(&refresh, &next, access, now + lifetime);
                return Ok(keys);
            }
            // Another process may have renewed the token, and the old one is good for one request only.
            Err(error) if error.code() == Some("invalid_grant") => tried = Some(current),
            Err(error) => return Err(exchange::failed(NAME, &error).into()),
        }
    }
}

/// When the keys of the file expire: `issued_at` and `expires_in` seconds.
fn end(cache: &Value) -> Option<SystemTime> {
    let issued = cache.get("issued_at").and_then(time::read)?;
    issued.checked_add(cache.get("expires_in").and_then(seconds)?)
}

/// The keys in an access token, which is an object or its JSON text.
fn credential(access: Value, ends: SystemTime) -> Result<Credential, String> {
    let mut access = match access {
        Value::String(text) => serde_json::from_str(&text).unwrap_or_default(),
        other => other,
    };
    let mut text = |name: &str| {
        take_text(&mut access, name).ok_or_else(|| format!("has no `{name}` in its access token"))
    };
    let (id, secret) = (text("access_key_id")?, SecretString::from(text("secret_access_key")?));
    let token = text("session_token")?;
    let keys = Credential::new(id, secret).map_err(|error| format!("cannot be used: {}", error.message()))?;
    Ok(keys.with_token(token).with_expiry(ends))
}

/// Exchanges the refresh token for new tokens. Not retried after it may have been received: a refresh token
/// may be good for one request only.
async fn renew(
    context: &Context,
    site: Site,
    cache: &mut Value,
    refresh: &str,
    transport: Option<&Arc<dyn HttpSend>>,
) -> Result<Value, Error> {
    let host = match site {
        Site::Volcengine => "https://signin.volcengine.com",
        Site::Byteplus => "https://signin.byteplus.com",
    };
    let host = take_text(cache, "endpoint_url").unwrap_or_else(|| host.to_owned());
    let info = ActionInfo::new("", "", "RefreshToken")
        .with_path("/authorize/oauth/token")
        .with_body_format(BodyFormat::Form)
        .with_idempotency(Idempotency::Unsafe)
        .anonymous();
    let mut call = client(context, &host, transport)?
        .raw_action(info)
        .param(Param::new("grant_type"), "refresh_token")
        .param(Param::new("client_id"), plain(cache, "client_id").unwrap_or_default())
        .secret(Param::new("refresh_token"), &SecretString::from(refresh));
    if let Some(scope) = take_text(cache, "scope") {
        call = call.param(Param::new("scope"), scope);
    }
    call.invoke().await.map(Value::from)
}
