//! HmacSHA1 and HmacSHA256, the vendor's signature v1: `docs/sources.md`, Tencent Cloud, 4.
//!
//! API 2.0 uses the same function with another path. It signs the parameters, sorted by name, as they were
//! before encoding:
//!
//! ```text
//! GETcvm.tencentcloudapi.com/?Action=DescribeInstances&InstanceIds.0=ins-09dx96dg&Limit=20&Nonce=11886&…
//! ```
//!
//! The signature is the MAC of this text with the secret as the key, in base64 with padding.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::credential::Credential;
use crate::provider::common::texts;
use crate::sign::encode::push_form;
use crate::sign::hmac::{hmac_sha1, hmac_sha256};

/// The string to sign and the signature (base64) of the older methods, in this order.
///
/// | parameter | content |
/// | --- | --- |
/// | `method` | `GET` or `POST` |
/// | `target` | host and path, such as `cvm.tencentcloudapi.com/` |
/// | `params` | all parameters except `Signature`, in any order, not encoded |
/// | `secret` | the secret of the key pair |
/// | `sha256` | true for HmacSHA256, false for HmacSHA1 |
///
/// Names are sorted by bytes, so `Ids.10` comes before `Ids.2`. In the text, `_` in a name is written as `.`.
/// If two names are then equal, only the later one is signed. The request keeps both names and the `_`.
///
/// ```
/// use cloudcall::provider::tencent::signer::v1;
///
/// let params: Vec<_> = [("Nonce", "11886"), ("Action", "DescribeInstances")]
///     .map(|(name, value)| (name.to_owned(), value.to_owned()))
///     .into();
/// let (text, signature) = v1("GET", "cvm.tencentcloudapi.com/", &params, b"secret", false);
/// assert_eq!(text, "GETcvm.tencentcloudapi.com/?Action=DescribeInstances&Nonce=11886");
/// assert_eq!(signature.len(), 28);
/// ```
pub fn v1(
    method: &str,
    target: &str,
    params: &[(String, String)],
    secret: &[u8],
    sha256: bool,
) -> (String, String) {
    let text = string_to_sign(&[method, target], &mut texts(params).collect::<Vec<_>>());
    let signature = match sha256 {
        true => STANDARD.encode(hmac_sha256(secret, &[&text])),
        false => STANDARD.encode(hmac_sha1(secret, &[&text])),
    };
    (shown(&text), signature)
}

/// The string to sign: the texts of `start`, and the parameters, which it sorts.
pub(crate) fn string_to_sign(start: &[&str], params: &mut [(&str, &str)]) -> Vec<u8> {
    // The sort is stable, so the later one of two equal names comes last.
    params.sort_by(|(one, _), (two, _)| signed_name(one).cmp(signed_name(two)));
    let length = params.iter().map(|(name, value)| name.len() + value.len() + 2).sum::<usize>();
    let mut text = Vec::with_capacity(start.iter().map(|part| part.len()).sum::<usize>() + length);
    start.iter().for_each(|part| text.extend_from_slice(part.as_bytes()));
    let mut mark = b'?';
    for (at, (name, value)) in params.iter().enumerate() {
        if params.get(at + 1).is_some_and(|(next, _)| signed_name(next).eq(signed_name(name))) {
            continue;
        }
        text.push(mark);
        text.extend(signed_name(name));
        text.push(b'=');
        text.extend_from_slice(value.as_bytes());
        mark = b'&';
    }
    text
}

/// The signature of a string to sign, in base64.
pub(crate) fn signature(text: &[u8], credential: &Credential, sha256: bool) -> String {
    match sha256 {
        true => STANDARD.encode(credential.sha256_key().sign(text)),
        false => STANDARD.encode(credential.sha1_key().sign(text)),
    }
}

/// Appends a signature to the encoded parameters, of which there is at least one.
pub(crate) fn push_signature(params: &mut String, signature: &str) {
    params.push_str("&Signature=");
    push_form(params, signature);
}

/// A string to sign as text. It is made of texts, so it is UTF-8.
pub(crate) fn shown(string_to_sign: &[u8]) -> String {
    String::from_utf8_lossy(string_to_sign).into_owned()
}

/// The bytes of a name as they are signed.
fn signed_name(name: &str) -> impl Iterator<Item = u8> {
    name.bytes().map(|byte| if byte == b'_' { b'.' } else { byte })
}
