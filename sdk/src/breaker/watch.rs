//! Telling of changes: an event in the log, and a call of each observer.

use std::sync::Arc;

use super::machine::Change;
use super::status::BreakerState;
use crate::endpoint::Endpoint;
use crate::telemetry::observe::Observe;

/// A breaker of a client went from one state to another.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct BreakerChange<'a> {
    /// The cloud.
    pub provider: &'static str,
    /// The host that the breaker stands before.
    pub endpoint: &'a Endpoint,
    /// The state until now.
    pub from: BreakerState,
    /// The state from now on.
    pub to: BreakerState,
    /// The number of the generation that begins.
    pub generation: u64,
}

/// Who is told of changes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Watch<'a> {
    pub(crate) provider: &'static str,
    pub(crate) observers: &'a [Arc<dyn Observe>],
}

impl Watch<'_> {
    pub(super) fn tell(&self, endpoint: &Endpoint, change: Option<Change>) {
        let Some(Change { from, to, generation }) = change else { return };
        let provider = self.provider;
        tracing::warn!(provider, %endpoint, %from, %to, generation, "the breaker changed its state");
        let change = BreakerChange { provider, endpoint, from, to, generation };
        for observer in self.observers {
            observer.breaker_changed(&change);
        }
    }
}
