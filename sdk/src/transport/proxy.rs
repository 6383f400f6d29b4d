//! Selects the proxy of a request.
//!
//! The HTTP libraries have rules of their own, which differ: reqwest knows no ports in `no_proxy`,
//! and connects directly if it does not know the scheme of a proxy. A request that bypasses its proxy
//! silently is a data leak, so both transports use the rules of this module.
//!
//! # The environment
//!
//! With [`Proxies::Environment`], the default, the first variable that is set and not blank counts.
//! The upper-case name is read before the lower-case name.
//!
//! | requests | variables, in this order |
//! | --- | --- |
//! | `http://` | `HTTP_PROXY`, `http_proxy`, `ALL_PROXY`, `all_proxy` |
//! | `https://` | `HTTPS_PROXY`, `https_proxy`, `ALL_PROXY`, `all_proxy` |
//! | hosts without a proxy | `NO_PROXY`, `no_proxy` |
//!
//! A proxy that cannot be used is an error of the calls that would go through it, not of the client:
//! a program that only calls exempt hosts works.
//!
//! # Supported proxies
//!
//! `http://` and `https://` proxies forward plain requests and open tunnels with `CONNECT` for
//! `https://` addresses. `socks5://` resolves the host name in the program and `socks5h://` in the
//! proxy; both need the cargo feature `socks`. User and password are part of the URL.

use std::fmt;
use std::sync::Arc;

use http::Uri;
use http::uri::Scheme;
use percent_encoding::percent_decode_str;

use super::no_proxy::NoProxy;
use crate::context::Context;
use crate::error::Error;
use crate::options::{HttpOptions, Proxies};

/// The proxy rules of a client.
#[derive(Debug, Default)]
pub(super) struct Rules {
    /// For `http` addresses.
    http: Option<NamedProxy>,
    /// For `https` addresses.
    https: Option<NamedProxy>,
    /// Hosts that are called directly.
    exempt: NoProxy,
}

/// A proxy, or the message that says why it cannot be used.
type NamedProxy = Result<Proxy, String>;

/// A supported proxy.
#[derive(Clone)]
pub(super) struct Proxy {
    /// Scheme, host and port.
    #[cfg_attr(not(feature = "hyper"), expect(dead_code, reason = "reqwest takes the text"))]
    uri: Uri,
    /// User and password, decoded.
    #[cfg_attr(not(feature = "hyper"), expect(dead_code, reason = "reqwest takes the text"))]
    login: Option<(String, String)>,
    /// The URL as it was given, with a scheme. It may contain a password.
    #[cfg_attr(not(feature = "reqwest"), expect(dead_code, reason = "only reqwest takes a text"))]
    text: String,
    /// Host and port, for messages. It contains no password.
    shown: Arc<str>,
}

impl Rules {
    /// The rules that `options` configure.
    ///
    /// # Errors
    ///
    /// Kind `Config` for a proxy of [`Proxies::Url`] that is not a URL or not supported.
    pub(super) fn new(options: &HttpOptions, context: &Context) -> Result<Self, Error> {
        match &options.proxies {
            Proxies::None => Ok(Self::default()),
            Proxies::Environment => Ok(Self::of_environment(context)),
            Proxies::Url(url) => {
                let proxy = Proxy::parse(url).map_err(|why| Error::config(format!("Proxies::Url: {why}")))?;
                let exempt = NoProxy::parse(options.no_proxy.as_deref().unwrap_or_default());
                Ok(Self { http: Some(Ok(proxy.clone())), https: Some(Ok(proxy)), exempt })
            }
        }
    }

