//! One attempt: the request before it is sent, and how the attempt ended.

use std::fmt;
use std::ops::Deref;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::body::Masks;
use super::request::{SeenRequest, all, named};
use crate::error::Error;
use crate::telemetry::redact;
use crate::transport::HttpRequest;

/// A signed request of one attempt, before it is sent. Secrets are masked.
///
/// Method, URL, headers and body are those of [`SeenRequest`], to which it dereferences.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct Attempt<'a> {
    /// Name of the provider, for example `tencent`.
    pub provider: &'static str,
    /// Name of the product, for example `cvm`.
    pub product: &'a str,
    /// Name of the action, for example `DescribeInstances`.
    pub action: &'a str,
    /// The region of the call, if it has one.
    pub region: Option<&'a str>,
    /// Number of the attempt, counted from 1.
    pub number: u32,
    /// The request.
    pub(crate) request: SeenRequest<'a>,
}

impl<'a> Attempt<'a> {
    /// The first attempt of a call without a region. The public fields can be changed afterwards.
    ///
    /// Calls make it themselves; this is for tests of observers and of closures.
    ///
    /// ```
    /// use cloudcall::Bytes;
    /// use cloudcall::http::Request;
    /// use cloudcall::observe::Attempt;
    ///
    /// fn label(attempt: &Attempt<'_>) -> String {
    ///     format!("{} {}", attempt.action, attempt.number)
    /// }
    ///
    /// let request = Request::post("https://cvm.tencentcloudapi.com/").body(Bytes::new())?;
    /// let mut attempt = Attempt::new("tencent", "cvm", "DescribeZones", &request);
    /// attempt.number = 2;
    /// assert_eq!(label(&attempt), "DescribeZones 2");
    /// # Ok::<(), cloudcall::http::Error>(())
    /// ```
    pub fn new(provider: &'static str, product: &'a str, action: &'a str, request: &'a HttpRequest) -> Self {
        Self { provider, product, action, region: None, number: 1, request: SeenRequest::new(request) }
    }
}

impl<'a> Deref for Attempt<'a> {
    type Target = SeenRequest<'a>;

    fn deref(&self) -> &SeenRequest<'a> {
        &self.request
    }
}

impl fmt::Debug for Attempt<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attempt")
            .field("provider", &self.provider)
            .field("product", &self.product)
            .field("action", &self.action)
            .field("number", &self.number)
            .field("request", &self.request)
            .finish()
    }
}

/// The outcome of one attempt: a response or an error. Secrets are masked.
///
/// ```
/// use cloudcall::observe::{Listener, Reply};
///
/// let listener = Listener::new().on_response(|reply: &Reply<'_>| {
///     eprintln!("{} attempt {}: {} in {:?}", reply.action, reply.number, reply.outcome(), reply.elapsed);
/// });
/// ```
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct Reply<'a> {
    /// Name of the provider, for example `tencent`.
    pub provider: &'static str,
    /// Name of the product, for example `cvm`.
    pub product: &'a str,
    /// Name of the action, for example `DescribeInstances`.
    pub action: &'a str,
    /// The region of the call, if it has one.
    pub region: Option<&'a str>,
    /// Number of the attempt, counted from 1.
    pub number: u32,
    /// The request that was sent.
    pub request: SeenRequest<'a>,
    /// The host that was called, with its port if it has one.
    pub endpoint: &'a str,
    /// The HTTP status, if a response was received.
    pub status: Option<StatusCode>,
    /// Length of the response body in bytes. It is 0 without a response. It is also 0 for a
    /// stream and a download, whose attempt ends with the head of a success response.
    pub body_len: usize,
    /// The request id, if the response has one.
    pub request_id: Option<&'a str>,
    /// The error, if the attempt failed.
    pub error: Option<&'a Error>,
    /// Duration of the attempt. For a stream or a download, the time until the head of the
    /// response was received.
    pub elapsed: Duration,
    /// The headers, if a response was received.
    pub(crate) headers: Option<&'a HeaderMap>,
    /// The body, if an observer wants bodies.
    pub(crate) body: Option<&'a Bytes>,
    /// The secrets to mask.
    pub(crate) masks: Masks<'a>,
}

