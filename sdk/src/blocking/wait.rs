//! Blocks until a state is reached.

use std::future::IntoFuture;
use std::sync::Arc;
use std::time::Duration;

use super::driver::Driver;
use crate::action::Action;
use crate::error::{Error, ErrorKind};
use crate::provider::Provider;
use crate::response::Response;
use crate::retry::backoff::Backoff;
use crate::value::Value;
use crate::wait::WaitProgress;

/// The settings of a wait, for a type with the field `inner`. `$output` is the type of the responses.
macro_rules! wait_setters {
    ($life:lifetime, $output:ty, $this:ident) => {
        /// The delay after the first poll. It grows with each poll. Default: 2 s.
        pub fn delay($this, delay: Duration) -> Self {
            Self { inner: $this.inner.delay(delay), ..$this }
        }

        /// The longest delay between two polls. Default: 30 s.
        pub fn max_delay($this, delay: Duration) -> Self {
            Self { inner: $this.inner.max_delay(delay), ..$this }
        }

        /// Sets the delays by a backoff strategy, instead of [`delay`](Self::delay) and
        /// [`max_delay`](Self::max_delay).
        pub fn backoff($this, backoff: Backoff) -> Self {
            Self { inner: $this.inner.backoff(backoff), ..$this }
        }

        /// The delay before the first poll. Default: no delay.
        pub fn initial_delay($this, delay: Duration) -> Self {
            Self { inner: $this.inner.initial_delay(delay), ..$this }
        }

        /// The longest time for all polls together. Default: 10 min. `Duration::MAX` turns the limit off.
        pub fn deadline($this, time: Duration) -> Self {
            Self { inner: $this.inner.deadline(time), ..$this }
        }

        /// The maximum number of polls. Default: no limit.
        pub fn max_attempts($this, attempts: u32) -> Self {
            Self { inner: $this.inner.max_attempts(attempts), ..$this }
        }

        /// Treats errors of this kind as "not ready yet". Default: an error ends the wait.
        pub fn tolerate($this, kind: ErrorKind) -> Self {
            Self { inner: $this.inner.tolerate(kind), ..$this }
        }

        /// Treats errors for which `condition` returns true as "not ready yet", such as errors with a certain
        /// code.
        pub fn tolerate_if($this, condition: impl FnMut(&Error) -> bool + Send + $life) -> Self {
            Self { inner: $this.inner.tolerate_if(condition), ..$this }
        }

        /// Calls `progress` after each poll except the last, before the delay.
        pub fn on_progress($this, progress: impl FnMut(&WaitProgress<'_, $output>) + Send + $life) -> Self {
            Self { inner: $this.inner.on_progress(progress), ..$this }
        }
    };
}

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

    wait_setters!('a, A::Output, self);

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

/// Repeats an untyped call until a state is reached. [`wait`](Self::wait) returns the response that has it.
/// [`RawCall::wait_until`](super::RawCall::wait_until) makes it.
///
/// Limits and errors are those of the async [`Waiter`](crate::wait::Waiter).
#[must_use = "nothing is waited for until `wait` is called"]
#[derive(Debug)]
pub struct RawWaiter<'a, P: Provider> {
    inner: crate::wait::RawWaiter<'a, P>,
    driver: Arc<Driver>,
}

impl<'a, P: Provider> RawWaiter<'a, P> {
    pub(super) fn new(inner: crate::wait::RawWaiter<'a, P>, driver: Arc<Driver>) -> Self {
        Self { inner, driver }
    }

    wait_setters!('a, Value, self);

    /// Blocks until the state is reached, and returns the response that has it.
    ///
    /// # Errors
    ///
    /// Those of [`Waiter::wait`]. Kind `Config` for an action whose name does not show that it only reads, if
    /// nothing says that it does.
    pub fn wait(self) -> Result<Response<Value>, Error> {
        self.driver.block_on(self.inner.into_future())
    }
}
