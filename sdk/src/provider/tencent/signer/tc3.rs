//! TC3-HMAC-SHA256: `docs/sources.md`, Tencent Cloud, 3.

use super::keys::{Derived, KeyCache};
use crate::credential::Credential;
use crate::sign::encode::{decimal, hex, hex_digits, push_hex};
use crate::sign::hmac::sha256;

/// What a TC3 signature covers. All texts are used in the form that is sent.
#[doc(alias = "Tc3")]
#[doc(alias = "TC3-HMAC-SHA256")]
#[derive(Debug, Clone, Copy)]
pub struct Canonical<'a> {
    /// `GET` or `POST`.
    pub method: &'a str,
    /// The encoded query as sent; empty for POST.
    pub query: &'a str,
    /// The value of `Content-Type`.
    pub content_type: &'a str,
    /// The value of `Host`, with the port.
    pub host: &'a str,
    /// The body, or nothing to sign the words `UNSIGNED-PAYLOAD` in its place.
    pub payload: Option<&'a [u8]>,
    /// The product.
    pub service: &'a str,
    /// Unix seconds.
    pub timestamp: u64,
}

/// A TC3 signature and the texts it was made from, to compare with a server's.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Steps {
    /// The hex SHA-256 of the payload.
    pub payload_sha256: String,
    /// The canonical request.
    pub canonical_request: String,
    /// The string to sign.
    pub string_to_sign: String,
    /// The hex signature.
    pub signature: String,
    /// The value of `Authorization`.
    pub authorization: String,
}

impl Canonical<'_> {
    fn payload_hash(&self) -> [u8; 32] {
        sha256(self.payload.unwrap_or(b"UNSIGNED-PAYLOAD"))
    }

    fn canonical_request(&self, payload_hash: &[u8; 32], out: &mut Vec<u8>) {
        for text in [
            self.method,
            "\n/\n",
            self.query,
            "\ncontent-type:",
            self.content_type,
            "\nhost:",
            self.host,
            "\n\ncontent-type;host\n",
        ] {
            out.extend_from_slice(text.as_bytes());
        }
        out.extend_from_slice(&hex_digits(payload_hash));
    }

    fn string_to_sign(&self, canonical_hash: &[u8; 32], scope: &str, out: &mut Vec<u8>) {
        out.extend_from_slice(b"TC3-HMAC-SHA256\n");
        out.extend_from_slice(decimal(self.timestamp, &mut [0; 20]));
        out.push(b'\n');
        out.extend_from_slice(scope.as_bytes());
        out.push(b'\n');
        out.extend_from_slice(&hex_digits(canonical_hash));
    }

    /// The value of `Authorization`, with the signing key from `keys` if it was derived before.
    pub fn authorization(&self, credential: &Credential, keys: &KeyCache) -> String {
        self.authorization_of(&self.payload_hash(), credential, keys)
    }

    /// The same for a payload that is known by its SHA-256 alone; that of `self` does not matter.
    pub fn authorization_of(
        &self,
        payload_sha256: &[u8; 32],
        credential: &Credential,
        keys: &KeyCache,
    ) -> String {
        let texts = [self.method, self.query, self.content_type, self.host, self.service];
        let mut text = Vec::with_capacity(160 + texts.iter().map(|text| text.len()).sum::<usize>());
        self.canonical_request(payload_sha256, &mut text);
        let hash = sha256(&text);
        let derived = keys.get(credential, self.timestamp, self.service);
        // The same memory serves for the second text.
        text.clear();
        self.string_to_sign(&hash, &derived.scope, &mut text);
        authorization(&derived, &derived.key.sign(&text))
    }

    /// Every step of the signature.
    pub fn steps(&self, credential: &Credential) -> Steps {
        let payload_hash = self.payload_hash();
        let (mut canonical_request, mut string_to_sign) = (Vec::new(), Vec::new());
        self.canonical_request(&payload_hash, &mut canonical_request);
        let derived = Derived::new(credential, self.timestamp, self.service);
        self.string_to_sign(&sha256(&canonical_request), &derived.scope, &mut string_to_sign);
        let mac = derived.key.sign(&string_to_sign);
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        Steps {
            payload_sha256: hex(&payload_hash),
            canonical_request: text(canonical_request),
            string_to_sign: text(string_to_sign),
            signature: hex(&mac),
            authorization: authorization(&derived, &mac),
        }
    }
}

fn authorization(derived: &Derived, mac: &[u8; 32]) -> String {
    let mut out = String::with_capacity(derived.authorization.len() + 64);
    out.push_str(&derived.authorization);
    push_hex(&mut out, mac);
    out
}
