//! One limit at work: fair places, and a token bucket.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Mutex, OwnedSemaphorePermit, Semaphore};

use super::options::Limit;
use crate::context::Context;
use crate::timing::deadline::Elapsed;

/// A line of calls before one limit. Who came first goes first, and who gives up leaves no gap.
#[derive(Debug)]
pub(super) struct Gate {
    places: Option<Arc<Semaphore>>,
    bucket: Option<Mutex<Bucket>>,
}

impl Gate {
    pub(super) fn new(limit: &Limit, now: Duration) -> Self {
        let places = limit.concurrency.map(|places| {
            Arc::new(Semaphore::new(
                usize::try_from(places).unwrap_or(usize::MAX).min(Semaphore::MAX_PERMITS),
            ))
        });
        let bucket = limit.rate.map(|rate| {
            let size = f64::from(limit.burst);
            Mutex::new(Bucket { rate, size, tokens: size, filled: now })
        });
        Self { places, bucket }
    }

    /// Waits for a place and a token. The place is kept until the permit is dropped. Gives up at once where the next token
    /// comes after `deadline`.
    pub(super) async fn pass(
        &self,
        context: &Context,
        deadline: Duration,
    ) -> Result<Option<OwnedSemaphorePermit>, Elapsed> {
        let place = match &self.places {
            // A semaphore that is never closed gives a permit in the end.
            Some(places) => places.clone().acquire_owned().await.ok(),
            None => None,
        };
        if let Some(bucket) = &self.bucket {
            // The lock is the line: it is fair, and whoever holds it waits for the next token. If the call ends while
            // it waits, no token was taken.
            let mut bucket = bucket.lock().await;
            loop {
                let now = context.clock.uptime();
                let wait = bucket.wait(now);
                if wait.is_zero() {
                    break;
                }
                if now.saturating_add(wait) > deadline {
                    return Err(Elapsed(wait));
                }
                context.sleep.sleep(wait).await;
            }
            bucket.tokens -= 1.0;
        }
        Ok(place)
    }
}

#[derive(Debug)]
struct Bucket {
    /// Tokens a second.
    rate: f64,
    size: f64,
    tokens: f64,
    /// When `tokens` was right.
    filled: Duration,
}

impl Bucket {
    /// Fills up to `now`, and says how long to wait for a whole token.
    fn wait(&mut self, now: Duration) -> Duration {
        let since = now.saturating_sub(self.filled);
        self.tokens = (self.tokens + since.as_secs_f64() * self.rate).min(self.size);
        self.filled = self.filled.max(now);
        let missing = 1.0 - self.tokens;
        // A clock counts nanoseconds: less than that is there.
        if missing * 1e9 < self.rate {
            return Duration::ZERO;
        }
        let wait = Duration::try_from_secs_f64(missing / self.rate).unwrap_or(Duration::MAX);
        wait.saturating_add(Duration::from_nanos(1))
    }
}
