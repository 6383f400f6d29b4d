//! Waiters: repeat a read-only call until its response shows the wanted state.
//!
//! Many actions only start something. A waiter polls the resource until it is ready:
//!
//! ```no_run
//! use std::time::Duration;
//! use cloudcall::action::ActionInfo;
//! use cloudcall::{Client, Tencent, Value, cloud_action};
//!
//! #[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12", response = Value, readonly)]
//! pub struct DescribeImages {}
//!
//! # async fn run(client: Client<Tencent>) -> Result<(), cloudcall::Error> {
//! client
//!     .describe_images()
//!     .wait_until(|response| response["ImageSet"][0]["ImageState"] == "NORMAL")
//!     .deadline(Duration::from_secs(300))
//!     .await?;
//! # Ok(())
//! # }
//! ```
//!
//! [`Waiter`] lists the settings and their defaults; [`RawWaiter`] has the same for untyped
//! calls. The check returns a `bool`, or a
//! [`Wait`] if there are failure states. A wait that fails has a [`WaitError`] with the
//! last state.

mod error;
mod poller;
mod progress;
mod raw;
mod schedule;
mod setters;
mod waiter;

use std::borrow::Cow;

pub use error::WaitError;
pub use progress::WaitProgress;
pub use raw::RawWaiter;
pub use waiter::Waiter;

use crate::response::Response;

/// The verdict of a [`wait_until`](crate::call::Invoker::wait_until) check.
///
/// Return a `bool` if there is no failure state: `true` means ready.
///
/// ```
/// use cloudcall::wait::Wait;
///
/// fn verdict(state: &str) -> Wait {
///     match state {
///         "RUNNING" => Wait::Ready,
///         "LAUNCH_FAILED" => Wait::failed("LAUNCH_FAILED"),
///         other => Wait::pending_in(other.to_owned()),
///     }
/// }
/// assert_eq!(verdict("RUNNING"), Wait::Ready);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Wait {
    /// The state is reached. The waiter returns this response.
    Ready,
    /// The state is not reached yet.
    Pending,
    /// The state is not reached yet. Progress reports and errors show the current state.
    PendingIn(Cow<'static, str>),
    /// The state cannot be reached any more, for this reason, for example the name of a
    /// failure state. The waiter returns an error of kind `WaitFailed`.
    Failed(Cow<'static, str>),
}

impl Wait {
    /// The state is not reached yet; the resource is in `state`.
    pub fn pending_in(state: impl Into<Cow<'static, str>>) -> Self {
        Self::PendingIn(state.into())
    }

    /// The state cannot be reached any more. The error shows `reason`.
    pub fn failed(reason: impl Into<Cow<'static, str>>) -> Self {
        Self::Failed(reason.into())
    }
}

/// A check of a response: any closure that returns a [`Wait`] or a `bool`.
pub trait Check<T>: FnMut(&Response<T>) -> Self::Verdict + Send {
    /// The type that the closure returns.
    type Verdict: Into<Wait>;
}

impl<T, W: Into<Wait>, F: FnMut(&Response<T>) -> W + Send> Check<T> for F {
    type Verdict = W;
}

impl From<bool> for Wait {
    fn from(ready: bool) -> Self {
        if ready { Self::Ready } else { Self::Pending }
    }
}
