//! Several providers, asked in order.
//!
//! It is separate from the providers, because each cloud composes its default chain from the same
//! parts.

use async_trait::async_trait;

use super::{Credential, CredentialError, ProvideCredential, SkippedSource};
use crate::context::Context;
use crate::error::{Error, ErrorKind};

/// Asks providers in order and takes the first that is configured.
///
/// A provider that is configured but broken stops the chain with its reason: going on would silently
/// use another account. If none is configured, the error lists each one and what it misses.
///
/// | the provider returns | the chain |
/// | --- | --- |
/// | a credential | returns it |
/// | `NotConfigured` | goes on, and keeps the reason |
/// | `Broken` | stops with this error, and adds the reasons that it kept |
///
/// ```
/// use cloudcall::credential::{CredentialChain, EnvCredentials};
/// use cloudcall::provider::tencent::credentials;
/// use cloudcall::{Client, Tencent};
///
/// let chain = CredentialChain::new()
///     .then(EnvCredentials::new("MY_ID", "MY_SECRET", "MY_TOKEN"))
///     .then(credentials::default_chain());
/// let client = Client::<Tencent>::builder().region("ap-guangzhou").credentials(chain).build()?;
/// # Ok::<(), cloudcall::Error>(())
/// ```
///
/// The providers are asked in each fetch, from the first one on: keys that appear later in the
/// environment or in a file take precedence at the next refresh. The client caches the result, see
/// [`CredentialCache`](super::CredentialCache).
///
/// # Troubleshooting
///
/// *no credentials in the chain: environment: `A` and `B` are not set; profile: no file at …*: no
/// provider is configured. Configure one of them.
///
/// *… ; before it, environment: …*: the provider that is named first is broken. The providers before it
/// are not configured; perhaps you meant one of these.
///
/// *no credentials: the chain is empty*: add a provider with [`then`](Self::then).
///
/// *the profile `…` that the program names has no keys*: a profile that is named must be there. Put it
/// last, or do not name it.
///
/// A chain within a chain counts as one provider. If it has no configured provider, it stops the outer
/// chain, so put it last.
#[derive(Debug, Default)]
pub struct CredentialChain {
    /// In the order in which they are asked.
    providers: Vec<Box<dyn ProvideCredential>>,
}

impl CredentialChain {
    /// Creates an empty chain, which gives an error until a provider is added.
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
        let mut passed: Vec<(&str, String)> = Vec::with_capacity(self.providers.len());
        for provider in &self.providers {
            match provider.provide(context).await {
                Ok(credential) => {
                    let skipped = passed.iter().map(|(name, reason)| SkippedSource::new(name, reason));
                    return Ok(credential.after(skipped.collect()));
                }
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

/// The reasons of providers that are not configured: `environment: A is not set; profile: no file at
/// /b`.
fn list(passed: &[(&'static str, String)]) -> String {
    let texts: Vec<_> = passed.iter().map(|(name, reason)| format!("{name}: {reason}")).collect();
    texts.join("; ")
}
