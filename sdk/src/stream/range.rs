//! Ranges of a document. See RFC 9110, section 14.

use http::header::{ACCEPT_RANGES, CONTENT_RANGE, ETAG, IF_RANGE, RANGE};
use http::{HeaderMap, HeaderValue};

use crate::error::Error;

/// A part of a specific version of a document.
#[derive(Debug, Clone)]
pub(crate) struct Part {
    /// The first byte.
    pub(crate) from: u64,
    /// The last byte, if it is known.
    pub(crate) to: Option<u64>,
    /// The strong entity tag of the version. A server that has another version sends the
    /// whole document.
    pub(crate) tag: HeaderValue,
}

impl Part {
    /// The part from byte `from` to the end.
    ///
    /// # Errors
    ///
    /// Kind `Config` if `tag` is not a strong entity tag.
    pub(crate) fn new(from: u64, tag: &str) -> Result<Self, Error> {
        let quoted = tag.len() >= 2 && tag.starts_with('"') && tag.ends_with('"');
        let tag = HeaderValue::from_str(tag).ok().filter(|_| quoted).ok_or_else(|| {
            Error::config(
                "a download can continue only with the strong entity tag of its document, for example \"abc\" with its quotes",
            )
        })?;
        Ok(Self { from, to: None, tag })
    }

    /// The headers `Range` and `If-Range`.
    ///
    /// `If-Range` makes a server with another version send the whole document instead of a
    /// wrong part. Some servers ignore it, so `document` compares the validators as well.
    pub(crate) fn headers(&self) -> HeaderMap {
        let mut headers = HeaderMap::new();
        let to = self.to.map(|to| to.to_string()).unwrap_or_default();
        if let Ok(range) = HeaderValue::from_str(&format!("bytes={}-{to}", self.from)) {
            headers.insert(RANGE, range);
            headers.insert(IF_RANGE, self.tag.clone());
        }
        headers
    }
}

/// The headers that request `part`. Without a part, the whole document is requested.
pub(crate) fn range_headers(part: Option<&Part>) -> HeaderMap {
    part.map(Part::headers).unwrap_or_default()
}

/// The strong entity tag, which identifies these exact bytes. A weak tag may identify
/// different bytes.
pub(crate) fn strong_tag(headers: &HeaderMap) -> Option<&HeaderValue> {
    headers.get(ETAG).filter(|tag| tag.as_bytes().starts_with(b"\""))
}

/// True if the server supports ranges in bytes.
pub(crate) fn gives_parts(headers: &HeaderMap) -> bool {
    let units = headers.get(ACCEPT_RANGES).and_then(|units| units.to_str().ok()).unwrap_or_default();
    units.split(',').any(|unit| unit.trim().eq_ignore_ascii_case("bytes"))
}

/// The bytes that a part contains.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Range {
    /// The first byte.
    pub(crate) first: u64,
    /// The byte after the last one.
    pub(crate) end: u64,
    /// Length of the whole document. `None` if the server does not know it (`*`).
    pub(crate) total: Option<u64>,
}

/// Reads `Content-Range`. `bytes 5-9/20` means the bytes from 5 up to but not including 10.
///
/// `None` also for a range that contradicts itself, such as `bytes 9-5/20` or `bytes
/// 5-30/20`, and for units other than bytes.
pub(crate) fn content_range(headers: &HeaderMap) -> Option<Range> {
    let text = headers.get(CONTENT_RANGE)?.to_str().ok()?.trim();
    let (unit, rest) = text.split_once(' ')?;
    let (range, size) = rest.split_once('/')?;
    let (first, last) = range.split_once('-')?;
    let (first, last): (u64, u64) = (first.trim().parse().ok()?, last.trim().parse().ok()?);
    let total = match size.trim() {
        "*" => None,
        size => Some(size.parse().ok()?),
    };
    let fits = first <= last && total.is_none_or(|total| last < total);
    (unit.eq_ignore_ascii_case("bytes") && fits).then(|| Range { first, end: last.saturating_add(1), total })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(name: http::HeaderName, value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(name, HeaderValue::from_static(value))])
    }

    #[test]
    fn parts_are_read_strictly() {
        let range = |first, end, total| Some(Range { first, end, total });
        for (text, wanted) in [
            ("bytes 5-9/20", range(5, 10, Some(20))),
            ("bytes 0-0/*", range(0, 1, None)),
            ("Bytes 5-9/20", range(5, 10, Some(20))),
            ("bytes 5-9/10", range(5, 10, Some(10))),
            ("bytes 5-9/9", None),
            ("bytes 9-5/20", None),
            ("bytes */20", None),
            ("bytes 5-9", None),
            ("bytes 5-9/", None),
            ("bytes 5-9/x", None),
            ("lines 5-9/20", None),
            ("bytes -5-9/20", None),
            ("bytes 5-18446744073709551615/*", range(5, u64::MAX, None)),
            ("bytes 5-18446744073709551616/*", None),
        ] {
            assert_eq!(content_range(&headers(CONTENT_RANGE, text)), wanted, "{text}");
        }
        assert!(gives_parts(&headers(ACCEPT_RANGES, "none, Bytes")));
        assert!(!gives_parts(&headers(ACCEPT_RANGES, "none")) && !gives_parts(&HeaderMap::new()));
    }

    #[test]
    fn only_a_strong_tag_names_bytes() {
        assert!(strong_tag(&headers(ETAG, "\"a\"")).is_some());
        assert!(strong_tag(&headers(ETAG, "W/\"a\"")).is_none());
        for bad in ["", "\"", "a", "W/\"a\"", "\"a\n\""] {
            assert!(Part::new(5, bad).is_err(), "{bad:?}");
        }
        let asked = Part { to: Some(9), ..Part::new(5, "\"a\"").unwrap() }.headers();
        assert_eq!((asked[RANGE].as_bytes(), asked[IF_RANGE].as_bytes()), (&b"bytes=5-9"[..], &b"\"a\""[..]));
        let asked = Part::new(5, "\"a\"").unwrap().headers();
        assert_eq!(asked[RANGE].as_bytes(), b"bytes=5-");
    }
}
