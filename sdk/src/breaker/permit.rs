//! A breaker for many threads. Each admitted call holds a permit.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::machine::{Change, Machine, Ticket};
use super::options::BreakerOptions;
use super::status::{BreakerState, BreakerStatus};

/// The breaker of one host. Clones share their state and are cheap.
///
/// ```
/// use std::time::Duration;
/// use cloudcall::breaker::{Breaker, BreakerOptions, BreakerState};
///
/// let second = Duration::from_secs;
/// let breaker = Breaker::new(BreakerOptions::default(), second(0));
/// for _ in 0..5 {
///     if let Ok(permit) = breaker.begin(second(1)) {
///         permit.end(second(2), false);
///     }
/// }
/// assert_eq!(breaker.begin(second(3)).unwrap_err(), BreakerState::Open);
/// assert_eq!(breaker.status_at(second(62)).state, BreakerState::HalfOpen);
/// ```
///
/// A client creates its breakers itself. Use this type if you send requests in another way,
/// for example with an HTTP client of your own.
///
/// A breaker has no clock. `now` is the time since a fixed point of your choice, such as
/// [`Clock::uptime`](crate::context::Clock::uptime) of the client's context. All calls must
/// use the same fixed point.
#[derive(Debug, Clone)]
pub struct Breaker(Arc<BreakerShared>);

/// The state that all clones share.
#[derive(Debug)]
struct BreakerShared {
    options: Arc<BreakerOptions>,
    machine: Mutex<Machine>,
}

impl Breaker {
    /// Creates a closed breaker. The backup endpoints of `options` are not used.
    ///
    /// ```
    /// use std::time::Duration;
    /// use cloudcall::breaker::{Breaker, BreakerOptions, BreakerState};
    ///
    /// let options = BreakerOptions::builder().open_for(Duration::from_secs(10)).build()?;
    /// let breaker = Breaker::new(options, Duration::ZERO);
    /// assert_eq!(breaker.status().state, BreakerState::Closed);
    /// # Ok::<(), cloudcall::Error>(())
    /// ```
    pub fn new(options: impl Into<Arc<BreakerOptions>>, now: Duration) -> Self {
        let options = options.into();
        let machine = Mutex::new(Machine::new(&options, now));
        Self(Arc::new(BreakerShared { options, machine }))
    }

    /// Admits a call and returns its permit.
    ///
    /// A half-open breaker has at most as many permits out as successes are missing,
    /// however many threads ask at the same time.
    ///
    /// ```
    /// use std::time::Duration;
    /// use cloudcall::breaker::{Breaker, BreakerOptions};
    ///
    /// let breaker = Breaker::new(BreakerOptions::default(), Duration::ZERO);
    /// match breaker.begin(Duration::from_secs(1)) {
    ///     Ok(permit) => {
    ///         let success = true; // Send the request here.
    ///         permit.end(Duration::from_secs(2), success);
    ///     }
    ///     Err(state) => println!("the host is not called while the breaker is {state}"),
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// The state that refuses the call: [`BreakerState::Open`], or
    /// [`BreakerState::HalfOpen`] if all trials are in flight.
    pub fn begin(&self, now: Duration) -> Result<Permit, BreakerState> {
        self.admit(now).0
    }

    /// Applies the transitions that are due at `now`, and returns the status after them.
    ///
    /// Time alone begins a new window, and makes an open breaker half-open.
    ///
    /// ```
    /// use std::time::Duration;
    /// use cloudcall::breaker::{Breaker, BreakerOptions};
    ///
    /// // After 300 s a new window begins, and with it a new generation.
    /// let breaker = Breaker::new(BreakerOptions::default(), Duration::ZERO);
    /// assert_eq!(breaker.status_at(Duration::from_secs(299)).generation, 0);
    /// assert_eq!(breaker.status_at(Duration::from_secs(300)).generation, 1);
    /// ```
    pub fn status_at(&self, now: Duration) -> BreakerStatus {
        self.advance(now).0
    }

    /// The status after the last call to any method, without applying transitions that are
    /// due now.
    ///
    /// Use [`status_at`](Self::status_at) for the status at a given time.
    pub fn status(&self) -> BreakerStatus {
        self.machine().status()
    }

    /// As [`begin`](Self::begin), and also returns the change of state that happened.
    pub(super) fn admit(&self, now: Duration) -> (Result<Permit, BreakerState>, Option<Change>) {
        let (ticket, change) = self.with_change(|machine, options| machine.begin(now, options));
        (ticket.map(|ticket| Permit { breaker: self.clone(), ticket: Some(ticket) }), change)
    }

    /// As [`status_at`](Self::status_at), and also returns the change of state that
    /// happened.
    pub(super) fn advance(&self, now: Duration) -> (BreakerStatus, Option<Change>) {
        self.with_change(|machine, options| machine.advance(now, options))
    }

    /// Runs `work` on the state machine and compares the state before and after it.
    fn with_change<T>(&self, work: impl FnOnce(&mut Machine, &BreakerOptions) -> T) -> (T, Option<Change>) {
        let mut machine = self.machine();
        let from = machine.status().state;
        let done = work(&mut machine, &self.0.options);
        (done, machine.change(from))
    }

