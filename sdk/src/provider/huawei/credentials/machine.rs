//! Keys from services of the machine itself: `docs/sources.md`, Huawei Cloud, 3.3 and 3.4.

use std::path::Path;
use std::sync::Arc;

use async_trait::async_trait;
use bytes::Bytes;
use http::{Method, StatusCode};
use secrecy::ExposeSecret;
use secrecy::zeroize::Zeroizing;

use super::{scoped, take};
use crate::call::setters::provider_setters;
use crate::context::Context;
use crate::credential::address;
use crate::credential::metadata::{Metadata, Reply};
use crate::credential::{Credential, CredentialError, ProvideCredential, TokenSource};
use crate::transport::HttpSend;

const BASE: &str = "http://169.254.169.254";
const TOKEN_PATH: &str = "/meta-data/latest/api/token";
const KEYS_PATH: &str = "/openstack/latest/securitykey";
/// What a 401 says when a new token would not help.
const NO_AGENCY: &str = "Please configure Cloud Service Agency first";

/// Keys of the agency of this ECS instance, from its metadata service.
///
/// The project and the account come from `HUAWEICLOUD_SDK_PROJECT_ID` and `HUAWEICLOUD_SDK_DOMAIN_ID`.
///
/// ```
/// use cloudcall::{Client, Huawei, provider::huawei::credentials::InstanceMetadata};
///
/// let client = Client::<Huawei>::builder().region("cn-north-4").credentials(InstanceMetadata::new()).build()?;
/// # Ok::<(), cloudcall::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct InstanceMetadata(Metadata);

impl Default for InstanceMetadata {
    fn default() -> Self {
        Self(Metadata::new("instance metadata", BASE))
    }
}

impl InstanceMetadata {
    /// The agency of the instance.
    pub fn new() -> Self {
        Self::default()
    }

    /// Asks another address than `http://169.254.169.254`.
    #[must_use]
    pub fn base(mut self, base: impl Into<String>) -> Self {
        self.0.set_base(base.into());
        self
    }

    /// Asks through a transport of your own. It must not use a proxy: the keys belong to this machine.
    #[must_use]
    pub fn transport(mut self, transport: impl HttpSend + 'static) -> Self {
        self.0.set_transport(Arc::new(transport));
        self
    }

    /// A token; none from a service that does not know them, unless it asked for one.
    async fn token(
        &self,
        context: &Context,
        must: bool,
    ) -> Result<Option<Zeroizing<String>>, CredentialError> {
        let ttl = [("X-Metadata-Token-Ttl-Seconds", "21600")];
        let reply = self.0.ask(context, Method::PUT, TOKEN_PATH, &ttl, Bytes::new()).await?;
        match reply.status.as_u16() {
            200 => match self.0.word(&reply, "a token")? {
                token if token.is_empty() => Err(self.0.broken("the metadata token is empty").into()),
                token => Ok(Some(Zeroizing::new(token))),
            },
            404 | 405 | 503 if !must => Ok(None),
            _ => Err(self.0.status(&reply).into()),
        }
    }

    async fn keys(&self, context: &Context, token: Option<&str>) -> Result<Reply, CredentialError> {
        match token {
            None => self.0.get(context, KEYS_PATH).await,
            Some(token) => {
                let headers = [("X-Metadata-Token", token)];
                self.0.ask(context, Method::GET, KEYS_PATH, &headers, Bytes::new()).await
            }
        }
    }
}

