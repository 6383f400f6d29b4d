//! Temporary keys of a role, for other keys: `docs/sources.md`, Volcengine, 7.3.
//!
//! The request is a GET that `source` signs, to `sts.volcengineapi.com`:
//!
//! ```text
//! GET /?Action=AssumeRole&Version=2018-01-01&DurationSeconds=3600&RoleSessionName=…&RoleTrn=trn%3Aiam%3A%3A…
//! ```

use std::time::Duration;

use async_trait::async_trait;
use http::Method;

use super::sts::{self, Sts};
use crate::action::info::ActionInfo;
use crate::call::setters::provider_setters;
use crate::context::Context;
use crate::credential::{Credential, CredentialError, ProvideCredential};
use crate::provider::exchange::Exchange;
use crate::provider::volcengine::Site;

/// Exchanges keys for the temporary keys of a role (`AssumeRole`).
///
/// ```
/// use cloudcall::provider::volcengine::credentials::{self, AssumeRole};
/// use cloudcall::{Client, Volcengine};
///
/// let role = AssumeRole::new(credentials::environment(), "trn:iam::2100000000:role/deploy")
///     .session_name("nightly");
/// let client = Client::<Volcengine>::builder().region("cn-beijing").credentials(role).build()?;
/// # Ok::<(), cloudcall::Error>(())
/// ```
///
/// Roles can be chained: `source` may be another `AssumeRole`.
///
/// # Troubleshooting
///
/// *`AccessDenied`*: the keys may not assume the role. Allow `sts:AssumeRole` for their user, and name the
/// user in the trust policy of the role.
///
/// *no connection to `sts.volcengineapi.com`*: the exchange goes to the public host, whatever the endpoint of
/// the client is. Set `endpoint` to a host that the machine can reach.
#[doc(alias = "StsAssumeRoleProvider")]
#[derive(Debug)]
pub struct AssumeRole {
    sts: Sts,
}

impl AssumeRole {
    /// The keys of a role such as `trn:iam::ACCOUNT:role/NAME`. The exchange is signed with the keys of
    /// `source`.
    pub fn new(source: impl ProvideCredential + 'static, role_trn: impl Into<String>) -> Self {
        Self { sts: Sts::new(role_trn.into(), Exchange::signed(source)) }
    }

    provider_setters! {
        /// Sets the site whose STS is used. Default: Volcengine.
        site: Site => sts.site;

        /// Names the session, for the audit log. Default: `cloudcall-` and the time.
        session_name: text => sts.session_name;

        /// Sets the lifetime of the keys. Default: one hour.
        duration: Duration => sts.duration;

        /// Restricts the keys by a policy (JSON).
        policy: text => sts.policy;

        /// Sends the exchange to this endpoint. Default: `sts.volcengineapi.com`.
        endpoint: text => sts.exchange.endpoint;

        /// Sends the exchange through a transport of your own.
        transport: transport => sts.exchange.transport;
    }
}

#[async_trait]
impl ProvideCredential for AssumeRole {
    fn name(&self) -> &'static str {
        "AssumeRole"
    }

    async fn provide(&self, context: &Context) -> Result<Credential, CredentialError> {
        let info = ActionInfo::new("sts", sts::VERSION, "AssumeRole").with_method(Method::GET);
        self.sts.keys(context, self.name(), info, |call| call).await
    }
}
