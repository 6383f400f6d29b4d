//! Signing keys of TC3, which hold for a key pair, a day (UTC) and a product.
//!
//! Three MACs derive a key, and a fourth signs with it. The first three give the same result all day, so a
//! client keeps it in [`KeyCache`], together with the credential scope and the fixed part of `Authorization`.

use std::sync::Arc;

use secrecy::ExposeSecret;
use secrecy::zeroize::Zeroize;

use crate::credential::Credential;
use crate::sign::hmac::{Sha256Key, hmac_sha256};
use crate::sign::recent::Recent;
use crate::sign::time::Utc;

/// The names of the signed headers. The vendor's SDKs for Python and Go sign these two in every request.
pub(super) const SIGNED_HEADERS: &str = "content-type;host";

/// Derives the signing key of a day, such as `2023-11-14`, and a product:
///
/// ```text
/// HMAC(HMAC(HMAC("TC3" + secret, date), service), "tc3_request")
/// ```
fn derive(credential: &Credential, date: &str, service: &str) -> Sha256Key {
    let mut secret = b"TC3".to_vec();
    secret.extend_from_slice(credential.secret().expose_secret().as_bytes());
    let key = hmac_sha256(&secret, &[date.as_bytes()]);
    secret.zeroize();
    let key = hmac_sha256(&key, &[service.as_bytes()]);
    Sha256Key::new(&hmac_sha256(&key, &[b"tc3_request"]))
}

/// The part that all signatures of a key pair, a day and a product have in common.
pub(super) struct Derived {
    /// Days since 1970, in UTC.
    day: u64,
    /// The product.
    service: String,
    /// The credential scope, such as `2024-02-29/cvm/tc3_request`.
    pub(super) scope: String,
    /// The value of `Authorization` up to the signature.
    pub(super) authorization: String,
    /// The signing key.
    pub(super) key: Sha256Key,
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
pub struct KeyCache(Recent<Derived>);

impl KeyCache {
    /// The key for the day of `timestamp` and a product, derived now if it was not before.
    pub(super) fn get(&self, credential: &Credential, timestamp: u64, service: &str) -> Arc<Derived> {
        self.0.get(
            credential,
            |known| known.day == day(timestamp) && known.service == service,
            || Derived::new(credential, timestamp, service),
        )
    }
}

impl std::fmt::Debug for KeyCache {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("KeyCache(****)")
    }
}
