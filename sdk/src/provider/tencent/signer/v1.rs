//! HmacSHA1 and HmacSHA256: `docs/sources.md`, Tencent Cloud, 4.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::sign::hmac::{hmac_sha1, hmac_sha256};

/// The string to sign and the signature of the older method, also that of API 2.0.
///
/// `target` is host and path. Values are signed raw; `_` in a name counts as `.`, and of two names that are
/// then equal the later one is signed.
pub fn v1(
    method: &str,
    target: &str,
    params: &[(String, String)],
    secret: &[u8],
    sha256: bool,
) -> (String, String) {
    let mut sorted = std::collections::BTreeMap::new();
    for (name, value) in params {
        sorted.insert(name.replace('_', "."), value.as_str());
    }
    let mut text = format!("{method}{target}?");
    for (at, (name, value)) in sorted.iter().enumerate() {
        if at > 0 {
            text.push('&');
        }
        text.push_str(name);
        text.push('=');
        text.push_str(value);
    }
    let signature = match sha256 {
        true => STANDARD.encode(hmac_sha256(secret, &[text.as_bytes()])),
        false => STANDARD.encode(hmac_sha1(secret, &[text.as_bytes()])),
    };
    (text, signature)
}
