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
#[cfg(feature = "rsa")]
use crate::sign::rsa::RsaKey;
use crate::sign::{encode::hex, hmac};

/// The private key that was parsed last. Parsing one costs more than a MAC, and most clients have one key.
///
/// Only RSA methods use it. Without the cargo feature `rsa` it is empty.
#[derive(Default)]
pub struct KeyCache {
    /// The credential, and its key.
    #[cfg(feature = "rsa")]
    last: Mutex<Option<(Credential, Arc<RsaKey>)>>,
}

impl std::fmt::Debug for KeyCache {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("KeyCache(****)")
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
    match method {
        #[cfg(feature = "sm3")]
        SignMethod::Acs3HmacSm3 => Ok(hex(&crate::sign::sm3::sm3(data))),
        #[cfg(not(feature = "sm3"))]
        SignMethod::Acs3HmacSm3 => Err(off(method, "sm3")),
        _ => Ok(hex(&hmac::sha256(data))),
    }
}

/// The signature of `text`, in bytes. The key of an HMAC is the secret as UTF-8.
pub(super) fn signature(
    method: SignMethod,
    credential: &Credential,
    text: &[u8],
    keys: &KeyCache,
) -> Result<Vec<u8>, Error> {
    let secret = credential.secret().expose_secret();
    match method {
        SignMethod::Acs3HmacSha256 => Ok(hmac::hmac_sha256(secret.as_bytes(), &[text]).to_vec()),
        #[cfg(feature = "sm3")]
        SignMethod::Acs3HmacSm3 => Ok(crate::sign::sm3::hmac_sm3(secret.as_bytes(), &[text]).to_vec()),
        #[cfg(not(feature = "sm3"))]
        SignMethod::Acs3HmacSm3 => Err(off(method, "sm3")),
        SignMethod::Acs4HmacSha256 => {
            Err(Error::config("ACS4-HMAC-SHA256 needs a scope: use `Canonical::scoped_steps`"))
        }
        SignMethod::HmacSha1 => Ok(hmac::hmac_sha1(secret.as_bytes(), &[text]).to_vec()),
        #[cfg(feature = "rsa")]
        SignMethod::Acs3RsaSha256 | SignMethod::Sha256WithRsa => keys.get(credential)?.sign(text),
        #[cfg(not(feature = "rsa"))]
        SignMethod::Acs3RsaSha256 | SignMethod::Sha256WithRsa => {
            let _ = keys;
            Err(off(method, "rsa"))
        }
    }
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
