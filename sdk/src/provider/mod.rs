//! The clouds. Each is one folder with the same files, and one line here.

pub mod alibaba;
pub mod huawei;
pub mod qcloud;
pub mod tencent;

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::action::ActionInfo;
use crate::breaker::filled;
use crate::context::Context;
use crate::credential::{Credential, ProvideCredential};
use crate::decode::Envelope;
use crate::endpoint::{Endpoint, check_label};
use crate::error::{Error, ErrorKind, ServiceError};
use crate::request::{Fields, RequestParts};
use crate::transport::HttpRequest;

/// What a cloud does its own way. The value holds the cloud's settings, such as language and signature method.
///
/// Nothing here does I/O, but for small files that [`endpoints`](Self::endpoints) may read. Clouds can live outside this crate: `#[cloud_action(provider = my::Cloud, …)]` takes
/// any type that implements this trait.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a cloud",
    label = "use `Tencent` or another type that implements `Provider`"
)]
pub trait Provider: fmt::Debug + Send + Sync + 'static {
    /// The cloud's name in errors and logs, such as `tencent`.
    fn name(&self) -> &'static str;

    /// Makes the parts of a request that are the same for every attempt. `nonce` is random, for boundaries.
    fn encode(&self, action: &ActionInfo, fields: Fields, nonce: [u8; 16]) -> Result<RequestParts, Error>;

    /// The endpoints of an action, the first choice first, when the user names none. Environment and files are
    /// those of `context`.
    fn endpoints(
        &self,
        context: &Context,
        action: &ActionInfo,
        region: Option<&str>,
    ) -> Result<Vec<Endpoint>, Error>;

    /// The endpoint of an action that a text of [`BreakerOptions`](crate::BreakerOptions) names. By default the text is
    /// an endpoint, in which `{product}` stands for the action's product.
    fn backup(&self, action: &ActionInfo, backup: &str) -> Result<Endpoint, Error> {
        check_label("product", action.product())?;
        filled(backup, action.product()).parse()
    }

    /// Signs one attempt. The result is sent as it is.
    fn sign(&self, input: &SignInput<'_>) -> Result<HttpRequest, Error>;

    /// How answers are wrapped.
    fn envelope(&self) -> Envelope;

    /// Reads an API error out of an answer, or says that there is none in it.
    fn service_error(&self, answer: &Answer<'_>) -> Option<ServiceError>;

    /// The request id of an answer as far as headers tell.
    fn request_id(&self, headers: &HeaderMap) -> Option<String> {
        let _ = headers;
        None
    }

    /// What to tell the user of an answer that refuses the signature of `input`, beside what the service says.
    fn advise(&self, input: &SignInput<'_>, refused: &ServiceError) -> Option<String> {
        let _ = (input, refused);
        None
    }

    /// The wait that an answer asks for in a header of the cloud's own.
    fn retry_after(&self, headers: &HeaderMap) -> Option<Duration> {
        let _ = headers;
        None
    }

    /// Where credentials come from when the user names no provider.
    fn default_credentials(&self) -> Arc<dyn ProvideCredential>;
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
}

impl<'a> SignInput<'a> {
    /// Everything that a signature covers.
    pub fn new(
        action: &'a ActionInfo,
        parts: &'a RequestParts,
        endpoint: &'a Endpoint,
        time: SystemTime,
    ) -> Self {
        Self { action, parts, endpoint, region: None, credential: None, time, nonce: [0; 16] }
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

/// A whole answer, as a cloud looks at it.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Answer<'a> {
    /// The HTTP status.
    pub status: StatusCode,
    /// The headers.
    pub headers: &'a HeaderMap,
    /// The body, decompressed.
    pub body: &'a Bytes,
}

impl<'a> Answer<'a> {
    /// A whole answer.
    pub fn new(status: StatusCode, headers: &'a HeaderMap, body: &'a Bytes) -> Self {
        Self { status, headers, body }
    }
}
