//! The error type of this crate.
//!
//! All fallible functions return [`Error`]. Its [`kind`](Error::kind) is coarse, its predicates answer the usual questions, and its
//! accessors give the facts that the service sent.

mod body;
mod cause;
mod display;
mod kind;
mod service;

use std::error::Error as StdError;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::StatusCode;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Map, Value};

use crate::telemetry::redact::{self, Values};
use body::Body;
use cause::Cause;
use service::mask_details;

pub use kind::{ErrorKind, SendState};
#[cfg(feature = "__cloud")]
pub(crate) use service::add_detail;
pub use service::{ErrorClass, ServiceError};

/// The result of the fallible functions of this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a call, or the construction of a client, failed.
///
/// `Display` is one line: kind, provider, action, status, code, message, innermost cause, request id, endpoint and attempts. `Debug` is
/// that line and one line for each cause, because `main` prints the error that it returns by `Debug`. Neither shows secrets that
/// a service repeats: values with secret names are masked, and so are the credential and the declared secrets of the call.
///
/// ```
/// # fn handle(error: cloudcall::Error) {
/// if error.is_throttled() {
///     eprintln!("slow down: {error}, after {:?}", error.retry_after());
/// } else if error.code() == Some("InvalidInstanceId.NotFound") {
///     eprintln!("no such instance (request {})", error.request_id().unwrap_or("-"));
/// }
/// # }
/// ```
///
/// # Troubleshooting
///
/// - **`auth: … SignatureDoesNotMatch`, `AuthFailure.SignatureFailure`**: the secret does not belong to the key id, or a proxy
///   changes the request. The message names the likely cause. `Invoker::sign_only` shows the signed request without sending it.
/// - **`credentials: …`**: the message lists each source of the chain and why it was skipped, or the source that is configured but broken.
/// - **`connect: …` with an endpoint that you do not expect**: the region or product is misspelt, or a proxy of the environment applies.
///   Set the endpoint with `ClientBuilder::endpoint`, or the proxy with [`HttpOptions`](crate::client::HttpOptions).
/// - **`decode: …`**: the service sent a member that a required field cannot read. [`raw_body`](Self::raw_body) has the response;
///   declare the field as `Option`, so that an odd value is reported by [`Response::warnings`](crate::Response::warnings) instead.
#[doc(alias = "TencentCloudSDKException")]
#[doc(alias = "ServerException")]
#[doc(alias = "ClientException")]
#[doc(alias = "ClientRequestException")]
pub struct Error(Box<Inner>);

struct Inner {
    kind: ErrorKind,
    message: String,
    provider: Option<&'static str>,
    action: Option<String>,
    status: Option<StatusCode>,
    code: Option<String>,
    request_id: Option<String>,
    attempts: u32,
    endpoint: Option<String>,
    retry_after: Option<Duration>,
    body: Option<Body>,
    details: Map<String, Value>,
    sent: SendState,
    transient: bool,
    clock_skew: bool,
    source: Option<Cause>,
}

