//! The names of the signature schemes, and the hash each is built on: `docs/sources.md`, Huawei Cloud, 2.

use crate::error::Error;
use crate::sign::hmac::{hmac_sha256, sha256};
use crate::upload::BodyDigest;

/// How requests are signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum SignMethod {
    /// SDK-HMAC-SHA256.
    #[default]
    HmacSha256,
    /// V11-HMAC-SHA256: with a key derived for the day, the region and the service.
    DerivedHmacSha256,
    /// SDK-HMAC-SM3. Needs the cargo feature `sm3`.
    HmacSm3,
    /// SDK-ECDSA-P256-SHA256. Needs the cargo feature `p256`.
    EcdsaP256Sha256,
    /// SDK-SM2-SM3. Needs the cargo feature `sm2`.
    Sm2Sm3,
}

impl SignMethod {
    const ALL: [Self; 5] =
        [Self::HmacSha256, Self::DerivedHmacSha256, Self::HmacSm3, Self::EcdsaP256Sha256, Self::Sm2Sm3];

    /// The vendor's name, as `Authorization` has it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::HmacSha256 => "SDK-HMAC-SHA256",
            Self::DerivedHmacSha256 => "V11-HMAC-SHA256",
            Self::HmacSm3 => "SDK-HMAC-SM3",
            Self::EcdsaP256Sha256 => "SDK-ECDSA-P256-SHA256",
            Self::Sm2Sm3 => "SDK-SM2-SM3",
        }
    }

    pub(super) fn hash(self) -> Hash {
        match self {
            Self::HmacSm3 | Self::Sm2Sm3 => Hash::Sm3,
            _ => Hash::Sha256,
        }
    }

    /// The error of a scheme whose cargo feature is off.
    #[cfg(not(all(feature = "p256", feature = "sm2")))]
    pub(super) fn not_compiled(self, feature: &str) -> Error {
        Error::config(format!("to sign by {}, turn the cargo feature `{feature}` on", self.as_str()))
    }
}

impl std::str::FromStr for SignMethod {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self, Error> {
        Self::ALL.into_iter().find(|method| method.as_str().eq_ignore_ascii_case(name)).ok_or_else(|| {
            let names = Self::ALL.map(Self::as_str).join(", ");
            Error::config(format!("`{}` is not a signature method: use one of {names}", name.escape_debug()))
        })
    }
}

/// The hash of a scheme, also under its MAC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hash {
    Sha256,
    Sm3,
}

impl Hash {
    /// The header that says that the body is not signed, in lower case.
    pub(super) fn content_header(self) -> &'static str {
        match self {
            Self::Sha256 => "x-sdk-content-sha256",
            Self::Sm3 => "x-sdk-content-sm3",
        }
    }

    /// The same as a digest of bodies.
    pub(super) fn of_bodies(self) -> BodyDigest {
        match self {
            Self::Sha256 => BodyDigest::Sha256,
            Self::Sm3 => BodyDigest::Sm3,
        }
    }

    pub(super) fn digest(self, data: &[u8]) -> Result<[u8; 32], Error> {
        match self {
            Self::Sha256 => Ok(sha256(data)),
            #[cfg(feature = "sm3")]
            Self::Sm3 => Ok(crate::sign::sm3::sm3(data)),
            #[cfg(not(feature = "sm3"))]
            Self::Sm3 => Err(SignMethod::HmacSm3.not_compiled("sm3")),
        }
    }

    pub(super) fn mac(self, key: &[u8], parts: &[&[u8]]) -> Result<[u8; 32], Error> {
        match self {
            Self::Sha256 => Ok(hmac_sha256(key, parts)),
            #[cfg(feature = "sm3")]
            Self::Sm3 => Ok(crate::sign::sm3::hmac_sm3(key, parts)),
            #[cfg(not(feature = "sm3"))]
            Self::Sm3 => Err(SignMethod::HmacSm3.not_compiled("sm3")),
        }
    }
}
