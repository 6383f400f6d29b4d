//! A time limit for one credential provider.

use std::time::Duration;

use async_trait::async_trait;

use super::{Credential, CredentialError, ProvideCredential};
use crate::context::Context;
use crate::error::{Error, ErrorKind};
use crate::timing::deadline::within;

/// A credential provider that must give its credential within a time limit.
///
/// Any fetch ends after [`CredentialCache::FETCH_LIMIT`](super::CredentialCache::FETCH_LIMIT), 30 s, for the
/// whole chain. A shorter limit for one source of a chain leaves time to the others, or ends a call sooner
/// with an error that names the source. A source that exceeds its limit stops the chain.
///
/// ```
/// use std::time::Duration;
/// use cloudcall::credential::{CredentialChain, TimeLimited};
/// use cloudcall::provider::tencent::credentials;
///
/// let role = TimeLimited::new(credentials::InstanceRole::new(), Duration::from_secs(2));
/// let chain = CredentialChain::new().then(credentials::environment()).then(role);
/// ```
#[derive(Debug, Clone)]
pub struct TimeLimited<P> {
    provider: P,
    limit: Duration,
}

impl<P: ProvideCredential> TimeLimited<P> {
    /// Gives `provider` this much time.
    pub fn new(provider: P, limit: Duration) -> Self {
        Self { provider, limit }
    }
}

#[async_trait]
impl<P: ProvideCredential> ProvideCredential for TimeLimited<P> {
    fn name(&self) -> &'static str {
        self.provider.name()
    }

    async fn provide(&self, context: &Context) -> Result<Credential, CredentialError> {
        let work = self.provider.provide(context);
        match within(context, self.limit, work).await {
            Ok(given) => given,
            Err(_) => {
                let what = format!(
                    "{}: no credential within {:?}, the limit of this provider: raise it, or check what it waits for",
                    self.name(),
                    self.limit
                );
                Err(Error::new(ErrorKind::Credentials, what).into())
            }
        }
    }
}
