//! Keys from an address that the environment names: `docs/sources.md`, Alibaba Cloud, 6.2.

use std::sync::Arc;

use async_trait::async_trait;
use http::StatusCode;
use serde_json::Value;

use super::session_keys;
use crate::call::setters::provider_setters;
use crate::context::Context;
use crate::credential::address;
use crate::credential::metadata::Metadata;
use crate::credential::{Credential, CredentialError, ProvideCredential};
use crate::transport::HttpSend;

const NAME: &str = "credentials URI";
const VARIABLE: &str = "ALIBABA_CLOUD_CREDENTIALS_URI";

/// Keys from the address in `ALIBABA_CLOUD_CREDENTIALS_URI`, or from the one given.
///
/// The address must be https, loopback or a metadata service's (`100.100.100.200`, `169.254.169.254`): over plain HTTP
/// anyone on the way could read the keys, or lead the request to where it should not go.
///
/// ```
/// use cloudcall::{Alibaba, Client, provider::alibaba::credentials::CredentialsUri};
///
/// let client = Client::<Alibaba>::builder()
///     .credentials(CredentialsUri::new().uri("http://127.0.0.1:6666/keys"))
///     .build()?;
/// # Ok::<(), cloudcall::Error>(())
/// ```
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
    /// The address of the environment.
    pub fn new() -> Self {
        Self::default()
    }

    provider_setters! {
        /// Names the address.
        uri: text => uri;

        /// Asks through a transport of your own.
        transport: transport => transport;
    }
}

#[async_trait]
impl ProvideCredential for CredentialsUri {
    fn name(&self) -> &'static str {
        NAME
    }

    async fn provide(&self, context: &Context) -> Result<Credential, CredentialError> {
        let named = || context.env.var(VARIABLE).filter(|uri| !uri.is_empty());
        let Some(uri) = self.uri.clone().or_else(named) else {
            return Err(CredentialError::NotConfigured(format!("{VARIABLE} is not set")));
        };
        let Some((base, path)) = address::allowed(&uri) else {
            let what = format!(
                "the address is neither https nor loopback nor a metadata service's: check {VARIABLE}, without user \
                 and password"
            );
            return Err(Metadata::new(NAME, "").broken(what).into());
        };
        let mut service = Metadata::new(NAME, &base);
        if let Some(transport) = &self.transport {
            service.set_transport(transport.clone());
        }
        let reply = match service.get(context, &path).await {
            Ok(reply) => reply,
            // Somebody said that it is there.
            Err(CredentialError::NotConfigured(reason)) => return Err(service.broken(reason).into()),
            Err(broken) => return Err(broken),
        };
        if reply.status != StatusCode::OK {
            return Err(service.status(&reply).into());
        }
        let mut answer = service.json(&reply)?;
        if answer.get("Code").and_then(Value::as_str) != Some("Success") {
            return Err(service.broken(format!("{base} does not say `Success`")).into());
        }
        Ok(session_keys(NAME, &mut answer)?)
    }
}
