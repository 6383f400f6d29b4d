//! Transports: they send a finished request over HTTP and return the response.
//!
//! The pipeline encodes, signs and retries. A transport does none of this: it takes one signed
//! request, sends it unchanged, and returns the head of the response together with a stream of its
//! body. The trait is [`HttpSend`]. There are two implementations, which behave alike and pass the
//! same tests:
//!
//! - `ReqwestTransport`, with the cargo feature `reqwest`, which is on by default: choose it if the
//!   program uses reqwest anyway, needs `native-tls`, or has a configured `reqwest::Client`.
//! - `HyperTransport`, with the cargo feature `hyper`: choose it if calls should cost less CPU time, or
//!   if the program should build faster.
//!
//! A client without an explicit transport uses reqwest if its feature is on, otherwise hyper.
//!
//! # A transport of your own
//!
//! Implement [`HttpSend`], and give it to
//! [`ClientBuilder::transport`](crate::client::ClientBuilder::transport). This one logs each host:
//!
//! ```
//! use cloudcall::async_trait;
//! use cloudcall::transport::{HttpRequest, HttpResponse, HttpSend, TransportError};
//!
//! #[derive(Debug)]
//! struct Logged<T>(T);
//!
//! #[async_trait]
//! impl<T: HttpSend> HttpSend for Logged<T> {
//!     async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
//!         println!("calling {:?}", request.uri().host());
//!         self.0.send(request).await
//!     }
//! }
//! ```

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

/// A signed request whose body is in memory.
///
/// The method, the path, the query and all headers are covered by the signature or may be, so a
/// transport sends them unchanged. The URI is absolute: `https://cvm.tencentcloudapi.com/`.
pub type HttpRequest = http::Request<Bytes>;

/// A signed request whose body is read while it is sent, such as a file.
pub type HttpUpload = http::Request<RequestBody>;

/// A response whose head has arrived. The body is a stream, which may still be arriving.
pub type HttpResponse = http::Response<ResponseBody>;

/// Sends one request, and returns the head of its response.
///
/// # What an implementation guarantees
///
/// - It does not follow redirects. The signature and the token would go to another host.
/// - It does not repeat a request that may have reached the server. The pipeline decides on retries.
/// - It does not change the method, the path, the query, or a header: they are signed. It may add
///   hop-by-hop headers and `Accept-Encoding`.
/// - Dropping the future closes the connection, or leaves it in a state in which it can be reused.
/// - [`TransportError::sent`] says how far the request got. If in doubt it is
///   [`SendState::Maybe`]: a request that was never sent is always retried.
///
/// The pipeline applies the time limits of a call, except for the connect timeout.
///
/// # Examples
///
/// A transport for a test that gives every call the same response:
///
/// ```
/// use cloudcall::async_trait;
/// use cloudcall::transport::{HttpRequest, HttpResponse, HttpSend, ResponseBody, TransportError};
///
/// #[derive(Debug)]
/// struct Fixed(&'static str);
///
/// #[async_trait]
/// impl HttpSend for Fixed {
///     async fn send(&self, _: HttpRequest) -> Result<HttpResponse, TransportError> {
///         Ok(HttpResponse::new(ResponseBody::whole(self.0)))
///     }
/// }
/// ```
#[async_trait]
pub trait HttpSend: fmt::Debug + Send + Sync {
    /// Sends a request whose body is in memory.
    ///
    /// # Errors
    ///
    /// A [`TransportError`] if no response head arrives. A response with an error status is not an
    /// error here.
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError>;

    /// Sends a request whose body is read while it is sent. `Content-Length` is [`RequestBody::len`].
    ///
    /// The default implementation reads the body into memory and calls [`send`](Self::send). An
    /// implementation that streams must close the connection if the body ends with an error. It
    /// should return a response that arrives before the whole body was sent: servers refuse uploads
    /// early.
    ///
    /// # Errors
    ///
    /// As [`send`](Self::send), and kind `RequestBody` if the body cannot be read.
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

/// The body of a response: a stream of chunks in the order of their arrival.
///
/// Content codings are already undone. If the body breaks off, the last item is an error. A body
/// that is dropped before its end closes the connection.
pub struct ResponseBody(Pin<Box<dyn Stream<Item = Result<Bytes, TransportError>> + Send>>);

impl ResponseBody {
    /// A body from a stream of its chunks.
    pub fn new(pieces: impl Stream<Item = Result<Bytes, TransportError>> + Send + 'static) -> Self {
        Self(Box::pin(pieces))
    }

    /// A body that has arrived completely.
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

/// The proxy that a response came through, as `host:port`. It is an extension of the response.
///
/// The error of status 407 names it.
#[derive(Debug, Clone)]
pub(crate) struct Via(pub(crate) std::sync::Arc<str>);

/// The reason why a request has no response, or an incomplete one.
///
/// ```
/// use cloudcall::error::{ErrorKind, SendState};
/// use cloudcall::transport::TransportError;
///
/// let refused = std::io::Error::from(std::io::ErrorKind::ConnectionRefused);
/// let error = TransportError::new(ErrorKind::Connect, SendState::No, "no connection").with_source(refused);
/// assert_eq!(error.sent, SendState::No);
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub struct TransportError {
    /// The kind of failure: `Connect`, `Tls`, `Timeout`, `Io`, `RequestBody`, `Protocol`, `Decode`,
    /// `TooLarge` or `Config`.
    pub kind: ErrorKind,
    /// How far the request got. It decides whether a retry is safe.
    pub sent: SendState,
    /// The message, without the cause.
    pub message: String,
    /// The cause.
    pub source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl TransportError {
    /// An error without a cause.
    pub fn new(kind: ErrorKind, sent: SendState, message: impl Into<String>) -> Self {
        Self { kind, sent, message: message.into(), source: None }
    }

    /// Adds the cause.
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

/// The error of a time limit that was exceeded. `what` did not happen in time, such as
/// `no response head`.
pub(crate) fn timed_out(what: &str, limit: TimeLimit, sent: SendState) -> Error {
    Error::new(ErrorKind::Timeout, limit.passed(what)).with_sent(sent)
}

#[cfg(test)]
mod tests;
