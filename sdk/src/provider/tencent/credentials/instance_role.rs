//! Keys of the role that is bound to an instance: `docs/sources.md`, Tencent Cloud, 6.4.

use async_trait::async_trait;

use crate::call::setters::provider_setters;
use crate::context::Context;
use crate::credential::issued::Members;
use crate::credential::metadata::{Metadata, metadata_setters};
use crate::credential::{Credential, CredentialError, ProvideCredential};
use crate::sign::encode::percent;

const NAME: &str = "CVM role";
const BASE: &str = "http://metadata.tencentyun.com";
const PATH: &str = "/latest/meta-data/cam/security-credentials/";

/// Keys of the role that is bound to this CVM instance, from its metadata service.
///
/// A request takes 2 s at most. Requests never go through a proxy.
///
/// ```
/// use cloudcall::{Client, Tencent, provider::tencent::credentials::InstanceRole};
///
/// let client = Client::<Tencent>::builder()
///     .region("ap-guangzhou")
///     .credentials(InstanceRole::new().role("my-role"))
///     .build()?;
/// # Ok::<(), cloudcall::Error>(())
/// ```
///
/// # Troubleshooting
///
/// *no role is bound to this instance*: bind a role to it in the console of CVM.
///
/// *nothing responds at `http://metadata.tencentyun.com`*: the program does not run on a CVM instance, or a
/// firewall of the instance or container blocks link-local addresses.
#[doc(alias = "CVMRoleCredential")]
#[doc(alias = "CvmRoleCredential")]
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
    /// The role that the metadata service names.
    pub fn new() -> Self {
        Self::default()
    }

    provider_setters! {
        /// Names the role, which saves a request.
        role: text => role;
    }

    metadata_setters!(metadata, "http://metadata.tencentyun.com");
}

#[async_trait]
impl ProvideCredential for InstanceRole {
    fn name(&self) -> &'static str {
        NAME
    }

    async fn provide(&self, context: &Context) -> Result<Credential, CredentialError> {
        let role = match &self.role {
            Some(role) => role.clone(),
            None => self.metadata.role_name(&self.metadata.get(context, PATH).await?)?,
        };
        let reply = self.metadata.get(context, &format!("{PATH}{}", percent(&role))).await?;
        let mut document = self.metadata.role_document(&reply, &role)?;
        self.metadata.check_success(&document)?;
        let members = Members {
            id: &["TmpSecretId"],
            secret: &["TmpSecretKey"],
            token: &["Token"],
            expiry: &["ExpiredTime", "Expiration"],
        };
        Ok(members.take(NAME, &mut document)?)
    }
}
