//! The services that people sign in to, as the vendors' command line tools use them.
//!
//! `aliyun configure --mode OAuth`, `tccli auth login` and `ve sso login` open a browser and store tokens in
//! a file of the tool. The credential providers for these files (`CliProfile`) exchange the tokens for new
//! tokens or for keys, by unsigned REST calls to other hosts than the control plane. This module has the
//! [`Provider`] for such calls and the meaning of their errors; `refresh.rs` writes refreshed tokens back,
//! and `session.rs` keeps them in memory.

use std::sync::Arc;
#[cfg(any(feature = "alibaba", feature = "volcengine"))]
use std::time::Duration;

use http::StatusCode;
use serde_json::Value;

use crate::action::info::ActionInfo;
use crate::action::request::{Fields, RequestParts};
use crate::client::Client;
use crate::context::Context;
use crate::credential::take_text;
use crate::credential::{CredentialChain, ProvideCredential};
use crate::endpoint::Endpoint;
use crate::error::{Error, ErrorClass, ErrorKind, ServiceError};
use crate::provider::exchange::Exchange;
use crate::provider::{Provider, RawResponse, SignInput, rest};
use crate::response::decode::without_bom;
use crate::response::{Envelope, FailedIf};
use crate::transport::{HttpRequest, HttpSend};

/// The longest lifetime: ten years.
#[cfg(any(feature = "alibaba", feature = "volcengine"))]
const LONGEST: u64 = 10 * 366 * 24 * 60 * 60;

/// Reads a lifetime such as `expires_in`: a number of seconds, or a text with one. A longer one counts as ten
/// years, so that the sum of a time and a lifetime is a time.
#[cfg(any(feature = "alibaba", feature = "volcengine"))]
pub(crate) fn seconds(value: &Value) -> Option<Duration> {
    let number = value.as_u64().or_else(|| value.as_str()?.trim().parse().ok())?;
    Some(Duration::from_secs(number.min(LONGEST)))
}

/// Parts of the codes that refuse a sign-in, in lower case: `invalid_grant`, `InvalidToken`,
/// `AuthFailure.TokenFailure`, `UnauthorizedOperation`, `AccessDenied`.
const REFUSALS: [&str; 8] =
    ["grant", "token", "authfailure", "unauthorized", "denied", "forbidden", "expired", "invalid_client"];
/// Parts of the codes of services that are busy or broken: `RequestLimitExceeded`, `InternalError`,
/// `temporarily_unavailable`, `server_error`, `slow_down`.
const BUSY: [&str; 8] =
    ["limit", "throttl", "internal", "unavailable", "server_error", "slow", "busy", "timeout"];

fn has_code(error: &Error, parts: &[&str]) -> bool {
    let code = error.code().map(str::to_ascii_lowercase);
    code.is_some_and(|code| parts.iter().any(|part| code.contains(part)))
}

/// Whether the same request may succeed later: the service, or what is between, did not do its work.
pub(crate) fn is_busy(error: &Error) -> bool {
    let status = error.status();
    let of_status = |status: StatusCode| status.is_server_error() || matches!(status.as_u16(), 408 | 429);
    error.is_retryable() || status.is_some_and(of_status) || has_code(error, &BUSY)
}

/// Whether the service refuses the sign-in, so that a person must repeat it.
///
/// A page without a code that comes with status 403 or 407 is that of a firewall or a proxy.
pub(crate) fn is_refused(error: &Error) -> bool {
    let refuses = match error.status().map(|status| status.as_u16()) {
        Some(401) => true,
        Some(403) => error.code().is_some(),
        _ => has_code(error, &REFUSALS),
    };
    refuses && !is_busy(error)
}

/// The error of a request that failed. `again` makes the error of a sign-in that a person must repeat.
pub(crate) fn failed(provider: &str, error: Error, again: impl FnOnce(&str) -> Error) -> Error {
    let what = match (error.code(), error.status()) {
        (Some(code), _) => code.escape_debug().to_string(),
        (None, Some(status)) => format!("status {}", status.as_u16()),
        (None, None) => error.message().to_owned(),
    };
    let failed = if is_refused(&error) {
        again(&format!("has a sign-in that is refused ({what})"))
    } else {
        let remedy = if is_busy(&error) { ": try again" } else { "" };
        let what = format!("{provider}: the exchange for temporary keys failed ({what}){remedy}");
        Error::new(ErrorKind::Credentials, what)
    };
    failed.with_source(error)
}

/// A client for one sign-in service at `host`, with the time limits of an [`Exchange`].
pub(crate) fn client(
    context: &Context,
    host: &str,
    transport: Option<&Arc<dyn HttpSend>>,
) -> Result<Client<SignIn>, Error> {
    let mut exchange: Exchange<SignIn> = Exchange::default();
    exchange.transport = transport.cloned();
    exchange.client(context, None, host).cloned()
}

/// The provider of sign-in services. It needs an endpoint, has no credentials, and does not sign.
#[derive(Debug, Clone, Default)]
pub(crate) struct SignIn;

