//! The options of a limiter: one limit, and the limits of a client.

use std::collections::HashMap;

use crate::error::Error;

/// A limit: requests per second, requests at the same time, or both.
///
/// ```
/// use cloudcall::limiter::Limit;
///
/// // 20 requests per second, of which 5 may be sent together, and at most 10 in flight.
/// let limit = Limit::rate(20.0).burst(5).concurrency(10);
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limit {
    /// Requests per second.
    pub(super) rate: Option<f64>,
    /// Requests that may be sent together after a pause.
    pub(super) burst: u32,
    /// Requests at the same time.
    pub(super) concurrency: Option<u32>,
}

impl Limit {
    /// At most `per_second` requests per second, at even intervals.
    ///
    /// Use [`burst`](Self::burst) to allow several requests together after a pause. A rate
    /// below 1 is allowed: `0.1` is one request every 10 s.
    ///
    /// ```
    /// use cloudcall::limiter::Limit;
    ///
    /// // One request every 50 ms.
    /// let even = Limit::rate(20.0);
    /// // Up to 20 requests at once, then one every 50 ms.
    /// let bursts = Limit::rate(20.0).burst(20);
    /// assert_ne!(even, bursts);
    /// ```
    pub const fn rate(per_second: f64) -> Self {
        Self { rate: Some(per_second), burst: 1, concurrency: None }
    }

    /// At most `at_once` requests at the same time. A request counts until its response was
    /// read, and a stream until it ends or is dropped.
    ///
    /// ```
    /// use cloudcall::limiter::{Limit, LimiterOptions};
    ///
    /// // Never more than 8 requests of `vpc` in flight.
    /// let limits = LimiterOptions::new().product("vpc", Limit::at_once(8));
    /// ```
    pub const fn at_once(at_once: u32) -> Self {
        Self { rate: None, burst: 1, concurrency: Some(at_once) }
    }

    /// Sets how many requests may be sent together after a pause. The average over longer
    /// times stays at the rate. It has no effect without a rate. Default: 1.
    #[must_use]
    pub const fn burst(mut self, requests: u32) -> Self {
        self.burst = requests;
        self
    }

    /// Also limits the number of requests at the same time. Default: no limit.
    ///
    /// ```
    /// use cloudcall::limiter::Limit;
    ///
    /// // Slow requests pile up under a rate alone. This also bounds how many are in flight.
    /// let limit = Limit::rate(50.0).concurrency(16);
    /// ```
    #[must_use]
    pub const fn concurrency(mut self, at_once: u32) -> Self {
        self.concurrency = Some(at_once);
        self
    }

    /// Checks that the limit lets requests through. `whose` names the limit in the error.
    fn check(&self, whose: &str) -> Result<(), Error> {
        let refuse = |what: &str| Err(Error::config(format!("the limit of {whose}: {what}")));
        if self.rate.is_some_and(|rate| !rate.is_finite() || rate <= 0.0) {
            return refuse("the rate is not a number of requests per second above 0");
        }
        if self.burst == 0 || self.concurrency == Some(0) {
            return refuse("0 requests at once would let no call through");
        }
        Ok(())
    }
}

