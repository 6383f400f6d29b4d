//! Keeps the last credential. All calls that wait for a credential share one fetch.
//!
//! `cache/window.rs` decides how good a cached credential still is, `cache/fetch.rs` runs one fetch and
//! stores its result, and `shared_fetch.rs` is the task that calls wait for. This file decides what one
//! call does: use the credential, begin a fetch, or wait for one.

mod fetch;
mod window;

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use async_trait::async_trait;

use self::fetch::Outcome;
use self::window::{CachedCredential, Freshness};
use super::shared_fetch::{Lost, SharedFetch, is_inside};
use super::{Credential, CredentialError, ProvideCredential};
use crate::context::Context;
use crate::error::Error;

/// A credential provider and its last credential. Every client has one.
///
/// Keys that were fetched at 11:00 and expire at 12:00:
///
/// | from | state | a call | refresh |
/// | --- | --- | --- | --- |
/// | 11:00 | fresh | uses the keys | no |
/// | 11:45, [`ADVISORY`](Self::ADVISORY) | refresh ahead | uses the keys | in the background |
/// | 11:57, [`MANDATORY`](Self::MANDATORY) | refresh first | waits | the old keys serve if it fails |
/// | 12:00 | expired | waits | the call fails if it fails |
///
/// - After a failed refresh, the cache does not ask the provider for [`COOL_DOWN`](Self::COOL_DOWN),
///   with jitter (5 to 15 s). Calls use the old keys meanwhile. Once these have expired, there is no
///   cool-down: each call fetches.
/// - Any number of calls on an empty cache share one fetch, and a dropped call does not end it for the
///   others.
/// - Keys from a file count as *refresh first* once the file has changed.
/// - A fetch has its own time limit, [`FETCH_LIMIT`](Self::FETCH_LIMIT).
/// - Keys that were refused by a service are dropped; see [`invalidate`](Self::invalidate).
///
/// Keys with a lifetime below one hour have shorter windows: a quarter and a twentieth of the lifetime
/// that was left when they were fetched. For keys of 15 minutes these are 3 min 45 s and 45 s. The
/// vendors' own windows (5 to 40 minutes) differ. Keys without an expiry stay fresh.
///
/// # Runtimes
///
/// A fetch is a task of the Tokio runtime of the call that began it. If that runtime ends, or has not
/// been driven for a second, the next call on another runtime begins a new fetch. Without a runtime,
/// the calls that wait drive the fetch. A provider that waits for the fetch that it is part of gets an
/// error, see [`ProvideCredential`].
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
///
/// # Troubleshooting
///
/// *no credential within 30s*: the provider did not return in time. If it calls the client that it
/// serves from another task, it waits for itself: give it a client with other credentials.
///
/// *the keys that it returned have expired*: the provider returned expired keys, or the clock of this
/// machine is wrong.
///
/// *the fetch was cut off because its Tokio runtime is shut down or is not driven*: a runtime that
/// began a fetch ended before the fetch did, as in a test with a runtime per case. Keep it until its
/// calls have ended.
///
/// **A warning `the credential could not be refreshed; the old one is used until it expires` appears every
/// few seconds.** The provider fails shortly before the keys expire. The warning has its error.
pub struct CredentialCache {
    /// The source of credentials.
    provider: Arc<dyn ProvideCredential>,
    /// Shared with the fetch under way, which stores its result here.
    state: Arc<Mutex<CacheState>>,
}

/// The credential, and the fetch that will replace it.
#[derive(Default)]
struct CacheState {
    /// The last credential. None before the first fetch, and after `invalidate`.
    current: Option<CachedCredential>,
    /// The fetch under way. At most one.
    fetch: Option<SharedFetch<Outcome>>,
    /// No refresh before this time, by the clock that never goes back. Set by a failed fetch.
    quiet_until: Option<Duration>,
}

/// Locks the state. A panic elsewhere leaves it whole: its parts are only ever replaced.
fn lock(state: &Mutex<CacheState>) -> MutexGuard<'_, CacheState> {
    // A panic elsewhere leaves the state whole: its parts are only ever replaced.
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What one call does, by the state of the cache.
enum Step {
    /// Use this credential.
    Serve(Credential),
    /// Wait for the fetch. If it fails, the old keys serve as long as they have not expired.
    Wait(SharedFetch<Outcome>, Begun),
}

/// Which call began a fetch. A lost fetch of another call is worth a second attempt on the runtime of
/// this one.
#[derive(PartialEq)]
enum Begun {
    /// This call.
    Here,
    /// An earlier call.
    Before,
}