impl Provider for SignIn {
    fn name(&self) -> &'static str {
        "sign-in"
    }

    fn encode(&self, action: &ActionInfo, fields: Fields, _: [u8; 16]) -> Result<RequestParts, Error> {
        rest::request(action, fields)
    }

    fn endpoints(&self, _: &Context, _: &ActionInfo, _: Option<&str>) -> Result<Vec<Endpoint>, Error> {
        Err(Error::config("a sign-in service needs an endpoint"))
    }

    fn sign(&self, input: &SignInput<'_>) -> Result<HttpRequest, Error> {
        rest::finish(input, rest::headers(input)?)
    }

    fn envelope(&self) -> Envelope {
        Envelope::bare().failed(FailedIf::Has("Error"))
    }

    /// The services report errors in these formats:
    ///
    /// ```text
    /// {"error": "invalid_grant", "error_description": "…"}    OAuth (RFC 6749, 5.2)
    /// {"ErrorCode": "…", "ErrorMessage": "…"}                 CloudSSO of Alibaba Cloud
    /// {"Error": {"Code": "…", "Message": "…"}}                Tencent Cloud, also with status 200
    /// {"Error": "…"}                                          Tencent Cloud
    /// ```
    ///
    /// The first two count only with a status other than success: a success response may have a member
    /// `error`.
    fn service_error(&self, response: &RawResponse<'_>) -> Option<ServiceError> {
        let mut document: Value = serde_json::from_slice(without_bom(response.body)).ok()?;
        let mut text = |name: &str| take_text(&mut document, name);
        let plain =
            (text("error").or_else(|| text("ErrorCode")), text("error_description"), text("ErrorMessage"));
        if let (Some(code), description, message) = plain {
            let message = description.or(message).unwrap_or_default();
            let failed = !response.status.is_success();
            return failed.then(|| ServiceError::new(code, message, ErrorClass::Other));
        }
        match document.get_mut("Error").map(Value::take) {
            Some(mut error @ Value::Object(_)) => {
                let message = take_text(&mut error, "Message").unwrap_or_default();
                let code = take_text(&mut error, "Code").unwrap_or_else(|| "Error".to_owned());
                Some(ServiceError::new(code, message, ErrorClass::Other))
            }
            Some(Value::String(message)) => {
                Some(ServiceError::new("Error".to_owned(), message, ErrorClass::Other))
            }
            _ => None,
        }
    }

    fn default_credentials(&self) -> Arc<dyn ProvideCredential> {
        Arc::new(CredentialChain::new())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_refusal_of_the_sign_in_asks_a_person_to_repeat_it() {
        let error = |status: Option<u16>, code: Option<&str>| {
            let mut error = Error::new(ErrorKind::Service, "planted");
            if let Some(status) = status {
                error = error.with_status(StatusCode::from_u16(status).unwrap());
            }
            match code {
                Some(code) => error.with_code(code),
                None => error,
            }
        };
        for (status, code, wanted) in [
            (Some(400), Some("invalid_grant"), "sign in again"),
            (Some(400), Some("expired_token"), "sign in again"),
            (Some(401), Some("invalid_client"), "sign in again"),
            (Some(401), None, "sign in again"),
            (Some(403), Some("NoPermission"), "sign in again"),
            (None, Some("InvalidToken"), "sign in again"),
            (None, Some("AuthFailure.TokenFailure"), "sign in again"),
            (Some(403), None, "failed"),
            (Some(407), None, "failed"),
            (Some(400), Some("invalid_request"), "failed"),
            (None, Some("InvalidParameter"), "failed"),
            (Some(408), None, "try again"),
            (Some(429), None, "try again"),
            (Some(429), Some("TokenLimitExceeded"), "try again"),
            (Some(400), Some("temporarily_unavailable"), "try again"),
            (None, Some("RequestLimitExceeded"), "try again"),
            (Some(503), None, "try again"),
            (Some(500), Some("invalid_token"), "try again"),
        ] {
            let shown =
                failed("p", error(status, code), |_| Error::new(ErrorKind::Credentials, "sign in again"));
            assert!(std::error::Error::source(&shown).is_some());
            let shown = shown.to_string();
            assert!(shown.contains(wanted), "{status:?} {code:?}: {shown}");
            assert!(wanted != "failed" || !shown.contains("again"), "{status:?} {code:?}: {shown}");
        }
    }

    #[test]
    #[cfg(any(feature = "alibaba", feature = "volcengine"))]
    fn no_lifetime_is_too_long_to_be_added_to_a_time() {
        use std::time::SystemTime;
        for (value, wanted) in [
            (serde_json::json!(3600), Some(3600)),
            (serde_json::json!(" 3600 "), Some(3600)),
            (serde_json::json!(u64::MAX), Some(LONGEST)),
            (serde_json::json!("18446744073709551615"), Some(LONGEST)),
            (serde_json::json!(-1), None),
        ] {
            assert_eq!(seconds(&value).map(|lifetime| lifetime.as_secs()), wanted);
            let far = SystemTime::UNIX_EPOCH + Duration::from_secs(10_000_000_000);
            assert!(far.checked_add(seconds(&value).unwrap_or_default()).is_some());
        }
    }
}
