//! The state machine of a breaker. It has no clock and no lock: time is an argument.

use std::time::Duration;

use super::options::BreakerOptions;
use super::status::{BreakerState, BreakerStatus};

/// This number of consecutive failures opens a breaker, whatever its options are.
const IN_A_ROW: u64 = 5;

/// A change from one state to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Change {
    pub(super) from: BreakerState,
    pub(super) to: BreakerState,
    pub(super) generation: u64,
}

/// What an admitted call hands back when it ends.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ticket {
    generation: u64,
    trial: bool,
}

/// The status, and the time at which it changes by itself.
#[derive(Debug)]
pub(super) struct Machine {
    status: BreakerStatus,
    /// End of the window if closed, end of the open time if open.
    expiry: Duration,
}

impl Machine {
    /// A closed breaker whose first window begins at `now`.
    pub(super) fn new(options: &BreakerOptions, now: Duration) -> Self {
        Self { status: BreakerStatus::default(), expiry: now.saturating_add(options.window_interval) }
    }

    /// Begins a new generation. Counters start at zero, and calls of older generations that
    /// are still in flight are ignored.
    ///
    /// Late results are common: a call that was admitted while the breaker was closed may
    /// end when the breaker is half-open. Its outcome must not decide the trial.
    fn transition(&mut self, state: BreakerState, now: Duration, options: &BreakerOptions) {
        let generation = self.status.generation.wrapping_add(1);
        self.status = BreakerStatus { state, generation, ..BreakerStatus::default() };
        self.expiry = match state {
            BreakerState::Closed => now.saturating_add(options.window_interval),
            BreakerState::Open => now.saturating_add(options.open_for),
            BreakerState::HalfOpen => Duration::MAX,
        };
    }

    /// Applies the transitions that are due by time alone. Intervals are half-open: at
    /// exactly `expiry` the new state holds.
    pub(super) fn advance(&mut self, now: Duration, options: &BreakerOptions) -> BreakerStatus {
        match self.status.state {
            BreakerState::Closed if self.expiry <= now => self.transition(BreakerState::Closed, now, options),
            BreakerState::Open if self.expiry <= now => self.transition(BreakerState::HalfOpen, now, options),
            _ => {}
        }
        self.status
    }

    /// Admits a call, or returns the state that refuses it.
    pub(super) fn begin(&mut self, now: Duration, options: &BreakerOptions) -> Result<Ticket, BreakerState> {
        self.advance(now, options);
        let status = &mut self.status;
        let trial = match status.state {
            BreakerState::Closed => false,
            BreakerState::Open => return Err(BreakerState::Open),
            BreakerState::HalfOpen => {
                let taken = status.trials.saturating_add(status.consecutive_successes);
                if options.limit_trials && taken >= u64::from(options.half_open_trials) {
                    return Err(BreakerState::HalfOpen);
                }
                status.trials = status.trials.saturating_add(1);
                true
            }
        };
        Ok(Ticket { generation: status.generation, trial })
    }

    /// Takes a ticket back without counting the call: it was cancelled, or never sent.
    pub(super) fn release(&mut self, ticket: Ticket) {
        if ticket.trial && ticket.generation == self.status.generation {
            self.status.trials = self.status.trials.saturating_sub(1);
        }
    }

    /// Counts the outcome of a call. Tickets of older generations are ignored.
    pub(super) fn end(&mut self, ticket: Ticket, success: bool, now: Duration, options: &BreakerOptions) {
        self.advance(now, options);
        if ticket.generation != self.status.generation {
            return;
        }
        self.release(ticket);
        self.count(success);
        let status = &self.status;
        match (status.state, success) {
            (BreakerState::Closed, false) if too_many(status, options) => {
                self.transition(BreakerState::Open, now, options);
            }
            (BreakerState::HalfOpen, false) => self.transition(BreakerState::Open, now, options),
            (BreakerState::HalfOpen, true)
                if status.consecutive_successes >= u64::from(options.half_open_trials) =>
            {
                self.transition(BreakerState::Closed, now, options);
            }
            _ => {}
        }
    }

