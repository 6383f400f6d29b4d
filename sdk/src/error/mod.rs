//! The one error type: coarse kind, predicates for what people ask, facts for policies.

mod body;
mod cause;

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::StatusCode;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Map, Value};

use crate::telemetry::redact::{self, Values};
use body::Body;
use cause::Cause;

/// The result of everything that can fail here.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a call, or the building of a client, failed.
///
/// `Display` puts cloud, action, status, code, message, request id and attempts on one line; foreign
/// errors stay in [`source`](StdError::source). Neither `Display` nor `Debug` shows secrets that the service repeats: values are
/// masked by their names, and the keys and declared secrets of the call wherever they stand.
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

/// What kind of failure it was. Coarse on purpose: the fine print is in [`Error::code`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The client, the call or its parameters are wrong; nothing was sent.
    Config,
    /// No usable credential; nothing was sent.
    Credentials,
    /// No connection to the server.
    Connect,
    /// The secure connection could not be set up.
    Tls,
    /// A time limit passed.
    Timeout,
    /// The connection broke.
    Io,
    /// What was to be uploaded cannot be read to its end, or is not what was announced; the server never got it whole.
    RequestBody,
    /// The peer does not speak HTTP as it should.
    Protocol,
    /// The answer came, but is not what the API promises.
    Decode,
    /// The answer exceeds a limit of the client.
    TooLarge,
    /// The service answered with an error.
    Service,
    /// The service, or the limiter of the client, asks to slow down.
    Throttled,
    /// The service does not accept the credential or the signature.
    Auth,
    /// The service does not know the resource.
    NotFound,
    /// A breaker keeps calls away from an endpoint that fails. The client's own breaker calls a backup instead; this kind is for
    /// transports and providers outside this crate.
    CircuitOpen,
    /// A file or a writer of this program failed, to which an answer goes.
    Output,
    /// What was waited for came to a state from which it will not get there; see [`Error::wait`].
    WaitFailed,
}

impl ErrorKind {
    /// The kind in one word, as `Display` and logs have it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Config => "config",
            Self::Credentials => "credentials",
            Self::Connect => "connect",
            Self::Tls => "tls",
            Self::Timeout => "timeout",
            Self::Io => "io",
            Self::RequestBody => "request body",
            Self::Protocol => "protocol",
            Self::Decode => "decode",
            Self::TooLarge => "too large",
            Self::Service => "service",
            Self::Throttled => "throttled",
            Self::Auth => "auth",
            Self::NotFound => "not found",
            Self::CircuitOpen => "circuit open",
            Self::Output => "output",
            Self::WaitFailed => "wait failed",
        }
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// How far a request got before the failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum SendState {
    /// Not a byte left.
    #[default]
    No,
    /// It may have reached the server.
    Maybe,
    /// The server answered it.
    Answered,
}

impl Error {
    /// An error of `kind`; `message` says what was wrong and what to do.
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

