//! SM3, the national digest (GB/T 32905), and its HMAC.

use ::sm3::{Digest, Sm3};

use super::hmac::keyed;

/// SM3 of `data`.
pub(crate) fn sm3(data: &[u8]) -> [u8; 32] {
    Sm3::digest(data).into()
}

/// HMAC-SM3 of all `parts`, one after the other.
pub(crate) fn hmac_sm3(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    keyed::<hmac::Hmac<Sm3>>(key, parts).into()
}