    /// Adds one outcome to the counters.
    fn count(&mut self, success: bool) {
        let status = &mut self.status;
        status.total = status.total.saturating_add(1);
        if success {
            status.consecutive_successes = status.consecutive_successes.saturating_add(1);
            status.consecutive_failures = 0;
        } else {
            status.failures = status.failures.saturating_add(1);
            status.consecutive_failures = status.consecutive_failures.saturating_add(1);
            status.consecutive_successes = 0;
        }
    }

    pub(super) fn status(&self) -> BreakerStatus {
        self.status
    }

    /// The change of state since the state was `from`, if there is one.
    pub(super) fn change(&self, from: BreakerState) -> Option<Change> {
        let BreakerStatus { state: to, generation, .. } = self.status;
        (from != to).then_some(Change { from, to, generation })
    }
}

/// Whether the failures of this window open the breaker.
///
/// The ratio needs a minimum number of failures, so that a single failure of the first call
/// does not open the breaker. Consecutive failures are a second criterion, because a window
/// with many earlier successes would hide a host that just went down.
fn too_many(status: &BreakerStatus, options: &BreakerOptions) -> bool {
    let share = status.failures as f64 / status.total as f64;
    let shared = status.failures >= u64::from(options.max_fail_num) && share >= options.failure_ratio;
    shared || status.consecutive_failures >= IN_A_ROW
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn at(milliseconds: u64) -> Duration {
        Duration::from_millis(milliseconds)
    }

    fn fail(machine: &mut Machine, options: &BreakerOptions, now: Duration, times: u32) {
        for _ in 0..times {
            let ticket = machine.begin(now, options).unwrap();
            machine.end(ticket, false, now, options);
        }
    }

    #[test]
    fn borders_belong_to_what_follows() {
        let options = BreakerOptions::default();
        let mut machine = Machine::new(&options, at(0));
        fail(&mut machine, &options, at(299_999), 4);
        assert_eq!(machine.advance(at(299_999), &options).failures, 4);
        let status = machine.advance(at(300_000), &options);
        assert_eq!((status.failures, status.generation), (0, 1), "a new window");
        fail(&mut machine, &options, at(300_000), 5);
        assert_eq!(machine.begin(at(359_999), &options).unwrap_err(), BreakerState::Open);
        machine.begin(at(360_000), &options).unwrap();
        assert_eq!(machine.status().state, BreakerState::HalfOpen);
    }

    #[test]
    fn late_results_of_older_generations_are_ignored() {
        let options = BreakerOptions::default();
        let mut machine = Machine::new(&options, at(0));
        let late = machine.begin(at(0), &options).unwrap();
        fail(&mut machine, &options, at(1), 5);
        let trial = machine.begin(at(60_001), &options).unwrap();
        machine.end(late, false, at(60_002), &options);
        assert_eq!(machine.status().state, BreakerState::HalfOpen, "a failure of before says nothing now");
        machine.release(late);
        assert_eq!(
            machine.advance(at(60_002), &options).trials,
            1,
            "nor does it free a slot that it never had"
        );
        machine.end(trial, false, at(60_003), &options);
        machine.release(trial);
        assert_eq!(
            machine.advance(at(60_003), &options),
            BreakerStatus { state: BreakerState::Open, generation: 3, ..BreakerStatus::default() }
        );
    }

    #[test]
    fn no_time_overflows() {
        let options =
            BreakerOptions { window_interval: Duration::MAX, open_for: Duration::MAX, ..Default::default() };
        let mut machine = Machine::new(&options, Duration::MAX - at(1));
        fail(&mut machine, &options, Duration::MAX - at(1), 5);
        assert_eq!(machine.advance(Duration::MAX - at(1), &options).state, BreakerState::Open);
    }
}
