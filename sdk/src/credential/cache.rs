//! Keeps the last credential. All calls that wait for a credential share one fetch.

mod fetch;
mod window;

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use self::fetch::Outcome;
use self::window::{CachedCredential, Freshness};
use super::shared_fetch::{Lost, SharedFetch, is_inside};
use super::{Credential, ProvideCredential};
use crate::context::Context;
use crate::error::Error;

/// A credential provider and its last credential.
///
/// - Any number of calls on a cold cache make one fetch, and a dropped call does not end it for the others.
/// - Within [`ADVISORY`](Self::ADVISORY) of their end, the keys are refreshed in the background, and calls
///   continue with the old keys.
/// - Within [`MANDATORY`](Self::MANDATORY) of their end, calls wait for the new keys. If the refresh fails,
///   the old keys are used until they end.
/// - After a failed refresh, the cache does not call the provider for [`COOL_DOWN`](Self::COOL_DOWN), with
///   jitter.
/// - Keys that have ended are never used. Keys from a file are read again once the file has changed.
/// - A fetch has its own time limit, [`FETCH_LIMIT`](Self::FETCH_LIMIT).
/// - A fetch is a task of the Tokio runtime of the call that began it. If that runtime ends, or has not been
///   driven for a second, the next call on another runtime begins a new fetch.
/// - A provider that waits for the fetch that it is part of gets an error, see [`ProvideCredential`].
///
/// Keys with a lifetime below one hour have shorter windows: a quarter and a twentieth of the lifetime that
/// was left when they were fetched. The vendors' own windows (5 to 40 minutes) differ.
///
/// ```
/// use cloudcall::context::Context;
/// use cloudcall::credential::{Credential, CredentialCache, StaticCredentials};
/// # use std::sync::Arc;
///
/// # async fn run() -> Result<(), cloudcall::Error> {
/// let keys = StaticCredentials::new(Credential::new("AKIDexample", "example-secret")?);
/// let cache = CredentialCache::new(Arc::new(keys));
/// assert_eq!(cache.get(&Context::system()).await?.id(), "AKIDexample");
/// # Ok(())
/// # }
/// ```
pub struct CredentialCache {
    provider: Arc<dyn ProvideCredential>,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    current: Option<CachedCredential>,
    fetch: Option<SharedFetch<Outcome>>,
    /// No refresh before this, by the clock that never goes back.
    quiet_until: Option<Duration>,
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    // A panic elsewhere leaves the state whole: its parts are only ever replaced.
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What a call does with what the cache holds.
enum Step {
    Serve(Credential),
    /// Wait; what is left of the old keys serves if the fetch fails.
    Wait(SharedFetch<Outcome>, Begun),
}

/// Who began a fetch.
#[derive(PartialEq)]
enum Begun {
    /// This call.
    Here,
    /// A call before.
    Before,
}

impl CredentialCache {
    /// How long before the end of the keys new ones are fetched, without any call waiting: 15 minutes.
    pub const ADVISORY: Duration = Duration::from_secs(15 * 60);
    /// How long before the end of the keys calls wait for new ones: 3 minutes.
    pub const MANDATORY: Duration = Duration::from_secs(3 * 60);
    /// How long no refresh is tried after one that failed: half to one and a half of 10 seconds.
    pub const COOL_DOWN: Duration = Duration::from_secs(10);
    /// How long one fetch may take: 30 seconds.
    pub const FETCH_LIMIT: Duration = Duration::from_secs(30);

    /// An empty cache over `provider`.
    pub fn new(provider: Arc<dyn ProvideCredential>) -> Self {
        Self { provider, state: Arc::default() }
    }

