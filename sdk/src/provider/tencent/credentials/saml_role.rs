//! Keys of a role, for a SAML assertion: `docs/sources.md`, Tencent Cloud, 6.8.
//!
//! The request has the parameters `SAMLAssertion`, `PrincipalArn`, `RoleArn`, `RoleSessionName` and
//! `DurationSeconds`, and the shape of the others in `sts.rs`. The vendor's SDK has the action but no
//! provider for it.

use std::time::Duration;

use async_trait::async_trait;

use super::sts::{self, Sts};
use crate::action::request::Param;
use crate::call::setters::provider_setters;
use crate::context::Context;
use crate::credential::{Credential, CredentialError, ProvideCredential, TokenSource};
use crate::provider::exchange::Exchange;

/// Exchanges a SAML assertion for the temporary keys of a role (`AssumeRoleWithSAML` of STS).
///
/// The role trusts a SAML identity provider, such as that of a company, so the program needs no keys: the
/// exchange is not signed. A file with the assertion is read for each exchange, and a change of the file
/// makes the client fetch new keys.
///
/// ```
/// use cloudcall::credential::TokenSource;
/// use cloudcall::provider::tencent::credentials::SamlRole;
/// use cloudcall::{Client, Tencent};
///
/// let assertion = TokenSource::File("/var/run/saml/assertion".into());
/// let (idp, role) = ("qcs::cam::uin/1:saml-provider/corp", "qcs::cam::uin/1:roleName/deploy");
/// let client = Client::<Tencent>::builder()
///     .region("ap-guangzhou")
///     .credentials(SamlRole::new(idp, role, assertion))
///     .build()?;
/// # Ok::<(), cloudcall::Error>(())
/// ```
///
/// # Troubleshooting
///
/// *an error of STS about the assertion*: assertions are valid for a few minutes. Let the identity provider
/// write a new one into the file before the keys end; the file is read for each exchange.
#[doc(alias = "AssumeRoleWithSAML")]
#[derive(Debug)]
pub struct SamlRole {
    principal_arn: String,
    role_arn: String,
    assertion: TokenSource,
    session_name: Option<String>,
    sts: Sts,
}

impl SamlRole {
    /// The keys of the role `qcs::cam::uin/UIN:roleName/NAME`, for an assertion (base64) of the identity
    /// provider `qcs::cam::uin/UIN:saml-provider/NAME`.
    pub fn new(
        principal_arn: impl Into<String>,
        role_arn: impl Into<String>,
        assertion: TokenSource,
    ) -> Self {
        Self {
            principal_arn: principal_arn.into(),
            role_arn: role_arn.into(),
            assertion,
            session_name: None,
            sts: Sts::new(Exchange::default()),
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

        /// Sets the region of the exchange. Default: `ap-guangzhou`.
        region: text => sts.region;

        /// Sends the exchange to this endpoint. Default: `https://sts.tencentcloudapi.com`.
        endpoint: text => sts.exchange.endpoint;

        /// Sends the exchange through a transport of your own.
        transport: transport => sts.exchange.transport;
    }
}

#[async_trait]
impl ProvideCredential for SamlRole {
    fn name(&self) -> &'static str {
        "STS AssumeRoleWithSAML"
    }

    async fn provide(&self, context: &Context) -> Result<Credential, CredentialError> {
        let (assertion, file) = self.assertion.read(context, self.name())?;
        let session = sts::session(context, self.session_name.as_ref());
        let action = sts::action("AssumeRoleWithSAML").anonymous();
        let keys = self.sts.keys(context, self.name(), action, |call| {
            call.secret(Param::new("SAMLAssertion"), &assertion)
                .param(Param::new("PrincipalArn"), &self.principal_arn)
                .param(Param::new("RoleArn"), &self.role_arn)
                .param(Param::new("RoleSessionName"), session)
        });
        Ok(keys.await?.watching(file))
    }
}
