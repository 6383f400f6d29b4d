//! Keys of the role that is bound to an instance: `docs/sources.md`, Alibaba Cloud, 6.2 and 6.4.
//!
//! Requests to the metadata service at `http://100.100.100.200` give the keys:
//!
//! ```text
//! PUT /latest/api/token
//!     with X-aliyun-ecs-metadata-token-ttl-seconds: 21600
//!     -> a token, for the header X-aliyun-ecs-metadata-token
//! GET /latest/meta-data/ram/security-credentials/
//!     -> my-role
//! GET /latest/meta-data/ram/security-credentials/my-role
//!     -> {"Code": "Success", "AccessKeyId": "STS.…", "AccessKeySecret": "…",
//!         "SecurityToken": "…", "Expiration": "…"}
//! ```
//!
//! A token is requested before each GET, as in the vendor's package. The first version of the service,
//! without a token, is the fallback.

use async_trait::async_trait;
use bytes::Bytes;
use http::{Method, StatusCode};
use secrecy::zeroize::Zeroizing;

use super::session_keys;
use crate::call::setters::provider_setters;
use crate::context::Context;
use crate::credential::metadata::{Metadata, Reply, metadata_setters};
use crate::credential::{Credential, CredentialError, ProvideCredential, given, is_on};
use crate::sign::encode::percent;

const NAME: &str = "ECS role";
const BASE: &str = "http://100.100.100.200";
const TOKEN_PATH: &str = "/latest/api/token";
const PATH: &str = "/latest/meta-data/ram/security-credentials/";
/// The lifetime of the token in seconds, six hours.
const TTL: (&str, &str) = ("X-aliyun-ecs-metadata-token-ttl-seconds", "21600");
const TOKEN: &str = "X-aliyun-ecs-metadata-token";
/// The variable that turns this provider off.
const DISABLED: &str = "ALIBABA_CLOUD_ECS_METADATA_DISABLED";

/// Keys of the RAM role that is bound to this ECS instance, from its metadata service.
///
/// Requests carry a token (IMDSv2). If the service gives no token, or gives none within 2 s, they are sent
/// without one, unless `ALIBABA_CLOUD_IMDSV1_DISABLED=true`. Requests never go through a proxy.
///
/// | variable | meaning |
/// | --- | --- |
/// | `ALIBABA_CLOUD_ECS_METADATA` | name of the role; saves a request |
/// | `ALIBABA_CLOUD_ECS_METADATA_DISABLED` | `true` turns this provider off |
/// | `ALIBABA_CLOUD_IMDSV1_DISABLED` | `true` forbids requests without a token |
///
/// ```
/// use cloudcall::{Alibaba, Client, provider::alibaba::credentials::InstanceRole};
///
/// let client = Client::<Alibaba>::builder()
///     .region("cn-hangzhou")
///     .credentials(InstanceRole::new().role("my-role"))
///     .build()?;
/// # Ok::<(), cloudcall::Error>(())
/// ```
///
/// # Troubleshooting
///
/// *no role is bound to this instance*: attach a RAM role to the instance (`AttachInstanceRamRole`).
///
/// *the instance has no role `…`*: another role is bound to the instance. Leave `role` and
/// `ALIBABA_CLOUD_ECS_METADATA` out; then the service names it.
///
/// *the metadata service gives no token*: in a container, the token's response is lost if the hop limit is 1.
/// Raise the limit of the instance (`HttpPutResponseHopLimit`), or unset `ALIBABA_CLOUD_IMDSV1_DISABLED`.
///
/// *nothing responds at `http://100.100.100.200`*: the program does not run on an ECS instance, or a firewall
/// or container network blocks the address.
#[doc(alias = "EcsRamRole")]
#[doc(alias = "EcsRamRoleCredential")]
#[doc(alias = "EcsRamRoleCredentialsProvider")]
#[derive(Debug, Clone)]
pub struct InstanceRole {
    role: Option<String>,
    metadata: Metadata,
}

impl Default for InstanceRole {
    fn default() -> Self {
        Self { role: None, metadata: Metadata::new(NAME, BASE) }
    }
}

