//! The error type of this crate.
//!
//! All fallible functions return [`Error`]. Its [`kind`](Error::kind) is coarse, its
//! predicates say what a program can do about it, and its accessors give the facts that the
//! service sent.
//!
//! | file | content |
//! | --- | --- |
//! | `mod.rs` | [`Error`]: construction, accessors, predicates |
//! | `kind.rs` | [`ErrorKind`], [`SendState`] |
//! | `service.rs` | [`ServiceError`]: an API error as a provider reads it |
//! | `display.rs` | the line that users and logs see |
//! | `body.rs` | the body of the response, masked on demand |
//! | `cause.rs` | the source, without values of the response |
//!
//! An error collects facts on its way up. Each layer sets what it knows, and none
//! overwrites what a layer below set:
//!
//! ```text
//! transport    kind, message, source, how far the request got
//! provider     code, message, request id, class              (for an API error)
//! classify     status, body, Retry-After
//! attempt      endpoint, number of attempts; secrets masked
//! call         provider, action
//! ```
//!
//! An error states facts and decides nothing. Whether a call is repeated is decided by the
//! [`RetryPolicy`](crate::retry::RetryPolicy), from these facts and from the idempotency of
//! the action.

mod body;
mod cause;
mod display;
mod kind;
mod near;
mod service;

use std::error::Error as StdError;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::StatusCode;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Map, Value};

use crate::telemetry::redact::{self, Values};
use body::ErrorBody;
use cause::Cause;
use service::mask_details;

pub use kind::{ErrorKind, SendState};
pub(crate) use near::near;
#[cfg(feature = "__cloud")]
pub(crate) use service::add_detail;
pub use service::{ErrorClass, ServiceError};

/// The result of the fallible functions of this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a call, or the construction of a client, failed.
///
/// `Display` is one line: kind, provider, action, status, code, message, innermost cause,
/// request id, endpoint and attempts. `Debug` is that line and one line for each cause,
/// because `main` prints the error that it returns by `Debug`. Neither shows secrets that a
/// service repeats: values with secret names are masked, and so are the credential and the
/// declared secrets of the call.
///
/// ```
/// use cloudcall::{Error, ErrorKind};
///
/// fn handle(error: &Error) -> &'static str {
///     match error.code() {
///         Some("InvalidInstanceId.NotFound") => return "it has been deleted already",
///         Some("ResourceInsufficient") => return "try another zone",
///         _ => {}
///     }
///     match error.kind() {
///         ErrorKind::Throttled => "slow down",
///         ErrorKind::Config | ErrorKind::Credentials => "mend the setup",
///         _ if error.may_have_been_sent() => "look whether the work was done",
///         _ => "nothing happened",
///     }
/// }
///
/// let error = Error::new(ErrorKind::NotFound, "no such instance").with_code("InvalidInstanceId.NotFound");
/// assert_eq!(handle(&error), "it has been deleted already");
/// assert_eq!(handle(&Error::new(ErrorKind::Connect, "refused")), "nothing happened");
/// ```
///
/// # What to ask
///
/// | question | method |
/// | --- | --- |
/// | Can the same call succeed later? | [`is_retryable`](Self::is_retryable) |
/// | Can the call have changed anything? | [`may_have_been_sent`](Self::may_have_been_sent) |
/// | Is the resource missing? | [`is_not_found`](Self::is_not_found) |
/// | Is it about keys or permissions? | [`is_auth`](Self::is_auth) |
/// | What does the vendor's documentation call it? | [`code`](Self::code) |
/// | What does the vendor's support need? | [`request_id`](Self::request_id) |
///
/// # Troubleshooting
///
/// - **`auth: … SignatureDoesNotMatch`, `AuthFailure.SignatureFailure`**: the secret does
///   not belong to the key id, or a proxy changes the request. The message names the likely
///   cause. `Invoker::sign_only` shows the signed request without sending it.
/// - **`credentials: …`**: the message lists each source of the chain and why it was
///   skipped, or the source that is configured but broken.
/// - **`connect: …` with an endpoint that you do not expect**: the region or product is
///   misspelt, or a proxy of the environment applies. Set the endpoint with
///   `ClientBuilder::endpoint`, or the proxy with
///   [`HttpOptions`](crate::client::HttpOptions).
/// - **`timeout: …`**: the message names the limit that passed, its value and its option.
///   See [`TimeoutOptions`](crate::client::TimeoutOptions).
/// - **`decode: …`**: the service sent a member that a required field cannot read.
///   [`raw_body`](Self::raw_body) has the response; declare the field as `Option`, so that
///   an odd value is reported by [`Response::warnings`](crate::Response::warnings) instead.
#[doc(alias = "TencentCloudSDKException")]
#[doc(alias = "ServerException")]
#[doc(alias = "ClientException")]
#[doc(alias = "ClientRequestException")]
pub struct Error(Box<ErrorFacts>);