    /// A credential that is good now.
    ///
    /// # Errors
    ///
    /// Kind `Credentials` if the provider has none to give, or none in [`FETCH_LIMIT`](Self::FETCH_LIMIT);
    /// while the one at hand is still good, a failed refresh is no error.
    pub async fn get(&self, context: &Context) -> Result<Credential, Error> {
        loop {
            let (fetch, begun) = match self.step(context) {
                Step::Serve(credential) => return Ok(credential),
                Step::Wait(fetch, begun) => (fetch, begun),
            };
            let error = match fetch.wait(context).await {
                Ok(Ok(credential)) => return Ok(credential),
                Ok(Err(error)) => fetch::again(error),
                Err(lost) => {
                    if lost != Lost::Reentered {
                        self.give_up(&fetch);
                    }
                    if lost == Lost::Orphaned && begun == Begun::Before {
                        // The runtime of this call can do better.
                        tracing::debug!("a fetch of keys was lost with its runtime: a new one begins");
                        continue;
                    }
                    fetch::lost(&*self.provider, lost)
                }
            };
            return self.unexpired(context).ok_or(error);
        }
    }

    /// The error of a call that the fetch under way waits for, unless there are keys that serve it. Such a
    /// call must not begin: it would hold what the call around it waits for, or the reverse.
    pub(crate) fn reentered(&self, context: &Context) -> Option<Error> {
        if !is_inside() {
            return None;
        }
        let circle = lock(&self.state).fetch.as_ref().is_some_and(SharedFetch::is_waiting_for_caller);
        (circle && self.unexpired(context).is_none()).then(|| fetch::lost(&*self.provider, Lost::Reentered))
    }

    /// Forgets a fetch that will have no outcome.
    fn give_up(&self, lost: &SharedFetch<Outcome>) {
        let mut state = lock(&self.state);
        if state.fetch.as_ref().map(SharedFetch::id) == Some(lost.id()) {
            state.fetch = None;
        }
    }

    /// The credential, where no fetch is to be thought of.
    pub(crate) fn ready(&self, context: &Context) -> Option<Credential> {
        let state = lock(&self.state);
        let cached = state.current.as_ref()?;
        (cached.freshness(context, context.clock.now()) == Freshness::Fresh)
            .then(|| cached.credential.clone())
    }

    fn step(&self, context: &Context) -> Step {
        let now = context.clock.now();
        let mut state = lock(&self.state);
        let State { current, fetch, quiet_until } = &mut *state;
        let freshness = current.as_ref().map_or(Freshness::Expired, |cached| cached.freshness(context, now));
        if let (Some(cached), Freshness::Fresh) = (&*current, freshness) {
            return Step::Serve(cached.credential.clone());
        }
        if fetch.as_ref().is_some_and(SharedFetch::is_over) {
            // Its runtime ended before it did.
            *fetch = None;
        }
        if let (Some(cached), Freshness::Advisory | Freshness::Mandatory) = (&*current, freshness) {
            let quiet = quiet_until.is_some_and(|until| context.clock.uptime() < until);
            let flying = fetch.is_some() && freshness == Freshness::Advisory;
            if quiet || flying {
                return Step::Serve(cached.credential.clone());
            }
        }
        let begun = if fetch.is_some() { Begun::Before } else { Begun::Here };
        let start = || fetch::start(self.provider.clone(), context.clone(), Arc::downgrade(&self.state));
        let fetch = fetch.get_or_insert_with(start).clone();
        match (&*current, freshness) {
            (Some(cached), Freshness::Advisory) if fetch.is_driven() => {
                Step::Serve(cached.credential.clone())
            }
            _ => Step::Wait(fetch, begun),
        }
    }

    fn unexpired(&self, context: &Context) -> Option<Credential> {
        let now = context.clock.now();
        let state = lock(&self.state);
        let cached = state.current.as_ref().filter(|cached| !cached.credential.is_expired(now))?;
        Some(cached.credential.clone())
    }

    /// Forgets `refused`, so that the next call fetches anew; a newer credential stays.
    pub fn invalidate(&self, refused: &Credential) {
        let mut state = lock(&self.state);
        let is_it = |cached: &CachedCredential| {
            let own = &cached.credential;
            own.has_keys_of(refused) || own.account_keys().is_some_and(|keys| keys.has_keys_of(refused))
        };
        if state.current.as_ref().is_some_and(is_it) {
            state.current = None;
        }
    }
}

impl fmt::Debug for CredentialCache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CredentialCache").field("provider", &self.provider).finish_non_exhaustive()
    }
}