impl InstanceRole {
    /// The role that the environment or the metadata service names.
    pub fn new() -> Self {
        Self::default()
    }

    provider_setters! {
        /// Names the role. Default: `ALIBABA_CLOUD_ECS_METADATA`, or the role that the service names.
        role: text => role;
    }

    metadata_setters!(metadata, "http://100.100.100.200");

    /// The token of the second version. `None` from a service that gives no token.
    ///
    /// If the request for a token fails once, `version` becomes `First`, so that the next request does not
    /// wait for the same time limit.
    async fn token(
        &self,
        context: &Context,
        version: &mut Version,
    ) -> Result<Option<Zeroizing<String>>, CredentialError> {
        if *version == Version::First {
            return Ok(None);
        }
        let asked = self.metadata.ask(context, Method::PUT, TOKEN_PATH, &[TTL], Bytes::new()).await;
        let why = match asked {
            Ok(reply) if reply.status == StatusCode::OK => match self.metadata.word(&reply, "a token") {
                Ok(token) if !token.is_empty() => return Ok(Some(Zeroizing::new(token))),
                Ok(_) => None,
                Err(error) => Some(error),
            },
            Ok(_) => None,
            Err(CredentialError::Broken(error)) => Some(error),
            Err(absent) => return Err(absent),
        };
        match (*version, why) {
            (Version::Second, why) => {
                let what = "the metadata service gives no token, and ALIBABA_CLOUD_IMDSV1_DISABLED forbids requests without one";
                Err(match why {
                    Some(why) => self.metadata.broken(format!("{what}: {}", why.message())).with_source(why),
                    None => self.metadata.broken(what),
                }
                .into())
            }
            (_, Some(error)) => {
                // For example, the hop limit of the instance drops the response on its way into a
                // container. It would be lost the next time, too.
                tracing::debug!(%error, "no metadata token: using the first version of the service");
                *version = Version::First;
                Ok(None)
            }
            (_, None) => Ok(None),
        }
    }

    /// Sends a GET with the token. If the service refuses the token with status 401, sends it once more with
    /// a new one, and last without one.
    async fn get(
        &self,
        context: &Context,
        path: &str,
        version: &mut Version,
    ) -> Result<Reply, CredentialError> {
        let mut left = 2;
        loop {
            left -= 1;
            let token = self.token(context, version).await?;
            let Some(token) = token else { return self.metadata.get(context, path).await };
            let headers = [(TOKEN, token.as_str())];
            let reply = self.metadata.ask(context, Method::GET, path, &headers, Bytes::new()).await?;
            if reply.status != StatusCode::UNAUTHORIZED {
                return Ok(reply);
            }
            if left == 0 {
                return match version {
                    Version::Second => Ok(reply),
                    _ => self.metadata.get(context, path).await,
                };
            }
        }
    }
}

/// The version of the metadata service to use in this fetch.
#[derive(Clone, Copy, PartialEq)]
enum Version {
    /// With a token if the service gives one.
    Either,
    /// Without a token.
    First,
    /// With a token only.
    Second,
}

#[async_trait]
impl ProvideCredential for InstanceRole {
    fn name(&self) -> &'static str {
        NAME
    }

    async fn provide(&self, context: &Context) -> Result<Credential, CredentialError> {
        if is_on(context, DISABLED) {
            return Err(CredentialError::NotConfigured(format!("{DISABLED} turns it off")));
        }
        let mut version = match is_on(context, "ALIBABA_CLOUD_IMDSV1_DISABLED") {
            true => Version::Second,
            false => Version::Either,
        };
        let role = match self.role.clone().or_else(|| given(context, "ALIBABA_CLOUD_ECS_METADATA")) {
            Some(role) => role,
            None => self.metadata.role_name(&self.get(context, PATH, &mut version).await?)?,
        };
        let reply = self.get(context, &format!("{PATH}{}", percent(&role)), &mut version).await?;
        let mut document = self.metadata.role_document(&reply, &role)?;
        self.metadata.check_success(&document)?;
        Ok(session_keys(NAME, &mut document)?)
    }
}
