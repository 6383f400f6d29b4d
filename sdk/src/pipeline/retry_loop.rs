//! The course of a call: what its attempts leave behind, and what follows each.
//!
//! Nothing here waits. The invoker does, for as long as it is told.

use std::ops::ControlFlow::{self, Break, Continue};
use std::time::{Duration, SystemTime};

use crate::error::{Error, ErrorKind};
use crate::pipeline::prepare::PreparedCall;
use crate::provider::Answer;
use crate::response::Meta;
use crate::retry::Failure;
use crate::telemetry::observe::WaitReason;
use crate::telemetry::spans;

/// Why one attempt gave no answer.
pub(crate) struct Failed {
    pub(crate) error: Error,
    /// The server's time, if it answered.
    pub(crate) date: Option<SystemTime>,
    /// Whether there was a request to send: without one there is nothing to repeat.
    pub(crate) sendable: bool,
    /// Which of the own endpoints comes next, if this one could not be reached.
    pub(crate) next: Option<usize>,
}

impl Failed {
    pub(crate) fn unsent(error: Error) -> Self {
        Self { error, date: None, sendable: false, next: None }
    }
}

/// The wait before another attempt, if it waits.
type Pause = Option<(Duration, WaitReason)>;

/// The attempts of one call so far.
#[derive(Default)]
pub(crate) struct RetryLoop {
    /// How many there were, the one under way included.
    pub(crate) number: u32,
    /// Where among the hosts the next one begins, if not where calls begin.
    pub(crate) from: Option<usize>,
    /// How many times it moved on to another of the own endpoints.
    moves: usize,
    /// What the last retry cost.
    paid: Option<u32>,
    /// Whether the clock was set right for this call.
    corrected: bool,
    /// How the attempt before failed.
    before: Option<Error>,
    /// An answer that the policy wants to be another.
    unfinished: Option<Box<Meta>>,
}

impl RetryLoop {
    /// What follows an attempt: the end of the call, or another one. `taken` says that the body of an answer is the caller's.
    pub(crate) fn next_step(
        &mut self,
        prepared: &PreparedCall<'_>,
        outcome: Result<Meta, Failed>,
        opened: bool,
    ) -> ControlFlow<Result<Meta, Error>, Pause> {
        match outcome {
            Ok(meta) => self.answered(prepared, meta, opened).map_break(Ok),
            Err(failed) => self.failed(prepared, failed),
        }
    }

    /// An answer is the end, unless the policy wants another one.
    fn answered(
        &mut self,
        prepared: &PreparedCall<'_>,
        meta: Meta,
        opened: bool,
    ) -> ControlFlow<Meta, Pause> {
        prepared.shared.quota.give_back(self.paid.take());
        if opened {
            // No condition of the policy can look at it.
            return Break(meta);
        }
        let answer = Answer::new(meta.status, &meta.headers, &meta.body);
        match prepared.retry.again(&answer, self.number, prepared.repeat, &prepared.shared.context) {
            Some(wait) if wait < prepared.remaining() => {
                tracing::debug!(target: spans::TARGET, action = prepared.info.name(), attempt = self.number, ?wait, "asking again");
                (self.from, self.before) = (None, None);
                self.unfinished = Some(Box::new(meta));
                Continue(Some((wait, WaitReason::Answer)))
            }
            _ => Break(meta),
        }
    }

    fn failed(
        &mut self,
        prepared: &PreparedCall<'_>,
        failed: Failed,
    ) -> ControlFlow<Result<Meta, Error>, Pause> {
        let Failed { error, date, sendable, next } = failed;
        let (shared, info) = (prepared.shared, prepared.info);
        let attempts = if sendable { self.number } else { self.number - 1 };
        if let Some(meta) = self.unfinished.take()
            && teaches_nothing(&error, sendable, prepared)
        {
            return Break(Ok(Meta { attempts, ..*meta }));
        }
        if !sendable
            && error.kind() == ErrorKind::Throttled
            && let Some(before) = self.before.take()
        {
            // The limiter has no permit for another attempt: how the attempt before failed says more.
            tracing::debug!(target: spans::TARGET, action = info.name(), %error, "no retry");
            return Break(Err(before));
        }
        self.from = next;
        let error = prepared.named(error.of_attempt(prepared.endpoint.authority(), attempts));
        if error.is_clock_skew()
            && !self.corrected
            && let Some(date) = date
        {
            // The cloud refused the time, so it did nothing: asking again with its own time is safe.
            self.corrected = true;
            shared.skew.learn(shared.context.clock.now(), date);
            return Continue(None);
        }
        if sendable && self.from.is_some() && self.moves < prepared.moves() && !prepared.remaining().is_zero()
        {
            // Nothing was sent, so this is no retry: the policy is not asked, and nothing is waited for.
            self.moves += 1;
            tracing::debug!(target: spans::TARGET, action = info.name(), attempt = self.number, %error, "next endpoint");
            self.before = Some(error);
            return Continue(None);
        }
        let failure = Failure { error: &error, attempt: self.number, repeat: prepared.repeat };
        if !sendable || !prepared.retry.allows(&failure) {
            return Break(Err(error));
        }
        let wait = prepared.retry.delay(&failure, &shared.context);
        if wait >= prepared.remaining() {
            return Break(Err(error));
        }
        let Some(cost) = shared.quota.take(&error) else {
            tracing::debug!(target: spans::TARGET, action = info.name(), "no retry: the client's retry quota is used up");
            return Break(Err(error));
        };
        tracing::debug!(target: spans::TARGET, action = info.name(), attempt = self.number, ?wait, %error, "retrying");
        (self.paid, self.before) = (Some(cost), Some(error));
        Continue(Some((wait, WaitReason::Retry)))
    }
}

/// Whether a failure says nothing of the answer before it: the time of the call was up, or there was no permit to ask again.
fn teaches_nothing(error: &Error, sendable: bool, prepared: &PreparedCall<'_>) -> bool {
    match error.kind() {
        ErrorKind::Timeout => prepared.remaining().is_zero(),
        ErrorKind::Throttled => !sendable,
        _ => false,
    }
}
