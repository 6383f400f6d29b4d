//! Advice after a refused signature or key.
//!
//! Alibaba Cloud quotes the text that it signed; Volcengine does not. The advice therefore names what to
//! check: the site, the secret, the scope, the headers that a proxy may have changed, and the session token.
//! The pipeline calls it for errors of the class `Auth`, and appends the text to the message of the service.

use http::header::AUTHORIZATION;

use super::signer::sign;
use super::{Cloud, Site};
use crate::credential::Credential;
use crate::error::ServiceError;
use crate::provider::SignInput;
use crate::provider::common::signed_headers;
use crate::transport::HttpRequest;

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
            // `sign` is pure: the same input gives the same request as when it was sent.
            let request = sign(cloud, input).ok()?;
            let (scope, headers) = (scope(&request, input)?, signed_headers(&request)?);
            Some(format!(
                "check that the secret access key belongs to this access key id and is used as the console shows it, \
                 without decoding its base64; the signature covered the scope `{scope}` and the headers `{headers}`, which \
                 no proxy may change"
            ))
        }
        "InvalidSecretToken" | "SessionTokenInvalid" => {
            let token = input.credential.and_then(Credential::token).is_some();
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

/// The credential scope, which follows the key id in `Authorization`.
fn scope<'a>(request: &'a HttpRequest, input: &SignInput<'_>) -> Option<&'a str> {
    let authorization = request.headers().get(AUTHORIZATION)?.to_str().ok()?;
    let credential = authorization.split("Credential=").nth(1)?.split(", ").next()?;
    credential.strip_prefix(input.credential?.id())?.strip_prefix('/')
}
