//! The tokens of a sign-in that were refreshed, and are not in the file of the vendor's tool.
//!
//! A program that cannot write the file must still not use a refresh token twice, because the services accept
//! each token once. A session therefore remembers which token followed the one in the file.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;

/// Tokens that were refreshed in memory, with the token of the file that they came from. Clones share them.
///
/// If the user signs in again, the file has another refresh token, and the tokens in memory are dropped.
#[derive(Clone, Default)]
pub(crate) struct Session(Arc<Mutex<Option<Refreshed>>>);

/// The result of one refresh.
#[derive(Clone)]
struct Refreshed {
    /// The refresh token of the file. If the file has another one, the user has signed in again.
    of: SecretString,
    /// The refresh token to use next. It equals `of` if the service did not return a new one.
    refresh: SecretString,
    /// The access token, in the form that the service returned.
    access: Value,
    /// When the access token expires.
    ends: SystemTime,
}

impl Session {
    /// The refresh token to use now, and the access token with its expiry if it lasts longer than `early`.
    ///
    /// `refresh` is the refresh token in the file.
    pub(crate) fn of(
        &self,
        refresh: &str,
        now: SystemTime,
        early: Duration,
    ) -> (String, Option<(Value, SystemTime)>) {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match known.as_ref().filter(|known| known.of.expose_secret() == refresh) {
            None => (refresh.to_owned(), None),
            Some(known) => {
                let fresh = known.ends > now + early;
                let access = fresh.then(|| (known.access.clone(), known.ends));
                (known.refresh.expose_secret().to_owned(), access)
            }
        }
    }

    /// Keeps the tokens that a refresh returned. `of` is the refresh token in the file.
    pub(crate) fn keep(&self, of: &str, refresh: &str, access: Value, ends: SystemTime) {
        let refreshed =
            Refreshed { of: SecretString::from(of), refresh: SecretString::from(refresh), access, ends };
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(refreshed);
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Session(****)")
    }
}
