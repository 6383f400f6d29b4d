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
//! A refresh token of OAuth is good for one refresh: `refresh.rs` writes the new one into the file.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use http::{Method, StatusCode};
use secrecy::SecretString;
use serde_json::{Map, Value};

use super::{NAME, Opened, keys_of};
use crate::action::info::{ActionInfo, BodyFormat, Idempotency};
use crate::action::request::{Param, ParamLocation};
use crate::call::raw::RawCall;
use crate::context::Context;
use crate::credential::issued::KeyMembers;
use crate::credential::take_text;
use crate::credential::{Credential, CredentialError, address, file};
use crate::error::Error;
use crate::provider::refresh::{self, EARLY, TokenFile};
use crate::provider::session::Session;
use crate::provider::sign_in::{self, SignIn, client, is_refused};
use crate::sign::time::{self, unix_seconds};
use crate::transport::HttpSend;

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
    session: &Session,
    transport: Option<&Arc<dyn HttpSend>>,
) -> Result<Credential, CredentialError> {
    let now = context.clock.now();
    if let Some(keys) = stored(file, profile, now)? {
        return Ok(keys);
    }
    match mode {
        "CloudSSO" => cloud_sso(context, file, profile, transport).await,
        _ => oauth(context, file, profile, session, transport).await,
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
    let again = |what: &str| {
        let what = format!("{what}: sign in again with `aliyun configure --mode CloudSSO`");
        file::broken(NAME, file.path, &what)
    };
    let ends = profile.get("cloud_sso_access_token_expire").and_then(time::read);
    if ends.is_none_or(|ends| ends <= context.clock.now()) {
        return Err(again("has a profile of mode `CloudSSO` whose access token has ended").into());
    }
    let missing = |name: &str| again(&format!("has a profile of mode `CloudSSO` without `{name}`"));
    let mut need = |name: &str| take_text(profile, name).ok_or_else(|| missing(name));
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
    let response = response.map_err(|error| sign_in::failed(NAME, error, again))?;
    let mut document = Value::from(response);
    let mut keys = document.get_mut("CloudCredential").map(Value::take).unwrap_or_default();
    let members = KeyMembers {
        id: &["AccessKeyId"],
        secret: &["AccessKeySecret"],
        token: &["SecurityToken"],
        expiry: &["Expiration"],
    };
    Ok(members.take(NAME, &mut keys)?)
}

/// New keys for the access token of OAuth. It is refreshed if it has expired, or if the service refuses it.
async fn oauth(
    context: &Context,
    file: &mut Opened<'_>,
    profile: &mut Value,
    session: &Session,
    transport: Option<&Arc<dyn HttpSend>>,
) -> Result<Credential, CredentialError> {
    let site = take_text(profile, "oauth_site_type").unwrap_or_default();
    let Some((_, base, client_id)) = SITES.into_iter().find(|(name, ..)| *name == site) else {
        let what = "has a profile of mode `OAuth` whose `oauth_site_type` is neither CN nor INTL";
        return Err(file::broken(NAME, file.path, what).into());
    };
    let (path, name) = (file.path.to_owned(), file.name.clone());
    let tokens = Tokens { path, name, base, client_id, transport: transport.cloned() };
    let now = context.clock.now();
    // A program may have printed the profile, so its own token counts first.
    let own = profile.as_object().and_then(|members| tokens.access(members));
    let own = own.filter(|(_, ends)| *ends > now + EARLY);
    let refuses = |error: &Error| {
        is_refused(error) || error.code().is_some() && error.status() == Some(StatusCode::BAD_REQUEST)
    };
    let call = |token: &str| exchange_call(context, base, token, transport);
    let (keys, written) =
        refresh::with_access(context, &tokens, session, own, refuses, call, exchanged).await?;
    if let Some(written) = written {
        file.watched = written;
    }
    Ok(keys)
}

/// The tokens of a profile of mode `OAuth`.
#[derive(Clone)]
struct Tokens {
    path: PathBuf,
    name: String,
    base: &'static str,
    client_id: &'static str,
    transport: Option<Arc<dyn HttpSend>>,
}

impl TokenFile for Tokens {
    const PROVIDER: &'static str = NAME;
    const REFRESH: &'static str = "oauth_refresh_token";
    const INDENT: &'static str = "\t";
    const MUST_WRITE: bool = true;

    fn path(&self) -> &Path {
        &self.path
    }

    fn remedy(&self) -> &'static str {
        "sign in again with `aliyun configure --mode OAuth`"
    }

    fn members<'a>(&self, document: &'a mut Value) -> Option<&'a mut Map<String, Value>> {
        let profiles = document.get_mut("profiles").and_then(Value::as_array_mut)?;
        profiles.iter_mut().find(|profile| profile["name"] == self.name)?.as_object_mut()
    }

    fn access(&self, members: &Map<String, Value>) -> Option<(Value, SystemTime)> {
        let token = members.get("oauth_access_token").filter(|token| **token != "")?;
        Some((token.clone(), members.get("oauth_access_token_expire").and_then(time::read)?))
    }

    fn request(
        &self,
        context: &Context,
        _: &mut Value,
        refresh: &SecretString,
    ) -> Result<RawCall<SignIn>, Error> {
        let info =
            ActionInfo::new("", "", "Refresh").with_path("/v1/token").with_body_format(BodyFormat::Form);
        let call = client(context, self.base, self.transport.as_ref())?
            .raw_action(info.with_method(Method::POST).with_idempotency(Idempotency::Unsafe).anonymous())
            .param(Param::new("grant_type"), "refresh_token")
            .secret(Param::new("refresh_token"), refresh);
        Ok(call.param(Param::new("client_id"), self.client_id))
    }

    fn store(
        &self,
        members: &mut Map<String, Value>,
        access: &Value,
        _: &Value,
        now: SystemTime,
        lifetime: Duration,
    ) {
        members.insert("oauth_access_token".to_owned(), access.clone());
        members.insert("oauth_access_token_expire".to_owned(), unix_seconds(now + lifetime).into());
    }
}

/// The keys for an access token of OAuth.
pub(in super::super) async fn exchange(
    context: &Context,
    base: &str,
    token: &str,
    transport: Option<&Arc<dyn HttpSend>>,
) -> Result<Credential, Error> {
    let response = exchange_call(context, base, token, transport)?.invoke().await?;
    exchanged(response.into())
}

/// The request for the keys of an access token.
fn exchange_call(
    context: &Context,
    base: &str,
    token: &str,
    transport: Option<&Arc<dyn HttpSend>>,
) -> Result<RawCall<SignIn>, Error> {
    let info = ActionInfo::new("", "", "Exchange").with_path("/v1/exchange").with_method(Method::POST);
    Ok(authorized(client(context, base, transport)?.raw_action(info.anonymous().idempotent()), token))
}

/// The keys in the response.
fn exchanged(mut keys: Value) -> Result<Credential, Error> {
    // The tool reads the members in any case. The vendor's Python package reads those with a capital.
    let members = KeyMembers {
        id: &["accessKeyId", "AccessKeyId"],
        secret: &["accessKeySecret", "AccessKeySecret"],
        token: &["securityToken", "SecurityToken"],
        expiry: &["expiration", "Expiration"],
    };
    members.take(NAME, &mut keys)
}

/// The call with an access token.
pub(in super::super) fn authorized(call: RawCall<SignIn>, token: &str) -> RawCall<SignIn> {
    let header = Param::new("Authorization").place(ParamLocation::Header);
    call.secret(header, &SecretString::from(format!("Bearer {token}"))).hide(&SecretString::from(token))
}
