//! The state that all calls of one client share.

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

/// The state that all calls of one client share. The provider comes last, so that the pipeline can erase its type.
pub(crate) struct Shared<P: Provider + ?Sized> {
    pub(crate) options: ClientOptions,
    pub(crate) context: Context,
    pub(crate) credentials: CredentialCache,
    pub(crate) transport: Arc<dyn HttpSend>,
    pub(crate) observers: Vec<Arc<dyn Observe>>,
    pub(crate) interceptors: Vec<Arc<dyn Intercept>>,
    /// Whether an observer wants to see bodies.
    pub(crate) bodies: bool,
    pub(crate) quota: RetryQuota,
    pub(crate) breakers: Breakers,
    pub(crate) limiter: Limiter,
    pub(crate) skew: ClockSkew,
    pub(crate) cloud: P,
}

impl<P: Provider + ?Sized> fmt::Debug for Shared<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("cloud", &self.cloud.name()).finish_non_exhaustive()
    }
}
