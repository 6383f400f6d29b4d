//! The request as observers see it.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, Uri};

use super::body::Masks;
use crate::telemetry::redact;
use crate::transport::HttpRequest;

/// What is kept of a request that has left, for those who look at the outcome.
pub(crate) struct CopiedRequest {
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body_len: usize,
    body: Option<Bytes>,
}

impl CopiedRequest {
    pub(crate) fn new(request: &SeenRequest<'_>, with_body: bool) -> Self {
        Self {
            method: request.method.clone(),
            uri: request.uri.clone(),
            headers: request.headers.clone(),
            body_len: request.body_len,
            body: request.body.filter(|_| with_body).cloned(),
        }
    }

    pub(crate) fn seen<'a>(&'a self, masks: Masks<'a>) -> SeenRequest<'a> {
        let Self { method, uri, headers, body_len, body } = self;
        SeenRequest { method, uri, headers, body_len: *body_len, body: body.as_ref(), masks }
    }
}

/// A signed request, its secrets masked.
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
    /// A body that is read while it is sent is not in the request; it is `body_len` bytes long.
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

    /// The address; secret query parameters are masked.
    pub fn url(&self) -> String {
        let whole = self.uri.to_string();
        let shown = match self.uri.query() {
            None => whole,
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

    /// Host, and port if it has one.
    pub fn host(&self) -> &'a str {
        self.uri.authority().map_or("", |authority| authority.as_str())
    }

    /// A header, unless it is one that carries secrets.
    pub fn header(&self, name: &str) -> Option<&'a str> {
        named(self.headers, name)
    }

    /// All headers. The values of those that are not known to be harmless are masked; ask for yours by name.
    pub fn headers(&self) -> impl Iterator<Item = (&'a str, &'a str)> {
        redact::shown(self.headers)
    }

    /// How many bytes the body has.
    pub fn body_len(&self) -> usize {
        self.body_len
    }

    /// The body, cut after `cap` bytes, if an observer [wants bodies](super::Observe::wants_bodies).
    ///
    /// Values whose name says that they are secrets, and those of parameters declared `secret`, are masked. What is no text is
    /// shown as its size.
    pub fn body(&self, cap: usize) -> Option<String> {
        self.body.map(|body| self.masks.body(body, cap))
    }
}

impl fmt::Debug for SeenRequest<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SeenRequest")
            .field("method", self.method)
            .field("url", &self.url())
            .field("headers", &redact::Headers(self.headers))
            .field("body_len", &self.body_len)
            .finish()
    }
}

/// A header by name, masked if it carries a secret.
pub(super) fn named<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let value: &HeaderValue = headers.get(name)?;
    if value.is_sensitive() || redact::is_secret_header(&name.to_ascii_lowercase()) {
        return Some(redact::MASK);
    }
    value.to_str().ok()
}
