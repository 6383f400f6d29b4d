//! Keys of the environment: `docs/sources.md`, Huawei Cloud, 3.5.

use std::sync::Arc;

use async_trait::async_trait;

use super::{federated, scoped};
use crate::call::setters::provider_setters;
use crate::context::Context;
use crate::credential::{Credential, CredentialError, EnvCredentials, ProvideCredential, given};
use crate::transport::HttpSend;

const IDP_VARIABLE: &str = "HUAWEICLOUD_SDK_IDP_ID";
const ID_TOKEN_VARIABLE: &str = "HUAWEICLOUD_SDK_ID_TOKEN_FILE";

/// Keys from `HUAWEICLOUD_SDK_AK` and `HUAWEICLOUD_SDK_SK`, `HUAWEICLOUD_SDK_SECURITY_TOKEN` for temporary
/// ones, and the ids of `HUAWEICLOUD_SDK_PROJECT_ID` and `HUAWEICLOUD_SDK_DOMAIN_ID`.
///
/// If `HUAWEICLOUD_SDK_IDP_ID` and `HUAWEICLOUD_SDK_ID_TOKEN_FILE` are both set, they take precedence: the
/// keys then come from [`Federation`](super::Federation).
///
/// ```
/// use cloudcall::{Client, Huawei, provider::huawei::credentials};
///
/// let client =
///     Client::<Huawei>::builder().region("cn-north-4").credentials(credentials::environment()).build()?;
/// # Ok::<(), cloudcall::Error>(())
/// ```
///
/// # Troubleshooting
///
/// *`HUAWEICLOUD_SDK_AK` is set, but `HUAWEICLOUD_SDK_SK` is not*: one half of the pair is missing or empty.
/// Set both, or neither.
#[doc(alias = "EnvCredentialProvider")]
#[derive(Debug, Clone)]
pub struct EnvKeys {
    keys: EnvCredentials,
    transport: Option<Arc<dyn HttpSend>>,
}

impl EnvKeys {
    pub(super) fn new() -> Self {
        let [id, secret, token] =
            ["HUAWEICLOUD_SDK_AK", "HUAWEICLOUD_SDK_SK", "HUAWEICLOUD_SDK_SECURITY_TOKEN"];
        Self { keys: EnvCredentials::new(id, secret, token), transport: None }
    }

    provider_setters! {
        /// Sends requests to IAM, where federation needs it, through a transport of your own.
        transport: transport => transport;
    }
}

#[async_trait]
impl ProvideCredential for EnvKeys {
    fn name(&self) -> &'static str {
        self.keys.name()
    }

    async fn provide(&self, context: &Context) -> Result<Credential, CredentialError> {
        // The vendor's SDK ignores half an identity provider. Half a key pair is an error of `keys`.
        let half = |set: &str, missing: &str| {
            CredentialError::NotConfigured(format!(
                "{set} is set, but {missing} is not: set both, or neither"
            ))
        };
        let keys = match (given(context, IDP_VARIABLE), given(context, ID_TOKEN_VARIABLE)) {
            (Some(idp), Some(file)) => federated(context, &self.transport, idp, file, None).await?,
            (idp, file) => match self.keys.provide(context).await {
                // The vendor's SDK uses the keys if only half of the identity provider is set.
                Err(CredentialError::NotConfigured(_)) if idp.is_some() => {
                    return Err(half(IDP_VARIABLE, ID_TOKEN_VARIABLE));
                }
                Err(CredentialError::NotConfigured(_)) if file.is_some() => {
                    return Err(half(ID_TOKEN_VARIABLE, IDP_VARIABLE));
                }
                given => given?,
            },
        };
        Ok(scoped(context, keys))
    }
}
