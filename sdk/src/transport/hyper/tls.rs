//! TLS over any connector, by rustls. The settings are those of `transport/tls.rs`.

use std::sync::Arc;

use hyper_rustls::{HttpsConnector, MaybeHttpsStream};
use rustls::ClientConfig;

use super::joined::Joined;
use super::link::Link;
use crate::error::Error;
use crate::transport::tls::config;
use crate::transport::trust::TlsTrust;

/// The TLS settings of a client.
#[derive(Clone)]
pub(super) struct Tls(Arc<ClientConfig>);

impl Tls {
    /// The settings for `trust`.
    ///
    /// # Errors
    ///
    /// Kind `Config` for certificates that cannot be read.
    pub(super) fn new(trust: &TlsTrust) -> Result<Self, Error> {
        Ok(Self(Arc::new(config(trust)?)))
    }

    /// A connector that uses `connector`, and adds TLS for `https` addresses.
    pub(super) fn over<C>(&self, connector: C) -> HttpsConnector<C> {
        HttpsConnector::from((connector, self.0.clone()))
    }
}

/// The connection, boxed without the enum, which is as large as the state of TLS.
pub(super) fn boxed<T: Link + 'static>(stream: MaybeHttpsStream<T>) -> Box<dyn Link> {
    match stream {
        MaybeHttpsStream::Http(plain) => Box::new(Joined(plain)),
        MaybeHttpsStream::Https(secure) => Box::new(secure),
    }
}
