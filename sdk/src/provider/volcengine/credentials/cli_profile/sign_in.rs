//! What the two ways of signing in have in common: renewed tokens, cache files, and requests without a
//! signature.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;

use super::config::broken;
use crate::action::info::ActionInfo;
use crate::action::request::{Fields, RequestParts};
use crate::client::Client;
use crate::context::Context;
use crate::credential::file::{self, SecretFile};
use crate::credential::issued;
use crate::credential::{CredentialChain, ProvideCredential};
use crate::endpoint::Endpoint;
use crate::error::{Error, ErrorClass, ServiceError};
use crate::provider::exchange::Exchange;
use crate::provider::volcengine::rest;
use crate::provider::{Provider, RawResponse, SignInput};
use crate::response::Envelope;
use crate::response::decode::without_bom;
use crate::sign::encode::hex;
use crate::transport::{HttpRequest, HttpSend};

/// Keys and tokens are renewed this long before they end.
pub(super) const EARLY: Duration = Duration::from_secs(60);

/// Tokens that were renewed in memory, and the token of the file that they came from. Clones share them.
#[derive(Clone, Default)]
pub(super) struct Session(Arc<Mutex<Option<Renewed>>>);

#[derive(Clone)]
struct Renewed {
    /// The refresh token of the file. Another one means that the user has signed in again.
    of: SecretString,
    refresh: SecretString,
    access: Value,
    ends: SystemTime,
}

impl Session {
    /// The refresh token to use now, and the access token if it has not ended.
    pub(super) fn of(&self, refresh: &str, now: SystemTime) -> (String, Option<(Value, SystemTime)>) {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match known.as_ref().filter(|known| known.of.expose_secret() == refresh) {
            None => (refresh.to_owned(), None),
            Some(known) => {
                let fresh = known.ends > now + EARLY;
                let access = fresh.then(|| (known.access.clone(), known.ends));
                (known.refresh.expose_secret().to_owned(), access)
            }
        }
    }

    pub(super) fn keep(&self, of: &str, refresh: &str, access: Value, ends: SystemTime) {
        let renewed =
            Renewed { of: SecretString::from(of), refresh: SecretString::from(refresh), access, ends };
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(renewed);
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Session(****)")
    }
}

/// A cache file of the tool: a JSON object with tokens, under the SHA-1 of what it is for.
pub(super) fn cached(context: &Context, directory: &Path, key: &str) -> Result<(PathBuf, Value), Error> {
    use sha1::Digest as _;
    let path = directory.join(format!("{}.json", hex(&sha1::Sha1::digest(key.as_bytes()))));
    let read = file::read(context, &path);
    let SecretFile { bytes, .. } = read.map_err(|error| {
        let what = "cannot be read: sign in with the command line tool first";
        broken(&path, what).with_source(error)
    })?;
    match serde_json::from_slice(without_bom(&bytes)) {
        Ok(document @ Value::Object(_)) => Ok((path, document)),
        _ => Err(broken(&path, "is not a JSON object")),
    }
}

/// A number of seconds, also in quotes.
pub(super) fn seconds(value: &Value) -> Option<Duration> {
    let number = value.as_u64().or_else(|| value.as_str()?.trim().parse().ok())?;
    Some(Duration::from_secs(number))
}

/// A client for one sign-in service.
pub(super) fn client(
    context: &Context,
    host: &str,
    transport: Option<&Arc<dyn HttpSend>>,
) -> Result<Client<SignIn>, Error> {
    let mut exchange: Exchange<SignIn> = Exchange::default();
    exchange.transport = transport.cloned();
    exchange.client(context, None, host).cloned()
}

/// The services that people sign in to. Their requests have no signature.
#[derive(Debug, Clone, Default)]
pub(super) struct SignIn;

impl Provider for SignIn {
    fn name(&self) -> &'static str {
        "volcengine"
    }

    fn encode(&self, action: &ActionInfo, fields: Fields, _: [u8; 16]) -> Result<RequestParts, Error> {
        rest::request(action, fields)
    }

    fn endpoints(&self, _: &Context, _: &ActionInfo, _: Option<&str>) -> Result<Vec<Endpoint>, Error> {
        Err(Error::config("a sign-in service needs an endpoint"))
    }

    fn sign(&self, input: &SignInput<'_>) -> Result<HttpRequest, Error> {
        rest::finish(input, rest::headers(input)?)
    }

    fn envelope(&self) -> Envelope {
        Envelope::bare()
    }

    /// OAuth has `{"error": "invalid_grant", "error_description": …}`.
    fn service_error(&self, response: &RawResponse<'_>) -> Option<ServiceError> {
        if response.status.is_success() {
            return None;
        }
        let mut document: Value = serde_json::from_slice(without_bom(response.body)).ok()?;
        let code = issued::take_text(&mut document, "error")?;
        let message = issued::take_text(&mut document, "error_description").unwrap_or_default();
        Some(ServiceError::new(code, message, ErrorClass::Other))
    }

    fn default_credentials(&self) -> Arc<dyn ProvideCredential> {
        Arc::new(CredentialChain::new())
    }
}
