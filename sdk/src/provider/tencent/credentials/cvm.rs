//! Keys of the role that is bound to an instance: `docs/sources.md`, Tencent Cloud, 6.4.

use std::sync::Arc;

use async_trait::async_trait;
use http::StatusCode;
use serde_json::Value;

use crate::call::setters::provider_setters;
use crate::context::Context;
use crate::credential::issued::Members;
use crate::credential::metadata::Metadata;
use crate::credential::{Credential, CredentialError, ProvideCredential};
use crate::sign::encode::percent;
use crate::transport::HttpSend;

const BASE: &str = "http://metadata.tencentyun.com";
const PATH: &str = "/latest/meta-data/cam/security-credentials/";

/// Keys of the role that is bound to this CVM instance, from its metadata service.
///
/// ```
/// use cloudcall::{Client, Tencent, provider::tencent::credentials::CvmRole};
///
/// let client = Client::<Tencent>::builder()
///     .region("ap-guangzhou")
///     .credentials(CvmRole::new().role("my-role"))
///     .build()?;
/// # Ok::<(), cloudcall::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct CvmRole {
    role: Option<String>,
    metadata: Metadata,
}

impl Default for CvmRole {
    fn default() -> Self {
        Self { role: None, metadata: Metadata::new("CVM role", BASE) }
    }
}

impl CvmRole {
    /// The role that the metadata service names.
    pub fn new() -> Self {
        Self::default()
    }

    provider_setters! {
        /// Names the role, which saves a request.
        role: text => role;
    }

    /// Asks another address than `http://metadata.tencentyun.com`.
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

    async fn find_role(&self, context: &Context) -> Result<String, CredentialError> {
        let none = || CredentialError::NotConfigured("no role is bound to this instance".to_owned());
        let reply = self.metadata.get(context, PATH).await?;
        match reply.status {
            StatusCode::OK => {}
            StatusCode::NOT_FOUND => return Err(none()),
            _ => return Err(self.metadata.status(&reply).into()),
        }
        let role = self.metadata.word(&reply, "the name of a role")?;
        if role.is_empty() { Err(none()) } else { Ok(role) }
    }
}

#[async_trait]
impl ProvideCredential for CvmRole {
    fn name(&self) -> &'static str {
        "CVM role"
    }

    async fn provide(&self, context: &Context) -> Result<Credential, CredentialError> {
        let role = match &self.role {
            Some(role) => role.clone(),
            None => self.find_role(context).await?,
        };
        let reply = self.metadata.get(context, &format!("{PATH}{}", percent(&role))).await?;
        if reply.status == StatusCode::NOT_FOUND {
            let what =
                format!("the instance has no role `{}`: bind it, or name another", role.escape_debug());
            return Err(self.metadata.broken(what).into());
        }
        if reply.status != StatusCode::OK {
            return Err(self.metadata.status(&reply).into());
        }
        let mut answer = self.metadata.json(&reply)?;
        if answer.get("Code").and_then(Value::as_str) != Some("Success") {
            let code: String =
                answer.get("Code").and_then(Value::as_str).unwrap_or("no code").chars().take(64).collect();
            let what = format!("the metadata service refuses role `{}`: {code}", role.escape_debug());
            return Err(self.metadata.broken(what.escape_debug()).into());
        }
        let members = Members {
            id: &["TmpSecretId"],
            secret: &["TmpSecretKey"],
            token: &["Token"],
            expiry: &["ExpiredTime", "Expiration"],
        };
        Ok(members.take(self.name(), &mut answer)?)
    }
}
