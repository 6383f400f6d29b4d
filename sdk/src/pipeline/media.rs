//! What a response body is, judged by its content type and its first byte.
//!
//! Services and gateways set content types carelessly: an API error of a streaming action
//! may have the content type of the stream, and an event stream may come in reply to a call
//! that expects JSON. These two functions are the only places where the pipeline guesses,
//! and both guesses only decide how to read on. `classify.rs` makes the verdict on the
//! whole body.

use http::HeaderMap;
use http::header::CONTENT_TYPE;

use crate::response::decode::without_bom;

/// True if the content type is `text/event-stream`, whatever its case and parameters.
///
/// ```text
/// text/event-stream                      true
/// Text/Event-Stream; charset=UTF-8       true
/// application/json                       false
/// (no header)                            false
/// ```
pub(crate) fn is_events(headers: &HeaderMap) -> bool {
    let text = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = text.split(';').next().unwrap_or_default();
    kind.trim().eq_ignore_ascii_case("text/event-stream")
}

/// True if a body may be a JSON or XML document, and so an API error. Only its first byte
/// that is not white space is compared, after a byte order mark. An empty body is not a
/// document.
///
/// ```text
///  {"Response":{"Error":…   true
/// <Error><Code>…            true
/// data: {"choices":…        false: an event of a stream
/// PK\x03\x04                false: the bytes of a file
/// ```
pub(crate) fn may_be_error(text: &[u8]) -> bool {
    let text = without_bom(text);
    matches!(text.trim_ascii_start().first(), Some(b'{' | b'<'))
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    #[test]
    fn the_content_type_alone_marks_a_stream() {
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