impl Error {
    /// An error of `kind`. The message says what is wrong and what to do.
    ///
    /// Transports, credential providers and providers of your own return such errors. Tests can make the errors of services:
    ///
    /// ```
    /// use cloudcall::{Error, ErrorKind};
    ///
    /// let error = Error::new(ErrorKind::NotFound, "no such instance")
    ///     .with_code("InvalidInstanceId.NotFound")
    ///     .with_status(cloudcall::http::StatusCode::OK)
    ///     .with_request_id("r-1");
    /// assert_eq!((error.code(), error.request_id()), (Some("InvalidInstanceId.NotFound"), Some("r-1")));
    /// ```
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            kind,
            message: message.into(),
            provider: None,
            action: None,
            status: None,
            code: None,
            request_id: None,
            attempts: 0,
            endpoint: None,
            retry_after: None,
            body: None,
            details: Map::new(),
            sent: SendState::No,
            transient: false,
            clock_skew: false,
            source: None,
        }))
    }

    /// An error of kind `Config`: the caller has to change something, and nothing was sent.
    pub(crate) fn config(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Config, message)
    }

    /// Sets the cause.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.0.source = Some(Cause::new(source.into()));
        self
    }

    /// Sets how far the request got. Default: [`SendState::No`].
    #[must_use]
    pub fn with_sent(mut self, sent: SendState) -> Self {
        self.0.sent = sent;
        self
    }

    /// Sets whether the same request may succeed later. Default: `false`.
    #[must_use]
    pub fn with_transient(mut self, transient: bool) -> Self {
        self.0.transient = transient;
        self
    }

    pub(crate) fn from_service(service: ServiceError, status: StatusCode, body: &Bytes) -> Self {
        let kind = match service.class {
            ErrorClass::Throttled => ErrorKind::Throttled,
            ErrorClass::Auth | ErrorClass::ClockSkew => ErrorKind::Auth,
            ErrorClass::NotFound => ErrorKind::NotFound,
            ErrorClass::Transient | ErrorClass::Other => ErrorKind::Service,
        };
        let message = match (service.message.trim(), service.code.is_empty()) {
            ("", true) => "the service reported an error without a code and a message".to_owned(),
            (message, _) => redact::scrub(message),
        };
        let mut error = Self::new(kind, message).answered(status, body);
        error.0.code = Some(redact::scrub(&service.code)).filter(|code| !code.is_empty());
        error.0.request_id = service.request_id;
        error.0.details = mask_details(service.details, redact::body);
        error.0.transient = service.class == ErrorClass::Transient;
        error.0.clock_skew = service.class == ErrorClass::ClockSkew;
        error
    }

    /// Sets the HTTP status of the response.
    #[must_use]
    pub fn with_status(mut self, status: StatusCode) -> Self {
        self.0.status = Some(status);
        self
    }

    /// Sets status and body of the response that the error is about.
    #[must_use]
    pub(crate) fn answered(mut self, status: StatusCode, body: &Bytes) -> Self {
        self.0.status = Some(status);
        self.0.sent = SendState::Answered;
        if !body.is_empty() {
            self.0.body = Some(Body::new(body.clone()));
        }
        self
    }

    /// Masks `secret` wherever the service repeated it.
    #[must_use]
    pub(crate) fn masked(mut self, secret: &SecretString) -> Self {
        let values = Values::new(std::iter::once(secret.expose_secret()));
        let inner = &mut *self.0;
        inner.message = values.mask(std::mem::take(&mut inner.message));
        inner.code = inner.code.take().map(|code| values.mask(code));
        inner.details = mask_details(std::mem::take(&mut inner.details), |text| values.mask(text.to_owned()));
        if let Some(body) = &mut inner.body {
            body.hide(secret);
        }
        self
    }

    /// A copy of an error, for each call that is made with the same wrong setting.
    pub(crate) fn again(error: &Arc<Self>) -> Self {
        let mut again = Self::new(error.0.kind, error.0.message.clone()).with_sent(error.0.sent);
        again.0.provider = error.0.provider;
        again.0.action = error.0.action.clone();
        again.0.source = error.0.source.is_some().then(|| Cause::Of(error.clone()));
        again
    }

    /// Whether the server sent a body.
    pub(crate) fn has_body(&self) -> bool {
        self.0.body.is_some()
    }

    /// Sets the service's error code.
    #[must_use]
    pub fn with_code(mut self, code: impl Into<String>) -> Self {
        self.0.code = Some(code.into());
        self
    }

    /// Sets the request id.
    #[must_use]
    pub fn with_request_id(mut self, request_id: impl Into<String>) -> Self {
        self.0.request_id = Some(request_id.into());
        self
    }

    /// Sets the request id, unless the error has one.
    #[must_use]
    pub(crate) fn or_request_id(mut self, request_id: Option<String>) -> Self {
        self.0.request_id = self.0.request_id.or(request_id);
        self
    }

    /// Sets the delay that the server asks for.
    #[must_use]
    pub(crate) fn with_retry_after(mut self, retry_after: Option<Duration>) -> Self {
        self.0.retry_after = retry_after;
        self
    }

    #[must_use]
    pub(crate) fn with_message(mut self, message: String) -> Self {
        self.0.message = message;
        self
    }

    /// Sets provider and action, unless they are set.
    #[must_use]
    pub(crate) fn of_call(mut self, provider: &'static str, action: &str) -> Self {
        self.0.provider.get_or_insert(provider);
        self.0.action.get_or_insert_with(|| action.to_owned());
        self
    }

    #[must_use]
    pub(crate) fn of_provider(mut self, provider: &'static str) -> Self {
        self.0.provider.get_or_insert(provider);
        self
    }

    #[must_use]
    pub(crate) fn of_attempt(mut self, endpoint: &str, attempts: u32) -> Self {
        self.0.endpoint.get_or_insert_with(|| endpoint.to_owned());
        self.0.attempts = attempts;
        self
    }

    /// The kind of the failure.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The provider, such as `tencent`.
    pub fn provider(&self) -> Option<&str> {
        self.0.provider
    }

    /// The action, such as `DescribeInstances`.
    pub fn action(&self) -> Option<&str> {
        self.0.action.as_deref()
    }

    /// The HTTP status, if the server responded.
    pub fn status(&self) -> Option<StatusCode> {
        self.0.status
    }

    /// The service's error code, such as `AuthFailure.SignatureFailure`.
    pub fn code(&self) -> Option<&str> {
        self.0.code.as_deref()
    }

    /// The service's message, or the description of a local failure.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// The request id, which the vendor's support asks for.
    pub fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }

    /// The number of attempts. 0 if the call failed before its first attempt.
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// The host of the last attempt.
    pub fn endpoint(&self) -> Option<&str> {
        self.0.endpoint.as_deref()
    }

    /// The delay that the server asks for, from `Retry-After` or the header that the provider uses.
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// The body of the response with its secrets masked: values with secret names, and the credential and declared secrets of the
    /// call wherever they stand. Bytes that are not UTF-8 are replaced. The text is made on first use.
    pub fn raw_body(&self) -> Option<&[u8]> {
        self.0.body.as_ref().map(Body::masked)
    }

    /// The body of the response as it was received. It may hold passwords, private keys and tokens, so do not log it.
    ///
    /// ```
    /// # fn handle(error: cloudcall::Error) {
    /// // Parse a response that the declared type could not read.
    /// let body = error.unmasked_body().map(|body| body.len());
    /// # }
    /// ```
    pub fn unmasked_body(&self) -> Option<&Bytes> {
        self.0.body.as_ref().map(Body::raw)
    }

    /// The other members of the error response by their wire names, with secrets masked. Examples are `Recommend` and
    /// `AccessDeniedDetail` of Alibaba Cloud, and `encoded_authorization_message` of Huawei Cloud.
    ///
    /// ```
    /// # fn handle(error: cloudcall::Error) {
    /// if let Some(page) = error.details().get("Recommend").and_then(|page| page.as_str()) {
    ///     eprintln!("{error}; see {page}");
    /// }
    /// # }
    /// ```
    pub fn details(&self) -> &Map<String, Value> {
        &self.0.details
    }

    /// Whether the same call may succeed if it is repeated: the connection failed, a time limit passed, the call was throttled, or the
    /// server reported a transient failure. Repeating it is safe only if it did not reach the server, see
    /// [`may_have_been_sent`](Self::may_have_been_sent), or if the action is idempotent.
    pub fn is_retryable(&self) -> bool {
        match self.0.kind {
            ErrorKind::Connect | ErrorKind::Timeout | ErrorKind::Io | ErrorKind::Throttled => true,
            _ => self.0.transient,
        }
    }

    /// Whether the server may have carried out the call despite the error.
    pub fn may_have_been_sent(&self) -> bool {
        match self.0.sent {
            SendState::No => false,
            SendState::Maybe => true,
            // An API error says that the call was not carried out. A gateway's 5xx and an unreadable response do not.
            SendState::Answered => {
                self.0.transient || matches!(self.0.kind, ErrorKind::Decode | ErrorKind::TooLarge)
            }
        }
    }

    /// Whether the service, or the limiter of the client, asks to slow down. Requests that were throttled did nothing.
    pub fn is_throttled(&self) -> bool {
        self.0.kind == ErrorKind::Throttled
    }

    /// Whether a time limit passed: `connect`, `read`, `attempt`, `total` or `stall`.
    pub fn is_timeout(&self) -> bool {
        self.0.kind == ErrorKind::Timeout
    }

    /// Whether the service refused the credential or the signature.
    pub fn is_auth(&self) -> bool {
        self.0.kind == ErrorKind::Auth
    }

    /// Whether the service does not know the resource.
    pub fn is_not_found(&self) -> bool {
        self.0.kind == ErrorKind::NotFound
    }

    /// Whether a breaker kept the call away from a failing endpoint.
    pub fn is_circuit_open(&self) -> bool {
        self.0.kind == ErrorKind::CircuitOpen
    }

    /// Whether the service refused the request because of its time.
    pub(crate) fn is_clock_skew(&self) -> bool {
        self.0.clock_skew
    }
}

