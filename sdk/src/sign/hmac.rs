//! The MACs and digests that the signers use, over RustCrypto's `hmac`, `sha1` and `sha2`.
//!
//! All functions take a key of any length and cannot fail. A key that signs more than once is a [`MacKey`]:
//! its blocks are hashed once. The functions for SM3 are in `sm3`, because they exist only with the cargo
//! feature of that name.

use hmac::{Hmac, KeyInit, Mac};
use secrecy::zeroize::{Zeroize, Zeroizing};
use sha2::{Digest as _, Sha256};

use super::sha::{self, Compress, State, finish};

/// A key of HMAC-SHA256. See [`MacKey`].
pub(crate) type Sha256Key = MacKey<State<8>>;

/// A key of HMAC-SHA1. See [`MacKey`].
///
/// Only Tencent's older signature `HmacSHA1` uses it.
#[cfg(feature = "tencent")]
pub(crate) type Sha1Key = MacKey<State<5>>;

/// A key of an HMAC whose inner and outer block are hashed already. This is half of the work of a MAC over a
/// short text. It is zeroized when it is dropped, and so are the states that a MAC computes from it.
#[derive(Clone)]
pub(crate) struct MacKey<S: Zeroize> {
    /// The state after the inner block.
    inner: S,
    /// The state after the outer block.
    outer: S,
}

impl<S: Zeroize + Copy> MacKey<S> {
    /// Hashes both blocks of a key. `start` is the state before them, and `digest` hashes a long key.
    fn over<const BYTES: usize>(start: S, key: &[u8], digest: impl FnOnce(&[u8]) -> [u8; BYTES]) -> Self
    where
        S: Compress<BYTES>,
    {
        let mut block = [0; 64];
        // A longer key is hashed, and zeros follow a shorter one (RFC 2104).
        if key.len() > block.len() {
            fill(&mut block, &*Zeroizing::new(digest(key)));
        } else {
            fill(&mut block, key);
        }
        let state = |pad: u8| {
            let mut padded = block.map(|byte| byte ^ pad);
            let mut state = start;
            state.compress(&[padded]);
            padded.zeroize();
            state
        };
        let made = Self { inner: state(0x36), outer: state(0x5c) };
        block.zeroize();
        made
    }

    /// The HMAC (RFC 2104) of `text`.
    pub(crate) fn sign<const BYTES: usize>(&self, text: &[u8]) -> [u8; BYTES]
    where
        S: Compress<BYTES>,
    {
        finish(self.outer, 64, &finish(self.inner, 64, text))
    }
}

impl Sha256Key {
    /// Hashes both blocks of the key.
    pub(crate) fn new(key: &[u8]) -> Self {
        Self::over(sha::SHA256, key, |key| Sha256::digest(key).into())
    }
}

#[cfg(feature = "tencent")]
impl Sha1Key {
    /// Hashes both blocks of the key.
    pub(crate) fn new(key: &[u8]) -> Self {
        Self::over(sha::SHA1, key, |key| sha1::Sha1::digest(key).into())
    }
}

impl<S: Zeroize> Drop for MacKey<S> {
    fn drop(&mut self) {
        self.inner.zeroize();
        self.outer.zeroize();
    }
}

/// Copies `from` to the start of `block`.
fn fill(block: &mut [u8; 64], from: &[u8]) {
    for (to, from) in block.iter_mut().zip(from) {
        *to = *from;
    }
}

/// HMAC-SHA256 (RFC 2104) of the concatenation of `parts`, for a key that is used once.
pub(crate) fn hmac_sha256(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    keyed::<Hmac<Sha256>>(key, parts).into()
}

/// HMAC-SHA1 (RFC 2104) of the concatenation of `parts`, for a key that is used once.
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
    finish(sha::SHA256, 0, data)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kept_key_signs_as_one_that_is_used_once() {
        for length in [0, 1, 32, 63, 64, 65, 200] {
            let key = vec![7; length];
            assert_eq!(Sha256Key::new(&key).sign(b"text"), hmac_sha256(&key, &[b"te", b"xt"]), "{length}");
            #[cfg(feature = "tencent")]
            assert_eq!(Sha1Key::new(&key).sign(b"text"), hmac_sha1(&key, &[b"te", b"xt"]), "{length}");
        }
    }
}
