//! SM3, the Chinese national digest (GB/T 32905-2016), and HMAC-SM3. Cargo feature `sm3`.
//!
//! `ACS3-HMAC-SM3` of Alibaba Cloud and `SDK-HMAC-SM3` of Huawei Cloud use it in place of SHA-256: both the
//! digest of the body and the MAC change. The digest has 32 bytes, as SHA-256 has, so headers and lengths
//! stay the same.

use ::sm3::{Digest, Sm3};

use super::hmac::keyed;

/// SM3 of `data`.
pub(crate) fn sm3(data: &[u8]) -> [u8; 32] {
    Sm3::digest(data).into()
}

/// HMAC-SM3 of the concatenation of `parts`: the construction of RFC 2104 with blocks of 64 bytes.
pub(crate) fn hmac_sm3(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    keyed::<hmac::Hmac<Sm3>>(key, parts).into()
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
