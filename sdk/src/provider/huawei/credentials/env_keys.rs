//! Keys of the environment: `docs/sources.md`, Huawei Cloud, 3.5.
//!
//! The key pair itself is read by the provider that all clouds share ([`EnvCredentials`]). This file adds the
//! two parts that only Huawei Cloud has: an identity provider in place of keys, and the ids of project and
//! account.

use std::sync::Arc;

use async_trait::async_trait;

use super::{federated, scoped};
use crate::call::setters::provider_setters;
use crate::context::Context;
use crate::credential::{Credential, CredentialError, EnvCredentials, ProvideCredential, given};
use crate::transport::HttpSend;

/// The variable with the id of the identity provider in IAM.
const IDP_VARIABLE: &str = "HUAWEICLOUD_SDK_IDP_ID";
/// The variable with the path of the file that holds the token of the identity provider.
const ID_TOKEN_VARIABLE: &str = "HUAWEICLOUD_SDK_ID_TOKEN_FILE";

/// Keys from environment variables. [`environment`](super::environment) makes this provider.
///
/// | variable | meaning |
/// | --- | --- |
/// | `HUAWEICLOUD_SDK_AK`, `HUAWEICLOUD_SDK_SK` | the key pair; both or neither |
/// | `HUAWEICLOUD_SDK_SECURITY_TOKEN` | the token of temporary keys |
/// | `HUAWEICLOUD_SDK_IDP_ID` | the id of an identity provider in IAM |
/// | `HUAWEICLOUD_SDK_ID_TOKEN_FILE` | the file with the token of that identity provider |
/// | `HUAWEICLOUD_SDK_PROJECT_ID` | the project that the keys are used in |
/// | `HUAWEICLOUD_SDK_DOMAIN_ID` | the account that the keys are used in |
///
/// If `HUAWEICLOUD_SDK_IDP_ID` and `HUAWEICLOUD_SDK_ID_TOKEN_FILE` are both set, they take precedence: the
/// keys then come from [`Federation`](super::Federation). If only one of the two is set, it is ignored as
/// long as there is a key pair. An empty variable counts as unset; the vendor's SDK sends an empty token
/// instead.
///
/// The variables are read for each fetch. These keys have no expiry, so the client keeps them until the
/// service refuses them.
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
///
/// *`HUAWEICLOUD_SDK_IDP_ID` is set, but `HUAWEICLOUD_SDK_ID_TOKEN_FILE` is not*: there is no key pair, and
/// one half of the identity provider is missing. Set both, or set a key pair.
///
/// *the service refuses the token*: the keys are temporary and
/// `HUAWEICLOUD_SDK_SECURITY_TOKEN` is missing or belongs to an earlier pair. Set all three from one source.
#[doc(alias = "EnvCredentialProvider")]
#[derive(Debug, Clone)]
pub struct EnvKeys {
    keys: EnvCredentials,
    transport: Option<Arc<dyn HttpSend>>,
}

impl EnvKeys {
    /// A provider that reads the variables above.
    pub(super) fn new() -> Self {
        let [id, secret, token] =
            ["HUAWEICLOUD_SDK_AK", "HUAWEICLOUD_SDK_SK", "HUAWEICLOUD_SDK_SECURITY_TOKEN"];
        Self { keys: EnvCredentials::new(id, secret, token), transport: None }
    }

    provider_setters! {
        /// Sends requests through a transport of your own. Only federation sends any, to IAM.
        transport: transport => transport;
    }
}

#[async_trait]
impl ProvideCredential for EnvKeys {
    fn name(&self) -> &'static str {
        self.keys.name()
    }

    async fn provide(&self, context: &Context) -> Result<Credential, CredentialError> {
        // Not an error: the vendor's SDK ignores one half of an identity provider, and the chain goes on.
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
