//! The services that people sign in to, as the vendors' command line tools use them.
//!
//! `aliyun configure --mode OAuth`, `tccli auth login` and `ve sso login` open a browser and store tokens in
//! a file of the tool. The credential providers for these files (`CliProfile`) exchange the tokens for new
//! tokens or for keys, by unsigned REST calls to other hosts than the control plane. This module has the
//! [`Provider`] for such calls; `session.rs` keeps refreshed tokens in memory.

use std::sync::Arc;
#[cfg(any(feature = "alibaba", feature = "volcengine"))]
use std::time::Duration;

use serde_json::Value;

use crate::action::info::ActionInfo;
use crate::action::request::{Fields, RequestParts};
use crate::client::Client;
use crate::context::Context;
use crate::credential::take_text;
use crate::credential::{CredentialChain, ProvideCredential};
use crate::endpoint::Endpoint;
use crate::error::{Error, ErrorClass, ServiceError};
use crate::provider::exchange::Exchange;
use crate::provider::{Provider, RawResponse, SignInput, rest};
use crate::response::decode::without_bom;
use crate::response::{Envelope, FailedIf};
use crate::transport::{HttpRequest, HttpSend};

/// Reads a lifetime such as `expires_in`: a number of seconds, or a text with one.
#[cfg(any(feature = "alibaba", feature = "volcengine"))]
pub(crate) fn seconds(value: &Value) -> Option<Duration> {
    let number = value.as_u64().or_else(|| value.as_str()?.trim().parse().ok())?;
    Some(Duration::from_secs(number))
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
