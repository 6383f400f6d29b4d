//! What is limited, and to how much.

use std::collections::HashMap;

use crate::error::Error;

/// How many requests may leave: so many a second, so many at once, or both.
///
/// ```
/// use cloudcall::Limit;
///
/// let limit = Limit::rate(20.0).burst(5).concurrency(10);
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limit {
    /// Requests a second.
    pub(super) rate: Option<f64>,
    pub(super) burst: u32,
    pub(super) concurrency: Option<u32>,
}

impl Limit {
    /// At most `per_second` requests a second, one at a time: without [`burst`](Self::burst) they are evenly apart.
    pub const fn rate(per_second: f64) -> Self {
        Self { rate: Some(per_second), burst: 1, concurrency: None }
    }

    /// At most `at_once` requests that have not ended.
    pub const fn at_once(at_once: u32) -> Self {
        Self { rate: None, burst: 1, concurrency: Some(at_once) }
    }

    /// Lets this many requests leave together after a rest; the rate holds over longer times. 1.
    #[must_use]
    pub const fn burst(mut self, requests: u32) -> Self {
        self.burst = requests;
        self
    }

    /// Limits requests that have not ended, too.
    #[must_use]
    pub const fn concurrency(mut self, at_once: u32) -> Self {
        self.concurrency = Some(at_once);
        self
    }

    fn check(&self, whose: &str) -> Result<(), Error> {
        let refuse = |what: &str| Err(Error::config(format!("the limit of {whose}: {what}")));
        if self.rate.is_some_and(|rate| !rate.is_finite() || rate <= 0.0) {
            return refuse("the rate is not a number of requests a second above 0");
        }
        if self.burst == 0 || self.concurrency == Some(0) {
            return refuse("0 requests at once would let no call through");
        }
        Ok(())
    }
}

/// The limits of a client. None to begin with.
///
/// A request waits its turn for its action, then for its product. The wait counts against the call's time limits: a call that
/// could not leave in time fails with kind [`Throttled`](crate::ErrorKind::Throttled), and nothing was sent. Each attempt
/// waits anew, so retries stay under the limit too.
///
/// ```
/// use cloudcall::{Client, Limit, LimiterOptions, Tencent};
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
    /// No limit.
    pub fn new() -> Self {
        Self::default()
    }

    /// Limits every action that has no limit of its own, each for itself.
    #[must_use]
    pub fn each_action(mut self, limit: Limit) -> Self {
        self.each_action = Some(limit);
        self
    }

    /// Limits one action, such as `RunInstances` of `cvm`.
    #[must_use]
    pub fn action(mut self, product: impl Into<String>, action: impl Into<String>, limit: Limit) -> Self {
        self.actions.entry(product.into()).or_default().insert(action.into(), limit);
        self
    }

    /// Limits all actions of a product together.
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