    /// The rules of the environment variables, see the table above.
    fn of_environment(context: &Context) -> Self {
        let var = |names: [&'static str; 2]| {
            let found = names.map(|name| (name, context.env.var(name)));
            found.into_iter().find_map(|(name, value)| {
                let value = value.filter(|value| !value.trim().is_empty())?;
                Some((name, value))
            })
        };
        // In a CGI program `HTTP_PROXY` is the header `Proxy` of a request: anybody could set it.
        if context.env.var("REQUEST_METHOD").is_some() {
            return Self::default();
        }
        let proxy = |names| {
            var(names).map(|(name, value)| {
                Proxy::parse(&value).map_err(|why| format!("the environment variable `{name}`: {why}"))
            })
        };
        let all = proxy(["ALL_PROXY", "all_proxy"]);
        let exempt = var(["NO_PROXY", "no_proxy"]).map(|(_, list)| NoProxy::parse(&list));
        Self {
            http: proxy(["HTTP_PROXY", "http_proxy"]).or_else(|| all.clone()),
            https: proxy(["HTTPS_PROXY", "https_proxy"]).or(all),
            exempt: exempt.unwrap_or_default(),
        }
    }

    /// Whether all requests go directly.
    #[cfg(any(feature = "reqwest", test))]
    pub(super) fn is_empty(&self) -> bool {
        self.http.is_none() && self.https.is_none()
    }

    /// Also refuses the proxies that `check` refuses.
    #[cfg(feature = "reqwest")]
    pub(super) fn checked(self, check: impl Fn(&Proxy) -> Result<(), String>) -> Self {
        let checked = |named: NamedProxy| named.and_then(|proxy| check(&proxy).map(|()| proxy));
        Self { http: self.http.map(checked), https: self.https.map(checked), exempt: self.exempt }
    }

    /// The proxy of a request. `None` if the request goes directly.
    ///
    /// # Errors
    ///
    /// The message of an error if the proxy cannot be used.
    pub(super) fn of(&self, uri: &Uri) -> Result<Option<&Proxy>, &str> {
        let named = match uri.scheme() {
            Some(scheme) if *scheme == Scheme::HTTP => self.http.as_ref(),
            Some(scheme) if *scheme == Scheme::HTTPS => self.https.as_ref(),
            _ => None,
        };
        match named {
            Some(named) if !self.exempt.contains(uri) => named.as_ref().map(Some).map_err(String::as_str),
            _ => Ok(None),
        }
    }
}

impl Proxy {
    /// Reads the URL of a proxy. Without a scheme it is an HTTP proxy. Default ports: 80, 443 for
    /// `https`, 1080 for SOCKS.
    ///
    /// # Errors
    ///
    /// A message for a URL that cannot be read or is not supported. It does not quote user and
    /// password.
    fn parse(text: &str) -> NamedProxy {
        let text = text.trim();
        let full = if text.contains("://") { text.to_owned() } else { format!("http://{text}") };
        let scheme = full.split("://").next().unwrap_or_default().to_ascii_lowercase();
        match scheme.as_str() {
            "http" => {}
            "https" if cfg!(any(feature = "__rustls", feature = "native-tls")) => {}
            "https" => {
                return Err(
                    "a proxy over TLS needs the cargo feature `rustls`, `rustls-ring` or `native-tls`"
                        .to_owned(),
                );
            }
            "socks5" | "socks5h" if cfg!(feature = "socks") => {}
            "socks5" | "socks5h" => {
                return Err(format!("a `{scheme}` proxy needs the cargo feature `socks` of cloudcall"));
            }
            scheme if scheme.bytes().all(|byte| byte.is_ascii_alphanumeric()) && !scheme.is_empty() => {
                return Err(format!(
                    "a `{scheme}` proxy is not supported: use http, https, or, with the cargo feature `socks`, socks5 or \
                     socks5h"
                ));
            }
            _ => return Err(unreadable("a URL such as http://host:port")),
        }
        let (login, place) = split(&full);
        if place.is_empty() {
            return Err(unreadable("a URL (empty host)"));
        }
        let uri = format!("{scheme}://{place}/")
            .parse::<Uri>()
            .map_err(|error| unreadable(&format!("a URL ({error})")))?;
        let authority = uri.authority().map(|authority| authority.as_str().to_ascii_lowercase());
        let authority = authority.ok_or_else(|| unreadable("a URL with a host"))?;
        let host = uri.host().unwrap_or_default().to_ascii_lowercase();
        if host.is_empty() {
            return Err(unreadable("a URL (empty host)"));
        }
        let port = match authority.strip_prefix(&host).unwrap_or_default().strip_prefix(':') {
            None | Some("") => default_port(&scheme),
            Some(port) => port.parse().map_err(|_| unreadable("a URL (invalid port number)"))?,
        };
        if port == 0 {
            return Err(unreadable("a URL with a port from 1 to 65535"));
        }
        let shown = format!("{host}:{port}");
        let uri = format!("{scheme}://{shown}/").parse();
        let uri = uri.map_err(|error| unreadable(&format!("a URL ({error})")))?;
        Ok(Self { uri, login, text: full, shown: shown.into() })
    }

