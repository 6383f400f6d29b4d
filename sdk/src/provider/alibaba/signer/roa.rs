//! The older signature of ROA calls, `Authorization: acs id:signature`: `docs/sources.md`, Alibaba Cloud, 3.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::HeaderMap;
use secrecy::ExposeSecret;

use super::header_values;
use crate::credential::Credential;
use crate::error::Error;
use crate::sign::hmac::hmac_sha1;

/// The string to sign. Values of the query are signed raw, not encoded; one that is `None` is its name alone.
///
/// An error if a header is no text.
pub fn roa_string_to_sign(
    http_method: &str,
    headers: &HeaderMap,
    path: &str,
    query: &[(String, Option<String>)],
) -> Result<String, Error> {
    let mut text = format!("{http_method}\n");
    for name in ["accept", "content-md5", "content-type", "date"] {
        text.push_str(&header_values(headers, name)?);
        text.push('\n');
    }
    let mut own: Vec<&str> = headers.keys().map(|name| name.as_str()).collect();
    own.retain(|name| name.starts_with("x-acs-"));
    own.sort_unstable();
    for name in own {
        text.push_str(name);
        text.push(':');
        text.push_str(&header_values(headers, name)?);
        text.push('\n');
    }
    text.push_str(path);
    let mut sorted: Vec<_> = query.iter().collect();
    sorted.sort();
    for (at, (name, value)) in sorted.into_iter().enumerate() {
        text.push(if at == 0 { '?' } else { '&' });
        text.push_str(name);
        if let Some(value) = value {
            text.push('=');
            text.push_str(value);
        }
    }
    Ok(text)
}

/// The base64 HMAC-SHA1 of a string to sign.
pub fn roa_signature(credential: &Credential, string_to_sign: &str) -> String {
    let secret = credential.secret().expose_secret().as_bytes();
    STANDARD.encode(hmac_sha1(secret, &[string_to_sign.as_bytes()]))
}
