//! Keys of the agency of an instance: `docs/sources.md`, Huawei Cloud, 3.4.

use async_trait::async_trait;
use bytes::Bytes;
use http::{Method, StatusCode};
use secrecy::zeroize::Zeroizing;

use super::{scoped, take};
use crate::context::Context;
use crate::credential::metadata::{Metadata, Reply, metadata_setters};
use crate::credential::{Credential, CredentialError, ProvideCredential};

const NAME: &str = "instance metadata";
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
/// use cloudcall::{Client, Huawei, provider::huawei::credentials::InstanceRole};
///
/// let client = Client::<Huawei>::builder().region("cn-north-4").credentials(InstanceRole::new()).build()?;
/// # Ok::<(), cloudcall::Error>(())
/// ```
///
/// # Troubleshooting
///
/// *the instance has no agency*: create an agency for the cloud service ECS, and select it in the settings of
/// the instance.
///
/// *nothing responds at `http://169.254.169.254`*: the program does not run on an ECS instance, or a firewall
/// of the instance or container blocks link-local addresses.
#[doc(alias = "MetadataCredentialProvider")]
#[doc(alias = "InstanceMetadata")]
#[derive(Debug, Clone)]
pub struct InstanceRole {
    metadata: Metadata,
}

impl Default for InstanceRole {
    fn default() -> Self {
        Self { metadata: Metadata::new(NAME, BASE) }
    }
}

impl InstanceRole {
    /// The agency of the instance.
    pub fn new() -> Self {
        Self::default()
    }

    metadata_setters!(metadata, "http://169.254.169.254");

    /// A token. A service that does not support tokens gives none, unless it demanded one before.
    async fn token(
        &self,
        context: &Context,
        must: bool,
    ) -> Result<Option<Zeroizing<String>>, CredentialError> {
        let ttl = [("X-Metadata-Token-Ttl-Seconds", "21600")];
        let reply = self.metadata.ask(context, Method::PUT, TOKEN_PATH, &ttl, Bytes::new()).await?;
        match reply.status.as_u16() {
            200 => Ok(Some(self.metadata.token(&reply)?)),
            404 | 405 | 503 if !must => Ok(None),
            _ => Err(self.metadata.status(&reply).into()),
        }
    }

    async fn keys(&self, context: &Context, token: Option<&str>) -> Result<Reply, CredentialError> {
        match token {
            None => self.metadata.get(context, KEYS_PATH).await,
            Some(token) => {
                let headers = [("X-Metadata-Token", token)];
                self.metadata.ask(context, Method::GET, KEYS_PATH, &headers, Bytes::new()).await
            }
        }
    }
}

#[async_trait]
impl ProvideCredential for InstanceRole {
    fn name(&self) -> &'static str {
        NAME
    }

    async fn provide(&self, context: &Context) -> Result<Credential, CredentialError> {
        let agency = |reply: &Reply| String::from_utf8_lossy(&reply.body).contains(NO_AGENCY);
        let token = self.token(context, false).await?;
        let mut reply = self.keys(context, token.as_ref().map(|token| token.as_str())).await?;
        if reply.status == StatusCode::UNAUTHORIZED && !agency(&reply) {
            // The token has ended, or the service demands one after all.
            let token = self.token(context, true).await?;
            reply = self.keys(context, token.as_ref().map(|token| token.as_str())).await?;
        }
        match reply.status {
            StatusCode::OK => Ok(scoped(context, take(self.name(), self.metadata.json(&reply)?)?)),
            _ if agency(&reply) => {
                let reason = "the instance has no agency: configure a cloud service agency for it".to_owned();
                Err(CredentialError::NotConfigured(reason))
            }
            _ => Err(self.metadata.status(&reply).into()),
        }
    }
}
