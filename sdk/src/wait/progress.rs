//! Progress reports of a waiter.

use std::time::Duration;

use crate::error::Error;
use crate::response::Response;

/// A poll after which the state is not reached yet.
///
/// [`Waiter::on_progress`](crate::wait::Waiter::on_progress) receives it:
///
/// ```
/// use cloudcall::wait::WaitProgress;
///
/// fn show<T>(progress: &WaitProgress<'_, T>) {
///     println!("poll {}: {:?}, next in {:?}", progress.attempt, progress.state, progress.next);
/// }
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub struct WaitProgress<'a, T> {
    /// Number of the poll, counted from 1.
    pub attempt: u32,
    /// Time since the wait began.
    pub elapsed: Duration,
    /// The state, if the check returned one.
    pub state: Option<&'a str>,
    /// The response of this poll. `None` if it ended with a tolerated error.
    pub response: Option<&'a Response<T>>,
    /// The tolerated error of this poll.
    pub error: Option<&'a Error>,
    /// Delay before the next poll.
    pub next: Duration,
}
