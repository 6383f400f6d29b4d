//! Waiting for a state.

use std::sync::Arc;
use std::time::Duration;

use super::driver::Driver;
use crate::action::Action;
use crate::error::{Error, ErrorKind};
use crate::response::Response;
use crate::retry::backoff::Backoff;
use crate::wait::WaitProgress;

/// A wait for a state; [`wait`](Self::wait) gives the answer that was waited for. What [`cloudcall::wait::Waiter`](crate::wait::Waiter) says
/// of limits and errors holds here.
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
///     .wait_until(|answer| match answer["InstanceSet"][0]["InstanceState"].as_str() {
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

    /// The wait after the first look, which grows with each further one. 2 seconds.
    pub fn delay(self, delay: Duration) -> Self {
        Self { inner: self.inner.delay(delay), ..self }
    }

    /// The longest wait between two looks. 30 seconds.
    pub fn max_delay(self, delay: Duration) -> Self {
        Self { inner: self.inner.max_delay(delay), ..self }
    }

    /// How the waits grow, and how much of them is left to chance: in place of delay and longest delay.
    pub fn backoff(self, backoff: Backoff) -> Self {
        Self { inner: self.inner.backoff(backoff), ..self }
    }

    /// The wait before the first look. None.
    pub fn initial_delay(self, delay: Duration) -> Self {
        Self { inner: self.inner.initial_delay(delay), ..self }
    }

    /// How long the whole may take. 10 minutes; `Duration::MAX` for no limit.
    pub fn deadline(self, time: Duration) -> Self {
        Self { inner: self.inner.deadline(time), ..self }
    }

    /// How many calls are made at most. No limit.
    pub fn max_attempts(self, attempts: u32) -> Self {
        Self { inner: self.inner.max_attempts(attempts), ..self }
    }

    /// Takes errors of this kind as not ready yet.
    pub fn tolerate(self, kind: ErrorKind) -> Self {
        Self { inner: self.inner.tolerate(kind), ..self }
    }

    /// Takes errors as not ready yet for which `condition` holds, such as those of one code.
    pub fn tolerate_if(self, condition: impl FnMut(&Error) -> bool + Send + 'a) -> Self {
        Self { inner: self.inner.tolerate_if(condition), ..self }
    }

    /// Is told of each look that was not the last, before the wait that follows.
    pub fn on_progress(self, progress: impl FnMut(&WaitProgress<'_, A::Output>) + Send + 'a) -> Self {
        Self { inner: self.inner.on_progress(progress), ..self }
    }

    /// Waits.
    pub fn wait(self) -> Result<Response<A::Output>, Error> {
        self.driver.block_on(self.inner.run())
    }
}
