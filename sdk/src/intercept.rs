//! Looking at requests and answers on their way: for logs, metrics and audits.

use std::fmt;
use std::time::Duration;

use http::{HeaderMap, Method, StatusCode};

use crate::breaker::BreakerChange;
use crate::error::Error;
use crate::redact;
use crate::transport::HttpRequest;

/// Sees every attempt of every call. It can look, not touch: a signed request must go out as it was signed.
///
/// ```
/// use cloudcall::{Intercept, Reply};
///
/// #[derive(Debug)]
/// struct Slow;
///
/// impl Intercept for Slow {
///     fn after(&self, reply: &Reply<'_>) {
///         if reply.elapsed.as_secs() > 1 {
///             eprintln!("{} took {:?}", reply.action, reply.elapsed);
///         }
///     }
/// }
/// ```
pub trait Intercept: fmt::Debug + Send + Sync {
    /// Called when a request is signed and about to leave.
    fn before(&self, attempt: &Attempt<'_>) {
        let _ = attempt;
    }

    /// Called when an answer is here, or the attempt failed.
    fn after(&self, reply: &Reply<'_>) {
        let _ = reply;
    }

    /// Called when a breaker of the client opens, closes, or begins to try its host again.
    fn breaker_changed(&self, change: &BreakerChange<'_>) {
        let _ = change;
    }
}

/// A signed request, its secrets masked.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct Attempt<'a> {
    /// The cloud.
    pub provider: &'static str,
    /// The action.
    pub action: &'a str,
    /// The number of the attempt; the first is 1.
    pub number: u32,
    pub(crate) request: &'a HttpRequest,
    pub(crate) body_len: usize,
}

impl Attempt<'_> {
    /// The HTTP method.
    pub fn method(&self) -> &Method {
        self.request.method()
    }

    /// The address; secret query parameters are masked.
    pub fn url(&self) -> String {
        shown_url(self.request)
    }

    /// A header, unless it is one that carries secrets.
    pub fn header(&self, name: &str) -> Option<&str> {
        let value = self.request.headers().get(name)?;
        if value.is_sensitive() { Some(redact::MASK) } else { value.to_str().ok() }
    }

    /// How many bytes the body has.
    pub fn body_len(&self) -> usize {
        self.body_len
    }
}

impl fmt::Debug for Attempt<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attempt")
            .field("provider", &self.provider)
            .field("action", &self.action)
            .field("number", &self.number)
            .field("method", self.request.method())
            .field("url", &self.url())
            .field("headers", &redact::Headers(self.request.headers()))
            .field("body_len", &self.body_len())
            .finish()
    }
}

/// How an attempt ended.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Reply<'a> {
    /// The cloud.
    pub provider: &'static str,
    /// The action.
    pub action: &'a str,
    /// The number of the attempt; the first is 1.
    pub number: u32,
    /// The host that was called.
    pub endpoint: &'a str,
    /// The status, if there was an answer.
    pub status: Option<StatusCode>,
    /// The headers of the answer, if there was one.
    pub headers: Option<&'a HeaderMap>,
    /// How many bytes the body of the answer has.
    pub body_len: usize,
    /// The request id, if there is one.
    pub request_id: Option<&'a str>,
    /// The error, if the attempt failed.
    pub error: Option<&'a Error>,
    /// How long the attempt took.
    pub elapsed: Duration,
}

/// The address of a request with its secret query parameters masked.
pub(crate) fn shown_url(request: &HttpRequest) -> String {
    let uri = request.uri();
    match uri.query() {
        None => uri.to_string(),
        Some(query) => {
            let whole = uri.to_string();
            let bare = whole.get(..whole.len() - query.len()).unwrap_or_default();
            format!("{bare}{}", redact::query(query))
        }
    }
}