#[async_trait]
impl ProvideCredential for InstanceMetadata {
    fn name(&self) -> &'static str {
        "instance metadata"
    }

    async fn provide(&self, context: &Context) -> Result<Credential, CredentialError> {
        let agency = |reply: &Reply| String::from_utf8_lossy(&reply.body).contains(NO_AGENCY);
        let token = self.token(context, false).await?;
        let mut reply = self.keys(context, token.as_ref().map(|token| token.as_str())).await?;
        if reply.status == StatusCode::UNAUTHORIZED && !agency(&reply) {
            // The token has ended, or the service wants one after all.
            let token = self.token(context, true).await?;
            reply = self.keys(context, token.as_ref().map(|token| token.as_str())).await?;
        }
        match reply.status {
            StatusCode::OK => Ok(scoped(context, take(self.name(), self.0.json(&reply)?)?)),
            _ if agency(&reply) => {
                let reason = "the instance has no agency: configure a cloud service agency for it".to_owned();
                Err(CredentialError::NotConfigured(reason))
            }
            _ => Err(self.0.status(&reply).into()),
        }
    }
}

const URI_VARIABLE: &str = "HC_CONTAINER_CREDENTIALS_FULL_URI";
const TOKEN_VARIABLE: &str = "HC_CONTAINER_AUTHORIZATION_TOKEN_FILE";

/// Keys of this pod's identity, from the address in `HC_CONTAINER_CREDENTIALS_FULL_URI` for the token in the file that
/// `HC_CONTAINER_AUTHORIZATION_TOKEN_FILE` names. Both are read again for each fetch.
///
/// The address must be https, loopback or a metadata service's (`169.254.169.254`, `100.100.100.200`): over plain HTTP
/// anyone on the way could read the token and the keys.
///
/// ```
/// use cloudcall::{Client, Huawei, provider::huawei::credentials::PodIdentity};
///
/// let client = Client::<Huawei>::builder().region("cn-north-4").credentials(PodIdentity::new()).build()?;
/// # Ok::<(), cloudcall::Error>(())
/// ```
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
        /// Asks through a transport of your own.
        transport: transport => transport;
    }
}

#[async_trait]
impl ProvideCredential for PodIdentity {
    fn name(&self) -> &'static str {
        "pod identity"
    }

    async fn provide(&self, context: &Context) -> Result<Credential, CredentialError> {
        let given = |name| context.env.var(name).filter(|value: &String| !value.is_empty());
        let half = |set: &str, missing: &str| {
            let what = format!("{set} is set, but {missing} is not: set both, or neither");
            Err(CredentialError::NotConfigured(what))
        };
        let (uri, file) = match (given(URI_VARIABLE), given(TOKEN_VARIABLE)) {
            (Some(uri), Some(file)) => (uri, file),
            (None, None) => {
                let reason = format!("{URI_VARIABLE} and {TOKEN_VARIABLE} are not set");
                return Err(CredentialError::NotConfigured(reason));
            }
            (Some(_), None) => return half(URI_VARIABLE, TOKEN_VARIABLE),
            (None, Some(_)) => return half(TOKEN_VARIABLE, URI_VARIABLE),
        };
        let Some((base, path)) = address::allowed(&uri) else {
            let what = format!(
                "the address is neither https nor loopback nor a metadata service's: check {URI_VARIABLE}, without user and \
                 password"
            );
            return Err(Metadata::new(self.name(), "").broken(what).into());
        };
        let (token, watched) =
            TokenSource::File(Path::new(&file).to_path_buf()).read(context, self.name())?;
        let mut service = Metadata::new(self.name(), &base);
        if let Some(transport) = &self.transport {
            service.set_transport(transport.clone());
        }
        let headers = [("Authorization", token.expose_secret()), ("Content-Type", "application/json")];
        let body = Bytes::from_static(b"{}");
        let reply = match service.ask(context, Method::POST, &path, &headers, body).await {
            Ok(reply) => reply,
            // Somebody said that it is there.
            Err(CredentialError::NotConfigured(reason)) => return Err(service.broken(reason).into()),
            Err(broken) => return Err(broken),
        };
        if reply.status != StatusCode::OK {
            return Err(service.status(&reply).into());
        }
        let keys = scoped(context, take(self.name(), service.json(&reply)?)?);
        Ok(match watched {
            Some(file) => keys.with_file(file),
            None => keys,
        })
    }
}
