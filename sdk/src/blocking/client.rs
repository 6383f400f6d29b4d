//! The blocking client and its builder.

use std::fmt;
use std::future::Future;
use std::sync::Arc;

use futures_util::Stream;

use super::call::{Invoker, RawCall};
use super::driver::Driver;
use super::iter::Iter;
use crate::action::Action;
use crate::action::info::ActionInfo;
use crate::breaker::BreakerStatus;
use crate::client::SameCloud;
use crate::credential::{CredentialsReport, Identity};
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::provider::Provider;

/// A client whose calls block until the response has arrived. It is cheap to clone, and any number of threads
/// can use it.
///
/// Create it with its [`builder`](Self::builder), or from an async client with `TryFrom`. In the second case
/// both clients share connections, credentials, breakers and limits:
///
/// ```no_run
/// use cloudcall::prelude::*;
/// use cloudcall::blocking;
///
/// # fn run(client: Client<Tencent>) -> Result<(), Error> {
/// let blocking = blocking::Client::try_from(client.clone())?;
/// println!("{}", blocking.raw("cvm", "2017-03-12", "DescribeZones").send()?["TotalCount"]);
/// # Ok(())
/// # }
/// ```
///
/// The [module](crate::blocking) describes threads and runtimes.
pub struct Client<P: Provider> {
    pub(super) inner: crate::Client<P>,
    pub(super) driver: Arc<Driver>,
}

impl<P: Provider> Clone for Client<P> {
    fn clone(&self) -> Self {
        Self { inner: self.inner.clone(), driver: self.driver.clone() }
    }
}

impl<P: Provider> fmt::Debug for Client<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("blocking::Client").field(&self.inner).finish()
    }
}

/// Builds a blocking [`Client`]. It has the settings of the async builder.
pub type ClientBuilder<P> = crate::client::ClientBuilder<P, Blocking>;

/// Marks a [`ClientBuilder`] that builds a blocking client.
#[derive(Debug, Clone, Copy)]
pub enum Blocking {}

impl<P: Provider> ClientBuilder<P> {
    /// Builds the client. This sends nothing and fetches no credential.
    ///
    /// # Errors
    ///
    /// Kind `Config` for invalid settings, and if the background thread cannot be started.
    pub fn build(self) -> Result<Client<P>, Error> {
        self.finish()?.try_into()
    }
}

impl<P: Provider> TryFrom<crate::Client<P>> for Client<P> {
    type Error = Error;

    fn try_from(inner: crate::Client<P>) -> Result<Self, Error> {
        Ok(Self { inner, driver: Driver::get()? })
    }
}

impl<P: Provider + Default> Client<P> {
    /// Starts a builder with the provider's default settings.
    pub fn builder() -> ClientBuilder<P> {
        ClientBuilder::new(P::default())
    }
}

impl<P: Provider> Client<P> {
    /// Starts a builder for a provider value, for providers that have settings.
    pub fn builder_for(cloud: P) -> ClientBuilder<P> {
        ClientBuilder::new(cloud)
    }

    /// Prepares a call of `action`. The methods of actions, such as `client.describe_zones()`, end here.
    pub fn invoker<A: Action>(&self, action: A) -> Invoker<A>
    where
        A::Provider: SameCloud<P>,
    {
        Invoker { inner: self.inner.invoker(action), driver: self.driver.clone() }
    }

    /// Prepares an untyped call: parameters and response are JSON.
    pub fn raw(
        &self,
        product: impl Into<String>,
        version: impl Into<String>,
        action: impl Into<String>,
    ) -> RawCall<P> {
        self.raw_action(ActionInfo::dynamic(product, version, action))
    }

    /// Prepares an untyped call of an action that is described by `info`: its method, path and style.
    pub fn raw_action(&self, info: ActionInfo) -> RawCall<P> {
        RawCall { inner: self.inner.raw_action(info), driver: self.driver.clone() }
    }

    /// The state of the breaker of each endpoint. Empty before the first call, and until a call had
    /// more than one endpoint to choose from.
    pub fn breaker_states(&self) -> Vec<(Endpoint, BreakerStatus)> {
        self.inner.breaker_states()
    }

    /// The default region of calls, if one is set.
    pub fn region(&self) -> Option<&str> {
        self.inner.region()
    }

    /// Asks the provider whom the credential of this client belongs to. The same as
    /// [`Client::identity`](crate::Client::identity).
    ///
    /// ```no_run
    /// # use cloudcall::{Tencent, blocking};
    /// # fn run(client: blocking::Client<Tencent>) -> Result<(), cloudcall::Error> {
    /// println!("{}", client.identity()?.account);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As those of the async method.
    pub fn identity(&self) -> Result<Identity, Error> {
        self.driver.block_on(async { self.inner.identity().await })
    }

    /// Says which source gave the credential of this client. The same as
    /// [`Client::credentials_report`](crate::Client::credentials_report).
    ///
    /// ```no_run
    /// # use cloudcall::{Tencent, blocking};
    /// # fn run(client: blocking::Client<Tencent>) -> Result<(), cloudcall::Error> {
    /// println!("{}", client.credentials_report()?);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As those of the async method.
    pub fn credentials_report(&self) -> Result<CredentialsReport, Error> {
        self.driver.block_on(async { self.inner.credentials_report().await })
    }

    /// The async client that this client uses.
    pub fn as_async(&self) -> &crate::Client<P> {
        &self.inner
    }

    /// Runs async code with the async client and blocks until it is done. Use it for work with several steps.
    ///
    /// ```no_run
    /// # use cloudcall::{Tencent, blocking};
    /// # fn run(client: blocking::Client<Tencent>) -> Result<(), cloudcall::Error> {
    /// let zones = client.run(async |client| {
    ///     let zones = client.raw("cvm", "2017-03-12", "DescribeZones").invoke().await?;
    ///     Ok::<_, cloudcall::Error>(zones["TotalCount"].clone())
    /// })?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn run<F: Future>(&self, work: impl FnOnce(crate::Client<P>) -> F) -> F::Output {
        self.driver.block_on(async { work(self.inner.clone()).await })
    }

    /// Iterates over a stream that `make` creates from the async client.
    ///
    /// ```no_run
    /// # use cloudcall::{Tencent, blocking};
    /// # fn run(client: blocking::Client<Tencent>) {
    /// use futures_util::{StreamExt as _, stream};
    ///
    /// let regions = ["ap-guangzhou", "ap-shanghai"];
    /// let zones = client.iter(|client| {
    ///     stream::iter(regions).then(move |region| {
    ///         client.raw("cvm", "2017-03-12", "DescribeZones").with_region(region).invoke()
    ///     })
    /// });
    /// for zones in zones {
    ///     println!("{zones:?}");
    /// }
    /// # }
    /// ```
    pub fn iter<S: Stream>(&self, make: impl FnOnce(crate::Client<P>) -> S) -> Iter<S> {
        Iter::new(self.driver.enter(|| make(self.inner.clone())), self.driver.clone())
    }
}
