//! ACS3, also called V3: `docs/sources.md`, Alibaba Cloud, 4.
//!
//! The steps, with the texts that they give for one call:
//!
//! 1. The canonical request: method, path, query, one line for each signed header, an empty line, the names
//!    of the signed headers, and the hash of the body.
//!
//! ```text
//! POST
//! /
//! RegionId=cn-beijing
//! host:ecs.cn-beijing.aliyuncs.com
//! x-acs-action:DescribeRegions
//! x-acs-content-sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
//! x-acs-date:2026-03-01T08:09:05Z
//! x-acs-signature-nonce:00112233445566778899aabbccddeeff
//! x-acs-version:2014-05-26
//!
//! host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version
//! e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
//! ```
//!
//! 2. The string to sign: the algorithm and the hash of the canonical request.
//!
//! ```text
//! ACS3-HMAC-SHA256
//! a10b0d6b07263e1419ede55b888fdd7365e7b666c4904ef53ed617a42998ec1c
//! ```
//!
//! 3. The signature is the MAC of the string to sign, in hex, for RSA too. The key of the MAC is the secret
//!    itself: there is no derived key, no region and no date in it.

use std::fmt::Write as _;

use http::HeaderMap;

use super::SignMethod;
use super::mac::{KeyCache, digest, push_signature};
use crate::credential::Credential;
use crate::error::Error;
use crate::sign::canonical::{Form, Texts, covered, trimmed};
use crate::sign::encode::percent;

/// Which headers a signature covers. The server reads the names from `Authorization`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Covered {
    /// `host`, `content-type` and every `x-acs-` header. The others may be rewritten by a proxy.
    #[default]
    Usual,
    /// Every header of the request but `authorization`, as the vendor's Python package signs.
    All,
}

impl Covered {
    /// Whether a header of this lower-case name is covered.
    fn takes(self, name: &str) -> bool {
        match self {
            Self::Usual => matches!(name, "host" | "content-type") || name.starts_with("x-acs-"),
            Self::All => name != "authorization",
        }
    }
}

/// What an ACS3 signature covers. All texts are in the form that is sent.
///
/// This example computes the signature of the call that `acs3.rs` describes step by step:
///
/// ```
/// use cloudcall::credential::Credential;
/// use cloudcall::http::{HeaderMap, HeaderName, HeaderValue};
/// use cloudcall::provider::alibaba::SignMethod;
/// use cloudcall::provider::alibaba::signer::{Canonical, Covered, KeyCache, content_hash};
///
/// let hash = content_hash(SignMethod::Acs3HmacSha256, b"")?;
/// let mut headers = HeaderMap::new();
/// for (name, value) in [
///     ("host", "ecs.cn-beijing.aliyuncs.com"),
///     ("x-acs-action", "DescribeRegions"),
///     ("x-acs-version", "2014-05-26"),
///     ("x-acs-date", "2026-03-01T08:09:05Z"),
///     ("x-acs-signature-nonce", "00112233445566778899aabbccddeeff"),
///     ("x-acs-content-sha256", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
/// ] {
///     headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
/// }
/// let keys = Credential::new("LTAIexample", "secret")?;
/// let steps = Canonical {
///     method: SignMethod::Acs3HmacSha256,
///     http_method: "POST",
///     path: "/",
///     query: "RegionId=cn-beijing",
///     headers: &headers,
///     covered: Covered::Usual,
///     content_sha256: &hash,
/// }
/// .steps(&keys, &KeyCache::default())?;
/// assert_eq!(steps.signature, "10bbc593073ddbfd1af2b7f1e875f25cf5730a728f06a2b987b6cb6c81889d4e");
/// # Ok::<(), cloudcall::Error>(())
/// ```
#[doc(alias = "Acs3")]
#[doc(alias = "ACS3-HMAC-SHA256")]
#[derive(Debug, Clone, Copy)]
pub struct Canonical<'a> {
    /// One of the three ACS3 methods.
    pub method: SignMethod,
    /// The HTTP method.
    pub http_method: &'a str,
    /// The path, percent-encoded. An empty path counts as `/`. It is not encoded again.
    pub path: &'a str,
    /// The query as [`canonical_query`] makes it.
    pub query: &'a str,
    /// All headers of the request, `x-acs-content-sha256` among them.
    pub headers: &'a HeaderMap,
    /// Which of the headers are covered.
    pub covered: Covered,
    /// The digest of the body in hex, by [`content_hash`](super::content_hash). For SM3 it is the SM3 digest,
    /// although the header is called `x-acs-content-sha256`.
    pub content_sha256: &'a str,
}

