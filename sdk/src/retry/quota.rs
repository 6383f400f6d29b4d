//! The retry quota: a budget that all calls of a client share, so that retries do not
//! multiply the load of an outage.

use std::sync::atomic::{AtomicU32, Ordering};

use crate::error::Error;

/// Tokens that a retry costs.
const RETRY: u32 = 5;
/// Tokens that a retry after a timeout costs. It costs more because the server may still be
/// working on the request.
const RETRY_AFTER_TIMEOUT: u32 = 10;
/// Tokens that a call gives back if it succeeds without a retry.
const REFUND: u32 = 1;

/// A token bucket.
#[derive(Debug)]
pub(crate) struct RetryQuota {
    tokens: AtomicU32,
    size: u32,
}

impl RetryQuota {
    pub(crate) fn new(size: u32) -> Self {
        Self { tokens: AtomicU32::new(size), size }
    }

    /// Takes the tokens of a retry after `error`. `None` if there are not enough.
    pub(crate) fn take(&self, error: &Error) -> Option<u32> {
        let cost = if error.is_timeout() { RETRY_AFTER_TIMEOUT } else { RETRY };
        let take = |tokens: u32| tokens.checked_sub(cost);
        self.tokens.fetch_update(Ordering::Relaxed, Ordering::Relaxed, take).ok().map(|_| cost)
    }

    /// Gives back the cost of a retry that succeeded, or one token for a call that needed
    /// no retry.
    pub(crate) fn give_back(&self, cost: Option<u32>) {
        // A full bucket is the usual case. It is not written to, because the write would
        // contend for a cache line in every call.
        if self.tokens.load(Ordering::Relaxed) < self.size {
            let give = |tokens: u32| Some(tokens.saturating_add(cost.unwrap_or(REFUND)).min(self.size));
            let _ = self.tokens.fetch_update(Ordering::Relaxed, Ordering::Relaxed, give);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorKind;

    #[test]
    fn an_empty_bucket_stops_retries_and_success_fills_it() {
        let quota = RetryQuota::new(12);
        let broken = Error::new(ErrorKind::Io, "reset");
        let late = Error::new(ErrorKind::Timeout, "late");
        assert_eq!(quota.take(&late), Some(10));
        assert_eq!(quota.take(&broken), None);
        quota.give_back(None);
        quota.give_back(None);
        assert_eq!(quota.take(&broken), None);
        quota.give_back(None);
        assert_eq!(quota.take(&broken), Some(5));
        quota.give_back(Some(500));
        assert_eq!(quota.take(&late), Some(10), "never more than its size");
        assert_eq!(quota.take(&broken), None);
    }
}
