//! Keys of the identity of a pod: `docs/sources.md`, Huawei Cloud, 3.4.

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

const URI_VARIABLE: &str = "HC_CONTAINER_CREDENTIALS_FULL_URI";
const TOKEN_VARIABLE: &str = "HC_CONTAINER_AUTHORIZATION_TOKEN_FILE";

/// Keys of this pod's identity, from the address in `HC_CONTAINER_CREDENTIALS_FULL_URI` for the token in the
/// file that `HC_CONTAINER_AUTHORIZATION_TOKEN_FILE` names. Both are read again for each fetch.
///
/// The address must be https, a loopback address, or the address of a metadata service (`169.254.169.254`,
/// `100.100.100.200`). Over plain HTTP, anyone on the network path could read the token and the keys.
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
#[doc(alias = "PodIdentityCredentialProvider")]
#[derive(Debug, Clone, Default)]
pub struct PodIdentity {
    transport: Option<Arc<dyn HttpSend>>,
}

impl PodIdentity {
    /// The identity that the environment names.
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
