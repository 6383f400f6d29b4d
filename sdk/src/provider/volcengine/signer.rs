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

use std::convert::Infallible;
use std::fmt::Write as _;
use std::sync::Arc;

use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_TYPE, HOST};
use http::{HeaderMap, HeaderValue};
use secrecy::ExposeSecret;
use secrecy::zeroize::Zeroizing;

use super::Cloud;
use crate::action::request::Payload;
use crate::credential::Credential;
use crate::error::Error;
use crate::provider::SignInput;
use crate::provider::common::{self, header_names};
use crate::sign::canonical::{Form, Header, Texts, covered, trimmed};
use crate::sign::encode::{hex, percent, push_hex};
use crate::sign::finish::{self, secret, value};
use crate::sign::hmac::{Sha256Key, hmac_sha256, sha256};
use crate::sign::recent::Recent;
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

/// What all signatures of a key pair, a day, a region and a service have in common.
struct Derived {
    /// The day, the region and the service.
    of: [String; 3],
    /// The credential scope, such as `20260301/cn-beijing/ecs/request`.
    scope: String,
    /// The value of `Authorization` up to the names of the headers.
    authorization: String,
    /// The signing key.
    key: Sha256Key,
}

impl Derived {
    /// Derives the key.
    fn new(credential: &Credential, day: &str, region: &str, service: &str) -> Self {
        let scope = format!("{day}/{region}/{service}/request");
        Self {
            of: [day, region, service].map(str::to_owned),
            authorization: format!("{ALGORITHM} Credential={}/{scope}, SignedHeaders=", credential.id()),
            key: Sha256Key::new(&*signing_key(credential.secret().expose_secret(), day, region, service)),
            scope,
        }
    }

    /// Step 4: the value of `Authorization`.
    fn authorization(&self, texts: &Texts) -> String {
        let mut out = texts.authorization(&[&self.authorization], ", Signature=");
        push_hex(&mut out, &self.key.sign(texts.string_to_sign()));
        out
    }
}

/// Signing keys that were derived before. `Debug` shows none of them.
///
/// A provider holds one and shares it with its clones. Make one yourself only to call
/// [`Canonical::authorization`].
#[derive(Default)]
pub struct KeyCache(Recent<Derived>);

impl KeyCache {
    /// The key of a day, a region and a service, derived now if it was not before.
    fn get(&self, credential: &Credential, day: &str, region: &str, service: &str) -> Arc<Derived> {
        self.0.get(
            credential,
            |known| known.of == [day, region, service],
            || Derived::new(credential, day, region, service),
        )
    }
}

impl std::fmt::Debug for KeyCache {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("KeyCache(****)")
    }
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
    /// The value of `Authorization`. The signing key is taken from `keys` if it was derived before, which
    /// saves four of the five MACs.
    ///
    /// # Errors
    ///
    /// Kind `Config` if a covered header is not UTF-8.
    pub fn authorization(&self, credential: &Credential, keys: &KeyCache) -> Result<String, Error> {
        let derived = keys.get(credential, self.day(), self.region, self.service);
        Ok(derived.authorization(&self.texts(&self.covered()?, &derived)))
    }

    /// Computes every step of the signature. It derives the key each time.
    ///
    /// # Errors
    ///
    /// Kind `Config` if a covered header is not UTF-8.
    pub fn steps(&self, credential: &Credential) -> Result<Steps, Error> {
        Ok(self.steps_over(credential, &self.covered()?))
    }

    /// The steps over headers that are ready. `presign` calls it with others.
    pub(super) fn steps_over(&self, credential: &Credential, headers: &[Header<'_>]) -> Steps {
        let derived = Derived::new(credential, self.day(), self.region, self.service);
        let texts = self.texts(headers, &derived);
        let authorization = derived.authorization(&texts);
        Steps {
            signed_headers: texts.signed_headers().to_owned(),
            canonical_request: texts.canonical_request(),
            string_to_sign: texts.shown_string_to_sign(),
            signature: authorization.rsplit('=').next().unwrap_or_default().to_owned(),
            scope: derived.scope,
            authorization,
        }
    }

    /// The date in the credential scope.
    fn day(&self) -> &str {
        self.date.split('T').next().unwrap_or_default()
    }

    /// The covered headers: each value without white space around it, and `host` without a usual port. Values
    /// of one name keep their order.
    fn covered(&self) -> Result<Vec<Header<'_>>, Error> {
        let mut headers = covered(self.headers, is_signed, |name, value| {
            let value = trimmed(name, value)?;
            Ok(if name == "host" { signed_host(value) } else { value }.as_bytes())
        })?;
        headers.sort_by_key(|(name, _)| *name);
        Ok(headers)
    }

    /// Steps 1 and 2. Several values of one header are joined by `,`.
    fn texts(&self, headers: &[Header<'_>], derived: &Derived) -> Texts {
        let path = if self.path.is_empty() { "/" } else { self.path };
        let form = Form {
            head: &[self.method, "\n", path, "\n", self.query, "\n"],
            headers,
            joined: true,
            payload_hash: self.body_sha256.as_bytes(),
            before_hash: &[ALGORITHM, "\n", self.date, "\n", &derived.scope, "\n"],
        };
        let Ok(texts) = form.write(|canonical| Ok::<_, Infallible>(sha256(canonical)));
        texts
    }
}

/// Signs one attempt, with the signature in `Authorization`. An anonymous action is sent without
/// `Authorization`, `X-Date` and `X-Content-Sha256`, as the operations of STS that take a token are.
///
/// # Errors
///
/// Kind `Credentials` without a key pair. Kind `Config` without a region, or for a header that cannot be
/// sent.
pub(super) fn sign(cloud: &Cloud, input: &SignInput<'_>) -> Result<HttpRequest, Error> {
    let parts = input.parts;
    let query = canonical_query(&parts.query);
    let (mut headers, body) = unsigned(input)?;
    if input.action.is_anonymous() {
        return finish::request(input, &parts.path, &query, headers, body);
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
    let canonical = Canonical {
        method: parts.method.as_str(),
        path: &parts.path,
        query: &query,
        headers: &headers,
        body_sha256: &body_sha256,
        date: &date,
        region,
        service: input.action.product(),
    };
    let authorization = canonical.authorization(credential, &cloud.keys)?;
    headers.insert(AUTHORIZATION, secret(authorization)?);
    finish::request(input, &parts.path, &query, headers, body)
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
