//! ACS3, also called V3: `docs/sources.md`, Alibaba Cloud, 4.

use std::fmt::Write as _;

use http::HeaderMap;

use super::mac::{KeyCache, signature};
use super::{SignMethod, header_values};
use crate::credential::Credential;
use crate::error::Error;
use crate::sign::encode::{hex, percent};

/// Which headers a signature covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Covered {
    /// `host`, `content-type` and every `x-acs-` header. A proxy may rewrite the others.
    #[default]
    Usual,
    /// Every header there is, as the vendor's Python package does it.
    All,
}

impl Covered {
    fn takes(self, name: &str) -> bool {
        match self {
            Self::Usual => matches!(name, "host" | "content-type") || name.starts_with("x-acs-"),
            Self::All => name != "authorization",
        }
    }
}

/// What an ACS3 signature covers. All texts are used in the form that is sent.
#[doc(alias = "Acs3")]
#[doc(alias = "ACS3-HMAC-SHA256")]
#[derive(Debug, Clone, Copy)]
pub struct Canonical<'a> {
    /// One of the three ACS3 methods.
    pub method: SignMethod,
    /// The HTTP method.
    pub http_method: &'a str,
    /// The path, percent-encoded.
    pub path: &'a str,
    /// The query as [`canonical_query`] makes it.
    pub query: &'a str,
    /// All headers, `x-acs-content-sha256` among them.
    pub headers: &'a HeaderMap,
    /// Which of the headers are covered.
    pub covered: Covered,
    /// The digest of the body, by [`content_hash`](super::content_hash).
    pub content_sha256: &'a str,
}

/// An ACS3 signature and the texts it was made from, to compare with a server's.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Steps {
    /// The names of the covered headers, joined by `;`.
    pub signed_headers: String,
    /// The canonical request.
    pub canonical_request: String,
    /// The string to sign.
    pub string_to_sign: String,
    /// The hex signature.
    pub signature: String,
    /// The value of `Authorization`.
    pub authorization: String,
}

/// `name=value&…`, percent-encoded and sorted by name, then by value: what is signed and what is sent.
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
    /// Every step of the signature.
    ///
    /// An error if the method's cargo feature is off, the key is no key, or a header is no text.
    pub fn steps(&self, credential: &Credential, keys: &KeyCache) -> Result<Steps, Error> {
        let mut names: Vec<&str> = self.headers.keys().map(|name| name.as_str()).collect();
        names.retain(|name| self.covered.takes(name));
        names.sort_unstable();
        let signed_headers = names.join(";");
        let path = if self.path.is_empty() { "/" } else { self.path };
        let mut canonical_request = String::with_capacity(512 + self.query.len());
        for part in [self.http_method, "\n", path, "\n", self.query, "\n"] {
            canonical_request.push_str(part);
        }
        for name in names {
            canonical_request.push_str(name);
            canonical_request.push(':');
            canonical_request.push_str(&header_values(self.headers, name)?);
            canonical_request.push('\n');
        }
        for part in ["\n", &signed_headers, "\n", self.content_sha256] {
            canonical_request.push_str(part);
        }
        let hash = super::content_hash(self.method, canonical_request.as_bytes())?;
        let algorithm = self.method.as_str();
        let string_to_sign = format!("{algorithm}\n{hash}");
        let signature = hex(&signature(self.method, credential, string_to_sign.as_bytes(), keys)?);
        let id = credential.id();
        let authorization =
            format!("{algorithm} Credential={id},SignedHeaders={signed_headers},Signature={signature}");
        Ok(Steps { signed_headers, canonical_request, string_to_sign, signature, authorization })
    }
}
