//! TC3-HMAC-SHA256: `docs/sources.md`, Tencent Cloud, 3.

use std::ops::Range;

use super::keys::{KeyCache, derive};
use crate::credential::Credential;
use crate::sign::encode::{hex, push_decimal, push_hex};
use crate::sign::hmac::sha256;
use crate::sign::time::Utc;

/// What a TC3 signature covers. All texts are used as they are sent.
#[derive(Debug, Clone, Copy)]
pub struct Tc3<'a> {
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
pub struct Tc3Steps {
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

const SIGNED_HEADERS: &str = "content-type;host";

impl Tc3<'_> {
    fn payload_hash(&self) -> [u8; 32] {
        sha256(self.payload.unwrap_or(b"UNSIGNED-PAYLOAD"))
    }

    fn canonical_request(&self, payload_hash: &[u8; 32], out: &mut String) {
        for text in [
            self.method,
            "\n/\n",
            self.query,
            "\ncontent-type:",
            self.content_type,
            "\nhost:",
            self.host,
            "\n\n",
            SIGNED_HEADERS,
            "\n",
        ] {
            out.push_str(text);
        }
        push_hex(out, payload_hash);
    }

    /// Writes the string to sign, and says where in it the scope stands.
    fn string_to_sign(&self, canonical_hash: &[u8], out: &mut String) -> Range<usize> {
        out.push_str("TC3-HMAC-SHA256\n");
        push_decimal(out, self.timestamp);
        out.push('\n');
        let start = out.len();
        Utc::from_unix(self.timestamp).push_date(out);
        out.push('/');
        out.push_str(self.service);
        out.push_str("/tc3_request");
        let end = out.len();
        out.push('\n');
        push_hex(out, canonical_hash);
        start..end
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
        let mut text = String::with_capacity(192 + texts.iter().map(|text| text.len()).sum::<usize>());
        self.canonical_request(payload_sha256, &mut text);
        let hash = sha256(text.as_bytes());
        // The same memory serves for the second text.
        text.clear();
        let scope = self.string_to_sign(&hash, &mut text);
        let scope = text.get(scope).unwrap_or_default();
        let mac = keys.get(credential, scope, self.service).sign(text.as_bytes());
        authorization(credential.id(), scope, &mac)
    }

    /// Every step of the signature.
    pub fn steps(&self, credential: &Credential) -> Tc3Steps {
        let payload_hash = self.payload_hash();
        let (mut canonical_request, mut string_to_sign) = (String::new(), String::new());
        self.canonical_request(&payload_hash, &mut canonical_request);
        let scope = self.string_to_sign(&sha256(canonical_request.as_bytes()), &mut string_to_sign);
        let scope = string_to_sign.get(scope).unwrap_or_default();
        let mac = derive(credential, scope, self.service).sign(string_to_sign.as_bytes());
        let authorization = authorization(credential.id(), scope, &mac);
        Tc3Steps {
            payload_sha256: hex(&payload_hash),
            canonical_request,
            signature: hex(&mac),
            authorization,
            string_to_sign,
        }
    }
}

fn authorization(id: &str, scope: &str, mac: &[u8]) -> String {
    let mut out = String::with_capacity(150 + id.len() + scope.len());
    for part in
        ["TC3-HMAC-SHA256 Credential=", id, "/", scope, ", SignedHeaders=", SIGNED_HEADERS, ", Signature="]
    {
        out.push_str(part);
    }
    push_hex(&mut out, mac);
    out
}
