//! Signing keys of TC3: derived once a day and service.

use std::sync::{Arc, Mutex, PoisonError};

use hmac::{Hmac, KeyInit, Mac};
use secrecy::ExposeSecret;
use secrecy::zeroize::Zeroize;
use sha2::Sha256;

use crate::credential::Credential;
use crate::sign::hmac::hmac_sha256;
use crate::sign::time::Utc;

/// The headers that are signed, in every request.
pub(super) const SIGNED_HEADERS: &str = "content-type;host";

/// A key whose two blocks are hashed already: half the work of signing a short text.
#[derive(Clone)]
pub(super) struct Key(Hmac<Sha256>);

impl Key {
    fn new(key: &[u8; 32]) -> Self {
        // A key shorter than the block is filled up with zeros.
        let mut block = [0; 64];
        for (to, from) in block.iter_mut().zip(key) {
            *to = *from;
        }
        Self(Hmac::new(&block.into()))
    }

    pub(super) fn sign(&self, text: &[u8]) -> [u8; 32] {
        self.0.clone().chain_update(text).finalize().into_bytes().into()
    }
}

/// The signing key of a day and a service.
fn derive(credential: &Credential, date: &str, service: &str) -> Key {
    let mut secret = b"TC3".to_vec();
    secret.extend_from_slice(credential.secret().expose_secret().as_bytes());
    let key = hmac_sha256(&secret, &[date.as_bytes()]);
    secret.zeroize();
    let key = hmac_sha256(&key, &[service.as_bytes()]);
    Key::new(&hmac_sha256(&key, &[b"tc3_request"]))
}

/// What all signatures of a day and a service have in common.
pub(super) struct Derived {
    credential: Credential,
    /// Days since 1970.
    day: u64,
    service: String,
    /// The credential scope, such as `2024-02-29/cvm/tc3_request`.
    pub(super) scope: String,
    /// The value of `Authorization` up to the signature.
    pub(super) authorization: String,
    pub(super) key: Key,
}

impl Derived {
    pub(super) fn new(credential: &Credential, timestamp: u64, service: &str) -> Self {
        let date = Utc::from_unix(timestamp).date();
        let scope = format!("{date}/{service}/tc3_request");
        let authorization = format!(
            "TC3-HMAC-SHA256 Credential={}/{scope}, SignedHeaders={SIGNED_HEADERS}, Signature=",
            credential.id()
        );
        Self {
            credential: credential.clone(),
            day: day(timestamp),
            service: service.to_owned(),
            scope,
            authorization,
            key: derive(credential, &date, service),
        }
    }
}

fn day(timestamp: u64) -> u64 {
    timestamp / 86_400
}

/// Derived signing keys, which hold for a day and a service: four MACs fewer for each signature.
#[derive(Default)]
pub struct KeyCache(Mutex<Vec<Arc<Derived>>>);

/// Enough for the products that one client calls; the oldest goes first.
const KEYS: usize = 16;

impl KeyCache {
    pub(super) fn get(&self, credential: &Credential, timestamp: u64, service: &str) -> Arc<Derived> {
        let mut keys = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let found = keys.iter().find(|known| {
            known.day == day(timestamp) && known.service == service && known.credential.is_same(credential)
        });
        if let Some(known) = found {
            return known.clone();
        }
        let derived = Arc::new(Derived::new(credential, timestamp, service));
        if keys.len() >= KEYS {
            keys.remove(0);
        }
        keys.push(derived.clone());
        derived
    }
}

impl std::fmt::Debug for KeyCache {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("KeyCache(****)")
    }
}
