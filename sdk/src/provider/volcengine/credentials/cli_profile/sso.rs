//! Profiles of mode `sso`: `docs/sources.md`, Volcengine, 7.2.
//!
//! A person signed in with `ve sso login`. The keys come from the first of these steps that suffices:
//!
//! 1. the keys in the profile, while `sts-expiration` is in the future;
//! 2. the access token in the cache file, exchanged for keys: `GET
//!    https://cloudidentity-portal.REGION.volces.com/federation/credentials?account_id=…&role_name=…` with
//!    the header `x-bd-cloudidentity-bearer-token`;
//! 3. a new access token for the refresh token in the cache file: `POST
//!    https://cloudidentity-oauth.REGION.volces.com/token`, then step 2. The new tokens are written into the
//!    cache file.
//!
//! BytePlus has the domain `bytepluses.com`. Default region: `cn-beijing`, for BytePlus `ap-southeast-1`.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use http::Method;
use secrecy::SecretString;
use serde_json::{Map, Value};

use super::cache;
use super::config::{Found, NAME};
use crate::action::info::{ActionInfo, Idempotency};
use crate::action::request::{Param, ParamLocation};
use crate::call::raw::RawCall;
use crate::context::Context;
use crate::credential::take_text;
use crate::credential::{Credential, CredentialError};
use crate::endpoint::check_label;
use crate::error::Error;
use crate::provider::refresh::{self, EARLY, TokenFile};
use crate::provider::session::Session;
use crate::provider::sign_in::{SignIn, client, is_refused};
use crate::provider::volcengine::Site;
use crate::sign::time::{self, Utc, unix_seconds};
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
    let unusable = |error: Error| found.broken(&format!("cannot be used: {}", error.message()));
    check_label("region", &region).map_err(unusable)?;
    let file = Tokens {
        path: cache::path(&found.directory().join("sso").join("cache"), &cache_key(&start_url, &name)),
        host: format!("cloudidentity-oauth.{region}.{domain}"),
        transport: transport.cloned(),
    };
    let portal = format!("cloudidentity-portal.{region}.{domain}");
    let call = |token: &str| role_keys(context, &portal, token, &account, &role, transport);
    let (mut document, _) = refresh::with_access(context, &file, session, None, is_refused, call, Ok).await?;
    let mut result = either(&mut document, ["Result", "result"]);
    let mut keys = either(&mut result, ["RoleCredentials", "roleCredentials"]);
    let mut text = |names: [&str; 2]| {
        let missing = || found.broken(&format!("is of mode sso, and the response has no `{}`", names[0]));
        names.iter().find_map(|name| take_text(&mut keys, name)).ok_or_else(missing)
    };
    let (id, secret) = (text(["AccessKeyId", "accessKeyId"])?, text(["SecretAccessKey", "secretAccessKey"])?);
    let credential = Credential::new(id, secret).map_err(unusable)?;
    let credential = credential.with_token(text(["SessionToken", "sessionToken"])?);
    let ends = ["Expiration", "expiration"].iter().find_map(|name| time::read(keys.get(*name)?));
    let ends = ends.ok_or_else(|| found.broken("is of mode sso, and the response has no `Expiration`"))?;
    Ok(credential.with_expiry(ends))
}

/// The request for the keys of a role.
fn role_keys(
    context: &Context,
    portal: &str,
    token: &str,
    account: &str,
    role: &str,
    transport: Option<&Arc<dyn HttpSend>>,
) -> Result<RawCall<SignIn>, Error> {
    let info = ActionInfo::new("", "", "GetRoleCredentials")
        .with_method(Method::GET)
        .with_path("/federation/credentials");
    let token = SecretString::from(token);
    let call = client(context, portal, transport)?
        .raw_action(info.anonymous())
        .param(Param::new("account_id"), account)
        .param(Param::new("role_name"), role)
        .secret(Param::new(BEARER).place(ParamLocation::Header), &token);
    Ok(call)
}

/// The keys that the tool wrote into the profile, while they last. The unit of `sts-expiration` follows from
/// its size.
fn stored(found: &mut Found, now: SystemTime) -> Result<Option<Credential>, Error> {
    let ends = found.profile.get("sts-expiration").and_then(time::read).filter(|ends| *ends > now + EARLY);
    let Some(ends) = ends else { return Ok(None) };
    let mut text = |name: &str| take_text(&mut found.profile, name);
    match (text("access-key"), text("secret-key"), text("session-token")) {
        (Some(id), Some(secret), Some(token)) => {
            let keys = Credential::new(id, secret)
                .map_err(|error| found.broken(&format!("cannot be used: {}", error.message())))?;
            Ok(Some(keys.with_token(token).with_expiry(ends)))
        }
        _ => Ok(None),
    }
}

/// The tokens of a session.
#[derive(Clone)]
struct Tokens {
    path: PathBuf,
    /// The host that renews tokens.
    host: String,
    transport: Option<Arc<dyn HttpSend>>,
}

impl TokenFile for Tokens {
    const PROVIDER: &'static str = NAME;
    const REFRESH: &'static str = "refresh_token";
    const INDENT: &'static str = "  ";
    const MUST_WRITE: bool = false;

    fn path(&self) -> &Path {
        &self.path
    }

    fn remedy(&self) -> &'static str {
        "sign in again with the command line tool (`sso login`)"
    }

    fn members<'a>(&self, document: &'a mut Value) -> Option<&'a mut Map<String, Value>> {
        document.as_object_mut()
    }

    fn access(&self, members: &Map<String, Value>) -> Option<(Value, SystemTime)> {
        let token = members.get("access_token").filter(|token| **token != "")?;
        Some((token.clone(), members.get("expires_at").and_then(time::read)?))
    }

    fn request(
        &self,
        context: &Context,
        members: &mut Value,
        refresh: &SecretString,
    ) -> Result<RawCall<SignIn>, Error> {
        // A client whose registration never ends has 0.
        let ends = members.get("client_secret_expires_at").and_then(time::read);
        if ends.is_some_and(|ends| ends > SystemTime::UNIX_EPOCH && ends <= context.clock.now()) {
            return Err(refresh::again(self, "has a client whose registration has ended"));
        }
        let mut text = |name: &str| {
            let what = || format!("has an access token that has ended, without `{name}`");
            take_text(members, name).ok_or_else(|| refresh::again(self, &what()))
        };
        let (id, secret) = (text("client_id")?, SecretString::from(text("client_secret")?));
        // A refresh token may be good for one request only.
        let info = ActionInfo::new("", "", "Refresh")
            .with_path("/token")
            .with_idempotency(Idempotency::Unsafe)
            .anonymous();
        let call = client(context, &self.host, self.transport.as_ref())?
            .raw_action(info)
            .param(Param::new("grant_type"), "refresh_token")
            .param(Param::new("client_id"), &id)
            .secret(Param::new("client_secret"), &secret);
        Ok(call.secret(Param::new("refresh_token"), refresh))
    }

    fn store(
        &self,
        members: &mut Map<String, Value>,
        access: &Value,
        _: &Value,
        now: SystemTime,
        lifetime: Duration,
    ) {
        members.insert("access_token".to_owned(), access.clone());
        let ends = Utc::from_unix(unix_seconds(now + lifetime));
        members.insert("expires_at".to_owned(), ends.iso().into());
    }
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
