//! Retries: which failed attempts are repeated, and after which delay. The policy decides
//! on facts about the failure.

pub(crate) mod backoff;
pub(crate) mod quota;

pub use crate::action::retry_defaults::RetryDefaults;
pub use backoff::Backoff;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use backon::BackoffBuilder;
use derive_builder::Builder;

use crate::action::info::Idempotency;
use crate::context::Context;
use crate::error::Error;
use crate::provider::RawResponse;

/// Decides which failed attempts of a call are repeated, and after which delay.
///
/// Requests that were never sent, and requests that the service throttled, may always be
/// repeated. A request that may have reached the server is repeated only if repeating it is
/// safe: the action is read-only, it is idempotent, or it carries an idempotency token.
///
/// | setting | default |
/// | --- | --- |
/// | [`max_attempts`](Self::max_attempts) | 3, the first attempt included |
/// | [`backoff`](Self::backoff) | exponential with full jitter, 100 ms doubled up to 20 s |
/// | [`max_retry_after`](Self::max_retry_after) | 20 s |
/// | [`RetryOptions::quota`] | 500 tokens, shared by all calls of a client |
///
/// ```
/// use std::time::Duration;
/// use cloudcall::retry::RetryPolicy;
///
/// let patient = RetryPolicy::standard().max_attempts(5).base_delay(Duration::from_millis(500));
/// let never = RetryPolicy::none();
/// ```
///
/// A client has a policy ([`ClientBuilder::retry`](crate::client::ClientBuilder::retry)),
/// and a call can have another one
/// ([`Invoker::with_retry`](crate::call::Invoker::with_retry)).
///
/// # Troubleshooting
///
/// *A failed call has `attempts() == 1`, although the error is transient.* The request may
/// have reached the server, and the action is neither read-only nor idempotent. If
/// repeating it does no harm, declare the action `idempotent`, give it an idempotency
/// token, or set [`with_idempotency`](crate::call::Invoker::with_idempotency) for the call.
///
/// *Calls fail at once during an outage, without a retry.* The client's retry quota is used
/// up. It fills again with each call that succeeds. This protects the service from a
/// multiple of its usual load.
///
/// *A retry waits longer than the backoff says.* The server sent `Retry-After`.
/// [`max_retry_after`](Self::max_retry_after) limits it.
#[derive(Clone)]
pub struct RetryPolicy {
    options: RetryOptions,
    condition: Option<Arc<Condition>>,
    unfinished: Option<Arc<Unfinished>>,
    /// Makes the delays of a call, in place of the backoff of the options.
    builder: Option<Arc<DelaysBuilder>>,
}

/// The delays of one call that uses a [`RetryPolicy::backoff_builder`].
pub(crate) type Delays = Box<dyn backon::Backoff>;
type DelaysBuilder = dyn Fn() -> Delays + Send + Sync;
type Condition = dyn Fn(&Failure<'_>) -> Option<bool> + Send + Sync;
type Unfinished = dyn Fn(&RawResponse<'_>) -> bool + Send + Sync;

/// The settings of a [`RetryPolicy`] that are plain values.
///
/// ```
/// use cloudcall::retry::{RetryOptions, RetryPolicy};
///
/// # fn main() -> Result<(), cloudcall::Error> {
/// let policy: RetryPolicy = RetryOptions::builder().max_attempts(5).quota(10).build()?.into();
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Builder)]
#[builder_struct_attr(must_use = "options do nothing before `build`")]
#[builder(default, derive(Debug), build_fn(error = "Error", validate = "Self::check"), pattern = "owned")]
#[non_exhaustive]
pub struct RetryOptions {
    /// Maximum number of attempts, the first one included. Default: 3.
    pub max_attempts: u32,
    /// The delay before each retry. Default: exponential with full jitter, 100 ms doubled
    /// up to 20 s.
    pub backoff: Backoff,
    /// The delay before each retry of a throttled call. Default: the same as `backoff`.
    #[builder(setter(strip_option))]
    pub throttled_backoff: Option<Backoff>,
    /// The longest delay that is accepted from a server's `Retry-After`. A longer one is
    /// shortened to this. Default: 20 s.
    pub max_retry_after: Duration,
    /// Size of the retry quota, in tokens. All calls of a client share it. A retry costs 5
    /// tokens, a retry after a timeout 10; a call that succeeds gives tokens back. Default:
    /// 500.
    pub quota: u32,
}

impl RetryOptions {
    /// Starts a builder with the defaults.
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
        Self { options, condition: None, unfinished: None, builder: None }
    }
}

