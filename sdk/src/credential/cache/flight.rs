//! One fetch that any number of calls wait for.

use std::error::Error as _;
use std::fmt;
use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::sync::{Arc, Mutex, Weak};
use std::task::{Context as Task, Poll};

use futures_util::FutureExt;
use futures_util::future::{BoxFuture, Shared};

use super::window::Kept;
use super::{CredentialCache, State, lock};
use crate::context::Context;
use crate::credential::{Credential, ProvideCredential};
use crate::error::{Error, ErrorKind};
use crate::timing::deadline::within;

/// The outcome of a fetch; errors are shared by all who waited for it.
type Outcome = Result<Credential, Arc<Error>>;

/// A fetch under way, which lands in the state of its cache by itself.
#[derive(Clone)]
pub(super) struct Flight(Shared<BoxFuture<'static, Outcome>>);

impl Flight {
    pub(super) fn new(
        provider: Arc<dyn ProvideCredential>,
        context: Context,
        state: Weak<Mutex<State>>,
    ) -> Self {
        let work = async move {
            let outcome = fetch(&*provider, &context).await.map_err(Arc::new);
            // The state holds the flight, so the flight must not hold the state.
            if let Some(state) = state.upgrade() {
                land(&mut lock(&state), &outcome, &context);
            }
            outcome
        };
        Self(work.boxed().shared())
    }
}

impl Future for Flight {
    type Output = Outcome;

    fn poll(mut self: Pin<&mut Self>, task: &mut Task<'_>) -> Poll<Outcome> {
        self.0.poll_unpin(task)
    }
}

async fn fetch(provider: &dyn ProvideCredential, context: &Context) -> Result<Credential, Error> {
    let (name, limit) = (provider.name(), CredentialCache::FETCH_LIMIT);
    // A panic of somebody's provider would otherwise be everybody's, for as long as the cache lives.
    let work = AssertUnwindSafe(provider.provide(context)).catch_unwind();
    let given = match within(context, limit, work).await {
        Ok(Ok(given)) => given.map_err(|error| error.into_error(name))?,
        Ok(Err(_)) => return Err(refused(format!("{name}: the provider panicked"))),
        Err(_) => return Err(refused(format!("{name}: no credential within {limit:?}"))),
    };
    if given.is_expired(context.clock.now()) {
        let what = "the keys it gave have already ended: check the clock of this machine";
        return Err(refused(format!("{}: {what}", given.source())));
    }
    Ok(given)
}

fn refused(what: String) -> Error {
    Error::new(ErrorKind::Credentials, what)
}

fn land(state: &mut State, outcome: &Outcome, context: &Context) {
    state.flight = None;
    match outcome {
        Ok(credential) => {
            tracing::debug!(source = credential.source(), expiry = ?credential.expiry(), "new credential");
            state.current = Some(Kept::new(credential.clone(), context.clock.now()));
            state.quiet_until = None;
        }
        Err(error) => {
            let wait = CredentialCache::COOL_DOWN.mul_f64(0.5 + context.fraction());
            state.quiet_until = Some(context.clock.uptime().saturating_add(wait));
            if state.current.is_some() {
                tracing::warn!(%error, ?wait, "no new credential; the old one serves until it ends");
            }
        }
    }
}

/// Lets the runtime drive a flight; gives it back where there is none.
pub(super) fn spawn(flight: Flight) -> Result<(), Flight> {
    #[cfg(feature = "reqwest")]
    if let Ok(runtime) = tokio::runtime::Handle::try_current() {
        runtime.spawn(flight);
        return Ok(());
    }
    Err(flight)
}

/// One of the errors of those who waited for the same fetch.
pub(super) fn again(error: Arc<Error>) -> Error {
    let own = Error::new(ErrorKind::Credentials, error.message());
    if error.source().is_some() { own.with_source(Cause(error)) } else { own }
}

/// What was below an error that several calls share.
#[derive(Debug)]
struct Cause(Arc<Error>);

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.source().map_or(Ok(()), |source| write!(f, "{source}"))
    }
}

impl std::error::Error for Cause {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source().and_then(std::error::Error::source)
    }
}
