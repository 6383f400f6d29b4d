//! The older signature of ROA calls: `docs/sources.md`, Alibaba Cloud, 3.
//!
//! The string to sign has four headers, the `x-acs-` headers, and the path with the raw query:
//!
//! ```text
//! GET
//! application/json
//!                                                  (Content-MD5, here absent)
//!                                                  (Content-Type, here absent)
//! Sun, 01 Mar 2026 08:09:05 GMT
//! x-acs-action:DescribeClusters
//! x-acs-signature-method:HMAC-SHA1
//! x-acs-version:2015-12-15
//! /clusters?name=a b
//! ```
//!
//! The signature goes into `Authorization: acs <id>:<base64>`.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::HeaderMap;
use secrecy::ExposeSecret;

use super::string_to_sign;
use crate::credential::Credential;
use crate::error::Error;
use crate::sign::hmac::hmac_sha1;

/// The string to sign. Values of the query are signed raw, not encoded. A value that is `None` is its name
/// alone.
///
/// ```
/// use cloudcall::credential::Credential;
/// use cloudcall::http::{HeaderMap, HeaderName, HeaderValue};
/// use cloudcall::provider::alibaba::signer::{roa_signature, roa_string_to_sign};
///
/// let mut headers = HeaderMap::new();
/// for (name, value) in [
///     ("accept", "application/json"),
///     ("date", "Sun, 01 Mar 2026 08:09:05 GMT"),
///     ("x-acs-action", "DescribeClusters"),
///     ("x-acs-signature-method", "HMAC-SHA1"),
///     ("x-acs-version", "2015-12-15"),
/// ] {
///     headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
/// }
/// let query = [("name".to_owned(), Some("a b".to_owned()))];
/// let text = roa_string_to_sign("GET", &headers, "/clusters", &query)?;
/// assert!(text.ends_with("x-acs-version:2015-12-15\n/clusters?name=a b"));
///
/// let keys = Credential::new("LTAIexample", "secret")?;
/// assert_eq!(roa_signature(&keys, &text), "zdluzDA+y4d0Mo+VLZdWaH7JFM0=");
/// # Ok::<(), cloudcall::Error>(())
/// ```
///
/// # Errors
///
/// Kind `Config` if a header is not UTF-8.
pub fn roa_string_to_sign(
    http_method: &str,
    headers: &HeaderMap,
    path: &str,
    query: &[(String, Option<String>)],
) -> Result<String, Error> {
    let fixed = ["accept", "content-md5", "content-type", "date"];
    let query = query.iter().map(|(name, value)| (name.as_str(), value.as_deref()));
    string_to_sign(http_method, headers, &fixed, |name| name.starts_with("x-acs-"), path, query)
}

/// The HMAC-SHA1 of a string to sign, in base64. The key is the secret itself, without the `&` of the RPC
/// style.
pub fn roa_signature(credential: &Credential, string_to_sign: &str) -> String {
    let secret = credential.secret().expose_secret().as_bytes();
    STANDARD.encode(hmac_sha1(secret, &[string_to_sign.as_bytes()]))
}
