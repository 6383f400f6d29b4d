//! Advice after a refused signature or key.
//!
//! Alibaba Cloud quotes the text that it signed; Volcengine does not. The advice therefore names what to
//! check: the site, the secret, the scope, the headers that a proxy may have changed, and the session token.
//! The pipeline calls it for errors of the class `Auth`, and appends the text to the message of the service.

use super::signer::signed;
use super::{Cloud, Site};
use crate::error::ServiceError;
use crate::provider::SignInput;

/// The advice for one error, or `None` for other codes.
///
/// For `SignatureDoesNotMatch`, the scope and the signed headers are computed again from `input`. For
/// example: `check that the secret access key belongs to this access key id …; the signature covered the
/// scope 20260301/cn-beijing/ecs/request and the headers content-type;host;x-content-sha256;x-date, …`.
pub(super) fn advise(cloud: &Cloud, input: &SignInput<'_>, refused: &ServiceError) -> Option<String> {
    let code = refused.code.split('.').next().unwrap_or_default();
    match code {
        "InvalidAccessKey" | "InvalidClientTokenId" => {
            let (here, other) = match cloud.site {
                Site::Volcengine => ("Volcengine", "BytePlus: set the site to `Site::Byteplus` for them"),
                Site::Byteplus => ("BytePlus", "Volcengine: set the site to `Site::Volcengine` for them"),
            };
            Some(format!("the call went to {here}, which does not know the keys of {other}"))
        }
        "SignatureDoesNotMatch" => {
            // `signed` is pure: the same input gives the same texts as when it was sent.
            let steps = signed(input).ok()?.1?;
            Some(format!(
                "check that the secret access key belongs to this access key id and is used as the console shows it, \
                 without decoding its base64; the signature covered the scope `{}` and the headers `{}`, which no proxy may \
                 change",
                steps.scope, steps.signed_headers
            ))
        }
        "InvalidSecretToken" | "SessionTokenInvalid" => {
            let token = input.credential.and_then(crate::credential::Credential::token).is_some();
            let what = if token {
                "the session token has expired or belongs to other keys"
            } else {
                "the keys are temporary, and the call has no session token"
            };
            Some(what.to_owned())
        }
        _ => None,
    }
}
