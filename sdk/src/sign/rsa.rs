//! RSA signatures, PKCS#1 v1.5 with SHA-256: deterministic, so the same text gives the same signature.

use std::fmt;

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use ring::rand::SystemRandom;
use ring::rsa::KeyPair;
use ring::signature::RSA_PKCS1_SHA256;
use secrecy::zeroize::Zeroizing;

use crate::error::{Error, ErrorKind};

/// Key files are written by many tools: with padding or without.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// A private key, ready to sign.
pub(crate) struct RsaKey(KeyPair);

impl RsaKey {
    /// Reads a key of 2048 to 4096 bits: PEM (`PRIVATE KEY` or `RSA PRIVATE KEY`), or the base64 of the DER
    /// alone.
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
        // The header lines do not tell the two forms apart reliably: they are often left out, or wrong.
        KeyPair::from_pkcs8(&der).or_else(|_| KeyPair::from_der(&der)).map(Self).map_err(|error| {
            refused(&format!("is not an RSA key of 2048 to 4096 bits in PKCS#8 or PKCS#1 form: {error}"))
        })
    }

    /// The signature of `text`.
    pub(crate) fn sign(&self, text: &[u8]) -> Result<Vec<u8>, Error> {
        let mut signature = vec![0; self.0.public().modulus_len()];
        // Randomness only blinds the computation; it leaves no trace in the result.
        self.0
            .sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), text, &mut signature)
            .map_err(|_| Error::new(ErrorKind::Credentials, "the RSA key cannot sign"))?;
        Ok(signature)
    }
}

fn refused(reason: &str) -> Error {
    Error::new(ErrorKind::Credentials, format!("the private key {reason}"))
}

impl fmt::Debug for RsaKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RsaKey(****)")
    }
}
