//! The difference between the local clock and the clock of a cloud, learned from the `Date`
//! header of a response.
//!
//! A signature with a wrong time is refused. If a service reports that, the client takes
//! the time from the `Date` header of the response and signs again. The difference is kept
//! for later calls.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime};

/// The seconds to add to the local time of day before signing. They are negative if the
/// local clock is ahead.
///
/// All calls of a client share it. It is one atomic number: two calls that learn it at the
/// same time store the same value, up to a second.
#[derive(Debug, Default)]
pub(crate) struct ClockSkew(AtomicI64);

impl ClockSkew {
    /// The time of the server, as far as the difference is known.
    pub(crate) fn correct(&self, now: SystemTime) -> SystemTime {
        let seconds = self.0.load(Ordering::Relaxed);
        let by = Duration::from_secs(seconds.unsigned_abs());
        let corrected = if seconds < 0 { now.checked_sub(by) } else { now.checked_add(by) };
        corrected.unwrap_or(now)
    }

    /// Stores the difference to the `Date` header of a response. Only the pipeline calls
    /// it, and only after a service refused a request because of its time, so a wrong
    /// `Date` of a gateway is not learned.
    pub(crate) fn learn(&self, now: SystemTime, server: SystemTime) {
        let seconds = match server.duration_since(now) {
            Ok(ahead) => i64::try_from(ahead.as_secs()).unwrap_or(0),
            Err(behind) => i64::try_from(behind.duration().as_secs()).map(|s| -s).unwrap_or(0),
        };
        self.0.store(seconds, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_may_be_fast_or_slow() {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000);
        let skew = ClockSkew::default();
        assert_eq!(skew.correct(now), now);
        for server in [now + Duration::from_secs(3600), now - Duration::from_secs(3600)] {
            skew.learn(now, server);
            assert_eq!(skew.correct(now), server);
        }
    }
}
