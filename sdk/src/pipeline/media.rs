//! What a response body is, by its content type and its first byte.

use http::HeaderMap;
use http::header::CONTENT_TYPE;

use crate::response::decode::without_bom;

/// Whether the content type is `text/event-stream`, whatever its case and parameters.
pub(crate) fn is_events(headers: &HeaderMap) -> bool {
    let text = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = text.split(';').next().unwrap_or_default();
    kind.trim().eq_ignore_ascii_case("text/event-stream")
}

/// Whether a body may be a JSON or XML document, and so an API error.
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
