//! One attempt: the request about to leave, and how it ended.

use std::fmt;
use std::ops::Deref;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::body::Masks;
use super::request::{SeenRequest, named};
use crate::error::Error;
use crate::telemetry::redact;

/// A signed request of one attempt, its secrets masked. Method, address, headers and body are those of [`SeenRequest`].
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct Attempt<'a> {
    /// The cloud.
    pub provider: &'static str,
    /// The product.
    pub product: &'a str,
    /// The action.
    pub action: &'a str,
    /// The region, if one is set.
    pub region: Option<&'a str>,
    /// The number of the attempt; the first is 1.
    pub number: u32,
    pub(crate) request: SeenRequest<'a>,
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

/// How an attempt ended.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct Reply<'a> {
    /// The cloud.
    pub provider: &'static str,
    /// The product.
    pub product: &'a str,
    /// The action.
    pub action: &'a str,
    /// The region, if one is set.
    pub region: Option<&'a str>,
    /// The number of the attempt; the first is 1.
    pub number: u32,
    /// The request that was sent.
    pub request: SeenRequest<'a>,
    /// The host that was called.
    pub endpoint: &'a str,
    /// The status, if there was an answer.
    pub status: Option<StatusCode>,
    /// How many bytes the body of the answer has. 0 for a stream and a download: there the attempt ends with the head of a good
    /// answer, and the body is its reader's.
    pub body_len: usize,
    /// The request id, if there is one.
    pub request_id: Option<&'a str>,
    /// The error, if the attempt failed.
    pub error: Option<&'a Error>,
    /// How long the attempt took; for a stream and a download, until the head was here.
    pub elapsed: Duration,
    pub(crate) headers: Option<&'a HeaderMap>,
    pub(crate) body: Option<&'a Bytes>,
    pub(crate) masks: Masks<'a>,
}

impl<'a> Reply<'a> {
    /// A header of the answer, unless it is one that carries secrets.
    pub fn header(&self, name: &str) -> Option<&'a str> {
        named(self.headers?, name)
    }

    /// All headers of the answer. The values of those that are not known to be harmless are masked; ask for yours by name.
    pub fn headers(&self) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.headers.into_iter().flat_map(redact::shown)
    }

    /// The body of the answer, cut after `cap` bytes, if there is one and an observer
    /// [wants bodies](super::Observe::wants_bodies).
    ///
    /// Values whose name says that they are secrets are masked. What is no text is shown as its size.
    pub fn body(&self, cap: usize) -> Option<String> {
        self.body.map(|body| self.masks.body(body, cap))
    }

    /// How it ended in one word, out of few: `ok`, or the kind of the error.
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
