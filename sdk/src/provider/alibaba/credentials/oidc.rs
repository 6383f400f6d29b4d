//! Keys of the role of a pod: `docs/sources.md`, Alibaba Cloud, 6.4, second step.

use std::sync::Arc;

use async_trait::async_trait;

use super::RamRole;
use crate::call::setters::provider_setters;
use crate::context::Context;
use crate::credential::{Credential, CredentialError, ProvideCredential, TokenSource};
use crate::transport::HttpSend;

const VARIABLES: [&str; 3] =
    ["ALIBABA_CLOUD_OIDC_TOKEN_FILE", "ALIBABA_CLOUD_ROLE_ARN", "ALIBABA_CLOUD_OIDC_PROVIDER_ARN"];

/// Keys of the role of this pod's service account: the OIDC token that the cluster mounts, exchanged by STS.
///
/// Needs `ALIBABA_CLOUD_OIDC_TOKEN_FILE`, `ALIBABA_CLOUD_ROLE_ARN` and `ALIBABA_CLOUD_OIDC_PROVIDER_ARN`, as the vendor's
/// packages do; `ALIBABA_CLOUD_ROLE_ARN` alone serves other providers too, so some of them set is no error.
///
/// ```
/// use cloudcall::{Alibaba, Client, provider::alibaba::credentials::OidcRole};
///
/// let client = Client::<Alibaba>::builder().credentials(OidcRole::new()).build()?;
/// # Ok::<(), cloudcall::Error>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct OidcRole {
    transport: Option<Arc<dyn HttpSend>>,
}

impl OidcRole {
    /// The pod's role, from the environment.
    pub fn new() -> Self {
        Self::default()
    }

    provider_setters! {
        /// Asks through a transport of your own.
        transport: transport => transport;
    }
}

#[async_trait]
impl ProvideCredential for OidcRole {
    fn name(&self) -> &'static str {
        "OIDC role"
    }

    async fn provide(&self, context: &Context) -> Result<Credential, CredentialError> {
        let given = VARIABLES.map(|name| context.env.var(name).filter(|value| !value.is_empty()));
        let [Some(file), Some(role), Some(provider)] = given else {
            let missing = VARIABLES.iter().zip(&given).filter(|(_, value)| value.is_none());
            let missing: Vec<_> = missing.map(|(name, _)| *name).collect();
            return Err(CredentialError::NotConfigured(format!("{} not set", missing.join(", "))));
        };
        let mut sts = RamRole::oidc(provider, role, TokenSource::File(file.into()));
        if let Some(transport) = &self.transport {
            sts = sts.transport(transport.clone());
        }
        sts.provide(context).await
    }
}
