//! The providers, and the trait that they implement.
//!
//! A provider holds everything that is specific to one vendor's API family. Each is one folder with the same
//! files, one line here, and a cargo feature:
//!
//! | module | cargo feature | type | vendor |
//! | --- | --- | --- | --- |
//! | `tencent` | `tencent` | `cloudcall::Tencent` | Tencent Cloud API 3.0 |
//! | `qcloud` | `tencent` | `cloudcall::Qcloud` | Tencent Cloud API 2.0 (legacy) |
//! | `huawei` | `huawei` | `cloudcall::Huawei` | Huawei Cloud |
//! | `alibaba` | `alibaba` | `cloudcall::Alibaba` | Alibaba Cloud |
//! | `volcengine` | `volcengine` | `cloudcall::Volcengine` | Volcengine and BytePlus |
//!
//! In each folder, `mod.rs` has the type `Cloud` with its settings, `encode.rs` builds the parts of a
//! request, `endpoint.rs` finds the host, `signer.rs` signs, `error.rs` reads API errors, and `credentials/`
//! has the credential providers and the default chain. The other files of this folder are shared: `common.rs`
//! (constants and pure functions), `exchange.rs` (the client for STS and IAM), `rest.rs` and `sign_in.rs`
//! (plain REST calls beside the control plane), `refresh.rs` (refreshed tokens in the files of the tools) and
//! `session.rs` (refreshed tokens in memory).
//!
//! # Where a call meets its provider
//!
//! The pipeline calls the methods of [`Provider`] in this order:
//!
//! 1. when a client is built: [`region`](Provider::region) if no region is set,
//!    [`configure`](Provider::configure), [`trust`](Provider::trust),
//!    [`default_credentials`](Provider::default_credentials) if no credential provider is set;
//! 2. once for each call: [`encode`](Provider::encode), [`owned_header`](Provider::owned_header), and
//!    [`endpoints`](Provider::endpoints) unless an endpoint is set;
//! 3. for each attempt: [`complete`](Provider::complete), [`body_digest`](Provider::body_digest) for a body
//!    that is not in memory, and [`sign`](Provider::sign);
//! 4. for each response: [`envelope_for`](Provider::envelope_for), [`service_error`](Provider::service_error)
//!    if the call failed, [`advise`](Provider::advise) if the signature was refused,
//!    [`retry_after`](Provider::retry_after) and [`request_id`](Provider::request_id).

#[cfg(feature = "alibaba")]
pub mod alibaba;
#[cfg(feature = "__cloud")]
pub(crate) mod common;
#[cfg(feature = "__cloud")]
pub(crate) mod exchange;
#[cfg(feature = "huawei")]
pub mod huawei;
mod identity;
#[cfg(feature = "tencent")]
pub mod qcloud;
#[cfg(any(feature = "alibaba", feature = "volcengine"))]
pub(crate) mod refresh;
#[cfg(any(feature = "tencent", feature = "alibaba", feature = "volcengine"))]
pub(crate) mod rest;
#[cfg(any(feature = "tencent", feature = "alibaba", feature = "volcengine"))]
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

