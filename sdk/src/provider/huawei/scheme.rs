//! The signature schemes and the hash of each: `docs/sources.md`, Huawei Cloud, 2.
//!
//! `signer.rs` signs with a scheme of this file. The hash of the scheme decides three things: the digest in
//! the canonical request, the MAC, and the name of the content header.

use http::HeaderName;

use crate::error::Error;
use crate::sign::hmac::{hmac_sha256, sha256};
use crate::upload::BodyDigest;

/// The signature scheme of requests.
///
/// The names are those that the header `Authorization` begins with. `parse` reads them in any case:
///
/// ```
/// use cloudcall::provider::huawei::SignMethod;
///
/// assert_eq!(SignMethod::default().as_str(), "SDK-HMAC-SHA256");
/// assert_eq!("v11-hmac-sha256".parse::<SignMethod>()?, SignMethod::DerivedHmacSha256);
/// assert!("HMAC-MD5".parse::<SignMethod>().is_err());
/// # Ok::<(), cloudcall::Error>(())
/// ```
///
/// The vendor's SDK calls them `SigningAlgorithm.HMAC_SHA256`, `HMAC_SM3`, `ECDSA_P256_SHA256` and `SM2_SM3`.
/// It has no name for V11-HMAC-SHA256, which it chooses by a predicate of the host; see
/// [`Cloud::derive_for_other_hosts`](super::Cloud::derive_for_other_hosts) for that.
///
/// # Troubleshooting
///
/// *to sign by SDK-HMAC-SM3, turn the cargo feature `sm3` on*: the scheme is not compiled in. Add the feature
/// in `Cargo.toml`: `cloudcall = { features = ["sm3"], … }`.
///
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum SignMethod {
    /// SDK-HMAC-SHA256: an HMAC with the secret as the key. The default.
    #[default]
    HmacSha256,
    /// V11-HMAC-SHA256: an HMAC with a key that is derived for the day, the region and the service. The
    /// vendor's SDK uses it for hosts outside its usual pattern, such as those of IoTDA instances.
    DerivedHmacSha256,
    /// SDK-HMAC-SM3: the default with the Chinese standard hash SM3 (GB/T 32905). Needs the cargo feature
    /// `sm3`.
    HmacSm3,
    /// SDK-ECDSA-P256-SHA256: ECDSA with a private key that is derived from the key pair. Needs the cargo
    /// feature `p256`.
    EcdsaP256Sha256,
    /// SDK-SM2-SM3: the Chinese standard signature SM2 (GB/T 32918) with a derived private key. Needs the
    /// cargo feature `sm2`.
    Sm2Sm3,
}

impl SignMethod {
    /// All schemes, in the order in which error messages list them.
    const ALL: [Self; 5] =
        [Self::HmacSha256, Self::DerivedHmacSha256, Self::HmacSm3, Self::EcdsaP256Sha256, Self::Sm2Sm3];

    /// The name of the scheme, as the header `Authorization` has it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::HmacSha256 => "SDK-HMAC-SHA256",
            Self::DerivedHmacSha256 => "V11-HMAC-SHA256",
            Self::HmacSm3 => "SDK-HMAC-SM3",
            Self::EcdsaP256Sha256 => "SDK-ECDSA-P256-SHA256",
            Self::Sm2Sm3 => "SDK-SM2-SM3",
        }
    }

    /// The hash of the canonical request and of the body.
    pub(super) fn hash(self) -> Hash {
        match self {
            Self::HmacSm3 | Self::Sm2Sm3 => Hash::Sm3,
            _ => Hash::Sha256,
        }
    }

    /// The error of a scheme whose cargo feature is off. Kind `Config`.
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

static CONTENT_SHA256: HeaderName = HeaderName::from_static("x-sdk-content-sha256");
static CONTENT_SM3: HeaderName = HeaderName::from_static("x-sdk-content-sm3");

/// The hash of a scheme, which its MAC uses, too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hash {
    /// SHA-256.
    Sha256,
    /// SM3 (GB/T 32905), 32 bytes as well.
    Sm3,
}

impl Hash {
    /// The header that declares the body as unsigned. The schemes with SM3 have another one.
    pub(super) fn content_header(self) -> &'static HeaderName {
        match self {
            Self::Sha256 => &CONTENT_SHA256,
            Self::Sm3 => &CONTENT_SM3,
        }
    }

    /// The digest of a body that is not in memory.
    pub(super) fn of_bodies(self) -> BodyDigest {
        match self {
            Self::Sha256 => BodyDigest::Sha256,
            Self::Sm3 => BodyDigest::Sm3,
        }
    }

    /// The hash of `data`.
    ///
    /// # Errors
    ///
    /// Kind `Config` if the cargo feature `sm3` is off and the hash needs it.
    pub(super) fn digest(self, data: &[u8]) -> Result<[u8; 32], Error> {
        match self {
            Self::Sha256 => Ok(sha256(data)),
            #[cfg(feature = "sm3")]
            Self::Sm3 => Ok(crate::sign::sm3::sm3(data)),
            #[cfg(not(feature = "sm3"))]
            Self::Sm3 => Err(SignMethod::HmacSm3.not_compiled("sm3")),
        }
    }

    /// The HMAC of `parts`, one after the other, with `key`.
    ///
    /// # Errors
    ///
    /// As [`digest`](Self::digest).
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