/// Lets setters take an [`Endpoint`](crate::endpoint::Endpoint) and texts alike, by `TryInto<Endpoint>`.
impl From<std::convert::Infallible> for Error {
    fn from(never: std::convert::Infallible) -> Self {
        match never {}
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_ref().and_then(Cause::get).map(|source| source as _)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_tells_everything() {
        let mut service =
            ServiceError::new("InvalidInstanceId.NotFound", "no such\ninstance", ErrorClass::NotFound);
        service.request_id = Some("req-1".into());
        let error = Error::from_service(service, StatusCode::OK, &Bytes::new())
            .of_call("tencent", "DescribeInstances")
            .of_attempt("cvm.tencentcloudapi.com", 2);
        assert_eq!(
            error.to_string(),
            "not found: tencent DescribeInstances: status 200: InvalidInstanceId.NotFound: no such instance \
             (request id req-1, endpoint cvm.tencentcloudapi.com, 2 attempts)"
        );
        assert!(!error.is_retryable() && !error.may_have_been_sent());
    }

    #[test]
    fn debug_is_the_line_and_every_cause() {
        let inner = std::io::Error::other(Error::config("token=planted below").with_source("innermost"));
        let shown = format!("{:?}", Error::new(ErrorKind::Connect, "no connection").with_source(inner));
        let lines: Vec<_> = shown.lines().collect();
        assert!(lines[0].starts_with("connect: no connection: innermost"), "{shown}");
        assert!(lines[1].contains("caused by: ") && shown.contains("token=**** below"), "{shown}");
        assert!(!shown.contains("planted"), "{shown}");
    }

    #[test]
    fn bodies_are_masked_when_they_are_shown() {
        let body = Bytes::from_static(br#"{"PrivateKeyBody":"PLANTED","note":"of my-own-secret, %2F"}"#);
        let error = Error::new(ErrorKind::Decode, "odd").answered(StatusCode::OK, &body);
        let error = error.masked(&SecretString::from("my-own-secret"));
        let masked = br#"{"PrivateKeyBody":"****","note":"of ****, %2F"}"#;
        assert_eq!(error.raw_body(), Some(&masked[..]));
        assert_eq!(error.unmasked_body(), Some(&body));
        let shown = format!("{error} {error:?}");
        assert!(!shown.contains("PLANTED") && !shown.contains("my-own") && shown.contains("note"), "{shown}");
        let cut = Bytes::from([br#"{"SecretString":""#.to_vec(), vec![b'P'; 100_000]].concat());
        let error = Error::new(ErrorKind::Decode, "odd").answered(StatusCode::OK, &cut);
        assert!(!error.to_string().contains("PPP"), "{error}");
        let binary = Bytes::from([vec![0xff; 10_000], b"Password: PLANTED".to_vec()].concat());
        let error = Error::new(ErrorKind::Decode, "odd").answered(StatusCode::OK, &binary);
        assert!(
            !format!("{error}{}", String::from_utf8_lossy(error.raw_body().unwrap())).contains("PLANTED")
        );
    }

    #[test]
    fn an_error_without_code_and_message_shows_its_body() {
        let body = Bytes::from_static(br#"{"Response":{"Error":{}}}"#);
        let error = Error::from_service(ServiceError::new("", "", ErrorClass::Other), StatusCode::OK, &body);
        assert_eq!(
            error.to_string(),
            "service: status 200: the service reported an error without a code and a message: \
             \"{\\\"Response\\\":{\\\"Error\\\":{}}}\""
        );
    }

    #[test]
    fn details_are_masked() {
        let mut service = ServiceError::new("C", "m", ErrorClass::Other);
        add_detail(&mut service.details, "Recommend", "\"https://a/?b=1\"");
        add_detail(
            &mut service.details,
            "AccessDeniedDetail",
            r#"{"AuthAction":"a","Token":"PLANTED","n":1}"#,
        );
        add_detail(&mut service.details, "Nothing", "null");
        let error = Error::from_service(service, StatusCode::OK, &Bytes::new());
        assert_eq!(error.details()["Recommend"], "https://a/?b=1");
        assert_eq!(error.details()["AccessDeniedDetail"]["Token"], "****");
        assert_eq!(error.details().len(), 2);
        assert!(!format!("{error:?}").contains("PLANTED"));
    }

    #[test]
    fn an_error_of_a_setting_keeps_kind_and_source_each_time() {
        let first =
            Arc::new(Error::new(ErrorKind::RequestBody, "m").with_source(std::io::Error::other("below")));
        for error in [Error::again(&first), Error::again(&first)] {
            assert_eq!((error.kind(), error.message()), (ErrorKind::RequestBody, "m"));
            assert!(StdError::source(&error).unwrap().downcast_ref::<std::io::Error>().is_some());
        }
    }

    #[test]
    fn an_error_is_one_pointer_wide() {
        assert_eq!(size_of::<Error>(), size_of::<usize>());
    }

    #[test]
    fn only_an_unreadable_answer_leaves_open_whether_it_was_carried_out() {
        let body = Bytes::from_static(b"<html>");
        let bad = Error::new(ErrorKind::Decode, "not JSON").answered(StatusCode::OK, &body);
        assert!(bad.may_have_been_sent());
        assert!(bad.to_string().contains("\"<html>\""), "{bad}");
        let auth = Error::new(ErrorKind::Auth, "no").answered(StatusCode::OK, &body);
        assert!(!auth.may_have_been_sent());
    }
}
