//! Profiles of people who signed in: `CloudSSO` and `OAuth`.
//!
//! The tool stores the keys that it obtained, and the tokens to obtain new ones. While the stored keys last,
//! they are used. After that:
//!
//! ```text
//! CloudSSO
//! POST https://<host of cloud_sso_sign_in_url>/cloud-credentials
//!     {"AccountId": "…", "AccessConfigurationId": "…"}
//!     -> {"CloudCredential": {"AccessKeyId": "…", "AccessKeySecret": "…", "SecurityToken": "…", …}}
//!
//! OAuth
//! POST https://oauth.aliyun.com/v1/token
//!     grant_type=refresh_token&refresh_token=…&client_id=…
//!     -> {"access_token": "…", "refresh_token": "…", "expires_in": …}
//! POST https://oauth.aliyun.com/v1/exchange
//!     -> {"accessKeyId": "…", "accessKeySecret": "…", "securityToken": "…", "expiration": "…"}
//! ```
//!
//! A refresh token of OAuth is good for one refresh, so the new one is written into the file before anything
//! else, under a lock: a second process, or the tool itself, would otherwise lose the sign-in.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use http::Method;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Map, Value};

use super::{NAME, Opened, keys_of};
use crate::action::info::{ActionInfo, BodyFormat, Idempotency};
use crate::action::request::{Param, ParamLocation};
use crate::call::raw::RawCall;
use crate::context::Context;
use crate::credential::issued::KeyMembers;
use crate::credential::take_text;
use crate::credential::{Credential, CredentialError, address, file, json_file};
use crate::error::Error;
use crate::provider::exchange;
use crate::provider::sign_in::{SignIn, client, seconds};
use crate::sign::time::{self, unix_seconds};
use crate::transport::HttpSend;

/// Keys and tokens are renewed this long before they expire.
const EARLY: Duration = Duration::from_secs(60);

/// The services of each site, and the client id of the command line tool there.
pub(in super::super) const SITES: [(&str, &str, &str); 2] = [
    ("CN", "https://oauth.aliyun.com", "4038181954557748008"),
    ("INTL", "https://oauth.alibabacloud.com", "4103531455503354461"),
];

/// The stored keys while they last, or new ones.
pub(super) async fn keys(
    context: &Context,
    file: &mut Opened<'_>,
    mode: &str,
    profile: &mut Value,
    transport: Option<&Arc<dyn HttpSend>>,
) -> Result<Credential, CredentialError> {
    let now = context.clock.now();
    if let Some(keys) = stored(file, profile, now)? {
        return Ok(keys);
    }
    match mode {
        "CloudSSO" => cloud_sso(context, file, profile, transport).await,
        _ => oauth(context, file, profile, transport).await,
    }
}

/// The keys that the tool stored in the profile, while they last.
fn stored(file: &Opened<'_>, profile: &mut Value, now: SystemTime) -> Result<Option<Credential>, Error> {
    let ends = profile.get("sts_expiration").and_then(time::read).filter(|ends| *ends > now + EARLY);
    let Some(ends) = ends else { return Ok(None) };
    let mut text = |name: &str| take_text(profile, name);
    match (text("access_key_id"), text("access_key_secret"), text("sts_token")) {
        (Some(id), Some(secret), Some(token)) => {
            Ok(Some(keys_of(file.path, id, secret)?.with_token(token).with_expiry(ends)))
        }
        _ => Ok(None),
    }
}

/// The error of a sign-in that a person must repeat. It names the command.
fn again(file: &Opened<'_>, mode: &str, what: &str) -> Error {
    let what =
        format!("has a profile of mode `{mode}` {what}: sign in again with `aliyun configure --mode {mode}`");
    file::broken(NAME, file.path, &what)
}

