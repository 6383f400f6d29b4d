//! How a finished request leaves and an answer comes back, behind a trait.

mod called;
pub(crate) mod trust;

pub use trust::{TlsTrust, TlsVersion};

pub(crate) mod choice;
#[cfg(feature = "__http")]
mod coding;
#[cfg(feature = "__http")]
mod failure;
#[cfg(all(feature = "gzip", feature = "__http"))]
mod gzip;
#[cfg(feature = "__http")]
mod head;
#[cfg(feature = "hyper")]
mod hyper;
#[cfg(feature = "__http")]
mod no_proxy;
#[cfg(feature = "__http")]
mod outgoing;
#[cfg(feature = "__http")]
mod proxy;
#[cfg(feature = "reqwest")]
mod reqwest;
#[cfg(feature = "__http")]
mod runtime;
#[cfg(all(feature = "__rustls", feature = "__http"))]
mod tls;
#[cfg(all(feature = "__rustls", feature = "__http"))]
mod unverified;

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use async_trait::async_trait;
use bytes::Bytes;
use futures_util::Stream;

use crate::error::{Error, ErrorKind, SendState};
use crate::timing::deadline::TimeLimit;
use crate::upload::RequestBody;

pub use self::called::CalledAction;
#[cfg(feature = "hyper")]
pub use self::hyper::HyperTransport;
#[cfg(feature = "reqwest")]
pub use self::reqwest::ReqwestTransport;

/// A finished request: the URI is sent as it is, and the body is whole.
pub type HttpRequest = http::Request<Bytes>;

/// A finished request whose body is read while it is sent.
pub type HttpUpload = http::Request<RequestBody>;

/// An answer whose head is here and whose body is still coming.
pub type HttpResponse = http::Response<ResponseBody>;

/// Sends one request and returns the head of the answer.
///
/// An implementation must not follow redirects, repeat a request, or change a header, the path or the query:
/// the request is signed. Dropping the future must give the connection up.
#[async_trait]
pub trait HttpSend: fmt::Debug + Send + Sync {
    /// Sends `request`.
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError>;

    /// Sends a request whose body is read on the way, with `Content-Length` as [`RequestBody::len`] says.
    ///
    /// By default the body is read into memory first and given to [`send`](Self::send). Whoever does better must close the
    /// connection when the body ends with an error, and should give an answer that comes early although the body is not
    /// sent to its end.
    async fn upload(&self, request: HttpUpload) -> Result<HttpResponse, TransportError> {
        let (head, body) = request.into_parts();
        self.send(HttpRequest::from_parts(head, body.collect().await?)).await
    }

    /// Whether each request should carry its [`CalledAction`] as an extension. Default: false.
    ///
    /// A transport around another one should return what that one returns.
    fn wants_action(&self) -> bool {
        false
    }
}

#[async_trait]
impl<T: HttpSend + ?Sized> HttpSend for std::sync::Arc<T> {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        (**self).send(request).await
    }

    async fn upload(&self, request: HttpUpload) -> Result<HttpResponse, TransportError> {
        (**self).upload(request).await
    }

    fn wants_action(&self) -> bool {
        (**self).wants_action()
    }
}

/// The body of an answer, as it arrives.
pub struct ResponseBody(Pin<Box<dyn Stream<Item = Result<Bytes, TransportError>> + Send>>);

impl ResponseBody {
    /// A body from a stream of its pieces.
    pub fn new(pieces: impl Stream<Item = Result<Bytes, TransportError>> + Send + 'static) -> Self {
        Self(Box::pin(pieces))
    }

    /// A body that is already here.
    pub fn whole(bytes: impl Into<Bytes>) -> Self {
        let bytes = bytes.into();
        Self::new(futures_util::stream::once(std::future::ready(Ok(bytes))))
    }
}

impl Stream for ResponseBody {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.as_mut().poll_next(cx)
    }
}

impl fmt::Debug for ResponseBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ResponseBody(..)")
    }
}

/// The proxy that a response came through, in its extensions: host and port.
#[derive(Debug, Clone)]
pub(crate) struct Via(pub(crate) std::sync::Arc<str>);

/// Why a request got no answer, or no whole one.
#[derive(Debug)]
#[non_exhaustive]
pub struct TransportError {
    /// What failed: one of `Connect`, `Tls`, `Timeout`, `Io`, `RequestBody`, `Protocol`, `TooLarge`, `Config`.
    pub kind: ErrorKind,
    /// How far the request got.
    pub sent: SendState,
    /// What went wrong, for people.
    pub message: String,
    /// The cause.
    pub source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl TransportError {
    /// A failure of `kind`.
    pub fn new(kind: ErrorKind, sent: SendState, message: impl Into<String>) -> Self {
        Self { kind, sent, message: message.into(), source: None }
    }

    /// Keeps what caused it.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }
}

impl From<TransportError> for Error {
    fn from(error: TransportError) -> Self {
        let call = Error::new(error.kind, error.message).with_sent(error.sent);
        match error.source {
            Some(source) => call.with_source(source),
            None => call,
        }
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.kind, self.message)
    }
}

impl std::error::Error for TransportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}

/// The error of a limit that passed before `what` happened.
pub(crate) fn timed_out(what: &str, limit: TimeLimit, sent: SendState) -> Error {
    Error::new(ErrorKind::Timeout, limit.passed(what)).with_sent(sent)
}

#[cfg(test)]
mod tests;
