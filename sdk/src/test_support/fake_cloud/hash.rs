//! The digests of request signatures.

use crate::sign::hmac::{hmac_sha256, sha256};
#[cfg(feature = "sm3")]
use crate::sign::sm3::{hmac_sm3, sm3};

/// A digest and the MAC based on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hash {
    Sha256,
    #[cfg(feature = "sm3")]
    Sm3,
}

impl Hash {
    pub(crate) fn digest(self, data: &[u8]) -> [u8; 32] {
        match self {
            Self::Sha256 => sha256(data),
            #[cfg(feature = "sm3")]
            Self::Sm3 => sm3(data),
        }
    }

    pub(crate) fn mac(self, key: &[u8], text: &[u8]) -> [u8; 32] {
        match self {
            Self::Sha256 => hmac_sha256(key, &[text]),
            #[cfg(feature = "sm3")]
            Self::Sm3 => hmac_sm3(key, &[text]),
        }
    }
}
