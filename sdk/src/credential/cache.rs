//! Keeps the last credential, and makes many waiting calls share one fetch.

use std::error::Error as _;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::{BoxFuture, Shared};

use super::{Credential, ProvideCredential};
use crate::context::Context;
use crate::error::{Error, ErrorKind};

/// Keys that end within this time are fetched anew before they are used.
const MARGIN: Duration = Duration::from_secs(60);

/// The outcome of a fetch; errors are shared by all who waited for it.
type Outcome = Result<Credential, Arc<Error>>;
type Flight = Shared<BoxFuture<'static, Outcome>>;

/// A provider and the credential it gave last.
///
/// Any number of calls on a cold cache make one fetch. A dropped call does not end the fetch that others wait
/// for: whoever still waits drives it. Keys that have ended are never served.
pub struct CredentialCache {
    provider: Arc<dyn ProvideCredential>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    current: Option<Credential>,
    flight: Option<Flight>,
}

impl CredentialCache {
    /// An empty cache over `provider`.
    pub fn new(provider: Arc<dyn ProvideCredential>) -> Self {
        Self { provider, state: Mutex::new(State::default()) }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // A panic elsewhere leaves the state whole: it is only ever replaced.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A credential that is good now.
    pub async fn get(&self, context: &Context) -> Result<Credential, Error> {
        let flight = {
            let mut state = self.state();
            let now = context.clock.now();
            if let Some(current) = &state.current
                && current.expiry().is_none_or(|expiry| now + MARGIN < expiry)
            {
                return Ok(current.clone());
            }
            match &state.flight {
                Some(flight) => flight.clone(),
                None => state.flight.insert(fetch(self.provider.clone(), context.clone())).clone(),
            }
        };
        let outcome = flight.clone().await;
        let mut state = self.state();
        // The first to come back lands the flight; a later flight is not this one's business.
        if state.flight.as_ref().is_some_and(|current| current.ptr_eq(&flight)) {
            state.flight = None;
            if let Ok(credential) = &outcome {
                state.current = Some(credential.clone());
            }
        }
        drop(state);
        match outcome {
            Ok(credential) if credential.is_expired(context.clock.now()) => {
                let what = format!("{}: the keys it gave have already ended", credential.source());
                Err(Error::new(ErrorKind::Credentials, what))
            }
            Ok(credential) => Ok(credential),
            Err(error) => Err(again(error)),
        }
    }

    /// Forgets `refused`, so that the next call fetches anew; a newer credential stays.
    pub fn invalidate(&self, refused: &Credential) {
        let mut state = self.state();
        if state.current.as_ref().is_some_and(|current| current.is_same(refused)) {
            state.current = None;
        }
    }
}

fn fetch(provider: Arc<dyn ProvideCredential>, context: Context) -> Flight {
    let outcome = async move {
        let given = provider.provide(&context).await;
        given.map_err(|error| Arc::new(error.into_error(provider.name())))
    };
    outcome.boxed().shared()
}

/// One of the errors of those who waited for the same fetch.
fn again(error: Arc<Error>) -> Error {
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

impl fmt::Debug for CredentialCache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CredentialCache").field("provider", &self.provider).finish_non_exhaustive()
    }
}
