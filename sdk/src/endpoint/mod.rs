//! Where a request goes: scheme, host and port.

pub(crate) mod table;

pub use table::EndpointTable;

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use http::{HeaderValue, uri};

use crate::error::Error;

/// A scheme and an authority, such as `https://cvm.ap-shanghai.tencentcloudapi.com`.
///
/// ```
/// use cloudcall::endpoint::Endpoint;
///
/// let endpoint: Endpoint = "cvm.ap-shanghai.tencentcloudapi.com".parse()?;
/// assert_eq!(endpoint.to_string(), "https://cvm.ap-shanghai.tencentcloudapi.com");
/// let local: Endpoint = "http://127.0.0.1:8080".parse()?;
/// assert_eq!(local.authority(), "127.0.0.1:8080");
/// assert!("https://user@host/path".parse::<Endpoint>().is_err());
/// # Ok::<(), cloudcall::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Endpoint(Arc<Place>);

/// A place in the forms that every request needs.
#[derive(Clone)]
struct Place {
    https: bool,
    /// Whether the scheme was written, or assumed. It makes no difference to the place.
    written: bool,
    authority: uri::Authority,
    host: HeaderValue,
}

impl PartialEq for Place {
    fn eq(&self, other: &Self) -> bool {
        (self.https, &self.authority, &self.host) == (other.https, &other.authority, &other.host)
    }
}

impl Eq for Place {}

impl std::hash::Hash for Place {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        (self.https, &self.authority, &self.host).hash(state);
    }
}

impl Endpoint {
    /// `shown` is what the user wrote.
    fn new(https: bool, authority: &str, shown: &str) -> Result<Self, Error> {
        check(authority, shown)?;
        let wrong = || refused(shown, "a host has only letters, digits, `-` and `.`");
        let host = HeaderValue::from_str(authority).map_err(|_| wrong())?;
        let authority = uri::Authority::try_from(authority).map_err(|_| wrong())?;
        Ok(Self(Arc::new(Place { https, written: true, authority, host })))
    }

    /// An HTTPS endpoint from a host name that a cloud's rule made.
    #[cfg(feature = "__cloud")]
    pub(crate) fn https(host: String) -> Result<Self, Error> {
        Self::new(true, &host, &host)
    }

    /// The same place over plain HTTP.
    #[must_use]
    pub fn plain_http(mut self) -> Self {
        Arc::make_mut(&mut self.0).https = false;
        self
    }

    /// The same place over plain HTTP, unless its text named a scheme.
    pub(crate) fn plain_http_if_assumed(self) -> Self {
        if self.0.written { self } else { self.plain_http() }
    }

    /// `https` or `http`.
    pub fn scheme(&self) -> &'static str {
        if self.0.https { "https" } else { "http" }
    }

    /// The host, with the port if one was given: what the `Host` header and the signature hold.
    pub fn authority(&self) -> &str {
        self.0.authority.as_str()
    }

    /// The host without the port.
    pub fn host(&self) -> &str {
        match self.authority().rsplit_once(':') {
            Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
            _ => self.authority(),
        }
    }

    /// The value of the `Host` header.
    #[cfg(any(feature = "tencent", feature = "huawei", feature = "volcengine"))]
    pub(crate) fn header(&self) -> HeaderValue {
        self.0.host.clone()
    }

    /// The address of a path, with a query or without, on this host.
    #[cfg(feature = "__cloud")]
    pub(crate) fn uri(&self, path: uri::PathAndQuery) -> Result<http::Uri, uri::InvalidUriParts> {
        let mut parts = uri::Parts::default();
        parts.scheme = Some(if self.0.https { uri::Scheme::HTTPS } else { uri::Scheme::HTTP });
        parts.authority = Some(self.0.authority.clone());
        parts.path_and_query = Some(path);
        http::Uri::from_parts(parts)
    }

    /// The endpoint with a label such as a bucket in front.
    pub(crate) fn with_prefix(&self, prefix: &str) -> Result<Self, Error> {
        Self::new(self.0.https, &format!("{prefix}.{}", self.authority()), prefix)
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}", self.scheme(), self.authority())
    }
}

impl fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Endpoint({self})")
    }
}

impl FromStr for Endpoint {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let written = text.contains("://");
        let (https, rest) = match text.split_once("://") {
            Some((scheme, rest)) if scheme.eq_ignore_ascii_case("https") => (true, rest),
            Some((scheme, rest)) if scheme.eq_ignore_ascii_case("http") => (false, rest),
            Some(_) => return Err(refused(text, "the scheme is neither https nor http")),
            None => (true, text),
        };
        let authority = rest.strip_suffix('/').unwrap_or(rest).to_ascii_lowercase();
        let mut endpoint = Self::new(https, &authority, text)?;
        Arc::make_mut(&mut endpoint.0).written = written;
        Ok(endpoint)
    }
}

impl TryFrom<&str> for Endpoint {
    type Error = Error;

