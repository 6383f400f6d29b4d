//! Makes connections: to the host, to a proxy, or through a tunnel.
//!
//! | route | TCP to | then |
//! | --- | --- | --- |
//! | direct, `http` | the host | - |
//! | direct, `https` | the host | TLS with the host |
//! | HTTP proxy, `http` | the proxy | the proxy forwards requests |
//! | HTTP proxy, `https` | the proxy | `CONNECT`, then TLS with the host |
//! | SOCKS proxy | the proxy | the handshake of SOCKS, and TLS with the host for `https` |
//!
//! With an `https://` proxy, TLS with the proxy comes first. The parts are those of hyper-util and
//! hyper-rustls, which reqwest uses, too.

use std::sync::Arc;
use std::time::Duration;

use http::Uri;
use http::uri::Scheme;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::connect::proxy::Tunnel;
use tower_service::Service;

use super::link::{BoxError, Link};
#[cfg(not(feature = "__rustls"))]
use super::plain::{Tls, boxed};
#[cfg(feature = "__rustls")]
use super::tls::{Tls, boxed};
use crate::error::Error;
use crate::options::HttpOptions;
use crate::transport::proxy::{Proxy, Rules};

/// Makes connections with the settings of one client.
pub(super) struct Connector {
    /// Resolves names and opens TCP connections.
    http: HttpConnector,
    /// Adds TLS.
    tls: Tls,
    /// Selects the proxy.
    proxies: Arc<Rules>,
    /// The connect timeout, for everything up to the end of the TLS handshake.
    limit: Duration,
}

impl Connector {
    /// A connector with the settings of `options`.
    ///
    /// # Errors
    ///
    /// Kind `Config` for TLS settings that cannot be used.
    pub(super) fn new(options: &HttpOptions, proxies: Arc<Rules>) -> Result<Self, Error> {
        let limit = options.connect_timeout;
        Ok(Self { http: tcp(limit), tls: Tls::new(&options.trust)?, proxies, limit })
    }

    /// Connects to the host of `uri`, or to its proxy.
    ///
    /// # Errors
    ///
    /// The error of the step that failed, or tokio's `Elapsed` after the connect timeout.
    pub(super) async fn connect(&self, uri: Uri) -> Result<Box<dyn Link>, BoxError> {
        tokio::time::timeout(self.limit, self.unlimited(uri)).await?
    }

    /// The same without a time limit.
    async fn unlimited(&self, uri: Uri) -> Result<Box<dyn Link>, BoxError> {
        match self.proxies.of(&uri)? {
            None => Ok(boxed(self.tls.over(self.http.clone()).call(uri).await?)),
            Some(proxy) if proxy.is_socks() => self.through_socks(proxy, uri).await,
            Some(proxy) if uri.scheme() == Some(&Scheme::HTTPS) => {
                let mut tunnel = Tunnel::new(proxy.uri().clone(), self.tls.over(self.http.clone()));
                if let Some(login) = proxy.authorization() {
                    tunnel = tunnel.with_auth(login);
                }
                Ok(boxed(self.tls.over(tunnel).call(uri).await?))
            }
            Some(proxy) => Ok(boxed(self.tls.over(self.http.clone()).call(proxy.uri().clone()).await?)),
        }
    }

    /// Connects through a SOCKS proxy.
    #[cfg(feature = "socks")]
    async fn through_socks(&self, proxy: &Proxy, uri: Uri) -> Result<Box<dyn Link>, BoxError> {
        let tunnel = super::socks::tunnel(proxy, &uri, self.http.clone()).await?;
        Ok(boxed(self.tls.over(tunnel).call(uri).await?))
    }

    /// Such a proxy was refused when its URL was read.
    #[cfg(not(feature = "socks"))]
    async fn through_socks(&self, _: &Proxy, _: Uri) -> Result<Box<dyn Link>, BoxError> {
        Err("a SOCKS proxy needs the cargo feature `socks` of cloudcall".into())
    }
}

/// A connector for TCP. It sends the same keep-alive probes as reqwest, so that a peer that vanished
/// is noticed. IPv4 and IPv6 addresses are tried in parallel (RFC 8305).
fn tcp(limit: Duration) -> HttpConnector {
    const PROBE: Duration = Duration::from_secs(15);
    let mut http = HttpConnector::new();
    http.enforce_http(false);
    http.set_nodelay(true);
    // The limit is divided among the addresses of a host, so that a dead address does not use all of it.
    http.set_connect_timeout(Some(limit));
    http.set_keepalive(Some(PROBE));
    http.set_keepalive_interval(Some(PROBE));
    http.set_keepalive_retries(Some(3));
    #[cfg(any(target_os = "android", target_os = "fuchsia", target_os = "linux"))]
    http.set_tcp_user_timeout(Some(2 * PROBE));
    http
}
