//! RSA signatures: PKCS#1 v1.5 with SHA-256 (RSASSA-PKCS1-v1_5, RFC 8017, 8.2). Cargo feature `rsa`.
//!
//! Alibaba Cloud takes them for key pairs, under the names `ACS3-RSA-SHA256` and `SHA256withRSA`. The padding
//! is deterministic: the same key and text give the same signature, so vectors can compare it. The
//! computation is ring's.

use std::fmt;

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use ring::rand::SystemRandom;
use ring::rsa::KeyPair;
use ring::signature::RSA_PKCS1_SHA256;
use secrecy::zeroize::Zeroizing;

use crate::error::{Error, ErrorKind};

/// Base64 with or without padding: key files are written by many tools.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// A private key, parsed and ready to sign. Parsing checks the key and costs more than a signature by HMAC,
/// so signers keep it.
pub(crate) struct RsaKey(KeyPair);

impl RsaKey {
    /// Reads a key of 2048 to 4096 bits. Line breaks and spaces around lines are ignored. These forms are
    /// read:
    ///
    /// ```text
    /// -----BEGIN PRIVATE KEY-----         PKCS#8 in PEM, as `openssl genpkey` writes it
    /// -----BEGIN RSA PRIVATE KEY-----     PKCS#1 in PEM
    /// MIIEvQIBADANBgkqhkiG9w0BAQEF…       the base64 of either, without header lines
    /// ```
    ///
    /// # Errors
    ///
    /// Kind `Credentials` if the key is encrypted, is not base64, or is not an RSA key of that size. No
    /// message quotes a part of the key.
    pub(crate) fn parse(text: &str) -> Result<Self, Error> {
        if text.contains("ENCRYPTED") {
            return Err(refused("is encrypted: decrypt it first, such as with `openssl pkcs8`"));
        }
        let lines = text.lines().map(str::trim).filter(|line| !line.starts_with("-----"));
        let body: Zeroizing<String> = Zeroizing::new(lines.collect());
        let der = LENIENT
            .decode(body.as_bytes())
            .map(Zeroizing::new)
            // The reason would quote a byte of the key.
            .map_err(|_| refused("is neither PEM nor base64"))?;
        // The header lines are often missing or wrong, so they do not decide between the two forms.
        KeyPair::from_pkcs8(&der).or_else(|_| KeyPair::from_der(&der)).map(Self).map_err(|error| {
            refused(&format!("is not an RSA key of 2048 to 4096 bits in PKCS#8 or PKCS#1 form: {error}"))
        })
    }

    /// The signature of `text`. It has as many bytes as the modulus of the key: 256 for 2048 bits.
    pub(crate) fn sign(&self, text: &[u8]) -> Result<Vec<u8>, Error> {
        let mut signature = vec![0; self.0.public().modulus_len()];
        // Randomness only blinds the computation; it leaves no trace in the result.
        self.0
            .sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), text, &mut signature)
            .map_err(|_| Error::new(ErrorKind::Credentials, "the RSA key cannot sign"))?;
        Ok(signature)
    }
}

/// The error of a key that cannot be used: `the private key is encrypted: …`.
fn refused(reason: &str) -> Error {
    Error::new(ErrorKind::Credentials, format!("the private key {reason}"))
}

impl fmt::Debug for RsaKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RsaKey(****)")
    }
}
