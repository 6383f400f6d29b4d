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

impl<T> WaitProgress<'_, T> {
    /// The first poll, with neither state, response nor error. The public fields can be changed afterwards.
    ///
    /// A waiter makes it itself; this is for tests of closures.
    ///
    /// ```
    /// use std::time::Duration;
    /// use cloudcall::wait::WaitProgress;
    ///
    /// fn line<T>(progress: &WaitProgress<'_, T>) -> String {
    ///     format!("poll {}: {}", progress.attempt, progress.state.unwrap_or("?"))
    /// }
    ///
    /// let mut progress = WaitProgress::<()>::new(Duration::from_secs(2));
    /// progress.state = Some("PENDING");
    /// assert_eq!(line(&progress), "poll 1: PENDING");
    /// ```
    pub fn new(next: Duration) -> Self {
        Self { attempt: 1, elapsed: Duration::ZERO, state: None, response: None, error: None, next }
    }
}
