//! The request as observers see it.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, Uri};

use super::body::Masks;
use crate::telemetry::redact;
use crate::transport::HttpRequest;

/// A copy of a request that was sent. Observers see it together with the outcome.
pub(crate) struct CopiedRequest {
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body_len: usize,
    body: Option<Bytes>,
}

impl CopiedRequest {
    /// Copies the request, and its body if `with_body` is true.
    pub(crate) fn new(request: &SeenRequest<'_>, with_body: bool) -> Self {
        Self {
            method: request.method.clone(),
            uri: request.uri.clone(),
            headers: request.headers.clone(),
            body_len: request.body_len,
            body: request.body.filter(|_| with_body).cloned(),
        }
    }

    /// The view of the copy that observers get.
    pub(crate) fn seen<'a>(&'a self, masks: Masks<'a>) -> SeenRequest<'a> {
        let Self { method, uri, headers, body_len, body } = self;
        SeenRequest { method, uri, headers, body_len: *body_len, body: body.as_ref(), masks }
    }
}

/// A signed request. Secrets are masked.
///
/// ```
/// use cloudcall::observe::Listener;
///
/// let listener = Listener::new().on_request(|attempt| {
///     eprintln!("{} {} with {} bytes", attempt.method(), attempt.path(), attempt.body_len());
/// });
/// ```
#[derive(Clone, Copy)]
pub struct SeenRequest<'a> {
    pub(super) method: &'a Method,
    pub(super) uri: &'a Uri,
    pub(super) headers: &'a HeaderMap,
    pub(super) body_len: usize,
    pub(super) body: Option<&'a Bytes>,
    pub(super) masks: Masks<'a>,
}

impl<'a> SeenRequest<'a> {
    /// The view of a request with a body in memory. Calls make it themselves; this is for tests of observers.
    ///
    /// ```
    /// use cloudcall::Bytes;
    /// use cloudcall::http::Request;
    /// use cloudcall::observe::SeenRequest;
    ///
    /// let request = Request::post("https://cvm.tencentcloudapi.com/?Signature=abc").body(Bytes::new())?;
    /// let seen = SeenRequest::new(&request);
    /// assert_eq!(seen.host(), "cvm.tencentcloudapi.com");
    /// assert!(!seen.url().contains("abc"));
    /// # Ok::<(), cloudcall::http::Error>(())
    /// ```
    pub fn new(request: &'a HttpRequest) -> Self {
        Self::of(request, request.body().len(), Masks::NONE)
    }

    /// The view of a request with a body of `body_len` bytes. A streamed body is not part
    /// of `request`, so it is not shown.
    pub(crate) fn of(request: &'a HttpRequest, body_len: usize, masks: Masks<'a>) -> Self {
        let body = request.body();
        Self {
            method: request.method(),
            uri: request.uri(),
            headers: request.headers(),
            body_len,
            body: Some(body).filter(|body| body.len() == body_len),
            masks,
        }
    }

    /// The HTTP method.
    pub fn method(&self) -> &'a Method {
        self.method
    }

    /// The URL. Secret query parameters, such as signatures, are masked.
    pub fn url(&self) -> String {
        let whole = self.uri.to_string();
        let shown = match self.uri.query() {
            None => whole,
            Some(_) if self.masks.off => whole,
            Some(query) => {
                let bare = whole.get(..whole.len() - query.len()).unwrap_or_default();
                format!("{bare}{}", redact::query(query))
            }
        };
        self.masks.apply(shown)
    }

    /// The path.
    pub fn path(&self) -> &'a str {
        self.uri.path()
    }

    /// The host, with its port if it has one.
    pub fn host(&self) -> &'a str {
        self.uri.authority().map_or("", |authority| authority.as_str())
    }

    /// The value of a header. The value of a header that carries secrets is `****`.
    ///
    /// ```
    /// use cloudcall::observe::Listener;
    ///
    /// let listener = Listener::new().on_request(|attempt| {
    ///     // The signature is masked.
    ///     assert_ne!(attempt.header("Authorization"), Some("AKID:secret"));
    ///     eprintln!("{:?}", attempt.header("Content-Type"));
    /// });
    /// ```
    pub fn header(&self, name: &str) -> Option<&'a str> {
        named(self.headers, name, self.masks)
    }

    /// All headers. Values are masked unless the header is known to be harmless. To see
    /// another header, ask for it by name with [`header`](Self::header).
    pub fn headers(&self) -> impl Iterator<Item = (&'a str, &'a str)> {
        all(self.headers, self.masks)
    }

    /// Length of the body in bytes.
    pub fn body_len(&self) -> usize {
        self.body_len
    }

    /// The first `cap` bytes of the body, with secrets masked.
    ///
    /// `None` for a streamed body, and if no observer [wants
    /// bodies](super::Observe::wants_bodies). A body that is not text is shown as its size.
    ///
    /// ```
    /// use cloudcall::observe::Listener;
    ///
    /// let listener = Listener::new()
    ///     .on_request(|attempt| eprintln!("{}", attempt.body(1_000).unwrap_or_default()))
    ///     .with_bodies();
    /// ```
    pub fn body(&self, cap: usize) -> Option<String> {
        self.body.map(|body| self.masks.body(body, cap))
    }
}

impl fmt::Debug for SeenRequest<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SeenRequest")
            .field("method", self.method)
            .field("url", &Self { masks: Masks { off: false, ..self.masks }, ..*self }.url())
            .field("headers", &redact::Headers(self.headers))
            .field("body_len", &self.body_len)
            .finish()
    }
}

/// All headers, masked unless they are known to be harmless or masking is off.
pub(super) fn all<'a>(
    headers: &'a HeaderMap,
    masks: Masks<'_>,
) -> impl Iterator<Item = (&'a str, &'a str)> + use<'a> {
    let off = masks.off;
    redact::shown(headers).zip(headers.values()).map(move |((name, shown), value)| match value.to_str() {
        Ok(value) if off => (name, value),
        _ => (name, shown),
    })
}

/// The value of a header, masked if the header carries a secret and masking is not off.
pub(super) fn named<'a>(headers: &'a HeaderMap, name: &str, masks: Masks<'_>) -> Option<&'a str> {
    let value: &HeaderValue = headers.get(name)?;
    if masks.off {
        return value.to_str().ok();
    }
    if value.is_sensitive() || redact::is_secret_header(&name.to_ascii_lowercase()) {
        return Some(redact::MASK);
    }
    value.to_str().ok()
}