/// New keys for the access token of CloudSSO. The service has no refresh tokens, so an expired access token
/// is an error.
///
/// The address in the profile must be https or loopback: the access token is sent there.
async fn cloud_sso(
    context: &Context,
    file: &Opened<'_>,
    profile: &mut Value,
    transport: Option<&Arc<dyn HttpSend>>,
) -> Result<Credential, CredentialError> {
    let again = |what: &str| again(file, "CloudSSO", what);
    let ends = profile.get("cloud_sso_access_token_expire").and_then(time::read);
    if ends.is_none_or(|ends| ends <= context.clock.now()) {
        return Err(again("whose access token has ended").into());
    }
    let mut need = |name: &str| take_text(profile, name).ok_or_else(|| again(&format!("without `{name}`")));
    let (token, account) = (need("access_token")?, need("cloud_sso_account_id")?);
    let (configuration, url) = (need("cloud_sso_access_config")?, need("cloud_sso_sign_in_url")?);
    let Some((base, _)) = address::allowed(&url) else {
        let what = "has a `cloud_sso_sign_in_url` that is neither https nor loopback";
        return Err(file::broken(NAME, file.path, what).into());
    };
    let info = ActionInfo::new("", "", "CreateCloudCredential").with_path("/cloud-credentials");
    let call = client(context, &base, transport)?
        .raw_action(info.with_method(Method::POST).anonymous().idempotent())
        .param(Param::new("AccountId"), account)
        .param(Param::new("AccessConfigurationId"), configuration);
    let response = authorized(call, &token).invoke().await;
    let mut document = Value::from(response.map_err(|error| exchange::failed(NAME, &error))?);
    let mut keys = document.get_mut("CloudCredential").map(Value::take).unwrap_or_default();
    let members = KeyMembers {
        id: &["AccessKeyId"],
        secret: &["AccessKeySecret"],
        token: &["SecurityToken"],
        expiry: &["Expiration"],
    };
    Ok(members.take(NAME, &mut keys)?)
}

/// New keys for the access token of OAuth, which is refreshed if it has expired.
async fn oauth(
    context: &Context,
    file: &mut Opened<'_>,
    profile: &mut Value,
    transport: Option<&Arc<dyn HttpSend>>,
) -> Result<Credential, CredentialError> {
    let site = take_text(profile, "oauth_site_type").unwrap_or_default();
    let Some((_, base, client_id)) = SITES.into_iter().find(|(name, ..)| *name == site) else {
        let what = "has a profile of mode `OAuth` whose `oauth_site_type` is neither CN nor INTL";
        return Err(file::broken(NAME, file.path, what).into());
    };
    let token = match access_token(profile, context.clock.now()) {
        Some(token) => token,
        None => refreshed(context, file, base, client_id, transport).await?,
    };
    let keys = exchange(context, base, &token, transport).await;
    Ok(keys.map_err(|error| exchange::failed(NAME, &error))?)
}

/// The keys for an access token of OAuth.
pub(in super::super) async fn exchange(
    context: &Context,
    base: &str,
    token: &str,
    transport: Option<&Arc<dyn HttpSend>>,
) -> Result<Credential, Error> {
    let info = ActionInfo::new("", "", "Exchange").with_path("/v1/exchange").with_method(Method::POST);
    let call = client(context, base, transport)?.raw_action(info.anonymous().idempotent());
    let mut keys = Value::from(authorized(call, token).invoke().await?);
    // The tool reads the members in any case. The vendor's Python package reads those with a capital.
    let members = KeyMembers {
        id: &["accessKeyId", "AccessKeyId"],
        secret: &["accessKeySecret", "AccessKeySecret"],
        token: &["securityToken", "SecurityToken"],
        expiry: &["expiration", "Expiration"],
    };
    members.take(NAME, &mut keys)
}

/// The access token of the profile, if it lasts for more than [`EARLY`].
fn access_token(profile: &mut Value, now: SystemTime) -> Option<String> {
    let ends = profile.get("oauth_access_token_expire").and_then(time::read)?;
    if ends > now + EARLY { take_text(profile, "oauth_access_token") } else { None }
}

