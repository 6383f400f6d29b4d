//! Hosts that are called directly although a proxy is configured: the list `no_proxy`.
//!
//! There is no standard. These forms are understood, and each entry may end with a port:
//!
//! | entry | matches |
//! | --- | --- |
//! | `*` | every host |
//! | `example.com`, `.example.com` | the name, and all names below it |
//! | `*.example.com` | all names below it |
//! | `192.0.2.1`, `[2001:db8::1]` | this address |
//! | `10.0.0.0/8`, `2001:db8::/32` | all addresses of the network |
//! | `example.com:8443` | the host, but only with this port |
//!
//! Names are compared by whole labels: `ample.com` does not match `example.com`. A name is never
//! resolved, so an address in the list does not match a name.

use std::net::IpAddr;

use http::Uri;
use http::uri::Scheme;

/// The hosts of a `no_proxy` list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct NoProxy(Vec<Entry>);

/// One entry of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Entry {
    /// The hosts that match.
    hosts: Hosts,
    /// The only port that matches. `None` matches every port.
    port: Option<u16>,
}

/// The hosts of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Hosts {
    /// Every name and every address.
    All,
    /// The name, and all names below it.
    Domain(String),
    /// All names below the name.
    Below(String),
    /// One address.
    Address(IpAddr),
    /// A network: an address, and the number of its leading bits that have to match.
    Network(IpAddr, u8),
}

impl NoProxy {
    /// Reads a list. Commas or blanks separate the entries. An entry in no known form matches a host
    /// with exactly this text.
    pub(super) fn parse(list: &str) -> Self {
        let entries = list.split(|c: char| c == ',' || c.is_ascii_whitespace());
        Self(entries.filter(|entry| !entry.is_empty()).map(Entry::parse).collect())
    }

    /// Whether the host of `uri` is in the list. A URI without a port has the default port of its
    /// scheme.
    pub(super) fn contains(&self, uri: &Uri) -> bool {
        let Some(host) = uri.host() else { return false };
        let known = uri.scheme().map(|scheme| if *scheme == Scheme::HTTPS { 443 } else { 80 });
        let port = uri.port_u16().or(known);
        let host = plain(host);
        self.0
            .iter()
            .any(|entry| entry.port.is_none_or(|one| Some(one) == port) && entry.hosts.contain(&host))
    }
}

/// A host in lower case, without the brackets of IPv6 and without the dot of the root.
fn plain(host: &str) -> String {
    let inner = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    inner.strip_suffix('.').unwrap_or(inner).to_ascii_lowercase()
}

impl Entry {
    /// Reads one entry.
    fn parse(text: &str) -> Self {
        // More than one colon without brackets is an IPv6 address, not a port.
        let (host, port) = match text.rsplit_once(':') {
            Some((host, port)) if !host.contains(':') || host.ends_with(']') => match port.parse() {
                Ok(port) => (host, Some(port)),
                Err(_) => (text, None),
            },
            _ => (text, None),
        };
        Self { hosts: Hosts::parse(&plain(host)), port }
    }
}

impl Hosts {
    /// Reads the part of an entry before its port.
    fn parse(host: &str) -> Self {
        if host == "*" {
            return Self::All;
        }
        if let Ok(address) = host.parse::<IpAddr>() {
            return Self::Address(canonical(address));
        }
        if let Some((address, bits)) = host.split_once('/')
            && let (Ok(address), Ok(bits)) = (plain(address).parse::<IpAddr>(), bits.parse::<u8>())
        {
            let most = if address.is_ipv4() { 32 } else { 128 };
            return Self::Network(address, bits.min(most));
        }
        match host.strip_prefix("*.") {
            Some(domain) => Self::Below(domain.to_owned()),
            None => Self::Domain(host.strip_prefix('.').unwrap_or(host).to_owned()),
        }
    }

    /// Whether a host in the form of [`plain`] matches.
    fn contain(&self, host: &str) -> bool {
        let address = host.parse::<IpAddr>().ok().map(canonical);
        match self {
            Self::All => true,
            Self::Domain(domain) => address.is_none() && (host == domain || is_below(host, domain)),
            Self::Below(domain) => address.is_none() && is_below(host, domain),
            Self::Address(one) => address == Some(*one),
            Self::Network(network, bits) => address.is_some_and(|address| is_in(address, *network, *bits)),
        }
    }
}

