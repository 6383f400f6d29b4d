//! Step 8 of a call: decides what follows an attempt. Nothing here waits: the delay is
//! returned, and `attempts` in `mod.rs` sleeps.
//!
//! # The decision after a failure
//!
//! The first line that applies ends the decision. Each line is one branch of `failed`, in
//! the same order.
//!
//! | condition | result |
//! | --- | --- |
//! | an unfinished response is kept, and only time or the limiter ended the call | that response |
//! | the limiter has no permit in time for a retry | the error of the previous attempt |
//! | the service refused the time of the request, once per call | again at once, with its time |
//! | the endpoint could not be reached, and there is another one | again at once, at the next one |
//! | there was no request, or the policy does not allow a retry | the error |
//! | the delay does not fit into the remaining time | the error |
//! | the retry quota is used up | the error |
//! | otherwise | again after the delay |
//!
//! The third and fourth line are not retries: nothing was carried out, so they need neither
//! the policy, nor quota tokens, nor a delay. They do count as attempts.
//!
//! # An example
//!
//! Three attempts with the standard policy, of an action that may not be repeated:
//!
//! ```text
//! 1  Connect, nothing was sent       -> Continue(after 43 ms)   5 tokens taken
//! 2  Throttled, Retry-After: 2       -> Continue(after 2 s)     5 tokens taken
//! 3  Timeout, may have been sent     -> Break(Err(…))           3 attempts
//! ```

use std::ops::ControlFlow::{self, Break, Continue};
use std::time::{Duration, SystemTime};

use crate::error::{Error, ErrorKind};
use crate::pipeline::prepare::PreparedCall;
use crate::provider::RawResponse;
use crate::response::Meta;
use crate::retry::quota::Paid;
use crate::retry::{Delays, Failure};
use crate::telemetry::observe::WaitReason;
use crate::telemetry::spans;

/// An attempt that did not end in a success, with the facts that the decision needs.
pub(crate) struct Failed {
    /// The error, with endpoint and number of the attempt, and without secrets.
    pub(crate) error: Error,
    /// The `Date` of the response, if there was a response.
    pub(crate) date: Option<SystemTime>,
    /// Whether there was a request to send. Failures before that, such as a missing
    /// credential, are not retried here.
    pub(crate) sendable: bool,
    /// The endpoint to try next, if this one could not be reached.
    pub(crate) next: Option<usize>,
}

impl Failed {
    /// A failure before there was a request: no permit, no credential, no endpoint, no
    /// signature.
    pub(crate) fn unsent(error: Error) -> Self {
        Self { error, date: None, sendable: false, next: None }
    }
}

/// The delay before the next attempt, and the reason that observers get. `None`: it follows
/// at once.
type Pause = Option<(Duration, WaitReason)>;

/// The state of a call between its attempts. It is part of the future of every waiting
/// call, so it is small: the rare parts are boxed or one pointer wide.
#[derive(Default)]
pub(crate) struct RetryLoop<'a> {
    /// The number of attempts, including the one under way. 0 before the first one.
    pub(crate) number: u32,
    /// The endpoint at which the next attempt begins, if not the first one.
    pub(crate) from: Option<usize>,
    /// How often the call moved on to another endpoint of its product. At most once for
    /// each further endpoint.
    moves: usize,
    /// The quota tokens that the last retry took. A success gives them back, and so does a
    /// call that ends before the retry was sent.
    paid: Option<Paid<'a>>,
    /// Whether this call has corrected the clock skew. It does so once.
    corrected: bool,
    /// The error of the previous attempt. It is returned if the limiter stops a retry: what
    /// the service reported says more than the lack of a permit.
    before: Option<Error>,
    /// The delays of this call, if the policy has a backoff of the user.
    delays: Option<Delays>,
    /// The last response that the policy calls unfinished. Its value is still in the sink.
    unfinished: Option<Box<Meta>>,
}

impl<'a> RetryLoop<'a> {
    /// Called when the request of an attempt is handed to the transport.
    pub(crate) fn sending(&mut self) {
        if let Some(paid) = &mut self.paid {
            paid.spend();
        }
    }

    /// Decides what follows an attempt: the end of the call, or another attempt after a
    /// delay.
    ///
    /// `Break` has the result of the call, `Continue` the delay. `opened` says that a
    /// stream took the body of the response.
    pub(crate) fn next_step(
        &mut self,
        prepared: &PreparedCall<'a>,
        outcome: Result<Meta, Failed>,
        opened: bool,
    ) -> ControlFlow<Result<Meta, Error>, Pause> {
        match outcome {
            Ok(meta) => self.succeeded(prepared, meta, opened).map_break(Ok),
            Err(failed) => self.failed(prepared, failed),
        }
    }

