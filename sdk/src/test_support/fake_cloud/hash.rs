//! The digests of request signatures: SHA-256, and SM3 with the cargo feature `sm3`.
//!
//! Huawei Cloud and Alibaba Cloud let the client choose between them, by the name of the scheme.

use crate::sign::hmac::{hmac_sha256, sha256};
#[cfg(feature = "sm3")]
use crate::sign::sm3::{hmac_sm3, sm3};

/// A digest and the MAC based on it. Both digests have 32 bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hash {
    /// SHA-256 and HMAC-SHA256.
    Sha256,
    /// SM3 and HMAC-SM3, of the Chinese standard GB/T 32905.
    #[cfg(feature = "sm3")]
    Sm3,
}

impl Hash {
    /// The digest of `data`.
    pub(crate) fn digest(self, data: &[u8]) -> [u8; 32] {
        match self {
            Self::Sha256 => sha256(data),
            #[cfg(feature = "sm3")]
            Self::Sm3 => sm3(data),
        }
    }

    /// The HMAC of `text` under `key`.
    pub(crate) fn mac(self, key: &[u8], text: &[u8]) -> [u8; 32] {
        match self {
            Self::Sha256 => hmac_sha256(key, &[text]),
            #[cfg(feature = "sm3")]
            Self::Sm3 => hmac_sm3(key, &[text]),
        }
    }
}
