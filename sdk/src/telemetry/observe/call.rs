//! A whole call: what it waited for, and how it ended.

use std::sync::Arc;
use std::time::Duration;

use http::StatusCode;

use super::Observe;
use crate::context::Context;
use crate::error::Error;
use crate::response::Meta;

/// Which call it is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Facts<'a> {
    pub(crate) provider: &'static str,
    pub(crate) product: &'a str,
    pub(crate) action: &'a str,
    pub(crate) region: Option<&'a str>,
}

/// A call waited for something else than an answer.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Waited<'a> {
    /// The cloud.
    pub provider: &'static str,
    /// The product.
    pub product: &'a str,
    /// The action.
    pub action: &'a str,
    /// What it waited for.
    pub reason: WaitReason,
    /// How long.
    pub time: Duration,
}

/// What a call waits for beside answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum WaitReason {
    /// Its turn, by the limiter of the client.
    Limiter,
    /// A credential that was not at hand.
    Credential,
    /// The time before a retry.
    Retry,
    /// The delay before the call is repeated because the policy calls its response unfinished, by [`RetryPolicy::while_unfinished`](crate::retry::RetryPolicy::while_unfinished).
    Unfinished,
}

impl WaitReason {
    /// The reason in one word, for labels.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Limiter => "limiter",
            Self::Credential => "credential",
            Self::Retry => "retry",
            Self::Unfinished => "unfinished response",
        }
    }
}

/// A call that is over.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Ended<'a> {
    /// The cloud.
    pub provider: &'static str,
    /// The product.
    pub product: &'a str,
    /// The action.
    pub action: &'a str,
    /// The region, if one is set.
    pub region: Option<&'a str>,
    /// How many requests were sent, or tried to be.
    pub attempts: u32,
    /// How it ended.
    pub outcome: Outcome<'a>,
    /// The status of the last answer, if there was one.
    pub status: Option<StatusCode>,
    /// The last request id, if there was one.
    pub request_id: Option<&'a str>,
    /// How long it took, with all attempts and the waits between them.
    pub elapsed: Duration,
}

/// How a call ended.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Outcome<'a> {
    /// With an answer.
    Ok,
    /// With this error.
    Failed(&'a Error),
    /// Its future was dropped before.
    Dropped,
}

impl Outcome<'_> {
    /// The outcome in one word, out of few: `ok`, `dropped`, or the kind of the error. For labels.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Failed(error) => error.kind().as_str(),
            Self::Dropped => "dropped",
        }
    }
}

/// Tells the observers of a call, at its end or where its future is dropped. Without observers it does nothing.
pub(crate) struct Watching<'a> {
    observers: &'a [Arc<dyn Observe>],
    context: &'a Context,
    facts: Facts<'a>,
    started: Duration,
    attempts: u32,
}

impl<'a> Watching<'a> {
    pub(crate) fn new(observers: &'a [Arc<dyn Observe>], context: &'a Context, facts: Facts<'a>) -> Self {
        let started = if observers.is_empty() { Duration::ZERO } else { context.clock.uptime() };
        Self { observers, context, facts, started, attempts: 0 }
    }

    pub(crate) fn facts(&self) -> &Facts<'a> {
        &self.facts
    }

    pub(crate) fn context(&self) -> &'a Context {
        self.context
    }

    pub(crate) fn attempt(&mut self, number: u32) {
        self.attempts = number;
    }

    pub(crate) fn waited(&self, reason: WaitReason, time: Duration) {
        let Facts { provider, product, action, .. } = self.facts;
        for observer in self.observers {
            observer.waited(&Waited { provider, product, action, reason, time });
        }
    }

    pub(crate) fn end(mut self, outcome: &Result<Meta, Error>) {
        match outcome {
            Ok(meta) => {
                self.tell(Outcome::Ok, meta.attempts, Some(meta.status), meta.request_id.as_deref());
            }
            Err(error) => {
                self.tell(Outcome::Failed(error), error.attempts(), error.status(), error.request_id());
            }
        }
        // Told already.
        self.observers = &[];
    }

    fn tell(
        &self,
        outcome: Outcome<'_>,
        attempts: u32,
        status: Option<StatusCode>,
        request_id: Option<&str>,
    ) {
        if self.observers.is_empty() {
            return;
        }
        let Facts { provider, product, action, region } = self.facts;
        let elapsed = self.context.clock.uptime().saturating_sub(self.started);
        let ended =
            Ended { provider, product, action, region, attempts, outcome, status, request_id, elapsed };
        for observer in self.observers {
            observer.ended(&ended);
        }
    }
}

impl Drop for Watching<'_> {
    fn drop(&mut self) {
        self.tell(Outcome::Dropped, self.attempts, None, None);
    }
}