impl<'a> Reply<'a> {
    /// The outcome of an attempt, without response, error and duration. The public fields can be changed
    /// afterwards.
    ///
    /// Calls make it themselves; this is for tests of observers and of closures.
    ///
    /// ```
    /// use cloudcall::http::{HeaderMap, Request, StatusCode};
    /// use cloudcall::observe::{Attempt, Reply};
    /// use cloudcall::{Bytes, Error, ErrorKind};
    ///
    /// let request = Request::get("https://cvm.tencentcloudapi.com/").body(Bytes::new())?;
    /// let attempt = Attempt::new("tencent", "cvm", "DescribeZones", &request);
    /// let error = Error::new(ErrorKind::Throttled, "slow down").with_code("RequestLimitExceeded");
    /// let mut reply = Reply::new(&attempt);
    /// reply.error = Some(&error);
    /// assert_eq!(reply.outcome(), "throttled");
    ///
    /// let (headers, body) = (HeaderMap::new(), Bytes::from(r#"{"Password": "x"}"#));
    /// let reply = Reply::new(&attempt).with_response(StatusCode::OK, &headers, &body);
    /// assert_eq!(reply.body(100).as_deref(), Some(r#"{"Password": "****"}"#));
    /// # Ok::<(), cloudcall::http::Error>(())
    /// ```
    pub fn new(attempt: &Attempt<'a>) -> Self {
        let Attempt { provider, product, action, region, number, request } = *attempt;
        Self {
            provider,
            product,
            action,
            region,
            number,
            request,
            endpoint: request.host(),
            status: None,
            body_len: 0,
            request_id: None,
            error: None,
            elapsed: Duration::ZERO,
            headers: None,
            body: None,
            masks: Masks::NONE,
        }
    }

    /// Adds a response.
    #[must_use]
    pub fn with_response(self, status: StatusCode, headers: &'a HeaderMap, body: &'a Bytes) -> Self {
        Self { status: Some(status), body_len: body.len(), headers: Some(headers), body: Some(body), ..self }
    }

    /// The value of a response header. The value of a header that carries secrets is
    /// `****`.
    ///
    /// ```
    /// use cloudcall::observe::Listener;
    ///
    /// let listener = Listener::new().on_response(|reply| {
    ///     if let Some(limit) = reply.header("X-Ratelimit-Remaining") {
    ///         eprintln!("{limit} requests left");
    ///     }
    /// });
    /// ```
    pub fn header(&self, name: &str) -> Option<&'a str> {
        named(self.headers?, name, self.masks)
    }

    /// All response headers. Values are masked unless the header is known to be harmless.
    /// To see another header, ask for it by name with [`header`](Self::header).
    pub fn headers(&self) -> impl Iterator<Item = (&'a str, &'a str)> {
        let masks = self.masks;
        self.headers.into_iter().flat_map(move |headers| all(headers, masks))
    }

    /// The first `cap` bytes of the response body, with secrets masked.
    ///
    /// `None` if there is no body or no observer [wants
    /// bodies](super::Observe::wants_bodies). A body that is not text is shown as its size.
    ///
    /// ```
    /// use cloudcall::observe::Listener;
    ///
    /// let listener = Listener::new()
    ///     .on_response(|reply| {
    ///         if reply.error.is_some() {
    ///             eprintln!("{}", reply.body(1_000).unwrap_or_default());
    ///         }
    ///     })
    ///     .with_bodies();
    /// ```
    pub fn body(&self, cap: usize) -> Option<String> {
        self.body.map(|body| self.masks.body(body, cap))
    }

    /// The outcome in one word, for labels: `ok`, or the kind of the error, such as
    /// `throttled`.
    pub fn outcome(&self) -> &'static str {
        self.error.map_or("ok", |error| error.kind().as_str())
    }
}

impl fmt::Debug for Reply<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Reply");
        shown
            .field("provider", &self.provider)
            .field("product", &self.product)
            .field("action", &self.action)
            .field("number", &self.number)
            .field("request", &self.request)
            .field("status", &self.status);
        if let Some(headers) = self.headers {
            shown.field("headers", &redact::Headers(headers));
        }
        shown
            .field("body_len", &self.body_len)
            .field("request_id", &self.request_id)
            .field("error", &self.error)
            .field("elapsed", &self.elapsed)
            .finish()
    }
}
