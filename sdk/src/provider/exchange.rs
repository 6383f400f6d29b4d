//! The client that a credential provider uses to exchange what it has for temporary keys.
//!
//! An exchange (AssumeRole, AssumeRoleWithOIDC, GetApiKey, …) is an ordinary call of this crate: it is
//! encoded, signed, retried and classified by the same pipeline. [`Exchange`] holds the settings of its
//! client:
//!
//! | what | value | reason |
//! | --- | --- | --- |
//! | total | 27 s | the fetch of a credential is limited to 30 s |
//! | attempt | 12 s | two attempts must fit |
//! | read | 10 s | the longest silence in a body |
//! | idle connections | 0 | a connection belongs to a runtime, and the next exchange may use another |
//!
//! Clock, environment, files and randomness are those of the client whose call needs the keys. Errors name
//! the credential provider: `AssumeRole: the exchange for temporary keys failed: …`.

use std::fmt;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use crate::client::{Client, ClientBuilder};
use crate::context::Context;
use crate::credential::{Credential, ProvideCredential};
use crate::error::{Error, ErrorKind};
use crate::options::{HttpOptions, TimeoutOptions};
use crate::provider::Provider;
#[cfg(any(feature = "huawei", feature = "alibaba", feature = "volcengine"))]
use crate::sign::time::unix_seconds;
use crate::transport::HttpSend;

/// How a credential provider reaches the STS or IAM of its vendor.
///
/// The client is built by the first exchange and kept, so that clock-skew correction and retry quota last.
pub(crate) struct Exchange<P: Provider> {
    /// The endpoint that the user set. It takes precedence over the host of the credential provider.
    pub(crate) endpoint: Option<String>,
    /// The transport that the user set. `None` uses a transport without pooled connections.
    pub(crate) transport: Option<Arc<dyn HttpSend>>,
    /// The credential provider that signs the exchange. `None` for exchanges that are sent unsigned, such as
    /// AssumeRoleWithOIDC, where a token is the proof.
    pub(crate) source: Option<Arc<dyn ProvideCredential>>,
    /// Built once, by the first exchange.
    client: OnceLock<Client<P>>,
}

impl<P: Provider> Default for Exchange<P> {
    fn default() -> Self {
        Self { endpoint: None, transport: None, source: None, client: OnceLock::new() }
    }
}

impl<P: Provider + Default> Exchange<P> {
    /// An exchange that is signed with the keys of `source`.
    pub(crate) fn signed(source: impl ProvideCredential + 'static) -> Self {
        Self { source: Some(Arc::new(source)), ..Self::default() }
    }

    /// The client of the exchange. It is built on the first call; later calls ignore the arguments.
    ///
    /// `region` is the region of the client. `host` is used unless the user set an endpoint; an empty `host`
    /// leaves the choice to the provider's rules.
    ///
    /// # Errors
    ///
    /// Those of [`ClientBuilder::build`], such as a malformed endpoint.
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
        // The fetch of a credential is limited to 30 s, and two attempts must fit into it.
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

impl<P: Provider> Exchange<P> {
    /// Notes with which keys the exchange for `keys` was signed.
    pub(crate) fn note_signer(&self, keys: Credential) -> Credential {
        keys.in_exchange_for(self.client.get().and_then(Client::ready_credential))
    }
}
/// The default name of a role session, for the vendor's audit log: `cloudcall-1709194530`, with the time in
/// Unix seconds.
#[cfg(any(feature = "huawei", feature = "alibaba", feature = "volcengine"))]
pub(crate) fn session_name(context: &Context) -> String {
    format!("cloudcall-{}", unix_seconds(context.clock.now()))
}

/// The error of `provider` whose exchange failed. It has kind `Credentials`, so that the call that needs the
/// keys reports a credential problem, and quotes the error of the exchange with its code.
pub(crate) fn failed(provider: &str, error: &Error) -> Error {
    Error::new(ErrorKind::Credentials, format!("{provider}: the exchange for temporary keys failed: {error}"))
}

impl<P: Provider> fmt::Debug for Exchange<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Exchange").field("endpoint", &self.endpoint).field("source", &self.source).finish()
    }
}
