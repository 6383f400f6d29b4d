//! TC3-HMAC-SHA256: `docs/sources.md`, Tencent Cloud, 3, and [signature
//! v3](https://www.tencentcloud.com/document/product/267/37447) of the vendor.
//!
//! # Steps
//!
//! A POST of `{"Limit": 1}` for `DescribeInstances` shows what each step makes.
//!
//! 1. The canonical request: method, path, query, two headers, their names, and the hash of the body. Each
//!    header ends with a line break, which is why an empty line follows them. The path is always `/`.
//!
//!    ```text
//!    POST
//!    /
//!
//!    content-type:application/json
//!    host:cvm.tencentcloudapi.com
//!
//!    content-type;host
//!    65d0b99ccb96b0e186fbe9801c78411017f5188af83639d6b348da161950d5aa
//!    ```
//!
//! 2. The string to sign: the name of the method, the time in Unix seconds, the credential scope, and the
//!    hash of the canonical request. The date in the scope is that of the time in UTC.
//!
//!    ```text
//!    TC3-HMAC-SHA256
//!    1700000000
//!    2023-11-14/cvm/tc3_request
//!    f9b9e083b1b9352ff62a0c7b79937882bc5dda0efef0cfb88f1cc7b163324957
//!    ```
//!
//! 3. The signing key: three MACs, each with the result of the one before as its key. See `keys.rs`.
//!
//!    ```text
//!    HMAC(HMAC(HMAC("TC3" + secret, "2023-11-14"), "cvm"), "tc3_request")
//!    ```
//!
//! 4. The signature: the MAC of the string to sign, in lower-case hex. It is the last part of
//!    `Authorization`.
//!
//!    ```text
//!    TC3-HMAC-SHA256 Credential=AKIDfake0001/2023-11-14/cvm/tc3_request, SignedHeaders=content-type;host,
//!    Signature=f1833ea3…
//!    ```

use super::keys::{Derived, KeyCache};
use crate::credential::Credential;
use crate::sign::encode::{decimal, hex, hex_digits, push_hex};
use crate::sign::hmac::sha256;

/// The input of a TC3 signature. All texts are used in the form in which they are sent: nothing is trimmed or
/// written in lower case.
///
/// Use it to compare a signature with that of another implementation, or to sign a request that this crate
/// does not send.
///
/// ```
/// use cloudcall::credential::Credential;
/// use cloudcall::provider::tencent::signer::Canonical;
///
/// let request = Canonical {
///     method: "POST",
///     query: "",
///     content_type: "application/json",
///     host: "cvm.tencentcloudapi.com",
///     payload: Some(br#"{"Limit": 1}"#),
///     service: "cvm",
///     timestamp: 1_700_000_000,
/// };
/// let steps = request.steps(&Credential::new("AKIDfake0001", "fakeSecretKey0001")?);
/// assert!(steps.string_to_sign.starts_with("TC3-HMAC-SHA256\n1700000000\n2023-11-14/cvm/tc3_request\n"));
/// assert_eq!(steps.signature, "f1833ea3ca9772bbf7557a21ad3156a647a23490f2ed7a3a9b0800a4aba284e5");
/// # Ok::<(), cloudcall::Error>(())
/// ```
///
/// # Troubleshooting
///
/// *another implementation computes another signature*: compare the fields of [`Steps`] in their order. The
/// first one that differs shows the step. Samples of the vendor differ in two ways: some have a content type
/// with `; charset=utf-8`, and some sign `x-tc-action` as a third header. The service accepts what the
/// request declares.
#[doc(alias = "Tc3")]
#[doc(alias = "TC3-HMAC-SHA256")]
#[derive(Debug, Clone, Copy)]
pub struct Canonical<'a> {
    /// `GET` or `POST`.
    pub method: &'a str,
    /// The encoded query as it is sent, without the `?`. It is not sorted. Empty for a POST.
    pub query: &'a str,
    /// The value of `Content-Type`, with the boundary of a multipart form.
    pub content_type: &'a str,
    /// The value of `Host`, with the port if the endpoint has one.
    pub host: &'a str,
    /// The body; empty for a GET. With `None`, the hash of the word `UNSIGNED-PAYLOAD` takes the place of
    /// that of the body.
    pub payload: Option<&'a [u8]>,
    /// The product, such as `cvm`. It is part of the credential scope, and is not read from the host.
    pub service: &'a str,
    /// The time in Unix seconds, as in `X-TC-Timestamp`. The service accepts five minutes of difference.
    pub timestamp: u64,
}

/// A TC3 signature and the texts it was made from, to compare with those of a server or another
/// implementation. The secret is in none of them. [`Canonical::steps`] makes it.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Steps {
    /// The SHA-256 of the payload in hex, which ends the canonical request.
    pub payload_sha256: String,
    /// The canonical request (step 1).
    pub canonical_request: String,
    /// The string to sign (step 2).
    pub string_to_sign: String,
    /// The signature in lower-case hex: 64 digits.
    pub signature: String,
    /// The value of `Authorization`.
    pub authorization: String,
}

impl Canonical<'_> {
    /// The SHA-256 of the body, or that of `UNSIGNED-PAYLOAD`. Unlike AWS, the vendor hashes the word, too.
    fn payload_hash(&self) -> [u8; 32] {
        sha256(self.payload.unwrap_or(b"UNSIGNED-PAYLOAD"))
    }

    /// Step 1. Appends the canonical request to `out`.
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

    /// Step 2. Appends the string to sign to `out`.
    fn string_to_sign(&self, canonical_hash: &[u8; 32], scope: &str, out: &mut Vec<u8>) {
        out.extend_from_slice(b"TC3-HMAC-SHA256\n");
        out.extend_from_slice(decimal(self.timestamp, &mut [0; 20]).as_bytes());
        out.push(b'\n');
        out.extend_from_slice(scope.as_bytes());
        out.push(b'\n');
        out.extend_from_slice(&hex_digits(canonical_hash));
    }

    /// The value of `Authorization`. The signing key is taken from `keys` if it was derived before, which
    /// saves three of the four MACs.
    pub fn authorization(&self, credential: &Credential, keys: &KeyCache) -> String {
        self.authorization_of(&self.payload_hash(), credential, keys)
    }

    /// The same for a body that is not in memory, given its SHA-256. The payload of `self` is ignored.
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
        // Use the memory of the first text for the second one.
        text.clear();
        self.string_to_sign(&hash, &derived.scope, &mut text);
        authorization(&derived, &derived.key.sign(&text))
    }

    /// Signs the request, and returns every step. It derives the key each time.
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

/// The value of `Authorization`: the part that is fixed for a day and a product, and the signature.
fn authorization(derived: &Derived, mac: &[u8; 32]) -> String {
    let mut out = String::with_capacity(derived.authorization.len() + 64);
    out.push_str(&derived.authorization);
    push_hex(&mut out, mac);
    out
}
