//! Converts the address of a request to the URL type of reqwest.
//!
//! A URL library normalizes what it parses: it removes dot segments, encodes raw characters and
//! changes backslashes. The request is signed, so its path and query must stay as they are; an address
//! that would change is refused. Parsing a URL takes longer than copying one, so the root URLs of the
//! last hosts are kept.

use std::sync::{Mutex, PoisonError};

use ::reqwest::Url;
use http::Uri;
use http::uri::{Authority, Scheme};

/// The number of hosts that are kept. A client calls few.
const HOSTS: usize = 8;

/// The root URLs of the last hosts.
#[derive(Debug, Default)]
pub(super) struct Addresses(Mutex<Vec<Host>>);

/// A host and its parsed URL.
#[derive(Debug)]
struct Host {
    scheme: Scheme,
    authority: Authority,
    /// The URL with the path `/`.
    root: Url,
}

/// The reason why an address is refused.
#[derive(Debug)]
pub(super) enum Unfit {
    /// It is not a URL.
    NoUrl(Box<dyn std::error::Error + Send + Sync>),
    /// The URL library would change its path or its query.
    Changed,
}

impl Addresses {
    /// The URL of `uri`, with an unchanged path and query.
    ///
    /// # Errors
    ///
    /// [`Unfit`] for an address that cannot be sent as it was signed.
    pub(super) fn url(&self, uri: &Uri) -> Result<Url, Unfit> {
        let path = uri.path_and_query().map_or("/", |path| path.as_str());
        let url = match self.root(uri) {
            Some(root) if path == "/" => return Ok(root),
            // Two slashes, of whatever slant, would begin another host.
            Some(root) if !path.starts_with("//") && !path.starts_with("/\\") => root.join(path),
            Some(_) => Url::parse(&uri.to_string()),
            None => Url::parse(&uri.to_string()).inspect(|url| self.remember(uri, url)),
        };
        let url = url.map_err(|error| Unfit::NoUrl(error.into()))?;
        let same = url.path() == uri.path() && url.query() == uri.query();
        if same { Ok(url) } else { Err(Unfit::Changed) }
    }

    /// The root URL of a known host.
    fn root(&self, uri: &Uri) -> Option<Url> {
        let (scheme, authority) = (uri.scheme()?, uri.authority()?);
        let hosts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // The texts, since authorities compare without case.
        let known = hosts
            .iter()
            .find(|host| host.authority.as_str() == authority.as_str() && host.scheme == *scheme)?;
        Some(known.root.clone())
    }

    /// Keeps the root URL of a host. The oldest one is dropped.
    fn remember(&self, uri: &Uri, url: &Url) {
        let (Some(scheme), Some(authority)) = (uri.scheme(), uri.authority()) else { return };
        let Ok(root) = url.join("/") else { return };
        let mut hosts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if hosts.len() >= HOSTS {
            hosts.remove(0);
        }
        hosts.push(Host { scheme: scheme.clone(), authority: authority.clone(), root });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(addresses: &Addresses, uri: &str) -> Result<String, Unfit> {
        addresses.url(&uri.parse().unwrap()).map(String::from)
    }

    #[test]
    fn a_known_host_gives_the_same_urls_as_a_new_one() {
        let known = Addresses::default();
        for uri in [
            "https://cvm.tencentcloudapi.com/",
            "https://cvm.tencentcloudapi.com/?Action=A&B=%2F",
            "https://cvm.tencentcloudapi.com/v1/a%2Fb/c?d=e+f%20g",
            "https://cvm.tencentcloudapi.com/a:b@c/d",
            "https://cvm.tencentcloudapi.com//other.example/x",
            "http://cvm.tencentcloudapi.com/",
            "http://127.0.0.1:8080/v1/x/",
            "http://[::1]:8080/v1/x/",
        ] {
            let fresh = url(&Addresses::default(), uri).unwrap();
            assert_eq!(fresh, uri);
            assert_eq!(url(&known, uri).unwrap(), uri);
            assert_eq!(url(&known, uri).unwrap(), uri, "from what is known");
        }
        assert_eq!(known.0.lock().unwrap().len(), 4, "one for each scheme and host");
    }

    #[test]
    fn what_a_url_library_would_change_is_refused_whether_the_host_is_known_or_not() {
        let known = Addresses::default();
        url(&known, "http://a.test/").unwrap();
        for path in ["/a/../b", "/a/./b", "/\\evil.test/x", "/a/%2e%2e/b", "/a\\b"] {
            let uri = format!("http://a.test{path}");
            assert!(matches!(url(&Addresses::default(), &uri), Err(Unfit::Changed)), "{path}");
            assert!(matches!(url(&known, &uri), Err(Unfit::Changed)), "{path}, host known");
        }
    }

    #[test]
    fn only_the_last_hosts_are_kept() {
        let known = Addresses::default();
        for number in 0..20 {
            url(&known, &format!("http://{number}.test/")).unwrap();
        }
        assert_eq!(known.0.lock().unwrap().len(), HOSTS);
    }
}
