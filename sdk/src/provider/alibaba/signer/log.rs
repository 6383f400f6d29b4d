//! The signature of the log service (product `sls`): `docs/sources.md`, Alibaba Cloud, 10.
//!
//! The string to sign has three headers, the `x-log-` and `x-acs-` headers, and the path with the query, both
//! not encoded:
//!
//! ```text
//! POST
//! B8517A2706F578BC17FA1F026EBB361A                  (MD5 of the body; an empty line without a body)
//! application/json
//! Sun, 01 Mar 2026 08:09:05 GMT
//! x-log-apiversion:0.6.0
//! x-log-bodyrawsize:60
//! x-log-signaturemethod:hmac-sha256
//! /logstores/app/logs?name=a b
//! ```
//!
//! The signature goes into `Authorization: LOG <id>:<base64>`.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::HeaderMap;
use md5::{Digest as _, Md5};
use secrecy::ExposeSecret;

use super::string_to_sign;
use crate::credential::Credential;
use crate::error::Error;
use crate::sign::hmac::hmac_sha256;

/// The string to sign. `path` is decoded, and the values of the query are raw.
///
/// ```
/// use cloudcall::credential::Credential;
/// use cloudcall::http::{HeaderMap, HeaderName, HeaderValue};
/// use cloudcall::provider::alibaba::signer::{log_signature, log_string_to_sign};
///
/// let mut headers = HeaderMap::new();
/// for (name, value) in [
///     ("content-type", "application/json"),
///     ("date", "Sun, 01 Mar 2026 08:09:05 GMT"),
///     ("x-log-apiversion", "0.6.0"),
///     ("x-log-bodyrawsize", "0"),
///     ("x-log-signaturemethod", "hmac-sha256"),
/// ] {
///     headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
/// }
/// let text = log_string_to_sign("GET", &headers, "/", &[])?;
/// assert!(text.starts_with("GET\n\napplication/json\nSun, 01 Mar 2026 08:09:05 GMT\nx-log-"));
///
/// let keys = Credential::new("testAccessKeyId", "testAccessKeySecret")?;
/// assert_eq!(log_signature(&keys, &text), "OltK6+8GQM3Z7C8d/xSm8H56+S2s+T9LYeOuGCnX7tY=");
/// # Ok::<(), cloudcall::Error>(())
/// ```
///
/// # Errors
///
/// Kind `Config` if a header is not UTF-8.
pub fn log_string_to_sign(
    http_method: &str,
    headers: &HeaderMap,
    path: &str,
    query: &[(String, String)],
) -> Result<String, Error> {
    let is_own = |name: &str| name.starts_with("x-log-") || name.starts_with("x-acs-");
    let query = query.iter().map(|(name, value)| (name.as_str(), Some(value.as_str())));
    string_to_sign(http_method, headers, &["content-md5", "content-type", "date"], is_own, path, query)
}

/// The HMAC-SHA256 of a string to sign, in base64. The key is the secret itself.
pub fn log_signature(credential: &Credential, string_to_sign: &str) -> String {
    let secret = credential.secret().expose_secret().as_bytes();
    STANDARD.encode(hmac_sha256(secret, &[string_to_sign.as_bytes()]))
}

/// The MD5 digest of a body, as the header `Content-MD5` of this service has it: in upper-case hex.
///
/// ```
/// use cloudcall::provider::alibaba::signer::log_content_md5;
///
/// assert_eq!(log_content_md5(b"{}"), "99914B932BD37A50B983C5E7C90AE93B");
/// ```
pub fn log_content_md5(body: &[u8]) -> String {
    use std::fmt::Write as _;

    let mut out = String::with_capacity(32);
    for byte in Md5::digest(body) {
        // Writing into memory cannot fail.
        let _ = write!(out, "{byte:02X}");
    }
    out
}