    /// Scheme, host and port.
    #[cfg(feature = "hyper")]
    pub(super) fn uri(&self) -> &Uri {
        &self.uri
    }

    /// Whether the proxy speaks SOCKS 5. All others speak HTTP.
    #[cfg(feature = "hyper")]
    pub(super) fn is_socks(&self) -> bool {
        self.uri.scheme_str().is_some_and(|scheme| scheme.starts_with("socks"))
    }

    /// User and password, decoded.
    #[cfg(all(feature = "hyper", feature = "socks"))]
    pub(super) fn login(&self) -> Option<(String, String)> {
        self.login.clone()
    }

    /// The value of `Proxy-Authorization`: RFC 7617. It is marked as sensitive, so that no log shows it.
    #[cfg(feature = "hyper")]
    pub(super) fn authorization(&self) -> Option<http::HeaderValue> {
        use base64::Engine as _;
        use base64::engine::general_purpose::STANDARD;

        let (user, password) = self.login.as_ref()?;
        let basic = format!("Basic {}", STANDARD.encode(format!("{user}:{password}")));
        let mut value = http::HeaderValue::try_from(basic).ok()?;
        value.set_sensitive(true);
        Some(value)
    }

    /// The URL as it was given, with a scheme. It may contain a password.
    #[cfg(feature = "reqwest")]
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Host and port, for messages.
    pub(super) fn shown(&self) -> Arc<str> {
        self.shown.clone()
    }
}

/// Splits a URL into user and password, decoded, and host and port.
fn split(url: &str) -> (Option<(String, String)>, &str) {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let authority = rest.get(..end).unwrap_or(rest);
    let Some((login, place)) = authority.rsplit_once('@') else { return (None, authority) };
    let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    let (user, password) = login.split_once(':').unwrap_or((login, ""));
    let login = (decoded(user), decoded(password));
    (Some(login).filter(|(user, password)| !user.is_empty() || !password.is_empty()), place)
}

/// The port of a proxy whose URL has none: that of the scheme, and 1080 for SOCKS (RFC 1928).
fn default_port(scheme: &str) -> u16 {
    match scheme {
        "https" => 443,
        "socks5" | "socks5h" => 1080,
        _ => 80,
    }
}

/// The message for a proxy whose URL is not `wanted`. It never quotes the URL, which may contain a
/// password.
fn unreadable(wanted: &str) -> String {
    format!("the address of the proxy is not {wanted}")
}

impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Proxy({})", self.shown)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::Env;

    #[derive(Debug)]
    struct Vars(Vec<(&'static str, &'static str)>);

    impl Env for Vars {
        fn var(&self, name: &str) -> Option<String> {
            self.0.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        }
    }

    fn rules(vars: &[(&'static str, &'static str)]) -> Rules {
        Rules::new(&HttpOptions::default(), &Context::system().with_env(Vars(vars.to_vec()))).unwrap()
    }

    fn through(rules: &Rules, url: &str) -> Option<String> {
        rules.of(&url.parse().unwrap()).unwrap().map(|proxy| proxy.shown.to_string())
    }

    #[test]
    fn the_environment_is_read_in_both_cases() {
        let both =
            rules(&[("http_proxy", "http://a:1"), ("HTTPS_PROXY", "b:2"), ("NO_PROXY", "x.test,*.y.test")]);
        for (url, wanted) in [
            ("http://h.test/", Some("a:1")),
            ("https://h.test/", Some("b:2")),
            ("https://x.test/", None),
            ("https://z.y.test/", None),
        ] {
            assert_eq!(through(&both, url).as_deref(), wanted, "{url}");
        }
        let all = rules(&[("HTTP_PROXY", ""), ("http_proxy", "c:3"), ("all_proxy", "http://u:p@d:4/")]);
        assert_eq!(through(&all, "http://h.test/").as_deref(), Some("c:3"), "an empty variable is none");
        assert_eq!(through(&all, "https://h.test/").as_deref(), Some("d:4"));
        assert!(rules(&[("http_proxy", "http://a:1"), ("REQUEST_METHOD", "GET")]).is_empty(), "CGI");
        assert!(rules(&[]).is_empty() && rules(&[("http_proxy", " ")]).is_empty());
    }

    #[test]
    fn a_proxy_of_the_environment_that_cannot_be_used_concerns_only_its_calls() {
        let rules = rules(&[
            ("http_proxy", "http://a:1"),
            ("all_proxy", "ftp://user:planted@b:2"),
            ("no_proxy", "direct.test"),
        ]);
        assert_eq!(through(&rules, "http://h.test/").as_deref(), Some("a:1"));
        assert_eq!(through(&rules, "https://direct.test/"), None);
        let why = rules.of(&"https://h.test/".parse().unwrap()).unwrap_err();
        assert!(why.contains("`all_proxy`") && why.contains("`ftp`") && !why.contains("planted"), "{why}");
    }

    #[test]
    fn what_is_not_supported_is_refused_with_the_reason_and_without_the_login() {
        for (url, why) in [
            ("ftp://u:planted@host:1", "a `ftp` proxy is not supported"),
            ("socks4://u:planted@host:1", "a `socks4` proxy is not supported"),
            ("file:///planted", "a `file` proxy is not supported"),
            ("http://u:planted@", "the address of the proxy is not a URL (empty host)"),
            ("http://u:planted@:80", "is not a URL"),
            ("http://", "is not a URL"),
            ("", "is not a URL"),
            ("http://u:planted@host:port", "is not a URL (invalid port number)"),
            ("http://u:planted@host:65536", "is not a URL (invalid port number)"),
            ("http://u:planted@host:0", "a port from 1 to 65535"),
            ("http://u:planted@ho st:1", "is not a URL"),
            ("::planted-x", "is not a URL"),
            ("a b://planted", "is not a URL"),
        ] {
            let options = HttpOptions { proxies: Proxies::Url(url.to_owned()), ..HttpOptions::default() };
            let error = Rules::new(&options, &Context::system()).unwrap_err();
            assert!(error.message().contains(why), "{url}: {error}");
            assert!(!format!("{error:?}").contains("planted"), "{error:?}");
        }
        for (url, shown) in [
            ("host:3128", "host:3128"),
            ("HTTP://u:p@Host", "host:80"),
            ("http://[::1]:3128/", "[::1]:3128"),
            (" http://10.0.0.1:3128 ", "10.0.0.1:3128"),
        ] {
            assert_eq!(&*Proxy::parse(url).unwrap().shown, shown, "{url}");
        }
        for scheme in ["socks5", "socks5h"] {
            let named = Proxy::parse(&format!("{scheme}://u:planted@host"));
            match named {
                Ok(proxy) => assert!(cfg!(feature = "socks") && &*proxy.shown == "host:1080"),
                Err(why) => assert!(!cfg!(feature = "socks") && why.contains("`socks`"), "{why}"),
            }
        }
    }
}
