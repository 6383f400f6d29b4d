//! Keys of the role that is bound to an instance: `docs/sources.md`, Tencent Cloud, 6.4.
//!
//! A fetch has two requests to the metadata service. The first one is left out if the program names the role:
//!
//! ```text
//! GET /latest/meta-data/cam/security-credentials/            my-role
//!
//! GET /latest/meta-data/cam/security-credentials/my-role
//! {"TmpSecretId": "…", "TmpSecretKey": "…", "Token": "…", "ExpiredTime": 1700007200,
//!  "Expiration": "2023-11-15T00:13:20Z", "Code": "Success"}
//! ```
//!
//! `ExpiredTime` is in Unix seconds. `Expiration` is read only if it is missing.

use async_trait::async_trait;

use crate::call::setters::provider_setters;
use crate::context::Context;
use crate::credential::issued::KeyMembers;
use crate::credential::metadata::{Metadata, metadata_setters};
use crate::credential::{Credential, CredentialError, ProvideCredential};
use crate::sign::encode::percent;

/// The name of the provider in messages and logs.
const NAME: &str = "CVM role";
/// The address of the metadata service, which is the same on every instance.
const BASE: &str = "http://metadata.tencentyun.com";
/// The path of the name of the role. With the name behind it, it is the path of the keys.
const PATH: &str = "/latest/meta-data/cam/security-credentials/";

/// Keys of the role that is bound to this CVM instance, from its metadata service.
///
/// The instance gets temporary keys for the role, and the client fetches new ones before they end. No key is
/// stored on the instance. The role is looked up for each fetch, so that another role can be bound while the
/// program runs; the vendor's SDK keeps the first one.
///
/// A request takes 2 s at most, is sent once more after a failure of the service, and never goes through a
/// proxy. The default chain has this provider as its third source.
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
///
/// *the instance has no role `…`*: the role that the program names is not bound to this instance. Bind it, or
/// leave the name out.
///
/// *it gave keys before, and gives none now* (default chain): the role was unbound while the program runs.
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
    /// The keys of the role that the metadata service names.
    pub fn new() -> Self {
        Self::default()
    }

    provider_setters! {
        /// Names the role, which saves one of the two requests. Default: the role that is bound to the
        /// instance.
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
        let members = KeyMembers {
            id: &["TmpSecretId"],
            secret: &["TmpSecretKey"],
            token: &["Token"],
            expiry: &["ExpiredTime", "Expiration"],
        };
        Ok(members.take(NAME, &mut document)?)
    }
}
