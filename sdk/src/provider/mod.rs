//! The clouds. Each is one folder with the same files, one line here, and a cargo feature: `tencent` (with
//! `qcloud`), `huawei`, `alibaba`, `volcengine`.

#[cfg(feature = "alibaba")]
pub mod alibaba;
#[cfg(feature = "__cloud")]
pub(crate) mod common;
#[cfg(feature = "__cloud")]
pub(crate) mod exchange;
#[cfg(feature = "huawei")]
pub mod huawei;
#[cfg(feature = "tencent")]
pub mod qcloud;
#[cfg(any(feature = "tencent", feature = "alibaba", feature = "volcengine"))]
pub(crate) mod rest;
#[cfg(any(feature = "tencent", feature = "volcengine"))]
pub(crate) mod session;
#[cfg(any(feature = "tencent", feature = "alibaba", feature = "volcengine"))]
pub(crate) mod sign_in;
#[cfg(feature = "tencent")]
pub mod tencent;
#[cfg(feature = "volcengine")]
pub mod volcengine;

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::{HeaderMap, HeaderName, StatusCode};

use crate::action::info::ActionInfo;
use crate::action::request::{Fields, RequestParts};
use crate::breaker::filled;
use crate::context::Context;
use crate::credential::{Credential, ProvideCredential};
use crate::endpoint::{Endpoint, check_label};
use crate::error::{Error, ErrorKind, ServiceError};
use crate::response::Envelope;
use crate::telemetry::redact;
use crate::transport::trust::TlsTrust;
use crate::transport::{HttpRequest, HttpSend};
use crate::upload::{BodyDigest, StreamedBody};