    /// A success ends the call, unless the policy calls the response unfinished and there
    /// are attempts and time left. Quota tokens are given back in both cases, because the
    /// service responded well.
    ///
    /// A repeated call begins at the first endpoint again: the one before has worked, and
    /// `before` belongs to a failure that is over.
    fn succeeded(
        &mut self,
        prepared: &PreparedCall<'_>,
        meta: Meta,
        opened: bool,
    ) -> ControlFlow<Meta, Pause> {
        match self.paid.take() {
            Some(paid) => paid.refund(),
            None => prepared.shared.quota.refund(),
        }
        if opened {
            // The body is a stream, so the policy cannot inspect it.
            return Break(meta);
        }
        let response = RawResponse::new(meta.status, &meta.headers, &meta.body);
        if !prepared.retry.is_unfinished(&response, self.number, prepared.idempotency) {
            return Break(meta);
        }
        match prepared.retry.unfinished_delay(self.number, &mut self.delays, &prepared.shared.context) {
            Some(wait) if wait < prepared.remaining() => {
                tracing::debug!(target: spans::TARGET, attempt = self.number, wait = %format_args!("{wait:.3?}"), "the response is unfinished: calling again");
                (self.from, self.before) = (None, None);
                self.unfinished = Some(Box::new(meta));
                Continue(Some((wait, WaitReason::Unfinished)))
            }
            _ => Break(meta),
        }
    }

    /// A failure ends the call, unless one of the conditions in the module documentation
    /// leads to another attempt.
    ///
    /// `attempts` of an error counts requests, so an attempt without a request does not
    /// count.
    fn failed(
        &mut self,
        prepared: &PreparedCall<'a>,
        failed: Failed,
    ) -> ControlFlow<Result<Meta, Error>, Pause> {
        let Failed { error, date, sendable, next } = failed;
        let shared = prepared.shared;
        let attempts = if sendable { self.number } else { self.number - 1 };
        if let Some(meta) = self.unfinished.take()
            && keeps_last_response(&error, sendable, prepared)
        {
            return Break(Ok(Meta { attempts, ..*meta }));
        }
        if !sendable
            && error.kind() == ErrorKind::Throttled
            && let Some(before) = self.before.take()
        {
            // The limiter has no permit in time: the error of the previous attempt says more.
            tracing::debug!(target: spans::TARGET, %error, "no retry");
            return Break(Err(before));
        }
        self.from = next;
        let error = prepared.named(error.of_attempt(prepared.endpoint.authority(), attempts));
        if error.is_clock_skew()
            && !self.corrected
            && let Some(date) = date
        {
            // The service refused the request because of its time, so it did nothing. Retry
            // with the service's time.
            self.corrected = true;
            shared.skew.learn(shared.context.clock.now(), date);
            return Continue(None);
        }
        if sendable && self.from.is_some() && self.moves < prepared.moves() && !prepared.remaining().is_zero()
        {
            // Nothing was sent, so this is not a retry: it needs neither the policy nor a delay.
            self.moves += 1;
            tracing::debug!(target: spans::TARGET, attempt = self.number, %error, "next endpoint");
            self.before = Some(error);
            return Continue(None);
        }
        let failure = Failure { error: &error, attempt: self.number, idempotency: prepared.idempotency };
        if !sendable || !prepared.retry.allows(&failure) {
            return Break(Err(error));
        }
        let delay = prepared.retry.delay(&failure, &mut self.delays, &shared.context);
        let Some(wait) = delay.filter(|wait| *wait < prepared.remaining()) else {
            return Break(Err(error));
        };
        let Some(paid) = shared.quota.take(&error) else {
            tracing::debug!(target: spans::TARGET, "no retry: the client's retry quota is used up");
            return Break(Err(error));
        };
        tracing::debug!(target: spans::TARGET, attempt = self.number, wait = %format_args!("{wait:.3?}"), %error, "retrying");
        (self.paid, self.before) = (Some(paid), Some(error));
        Continue(Some((wait, WaitReason::Retry)))
    }
}

/// True if a failure leaves the last unfinished response valid: the deadline passed, or the
/// limiter had no permit in time. Any other error may mean that the pending resource is
/// gone, so it is the result of the call.
fn keeps_last_response(error: &Error, sendable: bool, prepared: &PreparedCall<'_>) -> bool {
    match error.kind() {
        ErrorKind::Timeout => prepared.remaining().is_zero(),
        ErrorKind::Throttled => !sendable,
        _ => false,
    }
}
