//! The facts about a wait that failed.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use crate::error::Error;

/// The facts about a wait that failed: the last state, the number of polls, and the time.
///
/// [`Error::wait`](crate::Error::wait) returns it:
///
/// ```
/// fn explain(error: &cloudcall::Error) {
///     if let Some(wait) = error.wait() {
///         let state = wait.state().unwrap_or("unknown");
///         eprintln!("still {state} after {:?} and {} polls", wait.elapsed(), wait.attempts());
///     }
/// }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitError {
    /// The last state.
    pub(super) state: Option<String>,
    /// Number of polls.
    pub(super) attempts: u32,
    /// Duration of the wait.
    pub(super) elapsed: Duration,
    /// The message of the last tolerated error.
    pub(super) tolerated: Option<String>,
}

impl WaitError {
    /// The last state that the check returned: the one that ended the wait, or the one in
    /// which the resource remained.
    pub fn state(&self) -> Option<&str> {
        self.state.as_deref()
    }

    /// Number of polls.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// Duration of the wait.
    pub fn elapsed(&self) -> Duration {
        self.elapsed
    }

    /// The message of the last poll's error, if it was tolerated.
    ///
    /// It explains a wait that ended because of its deadline: for example, a resource that
    /// was never found.
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
    /// The facts about a wait, if a [`Waiter`](crate::wait::Waiter) ended with this error:
    /// because of a failure state, or because its deadline or its number of polls was
    /// reached. `None` for all other errors.
    pub fn wait(&self) -> Option<&crate::wait::WaitError> {
        StdError::source(self)?.downcast_ref()
    }
}
