//! Profiles of mode `sso`: `docs/sources.md`, Volcengine, 7.2.
//!
//! A person signed in with `ve sso login`. The keys come from the first of these steps that suffices:
//!
//! 1. the keys in the profile, while `sts-expiration` is in the future;
//! 2. the access token in the cache file, exchanged for keys: `GET
//!    https://cloudidentity-portal.REGION.volces.com/federation/credentials?account_id=…&role_name=…` with
//!    the header `x-bd-cloudidentity-bearer-token`;
//! 3. a new access token for the refresh token in the cache file: `POST
//!    https://cloudidentity-oauth.REGION.volces.com/token`, then step 2.
//!
//! BytePlus has the domain `bytepluses.com`. Default region: `cn-beijing`, for BytePlus `ap-southeast-1`.

use std::fmt::Write as _;
use std::sync::Arc;
use std::time::SystemTime;

use http::Method;
use serde_json::Value;

use super::cache::{EARLY, cached};
use super::config::{Found, NAME, broken};
use crate::action::info::{ActionInfo, Idempotency};
use crate::action::request::{Param, ParamLocation};
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

/// The header with the access token. It is not `Authorization`.
const BEARER: &str = "x-bd-cloudidentity-bearer-token";

/// The keys of the profile while they last, else keys for the access token of the session.
pub(super) async fn keys(
    context: &Context,
    found: &mut Found,
    session: &Session,
    transport: Option<&Arc<dyn HttpSend>>,
) -> Result<Credential, CredentialError> {
    let now = context.clock.now();
    if let Some(keys) = stored(found, now)? {
        return Ok(keys);
    }
    let name = found.need("sso-session-name")?;
    let (account, role) = (found.need("account-id")?, found.need("role-name")?);
    let mut settings = found.sessions.get_mut(&name).map(Value::take).unwrap_or_default();
    let Some(start_url) = take_text(&mut settings, "start-url") else {
        let shown = name.escape_debug();
        return Err(found.broken(&format!("has no sso-session `{shown}` with a `start-url`")).into());
    };
    let (domain, region) = match found.site {
        Site::Volcengine => ("volces.com", "cn-beijing"),
        Site::Byteplus => ("bytepluses.com", "ap-southeast-1"),
    };
    let region = take_text(&mut settings, "region").unwrap_or_else(|| region.to_owned());
    crate::endpoint::check_label("region", &region)?;
    let oauth = format!("cloudidentity-oauth.{region}.{domain}");
    let token =
        access_token(context, found, session, &cache_key(&start_url, &name), &oauth, transport).await?;

    let failed = |error| exchange::failed(NAME, &error);
    let portal =
        client(context, &format!("cloudidentity-portal.{region}.{domain}"), transport).map_err(failed)?;
    let info = ActionInfo::new("", "", "GetRoleCredentials")
        .with_method(Method::GET)
        .with_path("/federation/credentials");
    let call = portal
        .raw_action(info.anonymous())
        .param(Param::new("account_id"), account)
        .param(Param::new("role_name"), role)
        .secret(Param::new(BEARER).place(ParamLocation::Header), &token.into());
    let mut document = Value::from(call.invoke().await.map_err(failed)?);
    let mut result = either(&mut document, ["Result", "result"]);
    let mut keys = either(&mut result, ["RoleCredentials", "roleCredentials"]);
    let mut text = |names: [&str; 2]| {
        let missing = || found.broken(&format!("is of mode sso, and the response has no `{}`", names[0]));
        names.iter().find_map(|name| take_text(&mut keys, name)).ok_or_else(missing)
    };
    let credential = Credential::new(
        text(["AccessKeyId", "accessKeyId"])?,
        text(["SecretAccessKey", "secretAccessKey"])?,
    )?;
    let credential = credential.with_token(text(["SessionToken", "sessionToken"])?);
    let ends = ["Expiration", "expiration"].iter().find_map(|name| time::read(keys.get(*name)?));
    let ends = ends.ok_or_else(|| found.broken("is of mode sso, and the response has no `Expiration`"))?;
    Ok(credential.with_expiry(ends))
}