impl CredentialCache {
    /// How long before the expiry the keys are refreshed in the background: 15 minutes.
    pub const ADVISORY: Duration = Duration::from_secs(15 * 60);
    /// How long before the expiry calls wait for new keys: 3 minutes.
    pub const MANDATORY: Duration = Duration::from_secs(3 * 60);
    /// How long the provider is not asked after a failed refresh: 10 seconds, times a random factor of
    /// 0.5 to 1.5.
    pub const COOL_DOWN: Duration = Duration::from_secs(10);
    /// The time limit of one fetch: 30 seconds.
    pub const FETCH_LIMIT: Duration = Duration::from_secs(30);

    /// Creates an empty cache. The first [`get`](Self::get) fetches.
    pub fn new(provider: Arc<dyn ProvideCredential>) -> Self {
        Self { provider, state: Arc::default() }
    }

    /// A credential that has not expired.
    ///
    /// # Errors
    ///
    /// Kind `Credentials` if the provider gives no credential within
    /// [`FETCH_LIMIT`](Self::FETCH_LIMIT). As long as the cached credential has not expired, a failed
    /// refresh is not an error.
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
                        tracing::debug!("the runtime of a credential fetch ended: starting a new fetch");
                        continue;
                    }
                    fetch::lost(&*self.provider, lost)
                }
            };
            return self.unexpired(context).ok_or(error);
        }
    }

    /// The error of a call that the fetch under way waits for, unless there are keys that serve it.
    /// Such a call must not begin: it could hold a permit that the fetch needs, or the reverse.
    pub(crate) fn reentered(&self, context: &Context) -> Option<Error> {
        if !is_inside() {
            return None;
        }
        let circle = lock(&self.state).fetch.as_ref().is_some_and(SharedFetch::is_waiting_for_caller);
        (circle && self.unexpired(context).is_none()).then(|| fetch::lost(&*self.provider, Lost::Reentered))
    }

    /// Forgets a fetch that will have no outcome. A newer fetch stays.
    fn give_up(&self, lost: &SharedFetch<Outcome>) {
        let mut state = lock(&self.state);
        if state.fetch.as_ref().map(SharedFetch::id) == Some(lost.id()) {
            state.fetch = None;
        }
    }

    /// The credential, if it is fresh. This is the fast path of a call: one lock, no future.
    pub(crate) fn ready(&self, context: &Context) -> Option<Credential> {
        let state = lock(&self.state);
        let cached = state.current.as_ref()?;
        let fresh = cached.freshness(context, || context.clock.now()) == Freshness::Fresh;
        fresh.then(|| cached.credential.clone())
    }

    /// Decides what a call does, and begins a fetch if one is due.
    ///
    /// | freshness | cool-down | a fetch is under way | step |
    /// | --- | --- | --- | --- |
    /// | fresh | any | any | serve |
    /// | advisory | yes | any | serve |
    /// | advisory | no | yes | serve |
    /// | advisory | no | no | begin a fetch and serve; without a runtime, wait |
    /// | mandatory | yes | any | serve |
    /// | mandatory | no | any | wait |
    /// | expired or empty | any | any | wait |
    fn step(&self, context: &Context) -> Step {
        let mut state = lock(&self.state);
        let CacheState { current, fetch, quiet_until } = &mut *state;
        let freshness = current
            .as_ref()
            .map_or(Freshness::Expired, |cached| cached.freshness(context, || context.clock.now()));
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

    /// The cached credential, if it has not expired.
    fn unexpired(&self, context: &Context) -> Option<Credential> {
        let now = context.clock.now();
        let state = lock(&self.state);
        let cached = state.current.as_ref().filter(|cached| !cached.credential.is_expired(now))?;
        Some(cached.credential.clone())
    }

    /// Drops the credential if its keys are those of `refused`, so that the next call fetches again. A
    /// newer credential stays.
    ///
    /// The pipeline calls it when a service refuses the keys. Comparing the keys keeps a burst of
    /// refused calls from dropping a credential that was fetched after they were sent.
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

/// A cache gives its credential to other providers, such as those of several roles that the same keys may
/// assume. They share one fetch.
///
/// A cache stands for a source that the program configured: in a chain, its failure stops the chain.
///
/// ```
/// use cloudcall::credential::CredentialCache;
/// use cloudcall::provider::alibaba::credentials::{self, AssumeRole};
/// # use std::sync::Arc;
///
/// let keys = Arc::new(CredentialCache::new(Arc::new(credentials::default_chain())));
/// let audit = AssumeRole::new(keys.clone(), "acs:ram::1:role/audit");
/// let deploy = AssumeRole::new(keys, "acs:ram::1:role/deploy");
/// ```
#[async_trait]
impl ProvideCredential for CredentialCache {
    fn name(&self) -> &'static str {
        self.provider.name()
    }

    async fn provide(&self, context: &Context) -> Result<Credential, CredentialError> {
        Ok(self.get(context).await?)
    }
}

impl fmt::Debug for CredentialCache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CredentialCache").field("provider", &self.provider).finish_non_exhaustive()
    }
}
