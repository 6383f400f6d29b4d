//! Temporary keys of a role, for a SAML assertion: `docs/sources.md`, Volcengine, 7.3.
//!
//! The request is an unsigned POST form to STS; the assertion is the proof:
//!
//! ```text
//! POST /?Action=AssumeRoleWithSAML&Version=2018-01-01
//! Content-Type: application/x-www-form-urlencoded
//!
//! RoleTrn=…&RoleSessionName=…&DurationSeconds=3600&SAMLProviderTrn=trn%3Aiam%3A%3A…&SAMLResp=PHNhbWxw…
//! ```

use std::time::Duration;

use async_trait::async_trait;

use super::sts::{Sts, unsigned};
use crate::action::request::Param;
use crate::call::raw::RawCall;
use crate::call::setters::provider_setters;
use crate::context::Context;
use crate::credential::{Credential, CredentialError, ProvideCredential, TokenSource};
use crate::provider::exchange::Exchange;
use crate::provider::volcengine::{Cloud, Site};

/// Exchanges a SAML assertion for the temporary keys of a role (`AssumeRoleWithSAML`). The exchange is not
/// signed.
///
/// ```
/// use cloudcall::provider::volcengine::credentials::SamlRole;
/// use cloudcall::{Client, Volcengine};
/// use cloudcall::credential::TokenSource;
///
/// let assertion = TokenSource::File("/var/run/saml/assertion".into());
/// let (idp, role) = ("trn:iam::2100000000:saml-provider/corp", "trn:iam::2100000000:role/deploy");
/// let client = Client::<Volcengine>::builder()
///     .region("cn-beijing")
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
#[doc(alias = "StsAssumeRoleSamlProvider")]
#[derive(Debug)]
pub struct SamlRole {
    provider_trn: String,
    assertion: TokenSource,
    sts: Sts,
}

impl SamlRole {
    /// The keys of a role such as `trn:iam::ACCOUNT:role/NAME`, for an assertion (base64) of the identity
    /// provider `trn:iam::ACCOUNT:saml-provider/NAME`.
    pub fn new(provider_trn: impl Into<String>, role_trn: impl Into<String>, assertion: TokenSource) -> Self {
        let sts = Sts::new(role_trn.into(), Exchange::default());
        Self { provider_trn: provider_trn.into(), assertion, sts }
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
impl ProvideCredential for SamlRole {
    fn name(&self) -> &'static str {
        "SAML role"
    }

    async fn provide(&self, context: &Context) -> Result<Credential, CredentialError> {
        let (assertion, file) = self.assertion.read(context, self.name())?;
        let add = |call: RawCall<Cloud>| {
            call.param(Param::new("SAMLProviderTrn"), &self.provider_trn)
                .secret(Param::new("SAMLResp"), &assertion)
        };
        let keys = self.sts.keys(context, self.name(), unsigned("AssumeRoleWithSAML"), add).await?;
        Ok(keys.watching(file))
    }
}
