//! The one error type: coarse kind, predicates for what people ask, facts for policies.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::StatusCode;

use crate::telemetry::redact;

/// The result of everything that can fail here.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a call, or the building of a client, failed.
///
/// `Display` puts cloud, action, status, code, message, request id and attempts on one line; foreign
/// errors stay in [`source`](StdError::source).
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

#[derive(Debug)]
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
    body: Option<Bytes>,
    sent: Sent,
    transient: bool,
    clock_skew: bool,
    source: Option<Box<dyn StdError + Send + Sync>>,
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
    Source,
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
    Cancelled,
    /// A file or a writer of this program failed, to which an answer goes.
    File,
    /// What was waited for came to a state from which it will not get there; see [`Error::wait`].
    State,
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
            Self::Source => "source",
            Self::Protocol => "protocol",
            Self::Decode => "decode",
            Self::TooLarge => "too large",
            Self::Service => "service",
            Self::Throttled => "throttled",
            Self::Auth => "auth",
            Self::NotFound => "not found",
            Self::Cancelled => "cancelled by breaker",
            Self::File => "file",
            Self::State => "state",
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
pub enum Sent {
    /// Not a byte left.
    #[default]
    No,
    /// It may have reached the server.
    Maybe,
    /// The server answered it.
    Answered,
}

/// How much of a body an error keeps.
const BODY_CAP: usize = 4 * 1024;
/// How much of a body `Display` quotes.
const QUOTE_CAP: usize = 200;

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
            sent: Sent::No,
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
        self.0.source = Some(source.into());
        self
    }

    /// Says how far the request got.
    #[must_use]
    pub fn with_sent(mut self, sent: Sent) -> Self {
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
        let mut error = Self::new(kind, redact::scrub(&service.message)).answered(status, body);
        error.0.code = Some(redact::scrub(&service.code));
        error.0.request_id = service.request_id;
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

    /// Keeps status and body (capped, scrubbed) of the answer that was no use.
    #[must_use]
    pub(crate) fn answered(mut self, status: StatusCode, body: &Bytes) -> Self {
        self.0.status = Some(status);
        self.0.sent = Sent::Answered;
        if !body.is_empty() {
            let cut = body.slice(..body.len().min(BODY_CAP));
            self.0.body = Some(Bytes::from(redact::scrub(&String::from_utf8_lossy(&cut))));
        }
        self
    }

    /// Masks `secret` wherever the service quoted it.
    #[must_use]
    pub(crate) fn masked(mut self, secret: &str) -> Self {
        // A real secret is long; a short one would tear words of the message apart.
        if secret.len() < 8 {
            return self;
        }
        if self.0.message.contains(secret) {
            self.0.message = self.0.message.replace(secret, redact::MASK);
        }
        if let Some(code) = self.0.code.as_mut().filter(|code| code.contains(secret)) {
            *code = code.replace(secret, redact::MASK);
        }
        // The kept body is text already.
        if let Some(body) = &self.0.body
            && let Ok(text) = std::str::from_utf8(body)
            && text.contains(secret)
        {
            self.0.body = Some(Bytes::from(text.replace(secret, redact::MASK)));
        }
        self
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

    /// The first 4 KiB of the answer, with anything that looks like a secret masked.
    pub fn raw_body(&self) -> Option<&[u8]> {
        self.0.body.as_deref()
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
            Sent::No => false,
            Sent::Maybe => true,
            // An error answer of the service itself says that it did not; a gateway's 5xx or an
            // unreadable answer says nothing.
            Sent::Answered => {
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
            let quote: String = String::from_utf8_lossy(body).chars().take(QUOTE_CAP).collect();
            write!(f, ": {:?}", quote)?;
        }
        if let Some(source) = &inner.source {
            // The innermost cause says what happened; those between repeat each other.
            let mut cause: &(dyn StdError + 'static) = source.as_ref();
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
            .field("source", &inner.source.as_deref().map(causes))
            .finish_non_exhaustive()
    }
}

/// A cause with all that is below it, in one line: `main` prints errors by `Debug`, and the last cause tells the most.
fn causes(error: &(dyn StdError + Send + Sync + 'static)) -> String {
    let below = std::iter::successors(error.source(), |&cause| StdError::source(cause));
    let text = below.fold(error.to_string(), |text, cause| format!("{text}: {cause}"));
    redact::scrub(&text)
}

/// Lets a finished [`Endpoint`](crate::Endpoint) be given where a text is taken too.
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
        self.0.source.as_deref().map(|source| source as _)
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
}

impl ServiceError {
    /// An error without a request id.
    pub fn new(code: impl Into<String>, message: impl Into<String>, class: ErrorClass) -> Self {
        Self { code: code.into(), message: message.into(), request_id: None, class }
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
        let service = ServiceError {
            code: "InvalidInstanceId.NotFound".into(),
            message: "no such\ninstance".into(),
            request_id: Some("req-1".into()),
            class: ErrorClass::NotFound,
        };
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
