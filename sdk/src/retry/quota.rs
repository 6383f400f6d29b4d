//! A budget for retries that all calls of a client share, so that an outage is not multiplied.

use std::sync::atomic::{AtomicU32, Ordering};

use crate::error::Error;

/// What a retry costs.
const RETRY: u32 = 5;
/// What a retry after a time limit costs: the server may still be at work.
const RETRY_AFTER_TIMEOUT: u32 = 10;
/// What a call that succeeds at once gives back.
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

    /// Takes what a retry after `error` costs, if it is there.
    pub(crate) fn take(&self, error: &Error) -> Option<u32> {
        let cost = if error.is_timeout() { RETRY_AFTER_TIMEOUT } else { RETRY };
        let take = |tokens: u32| tokens.checked_sub(cost);
        self.tokens.fetch_update(Ordering::Relaxed, Ordering::Relaxed, take).ok().map(|_| cost)
    }

    /// Gives back what the retry cost that succeeded, or a little for a call that needed none.
    pub(crate) fn give_back(&self, cost: Option<u32>) {
        // A full bucket, which is the usual case, is not written to: that would cost every call a cache line.
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
