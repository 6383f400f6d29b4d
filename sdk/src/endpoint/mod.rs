//! Endpoints: the scheme, host and port that a request goes to.
//!
//! A client derives the endpoint of a call from its provider, product and region. Set one
//! only for a private cloud, a gateway of your own, or a test server:
//!
//! ```
//! use cloudcall::{Client, Tencent};
//!
//! let client = Client::<Tencent>::builder()
//!     .region("ap-guangzhou")
//!     .endpoint("https://cvm.internal.example.com")
//!     .build()?;
//! # Ok::<(), cloudcall::Error>(())
//! ```
//!
//! [`EndpointTable`] lists the hosts of a product for which the provider has no rule.

mod syntax;
pub(crate) mod table;

pub(crate) use syntax::check_label;
pub use table::{EndpointTable, Gateway};

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use http::{HeaderValue, uri};

use self::syntax::{check, refused};
use crate::error::Error;

/// A scheme, a host and an optional port, such as
/// `https://cvm.ap-shanghai.tencentcloudapi.com`.
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
///
/// A text without a scheme means HTTPS, unless the client is configured for plain HTTP.
/// Hosts are converted to lower case. Clones are cheap. Two endpoints are equal if scheme,
/// host and port are equal.
///
/// # Errors
///
/// Parsing fails with kind `Config` if the text has a user name, a path, a query, another
/// scheme, or a host that is not valid. The message shows the text without secrets and says
/// what is wrong.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Endpoint(Arc<Parts>);

/// The parts of an endpoint, in the forms that every request needs.
#[derive(Clone)]
struct Parts {
    /// True for `https`, false for `http`.
    https: bool,
    /// True if the user wrote the scheme, false if it was assumed. It is ignored in
    /// comparisons.
    explicit: bool,
    /// Host and port, for the URI.
    authority: uri::Authority,
    /// Host and port, for the `Host` header.
    host: HeaderValue,
}

impl PartialEq for Parts {
    fn eq(&self, other: &Self) -> bool {
        (self.https, &self.authority, &self.host) == (other.https, &other.authority, &other.host)
    }
}

impl Eq for Parts {}

impl std::hash::Hash for Parts {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        (self.https, &self.authority, &self.host).hash(state);
    }
}

impl Endpoint {
    /// Checks the authority. `shown` is the text that an error shows.
    fn new(https: bool, authority: &str, shown: &str) -> Result<Self, Error> {
        check(authority, shown)?;
        let wrong = || refused(shown, "a host has only letters, digits, `-` and `.`");
        let host = HeaderValue::from_str(authority).map_err(|_| wrong())?;
        let authority = uri::Authority::try_from(authority).map_err(|_| wrong())?;
        Ok(Self(Arc::new(Parts { https, explicit: true, authority, host })))
    }

    /// An HTTPS endpoint for a host name that a provider built.
    #[cfg(feature = "__cloud")]
    pub(crate) fn https(host: String) -> Result<Self, Error> {
        Self::new(true, &host, &host)
    }

    /// The same host over plain HTTP.
    ///
    /// ```
    /// use cloudcall::endpoint::Endpoint;
    ///
    /// let endpoint: Endpoint = "gateway.example.com:8080".parse()?;
    /// assert_eq!(endpoint.plain_http().to_string(), "http://gateway.example.com:8080");
    /// # Ok::<(), cloudcall::Error>(())
    /// ```
    #[must_use]
    pub fn plain_http(mut self) -> Self {
        Arc::make_mut(&mut self.0).https = false;
        self
    }

    /// The same host over plain HTTP, unless its text named a scheme.
    pub(crate) fn plain_http_if_assumed(self) -> Self {
        if self.0.explicit { self } else { self.plain_http() }
    }

    /// The scheme: `https` or `http`.
    ///
    /// ```
    /// # use cloudcall::endpoint::Endpoint;
    /// assert_eq!("vpc.example.com".parse::<Endpoint>()?.scheme(), "https");
    /// # Ok::<(), cloudcall::Error>(())
    /// ```
    pub fn scheme(&self) -> &'static str {
        if self.0.https { "https" } else { "http" }
    }

    /// The host, with the port if there is one. The `Host` header and the signature contain
    /// this text.
    ///
    /// ```
    /// # use cloudcall::endpoint::Endpoint;
    /// let endpoint: Endpoint = "http://[::1]:8080".parse()?;
    /// assert_eq!((endpoint.authority(), endpoint.host()), ("[::1]:8080", "[::1]"));
    /// # Ok::<(), cloudcall::Error>(())
    /// ```
    pub fn authority(&self) -> &str {
        self.0.authority.as_str()
    }

    /// The host without the port. An IPv6 address keeps its brackets.
    pub fn host(&self) -> &str {
        match self.authority().rsplit_once(':') {
            Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
            _ => self.authority(),
        }
    }

    /// The value of the `Host` header.
    #[cfg(feature = "__cloud")]
    pub(crate) fn header(&self) -> HeaderValue {
        self.0.host.clone()
    }

    /// The URI of a path and query on this host.
    #[cfg(feature = "__cloud")]
    pub(crate) fn uri(&self, path: uri::PathAndQuery) -> Result<http::Uri, uri::InvalidUriParts> {
        let mut parts = uri::Parts::default();
        parts.scheme = Some(if self.0.https { uri::Scheme::HTTPS } else { uri::Scheme::HTTP });
        parts.authority = Some(self.0.authority.clone());
        parts.path_and_query = Some(path);
        http::Uri::from_parts(parts)
    }

    /// The endpoint with a label, such as a bucket, in front of the host.
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
        let explicit = text.contains("://");
        let (https, rest) = match text.split_once("://") {
            Some((scheme, rest)) if scheme.eq_ignore_ascii_case("https") => (true, rest),
            Some((scheme, rest)) if scheme.eq_ignore_ascii_case("http") => (false, rest),
            Some(_) => return Err(refused(text, "the scheme is neither https nor http")),
            None => (true, text),
        };
        let authority = rest.strip_suffix('/').unwrap_or(rest).to_ascii_lowercase();
        let mut endpoint = Self::new(https, &authority, text)?;
        Arc::make_mut(&mut endpoint.0).explicit = explicit;
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

/// The text of the endpoint, for options that take a text, such as the backup endpoint of a breaker.
///
/// ```
/// use cloudcall::breaker::BreakerOptions;
/// use cloudcall::endpoint::Endpoint;
///
/// let backup: Endpoint = "https://gateway.internal".parse()?;
/// let breaker = BreakerOptions::builder().backup_endpoint(backup).build()?;
/// # Ok::<(), cloudcall::Error>(())
/// ```
impl From<Endpoint> for String {
    fn from(endpoint: Endpoint) -> Self {
        endpoint.to_string()
    }
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
