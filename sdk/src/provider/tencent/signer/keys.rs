//! Signing keys of TC3, which hold for a key pair, a day (UTC) and a product.
//!
//! Three MACs derive a key, and a fourth signs with it. The first three give the same result all day, so a
//! client keeps it in [`KeyCache`], together with the credential scope and the fixed part of `Authorization`.

use std::sync::{Arc, Mutex, PoisonError};

use hmac::{Hmac, KeyInit, Mac};
use secrecy::ExposeSecret;
use secrecy::zeroize::Zeroize;
use sha2::Sha256;

use crate::credential::Credential;
use crate::sign::hmac::hmac_sha256;
use crate::sign::time::Utc;

/// The names of the signed headers. The vendor's SDKs for Python and Go sign these two in every request.
pub(super) const SIGNED_HEADERS: &str = "content-type;host";

/// A key of HMAC-SHA256 whose inner and outer block are hashed already. This is half of the work of a MAC
/// over a short text.
#[derive(Clone)]
pub(super) struct Key(Hmac<Sha256>);

impl Key {
    /// Hashes both blocks of the key.
    fn new(key: &[u8; 32]) -> Self {
        // HMAC pads a key that is shorter than the block with zeros (RFC 2104).
        let mut block = [0; 64];
        for (to, from) in block.iter_mut().zip(key) {
            *to = *from;
        }
        Self(Hmac::new(&block.into()))
    }

    /// The MAC of `text`.
    pub(super) fn sign(&self, text: &[u8]) -> [u8; 32] {
        self.0.clone().chain_update(text).finalize().into_bytes().into()
    }
}

/// Derives the signing key of a day, such as `2023-11-14`, and a product:
///
/// ```text
/// HMAC(HMAC(HMAC("TC3" + secret, date), service), "tc3_request")
/// ```
fn derive(credential: &Credential, date: &str, service: &str) -> Key {
    let mut secret = b"TC3".to_vec();
    secret.extend_from_slice(credential.secret().expose_secret().as_bytes());
    let key = hmac_sha256(&secret, &[date.as_bytes()]);
    secret.zeroize();
    let key = hmac_sha256(&key, &[service.as_bytes()]);
    Key::new(&hmac_sha256(&key, &[b"tc3_request"]))
}

/// The part that all signatures of a key pair, a day and a product have in common.
pub(super) struct Derived {
    /// The key pair. A new snapshot of it, even with the same keys, gets a new entry.
    credential: Credential,
    /// Days since 1970, in UTC.
    day: u64,
    /// The product.
    service: String,
    /// The credential scope, such as `2024-02-29/cvm/tc3_request`.
    pub(super) scope: String,
    /// The value of `Authorization` up to the signature.
    pub(super) authorization: String,
    /// The signing key.
    pub(super) key: Key,
}

impl Derived {
    /// Derives the key for the day of `timestamp` (Unix seconds).
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

/// The day of a time in Unix seconds: days since 1970.
fn day(timestamp: u64) -> u64 {
    timestamp / 86_400
}

/// Signing keys that were derived before. `Debug` shows none of them.
///
/// A provider holds one and shares it with its clones. Make one yourself only to call
/// [`Canonical::authorization`](super::Canonical::authorization):
///
/// ```
/// use cloudcall::credential::Credential;
/// use cloudcall::provider::tencent::signer::{Canonical, KeyCache};
///
/// let (cache, keys) = (KeyCache::default(), Credential::new("AKIDfake0001", "fakeSecretKey0001")?);
/// let request = Canonical {
///     method: "POST",
///     query: "",
///     content_type: "application/json",
///     host: "cvm.tencentcloudapi.com",
///     payload: Some(b"{}"),
///     service: "cvm",
///     timestamp: 1_700_000_000,
/// };
/// assert_eq!(request.authorization(&keys, &cache), request.steps(&keys).authorization);
/// # Ok::<(), cloudcall::Error>(())
/// ```
#[derive(Default)]
pub struct KeyCache(Mutex<Vec<Arc<Derived>>>);

/// Number of keys that are kept. Default: 16, more than a client has products. The oldest one is dropped.
const KEYS: usize = 16;

impl KeyCache {
    /// The key for the day of `timestamp` and a product, derived now if it was not before.
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
