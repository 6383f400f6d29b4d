//! Ids of project and account for the keys of any provider.
//!
//! The vendor's SDK has them on its two classes of credentials, `BasicCredentials` (project) and
//! `GlobalCredentials` (account). Here a credential can carry both ids, and this wrapper sets them for
//! providers that have no setters for ids themselves.

use async_trait::async_trait;

use super::with_scope;
use crate::call::setters::provider_setters;
use crate::context::Context;
use crate::credential::{Credential, CredentialError, ProvideCredential};

/// The keys of another provider, used in a project or an account of your choice.
///
/// An id that is set here takes precedence over the id of the provider. Without an id, the client looks it up
/// when a call needs it. In a region with several projects, the look-up cannot choose, so the project must be
/// set.
///
/// The console shows both ids on the page *My Credentials*: 32 hexadecimal digits each. The ids are not
/// secrets. They say where a call works, not who makes it, so a wrong id leads to status 403 or 404 and not
/// to a signature error.
///
/// ```
/// use cloudcall::provider::huawei::credentials::{Federation, Scoped};
/// use cloudcall::{Client, Huawei};
/// use cloudcall::credential::TokenSource;
///
/// let keys = Federation::new("my-idp", TokenSource::File("/var/run/token".into()));
/// let keys = Scoped::new(keys).project_id("0904f9e1f100d2932f94c01f9aa1cfd7");
/// let client = Client::<Huawei>::builder().region("cn-north-4").credentials(keys).build()?;
/// # Ok::<(), cloudcall::Error>(())
/// ```
///
/// # Troubleshooting
///
/// *there are several projects named …*: IAM lists more than one project under the name of the region. Set
/// `project_id` to the project that the calls should work in.
///
/// *status 403 for a call in another region*: a project belongs to one region. Do not set `project_id` on a
/// client whose calls go to several regions; the look-up finds the project of each region.
#[doc(alias = "BasicCredentials")]
#[doc(alias = "GlobalCredentials")]
#[derive(Debug, Clone)]
pub struct Scoped<S> {
    source: S,
    project_id: Option<String>,
    domain_id: Option<String>,
}

impl<S: ProvideCredential> Scoped<S> {
    /// The keys of `source`, with its own ids until a setter replaces them.
    pub fn new(source: S) -> Self {
        Self { source, project_id: None, domain_id: None }
    }

    provider_setters! {
        /// Sets the project: `X-Project-Id`, and `{project_id}` in paths. Default: that of the source.
        project_id: text => project_id;

        /// Sets the account: `X-Domain-Id`, and `{domain_id}` in paths. Default: that of the source.
        domain_id: text => domain_id;
    }
}

#[async_trait]
impl<S: ProvideCredential> ProvideCredential for Scoped<S> {
    fn name(&self) -> &'static str {
        self.source.name()
    }

    async fn provide(&self, context: &Context) -> Result<Credential, CredentialError> {
        let keys = self.source.provide(context).await?;
        Ok(with_scope(keys, self.project_id.clone(), self.domain_id.clone()))
    }
}
