//! Advice after a refused key or signature.
//!
//! The service names the cause only by its code, so the advice says what to check: the SecretKey, the headers
//! that a proxy may have changed, and the session token. The pipeline calls it for errors of the class
//! `Auth`, and appends the text to the message of the service. The legacy API 2.0 has codes of its own.

use super::{Cloud, signer};
use crate::credential::Credential;
use crate::error::ServiceError;
use crate::provider::SignInput;
use crate::provider::common::signed_headers;

/// The advice for one error. `None` for other codes.
///
/// ```text
/// AuthFailure.SignatureFailure: … (check that the SecretKey belongs to this SecretId and has no blanks
/// around it; the signature covered the headers `content-type;host`, which no proxy may change)
/// ```
pub(super) fn advise(cloud: &Cloud, input: &SignInput<'_>, refused: &ServiceError) -> Option<String> {
    match refused.code.strip_prefix("AuthFailure.")? {
        "SignatureFailure" => {
            // Signing is pure: the same input gives the same headers as when it was sent.
            let secret = "check that the SecretKey belongs to this SecretId and has no blanks around it";
            Some(match signer::sign(cloud, input).ok().as_ref().and_then(signed_headers) {
                Some(headers) => {
                    format!("{secret}; the signature covered the headers `{headers}`, which no proxy may change")
                }
                None => secret.to_owned(),
            })
        }
        "SecretIdNotFound" | "InvalidSecretId" => Some(
            "the console shows whether the SecretId exists and is enabled; keys of the international site are not known at \
             the site for mainland China, and the other way round"
                .to_owned(),
        ),
        "TokenFailure" => Some(token(input).to_owned()),
        _ => None,
    }
}

/// What is wrong with the session token.
fn token(input: &SignInput<'_>) -> &'static str {
    match input.credential.and_then(Credential::token) {
        Some(_) => "the session token has expired or belongs to other keys",
        None => "the keys are temporary, and the call has no session token: `Credential::with_token`",
    }
}
