//! Sources of a default chain that the user did not configure: the metadata service of the machine.
//!
//! A program that runs outside of the cloud has no such service, or another one at the same address. So
//! a failure of it must not stop the chain. Inside of the cloud, a failure must stop it, once the
//! service has given keys.

use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;

use super::{Credential, CredentialError, ProvideCredential};
use crate::context::Context;
use crate::error::{Error, ErrorKind};

/// A provider that a default chain tries although the user did not configure it. A failure means *not
/// configured*, as in the vendors' own chains.
///
/// Once the provider gave keys, a failure is an error. Otherwise a later source of the chain would take over,
/// perhaps with another account.
///
/// | the provider | before it gave keys | afterwards |
/// | --- | --- | --- |
/// | gives keys | keys | keys |
/// | is not configured | not configured | error |
/// | is broken | not configured, unless the variable is set | error |
#[derive(Debug)]
pub(crate) struct Probe<P> {
    /// The provider of the metadata service.
    provider: P,
    /// The variable that configures the provider, if there is one.
    variable: Option<&'static str>,
    /// Whether it gave keys before.
    gave_keys: AtomicBool,
}

impl<P> Probe<P> {
    /// A probe without a variable.
    pub(crate) fn new(provider: P) -> Self {
        Self { provider, variable: None, gave_keys: AtomicBool::new(false) }
    }

    /// The provider counts as configured if this variable is set.
    #[cfg(any(feature = "alibaba", feature = "volcengine"))]
    pub(crate) fn unless_set(self, variable: &'static str) -> Self {
        Self { variable: Some(variable), ..self }
    }

    /// Whether a failure of the provider is an error.
    fn is_configured(&self, context: &Context) -> bool {
        let set = |name| context.env.var(name).is_some_and(|value| !value.is_empty());
        self.gave_keys.load(Ordering::Relaxed) || self.variable.is_some_and(set)
    }
}

#[async_trait]
impl<P: ProvideCredential> ProvideCredential for Probe<P> {
    fn name(&self) -> &'static str {
        self.provider.name()
    }

    async fn provide(&self, context: &Context) -> Result<Credential, CredentialError> {
        let name = self.name();
        match self.provider.provide(context).await {
            Ok(keys) => {
                self.gave_keys.store(true, Ordering::Relaxed);
                Ok(keys)
            }
            Err(CredentialError::Broken(error)) if !self.is_configured(context) => {
                let reason = error.message();
                let reason =
                    reason.strip_prefix(name).and_then(|rest| rest.strip_prefix(": ")).unwrap_or(reason);
                Err(CredentialError::NotConfigured(reason.to_owned()))
            }
            Err(CredentialError::NotConfigured(reason)) if self.gave_keys.load(Ordering::Relaxed) => {
                let what = format!("{name}: it gave keys before, but no longer does: {reason}");
                Err(Error::new(ErrorKind::Credentials, what).into())
            }
            Err(error) => Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;
    use std::task::{Context as Task, Poll, Waker};

    use super::*;

    /// Gives these outcomes, the last one first.
    #[derive(Debug)]
    struct Script(Mutex<Vec<Result<Credential, CredentialError>>>);

    #[async_trait]
    impl ProvideCredential for Script {
        fn name(&self) -> &'static str {
            "metadata"
        }

        async fn provide(&self, _: &Context) -> Result<Credential, CredentialError> {
            self.0.lock().unwrap().pop().unwrap()
        }
    }

    fn ask<P: ProvideCredential>(provider: &P) -> Result<Credential, CredentialError> {
        let context = Context::system();
        match provider.provide(&context).as_mut().poll(&mut Task::from_waker(Waker::noop())) {
            Poll::Ready(outcome) => outcome,
            Poll::Pending => panic!("it waits"),
        }
    }

    fn broken() -> Result<Credential, CredentialError> {
        Err(Error::new(ErrorKind::Credentials, "metadata: status 500").into())
    }

    fn nobody() -> Result<Credential, CredentialError> {
        Err(CredentialError::NotConfigured("nothing responds".to_owned()))
    }

    #[test]
    fn a_service_that_gave_keys_makes_no_room_for_another_source() {
        let keys = Credential::new("a", "planted");
        let script = vec![nobody(), broken(), keys.map_err(Into::into), nobody(), broken()];
        let probe = Probe::new(Script(Mutex::new(script)));
        let shown = |outcome: Result<Credential, CredentialError>| outcome.unwrap_err().to_string();
        assert_eq!(shown(ask(&probe)), "not configured: status 500");
        assert_eq!(shown(ask(&probe)), "not configured: nothing responds");
        assert_eq!(ask(&probe).unwrap().id(), "a");
        assert_eq!(shown(ask(&probe)), "credentials: metadata: status 500");
        assert!(
            shown(ask(&probe))
                .contains("metadata: it gave keys before, but no longer does: nothing responds")
        );
    }
}
