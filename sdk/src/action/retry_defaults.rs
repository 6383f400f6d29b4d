//! What an action declares about its own retries. It is a constant of plain values, so that
//! it can be part of a constant [`ActionInfo`](super::ActionInfo); a
//! [`RetryPolicy`](crate::retry::RetryPolicy) is made from it when a call begins.

use std::time::Duration;

/// Retry settings that an action declares: `#[cloud_action(retry(max_attempts = 5,
/// base_delay = "500ms"))]`.
///
/// They hold for clients that have no policy of their own. A policy of the client replaces
/// all of them, and a policy of the call replaces both. Settings that are missing are as in
/// [`RetryPolicy::standard`](crate::retry::RetryPolicy::standard).
///
/// ```
/// use std::time::Duration;
/// use cloudcall::action::ActionInfo;
/// use cloudcall::retry::RetryDefaults;
///
/// const PATIENT: RetryDefaults =
///     RetryDefaults::new().max_attempts(5).base_delay(Duration::from_millis(500));
/// const INFO: ActionInfo =
///     ActionInfo::new("cvm", "2017-03-12", "DescribeZones").with_retry(PATIENT);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RetryDefaults {
    /// Maximum number of attempts.
    pub(crate) max_attempts: Option<u32>,
    /// The longest delay before the second attempt.
    pub(crate) base_delay: Option<Duration>,
    /// The longest delay before any attempt.
    pub(crate) max_delay: Option<Duration>,
}

impl RetryDefaults {
    /// Nothing is set.
    pub const fn new() -> Self {
        Self { max_attempts: None, base_delay: None, max_delay: None }
    }

    /// Sets the maximum number of attempts, the first one included. Default: 3.
    #[must_use]
    pub const fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = Some(attempts);
        self
    }

    /// Sets the longest delay before the second attempt. Default: 100 ms.
    #[must_use]
    pub const fn base_delay(mut self, delay: Duration) -> Self {
        self.base_delay = Some(delay);
        self
    }

    /// Sets the longest delay before any attempt. Default: 20 s.
    #[must_use]
    pub const fn max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = Some(delay);
        self
    }
}
