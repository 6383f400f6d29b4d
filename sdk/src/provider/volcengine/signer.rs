//! The signature HMAC-SHA256: `docs/sources.md`, Volcengine, 3.
//!
//! It is modelled on AWS Signature Version 4, with other names of headers, the scope terminator `request`,
//! and a secret without a prefix. The steps, with the texts that they give for one call:
//!
//! 1. The canonical request: method, path, query, one line for each signed header, an empty line, the names
//!    of the signed headers, and the hash of the body.
//!
//! ```text
//! GET
//! /
//! Action=DescribeInstances&MaxResults=10&Version=2020-04-01
//! content-type:text/plain
//! host:open.volcengineapi.com
//! x-content-sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
//! x-date:20260301T080905Z
//!
//! content-type;host;x-content-sha256;x-date
//! e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
//! ```
//!
//! 2. The string to sign: algorithm, time, scope, and the hash of the canonical request.
//!
//! ```text
//! HMAC-SHA256
//! 20260301T080905Z
//! 20260301/cn-beijing/ecs/request
//! f71b70a13ae64208c17b347bdb9728b18bbd6e360e991ab8664fdad675401984
//! ```
//!
//! 3. The signing key: HMAC of the day with the secret, then of region, service and `request` with the result
//!    before it.
//! 4. The signature, the hex HMAC of the string to sign, goes into `Authorization`.
//!
//! [`Canonical`] computes all steps and is a pure function. `sign` puts the result into a request for each
//! attempt, and `presign` puts it into a query.

use std::fmt::Write as _;

use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_TYPE, HOST};
use http::{HeaderMap, HeaderValue};
use secrecy::ExposeSecret;
use secrecy::zeroize::Zeroizing;

use crate::action::request::Payload;
use crate::credential::Credential;
use crate::error::Error;
use crate::provider::SignInput;
use crate::provider::common::{self, header_names};
use crate::sign::encode::{hex, percent};
use crate::sign::finish::{self, secret, value};
use crate::sign::hmac::{hmac_sha256, sha256};
use crate::sign::time::{Utc, unix_seconds};
use crate::transport::HttpRequest;

/// The name of the algorithm, the first word of `Authorization` and of the string to sign.
pub const ALGORITHM: &str = "HMAC-SHA256";

header_names! {
    CONTENT_SHA256 = "x-content-sha256",
    DATE = "x-date",
    SECURITY_TOKEN = "x-security-token",
}

/// The content type of requests without a body. The vendor's package sends and signs it for GET.
const TEXT: HeaderValue = HeaderValue::from_static("text/plain");

/// What a signature covers.
///
/// This example computes the signature whose steps the module shows:
///
/// ```
/// use cloudcall::credential::Credential;
/// use cloudcall::http::{HeaderMap, HeaderValue};
/// use cloudcall::provider::volcengine::signer::{Canonical, canonical_query};
///
/// let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
/// let mut headers = HeaderMap::new();
/// headers.insert("host", HeaderValue::from_static("open.volcengineapi.com"));
/// headers.insert("content-type", HeaderValue::from_static("text/plain"));
/// headers.insert("x-content-sha256", HeaderValue::from_static(empty));
/// headers.insert("x-date", HeaderValue::from_static("20260301T080905Z"));
/// let query = [("MaxResults", "10"), ("Action", "DescribeInstances"), ("Version", "2020-04-01")]
///     .map(|(name, value)| (name.to_owned(), value.to_owned()));
///
/// let keys = Credential::new("AKLTexampleAccessKey0001", "ZXhhbXBsZS1zZWNyZXQta2V5LTAwMDE=")?;
/// let steps = Canonical {
///     method: "GET",
///     path: "/",
///     query: &canonical_query(&query),
///     headers: &headers,
///     body_sha256: empty,
///     date: "20260301T080905Z",
///     region: "cn-beijing",
///     service: "ecs",
/// }
/// .steps(&keys)?;
/// assert_eq!(steps.signature, "0f8e505ffc518ceefc080d2d2f6ccd847e1069735f5e0ee2eba82a9b67d9c629");
/// # Ok::<(), cloudcall::Error>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Canonical<'a> {
    /// The HTTP method in upper case.
    pub method: &'a str,
    /// The path, percent-encoded. An empty path counts as `/`.
    pub path: &'a str,
    /// The query as [`canonical_query`] makes it.
    pub query: &'a str,
    /// All headers of the request. Those that [`is_signed`] names are covered.
    pub headers: &'a HeaderMap,
    /// The SHA-256 of the body in lower-case hex.
    pub body_sha256: &'a str,
    /// The time as `X-Date` has it, `20260301T080905Z`.
    pub date: &'a str,
    /// The region, part of the credential scope. It is used unchanged.
    pub region: &'a str,
    /// The service code, part of the credential scope. Its case matters.
    pub service: &'a str,
}

