//! The MACs and digests that the signers use.

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

/// HMAC-SHA256 of all `parts`, one after the other.
pub(crate) fn hmac_sha256(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    keyed::<Hmac<Sha256>>(key, parts).into()
}

/// HMAC-SHA1 of all `parts`, one after the other.
#[cfg(any(feature = "tencent", feature = "alibaba"))]
pub(crate) fn hmac_sha1(key: &[u8], parts: &[&[u8]]) -> [u8; 20] {
    keyed::<Hmac<sha1::Sha1>>(key, parts).into()
}

pub(crate) fn keyed<M: Mac + KeyInit>(key: &[u8], parts: &[&[u8]]) -> hmac::digest::Output<M> {
    // An HMAC takes a key of any length: the error has no case.
    let Ok(mut mac) = <M as KeyInit>::new_from_slice(key) else { return Default::default() };
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes()
}

/// SHA-256 of `data`.
pub(crate) fn sha256(data: &[u8]) -> [u8; 32] {
    Sha256::digest(data).into()
}