    fn try_from(text: &str) -> Result<Self, Error> {
        text.parse()
    }
}

impl TryFrom<String> for Endpoint {
    type Error = Error;

    fn try_from(text: String) -> Result<Self, Error> {
        text.parse()
    }
}

fn refused(text: &str, reason: &str) -> Error {
    let shown = crate::telemetry::redact::address(text);
    Error::config(format!("`{shown}` is not an endpoint: {reason}; write host, host:port or https://host"))
}

fn check(authority: &str, shown: &str) -> Result<(), Error> {
    let (host, port) = match authority.strip_prefix('[') {
        Some(v6) => {
            let Some((address, port)) = v6.split_once(']') else {
                return Err(refused(shown, "a `[` has no `]`"));
            };
            if address.parse::<std::net::Ipv6Addr>().is_err() {
                return Err(refused(shown, "the address in brackets is not IPv6"));
            }
            ("v6", port.strip_prefix(':').or((!port.is_empty()).then_some("no port")))
        }
        None => match authority.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (authority, None),
        },
    };
    if port.is_some_and(|port| port.parse::<u16>().is_err() || port.starts_with('+')) {
        return Err(refused(shown, "the port is not a number up to 65535"));
    }
    if host.is_empty() {
        return Err(refused(shown, "the host is empty"));
    }
    if host.len() > 253 {
        return Err(refused(shown, "the host is longer than 253 characters"));
    }
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_');
    for label in host.split('.') {
        if label.is_empty() || label.len() > 63 || label.starts_with('-') || label.ends_with('-') {
            return Err(refused(
                shown,
                "a part between two dots is empty, too long, or begins or ends with `-`",
            ));
        }
        if !label.bytes().all(plain) {
            return Err(refused(
                shown,
                "a host has only letters, digits, `-` and `.`, and nothing follows it",
            ));
        }
    }
    Ok(())
}

/// Checks a region, or a product that becomes part of a host: nothing there may redirect a request.
pub(crate) fn check_label(what: &str, text: &str) -> Result<(), Error> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    if text.is_empty() {
        return Err(Error::config(format!("the {what} is empty")));
    }
    if text.len() > 63 || !text.bytes().all(plain) {
        let shown = text.escape_debug();
        return Err(Error::config(format!("`{shown}` is not a {what}: use letters, digits and `-` only")));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_a_host_is_refused_with_the_reason() {
        for (text, reason) in [
            ("", "empty"),
            ("https://", "empty"),
            ("ftp://h", "neither https"),
            ("https://a.b/path", "nothing follows"),
            ("https://user:pw@host", "port"),
            ("user@host", "only letters"),
            ("a b.com", "only letters"),
            ("a..b", "empty"),
            ("-a.com", "begins or ends"),
            ("host:99999", "port"),
            ("host:", "port"),
            ("host?x", "only letters"),
            ("host#x", "only letters"),
            ("host\r\nX: y", "port"),
            ("höst", "only letters"),
            ("[::1", "no `]`"),
        ] {
            let error = text.parse::<Endpoint>().unwrap_err().to_string();
            assert!(error.contains(reason), "{text:?}: {error}");
            assert!(!error.contains('\n'));
        }
    }

    #[test]
    fn what_is_refused_is_not_quoted_with_its_secrets() {
        for text in [
            "https://user:PLANTED@host",
            "https://PLANTED@host:80/",
            "user:PLANTED@host",
            "https://user:PLANTED",
            "https://host/?token=PLANTED",
            "https://host/PLANTED",
            "host?PLANTED",
            "host#PLANTED",
            "ftp://user:PLANTED@host/",
            "https://u:P?x@PLANTED",
            "https://[::1]:PLANTED",
        ] {
            let error = text.parse::<Endpoint>().unwrap_err();
            assert!(!format!("{error} {error:?}").contains("PLANTED"), "{text}: {error}");
        }
    }

    #[test]
    fn hosts_ports_and_schemes_are_kept() {
        for (text, shown) in [
            ("cvm.tencentcloudapi.com", "https://cvm.tencentcloudapi.com"),
            ("HTTPS://CVM.tencentcloudapi.com/", "https://cvm.tencentcloudapi.com"),
            ("http://127.0.0.1:9", "http://127.0.0.1:9"),
            ("http://[::1]:80", "http://[::1]:80"),
        ] {
            assert_eq!(text.parse::<Endpoint>().unwrap().to_string(), shown);
        }
        assert_eq!("http://[::1]:80".parse::<Endpoint>().unwrap().host(), "[::1]");
    }

    #[test]
    fn regions_cannot_smuggle_a_host() {
        assert!(check_label("region", "ap-guangzhou").is_ok());
        for bad in ["", "a.b", "a/b", "a@b", "a\r\nb", "a b", "ä"] {
            assert!(check_label("region", bad).is_err(), "{bad:?}");
        }
    }
}