/// A signature and the texts from which it was made. Compare them with those of another implementation, step
/// by step: the first text that differs shows the mistake.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Steps {
    /// The names of the covered headers, joined by `;`.
    pub signed_headers: String,
    /// The canonical request, lines joined by `\n`.
    pub canonical_request: String,
    /// The credential scope, such as `20260301/cn-beijing/ecs/request`.
    pub scope: String,
    /// The string to sign, four lines.
    pub string_to_sign: String,
    /// The signature, 64 lower-case hex digits.
    pub signature: String,
    /// The value of `Authorization`: `HMAC-SHA256 Credential=<id>/<scope>, SignedHeaders=<names>,
    /// Signature=<hex>`.
    pub authorization: String,
}

/// Whether the signature covers a header, given its name in lower case: `content-type`, `content-md5`,
/// `host`, and every `x-` header. A proxy may change the others.
///
/// The vendor's Python package compares names with their case, so it does not sign `x-foo`; the Go SDK does.
/// The service reads the list of names from `Authorization`, so both are valid.
pub fn is_signed(name: &str) -> bool {
    matches!(name, "content-type" | "content-md5" | "host") || name.starts_with("x-")
}

/// The query that is both signed and sent: `name=value&…`, percent-encoded, sorted by encoded name and value.
///
/// ```
/// use cloudcall::provider::volcengine::signer::canonical_query;
///
/// let pairs = [("b", "x y"), ("a", "1"), ("a", "")].map(|(n, v)| (n.to_owned(), v.to_owned()));
/// assert_eq!(canonical_query(&pairs), "a=&a=1&b=x%20y");
/// ```
pub fn canonical_query(pairs: &[(String, String)]) -> String {
    let mut encoded: Vec<(String, String)> =
        pairs.iter().map(|(name, value)| (percent(name).to_string(), percent(value).to_string())).collect();
    encoded.sort();
    let mut out =
        String::with_capacity(encoded.iter().map(|(name, value)| name.len() + value.len() + 2).sum());
    for (name, value) in encoded {
        let mark = if out.is_empty() { "" } else { "&" };
        // Writing into memory cannot fail.
        let _ = write!(out, "{mark}{name}={value}");
    }
    out
}

/// The signing key of a day, a region and a service: `HMAC(HMAC(HMAC(HMAC(secret, day), region), service),
/// "request")`.
///
/// `day` is the date of `X-Date`, such as `20260301`. The secret is used as UTF-8: it looks like base64, but
/// it is not decoded. All intermediate keys are zeroized.
pub fn signing_key(secret: &str, day: &str, region: &str, service: &str) -> Zeroizing<[u8; 32]> {
    let key = Zeroizing::new(hmac_sha256(secret.as_bytes(), &[day.as_bytes()]));
    let key = Zeroizing::new(hmac_sha256(&*key, &[region.as_bytes()]));
    let key = Zeroizing::new(hmac_sha256(&*key, &[service.as_bytes()]));
    Zeroizing::new(hmac_sha256(&*key, &[b"request"]))
}

/// The authority as it is signed: without port 80 or 443, whatever the scheme is. The header `Host` keeps its
/// port.
///
/// ```
/// use cloudcall::provider::volcengine::signer::signed_host;
///
/// assert_eq!(signed_host("localhost:443"), "localhost");
/// assert_eq!(signed_host("localhost:8080"), "localhost:8080");
/// ```
pub fn signed_host(authority: &str) -> &str {
    [":80", ":443"].iter().find_map(|port| authority.strip_suffix(port)).unwrap_or(authority)
}

