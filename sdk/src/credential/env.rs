//! Keys from environment variables.

use async_trait::async_trait;

use super::{Credential, CredentialError, ProvideCredential};
use crate::context::Context;
use crate::error::{Error, ErrorKind};

/// Reads a key pair, and a token if there is one, from environment variables.
///
/// Both halves missing or empty is *not configured*; one half alone is an error, since falling through to
/// another account would surprise.
#[derive(Debug, Clone)]
pub struct EnvCredentials {
    id: &'static str,
    secret: &'static str,
    token: &'static str,
}

impl EnvCredentials {
    /// The names of the variables; the token's may be unset at run time.
    pub const fn new(id: &'static str, secret: &'static str, token: &'static str) -> Self {
        Self { id, secret, token }
    }
}

#[async_trait]
impl ProvideCredential for EnvCredentials {
    fn name(&self) -> &'static str {
        "environment"
    }

    async fn provide(&self, context: &Context) -> Result<Credential, CredentialError> {
        let var = |name| context.env.var(name).filter(|value| !value.is_empty());
        let half = |set: &str, missing: &str| {
            let what = format!("environment: {set} is set, but {missing} is not: set both, or neither");
            CredentialError::Broken(Error::new(ErrorKind::Credentials, what))
        };
        let (id, secret) = match (var(self.id), var(self.secret)) {
            (Some(id), Some(secret)) => (id, secret),
            (None, None) => {
                let reason = format!("{} and {} are not set", self.id, self.secret);
                return Err(CredentialError::NotConfigured(reason));
            }
            (Some(_), None) => return Err(half(self.id, self.secret)),
            (None, Some(_)) => return Err(half(self.secret, self.id)),
        };
        let mut credential = Credential::new(id, secret)
            .map_err(|error| {
                let what = format!("environment: {} or {}: {}", self.id, self.secret, error.message());
                Error::new(ErrorKind::Credentials, what)
            })?
            .with_source(self.name());
        if let Some(token) = var(self.token) {
            credential = credential.with_token(token);
        }
        Ok(credential)
    }
}
