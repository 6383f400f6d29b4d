//! The names of the signature methods, as users and the vendor write them.

use crate::error::Error;

/// How requests are signed. A bearer token is sent without a signature, in the places of the chosen
/// generation.
///
/// | method | styles | key | cargo feature |
/// | --- | --- | --- | --- |
/// | `Acs3HmacSha256` | RPC, ROA | secret | |
/// | `Acs3HmacSm3` | RPC, ROA | secret | `sm3` |
/// | `Acs3RsaSha256` | RPC, ROA | RSA private key | `rsa` |
/// | `Acs4HmacSha256` | RPC, ROA | secret | |
/// | `HmacSha1` | RPC, ROA | secret | |
/// | `Sha256WithRsa` | RPC | RSA private key | `rsa` |
///
/// The method can be read from a setting, in any case:
///
/// ```
/// use cloudcall::provider::alibaba::SignMethod;
///
/// let method: SignMethod = "acs3-hmac-sha256".parse()?;
/// assert_eq!(method, SignMethod::default());
/// assert!("HMAC-SHA256".parse::<SignMethod>().is_err());
/// # Ok::<(), cloudcall::Error>(())
/// ```
///
/// There is no RPC method with HMAC-SHA256: the module of that name in the vendor's older package computes
/// SHA256withRSA.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum SignMethod {
    /// ACS3-HMAC-SHA256 in the `Authorization` header. The default.
    #[default]
    Acs3HmacSha256,
    /// ACS3-HMAC-SM3, with the Chinese national digest. Cargo feature `sm3`.
    Acs3HmacSm3,
    /// ACS3-RSA-SHA256, with a key pair: see [`key_pair`](super::super::credentials::key_pair). Cargo feature
    /// `rsa`.
    Acs3RsaSha256,
    /// ACS4-HMAC-SHA256, in the `Authorization` header, with a key for one day, region and product. The
    /// vendor's packages use it only on request, and for the products of one gateway,
    /// [`Pop`](crate::endpoint::Gateway::Pop).
    Acs4HmacSha256,
    /// The older signature, V2: among the parameters of RPC calls, in a header of ROA calls. Use it only for
    /// gateways that do not know ACS3.
    HmacSha1,
    /// The older signature of RPC calls with a key pair. Cargo feature `rsa`.
    Sha256WithRsa,
}

/// All methods, in the order in which messages list them.
const METHODS: [SignMethod; 6] = [
    SignMethod::Acs3HmacSha256,
    SignMethod::Acs3HmacSm3,
    SignMethod::Acs3RsaSha256,
    SignMethod::Acs4HmacSha256,
    SignMethod::HmacSha1,
    SignMethod::Sha256WithRsa,
];

impl SignMethod {
    /// The vendor's name, which is also sent: `ACS3-HMAC-SHA256`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Acs3HmacSha256 => "ACS3-HMAC-SHA256",
            Self::Acs3HmacSm3 => "ACS3-HMAC-SM3",
            Self::Acs3RsaSha256 => "ACS3-RSA-SHA256",
            Self::Acs4HmacSha256 => "ACS4-HMAC-SHA256",
            Self::HmacSha1 => "HMAC-SHA1",
            Self::Sha256WithRsa => "SHA256withRSA",
        }
    }

    /// Whether the method is ACS3 or ACS4. Only these cover the body.
    pub(in crate::provider::alibaba) fn covers_body(self) -> bool {
        !matches!(self, Self::HmacSha1 | Self::Sha256WithRsa)
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