    /// A mistake of the caller: nothing was sent.
    pub(crate) fn config(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Config, message)
    }

    /// Keeps what caused it.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.0.source = Some(Cause::new(source.into()));
        self
    }

    /// Says how far the request got.
    #[must_use]
    pub fn with_sent(mut self, sent: SendState) -> Self {
        self.0.sent = sent;
        self
    }

    /// Says that the same request may succeed a moment later.
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
        error.0.details = details(service.details, redact::body);
        error.0.transient = service.class == ErrorClass::Transient;
        error.0.clock_skew = service.class == ErrorClass::ClockSkew;
        error
    }

    /// Keeps the status of an answer whose body never came whole: what the service said is not known.
    #[must_use]
    pub(crate) fn with_status(mut self, status: StatusCode) -> Self {
        self.0.status = Some(status);
        self
    }

    /// Keeps status and body of the response that was no use.
    #[must_use]
    pub(crate) fn answered(mut self, status: StatusCode, body: &Bytes) -> Self {
        self.0.status = Some(status);
        self.0.sent = SendState::Answered;
        if !body.is_empty() {
            self.0.body = Some(Body::new(body.clone()));
        }
        self
    }

    /// Masks `secret` wherever the service quoted it.
    #[must_use]
    pub(crate) fn masked(mut self, secret: &SecretString) -> Self {
        let values = Values::new(std::iter::once(secret.expose_secret()));
        let inner = &mut *self.0;
        inner.message = values.mask(std::mem::take(&mut inner.message));
        inner.code = inner.code.take().map(|code| values.mask(code));
        inner.details = details(std::mem::take(&mut inner.details), |text| values.mask(text.to_owned()));
        if let Some(body) = &mut inner.body {
            body.hide(secret);
        }
        self
    }

    /// An error for each of the calls that are made with the same wrong setting.
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

    #[must_use]
    pub(crate) fn with_request_id(mut self, request_id: Option<String>) -> Self {
        self.0.request_id = self.0.request_id.or(request_id);
        self
    }

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

    /// Says which call it was. What is known already stays.
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

    /// What kind of failure it was.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The cloud, such as `tencent`.
    pub fn provider(&self) -> Option<&str> {
        self.0.provider
    }

    /// The action, such as `DescribeInstances`.
    pub fn action(&self) -> Option<&str> {
        self.0.action.as_deref()
    }

    /// The HTTP status, if the server answered.
    pub fn status(&self) -> Option<StatusCode> {
        self.0.status
    }

    /// The service's error code, such as `AuthFailure.SignatureFailure`.
    pub fn code(&self) -> Option<&str> {
        self.0.code.as_deref()
    }

    /// The service's message, or what was wrong on this side.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// The request id to give to the vendor's support.
    pub fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }

    /// How many requests were sent, or tried to be.
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// The host that was called last.
    pub fn endpoint(&self) -> Option<&str> {
        self.0.endpoint.as_deref()
    }

    /// How long the server asked to wait.
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// The body of the response, its secrets masked: values by their names, the keys and declared secrets of the call
    /// wherever they stand. Bytes that are not UTF-8 are replaced. The first call does the work.
    pub fn raw_body(&self) -> Option<&[u8]> {
        self.0.body.as_ref().map(Body::masked)
    }

    /// The body of the response as it came. It may hold passwords, private keys and tokens: do not log it.
    ///
    /// ```
    /// # fn handle(error: cloudcall::Error) {
    /// // A parser of your own reads what the declared type could not.
    /// let body = error.unmasked_body().map(|body| body.len());
    /// # }
    /// ```
    pub fn unmasked_body(&self) -> Option<&Bytes> {
        self.0.body.as_ref().map(Body::raw)
    }

    /// What the error response says beside code, message and request id, by the service's names and with secrets masked:
    /// `Recommend` and `AccessDeniedDetail` of Alibaba Cloud, `encoded_authorization_message` of Huawei Cloud. Empty if there is
    /// nothing more.
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

    /// Whether the same call may succeed if it is sent again; says nothing on whether that is safe:
    /// see [`may_have_been_sent`](Self::may_have_been_sent).
    pub fn is_retryable(&self) -> bool {
        match self.0.kind {
            ErrorKind::Connect | ErrorKind::Timeout | ErrorKind::Io | ErrorKind::Throttled => true,
            _ => self.0.transient,
        }
    }

    /// Whether the server may have carried out the call in spite of the error.
    pub fn may_have_been_sent(&self) -> bool {
        match self.0.sent {
            SendState::No => false,
            SendState::Maybe => true,
            // An error answer of the service itself says that it did not; a gateway's 5xx or an
            // unreadable answer says nothing.
            SendState::Answered => {
                self.0.transient || matches!(self.0.kind, ErrorKind::Decode | ErrorKind::TooLarge)
            }
        }
    }

    /// Whether the service, or the client's limiter, asks to slow down.
    pub fn is_throttled(&self) -> bool {
        self.0.kind == ErrorKind::Throttled
    }

    /// Whether a time limit passed.
    pub fn is_timeout(&self) -> bool {
        self.0.kind == ErrorKind::Timeout
    }

    /// Whether the service refused the credential or the signature.
    pub fn is_auth(&self) -> bool {
        self.0.kind == ErrorKind::Auth
    }

    /// Whether the service said that the request's time is off.
    pub(crate) fn is_clock_skew(&self) -> bool {
        self.0.clock_skew
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &*self.0;
        write!(f, "{}", inner.kind)?;
        if let Some(provider) = inner.provider {
            write!(f, ": {provider}")?;
            if let Some(action) = &inner.action {
                write!(f, " {}", one_line(action))?;
            }
        }
        if let Some(status) = inner.status {
            write!(f, ": status {}", status.as_u16())?;
        }
        if let Some(code) = &inner.code {
            write!(f, ": {}", one_line(code))?;
        }
        write!(f, ": {}", one_line(&inner.message))?;
        if inner.code.is_none()
            && let Some(body) = &inner.body
        {
            write!(f, ": {:?}", body.quote())?;
        }
        if let Some(source) = inner.source.as_ref().and_then(Cause::get) {
            // The innermost cause says what happened; those between repeat each other.
            let mut cause: &(dyn StdError + 'static) = source;
            while let Some(next) = cause.source() {
                cause = next;
            }
            write!(f, ": {}", one_line(&redact::scrub(&cause.to_string())))?;
        }
        let mut notes = Vec::new();
        if let Some(id) = &inner.request_id {
            notes.push(format!("request id {}", one_line(id)));
        }
        if let Some(endpoint) = &inner.endpoint {
            notes.push(format!("endpoint {endpoint}"));
        }
        match inner.attempts {
            0 => {}
            1 => notes.push("1 attempt".to_owned()),
            n => notes.push(format!("{n} attempts")),
        }
        if notes.is_empty() { Ok(()) } else { write!(f, " ({})", notes.join(", ")) }
    }
}

