//! Several providers, asked in order.

use async_trait::async_trait;

use super::{Credential, CredentialError, ProvideCredential};
use crate::context::Context;
use crate::error::{Error, ErrorKind};

/// Asks providers in order and takes the first that is configured.
///
/// A provider that is configured but broken ends the chain with its reason: going on would silently use
/// another account. When none is configured, the error lists each with what it missed.
///
/// ```
/// use cloudcall::credential::{CredentialChain, EnvCredentials};
///
/// let chain = CredentialChain::new()
///     .then(EnvCredentials::new("MY_ID", "MY_SECRET", "MY_TOKEN"))
///     .then(cloudcall::provider::tencent::credentials::profile());
/// ```
#[derive(Debug, Default)]
pub struct CredentialChain {
    providers: Vec<Box<dyn ProvideCredential>>,
}

impl CredentialChain {
    /// An empty chain.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a provider at the end.
    #[must_use]
    pub fn then(mut self, provider: impl ProvideCredential + 'static) -> Self {
        self.providers.push(Box::new(provider));
        self
    }
}

#[async_trait]
impl ProvideCredential for CredentialChain {
    fn name(&self) -> &'static str {
        "chain"
    }

    async fn provide(&self, context: &Context) -> Result<Credential, CredentialError> {
        let mut passed = Vec::with_capacity(self.providers.len());
        for provider in &self.providers {
            match provider.provide(context).await {
                Ok(credential) => return Ok(credential),
                Err(CredentialError::NotConfigured(reason)) => passed.push((provider.name(), reason)),
                Err(CredentialError::Broken(error)) if passed.is_empty() => return Err(error.into()),
                Err(CredentialError::Broken(error)) => {
                    // What was not set up before it is as likely to be what the user missed.
                    let what = format!("{}; before it, {}", error.message(), list(&passed));
                    return Err(error.with_message(what).into());
                }
            }
        }
        let what = match passed.is_empty() {
            true => "no credentials: the chain is empty".to_owned(),
            false => format!("no credentials in the chain: {}", list(&passed)),
        };
        Err(Error::new(ErrorKind::Credentials, what).into())
    }
}

fn list(passed: &[(&'static str, String)]) -> String {
    let texts: Vec<_> = passed.iter().map(|(name, reason)| format!("{name}: {reason}")).collect();
    texts.join("; ")
}
