//! What a wait tells while it lasts.

use std::time::Duration;

use crate::error::Error;
use crate::response::Response;

/// One look at what is waited for: it is not ready yet, and another look follows.
#[derive(Debug)]
#[non_exhaustive]
pub struct WaitProgress<'a, T> {
    /// The number of the call, from 1.
    pub attempt: u32,
    /// Since the wait began.
    pub elapsed: Duration,
    /// The state that the closure named, if it did.
    pub state: Option<&'a str>,
    /// The answer of this call, unless it was a tolerated error.
    pub response: Option<&'a Response<T>>,
    /// The tolerated error of this call.
    pub error: Option<&'a Error>,
    /// How long until the next call.
    pub next: Duration,
}