/// The facts of an error. They are boxed: an `Error` is one pointer wide, so that a
/// `Result` in the success path is not larger than its value.
struct ErrorFacts {
    /// The coarse class.
    kind: ErrorKind,
    /// The service's message, or the description of a local failure. Secrets are masked.
    message: String,
    /// The provider, once the error has left the call.
    provider: Option<&'static str>,
    /// The name of the action.
    action: Option<String>,
    /// The HTTP status, if a response arrived.
    status: Option<StatusCode>,
    /// The service's error code.
    code: Option<String>,
    /// The request id, from the body or a header.
    request_id: Option<String>,
    /// The number of requests that were sent.
    attempts: u32,
    /// The host of the last attempt.
    endpoint: Option<String>,
    /// The delay that the server asks for.
    retry_after: Option<Duration>,
    /// The body of the response that the error is about.
    body: Option<ErrorBody>,
    /// The other members of the API error, masked.
    details: Map<String, Value>,
    /// How far the request got.
    sent: SendState,
    /// Whether the same request may succeed later, in addition to what the kind says.
    transient: bool,
    /// Whether the service refused the request because of its time.
    clock_skew: bool,
    /// Whether the server closed the connection before it received the whole body.
    cut_off: bool,
    /// The cause.
    source: Option<Cause>,
}

