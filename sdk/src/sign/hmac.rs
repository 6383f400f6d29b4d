//! The MACs and digests that the signers use, over RustCrypto's `hmac`, `sha1` and `sha2`.
//!
//! All functions take a key of any length and cannot fail. A MAC takes its message in parts, so that a signer
//! does not copy a canonical request to put a prefix in front of it. The functions for SM3 are in `sm3`,
//! because they exist only with the cargo feature of that name.

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

/// HMAC-SHA256 (RFC 2104) of the concatenation of `parts`.
pub(crate) fn hmac_sha256(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    keyed::<Hmac<Sha256>>(key, parts).into()
}

/// HMAC-SHA1 (RFC 2104) of the concatenation of `parts`.
///
/// Only the older signatures use it: Tencent's `HmacSHA1`, and V2 of Alibaba Cloud. For an HMAC, the known
/// collisions of SHA-1 are no attack.
#[cfg(any(feature = "tencent", feature = "alibaba"))]
pub(crate) fn hmac_sha1(key: &[u8], parts: &[&[u8]]) -> [u8; 20] {
    keyed::<Hmac<sha1::Sha1>>(key, parts).into()
}

/// The MAC of the concatenation of `parts`, with any hash. It serves SHA-256, SHA-1 and SM3.
pub(crate) fn keyed<M: Mac + KeyInit>(key: &[u8], parts: &[&[u8]]) -> hmac::digest::Output<M> {
    // HMAC takes a key of any length, so this never fails.
    let Ok(mut mac) = <M as KeyInit>::new_from_slice(key) else { return Default::default() };
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes()
}

/// SHA-256 of `data`. All default signatures hash the body and the canonical request with it.
pub(crate) fn sha256(data: &[u8]) -> [u8; 32] {
    Sha256::digest(data).into()
}