impl From<RetryDefaults> for RetryPolicy {
    fn from(defaults: RetryDefaults) -> Self {
        let mut policy = Self::standard();
        if let Some(attempts) = defaults.max_attempts {
            policy = policy.max_attempts(attempts);
        }
        if let Some(delay) = defaults.base_delay {
            policy = policy.base_delay(delay);
        }
        if let Some(delay) = defaults.max_delay {
            policy = policy.max_delay(delay);
        }
        policy
    }
}

impl RetryPolicy {
    /// True if it is the standard policy, without conditions. The defaults of an action
    /// replace such a policy of a client that did not set one.
    pub(crate) fn is_default(&self) -> bool {
        self.options == RetryOptions::default()
            && self.condition.is_none()
            && self.unfinished.is_none()
            && self.builder.is_none()
    }

    /// The default policy: up to 3 attempts, exponential backoff with full jitter from 100
    /// ms to 20 s.
    pub fn standard() -> Self {
        RetryOptions::default().into()
    }

    /// A policy without retries: one attempt.
    pub fn none() -> Self {
        Self::standard().max_attempts(1)
    }

    /// Sets the maximum number of attempts, the first one included. 0 is treated as 1.
    /// Default: 3.
    #[must_use]
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.options.max_attempts = attempts.max(1);
        self
    }

    /// Sets the delay before each retry. Default: [`Backoff::full_jitter`] from 100 ms to
    /// 20 s.
    #[must_use]
    pub fn backoff(mut self, backoff: Backoff) -> Self {
        (self.options.backoff, self.builder) = (backoff, None);
        self
    }

    /// Takes the delays from a backoff of the crate [`backon`], such as its Fibonacci
    /// backoff. Each call builds it anew and takes one delay before each retry. If it gives
    /// no further delay, the call is not retried.
    ///
    /// It replaces [`backoff`](Self::backoff) and
    /// [`throttled_backoff`](Self::throttled_backoff). A longer `Retry-After` of the server
    /// still takes precedence. [`max_attempts`](Self::max_attempts) limits the attempts as well, so set
    /// it at least as high as the builder's own limit.
    ///
    /// ```
    /// use std::time::Duration;
    /// use backon::FibonacciBuilder;
    /// use cloudcall::retry::RetryPolicy;
    ///
    /// let delays = FibonacciBuilder::new()
    ///     .with_min_delay(Duration::from_millis(200))
    ///     .with_jitter()
    ///     .with_max_times(6);
    /// let policy = RetryPolicy::standard().max_attempts(7).backoff_builder(delays);
    /// ```
    #[must_use]
    pub fn backoff_builder<B>(mut self, builder: B) -> Self
    where
        B: BackoffBuilder + Clone + Send + Sync + 'static,
        B::Backoff: 'static,
    {
        self.builder = Some(Arc::new(move || Box::new(builder.clone().build())));
        self
    }

    /// Sets the delay before each retry of a throttled call. Default: the same as for other
    /// failures.
    #[must_use]
    pub fn throttled_backoff(mut self, backoff: Backoff) -> Self {
        self.options.throttled_backoff = Some(backoff);
        self
    }

    /// Sets the base of the backoff: the longest delay before the second attempt. Default:
    /// 100 ms.
    #[must_use]
    pub fn base_delay(mut self, delay: Duration) -> Self {
        self.options.backoff = self.options.backoff.with_first(delay);
        self
    }

    /// Sets the cap of the backoff: the longest delay before any attempt. Default: 20 s.
    #[must_use]
    pub fn max_delay(mut self, delay: Duration) -> Self {
        self.options.backoff = self.options.backoff.with_cap(delay);
        self
    }

    /// Sets the longest delay that is accepted from a server's `Retry-After`. Default: 20
    /// s.
    #[must_use]
    pub fn max_retry_after(mut self, wait: Duration) -> Self {
        self.options.max_retry_after = wait;
        self
    }

    /// Removes the jitter: each delay is the longest one that the backoff allows. Meant for
    /// tests.
    #[must_use]
    pub fn without_jitter(mut self) -> Self {
        self.options.backoff = self.options.backoff.without_jitter();
        self.options.throttled_backoff = self.options.throttled_backoff.map(Backoff::without_jitter);
        self
    }

    /// Asks `condition` about each failure first. `Some(true)` repeats the call,
    /// `Some(false)` ends it, and `None` leaves the decision to the policy.
    ///
    /// A condition cannot add attempts, and it cannot make an unsafe call be sent twice. If
    /// the call may have been carried out and must not be repeated, the call ends whatever
    /// the condition returns.
    ///
    /// ```
    /// use cloudcall::retry::RetryPolicy;
    ///
    /// let policy = RetryPolicy::standard().when(|failure| match failure.error.code() {
    ///     Some("ResourceBusy") => Some(true),
    ///     Some("QuotaExceeded") => Some(false),
    ///     _ => None,
    /// });
    /// ```
    #[must_use]
    pub fn when(mut self, condition: impl Fn(&Failure<'_>) -> Option<bool> + Send + Sync + 'static) -> Self {
        self.condition = Some(Arc::new(condition));
        self
    }

    /// Repeats the call while `unfinished` returns true for a successful response, for
    /// example while a state is `PENDING`.
    ///
    /// Only calls that are safe to repeat are repeated. Such attempts count like retries
    /// and use the same delays, but they cost no quota.
    ///
    /// If attempts or time run out, the call returns the last response, even if it is still
    /// unfinished. If a later attempt fails with an error that retries do not recover, the
    /// call returns that error instead: the pending resource may be gone. To wait until a
    /// state is reached, use [`wait_until`](crate::call::Invoker::wait_until).
    ///
    /// ```
    /// use cloudcall::retry::RetryPolicy;
    ///
    /// let policy = RetryPolicy::standard().max_attempts(10).while_unfinished(|response| {
    ///     let found: Result<cloudcall::json::Value, _> = cloudcall::json::from_slice(response.body);
    ///     found.is_ok_and(|found| found["Response"]["Status"] == "PENDING")
    /// });
    /// ```
    #[must_use]
    pub fn while_unfinished(
        mut self,
        unfinished: impl Fn(&RawResponse<'_>) -> bool + Send + Sync + 'static,
    ) -> Self {
        self.unfinished = Some(Arc::new(unfinished));
        self
    }

    /// The settings that are plain values.
    pub fn options(&self) -> &RetryOptions {
        &self.options
    }

    /// Whether the policy repeats the call after this failure. The retry quota and the
    /// remaining time are not considered.
    pub fn allows(&self, failure: &Failure<'_>) -> bool {
        if failure.attempt >= self.options.max_attempts || !failure.is_safe() {
            return false;
        }
        let asked = self.condition.as_ref().and_then(|condition| condition(failure));
        asked.unwrap_or_else(|| failure.error.is_retryable())
    }

    /// Whether the call is repeated because this response is unfinished.
    pub(crate) fn is_unfinished(
        &self,
        response: &RawResponse<'_>,
        attempt: u32,
        idempotency: Idempotency,
    ) -> bool {
        let Some(unfinished) = &self.unfinished else { return false };
        attempt < self.options.max_attempts && idempotency.is_safe() && unfinished(response)
    }

    /// The delay before the attempt that follows a failure. `None`: the backoff of the user
    /// gives no further delay.
    pub(crate) fn delay(
        &self,
        failure: &Failure<'_>,
        delays: &mut Option<Delays>,
        context: &Context,
    ) -> Option<Duration> {
        let throttled = self.options.throttled_backoff.filter(|_| failure.error.is_throttled());
        let backoff = throttled.unwrap_or(self.options.backoff);
        let delay = self.next_delay(backoff, failure.attempt, delays, context)?;
        // A server that asks for no delay must not take backoff and jitter away.
        let asked = failure.error.retry_after().unwrap_or_default();
        Some(asked.min(self.options.max_retry_after).max(delay))
    }

    /// The delay before a call is repeated whose response is unfinished.
    pub(crate) fn unfinished_delay(
        &self,
        attempt: u32,
        delays: &mut Option<Delays>,
        context: &Context,
    ) -> Option<Duration> {
        self.next_delay(self.options.backoff, attempt, delays, context)
    }

    fn next_delay(
        &self,
        backoff: Backoff,
        attempt: u32,
        delays: &mut Option<Delays>,
        context: &Context,
    ) -> Option<Duration> {
        match &self.builder {
            Some(builder) => delays.get_or_insert_with(|| builder()).next(),
            None => Some(backoff.wait(attempt, || context.fraction())),
        }
    }
}

impl fmt::Debug for RetryPolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RetryPolicy")
            .field("options", &self.options)
            .field("condition", &self.condition.is_some())
            .field("unfinished", &self.unfinished.is_some())
            .field("backoff_builder", &self.builder.is_some())
            .finish()
    }
}

