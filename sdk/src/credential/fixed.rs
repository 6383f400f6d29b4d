//! Credentials that the program itself has.

use async_trait::async_trait;

use super::{Credential, CredentialError, ProvideCredential};
use crate::context::Context;

/// The same credential for every request.
///
/// [`ClientBuilder::credentials`](crate::client::ClientBuilder::credentials) takes a [`Credential`]
/// directly, so this type is needed only inside of chains.
///
/// ```
/// use cloudcall::{Client, Tencent};
/// use cloudcall::credential::Credential;
///
/// let keys = Credential::new("AKIDexample", "example-secret")?;
/// let client = Client::<Tencent>::builder().region("ap-guangzhou").credentials(keys).build()?;
/// # Ok::<(), cloudcall::Error>(())
/// ```
///
/// The keys are never refreshed. Temporary keys with an expiry end in an error: use a source that
/// fetches new ones.
#[doc(alias = "BasicCredentials")]
#[doc(alias = "AccessKeyCredential")]
#[derive(Debug, Clone)]
pub struct StaticCredentials(Credential);

impl StaticCredentials {
    /// Always provides `credential`.
    pub fn new(credential: Credential) -> Self {
        Self(credential)
    }
}

impl From<Credential> for StaticCredentials {
    fn from(credential: Credential) -> Self {
        Self(credential)
    }
}

/// A credential provides itself, so that
/// [`ClientBuilder::credentials`](crate::client::ClientBuilder::credentials) takes one.
#[async_trait]
impl ProvideCredential for Credential {
    fn name(&self) -> &'static str {
        "static"
    }

    async fn provide(&self, _: &Context) -> Result<Credential, CredentialError> {
        Ok(self.clone())
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
