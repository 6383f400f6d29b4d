//! The state and the counters of a breaker.

use std::fmt;

/// The state of a breaker: whether it admits calls.
///
/// ```
/// use cloudcall::breaker::BreakerState;
///
/// assert_eq!(BreakerState::HalfOpen.to_string(), "half_open");
/// assert_eq!(BreakerState::default(), BreakerState::Closed);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum BreakerState {
    /// Admits all calls and counts how they end.
    #[default]
    Closed,
    /// Admits no call until [`open_for`](super::BreakerOptions::open_for) has passed.
    Open,
    /// Admits a few calls as trials, to find out whether the host has recovered.
    HalfOpen,
}

impl BreakerState {
    /// The state as one word: `closed`, `open` or `half_open`. Logs and metrics use these
    /// words.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::Open => "open",
            Self::HalfOpen => "half_open",
        }
    }
}

impl fmt::Display for BreakerState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The state of a breaker and the counters of its current generation.
///
/// A generation begins with each change of state, and with each new window while the
/// breaker is closed. The counters then start at zero.
///
/// ```no_run
/// # fn run(client: cloudcall::Client<cloudcall::Tencent>) {
/// for (endpoint, status) in client.breaker_states() {
///     if status.total > 0 {
///         let percent = 100 * status.failures / status.total;
///         println!("{endpoint}: {}, {percent} % of {} calls failed", status.state, status.total);
///     }
/// }
/// # }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct BreakerStatus {
    /// The current state.
    pub state: BreakerState,
    /// Number of the current generation, counted from 0.
    pub generation: u64,
    /// Number of calls that ended in this generation.
    pub total: u64,
    /// Number of calls that failed in this generation.
    pub failures: u64,
    /// Number of successes since the last failure.
    pub consecutive_successes: u64,
    /// Number of failures since the last success.
    pub consecutive_failures: u64,
    /// Number of trials in flight. It is 0 unless the breaker is half-open.
    pub trials: u64,
}
