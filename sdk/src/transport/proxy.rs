//! Which proxy a request goes through, and which proxies are supported.

use std::fmt;
use std::sync::Arc;

use ::reqwest::Url;

use super::no_proxy::NoProxy;
use crate::context::Context;
use crate::error::Error;
use crate::options::{HttpOptions, Proxies};

/// The proxies of a client.
#[derive(Debug, Default)]
pub(super) struct Rules {
    http: Option<Named>,
    https: Option<Named>,
    exempt: NoProxy,
}

/// A proxy, or why it cannot be used. What the environment names is an error only of the calls that would use it.
type Named = Result<Proxy, String>;

/// A proxy that is supported.
#[derive(Clone)]
pub(super) struct Proxy {
    /// May hold a password.
    url: Url,
    /// Host and port.
    shown: Arc<str>,
}

impl Rules {
    /// The proxies that `options` name.
    ///
    /// # Errors
    ///
    /// Kind `Config` for a proxy of [`Proxies::Url`] that is no URL, or of a kind that is not supported.
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

    /// Whether no request goes through a proxy.
    pub(super) fn is_empty(&self) -> bool {
        self.http.is_none() && self.https.is_none()
    }

    /// The proxy of a request, if it goes through one; the message of an error if that proxy cannot be used.
    pub(super) fn of(&self, url: &Url) -> Result<Option<&Proxy>, &str> {
        let named = match url.scheme() {
            "http" => self.http.as_ref(),
            "https" => self.https.as_ref(),
            _ => None,
        };
        match named {
            Some(named) if !self.exempt.contains(url) => named.as_ref().map(Some).map_err(String::as_str),
            _ => Ok(None),
        }
    }
}

impl Proxy {
    /// Reads the URL of a proxy; without a scheme it is an HTTP proxy. The reason of a refusal quotes no login.
    fn parse(text: &str) -> Named {
        let text = text.trim();
        let full = if text.contains("://") { text.to_owned() } else { format!("http://{text}") };
        let scheme = full.split("://").next().unwrap_or_default().to_ascii_lowercase();
        match scheme.as_str() {
            "http" => {}
            "https" if cfg!(any(feature = "rustls", feature = "rustls-ring", feature = "native-tls")) => {}
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
        let mut url = Url::parse(&full).map_err(|error| unreadable(&format!("a URL ({error})")))?;
        let host = url.host_str().filter(|host| !host.is_empty());
        let host = host.ok_or_else(|| unreadable("a URL with a host"))?.to_owned();
        if url.port() == Some(0) {
            return Err(unreadable("a URL with a port from 1 to 65535"));
        }
        if scheme.starts_with("socks") && url.port().is_none() {
            let _ = url.set_port(Some(1080));
        }
        let port = url.port_or_known_default().unwrap_or(80);
        Ok(Self { url, shown: format!("{host}:{port}").into() })
    }

    /// The address that the HTTP library connects to, with the login.
    pub(super) fn url(&self) -> Url {
        self.url.clone()
    }

    /// Host and port, for people.
    pub(super) fn shown(&self) -> Arc<str> {
        self.shown.clone()
    }
}

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