impl Error {
    /// An error of `kind`. The message says what is wrong and what to do.
    ///
    /// Transports, credential providers and providers of your own return such errors. Tests
    /// can make the errors of services:
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
        Self(Box::new(ErrorFacts {
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
            cut_off: false,
            source: None,
        }))
    }

    /// An error of kind `Config`: the caller has to change something, and nothing was sent.
    pub(crate) fn config(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Config, message)
    }

    /// Sets the cause. Of a serde_json error about a value of the wrong type, the value is
    /// removed, because it may be a secret.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.0.source = Some(Cause::new(source.into()));
        self
    }

    /// Sets how far the request got. Default: [`SendState::No`]. The retry policy relies on
    /// it: an error of a transport with the wrong state may repeat a call that was carried
    /// out.
    #[must_use]
    pub fn with_sent(mut self, sent: SendState) -> Self {
        self.0.sent = sent;
        self
    }

    /// Sets whether the same request may succeed later. Default: `false`. Errors of the
    /// kinds `Connect`, `Timeout`, `Io` and `Throttled` are retryable without it.
    #[must_use]
    pub fn with_transient(mut self, transient: bool) -> Self {
        self.0.transient = transient;
        self
    }

    /// The error for an API error that a provider found in a response with this status and
    /// body.
    ///
    /// | class | kind | retried |
    /// | --- | --- | --- |
    /// | `Throttled` | `Throttled` | always |
    /// | `Auth` | `Auth` | no |
    /// | `ClockSkew` | `Auth` | once, with the server's time |
    /// | `NotFound` | `NotFound` | no |
    /// | `Transient` | `Service` | if repeating is safe |
    /// | `Other` | `Service` | no |
    ///
    /// Message, code and details are masked here by the names of secrets; `masked` follows
    /// with the values that the call knows.
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

    /// Sets status and body of the response that the error is about. Cloning the body
    /// copies a pointer; an empty body is not kept.
    #[must_use]
    pub(crate) fn answered(mut self, status: StatusCode, body: &Bytes) -> Self {
        self.0.status = Some(status);
        self.0.sent = SendState::Answered;
        if !body.is_empty() {
            self.0.body = Some(ErrorBody::new(body.clone()));
        }
        self
    }

    /// Masks `secret` wherever the service repeated it: in message, code, details and body.
    /// The body is masked when it is shown, not here.
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

    /// A copy of an error, for each call that is made with the same wrong setting. It
    /// shares the cause with the original, because errors of other crates cannot be copied.
    pub(crate) fn again(error: &Arc<Self>) -> Self {
        let mut again = Self::new(error.0.kind, error.0.message.clone()).with_sent(error.0.sent);
        again.0.provider = error.0.provider;
        again.0.action = error.0.action.clone();
        again.0.source = error.0.source.is_some().then(|| Cause::Of(error.clone()));
        again
    }

    /// True if the server sent a body.
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

    /// Replaces the message.
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

    /// Sets the provider, unless it is set.
    #[must_use]
    pub(crate) fn of_provider(mut self, provider: &'static str) -> Self {
        self.0.provider.get_or_insert(provider);
        self
    }

    /// Sets the endpoint, unless it is set, and the number of attempts. The endpoint of the
    /// attempt that failed is set first, and the call's endpoint does not replace it.
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

    /// The number of requests that were sent. 0 if the call failed before its first one,
    /// for example without a credential.
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// The host of the last attempt.
    pub fn endpoint(&self) -> Option<&str> {
        self.0.endpoint.as_deref()
    }

    /// The delay that the server asks for, from `Retry-After` or the header that the
    /// provider uses. The retry policy shortens it to
    /// [`max_retry_after`](crate::retry::RetryPolicy::max_retry_after).
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// The body of the response with its secrets masked: values with secret names, and the
    /// credential and declared secrets of the call wherever they stand. Bytes that are not
    /// UTF-8 are replaced. The text is made on first use.
    pub fn raw_body(&self) -> Option<&[u8]> {
        self.0.body.as_ref().map(ErrorBody::masked)
    }

    /// The body of the response as it was received. It may hold passwords, private keys and
    /// tokens, so do not log it.
    ///
    /// ```
    /// # fn handle(error: cloudcall::Error) {
    /// // Parse a response that the declared type could not read.
    /// let body = error.unmasked_body().map(|body| body.len());
    /// # }
    /// ```
    pub fn unmasked_body(&self) -> Option<&Bytes> {
        self.0.body.as_ref().map(ErrorBody::raw)
    }

    /// The other members of the error response by their wire names, with secrets masked.
    /// Examples are `Recommend` and `AccessDeniedDetail` of Alibaba Cloud, and
    /// `encoded_authorization_message` of Huawei Cloud.
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

    /// Whether the same call may succeed if it is repeated: the connection failed, a time
    /// limit passed, the call was throttled, or the server reported a transient failure.
    /// Repeating it is safe only if it did not reach the server, see
    /// [`may_have_been_sent`](Self::may_have_been_sent), or if the action is idempotent.
    ///
    /// ```
    /// use cloudcall::{Error, ErrorKind};
    ///
    /// assert!(Error::new(ErrorKind::Timeout, "no response head").is_retryable());
    /// assert!(!Error::new(ErrorKind::Auth, "wrong key").is_retryable());
    /// ```
    ///
    /// # Troubleshooting
    ///
    /// *The error is retryable, but the call was not retried.* The request may have reached
    /// the server and the action is not safe to repeat, or attempts, time or quota were
    /// used up. See [`RetryPolicy`](crate::retry::RetryPolicy).
    pub fn is_retryable(&self) -> bool {
        match self.0.kind {
            ErrorKind::Connect | ErrorKind::Timeout | ErrorKind::Io | ErrorKind::Throttled => true,
            _ => self.0.transient,
        }
    }

    /// Whether the server may have carried out the call despite the error.
    ///
    /// `false` if nothing was sent, and for an API error, which says that the call was not
    /// carried out. `true` after a connection that broke, a time limit that passed while
    /// the request was on its way, a gateway's 5xx, a failure inside the service, and a
    /// response that cannot be read.
    ///
    /// ```
    /// use cloudcall::error::SendState;
    /// use cloudcall::{Error, ErrorKind};
    ///
    /// assert!(!Error::new(ErrorKind::Connect, "refused").may_have_been_sent());
    /// assert!(Error::new(ErrorKind::Io, "reset").with_sent(SendState::Maybe).may_have_been_sent());
    /// ```
    ///
    /// # Troubleshooting
    ///
    /// *A call that creates something failed, and this is `true`.* Look for the resource
    /// before you repeat the call, or declare an idempotency token, so that the service
    /// recognises the repetition.
    pub fn may_have_been_sent(&self) -> bool {
        match self.0.sent {
            SendState::No => false,
            SendState::Maybe => true,
            SendState::Answered => {
                self.is_failed_server()
                    || self.0.transient
                    || matches!(self.0.kind, ErrorKind::Decode | ErrorKind::TooLarge)
            }
        }
    }

    /// Whether a server failed and its response does not say what became of the call. Any
    /// status from 500 on counts: gateways have numbers of their own, such as 524. An API
    /// error that names another reason (keys, throttling, no such resource) says that the
    /// call was not carried out.
    fn is_failed_server(&self) -> bool {
        let reason = self.0.code.is_some() && self.0.kind != ErrorKind::Service;
        !reason && self.0.status.is_some_and(|status| status.as_u16() >= 500)
    }

    /// Whether the service, or the limiter of the client, asks to slow down. Requests that
    /// were throttled did nothing.
    ///
    /// ```
    /// # fn handle(error: cloudcall::Error) {
    /// if error.is_throttled() {
    ///     eprintln!("slow down: {error}, after {:?}", error.retry_after());
    /// }
    /// # }
    /// ```
    ///
    /// # Troubleshooting
    ///
    /// *Many calls end with it.* The calls of all programs of an account share its limits.
    /// Set a [limiter](crate::limiter) below the limit of the action, or a longer
    /// [`throttled_backoff`](crate::retry::RetryPolicy::throttled_backoff). If the message
    /// begins with "the client's limiter", the limit is your own.
    pub fn is_throttled(&self) -> bool {
        self.0.kind == ErrorKind::Throttled
    }

    /// Whether a time limit passed: `connect`, `read`, `attempt`, `total` or `stall`. The
    /// message names the limit, its value and its option.
    ///
    /// # Troubleshooting
    ///
    /// *`total` passed although each request was fast.* Retries and the delays between them
    /// count, and so does waiting for a limiter permit or a credential.
    /// [`attempts`](Self::attempts) shows how many requests were sent.
    pub fn is_timeout(&self) -> bool {
        self.0.kind == ErrorKind::Timeout
    }

    /// Whether the service refused the credential or the signature.
    ///
    /// # Troubleshooting
    ///
    /// *A permission is missing, and this is `false`.* The service accepted the keys, so
    /// the kind is `Service`: other keys of the same user would not help.
    /// [`code`](Self::code) names the refusal, such as `UnauthorizedOperation` or
    /// `NoPermission`, and [`details`](Self::details) may name the missing permission.
    pub fn is_auth(&self) -> bool {
        self.0.kind == ErrorKind::Auth
    }

    /// Whether the service does not know the resource.
    ///
    /// # Troubleshooting
    ///
    /// *It is `false`, although the message says "not found".* Not every error code of a
    /// service is known here. Compare [`code`](Self::code) instead.
    pub fn is_not_found(&self) -> bool {
        self.0.kind == ErrorKind::NotFound
    }

    /// Whether a breaker kept the call away from a failing endpoint. The client's own
    /// breaker calls a backup instead, so this is `true` only for errors of transports and
    /// providers outside this crate.
    pub fn is_circuit_open(&self) -> bool {
        self.0.kind == ErrorKind::CircuitOpen
    }

    /// Whether the service refused the request because of its time. The call is then
    /// repeated once with the server's time, so users see this only if that did not help.
    pub(crate) fn is_clock_skew(&self) -> bool {
        self.0.clock_skew
    }

    /// Marks the error of a connection that ended before the server received the whole body.
    pub(crate) fn with_cut_off(mut self) -> Self {
        self.0.cut_off = true;
        self
    }

    /// Whether the server closed the connection before it received the whole body. It may
    /// have refused the body.
    pub(crate) fn is_cut_off(&self) -> bool {
        self.0.cut_off
    }
}

/// Lets setters take an [`Endpoint`](crate::endpoint::Endpoint) and texts alike, by
/// `TryInto<Endpoint>`.
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

    #[test]
    fn a_server_that_failed_leaves_open_whether_the_call_was_carried_out() {
        let status = |status: u16| StatusCode::from_u16(status).unwrap();
        for failed in [500, 501, 505, 520, 524, 566, 599, 999] {
            let page = Error::new(ErrorKind::Service, "m").answered(status(failed), &Bytes::new());
            assert!(page.may_have_been_sent(), "{failed}");
            let of = |class| {
                let service = ServiceError::new("C", "m", class);
                Error::from_service(service, status(failed), &Bytes::new()).may_have_been_sent()
            };
            assert!(of(ErrorClass::Other) && of(ErrorClass::Transient), "{failed}");
            for class in [ErrorClass::Auth, ErrorClass::NotFound, ErrorClass::Throttled] {
                assert!(!of(class), "{failed} {class:?}");
            }
        }
        for refused in [400, 404, 413, 499] {
            let page = Error::new(ErrorKind::Service, "m").answered(status(refused), &Bytes::new());
            assert!(!page.may_have_been_sent(), "{refused}");
        }
    }
}
