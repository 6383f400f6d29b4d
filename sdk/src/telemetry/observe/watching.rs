//! Reports the events of one call to the observers.

use std::sync::Arc;
use std::time::Duration;

use http::StatusCode;

use super::{Ended, Observe, Outcome, WaitReason, Waited};
use crate::context::Context;
use crate::error::Error;
use crate::response::Meta;

/// The names that identify a call.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Facts<'a> {
    pub(crate) provider: &'static str,
    pub(crate) product: &'a str,
    pub(crate) action: &'a str,
    pub(crate) region: Option<&'a str>,
}

/// Reports the events of one call to the observers. Dropping it reports the end of the
/// call, so that a dropped future is reported, too. Without observers it does nothing.
pub(crate) struct Watching<'a> {
    observers: &'a [Arc<dyn Observe>],
    context: &'a Context,
    facts: Facts<'a>,
    started: Duration,
    attempts: u32,
}

impl<'a> Watching<'a> {
    /// Begins the observation of a call.
    pub(crate) fn new(observers: &'a [Arc<dyn Observe>], context: &'a Context, facts: Facts<'a>) -> Self {
        let started = if observers.is_empty() { Duration::ZERO } else { context.clock.uptime() };
        Self { observers, context, facts, started, attempts: 0 }
    }

    /// The names of the call.
    pub(crate) fn facts(&self) -> &Facts<'a> {
        &self.facts
    }

    /// The context of the client.
    pub(crate) fn context(&self) -> &'a Context {
        self.context
    }

    /// Notes the number of the current attempt.
    pub(crate) fn attempt(&mut self, number: u32) {
        self.attempts = number;
    }

    /// Reports that the call has waited.
    pub(crate) fn waited(&self, reason: WaitReason, time: Duration) {
        let Facts { provider, product, action, .. } = self.facts;
        for observer in self.observers {
            observer.waited(&Waited { provider, product, action, reason, time });
        }
    }

    /// Reports how the call ended.
    pub(crate) fn end(mut self, outcome: &Result<Meta, Error>) {
        match outcome {
            Ok(meta) => {
                self.report_end(Outcome::Ok, meta.attempts, Some(meta.status), meta.request_id.as_deref());
            }
            Err(error) => {
                self.report_end(Outcome::Failed(error), error.attempts(), error.status(), error.request_id());
            }
        }
        // Do not report the end again when this value is dropped.
        self.observers = &[];
    }

    /// Passes the end of the call to all observers.
    fn report_end(
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
        self.report_end(Outcome::Dropped, self.attempts, None, None);
    }
}