/// What differs between clouds: encoding, endpoints, signatures, errors and default credentials. The value
/// holds the cloud's settings, such as language and signature method. `examples/own_provider` is a complete
/// implementation in a crate of its own.
///
/// # Troubleshooting
///
/// *the service refuses the signature*: the request differs from what was signed. Sign the host of
/// [`SignInput::endpoint`], encode path and query once, and send the text that was signed.
///
/// *API errors are read as responses*: [`service_error`](Self::service_error) is called for every response
/// whose [`envelope`](Self::envelope) says that it failed, or that does not fit the declared type.
///
/// Nothing here does I/O, but for small files that [`endpoints`](Self::endpoints) may read and for what
/// [`complete`](Self::complete) looks up. Clouds can live outside this crate:
/// `#[cloud_action(provider = my::Cloud, …)]` takes any type that implements this trait.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a cloud",
    label = "use `Tencent` or another type that implements `Provider`"
)]
pub trait Provider: fmt::Debug + Send + Sync + 'static {
    /// The cloud's name in errors and logs, such as `tencent`.
    fn name(&self) -> &'static str;

    /// Takes settings other than credentials from the environment, once, when a client is built. What the
    /// program set wins. By default nothing is taken.
    ///
    /// # Errors
    ///
    /// Kind `Config`, with the name of the variable, if a setting cannot be used.
    fn configure(&mut self, context: &Context) -> Result<(), Error> {
        let _ = context;
        Ok(())
    }

    /// The authorities that the environment names in place of the system's. They are asked for once, when a
    /// client is built that makes its own transport and was not told whom to trust. By default there are
    /// none.
    ///
    /// # Errors
    ///
    /// Kind `Config`, with the name of the variable, if they cannot be read.
    fn trust(&self, context: &Context) -> Result<Option<TlsTrust>, Error> {
        let _ = context;
        Ok(None)
    }

    /// The region that the environment or a file of the vendor names. It is asked once, for a client without
    /// a region. Default: none.
    fn region(&self, context: &Context) -> Option<String> {
        let _ = context;
        None
    }

    /// Makes the parts of a request that are the same for every attempt. `nonce` is random, for boundaries.
    ///
    /// # Errors
    ///
    /// Kind `Config` if the parameters make no request, such as a placeholder of the path without a value.
    fn encode(&self, action: &ActionInfo, fields: Fields, nonce: [u8; 16]) -> Result<RequestParts, Error>;

    /// The endpoints of an action, the first choice first, when the user names none. Environment and files
    /// are those of `context`.
    ///
    /// # Errors
    ///
    /// Kind `Config` if the region is missing or no endpoint of it is known; the message says how to name
    /// one.
    fn endpoints(
        &self,
        context: &Context,
        action: &ActionInfo,
        region: Option<&str>,
    ) -> Result<Vec<Endpoint>, Error>;

    /// The endpoint of an action that a text of [`BreakerOptions`](crate::breaker::BreakerOptions) names. By
    /// default the text is an endpoint, in which `{product}` stands for the action's product.
    ///
    /// # Errors
    ///
    /// Kind `Config` if the text is no endpoint.
    fn backup(&self, action: &ActionInfo, backup: &str) -> Result<Endpoint, Error> {
        check_label("product", action.product())?;
        filled(backup, action.product()).parse()
    }

    /// Adds to a credential what the call needs and it does not have, such as the id of a project. Nothing
    /// for a credential that will do as it is, which by default is every one.
    ///
    /// It is asked before each attempt, so what was found should be kept.
    fn complete<'a>(&'a self, call: Incomplete<'a>) -> Option<Completion<'a>> {
        let _ = call;
        None
    }

    /// The digest that the signature needs of a body that is not in memory; none if it does not cover the
    /// body. It comes in [`SignInput::streamed`]. SHA-256 by default.
    fn body_digest(
        &self,
        action: &ActionInfo,
        parts: &RequestParts,
        endpoint: &Endpoint,
    ) -> Option<BodyDigest> {
        let _ = (action, parts, endpoint);
        Some(BodyDigest::Sha256)
    }

    /// What to set in place of a header that the cloud's settings or signature decide; none for one that
    /// callers may add.
    ///
    /// Headers that the caller adds by hand are checked with it, by their names in lower case: otherwise they
    /// would be ignored.
    fn owned_header(&self, name: &str) -> Option<&'static str> {
        let _ = name;
        None
    }

    /// Signs one attempt. The result is sent as it is; of a body that is not in memory, the request has no
    /// bytes.
    ///
    /// # Errors
    ///
    /// Kind `Credentials` if there are no keys or they do not fit the signature, `Config` for settings that
    /// cannot be.
    fn sign(&self, input: &SignInput<'_>) -> Result<HttpRequest, Error>;

    /// How responses are wrapped.
    fn envelope(&self) -> Envelope;

    /// How responses to `action` are wrapped, where that depends on the action.
    fn envelope_for(&self, action: &ActionInfo) -> Envelope {
        let _ = action;
        self.envelope()
    }

    /// The API error in a response. Nothing if the response has none.
    fn service_error(&self, response: &RawResponse<'_>) -> Option<ServiceError>;

    /// The API error in an event of a stream: the body of the response is the data of the event. By default
    /// events named `error` are errors, and nothing else is.
    fn event_error(&self, event: &str, response: &RawResponse<'_>) -> Option<ServiceError> {
        if event == "error" { self.service_error(response) } else { None }
    }

    /// The request id of a response, if a header has it.
    fn request_id(&self, headers: &HeaderMap) -> Option<String> {
        let _ = headers;
        None
    }

    /// Whether endpoints without a scheme are called over plain HTTP.
    fn plain_http(&self) -> bool {
        false
    }

    /// Advice for the user if a response refuses the signature of `input`, in addition to what the service
    /// says.
    fn advise(&self, input: &SignInput<'_>, refused: &ServiceError) -> Option<String> {
        let _ = (input, refused);
        None
    }

    /// The delay that a response asks for in a header that only this cloud has.
    fn retry_after(&self, headers: &HeaderMap) -> Option<Duration> {
        let _ = headers;
        None
    }

    /// Where credentials come from when the user names no provider.
    fn default_credentials(&self) -> Arc<dyn ProvideCredential>;
}

/// Checks that no header is set by hand that the cloud decides: it would be ignored.
pub(crate) fn check_owned<'a>(
    cloud: &dyn Provider,
    mut names: impl Iterator<Item = &'a HeaderName>,
) -> Result<(), Error> {
    let taken = names.find_map(|name| Some((name, cloud.owned_header(name.as_str())?)));
    taken.map_or(Ok(()), |(name, advice)| {
        Err(Error::config(format!("the header `{name}` cannot be set by hand: {advice}")))
    })
}

