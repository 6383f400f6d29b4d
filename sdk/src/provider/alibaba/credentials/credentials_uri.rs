//! Keys from an address that the environment names: `docs/sources.md`, Alibaba Cloud, 6.2.
//!
//! The address belongs to a service of the user, often a sidecar container. It gets a GET without headers,
//! and responds with status 200 and this document:
//!
//! ```text
//! {"Code": "Success", "AccessKeyId": "STS.…", "AccessKeySecret": "…", "SecurityToken": "…",
//!  "Expiration": "2026-03-01T09:09:05Z"}
//! ```

use std::sync::Arc;

use async_trait::async_trait;
use http::{Method, StatusCode};
use serde_json::Value;

use super::session_keys;
use crate::call::setters::provider_setters;
use crate::context::Context;
use crate::credential::metadata::Metadata;
use crate::credential::{Credential, CredentialError, ProvideCredential, given};
use crate::transport::HttpSend;

const NAME: &str = "credentials URI";
const VARIABLE: &str = "ALIBABA_CLOUD_CREDENTIALS_URI";

/// Keys from the address in `ALIBABA_CLOUD_CREDENTIALS_URI`, or from the address that the program names.
///
/// The address must be https, a loopback address, or the address of a metadata service (`100.100.100.200`,
/// `169.254.169.254`). Over plain HTTP, anyone on the network path could read the keys or redirect the
/// request. The request never goes through a proxy. Time limit: 2 s.
///
/// ```
/// use cloudcall::{Alibaba, Client, provider::alibaba::credentials::CredentialsUri};
///
/// let client = Client::<Alibaba>::builder()
///     .credentials(CredentialsUri::new().uri("http://127.0.0.1:6666/keys"))
///     .build()?;
/// # Ok::<(), cloudcall::Error>(())
/// ```
///
/// # Troubleshooting
///
/// *the address is neither https nor loopback nor a metadata service's*: put the service behind TLS, or run
/// it on this machine.
///
/// *does not say `Success`*: the service must respond with an object whose `Code` is `Success`, and with
/// `AccessKeyId`, `AccessKeySecret`, `SecurityToken` and `Expiration`.
///
/// *nothing responds at …*: the service does not listen at this address. As the address is configured, this
/// is an error and does not pass to another source.
#[doc(alias = "URLCredentialsProvider")]
#[derive(Clone, Default)]
pub struct CredentialsUri {
    uri: Option<String>,
    transport: Option<Arc<dyn HttpSend>>,
}

impl std::fmt::Debug for CredentialsUri {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The address may hold a token.
        let given = self.uri.as_ref().map(|_| crate::telemetry::redact::MASK);
        f.debug_struct("CredentialsUri").field("uri", &given).finish_non_exhaustive()
    }
}

impl CredentialsUri {
    /// The address that `ALIBABA_CLOUD_CREDENTIALS_URI` names when keys are fetched.
    pub fn new() -> Self {
        Self::default()
    }

    provider_setters! {
        /// Names the address. Default: `ALIBABA_CLOUD_CREDENTIALS_URI`.
        uri: text => uri;

        /// Sends the request through a transport of your own.
        transport: transport => transport;
    }
}

#[async_trait]
impl ProvideCredential for CredentialsUri {
    fn name(&self) -> &'static str {
        NAME
    }

    async fn provide(&self, context: &Context) -> Result<Credential, CredentialError> {
        let Some(uri) = self.uri.clone().or_else(|| given(context, VARIABLE)) else {
            return Err(CredentialError::NotConfigured(format!("{VARIABLE} is not set")));
        };
        let (service, path) = Metadata::at(NAME, &uri, VARIABLE, self.transport.as_ref())?;
        let reply = service.ask_configured(context, Method::GET, &path, &[], "").await?;
        if reply.status != StatusCode::OK {
            return Err(service.status(&reply).into());
        }
        let mut document = service.json(&reply)?;
        if document.get("Code").and_then(Value::as_str) != Some("Success") {
            return Err(service.broken(format!("{} does not say `Success`", service.place())).into());
        }
        Ok(session_keys(NAME, &mut document)?)
    }
}
