//! Keys of the role of a pod in TKE: `docs/sources.md`, Tencent Cloud, 6.6.

use std::sync::Arc;

use async_trait::async_trait;

use super::StsCredentials;
use crate::call::setters::provider_setters;
use crate::context::Context;
use crate::credential::{Credential, CredentialError, ProvideCredential, TokenSource};
use crate::transport::HttpSend;

const VARIABLES: [&str; 4] = ["TKE_REGION", "TKE_PROVIDER_ID", "TKE_WEB_IDENTITY_TOKEN_FILE", "TKE_ROLE_ARN"];

/// Keys of the role of this pod's service account: the OIDC token that TKE mounts, exchanged by STS.
///
/// TKE sets `TKE_REGION`, `TKE_PROVIDER_ID`, `TKE_WEB_IDENTITY_TOKEN_FILE` and `TKE_ROLE_ARN`. They and the token file
/// are read again for each exchange.
///
/// ```
/// use cloudcall::{Client, Tencent, provider::tencent::credentials::TkeOidc};
///
/// let client = Client::<Tencent>::builder().credentials(TkeOidc::new()).build()?;
/// # Ok::<(), cloudcall::Error>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct TkeOidc {
    endpoint: Option<String>,
    transport: Option<Arc<dyn HttpSend>>,
}

impl TkeOidc {
    /// The pod's role, from the environment.
    pub fn new() -> Self {
        Self::default()
    }

    provider_setters! {
        /// Asks another endpoint than `https://sts.tencentcloudapi.com`.
        endpoint: text => endpoint;

        /// Asks through a transport of your own.
        transport: transport => transport;
    }
}

#[async_trait]
impl ProvideCredential for TkeOidc {
    fn name(&self) -> &'static str {
        "TKE OIDC"
    }

    async fn provide(&self, context: &Context) -> Result<Credential, CredentialError> {
        let given = VARIABLES.map(|name| context.env.var(name).filter(|value| !value.is_empty()));
        let [Some(region), Some(provider_id), Some(file), Some(role)] = given else {
            let of = |set: bool| {
                let pairs = VARIABLES.iter().zip(&given).filter(|(_, value)| value.is_some() == set);
                pairs.map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
            };
            let (set, missing) = (of(true), of(false));
            if set.is_empty() {
                return Err(CredentialError::NotConfigured(format!("none of {missing} is set")));
            }
            let what = format!("{set} set, but {missing} not: set all, or none");
            return Err(CredentialError::NotConfigured(what));
        };
        let token = TokenSource::File(file.into());
        let mut sts = StsCredentials::web_identity(provider_id, role, token).region(region);
        if let Some(endpoint) = &self.endpoint {
            sts = sts.endpoint(endpoint);
        }
        if let Some(transport) = &self.transport {
            sts = sts.transport(transport.clone());
        }
        sts.provide(context).await.map(|keys| keys.with_source(self.name()))
    }
}