/// A credential under completion. See [`Provider::complete`].
pub type Completion<'a> = Pin<Box<dyn Future<Output = Result<Credential, Error>> + Send + 'a>>;

/// A call and the credential that may lack something for it.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Incomplete<'a> {
    /// The action.
    pub action: &'a ActionInfo,
    /// The credential as its provider gave it.
    pub credential: &'a Credential,
    /// The request without its host.
    pub parts: &'a RequestParts,
    /// The region, if there is one.
    pub region: Option<&'a str>,
    /// Whether the user named the endpoint: then the cloud's public hosts may be out of reach, or none of its
    /// business.
    pub own_endpoint: bool,
    /// Time, environment and files of the client.
    pub context: &'a Context,
    /// What the client sends through.
    pub transport: &'a Arc<dyn HttpSend>,
}

/// All that a signature covers.
#[derive(Debug)]
#[non_exhaustive]
pub struct SignInput<'a> {
    /// The action.
    pub action: &'a ActionInfo,
    /// The request without its host.
    pub parts: &'a RequestParts,
    /// Where it goes.
    pub endpoint: &'a Endpoint,
    /// The region, if there is one.
    pub region: Option<&'a str>,
    /// The credential; none for an action that is sent unsigned.
    pub credential: Option<&'a Credential>,
    /// The time that the signature says.
    pub time: SystemTime,
    /// 128 random bits, new for each attempt.
    pub nonce: [u8; 16],
    /// Length and digest of a body that is not in memory.
    pub streamed: Option<StreamedBody>,
}

impl<'a> SignInput<'a> {
    /// Everything that a signature covers.
    pub fn new(
        action: &'a ActionInfo,
        parts: &'a RequestParts,
        endpoint: &'a Endpoint,
        time: SystemTime,
    ) -> Self {
        Self { action, parts, endpoint, region: None, credential: None, time, nonce: [0; 16], streamed: None }
    }

    /// Sets the credential; without one the request is sent unsigned.
    #[must_use]
    pub fn credential(mut self, credential: &'a Credential) -> Self {
        self.credential = Some(credential);
        self
    }

    /// The key pair to sign with: an error of kind `Credentials` if there is none, or only a bearer token.
    pub fn key_pair(&self) -> Result<&'a Credential, Error> {
        match self.credential {
            Some(keys) if !keys.is_bearer() => Ok(keys),
            Some(_) => {
                Err(Error::new(ErrorKind::Credentials, "a bearer token cannot sign here: use a key pair"))
            }
            None => Err(Error::new(ErrorKind::Credentials, "no credential to sign the request with")),
        }
    }

    /// What is known of the body of a [`Payload::Stream`](crate::action::Payload::Stream): an error of kind
    /// `Config` if it was not measured.
    pub fn streamed_body(&self) -> Result<StreamedBody, Error> {
        self.streamed.ok_or_else(|| Error::config("the body was not measured: it cannot be signed"))
    }

    /// Sets what is known of a body that is not in memory.
    #[must_use]
    pub fn streamed(mut self, streamed: Option<StreamedBody>) -> Self {
        self.streamed = streamed;
        self
    }

    /// Sets the region.
    #[must_use]
    pub fn region(mut self, region: Option<&'a str>) -> Self {
        self.region = region;
        self
    }

    /// Sets the random bits of this attempt.
    #[must_use]
    pub fn nonce(mut self, nonce: [u8; 16]) -> Self {
        self.nonce = nonce;
        self
    }
}

/// A complete response, as a provider reads it. `Debug` shows no body.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct RawResponse<'a> {
    /// The HTTP status.
    pub status: StatusCode,
    /// The headers.
    pub headers: &'a HeaderMap,
    /// The body, decompressed.
    pub body: &'a Bytes,
}

impl fmt::Debug for RawResponse<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawResponse")
            .field("status", &self.status)
            .field("headers", &redact::Headers(self.headers))
            .field("body_len", &self.body.len())
            .finish()
    }
}

impl<'a> RawResponse<'a> {
    /// A complete response.
    pub fn new(status: StatusCode, headers: &'a HeaderMap, body: &'a Bytes) -> Self {
        Self { status, headers, body }
    }
}
