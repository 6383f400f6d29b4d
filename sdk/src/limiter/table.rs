//! All limits of one client, and the permits that requests hold.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::gate::{Gate, Permit};
use super::options::{Limit, LimiterOptions};
use crate::action::info::ActionInfo;
use crate::context::Context;
use crate::error::{Error, ErrorKind};
use crate::timing::deadline::{Elapsed, within};

/// Maximum number of gates. When it is reached, all limits start again, so that an endless
/// number of action names cannot fill the memory. No real program calls this many actions.
const ACTIONS: usize = 4096;

/// The limits of one client and its clones.
pub(crate) struct Limiter {
    options: LimiterOptions,
    /// One gate per limit, created at the first request.
    gates: Mutex<HashMap<Key, Arc<Gate>>>,
}

/// The product, and the action unless it is the limit of a product.
type Key = (String, Option<String>);

/// The permits that one request holds: of its action, and of its product.
#[derive(Debug, Default)]
pub(crate) struct LimiterPermit {
    _permits: [Option<Permit>; 2],
}

impl Limiter {
    /// A limiter without gates. They are created when they are needed.
    pub(crate) fn new(options: LimiterOptions) -> Self {
        Self { options, gates: Mutex::default() }
    }

    /// True if there is no limit at all.
    pub(crate) fn is_off(&self) -> bool {
        self.options.is_off()
    }

    /// Waits for the permits of one request, for at most `remaining`.
    ///
    /// # Errors
    ///
    /// Kind `Throttled` if they would come later.
    pub(crate) async fn pass(
        &self,
        context: &Context,
        info: &ActionInfo,
        remaining: Duration,
    ) -> Result<LimiterPermit, Error> {
        let now = context.clock.uptime();
        let deadline = now.saturating_add(remaining);
        let [action, product] = self.gates(info, now);
        // The order is always the same, so that two calls never wait for each other.
        let permits = async {
            let action = pass(action, context, deadline).await?;
            Ok(LimiterPermit { _permits: [action, pass(product, context, deadline).await?] })
        };
        within(context, remaining, permits).await.and_then(|permits| permits).map_err(|_| {
            let what = format!(
                "the client's limiter has no permit within the remaining {remaining:?}: nothing was sent; \
                 raise the limit or the call's time limit"
            );
            Error::new(ErrorKind::Throttled, what)
        })
    }

    /// The gates that a request must pass: of its action, and of its product.
    fn gates(&self, info: &ActionInfo, now: Duration) -> [Option<Arc<Gate>>; 2] {
        let (product, action) = (info.product(), info.name());
        let of_action = self.options.actions.get(product).and_then(|actions| actions.get(action));
        let of_action = of_action.or(self.options.each_action.as_ref());
        let of_product = self.options.products.get(product);
        let mut gates = self.gates.lock().unwrap_or_else(PoisonError::into_inner);
        if gates.len() >= ACTIONS {
            gates.clear();
        }
        let mut gate = |limit: Option<&Limit>, action: Option<&str>| {
            let key = (product.to_owned(), action.map(str::to_owned));
            limit.map(|limit| gates.entry(key).or_insert_with(|| Arc::new(Gate::new(limit, now))).clone())
        };
        [gate(of_action, Some(action)), gate(of_product, None)]
    }
}

/// Passes a gate, if there is one.
async fn pass(
    gate: Option<Arc<Gate>>,
    context: &Context,
    deadline: Duration,
) -> Result<Option<Permit>, Elapsed> {
    match gate {
        Some(gate) => gate.pass(context, deadline).await,
        None => Ok(None),
    }
}

impl fmt::Debug for Limiter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Limiter").field("options", &self.options).finish_non_exhaustive()
    }
}
