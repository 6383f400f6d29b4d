//! Advice after a refused key or signature.
//!
//! The gateway has one code for all of them, `APIGW.0301` (older: `APIG.0301`), and names the cause in its
//! message. The advice says what to check: the secret key, the headers that a
//! proxy may have changed, and the session token. The pipeline calls it for errors of the class `Auth`, and
//! appends the text to that message.

use super::{Cloud, region, signer};
use crate::credential::Credential;
use crate::error::ServiceError;
use crate::provider::SignInput;
use crate::provider::common::signed_headers;

/// The advice for one error. `None` for other codes. A token of `meeting` has no code of the gateway: the
/// service itself refuses it.
///
/// ```text
/// APIGW.0301: Incorrect IAM authentication information: verify aksk signature fail (check that the SK
/// belongs to this AK and has no blanks around it; the signature covered the headers
/// `host;x-project-id;x-sdk-date`, which no proxy may change)
/// ```
pub(super) fn advise(cloud: &Cloud, input: &SignInput<'_>, refused: &ServiceError) -> Option<String> {
    if region::takes_token(input.action.product()) && !input.action.is_anonymous() {
        let advice = "the access token has ended or is that of another site; after a sign-in by the client, the next \
                      call signs in again";
        return Some(advice.to_owned());
    }
    if !matches!(refused.code.as_str(), "APIGW.0301" | "APIG.0301") {
        return None;
    }
    let message = refused.message.to_ascii_lowercase();
    let token = input.credential.and_then(Credential::token).is_some();
    Some(if message.contains("token") && token {
        "the security token has expired or belongs to other keys".to_owned()
    } else if message.contains("token") {
        "temporary keys need their security token: `Credential::with_token`".to_owned()
    } else {
        // Signing is pure: the same input gives the same headers as when it was sent.
        let secret = "check that the SK belongs to this AK and has no blanks around it";
        match signer::sign(cloud, input).ok().as_ref().and_then(signed_headers) {
            Some(headers) => {
                format!("{secret}; the signature covered the headers `{headers}`, which no proxy may change")
            }
            None => secret.to_owned(),
        }
    })
}