/// The limits of a client. Default: none.
///
/// ```
/// use cloudcall::{Client, Tencent};
/// use cloudcall::limiter::{Limit, LimiterOptions};
///
/// # fn main() -> Result<(), cloudcall::Error> {
/// let limits = LimiterOptions::new()
///     .each_action(Limit::rate(20.0).burst(20))
///     .action("cvm", "RunInstances", Limit::rate(10.0))
///     .product("cvm", Limit::at_once(32));
/// let client = Client::<Tencent>::builder().region("ap-guangzhou").limiter(limits).build()?;
/// # Ok(())
/// # }
/// ```
///
/// Each attempt waits for a permit of its action, then for one of its product, before it is
/// signed. Retries therefore stay under the limit as well, and signatures do not expire in
/// the queue. Permits are given in the order of arrival. A call that is not polled, such as
/// a future that nobody awaits, loses its place after 2 s at most.
///
/// The time in the queue counts against the deadline of the call. Clones of a client share
/// its limits; two clients do not.
///
/// # Errors
///
/// A call whose permit would come after its deadline fails with kind
/// [`Throttled`](crate::ErrorKind::Throttled), usually at once. Nothing was sent.
///
/// # Troubleshooting
///
/// - *The service still throttles calls.* Its limit is per account, so other processes
///   count as well. Divide the limit among them, or rely on retries.
/// - *A limit has no effect.* Products and action names are compared exactly as in the
///   declaration of the action, for example `cvm` and `RunInstances`. A product limit is
///   shared by all actions of the product.
/// - *Calls fail as throttled, but the service is idle.* The limiter refused them. Raise
///   the limit or the total time limit ([`TimeoutOptions`](crate::client::TimeoutOptions)),
///   or start fewer calls at the same time.
/// - *Calls hang although few requests are in flight.* Streams and downloads hold their
///   permit until they end. Read them to the end or drop them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LimiterOptions {
    /// The limit of actions that have no other limit.
    pub(super) each_action: Option<Limit>,
    /// Limits of actions, by product, then by action.
    pub(super) actions: HashMap<String, HashMap<String, Limit>>,
    /// Common limits of products.
    pub(super) products: HashMap<String, Limit>,
}

impl LimiterOptions {
    /// Starts without a limit.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the limit of each action that has no other limit. Every action is counted
    /// separately.
    ///
    /// ```
    /// use cloudcall::limiter::{Limit, LimiterOptions};
    ///
    /// // `DescribeInstances` and `DescribeZones` may each be called 20 times per second.
    /// let limits = LimiterOptions::new().each_action(Limit::rate(20.0));
    /// ```
    #[must_use]
    pub fn each_action(mut self, limit: Limit) -> Self {
        self.each_action = Some(limit);
        self
    }

    /// Sets the limit of one action, for example `RunInstances` of `cvm`. It replaces the
    /// limit of [`each_action`](Self::each_action) for this action.
    ///
    /// ```
    /// use cloudcall::limiter::{Limit, LimiterOptions};
    ///
    /// let limits = LimiterOptions::new()
    ///     .each_action(Limit::rate(20.0))
    ///     .action("cvm", "RunInstances", Limit::rate(2.0));
    /// ```
    #[must_use]
    pub fn action(mut self, product: impl Into<String>, action: impl Into<String>, limit: Limit) -> Self {
        self.actions.entry(product.into()).or_default().insert(action.into(), limit);
        self
    }

    /// Sets the common limit of all actions of a product. Requests must pass this limit in
    /// addition to the limit of their action.
    ///
    /// ```
    /// use cloudcall::limiter::{Limit, LimiterOptions};
    ///
    /// // All actions of `cvm` together have at most 100 requests per second.
    /// let limits = LimiterOptions::new().product("cvm", Limit::rate(100.0).burst(20));
    /// ```
    #[must_use]
    pub fn product(mut self, product: impl Into<String>, limit: Limit) -> Self {
        self.products.insert(product.into(), limit);
        self
    }

    /// True if there is no limit.
    pub(super) fn is_off(&self) -> bool {
        self.each_action.is_none() && self.actions.is_empty() && self.products.is_empty()
    }

    /// Checks all limits.
    ///
    /// # Errors
    ///
    /// Kind `Config` if a limit would let no request through. The message names the limit.
    pub(crate) fn check(&self) -> Result<(), Error> {
        if let Some(limit) = &self.each_action {
            limit.check("each action")?;
        }
        for (product, actions) in &self.actions {
            for (action, limit) in actions {
                limit.check(&format!("{product} {action}"))?;
            }
        }
        self.products.iter().try_for_each(|(product, limit)| limit.check(product))
    }
}
