//! Connections through a SOCKS 5 proxy: RFC 1928, with user and password of RFC 1929.

use std::net::SocketAddr;
use std::task::{Context, Poll};

use http::Uri;
use http::uri::Scheme;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::connect::proxy::SocksV5;
use tower_service::Service;

use super::link::BoxError;
use crate::transport::proxy::Proxy;

/// A connector to the host of `uri` through `proxy`. With `socks5` the name of the host is resolved
/// here, with `socks5h` by the proxy.
///
/// # Errors
///
/// The host has no address, or its name cannot be resolved.
pub(super) async fn tunnel(
    proxy: &Proxy,
    uri: &Uri,
    http: HttpConnector,
) -> Result<Toward<SocksV5<HttpConnector>>, BoxError> {
    let mut socks = SocksV5::new(proxy.uri().clone(), http);
    if let Some((user, password)) = proxy.login() {
        socks = socks.with_auth(user, password);
    }
    let secure = uri.scheme() == Some(&Scheme::HTTPS);
    // hyper-util takes 443 for a missing port, whatever the scheme.
    let port = uri.port_u16().unwrap_or(if secure { 443 } else { 80 });
    let host = uri.host().unwrap_or_default();
    let place = match proxy.uri().scheme_str() {
        Some("socks5h") => format!("{host}:{port}"),
        // hyper-util can resolve names, too, but blocks the runtime meanwhile.
        _ => resolved(host, port).await?.to_string(),
    };
    Ok(Toward { inner: socks, host: format!("http://{place}/").parse()? })
}

/// The first address of a host.
async fn resolved(host: &str, port: u16) -> Result<SocketAddr, BoxError> {
    let found = tokio::net::lookup_host((host.trim_matches(['[', ']']), port)).await?.next();
    found.ok_or_else(|| "the host has no address".into())
}

/// A connector that connects to `host`, whatever address it is given. The given address is the name
/// that the certificate of the server is verified against.
pub(super) struct Toward<C> {
    inner: C,
    /// The destination that the proxy is given.
    host: Uri,
}

impl<C: Service<Uri>> Service<Uri> for Toward<C> {
    type Response = C::Response;
    type Error = C::Error;
    type Future = C::Future;

    fn poll_ready(&mut self, task: &mut Context<'_>) -> Poll<Result<(), C::Error>> {
        self.inner.poll_ready(task)
    }

    fn call(&mut self, _: Uri) -> C::Future {
        self.inner.call(self.host.clone())
    }
}
