//! Keys of the role that is bound to an instance: `docs/sources.md`, Alibaba Cloud, 6.2 and 6.4.

use std::sync::Arc;

use async_trait::async_trait;
use bytes::Bytes;
use http::{Method, StatusCode};
use secrecy::zeroize::Zeroizing;
use serde_json::Value;

use super::session_keys;
use crate::call::setters::provider_setters;
use crate::context::Context;
use crate::credential::metadata::{Metadata, Reply};
use crate::credential::{Credential, CredentialError, ProvideCredential};
use crate::error::{Error, ErrorKind};
use crate::sign::encode::percent;
use crate::transport::HttpSend;

const NAME: &str = "ECS role";
const BASE: &str = "http://100.100.100.200";
const TOKEN_PATH: &str = "/latest/api/token";
const PATH: &str = "/latest/meta-data/ram/security-credentials/";
const TTL: (&str, &str) = ("X-aliyun-ecs-metadata-token-ttl-seconds", "21600");
const TOKEN: &str = "X-aliyun-ecs-metadata-token";

/// Keys of the RAM role that is bound to this ECS instance, from its metadata service.
///
/// It is asked with a token (IMDSv2). A service that gives no token, or none within 2 s, is asked without one, unless
/// `ALIBABA_CLOUD_IMDSV1_DISABLED=true`. `ALIBABA_CLOUD_ECS_METADATA` names the role;
/// `ALIBABA_CLOUD_ECS_METADATA_DISABLED=true` turns this provider off.
///
/// ```
/// use cloudcall::{Alibaba, Client, provider::alibaba::credentials::EcsRamRole};
///
/// let client = Client::<Alibaba>::builder()
///     .region("cn-hangzhou")
///     .credentials(EcsRamRole::new().role("my-role"))
///     .build()?;
/// # Ok::<(), cloudcall::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct EcsRamRole {
    role: Option<String>,
    metadata: Metadata,
}

impl Default for EcsRamRole {
    fn default() -> Self {
        Self { role: None, metadata: Metadata::new(NAME, BASE) }
    }
}

impl EcsRamRole {
    /// The role that the environment or the metadata service names.
    pub fn new() -> Self {
        Self::default()
    }

    provider_setters! {
        /// Names the role.
        role: text => role;
    }

    /// Asks another address than `http://100.100.100.200`.
    #[must_use]
    pub fn base(mut self, base: impl Into<String>) -> Self {
        self.metadata.set_base(base.into());
        self
    }

    /// Asks through a transport of your own. It must not use a proxy: the keys belong to this machine.
    #[must_use]
    pub fn transport(mut self, transport: impl HttpSend + 'static) -> Self {
        self.metadata.set_transport(Arc::new(transport));
        self
    }

    /// The token of the second version; none from a service that gives no token.
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
            nobody => return nobody.map(|_| None),
        };
        match (*version, why) {
            (Version::Second, why) => {
                let what =
                    "the metadata service gives no token, and ALIBABA_CLOUD_IMDSV1_DISABLED forbids to go on";
                Err(match why {
                    Some(why) => self.metadata.broken(format!("{what}: {}", why.message())).with_source(why),
                    None => self.metadata.broken(what),
                }
                .into())
            }
            (_, Some(error)) => {
                // As where the response is lost between host and container. It would be lost the next time, too.
                tracing::debug!(%error, "no metadata token: asking by the first version");
                *version = Version::First;
                Ok(None)
            }
            (_, None) => Ok(None),
        }
    }

    /// Asks with the token; where it has ended, once more with a new one, and last without.
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

    async fn find_role(&self, context: &Context, version: &mut Version) -> Result<String, CredentialError> {
        let none = || CredentialError::NotConfigured("no RAM role is bound to this instance".to_owned());
        let reply = self.get(context, PATH, version).await?;
        match reply.status {
            StatusCode::OK => {}
            StatusCode::NOT_FOUND => return Err(none()),
            _ => return Err(self.metadata.status(&reply).into()),
        }
        let role = self.metadata.word(&reply, "the name of a role")?;
        if role.is_empty() { Err(none()) } else { Ok(role) }
    }
}

/// The version of the metadata service that is asked.
#[derive(Clone, Copy, PartialEq)]
enum Version {
    /// With a token if it gives one.
    Either,
    /// Without a token.
    First,
    /// With a token only.
    Second,
}

#[async_trait]
impl ProvideCredential for EcsRamRole {
    fn name(&self) -> &'static str {
        NAME
    }

    async fn provide(&self, context: &Context) -> Result<Credential, CredentialError> {
        let is_true = |name| context.env.var(name).is_some_and(|value| value.eq_ignore_ascii_case("true"));
        if is_true("ALIBABA_CLOUD_ECS_METADATA_DISABLED") {
            let reason = "ALIBABA_CLOUD_ECS_METADATA_DISABLED turns it off".to_owned();
            return Err(CredentialError::NotConfigured(reason));
        }
        let mut version = match is_true("ALIBABA_CLOUD_IMDSV1_DISABLED") {
            true => Version::Second,
            false => Version::Either,
        };
        let named = context.env.var("ALIBABA_CLOUD_ECS_METADATA").filter(|role| !role.is_empty());
        let role = match self.role.clone().or(named) {
            Some(role) => role,
            None => self.find_role(context, &mut version).await?,
        };
        let reply = self.get(context, &format!("{PATH}{}", percent(&role)), &mut version).await?;
        match reply.status {
            StatusCode::OK => {}
            StatusCode::NOT_FOUND => {
                let shown = role.escape_debug();
                let what = format!("the instance has no role `{shown}`: bind it, or name another");
                return Err(self.metadata.broken(what).into());
            }
            _ => return Err(self.metadata.status(&reply).into()),
        }
        let mut answer = self.metadata.json(&reply)?;
        if answer.get("Code").and_then(Value::as_str) != Some("Success") {
            let code: String =
                answer.get("Code").and_then(Value::as_str).unwrap_or("no code").chars().take(64).collect();
            let what = format!("{NAME}: the metadata service refuses: {}", code.escape_debug());
            return Err(Error::new(ErrorKind::Credentials, what).into());
        }
        Ok(session_keys(NAME, &mut answer)?)
    }
}
