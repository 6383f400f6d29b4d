//! How a connection is made: directly, through a proxy, or through a tunnel.

use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use futures_util::future::BoxFuture;
use http::Uri;
use http::uri::Scheme;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::connect::proxy::Tunnel;
use tower_service::Service;

use super::connection::{BoxError, Connection};
#[cfg(not(feature = "__rustls"))]
use super::plain::{Tls, boxed};
#[cfg(feature = "__rustls")]
use super::tls::{Tls, boxed};
use crate::error::Error;
use crate::options::HttpOptions;
use crate::transport::proxy::{Proxy, Rules};

/// Makes connections with the settings of one client.
#[derive(Clone)]
pub(super) struct Connector(Arc<Settings>);

struct Settings {
    http: HttpConnector,
    tls: Tls,
    proxies: Arc<Rules>,
    limit: Duration,
}

impl Connector {
    pub(super) fn new(options: &HttpOptions, proxies: Arc<Rules>) -> Result<Self, Error> {
        let limit = options.connect_timeout;
        Ok(Self(Arc::new(Settings { http: tcp(limit), tls: Tls::new(&options.trust)?, proxies, limit })))
    }
}

/// TCP with the probes that reqwest sends, so that a peer that vanished is noticed. IPv4 and IPv6 race each other.
fn tcp(limit: Duration) -> HttpConnector {
    const PROBE: Duration = Duration::from_secs(15);
    let mut http = HttpConnector::new();
    http.enforce_http(false);
    http.set_nodelay(true);
    // It is shared out among the addresses of a host, so that a dead one does not use all of it up.
    http.set_connect_timeout(Some(limit));
    http.set_keepalive(Some(PROBE));
    http.set_keepalive_interval(Some(PROBE));
    http.set_keepalive_retries(Some(3));
    #[cfg(any(target_os = "android", target_os = "fuchsia", target_os = "linux"))]
    http.set_tcp_user_timeout(Some(2 * PROBE));
    http
}

impl Service<Uri> for Connector {
    type Response = Connection;
    type Error = BoxError;
    type Future = BoxFuture<'static, Result<Connection, BoxError>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        let settings = self.0.clone();
        Box::pin(async move { tokio::time::timeout(settings.limit, settings.connect(uri)).await? })
    }
}

impl Settings {
    async fn connect(&self, uri: Uri) -> Result<Connection, BoxError> {
        match self.proxies.of(&uri)? {
            None => Ok(Connection::direct(boxed(self.tls.over(self.http.clone()).call(uri).await?))),
            Some(proxy) if proxy.is_socks() => self.through_socks(proxy, uri).await,
            Some(proxy) if uri.scheme() == Some(&Scheme::HTTPS) => {
                let mut tunnel = Tunnel::new(proxy.uri().clone(), self.tls.over(self.http.clone()));
                if let Some(login) = proxy.authorization() {
                    tunnel = tunnel.with_auth(login);
                }
                Ok(Connection::direct(boxed(self.tls.over(tunnel).call(uri).await?)))
            }
            Some(proxy) => {
                let connecting = self.tls.over(self.http.clone()).call(proxy.uri().clone());
                Ok(Connection::forwarded(boxed(connecting.await?)))
            }
        }
    }

    #[cfg(feature = "socks")]
    async fn through_socks(&self, proxy: &Proxy, uri: Uri) -> Result<Connection, BoxError> {
        let tunnel = super::socks::tunnel(proxy, &uri, self.http.clone()).await?;
        Ok(Connection::direct(boxed(self.tls.over(tunnel).call(uri).await?)))
    }

    /// Such a proxy was refused when it was read.
    #[cfg(not(feature = "socks"))]
    async fn through_socks(&self, _: &Proxy, _: Uri) -> Result<Connection, BoxError> {
        Err("a SOCKS proxy needs the cargo feature `socks` of cloudcall".into())
    }
}
