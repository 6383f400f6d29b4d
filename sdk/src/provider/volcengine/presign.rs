//! Presigned queries: `docs/sources.md`, Volcengine, 3.2.
//!
//! The signature stands in the query, so whoever has the URL can make this one call until it expires. The
//! session token of temporary keys is part of the URL, but the signature does not cover it.

use http::{HeaderMap, Method};
use secrecy::ExposeSecret;

use super::signer::{ALGORITHM, Canonical, Steps, canonical_query, region};
use crate::action::request::Payload;
use crate::credential::Credential;
use crate::error::Error;
use crate::provider::SignInput;
use crate::sign::encode::hex;
use crate::sign::finish;
use crate::sign::hmac::sha256;
use crate::sign::time::{Utc, unix_seconds};
use crate::transport::HttpRequest;

/// What a presigned query covers.
#[derive(Debug, Clone, Copy)]
pub struct Presign<'a> {
    /// The HTTP method.
    pub method: &'a str,
    /// The host, if the signature covers it.
    pub host: Option<&'a str>,
    /// The path, percent-encoded.
    pub path: &'a str,
    /// The parameters, decoded: `Action`, `Version`, `X-Expires` and those of the action.
    pub query: &'a [(String, String)],
    /// The time as `X-Date` has it, `20260301T080905Z`.
    pub date: &'a str,
    /// The region, part of the credential scope.
    pub region: &'a str,
    /// The service code, part of the credential scope.
    pub service: &'a str,
}

impl Presign<'_> {
    /// The steps of the signature, and all pairs of the query: the given ones, then those that sign them.
    pub fn steps(&self, credential: &Credential) -> (Steps, Vec<(String, String)>) {
        let Self { method, host, path, date, region, service, .. } = *self;
        let day = date.split('T').next().unwrap_or_default();
        let names = if host.is_some() { "host" } else { "" };
        let mut pairs = self.query.to_vec();
        let mut push = |name: &str, value: String| pairs.push((name.to_owned(), value));
        push("X-Date", date.to_owned());
        push("X-NotSignBody", String::new());
        push("X-Credential", format!("{}/{day}/{region}/{service}/request", credential.id()));
        push("X-Algorithm", ALGORITHM.to_owned());
        push("X-SignedHeaders", names.to_owned());
        let mut signed: Vec<&str> = pairs.iter().map(|(name, _)| name.as_str()).collect();
        signed.push("X-SignedQueries");
        signed.sort_unstable();
        let signed = signed.join(";");
        pairs.push(("X-SignedQueries".to_owned(), signed));
        let query = canonical_query(&pairs);
        let headers = HeaderMap::new();
        let body_sha256 = hex(&sha256(b""));
        let body_sha256 = body_sha256.as_str();
        let canonical =
            Canonical { method, path, query: &query, headers: &headers, body_sha256, date, region, service };
        // Without a signed host the vendor still writes one line break.
        let lines = host.map_or_else(|| "\n".to_owned(), |host| format!("host:{host}\n"));
        let steps = canonical.over(credential, lines, names.to_owned());
        pairs.push(("X-Signature".to_owned(), steps.signature.clone()));
        if let Some(token) = credential.token() {
            pairs.push(("X-Security-Token".to_owned(), token.expose_secret().to_owned()));
        }
        (steps, pairs)
    }
}

/// One attempt whose signature stands in the query.
pub(super) fn sign(input: &SignInput<'_>, lifetime: std::time::Duration) -> Result<HttpRequest, Error> {
    let parts = input.parts;
    if parts.method != Method::GET || !matches!(parts.payload, Payload::Empty) || !parts.headers.is_empty() {
        let what = "a presigned URL has no body and no headers: declare the action with the method GET, without headers";
        return Err(Error::config(what));
    }
    let mut query = parts.query.clone();
    query.push(("X-Expires".to_owned(), lifetime.as_secs().max(1).to_string()));
    let (_, pairs) = Presign {
        method: parts.method.as_str(),
        host: Some(input.endpoint.authority()),
        path: &parts.path,
        query: &query,
        date: &Utc::from_unix(unix_seconds(input.time)).compact(),
        region: region(input.region)?,
        service: input.action.product(),
    }
    .steps(input.key_pair()?);
    finish::request(input, &parts.path, &canonical_query(&pairs), HeaderMap::new(), bytes::Bytes::new())
}
