//! One fetch of a credential: calls the provider with a time limit, and stores the outcome in the
//! cache.
//!
//! It is separate from `cache.rs`, because it runs as a task of its own, possibly after the cache was
//! dropped.

use std::error::Error as _;
use std::fmt;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, Weak};

use futures_util::FutureExt;

use super::window::CachedCredential;
use super::{CacheState, CredentialCache, lock};
use crate::context::Context;
use crate::credential::shared_fetch::{Lost, SharedFetch};
use crate::credential::{Credential, ProvideCredential};
use crate::error::{Error, ErrorKind};
use crate::timing::deadline::within;

/// The outcome of a fetch. All calls that waited share its error.
pub(super) type Outcome = Result<Credential, Arc<Error>>;

/// Begins a fetch, which stores its outcome in the state of its cache by itself, also if no call waits
/// any more.
pub(super) fn start(
    provider: Arc<dyn ProvideCredential>,
    context: Context,
    state: Weak<Mutex<CacheState>>,
) -> SharedFetch<Outcome> {
    SharedFetch::start(move |id| async move {
        let outcome = fetch(&*provider, &context).await.map_err(Arc::new);
        // The state holds the fetch, so the fetch must not hold the state.
        if let Some(state) = state.upgrade() {
            store(&mut lock(&state), id, &outcome, &context);
        }
        outcome
    })
}

/// Calls the provider. Panics, silence beyond `FETCH_LIMIT` and expired keys become errors.
async fn fetch(provider: &dyn ProvideCredential, context: &Context) -> Result<Credential, Error> {
    let (name, limit) = (provider.name(), CredentialCache::FETCH_LIMIT);
    // A panic of somebody's provider would otherwise be everybody's, for as long as the cache lives.
    let work = AssertUnwindSafe(provider.provide(context)).catch_unwind();
    let given = match within(context, limit, work).await {
        Ok(Ok(given)) => given.map_err(|error| error.into_error(name))?,
        Ok(Err(_)) => return Err(refused(format!("{name}: the provider panicked"))),
        Err(_) => {
            // A call from another task cannot be told apart from any other call.
            let hint =
                "a provider that calls the client that it serves waits for itself: give it another client";
            return Err(refused(format!("{name}: no credential within {limit:?}")).with_source(hint));
        }
    };
    if given.is_expired(context.clock.now()) {
        let what = "the keys that it returned have expired: check the clock of this machine";
        return Err(refused(format!("{}: {what}", given.source())));
    }
    Ok(given)
}

/// An error of kind `Credentials`.
fn refused(what: String) -> Error {
    Error::new(ErrorKind::Credentials, what)
}

/// Stores an outcome. A success ends the cool-down, and a failure begins one.
fn store(state: &mut CacheState, id: u64, outcome: &Outcome, context: &Context) {
    if state.fetch.as_ref().map(SharedFetch::id) != Some(id) {
        // Another call took the fetch for lost and began a new one.
        return;
    }
    state.fetch = None;
    match outcome {
        Ok(credential) => {
            tracing::debug!(source = credential.source(), expiry = ?credential.expiry(), "new credential");
            state.current = Some(CachedCredential::new(credential.clone(), context.clock.now()));
            state.quiet_until = None;
        }
        Err(error) => {
            let wait = CredentialCache::COOL_DOWN.mul_f64(0.5 + context.fraction());
            state.quiet_until = Some(context.clock.uptime().saturating_add(wait));
            if state.current.is_some() {
                tracing::warn!(%error, ?wait, "the credential could not be refreshed; the old one is used until it expires");
            }
        }
    }
}

/// The error of a fetch without an outcome.
pub(super) fn lost(provider: &dyn ProvideCredential, lost: Lost) -> Error {
    let name = provider.name();
    refused(match lost {
        Lost::Reentered => format!(
            "{name}: the credential provider calls the client that waits for it, by itself or through other providers: \
             give it a client with other credentials"
        ),
        Lost::Orphaned => format!(
            "{name}: the fetch was cut off because its Tokio runtime is shut down or is not driven: keep the runtime until \
             its calls have ended"
        ),
        Lost::Panicked => {
            format!("{name}: the fetch panicked outside of the provider: check what the context injects")
        }
    })
}

/// A copy of a shared error. An [`Error`] cannot be cloned, because its source cannot.
pub(super) fn again(error: Arc<Error>) -> Error {
    let own = Error::new(ErrorKind::Credentials, error.message());
    if error.source().is_some() { own.with_source(Cause(error)) } else { own }
}

/// The source of a shared error.
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