/// The keys that the tool wrote into the profile, while they last. The unit of `sts-expiration` follows from
/// its size.
fn stored(found: &mut Found, now: SystemTime) -> Result<Option<Credential>, Error> {
    let ends = found.profile.get("sts-expiration").and_then(time::read).filter(|ends| *ends > now + EARLY);
    let Some(ends) = ends else { return Ok(None) };
    let mut text = |name: &str| take_text(&mut found.profile, name);
    match (text("access-key"), text("secret-key"), text("session-token")) {
        (Some(id), Some(secret), Some(token)) => {
            Ok(Some(Credential::new(id, secret)?.with_token(token).with_expiry(ends)))
        }
        _ => Ok(None),
    }
}

/// The access token of the session, renewed if it has expired. `key` is the text whose hash names the cache
/// file, and `oauth` is the host that renews tokens.
async fn access_token(
    context: &Context,
    found: &Found,
    session: &Session,
    key: &str,
    oauth: &str,
    transport: Option<&Arc<dyn HttpSend>>,
) -> Result<String, CredentialError> {
    let now = context.clock.now();
    let (path, mut cache) = cached(context, &found.directory().join("sso").join("cache"), key)?;
    let ends = cache.get("expires_at").and_then(time::read);
    if let (Some(token), true) =
        (take_text(&mut cache, "access_token"), ends.is_some_and(|ends| ends > now + EARLY))
    {
        return Ok(token);
    }
    let again = |what: &str| broken(&path, &format!("{what}: sign in again with the command line tool"));
    if cache.get("client_secret_expires_at").and_then(time::read).is_some_and(|ends| ends <= now) {
        return Err(again("has a client whose registration has ended").into());
    }
    let mut text = |name: &str| {
        take_text(&mut cache, name)
            .ok_or_else(|| again(&format!("has an access token that has ended, and no `{name}`")))
    };
    let (refresh, id, secret) = (text("refresh_token")?, text("client_id")?, text("client_secret")?);
    let (current, access) = session.of(&refresh, now, EARLY);
    if let Some((Value::String(access), _)) = access {
        return Ok(access);
    }
    let failed = |error| exchange::failed(NAME, &error);
    // A refresh token may be good for one request only.
    let info = ActionInfo::new("", "", "RefreshToken")
        .with_path("/token")
        .with_idempotency(Idempotency::Unsafe)
        .anonymous();
    let call = client(context, oauth, transport)
        .map_err(failed)?
        .raw_action(info)
        .param(Param::new("grant_type"), "refresh_token")
        .param(Param::new("client_id"), &id)
        .secret(Param::new("client_secret"), &secret.into())
        .secret(Param::new("refresh_token"), &current.clone().into());
    let mut document = Value::from(call.invoke().await.map_err(failed)?);
    let lifetime = document.get("expires_in").and_then(seconds).unwrap_or(EARLY);
    let Some(token) = take_text(&mut document, "access_token") else {
        return Err(again("cannot be renewed: the response has no access token").into());
    };
    let next = take_text(&mut document, "refresh_token").unwrap_or(current);
    session.keep(&refresh, &next, Value::String(token.clone()), now + lifetime);
    Ok(token)
}

/// The member of either name: the service has used both spellings.
fn either(object: &mut Value, names: [&str; 2]) -> Value {
    let name = names.into_iter().find(|name| object.get(*name).is_some());
    name.and_then(|name| object.get_mut(name)).map(Value::take).unwrap_or_default()
}

/// The text whose SHA-1 names the cache file: JSON as Python's `json.dumps` writes it, without spaces.
fn cache_key(start_url: &str, session: &str) -> String {
    format!("{{\"start_url\":{},\"session_name\":{}}}", ascii(start_url), ascii(session))
}

/// A JSON text in which every character outside of printable ASCII is an escape, as `json.dumps` writes it:
/// `é` becomes `\u00e9`.
fn ascii(text: &str) -> String {
    let quoted = Value::from(text).to_string();
    let mut out = String::with_capacity(quoted.len());
    let mut units = [0; 2];
    for letter in quoted.chars() {
        match letter {
            ' '..='~' => out.push(letter),
            _ => {
                for unit in letter.encode_utf16(&mut units) {
                    // Writing into memory cannot fail.
                    let _ = write!(out, "\\u{unit:04x}");
                }
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cache_key_is_pythons_json() {
        let key = cache_key("https://a.example/\u{7f}\n", "中🚀\"");
        assert_eq!(
            key,
            r#"{"start_url":"https://a.example/\u007f\n","session_name":"\u4e2d\ud83d\ude80\""}"#
        );
    }
}
