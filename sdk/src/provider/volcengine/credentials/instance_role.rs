//! Keys of the role that is bound to an instance: `docs/sources.md`, Volcengine, 7.4.
//!
//! Three requests to the metadata service give the keys:
//!
//! ```text
//! PUT /latest/api/token
//!     with X-volc-ecs-metadata-token-ttl-seconds: 21600
//!     -> a token, for the header X-volc-ecs-metadata-token
//! GET /volcstack/latest/iam/security_credentials?type=user&format=json
//!     -> ["my-role"]
//! GET /volcstack/latest/iam/security_credentials/my-role
//!     -> {"AccessKeyId": "…", "SecretAccessKey": "…", "SessionToken": "…", "ExpiredTime": "…"}
//! ```
//!
//! The second one is left out if the role is named. Both GET requests carry the token. Unlike Alibaba Cloud,
//! the service has no version without a token.

use async_trait::async_trait;
use bytes::Bytes;
use http::{Method, StatusCode};

use super::KEYS;
use crate::call::setters::provider_setters;
use crate::context::Context;
use crate::credential::metadata::{Metadata, Reply, metadata_setters, no_role};
use crate::credential::{Credential, CredentialError, ProvideCredential};
use crate::provider::volcengine::Site;
use crate::response::decode::without_bom;
use crate::sign::encode::percent;

const NAME: &str = "instance role";
/// The metadata service of both sites. It is not at 169.254.169.254, where many clouds have theirs.
const BASE: &str = "http://100.96.0.96";
const TOKEN_PATH: &str = "/latest/api/token";
const NAMES_PATH: &str = "/volcstack/latest/iam/security_credentials?type=user&format=json";
const KEYS_PATH: &str = "/volcstack/latest/iam/security_credentials/";
const TTL: (&str, &str) = ("X-volc-ecs-metadata-token-ttl-seconds", "21600");
const TOKEN: &str = "X-volc-ecs-metadata-token";

/// Keys of the IAM role that is bound to this ECS instance, from its metadata service.
///
/// | variable | meaning |
/// | --- | --- |
/// | `VOLCENGINE_ECS_METADATA` | name of the role; saves a request |
/// | `VOLCENGINE_ECS_METADATA_DISABLED` | `true` turns this provider off |
///
/// For BytePlus, both begin with `BYTEPLUS_`. Requests never go through a proxy: the vendor's package sends
/// them through `HTTPS_PROXY`, which shows the keys to the proxy. A request takes 2 s at most.
///
/// ```
/// use cloudcall::provider::volcengine::credentials::InstanceRole;
/// use cloudcall::{Client, Volcengine};
///
/// let client = Client::<Volcengine>::builder()
///     .region("cn-beijing")
///     .credentials(InstanceRole::new().role("my-role"))
///     .build()?;
/// # Ok::<(), cloudcall::Error>(())
/// ```
///
/// # Troubleshooting
///
/// *no role is bound to this instance*: bind an IAM role to the instance in the console of ECS.
///
/// *the instance has no role `…`*: another role is bound to the instance. Leave `role` and
/// `VOLCENGINE_ECS_METADATA` out; then the service names it.
///
/// *nothing responds at `http://100.96.0.96`*: the program does not run on an ECS instance, or a firewall or
/// container network blocks the address.
#[doc(alias = "EcsRoleProvider")]
#[derive(Debug, Clone)]
pub struct InstanceRole {
    role: Option<String>,
    site: Site,
    metadata: Metadata,
}

impl Default for InstanceRole {
    fn default() -> Self {
        Self { role: None, site: Site::Volcengine, metadata: Metadata::new(NAME, BASE) }
    }
}

impl InstanceRole {
    /// The role that the environment or the metadata service names.
    pub fn new() -> Self {
        Self::default()
    }

    provider_setters! {
        /// Names the role. Default: `VOLCENGINE_ECS_METADATA`, or the role that the service names.
        role: text => role;

        /// Sets the site whose variables are read. Default: Volcengine.
        site: Site => site;
    }

    metadata_setters!(metadata, "http://100.96.0.96");

    /// Sends a GET with the metadata token.
    async fn get(&self, context: &Context, path: &str, token: &str) -> Result<Reply, CredentialError> {
        self.metadata.ask(context, Method::GET, path, &[(TOKEN, token)], Bytes::new()).await
    }

    /// The first of the roles that the service lists, as a JSON list or one name on each line.
    ///
    /// The name becomes a part of a path, so anything that is not a name of a role is refused, such as an
    /// HTML page of a proxy.
    async fn find_role(&self, context: &Context, token: &str) -> Result<String, CredentialError> {
        let reply = self.get(context, NAMES_PATH, token).await?;
        self.metadata.check_role(&reply)?;
        let body = std::str::from_utf8(without_bom(&reply.body)).unwrap_or("\0").trim();
        let names: Vec<String> = match serde_json::from_str(body) {
            Ok(names) => names,
            Err(_) => body.lines().map(|line| line.trim().to_owned()).collect(),
        };
        let plain = |name: &String| {
            name.len() <= 256 && name.chars().all(|c| c.is_alphanumeric() || "+=,.@_-".contains(c))
        };
        match names.into_iter().find(|name| !name.is_empty()) {
            None => Err(no_role()),
            Some(name) if plain(&name) => Ok(name),
            Some(_) => {
                Err(self.metadata.broken("the service lists something that is no name of a role").into())
            }
        }
    }

    /// The keys, by the requests of the module. `named` is the role that the program or the environment
    /// names.
    async fn keys(&self, context: &Context, named: Option<String>) -> Result<Credential, CredentialError> {
        let reply = self.metadata.ask(context, Method::PUT, TOKEN_PATH, &[TTL], Bytes::new()).await?;
        if reply.status != StatusCode::OK {
            return Err(self.metadata.status(&reply).into());
        }
        let token = self.metadata.token(&reply)?;
        let role = match named {
            Some(role) => role,
            None => self.find_role(context, &token).await?,
        };
        let reply = self.get(context, &format!("{KEYS_PATH}{}", percent(&role)), &token).await?;
        Ok(KEYS.take(NAME, &mut self.metadata.role_document(&reply, &role)?)?)
    }
}

#[async_trait]
impl ProvideCredential for InstanceRole {
    fn name(&self) -> &'static str {
        NAME
    }

    async fn provide(&self, context: &Context) -> Result<Credential, CredentialError> {
        let var = |name: &str| self.site.var(context, name);
        if var("ECS_METADATA_DISABLED").is_some_and(|off| off.eq_ignore_ascii_case("true")) {
            let reason = format!("{}ECS_METADATA_DISABLED turns it off", self.site.prefix());
            return Err(CredentialError::NotConfigured(reason));
        }
        let named = self.role.clone().or_else(|| var("ECS_METADATA"));
        self.keys(context, named).await
    }
}
