//! HMAC-SHA256: `docs/sources.md`, Volcengine, 3.
//!
//! [`Canonical`] is a pure function of what it is given. `sign` puts its result into a request; `presign`
//! puts it into a query.

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

/// The name of the signature algorithm.
pub const ALGORITHM: &str = "HMAC-SHA256";

header_names! {
    CONTENT_SHA256 = "x-content-sha256",
    DATE = "x-date",
    SECURITY_TOKEN = "x-security-token",
}

const TEXT: HeaderValue = HeaderValue::from_static("text/plain");

/// What a signature covers.
#[derive(Debug, Clone, Copy)]
pub struct Canonical<'a> {
    /// The HTTP method.
    pub method: &'a str,
    /// The path, percent-encoded. An empty path counts as `/`.
    pub path: &'a str,
    /// The query as [`canonical_query`] makes it.
    pub query: &'a str,
    /// The headers. Those that [`is_signed`] names are covered.
    pub headers: &'a HeaderMap,
    /// The SHA-256 of the body in lower-case hex.
    pub body_sha256: &'a str,
    /// The time as `X-Date` has it, `20260301T080905Z`.
    pub date: &'a str,
    /// The region, part of the credential scope.
    pub region: &'a str,
    /// The service code, part of the credential scope. Its case matters.
    pub service: &'a str,
}

/// A signature and the texts it was made from, to compare with a server's.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Steps {
    /// The names of the covered headers, joined by `;`.
    pub signed_headers: String,
    /// The canonical request.
    pub canonical_request: String,
    /// The credential scope, such as `20260301/cn-beijing/ecs/request`.
    pub scope: String,
    /// The string to sign.
    pub string_to_sign: String,
    /// The signature in lower-case hex.
    pub signature: String,
    /// The value of `Authorization`.
    pub authorization: String,
}

/// Whether the signature covers a header, by its lower-case name. A proxy may change the others.
pub fn is_signed(name: &str) -> bool {
    matches!(name, "content-type" | "content-md5" | "host") || name.starts_with("x-")
}

/// `name=value&…`, percent-encoded, sorted by encoded name and value: what is signed and what is sent.
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

/// The signing key of a day, a region and a service.
pub fn signing_key(secret: &str, day: &str, region: &str, service: &str) -> Zeroizing<[u8; 32]> {
    let key = Zeroizing::new(hmac_sha256(secret.as_bytes(), &[day.as_bytes()]));
    let key = Zeroizing::new(hmac_sha256(&*key, &[region.as_bytes()]));
    let key = Zeroizing::new(hmac_sha256(&*key, &[service.as_bytes()]));
    Zeroizing::new(hmac_sha256(&*key, &[b"request"]))
}

/// The authority without port 80 or 443: the vendor leaves these ports out, whatever the scheme is.
pub fn signed_host(authority: &str) -> &str {
    [":80", ":443"].iter().find_map(|port| authority.strip_suffix(port)).unwrap_or(authority)
}

impl Canonical<'_> {
    /// Every step of the signature.
    ///
    /// # Errors
    ///
    /// Kind `Config` if a covered header is not text.
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

    /// The steps over header lines that are ready, each with a line break at its end.
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

/// Signs one attempt.
pub(super) fn sign(input: &SignInput<'_>) -> Result<HttpRequest, Error> {
    signed(input).map(|(request, _)| request)
}

/// The request, and the steps of its signature if it has one.
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

/// The region of the credential scope.
pub(super) fn region(region: Option<&str>) -> Result<&str, Error> {
    region.map(str::trim).filter(|region| !region.is_empty()).ok_or_else(|| {
        Error::config("the signature covers the region, and there is none: set one, such as `cn-beijing`")
    })
}

/// The headers that do not depend on the signature, and the body.
fn unsigned(input: &SignInput<'_>) -> Result<(HeaderMap, Bytes), Error> {
    let mut headers = common::headers(input, 6);
    let (content_type, body) =
        (common::content_type(&input.parts.payload), common::bytes(&input.parts.payload));
    headers.entry(CONTENT_TYPE).or_insert(content_type.unwrap_or(TEXT));
    // The header keeps its port; the signature leaves some ports out.
    headers.insert(HOST, input.endpoint.header());
    Ok((headers, body))
}
