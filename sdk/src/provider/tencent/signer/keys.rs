//! Signing keys of TC3: derived once a day and service.

use std::sync::{Mutex, PoisonError};

use secrecy::ExposeSecret;
use secrecy::zeroize::Zeroize;

use crate::credential::Credential;
use crate::sign::hmac::{HmacSha256Key, hmac_sha256};

/// The signing key of a day and a service. `scope` begins with the day.
pub(super) fn derive(credential: &Credential, scope: &str, service: &str) -> HmacSha256Key {
    let day = scope.split('/').next().unwrap_or_default();
    let mut secret = b"TC3".to_vec();
    secret.extend_from_slice(credential.secret().expose_secret().as_bytes());
    let key = hmac_sha256(&secret, &[day.as_bytes()]);
    secret.zeroize();
    let key = hmac_sha256(&key, &[service.as_bytes()]);
    HmacSha256Key::new(&hmac_sha256(&key, &[b"tc3_request"]))
}

/// Derived signing keys, which hold for a day and a service: four MACs fewer for each signature.
#[derive(Default)]
pub struct KeyCache(Mutex<Vec<Derived>>);

/// One derived key and what it was derived from.
struct Derived {
    credential: Credential,
    scope: String,
    key: HmacSha256Key,
}

/// Enough for the products that one client calls; the oldest goes first.
const KEYS: usize = 16;

impl KeyCache {
    pub(super) fn get(&self, credential: &Credential, scope: &str, service: &str) -> HmacSha256Key {
        let mut keys = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let found = keys.iter().find(|known| known.credential.is_same(credential) && known.scope == scope);
        if let Some(known) = found {
            return known.key.clone();
        }
        let key = derive(credential, scope, service);
        if keys.len() >= KEYS {
            keys.remove(0);
        }
        keys.push(Derived { credential: credential.clone(), scope: scope.to_owned(), key: key.clone() });
        key
    }
}

impl std::fmt::Debug for KeyCache {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("KeyCache(****)")
    }
}
