//! Temporary keys of a role, for other keys: `docs/sources.md`, Alibaba Cloud, 6.2.
//!
//! The exchange is in `sts.rs`. This file has the settings of the operation `AssumeRole`, and its parameter
//! `ExternalId`.

use std::time::Duration;

use async_trait::async_trait;

use super::sts::{self, Sts};
use crate::action::request::Param;
use crate::call::setters::provider_setters;
use crate::context::Context;
use crate::credential::{Credential, CredentialError, ProvideCredential};
use crate::provider::exchange::Exchange;

/// Exchanges keys for the temporary keys of a RAM role (`AssumeRole`).
///
/// ```
/// use cloudcall::provider::alibaba::credentials::{self, AssumeRole};
/// use cloudcall::{Alibaba, Client};
///
/// let role = AssumeRole::new(credentials::environment(), "acs:ram::1:role/deploy").session_name("nightly");
/// let client = Client::<Alibaba>::builder().region("cn-hangzhou").credentials(role).build()?;
/// # Ok::<(), cloudcall::Error>(())
/// ```
///
/// # Troubleshooting
///
/// *`NoPermission`*: the keys may not assume the role. Allow `sts:AssumeRole` for their user, and name the
/// user in the trust policy of the role.
///
/// *`InvalidParameter.DurationSeconds`*: the role allows shorter sessions only. Set a shorter `duration`, or
/// raise the maximum of the role.
///
/// *no connection to `sts.aliyuncs.com`*: in a VPC without access to the internet, set `region` and
/// `vpc(true)`.
#[doc(alias = "RamRole")]
#[doc(alias = "RamRoleArnCredential")]
#[doc(alias = "RamRoleArnCredentialsProvider")]
#[doc(alias = "ram_role_arn")]
#[derive(Debug)]
pub struct AssumeRole {
    role_arn: String,
    external_id: Option<String>,
    sts: Sts,
}

impl AssumeRole {
    /// The keys of the role `acs:ram::ACCOUNT:role/NAME`. The exchange is signed with the keys of `source`.
    ///
    /// Roles can be chained: `source` may be another `AssumeRole`.
    pub fn new(source: impl ProvideCredential + 'static, role_arn: impl Into<String>) -> Self {
        Self { role_arn: role_arn.into(), external_id: None, sts: Sts::new(Exchange::signed(source)) }
    }

    provider_setters! {
        /// Names the session. Default: `ALIBABA_CLOUD_ROLE_SESSION_NAME`, or `cloudcall-` and the time.
        session_name: text => sts.session_name;

        /// Sets the lifetime of the keys, at least 15 minutes. Default: one hour.
        duration: Duration => sts.duration;

        /// Restricts the keys by a policy (JSON).
        policy: text => sts.policy;

        /// Sets the external id that the trust policy of the role asks for.
        external_id: text => external_id;

        /// Sends the exchange to STS in this region. Default: the host of `ALIBABA_CLOUD_STS_ENDPOINT`, or
        /// the host in the region of `ALIBABA_CLOUD_STS_REGION`, or the host for all regions.
        region: text => sts.place.region;

        /// Sends the exchange to STS inside the VPC, if a region is set.
        /// `ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED=true` does the same. Default: false.
        vpc: bool => sts.place.vpc;

        /// Sends the exchange to this endpoint.
        endpoint: text => sts.exchange.endpoint;

        /// Sends the exchange through a transport of your own.
        transport: transport => sts.exchange.transport;
    }
}

#[async_trait]
impl ProvideCredential for AssumeRole {
    fn name(&self) -> &'static str {
        "RAM role"
    }

    async fn provide(&self, context: &Context) -> Result<Credential, CredentialError> {
        let keys =
            self.sts.keys(
                context,
                self.name(),
                sts::action("AssumeRole"),
                &self.role_arn,
                |call| match &self.external_id {
                    Some(id) => call.param(Param::new("ExternalId"), id),
                    None => call,
                },
            );
        keys.await
    }
}
