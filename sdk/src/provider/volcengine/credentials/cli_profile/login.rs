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
//! or to the host in the member `endpoint_url` of the cache file. The new tokens are written into that file.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use secrecy::SecretString;
use serde_json::{Map, Value};

use super::cache;
use super::config::{Found, NAME, plain};
use crate::action::info::{ActionInfo, BodyFormat, Idempotency};
use crate::action::request::Param;
use crate::call::raw::RawCall;
use crate::context::Context;
use crate::credential::take_text;
use crate::credential::{Credential, CredentialError};
use crate::error::Error;
use crate::provider::refresh::{self, TokenFile};
use crate::provider::session::Session;
use crate::provider::sign_in::{SignIn, client, seconds};
use crate::provider::volcengine::Site;
use crate::sign::time::{self, Utc, unix_seconds};
use crate::transport::HttpSend;

/// The keys of the login, renewed if they have expired.
pub(super) async fn keys(
    context: &Context,
    found: &mut Found,
    session: &Session,
    transport: Option<&Arc<dyn HttpSend>>,
) -> Result<Credential, CredentialError> {
    let login = found.need("login-session")?;
    let directory = found.site.var(context, "LOGIN_CACHE_DIRECTORY").map(PathBuf::from);
    let directory = directory.unwrap_or_else(|| found.directory().join("login").join("cache"));
    let path = cache::path(&directory, &login);
    let file = Tokens { path, site: found.site, transport: transport.cloned() };
    let access = refresh::access(context, file.clone(), session, None).await?;
    Ok(credential(access.token, access.ends).map_err(|what| refresh::again(&file, &what))?)
}

/// The tokens of a login.
#[derive(Clone)]
struct Tokens {
    path: PathBuf,
    site: Site,
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
        "sign in again with the command line tool (`login`)"
    }

    fn members<'a>(&self, document: &'a mut Value) -> Option<&'a mut Map<String, Value>> {
        document.as_object_mut()
    }

    /// The keys end `expires_in` seconds after `issued_at`.
    fn access(&self, members: &Map<String, Value>) -> Option<(Value, SystemTime)> {
        let issued = members.get("issued_at").and_then(time::read)?;
        let ends = issued.checked_add(members.get("expires_in").and_then(seconds)?)?;
        Some((members.get("access_token").cloned().unwrap_or_default(), ends))
    }

    fn request(
        &self,
        context: &Context,
        members: &mut Value,
        refresh: &SecretString,
    ) -> Result<RawCall<SignIn>, Error> {
        let host = match self.site {
            Site::Volcengine => "https://signin.volcengine.com",
            Site::Byteplus => "https://signin.byteplus.com",
        };
        let host = take_text(members, "endpoint_url").unwrap_or_else(|| host.to_owned());
        let info = ActionInfo::new("", "", "Refresh")
            .with_path("/authorize/oauth/token")
            .with_body_format(BodyFormat::Form)
            .with_idempotency(Idempotency::Unsafe)
            .anonymous();
        let call = client(context, &host, self.transport.as_ref())?
            .raw_action(info)
            .param(Param::new("grant_type"), "refresh_token")
            .param(Param::new("client_id"), plain(members, "client_id").unwrap_or_default())
            .secret(Param::new("refresh_token"), refresh);
        Ok(match take_text(members, "scope") {
            Some(scope) => call.param(Param::new("scope"), scope),
            None => call,
        })
    }

    fn store(
        &self,
        members: &mut Map<String, Value>,
        access: &Value,
        response: &Value,
        now: SystemTime,
        lifetime: Duration,
    ) {
        // The tool writes the text of the response as it is, and that is an object.
        let object = access.as_str().and_then(|text| serde_json::from_str(text).ok());
        members.insert("access_token".to_owned(), object.unwrap_or_else(|| access.clone()));
        members.insert("issued_at".to_owned(), Utc::from_unix(unix_seconds(now)).iso().into());
        members.insert("expires_in".to_owned(), lifetime.as_secs().into());
        for name in ["id_token", "token_type"] {
            if let Some(value) = response.get(name).filter(|value| **value != "") {
                members.insert(name.to_owned(), value.clone());
            }
        }
    }
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
