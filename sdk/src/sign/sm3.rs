//! SM3 and its HMAC: cargo feature `sm3`.

use hmac::{Hmac, KeyInit, Mac};
use sm3::{Digest, Sm3};

/// SM3 of `data`.
pub(crate) fn sm3(data: &[u8]) -> [u8; 32] {
    Sm3::digest(data).into()
}

/// HMAC-SM3 of all `parts`, one after the other.
pub(crate) fn hmac_sm3(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    // An HMAC takes a key of any length: the error has no case.
    let Ok(mut mac) = Hmac::<Sm3>::new_from_slice(key) else { return [0; 32] };
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sign::encode::hex;

    #[test]
    fn the_standard_s_example() {
        // GB/T 32905-2016, A.1.
        assert_eq!(hex(&sm3(b"abc")), "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
    }
}
