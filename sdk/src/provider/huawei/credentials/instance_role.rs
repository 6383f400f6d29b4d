//! Keys of the agency of an instance: `docs/sources.md`, Huawei Cloud, 3.4.
//!
//! A fetch has two requests to the metadata service, and one retry of both:
//!
//! ```text
//! PUT /meta-data/latest/api/token           status 404, 405, 503: the service has no tokens,
//! X-Metadata-Token-Ttl-Seconds: 21600       go on without one
//!
//! GET /openstack/latest/securitykey         status 401: the token has ended, or one is required;
//! X-Metadata-Token: TOKEN                   get a token, which must succeed now, and ask once more
//!
//! {"credential": {"access": "…", "secret": "…", "securitytoken": "…", "expires_at": "…"}}
//! ```
//!
//! The vendor's SDK keeps a token until a request with it gets status 401. Here each fetch gets a new token:
//! fetches are rare, and no token can be too old.

use async_trait::async_trait;
use bytes::Bytes;
use http::{Method, StatusCode};
use secrecy::zeroize::Zeroizing;

use super::{scoped, take};
use crate::context::Context;
use crate::credential::metadata::{Metadata, Reply, metadata_setters};
use crate::credential::{Credential, CredentialError, ProvideCredential};

/// The name of the provider in messages and logs.
const NAME: &str = "instance metadata";
/// The address of the metadata service, which is the same on every instance.
const BASE: &str = "http://169.254.169.254";
/// The path that gives a token for the next request.
const TOKEN_PATH: &str = "/meta-data/latest/api/token";
/// The path that gives the keys of the agency.
const KEYS_PATH: &str = "/openstack/latest/securitykey";
/// The text in a response with status 401 that is about the agency and not about the token. A new token does
/// not help then.
const NO_AGENCY: &str = "Please configure Cloud Service Agency first";

/// Keys of the agency of this ECS instance, from its metadata service.
///
/// An agency is the vendor's word for a role that a service may assume. The instance gets temporary keys for
/// it, and the client fetches new ones before they end. No key is stored on the instance.
///
/// The project and the account come from `HUAWEICLOUD_SDK_PROJECT_ID` and `HUAWEICLOUD_SDK_DOMAIN_ID`, if
/// they are set. Otherwise the client looks them up. A request takes 2 s at most, is sent once more after a
/// failure of the service, and never goes through a proxy.
///
/// The default chain has this provider as its fourth source. Name it in code only to skip the other sources.
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
///
/// *returned status 404*: the service at this address has no keys for agencies. It may be the metadata
/// service of another cloud.
///
/// *it gave keys before, and gives none now* (default chain): the agency was removed while the program runs.
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
    /// The keys of the agency that is selected in the settings of the instance.
    pub fn new() -> Self {
        Self::default()
    }

    metadata_setters!(metadata, "http://169.254.169.254");

    /// Gets a token for the metadata service. `None` if the service does not support tokens.
    ///
    /// `must` is true after the service refused a request without a valid token. A missing token is then an
    /// error.
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

    /// Requests the keys. The caller checks the status of the reply.
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
