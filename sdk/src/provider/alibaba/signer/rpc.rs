//! The older signature of RPC calls, among the parameters: `docs/sources.md`, Alibaba Cloud, 2.2.
//!
//! Query and form are joined, sorted and percent-encoded, and the result is encoded again. So a space in a
//! value is `%20` in the query and `%2520` in the string to sign:
//!
//! ```text
//! GET&%2F&AccessKeyId%3Dtestid%26…%26Name%3Da%2520b%26…
//! ```

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::mac::{KeyCache, rpc_hmac_sha1, rsa_signature};
use super::{SignMethod, canonical_query};
use crate::credential::Credential;
use crate::error::Error;
use crate::sign::encode::percent;

/// The string to sign of query and form. A form field takes precedence over a query parameter of the same
/// name, and `Signature` is never signed. The module has an example.
pub fn rpc_string_to_sign(
    http_method: &str,
    query: &[(String, String)],
    form: &[(String, String)],
) -> String {
    let in_form = |name: &String| form.iter().any(|(known, _)| known == name);
    let mut all: Vec<_> =
        query.iter().filter(|(name, _)| name != "Signature" && !in_form(name)).cloned().collect();
    all.extend_from_slice(form);
    let joined = canonical_query(&all);
    format!("{http_method}&%2F&{}", percent(&joined))
}

/// The signature of a string to sign, in base64. It is sent as the parameter `Signature`.
///
/// # Errors
///
/// Kind `Config` if the method is one of ACS3, or its cargo feature is off. Kind `Credentials` if the secret
/// is not a private key, which `SHA256withRSA` needs.
pub fn rpc_signature(
    method: SignMethod,
    credential: &Credential,
    string_to_sign: &str,
    keys: &KeyCache,
) -> Result<String, Error> {
    match method {
        SignMethod::HmacSha1 => Ok(STANDARD.encode(rpc_hmac_sha1(credential, string_to_sign.as_bytes()))),
        SignMethod::Sha256WithRsa => {
            Ok(STANDARD.encode(rsa_signature(method, credential, string_to_sign.as_bytes(), keys)?))
        }
        other => Err(Error::config(format!(
            "{} is not a method of the older RPC signature: use HMAC-SHA1 or SHA256withRSA",
            other.as_str()
        ))),
    }
}
