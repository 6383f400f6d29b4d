//! One limit: a fair semaphore for requests at the same time, and a token queue for the
//! rate.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::options::Limit;
use super::queue::TokenQueue;
use crate::context::Context;
use crate::timing::deadline::Elapsed;

/// The semaphore and the token queue of one limit. Waiters are served in order, and a
/// waiter that is dropped takes nothing.
#[derive(Debug)]
pub(super) struct Gate {
    /// For the limit of requests at the same time.
    permits: Option<Arc<Semaphore>>,
    /// For the limit of requests per second.
    tokens: Option<TokenQueue>,
}

impl Gate {
    /// The gate of `limit`. Its bucket is full at `now`.
    pub(super) fn new(limit: &Limit, now: Duration) -> Self {
        let permits = limit.concurrency.map(|permits| {
            Arc::new(Semaphore::new(
                usize::try_from(permits).unwrap_or(usize::MAX).min(Semaphore::MAX_PERMITS),
            ))
        });
        Self { permits, tokens: limit.rate.map(|rate| TokenQueue::new(rate, f64::from(limit.burst), now)) }
    }

    /// Waits for a permit and a token. The permit is held until it is dropped.
    ///
    /// Fails at once if the next token comes after `deadline`.
    pub(super) async fn pass(
        &self,
        context: &Context,
        deadline: Duration,
    ) -> Result<Option<OwnedSemaphorePermit>, Elapsed> {
        let permit = match &self.permits {
            // The semaphore is never closed, so this cannot fail.
            Some(permits) => permits.clone().acquire_owned().await.ok(),
            None => None,
        };
        if let Some(tokens) = &self.tokens {
            tokens.take(context, deadline).await?;
        }
        Ok(permit)
    }
}
