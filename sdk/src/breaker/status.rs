//! What can be asked of a breaker.

use std::fmt;

/// What a breaker does with calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum BreakerState {
    /// Lets every call through, and counts how they end.
    #[default]
    Closed,
    /// Lets none through, for as long as the timeout.
    Open,
    /// Lets a few through, to find out.
    HalfOpen,
}

impl BreakerState {
    /// The state in one word: `closed`, `open` or `half_open`.
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

/// A breaker as it stands: its state and what it has counted in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct BreakerStatus {
    /// The state.
    pub state: BreakerState,
    /// How often the counters have begun anew: at each change of state, and at each new window.
    pub generation: u64,
    /// Calls that ended in this generation.
    pub total: u64,
    /// Those that failed.
    pub failures: u64,
    /// The successes since the last failure.
    pub consecutive_successes: u64,
    /// The failures since the last success.
    pub consecutive_failures: u64,
    /// Trial calls in flight, while half-open.
    pub trials: u64,
}