pub use identity::{IdentityCall, IdentityMembers};
/// Everything that differs between vendors: encoding, endpoints, signatures, errors and default credentials.
///
/// The value holds the settings of the provider, such as language and signature method. A call with different
/// settings works on a copy, so a call never changes the client.
///
/// A provider can live in another crate: `#[cloud_action(provider = my::Cloud, …)]` takes any type that
/// implements this trait. `examples/own_provider` in the repository is a complete one, with a signature and
/// its vectors.
///
/// # Invariants
///
/// - No method does network I/O, except the future of [`complete`](Self::complete).
///   [`endpoints`](Self::endpoints), [`configure`](Self::configure), [`trust`](Self::trust) and
///   [`region`](Self::region) may read small files through `context`.
/// - Clock, environment and files are those of [`Context`], and random bits come as an argument, so that
///   tests can replace them.
/// - [`sign`](Self::sign) is pure: the same input gives the same request.
/// - The request of `sign` is sent unchanged, to the host of [`SignInput::endpoint`].
///
/// # Example
///
/// A provider for a service that takes one JSON document for each call, and a key in a header:
///
/// ```
/// use std::sync::Arc;
///
/// use cloudcall::action::{ActionInfo, Fields, Payload, RequestParts};
/// use cloudcall::context::Context;
/// use cloudcall::credential::secrecy::ExposeSecret;
/// use cloudcall::credential::{CredentialChain, EnvCredentials, ProvideCredential};
/// use cloudcall::endpoint::Endpoint;
/// use cloudcall::error::{ErrorClass, ServiceError};
/// use cloudcall::http::{self, HeaderValue, Method};
/// use cloudcall::json::{self, Value};
/// use cloudcall::provider::{Provider, RawResponse, SignInput};
/// use cloudcall::response::Envelope;
/// use cloudcall::transport::HttpRequest;
/// use cloudcall::{Bytes, Client, Error, ErrorKind};
///
/// #[derive(Debug, Clone, Default)]
/// struct Acme;
///
/// impl Provider for Acme {
///     fn name(&self) -> &'static str {
///         "acme"
///     }
///
///     fn encode(&self, action: &ActionInfo, fields: Fields, _: [u8; 16]) -> Result<RequestParts, Error> {
///         let mut parts = RequestParts::new(Method::POST);
///         parts.path = format!("/{}", action.name());
///         let content_type = HeaderValue::from_static("application/json");
///         parts.payload = Payload::Bytes { content_type, data: fields.into_document() };
///         Ok(parts)
///     }
///
///     fn endpoints(
///         &self,
///         _: &Context,
///         _: &ActionInfo,
///         region: Option<&str>,
///     ) -> Result<Vec<Endpoint>, Error> {
///         let missing = || Error::new(ErrorKind::Config, "set a region, such as `north-1`");
///         Ok(vec![format!("api.{}.acme.example", region.ok_or_else(missing)?).parse()?])
///     }
///
///     fn sign(&self, input: &SignInput<'_>) -> Result<HttpRequest, Error> {
///         let keys = input.key_pair()?;
///         let body = match &input.parts.payload {
///             Payload::Bytes { data, .. } => data.clone(),
///             _ => Bytes::new(),
///         };
///         let wrong = |error| Error::new(ErrorKind::Config, "no valid request").with_source(error);
///         let mut request = http::Request::builder()
///             .method(input.parts.method.clone())
///             .uri(format!("{}{}", input.endpoint, input.parts.path))
///             .header("host", input.endpoint.authority())
///             .header("x-acme-id", keys.id())
///             .header("x-acme-secret", keys.secret().expose_secret())
///             .body(body)
///             .map_err(wrong)?;
///         request.headers_mut().extend(input.parts.headers.clone());
///         Ok(request)
///     }
///
///     fn envelope(&self) -> Envelope {
///         Envelope::bare().request_id("request_id")
///     }
///
///     fn service_error(&self, response: &RawResponse<'_>) -> Option<ServiceError> {
///         let document: Value = json::from_slice(response.body).ok()?;
///         let code = document["error"]["code"].as_str()?;
///         let message = document["error"]["message"].as_str().unwrap_or_default();
///         let class = match code {
///             "too_many_requests" => ErrorClass::Throttled,
///             _ => ErrorClass::Other,
///         };
///         Some(ServiceError::new(code, message, class))
///     }
///
///     fn default_credentials(&self) -> Arc<dyn ProvideCredential> {
///         Arc::new(CredentialChain::new().then(EnvCredentials::new("ACME_ID", "ACME_SECRET", "")))
///     }
/// }
///
/// let client = Client::<Acme>::builder().region("north-1").build()?;
/// # Ok::<(), cloudcall::Error>(())
/// ```
///
/// # Troubleshooting
///
/// *the service refuses the signature*: the request differs from what was signed. Sign the host of
/// [`SignInput::endpoint`], encode path and query once, and send the text that was signed.
///
/// *API errors are read as responses*: [`service_error`](Self::service_error) is called for every response
/// that has no success status, whose [`envelope`](Self::envelope) marks it as failed, or that does not fit
/// the declared type. Set `Envelope::failed` if the service reports errors with status 200.
///
/// *a header that the caller sets has no effect*: `sign` overwrites it. Name it in
/// [`owned_header`](Self::owned_header), so that the caller gets an error with your advice instead.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a cloud",
    label = "use `Tencent` or another type that implements `Provider`"
)]
pub trait Provider: fmt::Debug + Send + Sync + 'static {
    /// The name of the provider in errors, logs and observers, such as `tencent`. Lower case, without spaces.
    fn name(&self) -> &'static str;

    /// Takes settings other than credentials from the environment. It is called once, when a client is built,
    /// and must not replace a setting that the program made. By default it does nothing.
    ///
    /// # Errors
    ///
    /// Kind `Config`, with the name of the variable, if a setting cannot be used.
    fn configure(&mut self, context: &Context) -> Result<(), Error> {
        let _ = context;
        Ok(())
    }

    /// The certificate authorities that the environment names in place of the system's, such as the file in
    /// `ALIBABA_CLOUD_CA_BUNDLE`. `None`, the default, keeps those of the system.
    ///
    /// It is called once, when a client is built, and only if the client makes its own transport and
    /// [`HttpOptions::trust`](crate::client::HttpOptions::trust) is unset.
    ///
    /// # Errors
    ///
    /// Kind `Config`, with the name of the variable, if the certificates cannot be read.
    fn trust(&self, context: &Context) -> Result<Option<TlsTrust>, Error> {
        let _ = context;
        Ok(None)
    }

    /// The region that the environment or a file of the vendor names. Default: `None`.
    ///
    /// It is called once, when a client without a region is built. The name is checked for characters that no
    /// region has, so it may come from a file unchecked.
    fn region(&self, context: &Context) -> Option<String> {
        let _ = context;
        None
    }

    /// Makes the parts of a request that are the same for every attempt: method, path, query, headers and
    /// payload.
    ///
    /// It is called once for each call. `fields` has the parameters as JSON text, in the order in which they
    /// were set. `nonce` has 128 random bits, which a multipart boundary needs. Host, region and signature
    /// are not known here.
    ///
    /// # Errors
    ///
    /// Kind `Config` if the parameters make no request: for example a placeholder of the path has no value,
    /// or a parameter is declared for a place that the protocol does not have.
    fn encode(&self, action: &ActionInfo, fields: Fields, nonce: [u8; 16]) -> Result<RequestParts, Error>;

    /// The endpoints of an action, the first choice first. It is called if neither the client nor the call
    /// sets an endpoint. The breaker may use the others if the first one fails.
    ///
    /// `region` is that of the call or the client. Environment and files are those of `context`.
    ///
    /// # Errors
    ///
    /// Kind `Config` if the region is missing or no endpoint is known for it. The message says how to set
    /// one.
    fn endpoints(
        &self,
        context: &Context,
        action: &ActionInfo,
        region: Option<&str>,
    ) -> Result<Vec<Endpoint>, Error>;

    /// The endpoint that a text in [`BreakerOptions`](crate::breaker::BreakerOptions) stands for. By default
    /// the text is an endpoint in which `{product}` stands for the product of the action:
    /// `{product}.backup.example` becomes `cvm.backup.example`.
    ///
    /// # Errors
    ///
    /// Kind `Config` if the text is not an endpoint, or if the product cannot be a part of a host name.
    fn backup(&self, action: &ActionInfo, backup: &str) -> Result<Endpoint, Error> {
        check_label("product", action.product())?;
        filled(backup, action.product()).parse()
    }

    /// Adds to a credential what a call needs and the credential lacks, such as the id of a project, which
    /// Huawei Cloud puts into paths. `None`, the default, if the credential is complete.
    ///
    /// It is called before each attempt, so keep what was found. Work that needs a request belongs into the
    /// returned future.
    fn complete<'a>(&'a self, call: Incomplete<'a>) -> Option<Completion<'a>> {
        let _ = call;
        None
    }

    /// The digest that the signature needs of a body that is not in memory (a file or a stream). `None` if
    /// the signature does not cover the body. Default: SHA-256.
    ///
    /// The digest is computed before the first attempt and comes to [`sign`](Self::sign) in
    /// [`SignInput::streamed`].
    fn body_digest(
        &self,
        action: &ActionInfo,
        parts: &RequestParts,
        endpoint: &Endpoint,
    ) -> Option<BodyDigest> {
        let _ = (action, parts, endpoint);
        Some(BodyDigest::Sha256)
    }

    /// The advice for a header that the provider's settings or the signature decide. `None`, the default, for
    /// a header that callers may add.
    ///
    /// `name` is in lower case. If the caller sets such a header by hand, the call fails before anything is
    /// sent, with an error of kind `Config`: ``the header `x-date` cannot be set by hand: `` and then this
    /// text.
    fn owned_header(&self, name: &str) -> Option<&'static str> {
        let _ = name;
        None
    }

    /// Signs one attempt and returns the finished request. It is sent unchanged, except for hop-by-hop
    /// headers.
    ///
    /// For a [`Payload::Stream`](crate::action::Payload::Stream), the request has an empty body: the
    /// transport reads the source. For an action that is [anonymous](crate::action::ActionInfo::is_anonymous)
    /// there is no credential, and the request is sent without a signature.
    ///
    /// # Errors
    ///
    /// Kind `Credentials` if there are no keys, or keys of the wrong kind for the signature. Kind `Config` if
    /// a setting or a parameter cannot be sent, such as a header with a line break.
    fn sign(&self, input: &SignInput<'_>) -> Result<HttpRequest, Error>;

    /// How responses are wrapped: which members stand around the value, and how a failure is marked.
    fn envelope(&self) -> Envelope;

    /// How responses to `action` are wrapped. Implement it if this depends on the action. Default:
    /// [`envelope`](Self::envelope).
    fn envelope_for(&self, action: &ActionInfo) -> Envelope {
        let _ = action;
        self.envelope()
    }

    /// The API error in a response. `None` if the response has no error in the vendor's format.
    ///
    /// Set [`ServiceError::class`] as exactly as the code allows: it decides whether the call is retried,
    /// whether the clock is corrected, and whether the credential is fetched again. For the class `Other`,
    /// the pipeline treats status 429 as throttling, and 500, 502, 503 and 504 as transient.
    fn service_error(&self, response: &RawResponse<'_>) -> Option<ServiceError>;

    /// The API error in an event of a stream. The body of `response` is the data of the event. By default, an
    /// event named `error` is read by [`service_error`](Self::service_error), and other events have no error.
    fn event_error(&self, event: &str, response: &RawResponse<'_>) -> Option<ServiceError> {
        if event == "error" { self.service_error(response) } else { None }
    }

    /// The request id in the headers of a response. It is used if the body has none. Default: `None`.
    fn request_id(&self, headers: &HeaderMap) -> Option<String> {
        let _ = headers;
        None
    }

    /// The regions that the provider knows, for errors of hosts that do not exist: a name that is similar to
    /// the region of the call is part of the message. Empty by default.
    ///
    /// A region that is not among them is called nevertheless: vendors open regions at any time.
    fn regions(&self) -> Vec<&str> {
        Vec::new()
    }

    /// Whether endpoints without a scheme are called over plain HTTP. Default: false, which means HTTPS.
    fn plain_http(&self) -> bool {
        false
    }

    /// Advice for the user if a response refuses the keys or the signature of `input`, that is, for errors of
    /// the class `Auth`. It is appended to the message of the service in parentheses. Default: `None`.
    ///
    /// Since [`sign`](Self::sign) is pure, the texts that were signed can be computed again from `input`, and
    /// compared with what the service quotes.
    fn advise(&self, input: &SignInput<'_>, refused: &ServiceError) -> Option<String> {
        let _ = (input, refused);
        None
    }

    /// The delay that a response asks for in a header that only this vendor has. `None`, the default, uses
    /// the standard header `Retry-After`.
    fn retry_after(&self, headers: &HeaderMap) -> Option<Duration> {
        let _ = headers;
        None
    }

    /// The call that names the owner of a credential, for a client in `region`. By default there is none.
    fn identity_call(&self, context: &Context, region: Option<&str>) -> Option<IdentityCall> {
        let _ = (context, region);
        None
    }
    /// The credential provider of a client for which the user sets none: usually a
    /// [`CredentialChain`](crate::credential::CredentialChain) in the order of the vendor's own SDKs.
    fn default_credentials(&self) -> Arc<dyn ProvideCredential>;
}

/// Refuses headers that the provider decides itself. They would be overwritten, and the caller would not
/// notice.
pub(crate) fn check_owned<'a>(
    cloud: &dyn Provider,
    mut names: impl Iterator<Item = &'a HeaderName>,
) -> Result<(), Error> {
    let taken = names.find_map(|name| Some((name, cloud.owned_header(name.as_str())?)));
    taken.map_or(Ok(()), |(name, advice)| {
        Err(Error::config(format!("the header `{name}` cannot be set by hand: {advice}")))
    })
}

