//! Keys of the identity of a pod: `docs/sources.md`, Huawei Cloud, 3.3 and 3.5.
//!
//! The cluster mounts a token into the pod, and a service on the node gives keys for it:
//!
//! ```text
//! POST {HC_CONTAINER_CREDENTIALS_FULL_URI}
//! Authorization: {the text of the file HC_CONTAINER_AUTHORIZATION_TOKEN_FILE, trimmed}
//! Content-Type: application/json
//!
//! {}
//! ```
//!
//! The response has one of the shapes that the function `take` of the parent module reads.

use std::sync::Arc;

use async_trait::async_trait;
use http::{Method, StatusCode};
use secrecy::ExposeSecret;

use super::{scoped, take};
use crate::call::setters::provider_setters;
use crate::context::Context;
use crate::credential::metadata::Metadata;
use crate::credential::{Credential, CredentialError, ProvideCredential, TokenSource, all_given};
use crate::transport::HttpSend;

/// The variable with the address of the service.
const URI_VARIABLE: &str = "HC_CONTAINER_CREDENTIALS_FULL_URI";
/// The variable with the path of the file that holds the token of the pod.
const TOKEN_VARIABLE: &str = "HC_CONTAINER_AUTHORIZATION_TOKEN_FILE";

/// Keys of this pod's identity.
///
/// | variable | meaning |
/// | --- | --- |
/// | `HC_CONTAINER_CREDENTIALS_FULL_URI` | the address of the service that gives the keys |
/// | `HC_CONTAINER_AUTHORIZATION_TOKEN_FILE` | the file with the token of the pod |
/// | `HUAWEICLOUD_SDK_PROJECT_ID` | the project that the keys are used in; optional |
/// | `HUAWEICLOUD_SDK_DOMAIN_ID` | the account that the keys are used in; optional |
///
/// The cluster sets the first two. All are read again for each fetch, and so is the file, because the cluster
/// replaces the token from time to time. A change of the file makes the client fetch new keys.
///
/// The address must be https, a loopback address, or the address of a metadata service (`169.254.169.254`,
/// `100.100.100.200`). Over plain HTTP, anyone on the network path could read the token and the keys.
/// Requests never go through a proxy.
///
/// ```
/// use cloudcall::{Client, Huawei, provider::huawei::credentials::PodIdentity};
///
/// let client = Client::<Huawei>::builder().region("cn-north-4").credentials(PodIdentity::new()).build()?;
/// # Ok::<(), cloudcall::Error>(())
/// ```
///
/// # Troubleshooting
///
/// *the address is neither https nor loopback nor a metadata service's*: the variable was edited. Let the
/// cluster set it.
///
/// *`HC_CONTAINER_CREDENTIALS_FULL_URI` is set, but … is not*: the pod has one of the variables only. Check
/// its service account.
///
/// *returned status 401* or *403*: the service does not accept the token. Check the identity that the
/// service account of the pod is bound to.
#[doc(alias = "PodIdentityCredentialProvider")]
#[derive(Debug, Clone, Default)]
pub struct PodIdentity {
    transport: Option<Arc<dyn HttpSend>>,
}

impl PodIdentity {
    /// The keys of the identity that the two variables describe. They are read when keys are needed, not
    /// here.
    pub fn new() -> Self {
        Self::default()
    }

    provider_setters! {
        /// Sends the request through a transport of your own.
        transport: transport => transport;
    }
}

#[async_trait]
impl ProvideCredential for PodIdentity {
    fn name(&self) -> &'static str {
        "pod identity"
    }

    async fn provide(&self, context: &Context) -> Result<Credential, CredentialError> {
        let [uri, file] = all_given(context, [URI_VARIABLE, TOKEN_VARIABLE])?;
        let (service, path) = Metadata::at(self.name(), &uri, URI_VARIABLE, self.transport.as_ref())?;
        let (token, watched) = TokenSource::File(file.into()).read(context, self.name())?;
        let headers = [("Authorization", token.expose_secret()), ("Content-Type", "application/json")];
        let reply = service.ask_configured(context, Method::POST, &path, &headers, "{}").await?;
        if reply.status != StatusCode::OK {
            return Err(service.status(&reply).into());
        }
        let keys = scoped(context, take(self.name(), service.json(&reply)?)?);
        Ok(keys.watching(watched))
    }
}
