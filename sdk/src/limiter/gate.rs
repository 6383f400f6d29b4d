//! One limit: permits for requests at the same time, and tokens for the rate.

use std::sync::Arc;
use std::time::Duration;

use super::bucket::Bucket;
use super::options::Limit;
use super::queue::{Queue, Resource};
use crate::context::Context;
use crate::timing::deadline::Elapsed;

/// The permits and the tokens of one limit. Waiters are served in order, and a waiter that
/// is dropped takes nothing.
#[derive(Debug)]
pub(super) struct Gate {
    /// For the limit of requests at the same time.
    permits: Option<Arc<Queue<Permits>>>,
    /// For the limit of requests per second.
    tokens: Option<Queue<Bucket>>,
}

impl Gate {
    /// The gate of `limit`. Its bucket is full at `now`.
    pub(super) fn new(limit: &Limit, now: Duration) -> Self {
        let bucket = |rate| Queue::new(Bucket::full(rate, f64::from(limit.burst), now));
        Self {
            permits: limit.concurrency.map(|count| Arc::new(Queue::new(Permits::new(count)))),
            tokens: limit.rate.map(bucket),
        }
    }

    /// Waits for a permit and a token. The permit is held until it is dropped.
    ///
    /// Fails at once if the next token comes after `deadline`.
    pub(super) async fn pass(
        &self,
        context: &Context,
        deadline: Duration,
    ) -> Result<Option<Permit>, Elapsed> {
        let permit = match &self.permits {
            Some(permits) => {
                permits.take(context, deadline).await?;
                Some(Permit(permits.clone()))
            }
            None => None,
        };
        if let Some(tokens) = &self.tokens {
            tokens.take(context, deadline).await?;
        }
        Ok(permit)
    }
}

/// The permits that no request holds.
#[derive(Debug)]
pub(super) struct Permits(u32);

impl Permits {
    /// So many permits.
    pub(super) fn new(count: u32) -> Self {
        Self(count)
    }

    /// Gives a permit back.
    pub(super) fn release(&mut self) {
        self.0 = self.0.saturating_add(1);
    }
}

impl Resource for Permits {
    fn fill(&mut self, _: Duration) {}

    fn is_there(&self) -> bool {
        self.0 > 0
    }

    fn take(&mut self) -> bool {
        let left = self.0.checked_sub(1);
        self.0 = left.unwrap_or_default();
        left.is_some()
    }

    /// A request takes as long as it takes.
    fn wait(&self, _: usize) -> Option<Duration> {
        None
    }
}

/// A permit that a request holds.
#[derive(Debug)]
pub(super) struct Permit(Arc<Queue<Permits>>);

impl Drop for Permit {
    fn drop(&mut self) {
        self.0.change(Permits::release);
    }
}
