//! A token bucket. Time is an argument.

use std::time::Duration;

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

    /// Adds the tokens of the time since the last refill.
    pub(super) fn fill(&mut self, now: Duration) {
        let since = now.saturating_sub(self.filled);
        self.tokens = (self.tokens + since.as_secs_f64() * self.rate).min(self.size);
        self.filled = self.filled.max(now);
    }

    /// Takes a token if there is one. Clocks count in nanoseconds, so a token that comes
    /// within the next nanosecond counts as there.
    pub(super) fn take(&mut self) -> bool {
        let there = (1.0 - self.tokens) * 1e9 < self.rate;
        if there {
            self.tokens -= 1.0;
        }
        there
    }

    /// Time until there is a token for a call behind `ahead` others.
    pub(super) fn wait(&self, ahead: usize) -> Duration {
        self.time_of(1.0 + ahead as f64 - self.tokens).saturating_add(Duration::from_nanos(1))
    }

    /// Time in which this number of tokens is refilled.
    pub(super) fn time_of(&self, tokens: f64) -> Duration {
        Duration::try_from_secs_f64((tokens / self.rate).max(0.0)).unwrap_or(Duration::MAX)
    }
}
