//! The client, and what makes it.

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
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::provider::Provider;

/// A client whose calls wait for their answer. Cheap to clone, and good for any number of threads at once.
///
/// See the [module](crate::blocking) for an example. It is made by its [`builder`](Self::builder), or from an async client by
/// `TryFrom`: both then share connections, credentials, breakers and limits.
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

/// Builds a blocking [`Client`], with the settings of the async one.
pub type ClientBuilder<P> = crate::client::ClientBuilder<P, Blocking>;

/// Marks a [`ClientBuilder`] that makes the client whose calls wait.
#[derive(Debug, Clone, Copy)]
pub enum Blocking {}

impl<P: Provider> ClientBuilder<P> {
    /// Makes the client. Nothing is sent, and no credential is looked up yet.
    ///
    /// # Errors
    ///
    /// Those of the settings; and kind `Config` if the system gives no thread.
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
    /// Starts a client with the cloud's defaults.
    pub fn builder() -> ClientBuilder<P> {
        ClientBuilder::new(P::default())
    }
}

impl<P: Provider> Client<P> {
    /// Starts a client of a cloud with settings of its own.
    pub fn builder_for(cloud: P) -> ClientBuilder<P> {
        ClientBuilder::new(cloud)
    }

    /// Prepares a call of `action`: the door that every action has.
    pub fn invoker<A: Action>(&self, action: A) -> Invoker<A>
    where
        A::Provider: SameCloud<P>,
    {
        Invoker { inner: self.inner.invoker(action), driver: self.driver.clone() }
    }

    /// Prepares a call that has no type: parameters and answer are JSON.
    pub fn raw(
        &self,
        product: impl Into<String>,
        version: impl Into<String>,
        action: impl Into<String>,
    ) -> RawCall<P> {
        self.raw_action(ActionInfo::dynamic(product, version, action))
    }

    /// Prepares an untyped call of an action described by `info`, with its method, path and style.
    pub fn raw_action(&self, info: ActionInfo) -> RawCall<P> {
        RawCall { inner: self.inner.raw_action(info), driver: self.driver.clone() }
    }

    /// The breakers of the hosts that calls could go to so far, by host. Empty while no call had a second host.
    pub fn breaker_states(&self) -> Vec<(Endpoint, BreakerStatus)> {
        self.inner.breaker_states()
    }

    /// The region that calls go to, if one is set.
    pub fn region(&self) -> Option<&str> {
        self.inner.region()
    }

    /// The async client that this one calls through.
    pub fn as_async(&self) -> &crate::Client<P> {
        &self.inner
    }

    /// Does what `work` makes of the async client, and waits for it: for all that has more steps than one call.
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

    /// Goes through a stream that `make` makes of the async client.
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
