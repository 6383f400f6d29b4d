//! Where the body of a successful response goes: into a value, unchanged into bytes or a
//! text, or to a reader that takes it as a stream.
//!
//! The pipeline is not generic, so it cannot name the type of the response. It gets a `&mut
//! dyn Sink`, and the generic code in `call/` owns the sink and takes the value out after
//! the call.
//!
//! | response type of the call | sink | how the body gets there |
//! | --- | --- | --- |
//! | a model, [`Value`](crate::Value) | `Slot<T>` | decoded by `Decode::read` |
//! | [`Bytes`], `String` | `Slot<T>` | stored by [`Sink::store_raw`] |
//! | a stream of events, a download | `StreamSink` | handed over by `take_body` |

use std::any::TypeId;

use bytes::Bytes;
use http::header::{ACCEPT_ENCODING, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue};
use serde::de::{DeserializeOwned, Error as _, IgnoredAny};

use crate::credential::Credential;
use crate::error::{Error, ErrorKind};
use crate::limiter::LimiterPermit;
use crate::pipeline::media::is_events;
use crate::response::Envelope;
use crate::response::decode::{Decode, Seen, Slot};
use crate::transport::ResponseBody;

/// Takes the body of a successful response. The pipeline does not know the type of the
/// value.
///
/// A sink is used for all attempts of a call, and only for a response that is not an API
/// error, except that [`Decode::read`] may see an error document and then reports it in
/// `Seen`.
pub(crate) trait Sink: Decode {
    /// Stores the body without decoding it, if the response type is [`Bytes`] or `String`.
    /// Returns `false` if the body has to be decoded.
    ///
    /// # Errors
    ///
    /// Kind `Decode` if the type is `String` and the body is not UTF-8.
    fn store_raw(&mut self, _: &Bytes) -> Result<bool, Error> {
        Ok(false)
    }

    /// True if [`store_raw`](Self::store_raw) stores every body, whatever its content type.
    /// `receive.rs` asks this before it reads the body.
    fn is_raw(&self) -> bool {
        false
    }

    /// The sink as one that takes the body as a stream, if it is one. Every use of it in
    /// the pipeline is a difference between streaming calls and others.
    fn stream(&mut self) -> Option<&mut StreamSink> {
        None
    }
}

/// Compares the type of the value at run time, so that users write `response = Bytes` like
/// any other type. The comparison costs two integers, and there is no specialization in
/// Rust.
impl<T: DeserializeOwned + Send + 'static> Sink for Slot<T> {
    fn store_raw(&mut self, body: &Bytes) -> Result<bool, Error> {
        if let Some(slot) = self.holds::<Bytes>() {
            *slot = Some(body.clone());
            return Ok(true);
        }
        let Some(slot) = self.holds::<String>() else { return Ok(false) };
        let text = std::str::from_utf8(body).map_err(|error| {
            let what = "the response is not UTF-8: declare it as `response = cloudcall::Bytes`";
            Error::new(ErrorKind::Decode, what).with_source(error)
        })?;
        *slot = Some(text.to_owned());
        Ok(true)
    }

    fn is_raw(&self) -> bool {
        [TypeId::of::<Bytes>(), TypeId::of::<String>()].contains(&TypeId::of::<T>())
    }
}

/// What a call reads as a stream.
#[derive(Debug, Clone)]
pub(crate) enum StreamKind {
    /// Server-sent events.
    Events,
    /// The bytes of a document. The headers ask for a part of it, such as `Range` and
    /// `If-Range` of a download that continues; without headers, the whole document is
    /// read.
    Bytes(HeaderMap),
}

/// A body that its reader owns from here on, and what must be kept until the body ends.
#[derive(Debug)]
pub(crate) struct OpenedBody {
    /// The body, from its first byte.
    pub(crate) body: ResponseBody,
    /// Whether there is a body. If not, the headers describe what a GET would give.
    pub(crate) has_body: bool,
    /// The permit of the limiter. A stream counts as a running call.
    pub(crate) permit: Option<LimiterPermit>,
    /// The credential that signed the request. Errors of the stream must not quote it.
    pub(crate) credential: Option<Credential>,
}

