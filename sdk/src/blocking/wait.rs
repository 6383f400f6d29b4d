//! Blocks until a state is reached.

use std::sync::Arc;
use std::time::Duration;

use super::driver::Driver;
use crate::action::Action;
use crate::error::{Error, ErrorKind};
use crate::response::Response;
use crate::retry::backoff::Backoff;
use crate::wait::WaitProgress;

/// Repeats a read-only call until a state is reached. [`wait`](Self::wait) returns the response that has it.
///
/// Limits and errors are those of the async [`Waiter`](crate::wait::Waiter).
///
/// ```no_run
/// use cloudcall::{blocking, ErrorKind, Tencent};
/// use cloudcall::wait::Wait;
/// # use cloudcall::cloud_action;
/// # #[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12", readonly)]
/// # pub struct DescribeInstances { pub instance_ids: Option<Vec<String>> }
///
/// # fn run(client: blocking::Client<Tencent>) -> Result<(), cloudcall::Error> {
/// let running = client
///     .describe_instances()
///     .instance_ids(["ins-1"])
///     .wait_until(|list| match list["InstanceSet"][0]["InstanceState"].as_str() {
///         Some("RUNNING") => Wait::Ready,
///         Some("LAUNCH_FAILED") => Wait::failed("LAUNCH_FAILED"),
///         _ => Wait::Pending,
///     })
///     .tolerate(ErrorKind::NotFound)
///     .wait()?;
/// # Ok(())
/// # }
/// ```
#[must_use = "nothing is waited for until `wait` is called"]
#[derive(Debug)]
pub struct Waiter<'a, A: Action> {
    inner: crate::wait::Waiter<'a, A>,
    driver: Arc<Driver>,
}

impl<'a, A: Action> Waiter<'a, A> {
    pub(super) fn new(inner: crate::wait::Waiter<'a, A>, driver: Arc<Driver>) -> Self {
        Self { inner, driver }
    }

    /// The delay after the first poll. It grows with each poll. Default: 2 s.
    pub fn delay(self, delay: Duration) -> Self {
        Self { inner: self.inner.delay(delay), ..self }
    }

    /// The longest delay between two polls. Default: 30 s.
    pub fn max_delay(self, delay: Duration) -> Self {
        Self { inner: self.inner.max_delay(delay), ..self }
    }

    /// Sets the delays by a backoff strategy, instead of [`delay`](Self::delay) and
    /// [`max_delay`](Self::max_delay).
    pub fn backoff(self, backoff: Backoff) -> Self {
        Self { inner: self.inner.backoff(backoff), ..self }
    }

    /// The delay before the first poll. Default: no delay.
    pub fn initial_delay(self, delay: Duration) -> Self {
        Self { inner: self.inner.initial_delay(delay), ..self }
    }

    /// The longest time for all polls together. Default: 10 min. `Duration::MAX` turns the limit off.
    pub fn deadline(self, time: Duration) -> Self {
        Self { inner: self.inner.deadline(time), ..self }
    }

    /// The maximum number of polls. Default: no limit.
    pub fn max_attempts(self, attempts: u32) -> Self {
        Self { inner: self.inner.max_attempts(attempts), ..self }
    }

    /// Treats errors of this kind as "not ready yet". Default: an error ends the wait.
    pub fn tolerate(self, kind: ErrorKind) -> Self {
        Self { inner: self.inner.tolerate(kind), ..self }
    }

    /// Treats errors for which `condition` returns true as "not ready yet", such as errors with a certain
    /// code.
    pub fn tolerate_if(self, condition: impl FnMut(&Error) -> bool + Send + 'a) -> Self {
        Self { inner: self.inner.tolerate_if(condition), ..self }
    }

    /// Calls `progress` after each poll except the last, before the delay.
    pub fn on_progress(self, progress: impl FnMut(&WaitProgress<'_, A::Output>) + Send + 'a) -> Self {
        Self { inner: self.inner.on_progress(progress), ..self }
    }

    /// Blocks until the state is reached, and returns the response that has it.
    ///
    /// # Errors
    ///
    /// Kind `WaitFailed` if the check reports a failure. Kind `Timeout` if the deadline passes or the number
    /// of polls is used up. Otherwise the errors of a call.
    pub fn wait(self) -> Result<Response<A::Output>, Error> {
        self.driver.block_on(self.inner.run())
    }
}
