//! Keys of a federated user: `docs/sources.md`, Tencent Cloud, 6.8.
//!
//! The request and the response are in `sts.rs`. This file adds the name of the user, and another lifetime.

use std::time::Duration;

use async_trait::async_trait;

use super::sts::{self, Sts};
use crate::action::request::Param;
use crate::call::setters::provider_setters;
use crate::context::Context;
use crate::credential::{Credential, CredentialError, ProvideCredential};
use crate::provider::exchange::Exchange;

/// The vendor's default: 30 minutes.
const LIFE: Duration = Duration::from_secs(1800);

/// Exchanges keys for the temporary keys of a federated user (`GetFederationToken` of STS).
///
/// The user has the permissions that both the policy and the source keys grant. Use it to give a part of the
/// permissions of a program to another one, such as a page that uploads files. There is no role, so there is
/// no trust policy to write.
///
/// ```
/// use cloudcall::provider::tencent::credentials::{self, FederationToken};
/// use cloudcall::{Client, Tencent};
///
/// let policy = r#"{"version": "2.0",
///     "statement": [{"effect": "allow", "action": ["cos:GetObject"], "resource": "*"}]}"#;
/// let keys = FederationToken::new(credentials::environment(), "upload-page", policy);
/// let client = Client::<Tencent>::builder().region("ap-guangzhou").credentials(keys).build()?;
/// # Ok::<(), cloudcall::Error>(())
/// ```
///
/// # Troubleshooting
///
/// *`InvalidParameter.PolicyTooLong`*: the policy is longer than STS accepts. Grant by prefix, not object by
/// object.
///
/// *`UnauthorizedOperation` for a call with the keys*: the policy does not grant the action, or the source
/// keys do not have the permission themselves.
#[doc(alias = "GetFederationToken")]
#[derive(Debug)]
pub struct FederationToken {
    user: String,
    sts: Sts,
}

impl FederationToken {
    /// The keys of a federated user called `name`, restricted by `policy` (JSON, plain text). The exchange is
    /// signed with the keys of `source`.
    pub fn new(
        source: impl ProvideCredential + 'static,
        name: impl Into<String>,
        policy: impl Into<String>,
    ) -> Self {
        let mut sts = Sts::new(Exchange::signed(source));
        sts.duration = LIFE;
        sts.policy = Some(policy.into());
        Self { user: name.into(), sts }
    }

    provider_setters! {
        /// Sets the lifetime of the keys: at most 2 hours with the keys of an account, 36 hours with those of
        /// a sub-account. Default: 30 minutes.
        duration: Duration => sts.duration;

        /// Sets the region of the exchange. Default: `ap-guangzhou`.
        region: text => sts.region;

        /// Sends the exchange to this endpoint. Default: `https://sts.tencentcloudapi.com`.
        endpoint: text => sts.exchange.endpoint;

        /// Sends the exchange through a transport of your own.
        transport: transport => sts.exchange.transport;
    }
}

#[async_trait]
impl ProvideCredential for FederationToken {
    fn name(&self) -> &'static str {
        "STS GetFederationToken"
    }

    async fn provide(&self, context: &Context) -> Result<Credential, CredentialError> {
        let action = sts::action("GetFederationToken");
        self.sts.keys(context, self.name(), action, |call| call.param(Param::new("Name"), &self.user)).await
    }
}
