//! Calls as URLs, for the providers that have them.

#[cfg(feature = "volcengine")]
use std::time::Duration;

use super::{Invoker, RawCall};
use crate::action::Action;
use crate::error::Error;
#[cfg(feature = "tencent")]
use crate::provider::qcloud;
#[cfg(feature = "volcengine")]
use crate::provider::volcengine;

/// What only calls of API 2.0 of Tencent Cloud can do.
#[cfg(feature = "tencent")]
impl<A: Action<Provider = qcloud::Cloud>> Invoker<A> {
    /// The address of the call, a secret. Nothing is sent. See
    /// [`call::Invoker::generate_url`](crate::call::Invoker::generate_url).
    ///
    /// # Errors
    ///
    /// Those of the async method.
    pub fn generate_url(self) -> Result<String, Error> {
        self.driver.block_on(self.inner.generate_url())
    }
}

/// What only untyped calls of API 2.0 of Tencent Cloud can do.
#[cfg(feature = "tencent")]
impl RawCall<qcloud::Cloud> {
    /// The address of the call, a secret. Nothing is sent. See
    /// [`call::RawCall::generate_url`](crate::call::RawCall::generate_url).
    ///
    /// ```no_run
    /// # use cloudcall::{Qcloud, blocking};
    /// # fn run(client: blocking::Client<Qcloud>) -> Result<(), cloudcall::Error> {
    /// let url = client.raw("cvm", "", "DescribeRegions").generate_url()?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Those of the async method.
    pub fn generate_url(self) -> Result<String, Error> {
        self.driver.block_on(self.inner.generate_url())
    }
}

/// Calls of Volcengine as URLs.
#[cfg(feature = "volcengine")]
impl<A: Action<Provider = volcengine::Cloud>> Invoker<A> {
    /// The URL of the call with its signature in the query, valid for `lifetime`. Nothing is sent. See
    /// [`call::Invoker::presigned_url`](crate::call::Invoker::presigned_url).
    ///
    /// # Errors
    ///
    /// Those of the async method.
    pub fn presigned_url(self, lifetime: Duration) -> Result<String, Error> {
        self.driver.block_on(self.inner.presigned_url(lifetime))
    }
}

/// Calls of Volcengine as URLs.
#[cfg(feature = "volcengine")]
impl RawCall<volcengine::Cloud> {
    /// The URL of the call with its signature in the query, valid for `lifetime`. Nothing is sent. See
    /// [`call::RawCall::presigned_url`](crate::call::RawCall::presigned_url).
    ///
    /// # Errors
    ///
    /// Those of the async method.
    pub fn presigned_url(self, lifetime: Duration) -> Result<String, Error> {
        self.driver.block_on(self.inner.presigned_url(lifetime))
    }
}
