//! The client that a provider uses to exchange what it has for temporary keys: an ordinary one.

use std::fmt;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use crate::client::{Client, ClientBuilder};
use crate::context::Context;
use crate::credential::ProvideCredential;
use crate::error::{Error, ErrorKind};
use crate::options::{HttpOptions, TimeoutOptions};
use crate::provider::Provider;
#[cfg(any(feature = "alibaba", feature = "volcengine"))]
use crate::sign::time::unix_seconds;
use crate::transport::HttpSend;

/// How a provider reaches its cloud's STS or IAM. The client is made by the first exchange, with the time and
/// the environment of the client that needs the keys.
pub(crate) struct Exchange<P: Provider> {
    pub(crate) endpoint: Option<String>,
    pub(crate) transport: Option<Arc<dyn HttpSend>>,
    /// Who signs; none for exchanges that are sent unsigned.
    pub(crate) source: Option<Arc<dyn ProvideCredential>>,
    client: OnceLock<Client<P>>,
}

impl<P: Provider> Default for Exchange<P> {
    fn default() -> Self {
        Self { endpoint: None, transport: None, source: None, client: OnceLock::new() }
    }
}

impl<P: Provider + Default> Exchange<P> {
    pub(crate) fn signed(source: impl ProvideCredential + 'static) -> Self {
        Self { source: Some(Arc::new(source)), ..Self::default() }
    }

    /// The client, in `region` unless a call says otherwise.
    /// `host` is asked unless the user set an endpoint; an empty one leaves the choice to the cloud.
    pub(crate) fn client(
        &self,
        context: &Context,
        region: Option<&str>,
        host: &str,
    ) -> Result<&Client<P>, Error> {
        if let Some(client) = self.client.get() {
            return Ok(client);
        }
        let mut builder: ClientBuilder<P> = Client::builder().context(context.clone());
        // A fetch of keys has 30 seconds: two attempts must fit.
        let timeouts = TimeoutOptions {
            read: Duration::from_secs(10),
            attempt: Duration::from_secs(12),
            total: Duration::from_secs(27),
            ..TimeoutOptions::default()
        };
        builder = builder.timeouts(timeouts);
        if let Some(region) = region {
            builder = builder.region(region);
        }
        let host = Some(host).filter(|host| !host.is_empty());
        if let Some(endpoint) = self.endpoint.as_deref().or(host) {
            builder = builder.endpoint(endpoint);
        }
        builder = match &self.transport {
            Some(transport) => builder.transport(transport.clone()),
            // A kept connection belongs to the runtime that opened it, and the next exchange may run in
            // another one.
            None => builder.http(HttpOptions { pool_max_idle: 0, ..HttpOptions::default() }),
        };
        if let Some(source) = &self.source {
            builder = builder.credentials(source.clone());
        }
        let made = builder.build()?;
        Ok(self.client.get_or_init(|| made))
    }
}

/// A name for the session of a role, for programs that set none.
#[cfg(any(feature = "alibaba", feature = "volcengine"))]
pub(crate) fn session_name(context: &Context) -> String {
    format!("cloudcall-{}", unix_seconds(context.clock.now()))
}

/// The error of `provider` whose exchange failed.
pub(crate) fn failed(provider: &str, error: &Error) -> Error {
    Error::new(ErrorKind::Credentials, format!("{provider}: the exchange for temporary keys failed: {error}"))
}

impl<P: Provider> fmt::Debug for Exchange<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Exchange").field("endpoint", &self.endpoint).field("source", &self.source).finish()
    }
}
