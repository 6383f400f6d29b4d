//! The waits of a call that are not for a response.

use std::time::Duration;

/// A call has waited for something other than a response.
///
/// ```
/// use cloudcall::observe::{Listener, WaitReason};
///
/// let listener = Listener::new().on_wait(|wait| {
///     if wait.reason == WaitReason::Limiter {
///         eprintln!("{} waited {:?} for the limiter", wait.action, wait.time);
///     }
/// });
/// ```
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Waited<'a> {
    /// Name of the provider, for example `tencent`.
    pub provider: &'static str,
    /// Name of the product, for example `cvm`.
    pub product: &'a str,
    /// Name of the action, for example `DescribeInstances`.
    pub action: &'a str,
    /// What the call waited for.
    pub reason: WaitReason,
    /// How long it waited.
    pub time: Duration,
}

impl<'a> Waited<'a> {
    /// A wait of `time`. Calls make it themselves; this is for tests of observers and of closures.
    ///
    /// ```
    /// use std::time::Duration;
    /// use cloudcall::observe::{WaitReason, Waited};
    ///
    /// let second = Duration::from_secs(1);
    /// let wait = Waited::new("tencent", "cvm", "DescribeZones", WaitReason::Limiter, second);
    /// assert_eq!(wait.reason, WaitReason::Limiter);
    /// ```
    pub fn new(
        provider: &'static str,
        product: &'a str,
        action: &'a str,
        reason: WaitReason,
        time: Duration,
    ) -> Self {
        Self { provider, product, action, reason, time }
    }
}

/// What a call can wait for, other than a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum WaitReason {
    /// A permit of the client's limiter.
    Limiter,
    /// A credential that was not cached.
    Credential,
    /// The backoff before a retry.
    Retry,
    /// The delay before a call is repeated because its response is unfinished. See
    /// [`RetryPolicy::while_unfinished`](crate::retry::RetryPolicy::while_unfinished).
    Unfinished,
}

impl WaitReason {
    /// The reason in one word, for labels: `limiter`, `credential`, `retry` or
    /// `unfinished`.
    ///
    /// ```
    /// use cloudcall::observe::WaitReason;
    ///
    /// assert_eq!(WaitReason::Credential.as_str(), "credential");
    /// ```
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Limiter => "limiter",
            Self::Credential => "credential",
            Self::Retry => "retry",
            Self::Unfinished => "unfinished",
        }
    }
}
