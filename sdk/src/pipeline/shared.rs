//! The state that all calls of one client share.
//!
//! `Client` is a handle to one `Shared`: cloning a client copies a pointer. The state lives
//! as long as a client, a call or a paginator refers to it.
//!
//! Nothing here is changed by the options of a call. What changes with time (cached
//! credentials, quota tokens, breaker states, limiter gates, clock skew) has its own lock
//! or atomic, so calls never wait for each other here for longer than a lookup takes.

use std::fmt;
use std::sync::Arc;

use crate::breaker::Breakers;
use crate::context::Context;
use crate::credential::CredentialCache;
use crate::limiter::Limiter;
use crate::options::ClientOptions;
use crate::provider::Provider;
use crate::retry::quota::RetryQuota;
use crate::telemetry::observe::{Intercept, Observe};
use crate::timing::clock_skew::ClockSkew;
use crate::transport::HttpSend;

/// The state that all calls of one client share. `ClientBuilder::build` creates it.
///
/// The provider comes last, so that `&Shared<Cloud>` can be coerced to `&Shared<dyn
/// Provider>`. The pipeline works on the latter and is therefore compiled once, not once
/// per provider. What stands behind an `Arc` is shared with clients that differ in their
/// credentials only.
pub(crate) struct Shared<P: Provider + ?Sized> {
    /// The options of the client. Calls read them where they set nothing themselves.
    pub(crate) options: ClientOptions,
    /// Clock, sleep, randomness, environment and files. Tests replace them.
    pub(crate) context: Context,
    /// The provider of credentials with its last credential. All calls share one fetch.
    pub(crate) credentials: Arc<CredentialCache>,
    /// Sends finished requests. Connections are pooled in here.
    pub(crate) transport: Arc<dyn HttpSend>,
    /// The observers, in the order in which they were added. Usually empty; then nothing of
    /// a request is copied for them.
    pub(crate) observers: Vec<Arc<dyn Observe>>,
    /// The interceptors, in the order in which they were added and run.
    pub(crate) interceptors: Vec<Arc<dyn Intercept>>,
    /// True if an observer asks for bodies. Only then are request and response bodies kept
    /// after an attempt. It is computed once, when the client is built.
    pub(crate) bodies: bool,
    /// The retry quota: a budget of tokens that limits the retries of all calls together.
    pub(crate) quota: Arc<RetryQuota>,
    /// The breakers by host, and the rings of hosts by product. Empty without a second
    /// endpoint.
    pub(crate) breakers: Arc<Breakers>,
    /// The limits of requests per second and at the same time.
    pub(crate) limiter: Arc<Limiter>,
    /// The difference to the clock of the service, once a service reported it. Later calls
    /// sign with the corrected time from their first attempt on.
    pub(crate) skew: Arc<ClockSkew>,
    /// The provider with its settings. A call with different settings uses a copy.
    pub(crate) cloud: P,
}

impl<P: Provider + Clone> Shared<P> {
    /// The same state with other credentials.
    pub(crate) fn with_credentials(&self, credentials: Arc<CredentialCache>) -> Self {
        Self {
            options: self.options.clone(),
            context: self.context.clone(),
            credentials,
            transport: self.transport.clone(),
            observers: self.observers.clone(),
            interceptors: self.interceptors.clone(),
            bodies: self.bodies,
            quota: self.quota.clone(),
            breakers: self.breakers.clone(),
            limiter: self.limiter.clone(),
            skew: self.skew.clone(),
            cloud: self.cloud.clone(),
        }
    }
}

/// Shows the name of the provider only. The options may contain secrets such as proxy
/// passwords, and the rest is internal state.
impl<P: Provider + ?Sized> fmt::Debug for Shared<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("cloud", &self.cloud.name()).finish_non_exhaustive()
    }
}
