//! How far a wait had come when it ended without what it waited for.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use crate::error::Error;

/// How far a wait had come when it failed. [`Error::wait`](crate::Error::wait) gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitError {
    pub(super) state: Option<String>,
    pub(super) attempts: u32,
    pub(super) elapsed: Duration,
    pub(super) tolerated: Option<String>,
}

impl WaitError {
    /// The last state that the closure named: the one that ended the wait, or the one that lasted too long.
    pub fn state(&self) -> Option<&str> {
        self.state.as_deref()
    }

    /// How many calls were made.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// How long it took.
    pub fn elapsed(&self) -> Duration {
        self.elapsed
    }

    /// The error of the last call, where that was one of those that are tolerated.
    pub fn last_error(&self) -> Option<&str> {
        self.tolerated.as_deref()
    }
}

impl fmt::Display for WaitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let calls = if self.attempts == 1 { "call" } else { "calls" };
        write!(f, "{} {calls} in {:?}", self.attempts, self.elapsed)?;
        if let Some(state) = &self.state {
            write!(f, ", last state {state}")?;
        }
        match &self.tolerated {
            Some(error) => write!(f, ", last error: {error}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for WaitError {}

impl Error {
    /// How far a wait had come, if it was a [`Waiter`](crate::Waiter) that ended with this error: because of a state, or because
    /// its time or its attempts were used up.
    pub fn wait(&self) -> Option<&crate::wait::WaitError> {
        StdError::source(self)?.downcast_ref()
    }
}
