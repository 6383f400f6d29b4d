//! The limits that a user sets.

use std::collections::HashMap;

use crate::error::Error;

/// A limit: requests per second, requests at once, or both.
///
/// ```
/// use cloudcall::limiter::Limit;
///
/// let limit = Limit::rate(20.0).burst(5).concurrency(10);
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limit {
    /// Requests per second.
    pub(super) rate: Option<f64>,
    pub(super) burst: u32,
    pub(super) concurrency: Option<u32>,
}

impl Limit {
    /// At most `per_second` requests per second. Without [`burst`](Self::burst), they are sent at even intervals.
    pub const fn rate(per_second: f64) -> Self {
        Self { rate: Some(per_second), burst: 1, concurrency: None }
    }

    /// At most `at_once` requests at the same time.
    pub const fn at_once(at_once: u32) -> Self {
        Self { rate: None, burst: 1, concurrency: Some(at_once) }
    }

    /// Sets how many requests may be sent together after a pause. The rate still holds over longer times. Default: 1.
    #[must_use]
    pub const fn burst(mut self, requests: u32) -> Self {
        self.burst = requests;
        self
    }

    /// Also limits the number of requests at the same time. Default: no limit.
    #[must_use]
    pub const fn concurrency(mut self, at_once: u32) -> Self {
        self.concurrency = Some(at_once);
        self
    }

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
/// The clouds count requests per action. With a limit on the client, a call waits instead of being throttled by the service.
///
/// Each attempt waits for a permit of its action, then for one of its product, before it is signed. Retries therefore stay under the
/// limit as well, and signatures do not expire in the queue. The time in the queue counts against the call's deadline.
/// Clones of a client share its limits.
///
/// # Errors
///
/// A call that could not be sent before its deadline fails with kind [`Throttled`](crate::ErrorKind::Throttled). Nothing was sent.
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
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LimiterOptions {
    pub(super) each_action: Option<Limit>,
    /// By product, then by action.
    pub(super) actions: HashMap<String, HashMap<String, Limit>>,
    pub(super) products: HashMap<String, Limit>,
}

impl LimiterOptions {
    /// Starts without a limit.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the limit of each action that has no other limit. Every action is counted separately.
    #[must_use]
    pub fn each_action(mut self, limit: Limit) -> Self {
        self.each_action = Some(limit);
        self
    }

    /// Sets the limit of one action, for example `RunInstances` of `cvm`.
    #[must_use]
    pub fn action(mut self, product: impl Into<String>, action: impl Into<String>, limit: Limit) -> Self {
        self.actions.entry(product.into()).or_default().insert(action.into(), limit);
        self
    }

    /// Sets the common limit of all actions of a product.
    #[must_use]
    pub fn product(mut self, product: impl Into<String>, limit: Limit) -> Self {
        self.products.insert(product.into(), limit);
        self
    }

    pub(super) fn is_off(&self) -> bool {
        self.each_action.is_none() && self.actions.is_empty() && self.products.is_empty()
    }

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
