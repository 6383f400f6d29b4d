//! Presigned queries: `docs/sources.md`, Volcengine, 3.2.
//!
//! The signature is in the query, so anyone who has the URL can make this one call until it expires. These
//! parameters are added to those of the call:
//!
//! | parameter | value |
//! | --- | --- |
//! | `X-Date` | the time, `20260301T080905Z` |
//! | `X-Expires` | the lifetime in seconds; the service takes 900 if it is missing |
//! | `X-NotSignBody` | empty: the body is not covered |
//! | `X-Credential` | key id and scope |
//! | `X-Algorithm` | `HMAC-SHA256` |
//! | `X-SignedHeaders` | `host`, or empty |
//! | `X-SignedQueries` | the sorted names of all parameters above and of the call, joined by `;` |
//! | `X-Signature` | the signature |
//! | `X-Security-Token` | the session token of temporary keys |
//!
//! The last two are added after the signature, so it does not cover them. The vendor's older package signs
//! the session token; we follow the current one and the Go SDK.

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

/// What a presigned query covers. It is the input of the signature, for tests and for URLs outside of a call.
///
/// ```
/// use cloudcall::credential::Credential;
/// use cloudcall::provider::volcengine::Presign;
///
/// let keys = Credential::new("AKLTexample", "secret")?;
/// let query = [("Action", "ConnectDatabase"), ("Version", "2022-01-01"), ("X-Expires", "900")]
///     .map(|(name, value)| (name.to_owned(), value.to_owned()));
/// let (steps, pairs) = Presign {
///     method: "GET",
///     host: None,
///     path: "/",
///     query: &query,
///     date: "20260301T080905Z",
///     region: "cn-beijing",
///     service: "rds_mysql",
/// }
/// .steps(&keys);
/// assert_eq!(steps.scope, "20260301/cn-beijing/rds_mysql/request");
/// assert!(pairs.iter().any(|(name, value)| name == "X-Signature" && *value == steps.signature));
/// # Ok::<(), cloudcall::Error>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Presign<'a> {
    /// The HTTP method.
    pub method: &'a str,
    /// The host, with its port, if the signature covers it.
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
    /// The steps of the signature, and all pairs of the query: the given ones, then `X-Date`,
    /// `X-NotSignBody`, `X-Credential`, `X-Algorithm`, `X-SignedHeaders`, `X-SignedQueries`, `X-Signature`
    /// and, for temporary keys, `X-Security-Token`.
    ///
    /// Both are pure: the same input gives the same query.
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
        let mut query = canonical_query(&pairs);
        // Without a signed host the vendor still writes one line break.
        if host.is_none() {
            query.push('\n');
        }
        let headers = HeaderMap::new();
        let body_sha256 = hex(&sha256(b""));
        let body_sha256 = body_sha256.as_str();
        let canonical =
            Canonical { method, path, query: &query, headers: &headers, body_sha256, date, region, service };
        let covered = host.map(|host| ("host", host.as_bytes()));
        let steps = canonical.steps_over(credential, covered.as_slice());
        pairs.push(("X-Signature".to_owned(), steps.signature.clone()));
        if let Some(token) = credential.token() {
            pairs.push(("X-Security-Token".to_owned(), token.expose_secret().to_owned()));
        }
        (steps, pairs)
    }
}

/// Signs one attempt in the query. The lifetime is at least one second. The host is covered.
///
/// # Errors
///
/// Kind `Config` for a call with a body, with headers, or with a method other than GET: a URL carries none of
/// them.
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
