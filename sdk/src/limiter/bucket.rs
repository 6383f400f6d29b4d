//! A token bucket. Time is an argument.

use std::time::Duration;

use super::queue::Resource;

/// A token bucket.
#[derive(Debug)]
pub(super) struct Bucket {
    /// Tokens per second.
    rate: f64,
    /// Maximum number of tokens.
    size: f64,
    /// Number of tokens at `filled`. Fractions count.
    tokens: f64,
    /// The time of the last refill.
    filled: Duration,
}

impl Bucket {
    /// A bucket of `size` tokens that refills with `rate` tokens per second. It is full at `now`.
    pub(super) fn full(rate: f64, size: f64, now: Duration) -> Self {
        Self { rate, size, tokens: size, filled: now }
    }

    /// Time in which this number of tokens is refilled.
    fn time_of(&self, tokens: f64) -> Duration {
        Duration::try_from_secs_f64((tokens / self.rate).max(0.0)).unwrap_or(Duration::MAX)
    }
}

impl Resource for Bucket {
    fn fill(&mut self, now: Duration) {
        let since = now.saturating_sub(self.filled);
        self.tokens = (self.tokens + since.as_secs_f64() * self.rate).min(self.size);
        self.filled = self.filled.max(now);
    }

    /// Clocks count in nanoseconds, so a token that comes within the next nanosecond counts
    /// as there.
    fn is_there(&self) -> bool {
        (1.0 - self.tokens) * 1e9 < self.rate
    }

    fn take(&mut self) -> bool {
        let there = self.is_there();
        if there {
            self.tokens -= 1.0;
        }
        there
    }

    fn wait(&self, ahead: usize) -> Option<Duration> {
        let wait = self.time_of(1.0 + ahead as f64 - self.tokens);
        Some(wait.saturating_add(Duration::from_nanos(1)))
    }
}