/// A new access token. Both tokens are written into the file, under its lock.
///
/// After the lock is taken, the file is read again: another process may have refreshed the tokens meanwhile.
/// The refresh is not repeated after it may have been received, because the refresh token is good for one
/// request.
async fn refreshed(
    context: &Context,
    file: &mut Opened<'_>,
    base: &str,
    client_id: &str,
    transport: Option<&Arc<dyn HttpSend>>,
) -> Result<String, CredentialError> {
    let path = file.path;
    let unwritable = |error: std::io::Error| {
        let what = format!(
            "has a profile of mode `OAuth` whose access token has ended, and cannot be written with a new one ({error}): run any \
             command of the tool, or make the file writable"
        );
        file::broken(NAME, path, &what).with_source(error)
    };
    let lock = json_file::lock(context, NAME, path, unwritable).await?;
    // Another process may have refreshed the tokens meanwhile.
    let mut document = file.document(context).await?;
    let Some(profile) = profile_of(&mut document, &file.name) else {
        return Err(again(file, "OAuth", "that is gone").into());
    };
    let now = context.clock.now();
    let mut seen = Value::Object(profile.clone());
    if let Some(token) = access_token(&mut seen, now) {
        return Ok(token);
    }
    let Some(refresh) = take_text(&mut seen, "oauth_refresh_token").map(SecretString::from) else {
        return Err(
            again(file, "OAuth", "whose access token has ended, without `oauth_refresh_token`").into()
        );
    };
    let info =
        ActionInfo::new("", "", "RefreshToken").with_path("/v1/token").with_body_format(BodyFormat::Form);
    let call = client(context, base, transport)?
        .raw_action(info.with_method(Method::POST).with_idempotency(Idempotency::Unsafe).anonymous())
        .param(Param::new("grant_type"), "refresh_token")
        .secret(Param::new("refresh_token"), &refresh)
        .param(Param::new("client_id"), client_id);
    let mut response = match call.invoke().await {
        Ok(response) => Value::from(response),
        Err(error) if error.status().is_some_and(|status| status.is_client_error()) => {
            let what = format!("whose refresh token is refused ({})", error.code().unwrap_or("no code"));
            return Err(again(file, "OAuth", &what).with_source(error).into());
        }
        Err(error) => return Err(exchange::failed(NAME, &error).into()),
    };
    let Some(access) = take_text(&mut response, "access_token") else {
        return Err(again(file, "OAuth", "whose refresh gives no `access_token`").into());
    };
    let lifetime = response.get("expires_in").and_then(seconds).unwrap_or(EARLY);
    let next = take_text(&mut response, "refresh_token");
    // The tool does not take the lock: what it wrote during the refresh must stay.
    let mut document = file.document(context).await?;
    match profile_of(&mut document, &file.name) {
        Some(profile) if profile.get("oauth_refresh_token") == Some(&refresh.expose_secret().into()) => {
            let next = next.as_deref().unwrap_or(refresh.expose_secret());
            store(profile, &access, next, unix_seconds(now + lifetime));
            file.replace(context, &document).map_err(unwritable)?;
        }
        // Somebody signed in again, or removed the profile. This access token still serves once.
        _ => {}
    }
    drop(lock);
    Ok(access)
}

/// The members of a profile.
fn profile_of<'a>(document: &'a mut Value, name: &str) -> Option<&'a mut Map<String, Value>> {
    let profiles = document.get_mut("profiles").and_then(Value::as_array_mut)?;
    profiles.iter_mut().find(|profile| profile["name"] == name)?.as_object_mut()
}

/// Sets the three members that a refresh changes. The other members keep their values.
fn store(profile: &mut Map<String, Value>, access: &str, refresh: &str, ends: u64) {
    profile.insert("oauth_access_token".to_owned(), access.into());
    profile.insert("oauth_refresh_token".to_owned(), refresh.into());
    profile.insert("oauth_access_token_expire".to_owned(), ends.into());
}

/// The call with an access token.
pub(in super::super) fn authorized(call: RawCall<SignIn>, token: &str) -> RawCall<SignIn> {
    let header = Param::new("Authorization").place(ParamLocation::Header);
    call.secret(header, &SecretString::from(format!("Bearer {token}"))).hide(&SecretString::from(token))
}
