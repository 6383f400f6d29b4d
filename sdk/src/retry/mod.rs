//! What is sent again, and when: decided on facts about the failure, never on what sent it.

pub(crate) mod backoff;
pub(crate) mod quota;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use derive_builder::Builder;

use crate::action::info::Repeat;
use crate::context::Context;
use crate::error::Error;
use crate::provider::Answer;
use crate::retry::backoff::Backoff;

/// Whether, and how long after a failure, a call is sent again.
///
/// The standard policy makes up to 3 attempts. What never left, and what the service throttled, is always safe to
/// repeat; anything that may have reached the server only if the action is read only, idempotent or carries
/// an idempotency token.
///
/// ```
/// use std::time::Duration;
/// use cloudcall::RetryPolicy;
///
/// let patient = RetryPolicy::standard().max_attempts(5).base_delay(Duration::from_millis(500));
/// let never = RetryPolicy::none();
/// ```
#[derive(Clone)]
pub struct RetryPolicy {
    options: RetryOptions,
    condition: Option<Arc<Condition>>,
    unfinished: Option<Arc<Unfinished>>,
}

type Condition = dyn Fn(&Failure<'_>) -> Option<bool> + Send + Sync;
type Unfinished = dyn Fn(&Answer<'_>) -> bool + Send + Sync;

/// The figures of a [`RetryPolicy`].
#[derive(Debug, Clone, Copy, PartialEq, Builder)]
#[builder_struct_attr(must_use = "options do nothing before `build`")]
#[builder(default, derive(Debug), build_fn(error = "Error", validate = "Self::check"), pattern = "owned")]
#[non_exhaustive]
pub struct RetryOptions {
    /// How many requests are sent at most, the first included. 3.
    pub max_attempts: u32,
    /// How long to wait before each retry. Full jitter from 100 milliseconds to 20 seconds.
    pub backoff: Backoff,
    /// How long to wait before each retry of a call that was throttled, if that differs.
    #[builder(setter(strip_option))]
    pub throttled_backoff: Option<Backoff>,
    /// The longest wait that a server's `Retry-After` may ask for. 20 seconds.
    pub max_retry_after: Duration,
    /// Tokens for retries that all calls of a client share. 500.
    pub quota: u32,
}

impl RetryOptions {
    /// Starts from the standard figures.
    pub fn builder() -> RetryOptionsBuilder {
        RetryOptionsBuilder::default()
    }
}

impl Default for RetryOptions {
    fn default() -> Self {
        Self {
            max_attempts: 3,
            backoff: Backoff::default(),
            throttled_backoff: None,
            max_retry_after: Duration::from_secs(20),
            quota: 500,
        }
    }
}

impl RetryOptionsBuilder {
    fn check(&self) -> Result<(), Error> {
        if self.max_attempts == Some(0) {
            return Err(Error::config("max_attempts is 0, but the first attempt counts: use 1 for no retry"));
        }
        Ok(())
    }
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self::standard()
    }
}

impl From<RetryOptions> for RetryPolicy {
    fn from(options: RetryOptions) -> Self {
        Self { options, condition: None, unfinished: None }
    }
}

impl RetryPolicy {
    /// Whether it is the standard policy, without conditions.
    pub(crate) fn is_default(&self) -> bool {
        self.options == RetryOptions::default() && self.condition.is_none() && self.unfinished.is_none()
    }

    /// Up to 3 attempts, exponential back-off from 100 ms, full jitter.
    pub fn standard() -> Self {
        RetryOptions::default().into()
    }

    /// One attempt.
    pub fn none() -> Self {
        Self::standard().max_attempts(1)
    }

    /// Sets how many requests are sent at most, the first included; 0 counts as 1.
    #[must_use]
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.options.max_attempts = attempts.max(1);
        self
    }

    /// Sets how long to wait before each retry.
    #[must_use]
    pub fn backoff(mut self, backoff: Backoff) -> Self {
        self.options.backoff = backoff;
        self
    }

    /// Sets how long to wait before each retry of a call that was throttled; otherwise as for any failure.
    #[must_use]
    pub fn throttled_backoff(mut self, backoff: Backoff) -> Self {
        self.options.throttled_backoff = Some(backoff);
        self
    }

    /// Sets the longest wait before the second attempt.
    #[must_use]
    pub fn base_delay(mut self, delay: Duration) -> Self {
        self.options.backoff = self.options.backoff.with_first(delay);
        self
    }

    /// Sets the longest wait of all.
    #[must_use]
    pub fn max_delay(mut self, delay: Duration) -> Self {
        self.options.backoff = self.options.backoff.with_cap(delay);
        self
    }

    /// Sets the longest wait that a server's `Retry-After` may ask for.
    #[must_use]
    pub fn max_retry_after(mut self, wait: Duration) -> Self {
        self.options.max_retry_after = wait;
        self
    }

    /// Leaves nothing to chance: each wait is as long as it may be. For tests.
    #[must_use]
    pub fn without_jitter(mut self) -> Self {
        self.options.backoff = self.options.backoff.without_jitter();
        self.options.throttled_backoff = self.options.throttled_backoff.map(Backoff::without_jitter);
        self
    }

    /// Asks `condition` first: `Some(true)` retries, `Some(false)` stops, `None` leaves it to the policy.
    ///
    /// It cannot add attempts, and cannot make an unsafe call be sent twice: where the call may have been carried
    /// out and must not be repeated, the call ends whatever it says.
    #[must_use]
    pub fn when(mut self, condition: impl Fn(&Failure<'_>) -> Option<bool> + Send + Sync + 'static) -> Self {
        self.condition = Some(Arc::new(condition));
        self
    }

    /// Calls again while `unfinished` says so of a good answer, such as a state that is still `PENDING`.
    ///
    /// Only actions that may be repeated are. It shares the attempts and the waits with failures, but costs no quota.
    ///
    /// The last that was learned is the call's. So when attempts or time are used up, also in the middle of an attempt, it is the
    /// last answer, `unfinished` as it is; but an error that comes after that answer, and is not retried with success, is an error:
    /// what was pending may be gone. Where a state must be reached, and which errors may pass, is for
    /// [`wait_until`](crate::Invoker::wait_until).
    ///
    /// ```
    /// use cloudcall::RetryPolicy;
    ///
    /// let policy = RetryPolicy::standard().max_attempts(10).while_answer(|answer| {
    ///     let found: Result<cloudcall::json::Value, _> = cloudcall::json::from_slice(answer.body);
    ///     found.is_ok_and(|found| found["Response"]["Status"] == "PENDING")
    /// });
    /// ```
    #[must_use]
    pub fn while_answer(mut self, unfinished: impl Fn(&Answer<'_>) -> bool + Send + Sync + 'static) -> Self {
        self.unfinished = Some(Arc::new(unfinished));
        self
    }

    /// The figures.
    pub fn options(&self) -> &RetryOptions {
        &self.options
    }

    /// Whether the failed call may be sent again; says nothing of quota and time left.
    pub fn allows(&self, failure: &Failure<'_>) -> bool {
        if failure.attempt >= self.options.max_attempts || !failure.is_safe() {
            return false;
        }
        let asked = self.condition.as_ref().and_then(|condition| condition(failure));
        asked.unwrap_or_else(|| failure.error.is_retryable())
    }

    /// How long to wait before asking again after a good answer that is not the last; `None` if it is.
    pub(crate) fn again(
        &self,
        answer: &Answer<'_>,
        attempt: u32,
        repeat: Repeat,
        context: &Context,
    ) -> Option<Duration> {
        let unfinished = self.unfinished.as_ref()?;
        let again = attempt < self.options.max_attempts && repeat.is_safe() && unfinished(answer);
        again.then(|| self.options.backoff.wait(attempt, || context.fraction()))
    }

    /// How long to wait before the attempt that follows attempt number `attempt`.
    pub(crate) fn delay(&self, failure: &Failure<'_>, context: &Context) -> Duration {
        if let Some(asked) = failure.error.retry_after() {
            return asked.min(self.options.max_retry_after);
        }
        let throttled = self.options.throttled_backoff.filter(|_| failure.error.is_throttled());
        throttled.unwrap_or(self.options.backoff).wait(failure.attempt, || context.fraction())
    }
}

impl fmt::Debug for RetryPolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RetryPolicy")
            .field("options", &self.options)
            .field("condition", &self.condition.is_some())
            .field("unfinished", &self.unfinished.is_some())
            .finish()
    }
}