/// Keeps a text on one line: what a server sends must not forge lines in a log.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &*self.0;
        f.debug_struct("Error")
            .field("kind", &inner.kind)
            .field("provider", &inner.provider)
            .field("action", &inner.action)
            .field("status", &inner.status)
            .field("code", &inner.code)
            .field("message", &inner.message)
            .field("request_id", &inner.request_id)
            .field("endpoint", &inner.endpoint)
            .field("attempts", &inner.attempts)
            .field("retry_after", &inner.retry_after)
            .field("sent", &inner.sent)
            .field("details", &redact::Scrubbed(&inner.details))
            .field("body", &inner.body)
            .field("source", &inner.source.as_ref().and_then(Cause::get).map(causes))
            .finish_non_exhaustive()
    }
}

/// A cause with all that is below it, in one line: `main` prints errors by `Debug`, and the last cause tells the most.
fn causes(error: &(dyn StdError + Send + Sync + 'static)) -> String {
    let below = std::iter::successors(error.source(), |&cause| StdError::source(cause));
    let text = below.fold(error.to_string(), |text, cause| format!("{text}: {cause}"));
    redact::scrub(&text)
}

/// Lets a finished [`Endpoint`](crate::endpoint::Endpoint) be given where a text is taken too.
impl From<std::convert::Infallible> for Error {
    fn from(never: std::convert::Infallible) -> Self {
        match never {}
    }
}

/// What `derive_builder` reports: a field that has no default was not set.
impl From<derive_builder::UninitializedFieldError> for Error {
    fn from(error: derive_builder::UninitializedFieldError) -> Self {
        Self::config(format!("option `{}` was not set", error.field_name()))
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_ref().and_then(Cause::get).map(|source| source as _)
    }
}

/// What a cloud reads out of an error answer.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ServiceError {
    /// The service's code.
    pub code: String,
    /// The service's message.
    pub message: String,
    /// The request id, if the answer has one.
    pub request_id: Option<String>,
    /// What the code means for the caller.
    pub class: ErrorClass,
    /// The other members of the error: [`Error::details`] gives them, masked.
    pub details: Map<String, Value>,
}

impl ServiceError {
    /// An error without a request id.
    pub fn new(code: impl Into<String>, message: impl Into<String>, class: ErrorClass) -> Self {
        Self { code: code.into(), message: message.into(), request_id: None, class, details: Map::new() }
    }
}

/// How large the other members of an error may be together, as JSON.
const DETAILS_CAP: usize = 64 * 1024;

/// Adds a member of an error response to what is told of it. Large ones stay in the body.
#[cfg(feature = "__cloud")]
pub(crate) fn add_detail(details: &mut Map<String, Value>, name: &str, json: &str) {
    if json.len() <= DETAILS_CAP
        && let Ok(value) = serde_json::from_str::<Value>(json)
        && !value.is_null()
    {
        details.insert(name.to_owned(), value);
    }
}

/// Masks what an error response says. What is too large, or no JSON afterwards, is left out.
fn details(details: Map<String, Value>, mask: impl Fn(&str) -> String) -> Map<String, Value> {
    if details.is_empty() {
        return details;
    }
    let text = Value::Object(details).to_string();
    if text.len() > 2 * DETAILS_CAP {
        Map::new()
    } else {
        serde_json::from_str(&mask(&text)).unwrap_or_default()
    }
}

/// What an error code of a service means for the caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorClass {
    /// Too many requests: wait, then repeat.
    Throttled,
    /// The credential or the signature was refused.
    Auth,
    /// The request's time is too far from the server's.
    ClockSkew,
    /// The resource does not exist.
    NotFound,
    /// The server's own fault, or a gateway's: may be gone a moment later, and says nothing on
    /// whether the call was carried out.
    Transient,
    /// The call itself is wrong, or not possible now.
    Other,
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
    fn debug_tells_every_cause() {
        let inner = std::io::Error::other(Error::config("token=planted below").with_source("innermost"));
        let shown = format!("{:?}", Error::new(ErrorKind::Connect, "no connection").with_source(inner));
        assert!(shown.contains("token=**** below: innermost"), "{shown}");
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
