//! Reports changes of state: one event in the log, and one call of each observer.

use std::sync::Arc;

use super::machine::Change;
use super::status::BreakerState;
use crate::endpoint::Endpoint;
use crate::telemetry::observe::Observe;

/// A change of state of a client's breaker. Observers receive it in
/// [`Observe::breaker_changed`].
///
/// ```
/// use cloudcall::breaker::{BreakerChange, BreakerState};
/// use cloudcall::observe::Observe;
///
/// #[derive(Debug)]
/// struct Alarm;
///
/// impl Observe for Alarm {
///     fn breaker_changed(&self, change: &BreakerChange<'_>) {
///         if change.to == BreakerState::Open {
///             eprintln!("{} does not respond, calls go to the backup", change.endpoint);
///         }
///     }
/// }
/// ```
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct BreakerChange<'a> {
    /// Name of the provider, for example `tencent`.
    pub provider: &'static str,
    /// The host of the breaker.
    pub endpoint: &'a Endpoint,
    /// The state before the change.
    pub from: BreakerState,
    /// The state after the change.
    pub to: BreakerState,
    /// Number of the generation that begins with the change.
    pub generation: u64,
}

impl<'a> BreakerChange<'a> {
    /// A change that begins the first generation. The public fields can be changed afterwards.
    ///
    /// A breaker makes it itself; this is for tests of observers.
    ///
    /// ```
    /// use cloudcall::breaker::{BreakerChange, BreakerState};
    /// use cloudcall::endpoint::Endpoint;
    ///
    /// let endpoint: Endpoint = "https://cvm.tencentcloudapi.com".parse()?;
    /// let change = BreakerChange::new("tencent", &endpoint, BreakerState::Closed, BreakerState::Open);
    /// assert_eq!(change.to, BreakerState::Open);
    /// # Ok::<(), cloudcall::Error>(())
    /// ```
    pub fn new(provider: &'static str, endpoint: &'a Endpoint, from: BreakerState, to: BreakerState) -> Self {
        Self { provider, endpoint, from, to, generation: 1 }
    }
}

/// The receivers of changes of state.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Watch<'a> {
    pub(crate) provider: &'static str,
    pub(crate) observers: &'a [Arc<dyn Observe>],
}

impl Watch<'_> {
    /// Logs the change and passes it to all observers. Does nothing without a change.
    pub(super) fn report(&self, endpoint: &Endpoint, change: Option<Change>) {
        let Some(Change { from, to, generation }) = change else { return };
        let provider = self.provider;
        tracing::warn!(provider, %endpoint, %from, %to, generation, "the breaker changed its state");
        let change = BreakerChange { provider, endpoint, from, to, generation };
        for observer in self.observers {
            observer.breaker_changed(&change);
        }
    }
}