/// A sink that takes the body as a stream.
///
/// It is created for one call. After the call, [`into_opened`](Self::into_opened) returns
/// the body; there is none if the response was an error.
#[derive(Debug)]
pub(crate) struct StreamSink {
    /// What the caller asked for.
    kind: StreamKind,
    /// The body, once a response with the right head arrived.
    opened: Option<OpenedBody>,
    /// The content type of the last response, for the error message if it is not a stream.
    content_type: String,
}

impl StreamSink {
    /// A sink for one call.
    pub(crate) fn new(kind: StreamKind) -> Self {
        Self { kind, opened: None, content_type: String::new() }
    }

    /// The body that the call opened. `None` if no attempt ended with a stream.
    pub(crate) fn into_opened(self) -> Option<OpenedBody> {
        self.opened
    }

    /// Adds hop-by-hop headers (`Accept-Encoding`, `Range`) after signing: proxies may
    /// rewrite them, which would invalidate a signature over them.
    ///
    /// `Accept-Encoding: identity` is set unless the call set another value.
    pub(crate) fn add_transfer_headers(&self, headers: &mut HeaderMap) {
        // Compression would delay events, and a part of a compressed document cannot be decoded.
        headers.entry(ACCEPT_ENCODING).or_insert(HeaderValue::from_static("identity"));
        if let StreamKind::Bytes(range) = &self.kind {
            headers.extend(range.clone());
        }
    }

    /// True if a successful response with this head is the stream that was requested. It
    /// notes the content type for the error message.
    ///
    /// A call for events needs the content type `text/event-stream`. A call for bytes takes
    /// every content type.
    pub(crate) fn wants(&mut self, headers: &HeaderMap) -> bool {
        let content_type = headers.get(CONTENT_TYPE).map(HeaderValue::as_bytes).unwrap_or_default();
        self.content_type = String::from_utf8_lossy(content_type).into_owned();
        match self.kind {
            StreamKind::Events => is_events(headers),
            StreamKind::Bytes(_) => true,
        }
    }

    /// True if the stream is a document. Tencent Cloud and others send an API error in its
    /// place, under status 200. A stream of events has its own content type, so an error is
    /// visible from the head.
    pub(crate) fn is_document(&self) -> bool {
        matches!(self.kind, StreamKind::Bytes(_))
    }

    /// Hands the body over. Permit and credential follow with [`keep`](Self::keep) when the
    /// attempt ends.
    pub(crate) fn take_body(&mut self, body: ResponseBody, has_body: bool) {
        self.opened = Some(OpenedBody { body, has_body, permit: None, credential: None });
    }

    /// Keeps what must last as long as the body: the permit of the limiter, and the
    /// credential whose secrets the errors of the stream must not quote. Without an opened
    /// body both are dropped.
    pub(crate) fn keep(&mut self, permit: LimiterPermit, credential: Option<Credential>) {
        if let Some(opened) = &mut self.opened {
            (opened.permit, opened.credential) = (Some(permit), credential);
        }
    }
}

impl Decode for StreamSink {
    /// Called only if the response is not a stream. It may be an API error; a success is an
    /// error here, with a message that names the content type:
    ///
    /// ```text
    /// the response is one document (application/json), not a stream of events: ask the service for
    /// a stream, or call with `invoke` or `send`
    /// ```
    fn read(
        &mut self,
        text: &str,
        envelope: &Envelope,
        headers: &HeaderMap,
        seen: &mut Seen,
    ) -> serde_json::Result<()> {
        let kind = if self.content_type.is_empty() { "no content type" } else { &self.content_type };
        seen.misfit = Some(format!(
            "the response is one document ({kind}), not a stream of events: ask the service for a stream, or call with \
             `invoke` or `send`"
        ));
        Slot::<IgnoredAny>(None).read(text, envelope, headers, seen)?;
        Err(serde_json::Error::custom("one document"))
    }
}

impl Sink for StreamSink {
    fn stream(&mut self) -> Option<&mut StreamSink> {
        Some(self)
    }
}
