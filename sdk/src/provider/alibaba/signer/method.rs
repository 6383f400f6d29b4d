//! The names of the signature methods.

use crate::error::Error;

/// How requests are signed. A bearer token is sent as it is, in the places of the chosen generation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum SignMethod {
    /// ACS3-HMAC-SHA256 in the `Authorization` header.
    #[default]
    Acs3HmacSha256,
    /// ACS3-HMAC-SM3, with the national digest. Cargo feature `sm3`.
    Acs3HmacSm3,
    /// ACS3-RSA-SHA256, with a key pair: see [`key_pair`](super::super::credentials::key_pair). Cargo feature
    /// `rsa`.
    Acs3RsaSha256,
    /// The older signature, V2: among the parameters of RPC calls, in a header of ROA calls.
    HmacSha1,
    /// The older signature of RPC calls with a key pair. Cargo feature `rsa`.
    Sha256WithRsa,
}

const METHODS: [SignMethod; 5] = [
    SignMethod::Acs3HmacSha256,
    SignMethod::Acs3HmacSm3,
    SignMethod::Acs3RsaSha256,
    SignMethod::HmacSha1,
    SignMethod::Sha256WithRsa,
];

impl SignMethod {
    /// The vendor's name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Acs3HmacSha256 => "ACS3-HMAC-SHA256",
            Self::Acs3HmacSm3 => "ACS3-HMAC-SM3",
            Self::Acs3RsaSha256 => "ACS3-RSA-SHA256",
            Self::HmacSha1 => "HMAC-SHA1",
            Self::Sha256WithRsa => "SHA256withRSA",
        }
    }

    pub(in crate::provider::alibaba) fn is_acs3(self) -> bool {
        matches!(self, Self::Acs3HmacSha256 | Self::Acs3HmacSm3 | Self::Acs3RsaSha256)
    }
}

impl std::str::FromStr for SignMethod {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self, Error> {
        METHODS.into_iter().find(|method| method.as_str().eq_ignore_ascii_case(name)).ok_or_else(|| {
            let known: Vec<_> = METHODS.iter().map(|method| method.as_str()).collect();
            let shown = name.escape_debug();
            Error::config(format!("`{shown}` is not a signature method: use one of {}", known.join(", ")))
        })
    }
}
