//! Addresses in environment variables that keys may be requested from.
//!
//! A variable that an attacker can set could otherwise redirect the request, with the token in it, to
//! any host. So only https, loopback and the metadata addresses are accepted.

use http::Uri;

/// The metadata addresses of the clouds.
const LINK_LOCAL: [&str; 2] = ["100.100.100.200", "169.254.169.254"];

/// Scheme and host, and the path with its query. `None` for an address that keys must not come from.
///
/// | address | accepted |
/// | --- | --- |
/// | `https://` and any host | yes |
/// | `http://` and loopback, `localhost`, `100.100.100.200` or `169.254.169.254` | yes |
/// | any other `http://`, other schemes | no |
/// | with user and password | no |
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

/// The base address of an endpoint in a variable: a host, which is called over https, or an address
/// that tokens may be sent to. `None` for any other text, such as one with a path.
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
