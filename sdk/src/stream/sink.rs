//! Takes the body of a good answer as it comes.

use bytes::Bytes;
use http::header::{ACCEPT_ENCODING, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue};
use serde::de::{Error as _, IgnoredAny};

use super::range::Part;
use crate::credential::Credential;
use crate::limiter::LimiterPermit;
use crate::response::decode::{Envelope, Seen, Sink, Slot};
use crate::transport::ResponseBody;

/// What a call wants to read as it comes.
#[derive(Debug, Clone)]
pub(crate) enum StreamKind {
    /// Events of the server.
    Events,
    /// The bytes of a document, or of a part of it.
    Bytes(Option<Part>),
}

/// A body that its reader has from here on, and what lasts as long as it does.
#[derive(Debug)]
pub(crate) struct OpenedBody {
    pub(crate) body: ResponseBody,
    /// The limiter's place.
    pub(crate) permit: Option<LimiterPermit>,
    /// What the request was signed with, which errors in the stream must not quote.
    pub(crate) credential: Option<Credential>,
}

/// Where a body is put that is not read whole.
#[derive(Debug)]
pub(crate) struct StreamSink {
    kind: StreamKind,
    opened: Option<OpenedBody>,
    /// What the answer says it is.
    content_type: String,
}

impl StreamSink {
    pub(crate) fn new(kind: StreamKind) -> Self {
        Self { kind, opened: None, content_type: String::new() }
    }

    pub(crate) fn into_opened(self) -> Option<OpenedBody> {
        self.opened
    }

    /// Adds what only the way of the bytes concerns, after the signature, as the transport does: whoever stands between may
    /// change such headers, and a signature over them would break.
    pub(crate) fn add_transfer_headers(&self, headers: &mut HeaderMap) {
        // Packed events come late, and a part of a packed document is of no use.
        headers.entry(ACCEPT_ENCODING).or_insert(HeaderValue::from_static("identity"));
        if let StreamKind::Bytes(Some(part)) = &self.kind {
            part.ask(headers);
        }
    }

    /// Whether a good answer with this head is the stream that was asked for.
    pub(crate) fn wants(&mut self, headers: &HeaderMap) -> bool {
        let content_type = headers.get(CONTENT_TYPE).map(HeaderValue::as_bytes).unwrap_or_default();
        self.content_type = String::from_utf8_lossy(content_type).into_owned();
        match self.kind {
            StreamKind::Events => is_events(headers),
            StreamKind::Bytes(_) => true,
        }
    }

    /// Whether an error of the API may come in the place of the stream, under a head that looks well.
    pub(crate) fn is_document(&self) -> bool {
        matches!(self.kind, StreamKind::Bytes(_))
    }

    pub(crate) fn take_body(&mut self, body: ResponseBody) {
        self.opened = Some(OpenedBody { body, permit: None, credential: None });
    }

    /// Keeps what must last as long as the body.
    pub(crate) fn keep(&mut self, permit: LimiterPermit, credential: Option<Credential>) {
        if let Some(opened) = &mut self.opened {
            (opened.permit, opened.credential) = (Some(permit), credential);
        }
    }
}

impl Sink for StreamSink {
    /// Comes here only if the answer is no stream: then an error of the API may be in it, and a success is a mistake.
    fn read(
        &mut self,
        text: &str,
        envelope: &Envelope,
        headers: &HeaderMap,
        seen: &mut Seen,
    ) -> serde_json::Result<()> {
        let kind = if self.content_type.is_empty() { "no content type" } else { &self.content_type };
        seen.misfit = Some(format!(
            "the answer is one document ({kind}), not a stream of events: ask the service for a stream, or call with \
             `invoke` or `send`"
        ));
        Slot::<IgnoredAny>(None).read(text, envelope, headers, seen)?;
        Err(serde_json::Error::custom("one document"))
    }

    fn stream(&mut self) -> Option<&mut StreamSink> {
        Some(self)
    }
}

/// Whether an answer says that it is a stream of events. Parameters and case make no difference.
pub(crate) fn is_events(headers: &HeaderMap) -> bool {
    let text = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = text.split(';').next().unwrap_or_default();
    kind.trim().eq_ignore_ascii_case("text/event-stream")
}

/// Whether a text may be a document in which a cloud writes its errors.
pub(crate) fn may_be_error(text: &[u8]) -> bool {
    let text = crate::response::decode::without_bom(text);
    matches!(text.trim_ascii_start().first(), Some(b'{' | b'<'))
}

/// A body whose beginning was read already.
pub(crate) fn rejoin(begin: Bytes, rest: ResponseBody) -> ResponseBody {
    use futures_util::StreamExt as _;
    if begin.is_empty() {
        return rest;
    }
    ResponseBody::new(futures_util::stream::iter([Ok(begin)]).chain(rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_content_type_alone_says_what_a_stream_is() {
        for (text, wanted) in [
            ("text/event-stream", true),
            ("Text/Event-Stream; charset=UTF-8", true),
            (" text/event-stream ;x", true),
            ("text/event-streams", false),
            ("application/json", false),
            ("", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(CONTENT_TYPE, HeaderValue::from_static(text));
            assert_eq!(is_events(&headers), wanted, "{text}");
        }
        assert!(!is_events(&HeaderMap::new()));
    }

    #[test]
    fn documents_begin_like_documents() {
        assert!(may_be_error(b" \r\n{") && may_be_error(b"\xef\xbb\xbf<") && may_be_error(b"{}"));
        assert!(!may_be_error(b"") && !may_be_error(b"PK") && !may_be_error(b"data: {"));
    }
}
