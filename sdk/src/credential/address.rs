//! Where keys may come from, when the environment names an address.

use http::Uri;

/// The metadata addresses of the clouds.
const LINK_LOCAL: [&str; 2] = ["100.100.100.200", "169.254.169.254"];

/// Scheme and host, and what follows them. Nothing for an address that keys must not come from.
pub(crate) fn allowed(text: &str) -> Option<(String, String)> {
    let uri: Uri = text.parse().ok()?;
    let authority = uri.authority()?;
    let host = authority.host();
    let loopback = host == "localhost"
        || host.trim_matches(['[', ']']).parse().is_ok_and(|address: std::net::IpAddr| address.is_loopback());
    let safe = match uri.scheme_str()? {
        "https" => true,
        "http" => loopback || LINK_LOCAL.contains(&host),
        _ => false,
    };
    let plain = !authority.as_str().contains('@');
    let path = uri.path_and_query().map_or("/", |path| path.as_str());
    (safe && plain)
        .then(|| (format!("{}://{authority}", uri.scheme_str().unwrap_or_default()), path.to_owned()))
}

/// The base address of an endpoint that somebody named: a host, or an address that tokens may be sent to.
/// Nothing for any other text.
#[cfg(any(feature = "alibaba", feature = "volcengine"))]
pub(crate) fn endpoint(text: &str) -> Option<String> {
    let text = text.trim();
    let address = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
    allowed(&address).filter(|(_, path)| path == "/").map(|(base, _)| base)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_come_from_safe_places_alone() {
        for good in [
            "https://keys.example/a?b=c",
            "http://127.0.0.1:80/x",
            "http://127.9.9.9/",
            "http://localhost:1/",
            "http://[::1]:1/",
            "http://100.100.100.200/latest",
            "http://169.254.169.254/latest",
        ] {
            assert!(allowed(good).is_some(), "{good}");
        }
        for bad in [
            "http://keys.example/",
            "http://127.0.0.1.example/",
            "http://169.254.169.253/",
            "http://10.0.0.1/",
            "http://[::2]/",
            "http://localhost@evil.example/",
            "http://user:pw@127.0.0.1/",
            "https://user:pw@keys.example/",
            "file:///etc/passwd",
            "ftp://127.0.0.1/",
            "/only/a/path",
            "127.0.0.1",
            "",
        ] {
            assert!(allowed(bad).is_none(), "{bad}");
        }
        assert_eq!(allowed("https://h:1/p?q").unwrap(), ("https://h:1".to_owned(), "/p?q".to_owned()));
    }
}
