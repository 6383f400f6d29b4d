//! One limit: a fair semaphore for requests at once, and a queue for the tokens of a rate.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::line::Line;
use super::options::Limit;
use crate::context::Context;
use crate::timing::deadline::Elapsed;

/// The permits and the rate of one limit. Waiters are served in order, and a waiter that is dropped takes nothing.
#[derive(Debug)]
pub(super) struct Gate {
    places: Option<Arc<Semaphore>>,
    line: Option<Line>,
}

impl Gate {
    pub(super) fn new(limit: &Limit, now: Duration) -> Self {
        let places = limit.concurrency.map(|places| {
            Arc::new(Semaphore::new(
                usize::try_from(places).unwrap_or(usize::MAX).min(Semaphore::MAX_PERMITS),
            ))
        });
        Self { places, line: limit.rate.map(|rate| Line::new(rate, f64::from(limit.burst), now)) }
    }

    /// Waits for a permit and a token. The permit is held until it is dropped. Fails at once if the next token comes after
    /// `deadline`.
    pub(super) async fn pass(
        &self,
        context: &Context,
        deadline: Duration,
    ) -> Result<Option<OwnedSemaphorePermit>, Elapsed> {
        let place = match &self.places {
            // The semaphore is never closed, so this cannot fail.
            Some(places) => places.clone().acquire_owned().await.ok(),
            None => None,
        };
        if let Some(line) = &self.line {
            line.take(context, deadline).await?;
        }
        Ok(place)
    }
}