/// The facts on which a retry is decided.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Failure<'a> {
    /// What went wrong.
    pub error: &'a Error,
    /// The number of the attempt that failed; the first is 1.
    pub attempt: u32,
    /// What the action allows.
    pub repeat: Repeat,
}

impl Failure<'_> {
    /// Whether sending the call again cannot do its work twice.
    pub fn is_safe(&self) -> bool {
        self.repeat.is_safe() || !self.error.may_have_been_sent() || self.error.is_throttled()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::{ErrorKind, Sent};

    fn failure(error: &Error, attempt: u32, repeat: Repeat) -> Failure<'_> {
        Failure { error, attempt, repeat }
    }

    #[test]
    fn only_what_is_safe_is_repeated() {
        let policy = RetryPolicy::standard();
        let refused = Error::new(ErrorKind::Connect, "refused");
        let reset = Error::new(ErrorKind::Io, "reset").with_sent(Sent::Maybe);
        let wrong = Error::new(ErrorKind::Service, "bad parameter").with_sent(Sent::Answered);
        assert!(policy.allows(&failure(&refused, 1, Repeat::Unsafe)));
        assert!(!policy.allows(&failure(&reset, 1, Repeat::Unsafe)));
        assert!(policy.allows(&failure(&reset, 1, Repeat::Idempotent)));
        assert!(policy.allows(&failure(&reset, 2, Repeat::ReadOnly)));
        assert!(!policy.allows(&failure(&reset, 3, Repeat::ReadOnly)), "the third attempt was the last");
        assert!(!policy.allows(&failure(&wrong, 1, Repeat::ReadOnly)));
    }

    #[test]
    fn a_bad_certificate_is_final() {
        let untrusted = Error::new(ErrorKind::Tls, "untrusted");
        assert!(!RetryPolicy::standard().allows(&failure(&untrusted, 1, Repeat::ReadOnly)));
    }

    #[test]
    fn a_condition_cannot_repeat_an_unsafe_call() {
        let eager = RetryPolicy::standard().when(|_| Some(true));
        let reset = Error::new(ErrorKind::Io, "reset").with_sent(Sent::Maybe);
        assert!(!eager.allows(&failure(&reset, 1, Repeat::Unsafe)));
        assert!(eager.allows(&failure(&reset, 1, Repeat::ReadOnly)));
        let wrong = Error::new(ErrorKind::Service, "pending").with_sent(Sent::Answered);
        assert!(eager.allows(&failure(&wrong, 1, Repeat::Unsafe)), "the service said that it did nothing");
    }

    #[test]
    fn waits_double_up_to_the_cap_and_obey_retry_after() {
        let policy = RetryPolicy::standard().max_attempts(u32::MAX).without_jitter();
        let context = Context::system();
        let error = Error::new(ErrorKind::Connect, "refused");
        let wait = |attempt| policy.delay(&failure(&error, attempt, Repeat::ReadOnly), &context);
        assert_eq!([wait(1), wait(2), wait(3)].map(|wait| wait.as_millis()), [100, 200, 400]);
        assert_eq!(wait(9), Duration::from_secs(20));
        assert_eq!(wait(1_000), Duration::from_secs(20));
        let asked = Error::new(ErrorKind::Throttled, "slow").with_retry_after(Some(Duration::from_secs(3)));
        assert_eq!(policy.delay(&failure(&asked, 1, Repeat::Unsafe), &context), Duration::from_secs(3));
        let absurd =
            Error::new(ErrorKind::Throttled, "slow").with_retry_after(Some(Duration::from_secs(1 << 40)));
        assert_eq!(policy.delay(&failure(&absurd, 1, Repeat::Unsafe), &context), Duration::from_secs(20));
    }
}
