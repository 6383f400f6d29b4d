//! Keys of a role, for other keys: `docs/sources.md`, Tencent Cloud, 6.5.
//!
//! The request and the response are in `sts.rs`. This file adds the role, the session and the external id.

use std::time::Duration;

use async_trait::async_trait;

use super::sts::{self, Sts};
use crate::action::request::Param;
use crate::call::setters::provider_setters;
use crate::context::Context;
use crate::credential::{Credential, CredentialError, ProvideCredential};
use crate::provider::exchange::Exchange;

/// Exchanges keys for the temporary keys of a role (`AssumeRole` of STS).
///
/// The keys of the source only sign the exchange. All other calls are signed with those of the role, so the
/// source needs no other permission than `sts:AssumeRole`.
///
/// The vendor's SDK renews the keys after a tenth of their lifetime. Here they are renewed 15 minutes before
/// their end.
///
/// ```
/// use cloudcall::provider::tencent::credentials::{self, AssumeRole};
/// use cloudcall::{Client, Tencent};
///
/// let role = AssumeRole::new(credentials::environment(), "qcs::cam::uin/1:roleName/deploy")
///     .session_name("nightly")
///     .duration(std::time::Duration::from_secs(3600));
/// let client = Client::<Tencent>::builder().region("ap-guangzhou").credentials(role).build()?;
/// # Ok::<(), cloudcall::Error>(())
/// ```
///
/// # Troubleshooting
///
/// *`UnauthorizedOperation.…`*: the keys may not assume the role. Allow `sts:AssumeRole` for their user, and
/// name the user in the trust policy of the role.
///
/// *`InvalidParameter.OverTimeError`*: the role allows shorter sessions only. Set a shorter `duration`.
///
/// *STS AssumeRole: no keys for it: …*: the exchange failed. The rest of the message is the error of STS, or
/// that of the source of the keys.
#[doc(alias = "STSAssumeRoleCredential")]
#[derive(Debug)]
pub struct AssumeRole {
    role_arn: String,
    session_name: Option<String>,
    external_id: Option<String>,
    sts: Sts,
}

impl AssumeRole {
    /// The keys of the role `qcs::cam::uin/UIN:roleName/NAME`, where `UIN` is the account of the role. The
    /// exchange is signed with the keys of `source`, which may be another exchange or a chain.
    pub fn new(source: impl ProvideCredential + 'static, role_arn: impl Into<String>) -> Self {
        Self {
            role_arn: role_arn.into(),
            session_name: None,
            external_id: None,
            sts: Sts::new(Exchange::signed(source)),
        }
    }

    provider_setters! {
        /// Names the session, for the audit log. Default: `cloudcall-` and the time.
        session_name: text => session_name;

        /// Sets the lifetime of the keys: at most 12 hours, or less if the role allows less. Default: 2
        /// hours.
        duration: Duration => sts.duration;

        /// Restricts the keys by a policy (JSON). Give the plain text: the encoding that the API demands is
        /// added.
        policy: text => sts.policy;

        /// Sets the external id that the trust policy of the role requires. Default: none.
        external_id: text => external_id;

        /// Sets the region of the exchange. Default: `ap-guangzhou`.
        region: text => sts.region;

        /// Sends the exchange to this endpoint. Default: `https://sts.tencentcloudapi.com`.
        endpoint: text => sts.exchange.endpoint;

        /// Sends the exchange through a transport of your own.
        transport: transport => sts.exchange.transport;
    }
}

#[async_trait]
impl ProvideCredential for AssumeRole {
    fn name(&self) -> &'static str {
        "STS AssumeRole"
    }

    async fn provide(&self, context: &Context) -> Result<Credential, CredentialError> {
        let session = sts::session(context, self.session_name.as_ref());
        self.sts
            .keys(context, self.name(), sts::action("AssumeRole"), |call| {
                let call = call
                    .param(Param::new("RoleArn"), &self.role_arn)
                    .param(Param::new("RoleSessionName"), session);
                match &self.external_id {
                    Some(id) => call.param(Param::new("ExternalId"), id),
                    None => call,
                }
            })
            .await
    }
}
