//! Keys that are given in the program.

use async_trait::async_trait;

use super::{Credential, CredentialError, ProvideCredential};
use crate::context::Context;

/// The same credential for every request.
#[derive(Debug, Clone)]
pub struct StaticCredentials(Credential);

impl StaticCredentials {
    /// Serves `credential` for ever.
    pub fn new(credential: Credential) -> Self {
        Self(credential)
    }
}

impl From<Credential> for StaticCredentials {
    fn from(credential: Credential) -> Self {
        Self(credential)
    }
}

#[async_trait]
impl ProvideCredential for StaticCredentials {
    fn name(&self) -> &'static str {
        "static"
    }

    async fn provide(&self, _: &Context) -> Result<Credential, CredentialError> {
        Ok(self.0.clone())
    }
}
