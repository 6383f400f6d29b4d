//! What a waiter knew when it failed.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use crate::error::Error;

/// The last state, the number of polls and the time of a wait that failed. [`Error::wait`](crate::Error::wait) gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitError {
    pub(super) state: Option<String>,
    pub(super) attempts: u32,
    pub(super) elapsed: Duration,
    pub(super) tolerated: Option<String>,
}

impl WaitError {
    /// The last state that the check returned: the one that ended the wait, or the one in which the resource remained.
    pub fn state(&self) -> Option<&str> {
        self.state.as_deref()
    }

    /// The number of polls.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// The time that the wait took.
    pub fn elapsed(&self) -> Duration {
        self.elapsed
    }

    /// The error of the last poll, if it was a tolerated one.
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
    /// What a [`Waiter`](crate::wait::Waiter) knew when it ended with this error: because of a failure state, or because its time or its
    /// polls were used up. `None` for all other errors.
    pub fn wait(&self) -> Option<&crate::wait::WaitError> {
        StdError::source(self)?.downcast_ref()
    }
}
