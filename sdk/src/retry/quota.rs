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
    pub(crate) fn take(&self, error: &Error) -> Option<Paid<'_>> {
        let cost = if error.is_timeout() { RETRY_AFTER_TIMEOUT } else { RETRY };
        let take = |tokens: u32| tokens.checked_sub(cost);
        self.tokens.fetch_update(Ordering::Relaxed, Ordering::Relaxed, take).ok()?;
        Some(Paid { quota: self, cost, spent: false })
    }

    /// Gives one token back, for a call that succeeded without a retry.
    pub(crate) fn refund(&self) {
        self.give_back(REFUND);
    }

    /// Gives tokens back.
    fn give_back(&self, tokens: u32) {
        // A full bucket is the usual case. It is not written to, because the write would
        // contend for a cache line in every call.
        if self.tokens.load(Ordering::Relaxed) < self.size {
            let give = |there: u32| Some(there.saturating_add(tokens).min(self.size));
            let _ = self.tokens.fetch_update(Ordering::Relaxed, Ordering::Relaxed, give);
        }
    }
}

/// The tokens that a retry took. Dropping the value gives them back, unless the retry was
/// sent: a retry that does not take place loads no server.
#[derive(Debug)]
pub(crate) struct Paid<'a> {
    quota: &'a RetryQuota,
    cost: u32,
    /// Whether the retry was sent.
    spent: bool,
}

impl Paid<'_> {
    /// Called when the retry is sent.
    pub(crate) fn spend(&mut self) {
        self.spent = true;
    }

    /// Gives the tokens of a retry that succeeded back.
    pub(crate) fn refund(mut self) {
        self.spent = false;
    }
}

impl Drop for Paid<'_> {
    fn drop(&mut self) {
        if !self.spent {
            self.quota.give_back(self.cost);
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
        let spend = |error: &Error| quota.take(error).map(|mut paid| paid.spend()).is_some();
        assert!(spend(&late));
        assert!(!spend(&broken));
        quota.refund();
        quota.refund();
        assert!(!spend(&broken));
        quota.refund();
        assert!(spend(&broken));
        (0..500).for_each(|_| quota.refund());
        assert!(spend(&late) && !spend(&broken), "never more than its size");
    }

    #[test]
    fn a_retry_that_is_not_sent_or_that_succeeds_costs_nothing() {
        let quota = RetryQuota::new(5);
        let broken = Error::new(ErrorKind::Io, "reset");
        drop(quota.take(&broken).unwrap());
        let mut paid = quota.take(&broken).unwrap();
        paid.spend();
        assert!(quota.take(&broken).is_none());
        paid.refund();
        quota.take(&broken).unwrap().spend();
        assert!(quota.take(&broken).is_none());
    }
}