/// An ACS3 signature and the texts from which it was made. Compare them with those of another implementation,
/// step by step: the first text that differs shows the mistake.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Steps {
    /// The names of the covered headers, joined by `;`.
    pub signed_headers: String,
    /// The canonical request, lines joined by `\n`.
    pub canonical_request: String,
    /// The string to sign: the name of the algorithm, `\n`, and the hash of the canonical request.
    pub string_to_sign: String,
    /// The signature in lower-case hex: 64 digits for HMAC, 512 for an RSA key of 2048 bits.
    pub signature: String,
    /// The value of `Authorization`. There are no spaces after its commas.
    pub authorization: String,
}

/// The query that is both signed and sent: `name=value&…`, percent-encoded, sorted by name and then by value.
///
/// ```
/// use cloudcall::provider::alibaba::signer::canonical_query;
///
/// let pairs = [("Tag.2.Key", "b c"), ("Tag.10.Key", "a"), ("Empty", "")];
/// let pairs = pairs.map(|(name, value)| (name.to_owned(), value.to_owned()));
/// // Names are sorted as text, so 10 comes before 2.
/// assert_eq!(canonical_query(&pairs), "Empty=&Tag.10.Key=a&Tag.2.Key=b%20c");
/// ```
pub fn canonical_query(pairs: &[(String, String)]) -> String {
    let mut sorted: Vec<_> = pairs.iter().collect();
    sorted.sort();
    let mut out = String::with_capacity(pairs.iter().map(|(name, value)| name.len() + value.len() + 8).sum());
    for (name, value) in sorted {
        let mark = if out.is_empty() { "" } else { "&" };
        // Writing into memory cannot fail.
        let _ = write!(out, "{mark}{}={}", percent(name), percent(value));
    }
    out
}

impl Canonical<'_> {
    /// The value of `Authorization`.
    ///
    /// # Errors
    ///
    /// Those of [`steps`](Self::steps).
    pub fn authorization(&self, credential: &Credential, keys: &KeyCache) -> Result<String, Error> {
        self.authorization_over(&self.texts()?, credential, keys)
    }

    /// Computes every step of the signature.
    ///
    /// # Errors
    ///
    /// Kind `Config` if the cargo feature of the method is off (`sm3`, `rsa`) or a covered header is not
    /// UTF-8. Kind `Credentials` if the secret is not the private key that an RSA method needs.
    pub fn steps(&self, credential: &Credential, keys: &KeyCache) -> Result<Steps, Error> {
        let texts = self.texts()?;
        let authorization = self.authorization_over(&texts, credential, keys)?;
        Ok(Steps {
            signed_headers: texts.signed_headers().to_owned(),
            canonical_request: texts.canonical_request(),
            string_to_sign: texts.shown_string_to_sign(),
            signature: authorization.rsplit('=').next().unwrap_or_default().to_owned(),
            authorization,
        })
    }

    /// Steps 1 and 2. Several values of one header are sorted.
    fn texts(&self) -> Result<Texts, Error> {
        let value = |name: &str, value| trimmed(name, value).map(str::as_bytes);
        let mut headers = covered(self.headers, |name| self.covered.takes(name), value)?;
        headers.sort_unstable();
        let path = if self.path.is_empty() { "/" } else { self.path };
        let form = Form {
            head: &[self.http_method, "\n", path, "\n", self.query, "\n"],
            headers: &headers,
            joined: true,
            payload_hash: self.content_sha256.as_bytes(),
            before_hash: &[self.method.as_str(), "\n"],
        };
        form.write(|canonical| digest(self.method, canonical))
    }

    /// The names of the covered headers, and the canonical request.
    pub(super) fn request(&self) -> Result<(String, String), Error> {
        let texts = self.texts()?;
        Ok((texts.signed_headers().to_owned(), texts.canonical_request()))
    }

    /// Step 3, in the value of `Authorization`.
    fn authorization_over(
        &self,
        texts: &Texts,
        credential: &Credential,
        keys: &KeyCache,
    ) -> Result<String, Error> {
        let before = [self.method.as_str(), " Credential=", credential.id(), ",SignedHeaders="];
        let mut out = texts.authorization(&before, ",Signature=");
        push_signature(&mut out, self.method, credential, texts.string_to_sign(), keys)?;
        Ok(out)
    }
}