/// The facts about a failed attempt. A condition of [`RetryPolicy::when`] receives them.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Failure<'a> {
    /// The error of the attempt.
    pub error: &'a Error,
    /// The number of the failed attempt. The first attempt is 1.
    pub attempt: u32,
    /// Whether the call may be repeated if it may have reached the server.
    pub idempotency: Idempotency,
}

impl<'a> Failure<'a> {
    /// The facts about a failed attempt, to test a condition of your own.
    ///
    /// ```
    /// use cloudcall::action::Idempotency;
    /// use cloudcall::retry::Failure;
    /// use cloudcall::{Error, ErrorKind};
    ///
    /// let retry_busy = |failure: &Failure<'_>| failure.error.code().map(|code| code == "ResourceBusy");
    ///
    /// let error = Error::new(ErrorKind::Service, "busy").with_code("ResourceBusy");
    /// assert_eq!(retry_busy(&Failure::new(&error, 1, Idempotency::Unsafe)), Some(true));
    /// ```
    pub fn new(error: &'a Error, attempt: u32, idempotency: Idempotency) -> Self {
        Self { error, attempt, idempotency }
    }

    /// Whether the call can be repeated without doing its work twice.
    pub fn is_safe(&self) -> bool {
        self.idempotency.is_safe() || !self.error.may_have_been_sent() || self.error.is_throttled()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::{ErrorKind, SendState};

    fn failure(error: &Error, attempt: u32, idempotency: Idempotency) -> Failure<'_> {
        Failure { error, attempt, idempotency }
    }