    fn machine(&self) -> MutexGuard<'_, Machine> {
        self.0.machine.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A call that a [`Breaker`] admitted. Report its outcome with [`end`](Self::end).
///
/// A permit that is dropped without `end`, for example because the call was cancelled, is
/// not counted, and the slot of a trial becomes free again.
///
/// ```
/// use std::time::Duration;
/// use cloudcall::breaker::{Breaker, BreakerOptions};
///
/// let breaker = Breaker::new(BreakerOptions::default(), Duration::ZERO);
/// if let Ok(permit) = breaker.begin(Duration::from_secs(1)) {
///     // Send the request here.
///     permit.end(Duration::from_secs(2), true);
/// }
/// assert_eq!(breaker.status().consecutive_successes, 1);
/// ```
#[must_use = "a permit that is dropped does not count the call"]
#[derive(Debug)]
pub struct Permit {
    breaker: Breaker,
    /// `None` after the end.
    ticket: Option<Ticket>,
}

impl Permit {
    /// Reports how the call ended. `success` says whether the host did its work.
    pub fn end(self, now: Duration, success: bool) {
        self.settle(now, success);
    }

    /// As [`end`](Self::end), and also returns the change of state that happened.
    pub(super) fn settle(mut self, now: Duration, success: bool) -> Option<Change> {
        let ticket = self.ticket.take()?;
        self.breaker.with_change(|machine, options| machine.end(ticket, success, now, options)).1
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        if let Some(ticket) = self.ticket.take() {
            self.breaker.machine().release(ticket);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Barrier;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    const fn second(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    /// A breaker that is half-open from second 61 on.
    fn failed(options: BreakerOptions) -> Breaker {
        let breaker = Breaker::new(options, second(0));
        for _ in 0..5 {
            breaker.begin(second(1)).unwrap().end(second(1), false);
        }
        breaker
    }

    /// What each of 1000 threads that ask at the same time gets.
    fn rush(breaker: &Breaker, now: Duration) -> Vec<Permit> {
        let (start, refused) = (Barrier::new(1000), AtomicUsize::new(0));
        let permits: Vec<_> = std::thread::scope(|scope| {
            let ask = || {
                start.wait();
                let permit = breaker.begin(now);
                if permit.is_err() {
                    refused.fetch_add(1, Ordering::Relaxed);
                }
                permit.ok()
            };
            let threads: Vec<_> = (0..1000).map(|_| scope.spawn(ask)).collect();
            threads.into_iter().filter_map(|thread| thread.join().unwrap()).collect()
        });
        assert_eq!(permits.len() + refused.into_inner(), 1000);
        permits
    }

    #[test]
    fn a_thousand_threads_get_exactly_the_trials_there_are() {
        let breaker = failed(BreakerOptions { half_open_trials: 7, ..Default::default() });
        let mut permits = rush(&breaker, second(61));
        assert_eq!(permits.len(), 7);
        // Two succeed, one is given up: one place is free, since a success keeps its own.
        permits.pop().unwrap().end(second(62), true);
        permits.pop().unwrap().end(second(62), true);
        drop(permits.pop());
        let more = rush(&breaker, second(63));
        assert_eq!(more.len(), 1);
        permits.extend(more);
        for permit in permits {
            assert_eq!(breaker.status_at(second(64)).state, BreakerState::HalfOpen);
            permit.end(second(64), true);
        }
        assert_eq!(breaker.status_at(second(64)).state, BreakerState::Closed);
        assert_eq!(rush(&breaker, second(65)).len(), 1000);
    }

    #[test]
    fn a_dropped_permit_gives_its_place_back_and_says_nothing() {
        let breaker = failed(BreakerOptions { half_open_trials: 1, ..Default::default() });
        for _ in 0..100 {
            let permit = breaker.begin(second(61)).unwrap();
            assert_eq!(breaker.begin(second(61)).unwrap_err(), BreakerState::HalfOpen);
            drop(permit);
        }
        assert_eq!(breaker.status_at(second(61)).trials, 0);
        let unwound = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            let _permit = breaker.begin(second(61)).unwrap();
            panic!("in the middle of a call");
        }));
        assert!(unwound.is_err());
        breaker.begin(second(61)).unwrap().end(second(62), true);
        assert_eq!(breaker.status_at(second(62)).state, BreakerState::Closed);
    }

    #[test]
    fn a_place_is_given_back_only_to_its_own_generation() {
        let breaker = failed(BreakerOptions { half_open_trials: 2, ..Default::default() });
        let (late, failing) = (breaker.begin(second(61)).unwrap(), breaker.begin(second(61)).unwrap());
        failing.end(second(62), false);
        let again = (breaker.begin(second(122)).unwrap(), breaker.begin(second(122)).unwrap());
        drop(late);
        assert_eq!(breaker.begin(second(122)).unwrap_err(), BreakerState::HalfOpen);
        drop(again);
        assert_eq!(breaker.status_at(second(122)).trials, 0);
    }

    #[test]
    fn counts_are_exact_when_threads_end_together() {
        let breaker = Breaker::new(BreakerOptions::default(), second(0));
        let permits = rush(&breaker, second(1));
        std::thread::scope(|scope| {
            for permit in permits {
                scope.spawn(move || permit.end(second(2), true));
            }
        });
        assert_eq!(breaker.status_at(second(3)).consecutive_successes, 1000);
    }
}
