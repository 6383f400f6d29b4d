//! The proof that the program that redeems a code is the one that asked for it (RFC 7636).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::{ExposeSecret, SecretString};

use crate::context::Context;
use crate::sign::encode::hex;
use crate::sign::hmac::sha256;

/// 256 random bits as 64 characters.
pub(super) struct Verifier(SecretString);

impl Verifier {
    pub(super) fn new(context: &Context) -> Self {
        Self(SecretString::from(hex(&context.nonce()) + &hex(&context.nonce())))
    }

    pub(super) fn secret(&self) -> &SecretString {
        &self.0
    }

    /// The challenge of the method `S256`.
    pub(super) fn challenge(&self) -> String {
        URL_SAFE_NO_PAD.encode(sha256(self.0.expose_secret().as_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_challenge_is_that_of_the_rfc() {
        // RFC 7636, appendix B.
        let verifier = Verifier(SecretString::from("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"));
        assert_eq!(verifier.challenge(), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
        let random = Verifier::new(&Context::system());
        assert_eq!(random.secret().expose_secret().len(), 64);
    }
}
