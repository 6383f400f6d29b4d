//! Digests, MACs and RSA signatures behind the names of the signature methods.
//!
//! SM3 and RSA are cargo features. A method whose feature is off is an error of kind `Config` that names the
//! feature, not a missing variant: a setting that comes from a file then gives a clear message.

#[cfg(feature = "rsa")]
use std::sync::{Arc, Mutex, PoisonError};

use secrecy::ExposeSecret;
use secrecy::zeroize::Zeroizing;

use super::SignMethod;
use crate::credential::Credential;
use crate::error::Error;
use crate::sign::encode::{hex, push_hex};
use crate::sign::hmac::{self, Sha256Key};
use crate::sign::recent::Recent;
#[cfg(feature = "rsa")]
use crate::sign::rsa::RsaKey;

/// Keys that were made before: for RSA the private key that was parsed last, and for ACS4 the keys that were
/// derived for a day, a region and a product. Both cost more than a MAC.
#[derive(Default)]
pub struct KeyCache {
    /// The keys of ACS4.
    scoped: Recent<ScopedKey>,
    /// The credential, and its private key. Most clients have one.
    #[cfg(feature = "rsa")]
    last: Mutex<Option<(Credential, Arc<RsaKey>)>>,
}

impl std::fmt::Debug for KeyCache {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("KeyCache(****)")
    }
}

/// A key of ACS4 that was derived before.
struct ScopedKey {
    /// The scope that it was derived for.
    scope: String,
    /// The key.
    key: Sha256Key,
}

impl KeyCache {
    /// The ACS4 signature of `text`. The key of the credential and the scope is derived if it is not kept.
    pub(super) fn scoped_signature(
        &self,
        credential: &Credential,
        scope: &str,
        derive: impl FnOnce() -> Zeroizing<[u8; 32]>,
        text: &[u8],
    ) -> [u8; 32] {
        let derive = || ScopedKey { scope: scope.to_owned(), key: Sha256Key::new(&*derive()) };
        self.scoped.get(credential, |known| known.scope == scope, derive).key.sign(text)
    }
}

#[cfg(feature = "rsa")]
impl KeyCache {
    /// The key of a credential: the one that is kept, or a newly parsed one, which replaces it.
    fn get(&self, credential: &Credential) -> Result<Arc<RsaKey>, Error> {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((known, key)) = &*last
            && known.is_same(credential)
        {
            return Ok(key.clone());
        }
        let key = Arc::new(RsaKey::parse(credential.secret().expose_secret())?);
        *last = Some((credential.clone(), key.clone()));
        Ok(key)
    }
}

/// The digest of `data` in hex: SM3 for ACS3-HMAC-SM3, SHA-256 for the other methods.
///
/// # Errors
///
/// Kind `Config` if the cargo feature of the method is off.
pub fn content_hash(method: SignMethod, data: &[u8]) -> Result<String, Error> {
    digest(method, data).map(|digest| hex(&digest))
}

/// The same in bytes.
pub(super) fn digest(method: SignMethod, data: &[u8]) -> Result<[u8; 32], Error> {
    match method {
        #[cfg(feature = "sm3")]
        SignMethod::Acs3HmacSm3 => Ok(crate::sign::sm3::sm3(data)),
        #[cfg(not(feature = "sm3"))]
        SignMethod::Acs3HmacSm3 => Err(off(method, "sm3")),
        _ => Ok(hmac::sha256(data)),
    }
}

/// Appends the ACS3 signature of `text`, in hex. The key of an HMAC is the secret as UTF-8.
pub(super) fn push_signature(
    out: &mut String,
    method: SignMethod,
    credential: &Credential,
    text: &[u8],
    keys: &KeyCache,
) -> Result<(), Error> {
    match method {
        #[cfg(feature = "sm3")]
        SignMethod::Acs3HmacSm3 => {
            let secret = credential.secret().expose_secret().as_bytes();
            push_hex(out, &crate::sign::sm3::hmac_sm3(secret, &[text]));
        }
        #[cfg(not(feature = "sm3"))]
        SignMethod::Acs3HmacSm3 => return Err(off(method, "sm3")),
        SignMethod::Acs4HmacSha256 => {
            return Err(Error::config("ACS4-HMAC-SHA256 needs a scope: use `Canonical::scoped_steps`"));
        }
        SignMethod::Acs3RsaSha256 => push_hex(out, &rsa_signature(method, credential, text, keys)?),
        SignMethod::Acs3HmacSha256 => push_hex(out, &credential.sha256_key().sign(text)),
        SignMethod::HmacSha1 | SignMethod::Sha256WithRsa => {
            return Err(Error::config(format!("{} is not a method of ACS3", method.as_str())));
        }
    }
    Ok(())
}

/// The RSA signature of `text`, in bytes.
#[cfg(feature = "rsa")]
pub(super) fn rsa_signature(
    _: SignMethod,
    credential: &Credential,
    text: &[u8],
    keys: &KeyCache,
) -> Result<Vec<u8>, Error> {
    keys.get(credential)?.sign(text)
}

/// The feature is off: an error.
#[cfg(not(feature = "rsa"))]
pub(super) fn rsa_signature(
    method: SignMethod,
    _: &Credential,
    _: &[u8],
    _: &KeyCache,
) -> Result<Vec<u8>, Error> {
    Err(off(method, "rsa"))
}

/// The HMAC-SHA1 of the RPC style, whose key is the secret followed by `&`. The key is zeroized.
pub(super) fn rpc_hmac_sha1(credential: &Credential, text: &[u8]) -> [u8; 20] {
    let mut key = Zeroizing::new(credential.secret().expose_secret().as_bytes().to_vec());
    key.push(b'&');
    hmac::hmac_sha1(&key, &[text])
}

/// The error of a method whose cargo feature is off.
#[cfg(not(all(feature = "rsa", feature = "sm3")))]
fn off(method: SignMethod, feature: &str) -> Error {
    Error::config(format!("{} needs the cargo feature `{feature}`: turn it on", method.as_str()))
}
