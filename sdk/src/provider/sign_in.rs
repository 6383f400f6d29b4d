//! The services that people sign in to, as the files of the vendors' command line tools use them: unsigned
//! REST calls that exchange tokens for tokens or keys.

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

/// A number of seconds, also in quotes.
#[cfg(any(feature = "alibaba", feature = "volcengine"))]
pub(crate) fn seconds(value: &Value) -> Option<Duration> {
    let number = value.as_u64().or_else(|| value.as_str()?.trim().parse().ok())?;
    Some(Duration::from_secs(number))
}

/// A client for one sign-in service.
pub(crate) fn client(
    context: &Context,
    host: &str,
    transport: Option<&Arc<dyn HttpSend>>,
) -> Result<Client<SignIn>, Error> {
    let mut exchange: Exchange<SignIn> = Exchange::default();
    exchange.transport = transport.cloned();
    exchange.client(context, None, host).cloned()
}

/// The provider of these services. Their requests have no signature.
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

    /// OAuth sends `{"error": "invalid_grant", "error_description": …}`, CloudSSO
    /// `{"ErrorCode", "ErrorMessage"}`. Tencent Cloud sends `{"Error": {"Code", "Message"}}`, or a text in
    /// its place, also with status 200.
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
