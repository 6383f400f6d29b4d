//! TLS over any connector, by rustls.

use std::sync::Arc;

use hyper_rustls::{HttpsConnector, MaybeHttpsStream};
use rustls::ClientConfig;

use super::connect::Link;
use crate::error::Error;
use crate::transport::tls::config;
use crate::transport::trust::TlsTrust;

/// The TLS settings of a client.
#[derive(Clone)]
pub(super) struct Tls(Arc<ClientConfig>);

impl Tls {
    pub(super) fn new(trust: &TlsTrust) -> Result<Self, Error> {
        Ok(Self(Arc::new(config(trust)?)))
    }

    /// Connects by `connector`, and speaks TLS over it with `https` addresses.
    pub(super) fn over<C>(&self, connector: C) -> HttpsConnector<C> {
        HttpsConnector::from((connector, self.0.clone()))
    }
}

/// The connection itself, without the room for what it is not.
pub(super) fn boxed<T: Link + 'static>(stream: MaybeHttpsStream<T>) -> Box<dyn Link> {
    match stream {
        MaybeHttpsStream::Http(plain) => Box::new(plain),
        MaybeHttpsStream::Https(secure) => Box::new(secure),
    }
}
