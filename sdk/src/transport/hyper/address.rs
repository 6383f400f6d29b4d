//! Checks that a request can be sent to its address as it was signed.
//!
//! The signature covers the path and the query. If a server or a proxy normalizes them, the signature
//! does not match; and if an id is `..`, the request reaches another resource. Such addresses are
//! refused before a connection is made.

use http::Uri;
use http::uri::Scheme;

/// Refuses an address that others would change on the way.
///
/// hyper sends the path and the query unchanged, but servers and proxies normalize dot segments and
/// encode raw characters. The transport over reqwest refuses the same addresses, because its URL
/// library makes the same changes; a test compares both.
///
/// # Errors
///
/// The message of an error of kind `Config`.
pub(super) fn check(uri: &Uri) -> Result<(), &'static str> {
    let known = uri.scheme().is_some_and(|scheme| *scheme == Scheme::HTTP || *scheme == Scheme::HTTPS);
    if !known || uri.host().is_none_or(str::is_empty) {
        return Err("the address of the request is not a URL");
    }
    let (path, query) = (uri.path(), uri.query().unwrap_or_default());
    if path != "/" && (path.bytes().any(is_raw_in_path) || path.split('/').any(is_dots))
        || query.bytes().any(is_raw_in_query)
    {
        return Err("the path cannot be sent as it was signed: it has dot segments or raw characters");
    }
    Ok(())
}

/// Whether a byte of a path would be encoded:
/// <https://url.spec.whatwg.org/#path-percent-encode-set>. URL libraries read a backslash as a slash.
fn is_raw_in_path(byte: u8) -> bool {
    matches!(byte, b'"' | b'<' | b'>' | b'`' | b'{' | b'}' | b'\\') || !byte.is_ascii_graphic()
}

/// Whether a byte of a query would be encoded:
/// <https://url.spec.whatwg.org/#special-query-percent-encode-set>
fn is_raw_in_query(byte: u8) -> bool {
    matches!(byte, b'"' | b'<' | b'>' | b'\'') || !byte.is_ascii_graphic()
}

/// Whether a segment of a path means the current or the parent folder, in any spelling:
/// <https://url.spec.whatwg.org/#single-dot-path-segment>
fn is_dots(segment: &str) -> bool {
    if !segment.starts_with(['.', '%']) || segment.len() > 6 {
        return false;
    }
    matches!(segment.to_ascii_lowercase().replace("%2e", ".").as_str(), "." | "..")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_refused(uri: &str) -> bool {
        check(&uri.parse().unwrap()).is_err()
    }

    #[test]
    fn dot_segments_and_raw_characters_are_refused() {
        for path in [
            "/a/../b",
            "/..",
            "/a/./b",
            "/a/.",
            "/%2e%2E/b",
            "/.%2e",
            "/a%2e/%2e",
            "/\\evil.test",
            "/a\\b",
            "/\"",
            "/ü",
            "/?a='b'",
        ] {
            assert!(is_refused(&format!("http://a.test{path}")), "{path}");
        }
        for path in [
            "/",
            "",
            "/a..b",
            "/...",
            "/.a/",
            "/%2f",
            "/a%2e",
            "/v1/x/?a=..&b=%27",
            "//a",
            "/?a={}",
            "/a:b@c;d",
        ] {
            assert!(!is_refused(&format!("http://a.test{path}")), "{path}");
        }
        for uri in ["/path", "ftp://a.test/", "a.test:80"] {
            assert!(is_refused(uri), "{uri}");
        }
    }

    #[cfg(feature = "reqwest")]
    #[test]
    fn the_same_addresses_are_refused_as_by_a_url_library() {
        let frames: [fn(char) -> String; 5] = [
            |c| format!("/{c}"),
            |c| format!("/a/{c}/b"),
            |c| format!("/.{c}"),
            |c| format!("/?a={c}"),
            |c| format!("/%2e{c}/"),
        ];
        for frame in frames {
            for character in (0x21..0x7f_u8).map(char::from).chain(['ü', '密']).filter(|c| *c != '#') {
                let text = format!("http://a.test{}", frame(character));
                let Ok(uri) = text.parse::<Uri>() else { continue };
                let url = ::reqwest::Url::parse(&text).unwrap();
                let same = url.path() == uri.path() && url.query() == uri.query();
                assert_eq!(check(&uri).is_ok(), same, "{text} {url}");
            }
        }
    }
}