/// The IPv4 address, if an IPv6 address contains one (`::ffff:192.0.2.1`).
fn canonical(address: IpAddr) -> IpAddr {
    address.to_canonical()
}

/// Whether `host` is a name below `domain`.
fn is_below(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain).is_some_and(|front| front.ends_with('.'))
}

/// Whether the first `bits` bits of both addresses are equal.
fn is_in(address: IpAddr, network: IpAddr, bits: u8) -> bool {
    match (address, network) {
        (IpAddr::V4(address), IpAddr::V4(network)) => {
            let differ = u32::from(address) ^ u32::from(network);
            differ.checked_shr(32 - u32::from(bits)).is_none_or(|high| high == 0)
        }
        (IpAddr::V6(address), IpAddr::V6(network)) => {
            let differ = u128::from(address) ^ u128::from(network);
            differ.checked_shr(128 - u32::from(bits)).is_none_or(|high| high == 0)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_matched_by_whole_labels_addresses_and_ports() {
        for (list, url, past) in [
            ("example.com", "http://example.com/", true),
            ("example.com", "http://a.b.EXAMPLE.com/", true),
            ("example.com", "http://example.com./", true),
            ("example.com.", "http://example.com/", true),
            ("example.com", "http://myexample.com/", false),
            ("example.com", "http://example.com.evil.test/", false),
            (".example.com", "http://a.example.com/", true),
            (".example.com", "http://myexample.com/", false),
            ("*.example.com", "http://a.example.com/", true),
            ("*.example.com", "http://a.b.example.com/", true),
            ("*.example.com", "http://example.com/", false),
            ("*.example.com", "http://myexample.com/", false),
            ("*.com:8080", "http://example.com:8080/", true),
            ("*.com:8080", "http://example.com/", false),
            ("localhost:8080", "http://localhost:8080/", true),
            ("localhost:8080", "http://localhost:8081/", false),
            ("localhost:80", "http://localhost/", true),
            ("localhost:443", "https://localhost/", true),
            (".example.com:443", "https://a.example.com/", true),
            ("localhost", "http://localhost:8080/", true),
            ("*", "http://anything.test/", true),
            ("*", "http://127.0.0.1:1/", true),
            ("*", "http://[::1]/", true),
            ("a.test,*", "http://10.1.2.3/", true),
            ("*:8080", "http://127.0.0.1:8080/", true),
            ("*:8080", "http://127.0.0.1/", false),
            ("127.0.0.1", "http://127.0.0.1:9/", true),
            ("127.0.0.1:9", "http://127.0.0.1:9/", true),
            ("127.0.0.1:9", "http://127.0.0.1:8/", false),
            ("192.0.2.1", "http://192.0.2.11/", false),
            ("10.0.0.0/8", "http://10.255.0.1/", true),
            ("10.0.0.0/8", "http://11.0.0.1/", false),
            ("10.1.2.3/32", "http://10.1.2.3/", true),
            ("10.1.2.3/32", "http://10.1.2.2/", false),
            ("0.0.0.0/0", "http://10.1.2.3/", true),
            ("0.0.0.0/0", "http://[::1]/", false),
            ("0.0.0.0/0", "http://name.test/", false),
            ("10.0.0.0/99", "http://10.0.0.0/", true),
            ("::1", "http://[::1]/", true),
            ("[::1]", "http://[::1]:8080/", true),
            ("[::1]:8080", "http://[::1]:8080/", true),
            ("[::1]:8080", "http://[::1]:80/", false),
            ("fd00::/8", "http://[fd12::1]/", true),
            ("fd00::/8", "http://[fe80::1]/", false),
            ("::/0", "http://[fe80::1]/", true),
            ("[fd00::]/8", "http://[fd12::1]/", true),
            ("one.test, example.com", "http://example.com/", true),
            ("one.test example.com", "http://example.com/", true),
            (" , ,", "http://example.com/", false),
            ("", "http://example.com/", false),
            ("com", "http://example.com/", true),
            (".", "http://example.com/", false),
            ("example.com:x", "http://example.com/", false),
        ] {
            assert_eq!(NoProxy::parse(list).contains(&url.parse().unwrap()), past, "{list:?} {url}");
        }
    }
}