impl Canonical<'_> {
    /// Computes every step of the signature.
    ///
    /// # Errors
    ///
    /// Kind `Config` if a covered header is not UTF-8.
    pub fn steps(&self, credential: &Credential) -> Result<Steps, Error> {
        let mut names: Vec<&str> = self.headers.keys().map(|name| name.as_str()).collect();
        names.retain(|name| is_signed(name));
        names.sort_unstable();
        let mut covered = String::new();
        for name in &names {
            let _ = writeln!(covered, "{name}:{}", self.header(name)?);
        }
        Ok(self.over(credential, covered, names.join(";")))
    }

    /// The steps over header lines that are ready, each with a line break at its end. `presign` calls it with
    /// other lines.
    pub(super) fn over(&self, credential: &Credential, lines: String, signed_headers: String) -> Steps {
        let Self { method, query, body_sha256, date, region, service, .. } = self;
        let path = if self.path.is_empty() { "/" } else { self.path };
        let canonical_request =
            format!("{method}\n{path}\n{query}\n{lines}\n{signed_headers}\n{body_sha256}");
        let day = date.split('T').next().unwrap_or_default();
        let scope = format!("{day}/{region}/{service}/request");
        let hash = hex(&sha256(canonical_request.as_bytes()));
        let string_to_sign = format!("{ALGORITHM}\n{date}\n{scope}\n{hash}");
        let key = signing_key(credential.secret().expose_secret(), day, region, service);
        let signature = hex(&hmac_sha256(&*key, &[string_to_sign.as_bytes()]));
        let id = credential.id();
        let authorization = format!(
            "{ALGORITHM} Credential={id}/{scope}, SignedHeaders={signed_headers}, Signature={signature}"
        );
        Steps { signed_headers, canonical_request, scope, string_to_sign, signature, authorization }
    }

    /// The value of a header as it is signed: trimmed, and several values of one name joined by `,`.
    fn header(&self, name: &str) -> Result<String, Error> {
        let values: Result<Vec<&str>, _> =
            self.headers.get_all(name).iter().map(|value| std::str::from_utf8(value.as_bytes())).collect();
        let values = values.map_err(|error| {
            Error::config(format!("the header {name} is not UTF-8 and cannot be signed")).with_source(error)
        })?;
        let values: Vec<&str> = values.into_iter().map(str::trim).collect();
        let value = values.join(",");
        Ok(if name == "host" { signed_host(&value).to_owned() } else { value })
    }
}

/// Signs one attempt, with the signature in `Authorization`.
pub(super) fn sign(input: &SignInput<'_>) -> Result<HttpRequest, Error> {
    signed(input).map(|(request, _)| request)
}

/// The request, and the steps of its signature. An anonymous action has no steps: it is sent without
/// `Authorization`, `X-Date` and `X-Content-Sha256`, as the operations of STS that take a token are.
///
/// # Errors
///
/// Kind `Credentials` without a key pair. Kind `Config` without a region, or for a header that cannot be
/// sent.
pub(super) fn signed(input: &SignInput<'_>) -> Result<(HttpRequest, Option<Steps>), Error> {
    let parts = input.parts;
    let query = canonical_query(&parts.query);
    let (mut headers, body) = unsigned(input)?;
    if input.action.is_anonymous() {
        return Ok((finish::request(input, &parts.path, &query, headers, body)?, None));
    }
    let credential = input.key_pair()?;
    let region = region(input.region)?;
    let body_sha256 = match &parts.payload {
        Payload::Stream { .. } => hex(&input.streamed_body()?.digest()?),
        _ => hex(&sha256(&body)),
    };
    let date = Utc::from_unix(unix_seconds(input.time)).compact();
    headers.insert(DATE, value("date", &date)?);
    headers.insert(CONTENT_SHA256, value("digest", &body_sha256)?);
    if let Some(token) = credential.token() {
        headers.insert(SECURITY_TOKEN, secret(token.expose_secret().to_owned())?);
    }
    let steps = Canonical {
        method: parts.method.as_str(),
        path: &parts.path,
        query: &query,
        headers: &headers,
        body_sha256: &body_sha256,
        date: &date,
        region,
        service: input.action.product(),
    }
    .steps(credential)?;
    headers.insert(AUTHORIZATION, secret(steps.authorization.clone())?);
    Ok((finish::request(input, &parts.path, &query, headers, body)?, Some(steps)))
}

/// The region of the credential scope, trimmed.
///
/// The vendor's package signs an empty region as `date//service/request`, which the service refuses with an
/// error about the signature. Here it is an error of kind `Config` before anything is sent.
pub(super) fn region(region: Option<&str>) -> Result<&str, Error> {
    region.map(str::trim).filter(|region| !region.is_empty()).ok_or_else(|| {
        Error::config("the signature covers the region, and there is none: set one, such as `cn-beijing`")
    })
}

/// The headers that do not depend on the signature, and the bytes of the body.
fn unsigned(input: &SignInput<'_>) -> Result<(HeaderMap, Bytes), Error> {
    let mut headers = common::headers(input, 6);
    let (content_type, body) =
        (common::content_type(&input.parts.payload), common::bytes(&input.parts.payload));
    headers.entry(CONTENT_TYPE).or_insert(content_type.unwrap_or(TEXT));
    // The header keeps its port; the signature leaves some ports out.
    headers.insert(HOST, input.endpoint.header());
    Ok((headers, body))
}