/// The work that adds what a credential lacks. See [`Provider::complete`].
pub type Completion<'a> = Pin<Box<dyn Future<Output = Result<Credential, Error>> + Send + 'a>>;

/// A call, and the credential that may lack something for it. See [`Provider::complete`].
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Incomplete<'a> {
    /// The action.
    pub action: &'a ActionInfo,
    /// The credential as its credential provider returned it.
    pub credential: &'a Credential,
    /// The request without host and signature.
    pub parts: &'a RequestParts,
    /// The region of the call or the client, if one is set.
    pub region: Option<&'a str>,
    /// True if the user set an endpoint. Do not contact the cloud's public hosts then: they may be
    /// unreachable, or not meant to see this traffic.
    pub own_endpoint: bool,
    /// Clock, environment and files of the client.
    pub context: &'a Context,
    /// The transport of the client, for requests of the completion.
    pub transport: &'a Arc<dyn HttpSend>,
}

/// Everything that a signature covers: the input of [`Provider::sign`].
///
/// The pipeline makes one for each attempt. Tests make it with [`new`](Self::new) and the setters:
///
/// ```
/// use std::time::{Duration, UNIX_EPOCH};
///
/// use cloudcall::action::{ActionInfo, Fields};
/// use cloudcall::credential::Credential;
/// use cloudcall::endpoint::Endpoint;
/// use cloudcall::provider::{Provider, SignInput};
///
/// let cloud = cloudcall::Tencent::default();
/// let action = ActionInfo::new("cvm", "2017-03-12", "DescribeZones");
/// let parts = cloud.encode(&action, Fields::new(), [0; 16])?;
/// let endpoint: Endpoint = "cvm.tencentcloudapi.com".parse()?;
/// let keys = Credential::new("AKIDexample", "secret")?;
///
/// let time = UNIX_EPOCH + Duration::from_secs(1_700_000_000);
/// let input = SignInput::new(&action, &parts, &endpoint, time)
///     .credential(&keys)
///     .region(Some("ap-guangzhou"));
/// let request = cloud.sign(&input)?;
/// assert_eq!(request.headers()["x-tc-timestamp"], "1700000000");
/// assert!(request.headers().contains_key("authorization"));
/// # Ok::<(), cloudcall::Error>(())
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub struct SignInput<'a> {
    /// The action.
    pub action: &'a ActionInfo,
    /// The request without host and signature, as [`Provider::encode`] made it, with the headers of client
    /// and call.
    pub parts: &'a RequestParts,
    /// The endpoint of this attempt. The request must go to it.
    pub endpoint: &'a Endpoint,
    /// The region of the call or the client, if one is set.
    pub region: Option<&'a str>,
    /// The credential. `None` for an action that is sent unsigned.
    pub credential: Option<&'a Credential>,
    /// The time of the attempt, corrected by the clock skew that the service showed.
    pub time: SystemTime,
    /// 128 random bits, new for each attempt.
    pub nonce: [u8; 16],
    /// Length and digest of a body that is not in memory. `None` for other bodies.
    pub streamed: Option<StreamedBody>,
}

