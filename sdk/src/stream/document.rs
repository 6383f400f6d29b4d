//! Identifies the document of a response, and decides whether another response continues
//! it. See RFC 9110, sections 14 and 15.3.7.
//!
//! A download may consist of several responses. Nothing guarantees that they come from the
//! same version of the document: it may be replaced between two requests, and caches on the
//! way may have old versions. Everything that identifies a version is therefore compared:
//! the strong entity tag, the time of modification, the length, and the position.

use http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, ETAG, LAST_MODIFIED};
use http::{HeaderMap, HeaderValue, StatusCode};

use super::range::{Range, content_range, gives_parts, strong_tag};
use crate::error::{Error, ErrorKind, SendState};
use crate::response::Meta;

/// A document, as the first response describes it.
#[derive(Debug, Clone)]
pub(super) struct Document {
    /// Length in bytes, if the server sent it.
    pub(super) total: Option<u64>,
    /// The strong entity tag, if the server supports ranges of this document.
    pub(super) tag: Option<HeaderValue>,
    /// The value of `Last-Modified`.
    pub(super) modified: Option<HeaderValue>,
}

/// The bytes of the document that a response contains.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Extent {
    /// The first byte.
    pub(super) first: u64,
    /// The byte after the last one, if it is known.
    pub(super) end: Option<u64>,
    /// True if the document may have more bytes.
    pub(super) partial: bool,
}

impl Document {
    /// Reads the head of the first response. Without a body, nothing of the document follows.
    ///
    /// # Errors
    ///
    /// Kind `Protocol` if the response is a part that cannot be used.
    pub(super) fn of(meta: &Meta, has_body: bool) -> Result<(Self, Extent), Error> {
        let (status, headers) = (meta.status, &meta.headers);
        let partial = status == StatusCode::PARTIAL_CONTENT;
        let (first, end, total) = if partial {
            let Range { first, end, total } = part(headers)
                .map_err(|what| Error::new(ErrorKind::Protocol, what).with_sent(SendState::Answered))?;
            (first, Some(end), total)
        } else {
            let length = if is_encoded(headers) { None } else { length(headers) };
            (0, length, length)
        };
        let known = partial || total.is_some();
        let tag = strong_tag(headers).filter(|_| known && (partial || gives_parts(headers))).cloned();
        let document = Self { total, tag, modified: headers.get(LAST_MODIFIED).cloned() };
        let extent = match has_body {
            true => Extent { first, end, partial: partial && total != end },
            false => Extent { first, end: Some(first), partial: false },
        };
        Ok((document, extent))
    }

    /// The end of the response's part, if it continues this document at byte `from`. The
    /// error says why it does not.
    ///
    /// A server may ignore `If-Range`, so the validators are compared here. Parts are
    /// joined only if they have the same strong entity tag.
    pub(super) fn continued(&self, from: u64, meta: &Meta) -> Result<u64, String> {
        let headers = &meta.headers;
        if meta.status != StatusCode::PARTIAL_CONTENT {
            let changed = strong_tag(headers) != self.tag.as_ref();
            return Err(match changed {
                true => "the document has changed, and the server sent the new one".to_owned(),
                false => "the server sent the whole document again".to_owned(),
            });
        }
        let Range { first, end, total } = part(headers)?;
        same("ETag", self.tag.as_ref(), headers.get(ETAG))?;
        if headers.contains_key(LAST_MODIFIED) && self.modified.is_some() {
            same("Last-Modified", self.modified.as_ref(), headers.get(LAST_MODIFIED))?;
        }
        if first != from {
            return Err(format!("the server sent the part from byte {first} instead of {from}"));
        }
        match (total, self.total) {
            (Some(now), Some(before)) if now != before => {
                Err(format!("the document has {now} bytes now instead of {before}"))
            }
            (_, Some(total)) if end > total => {
                Err(format!("the server sent a part up to byte {end} of a document of {total} bytes"))
            }
            _ => Ok(end),
        }
    }
}

/// Compares a validator of two responses.
fn same(name: &str, before: Option<&HeaderValue>, now: Option<&HeaderValue>) -> Result<(), String> {
    if now.is_some() && now == before {
        return Ok(());
    }
    let shown = |value: Option<&HeaderValue>| match value {
        Some(value) => String::from_utf8_lossy(value.as_bytes()).into_owned(),
        None => "none".to_owned(),
    };
    Err(format!(
        "the part is of another version of the document ({name} {} instead of {})",
        shown(now),
        shown(before)
    ))
}

/// The range of a part that can be used as it is.
fn part(headers: &HeaderMap) -> Result<Range, String> {
    let kind = headers.get(CONTENT_TYPE).map(HeaderValue::as_bytes).unwrap_or_default();
    if kind.get(..10).is_some_and(|kind| kind.eq_ignore_ascii_case(b"multipart/")) && is_byteranges(kind) {
        return Err("the server sent several parts in one response (multipart/byteranges)".to_owned());
    }
    if is_encoded(headers) {
        return Err("the server sent a part of the compressed document".to_owned());
    }
    content_range(headers).ok_or_else(|| {
        "the server sent a part of the document without a `Content-Range` that says which one".to_owned()
    })
}

/// True for `multipart/byteranges`, given a content type that begins with `multipart/`.
fn is_byteranges(kind: &[u8]) -> bool {
    kind.get(10..20).is_some_and(|kind| kind.eq_ignore_ascii_case(b"byteranges"))
}

/// True if the bytes are compressed and the transport did not decode them.
fn is_encoded(headers: &HeaderMap) -> bool {
    let codings = headers.get_all(CONTENT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    codings.flat_map(|text| text.split(',')).any(|coding| {
        let coding = coding.trim();
        !coding.is_empty() && !coding.eq_ignore_ascii_case("identity")
    })
}

/// The value of `Content-Length`.
fn length(headers: &HeaderMap) -> Option<u64> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}