    #[test]
    fn only_what_is_safe_is_repeated() {
        let policy = RetryPolicy::standard();
        let refused = Error::new(ErrorKind::Connect, "refused");
        let reset = Error::new(ErrorKind::Io, "reset").with_sent(SendState::Maybe);
        let wrong = Error::new(ErrorKind::Service, "bad parameter").with_sent(SendState::Answered);
        assert!(policy.allows(&failure(&refused, 1, Idempotency::Unsafe)));
        assert!(!policy.allows(&failure(&reset, 1, Idempotency::Unsafe)));
        assert!(policy.allows(&failure(&reset, 1, Idempotency::Idempotent)));
        assert!(policy.allows(&failure(&reset, 2, Idempotency::ReadOnly)));
        assert!(!policy.allows(&failure(&reset, 3, Idempotency::ReadOnly)), "the third attempt was the last");
        assert!(!policy.allows(&failure(&wrong, 1, Idempotency::ReadOnly)));
    }

    #[test]
    fn a_bad_certificate_is_final() {
        let untrusted = Error::new(ErrorKind::Tls, "untrusted");
        assert!(!RetryPolicy::standard().allows(&failure(&untrusted, 1, Idempotency::ReadOnly)));
    }

    #[test]
    fn a_condition_cannot_repeat_an_unsafe_call() {
        let eager = RetryPolicy::standard().when(|_| Some(true));
        let reset = Error::new(ErrorKind::Io, "reset").with_sent(SendState::Maybe);
        assert!(!eager.allows(&failure(&reset, 1, Idempotency::Unsafe)));
        assert!(eager.allows(&failure(&reset, 1, Idempotency::ReadOnly)));
        let wrong = Error::new(ErrorKind::Service, "pending").with_sent(SendState::Answered);
        assert!(
            eager.allows(&failure(&wrong, 1, Idempotency::Unsafe)),
            "the service said that it did nothing"
        );
    }

    #[test]
    fn waits_double_up_to_the_cap_and_obey_retry_after() {
        let policy = RetryPolicy::standard().max_attempts(u32::MAX).without_jitter();
        let context = Context::system();
        let error = Error::new(ErrorKind::Connect, "refused");
        let delay = |failure: &Failure<'_>| policy.delay(failure, &mut None, &context).unwrap();
        let wait = |attempt| delay(&failure(&error, attempt, Idempotency::ReadOnly));
        assert_eq!([wait(1), wait(2), wait(3)].map(|wait| wait.as_millis()), [100, 200, 400]);
        assert_eq!(wait(9), Duration::from_secs(20));
        assert_eq!(wait(1_000), Duration::from_secs(20));
        let asked = Error::new(ErrorKind::Throttled, "slow").with_retry_after(Some(Duration::from_secs(3)));
        assert_eq!(delay(&failure(&asked, 1, Idempotency::Unsafe)), Duration::from_secs(3));
        let absurd =
            Error::new(ErrorKind::Throttled, "slow").with_retry_after(Some(Duration::from_secs(1 << 40)));
        assert_eq!(delay(&failure(&absurd, 1, Idempotency::Unsafe)), Duration::from_secs(20));
        let at_once = Error::new(ErrorKind::Throttled, "slow").with_retry_after(Some(Duration::ZERO));
        assert_eq!(delay(&failure(&at_once, 3, Idempotency::Unsafe)), Duration::from_millis(400));
    }
}