impl<'a> SignInput<'a> {
    /// An input without region, credential and streamed body, and with a nonce of zeros.
    pub fn new(
        action: &'a ActionInfo,
        parts: &'a RequestParts,
        endpoint: &'a Endpoint,
        time: SystemTime,
    ) -> Self {
        Self { action, parts, endpoint, region: None, credential: None, time, nonce: [0; 16], streamed: None }
    }

    /// Sets the credential. Without one, the request can only be sent unsigned.
    #[must_use]
    pub fn credential(mut self, credential: &'a Credential) -> Self {
        self.credential = Some(credential);
        self
    }

    /// The key pair to sign with.
    ///
    /// # Errors
    ///
    /// Kind `Credentials` if there is no credential, or if it is a bearer token, which cannot sign.
    pub fn key_pair(&self) -> Result<&'a Credential, Error> {
        match self.credential {
            Some(keys) if !keys.is_bearer() => Ok(keys),
            Some(_) => {
                Err(Error::new(ErrorKind::Credentials, "a bearer token cannot sign here: use a key pair"))
            }
            None => Err(Error::new(ErrorKind::Credentials, "no credential to sign the request with")),
        }
    }

    /// Length and digest of the body of a [`Payload::Stream`](crate::action::Payload::Stream).
    ///
    /// # Errors
    ///
    /// Kind `Config` if the body was not measured, because [`streamed`](Self::streamed) is not set.
    pub fn streamed_body(&self) -> Result<StreamedBody, Error> {
        self.streamed.ok_or_else(|| Error::config("the body was not measured: it cannot be signed"))
    }

    /// Sets length and digest of a body that is not in memory.
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

/// A complete response, for a provider to read. Its `Debug` masks headers and shows only the length of the
/// body.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct RawResponse<'a> {
    /// The HTTP status.
    pub status: StatusCode,
    /// The headers as they were received.
    pub headers: &'a HeaderMap,
    /// The body, decompressed, without a size larger than the client's limit.
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
    /// A response of these parts, for tests of [`Provider::service_error`].
    pub fn new(status: StatusCode, headers: &'a HeaderMap, body: &'a Bytes) -> Self {
        Self { status, headers, body }
    }
}
