//! Temporary keys of a role, for an OIDC token: `docs/sources.md`, Alibaba Cloud, 6.2 and 6.4.
//!
//! The exchange is in `sts.rs`. It is not signed, because the token is the proof: `AssumeRoleWithOIDC` with
//! the parameters `OIDCProviderArn` and `OIDCToken`. The token file is read for each exchange, because the
//! cluster replaces it before it expires.

use std::time::Duration;

use async_trait::async_trait;

use super::sts::{self, Sts};
use crate::action::request::Param;
use crate::call::setters::provider_setters;
use crate::context::Context;
use crate::credential::{Credential, CredentialError, ProvideCredential, TokenSource, all_given};
use crate::provider::exchange::Exchange;

const NAME: &str = "OIDC role";
/// The variables that the cluster sets in a pod: the file of the token, the role, and the identity provider.
const VARIABLES: [&str; 3] =
    ["ALIBABA_CLOUD_OIDC_TOKEN_FILE", "ALIBABA_CLOUD_ROLE_ARN", "ALIBABA_CLOUD_OIDC_PROVIDER_ARN"];

/// Exchanges an OIDC token for the temporary keys of a RAM role (`AssumeRoleWithOIDC`). The exchange is not
/// signed.
///
/// In a pod of ACK with RRSA, [`from_environment`](Self::from_environment) takes everything from the
/// variables of the cluster.
///
/// ```
/// use cloudcall::credential::TokenSource;
/// use cloudcall::provider::alibaba::credentials::WebIdentity;
/// use cloudcall::{Alibaba, Client};
///
/// let token = TokenSource::File("/var/run/secrets/tokens/oidc-token".into());
/// let keys = WebIdentity::new("acs:ram::1:oidc-provider/corp", "acs:ram::1:role/deploy", token);
/// let client = Client::<Alibaba>::builder().region("cn-hangzhou").credentials(keys).build()?;
/// # Ok::<(), cloudcall::Error>(())
/// ```
///
/// # Troubleshooting
///
/// *`AuthenticationFail.OIDCToken.…`*: STS does not accept the token: it has expired, or it is for another
/// audience. The file is read for each exchange, so check that whatever writes it still runs.
///
/// *`AuthenticationFail.NoPermission`*: the trust policy of the role does not name this identity provider, or
/// its conditions do not match the token.
#[doc(alias = "OIDCRoleArnCredential")]
#[doc(alias = "OidcRoleArnCredentialProvider")]
#[doc(alias = "AssumeRoleWithOIDC")]
#[derive(Debug)]
pub struct WebIdentity {
    origin: Origin,
    sts: Sts,
}

/// Where provider, role and token come from.
#[derive(Debug)]
enum Origin {
    /// The program.
    Given(Identity),
    /// The variables of the cluster, which are read for each exchange.
    Environment,
}

/// What the exchange needs.
#[derive(Debug)]
struct Identity {
    provider_arn: String,
    role_arn: String,
    token: TokenSource,
}

impl WebIdentity {
    /// The keys of the role `acs:ram::ACCOUNT:role/NAME`, for a token of the identity provider
    /// `acs:ram::ACCOUNT:oidc-provider/NAME`.
    pub fn new(provider_arn: impl Into<String>, role_arn: impl Into<String>, token: TokenSource) -> Self {
        let identity = Identity { provider_arn: provider_arn.into(), role_arn: role_arn.into(), token };
        Self::of(Origin::Given(identity))
    }

    /// The keys of this pod's role: the token that the cluster mounts, exchanged by STS.
    ///
    /// It reads `ALIBABA_CLOUD_OIDC_TOKEN_FILE`, `ALIBABA_CLOUD_ROLE_ARN` and
    /// `ALIBABA_CLOUD_OIDC_PROVIDER_ARN`, and is not configured unless all of them are set. Other providers
    /// use `ALIBABA_CLOUD_ROLE_ARN`, too, so some of them alone are not an error.
    ///
    /// ```
    /// use cloudcall::{Alibaba, Client, provider::alibaba::credentials::WebIdentity};
    ///
    /// let client = Client::<Alibaba>::builder().credentials(WebIdentity::from_environment()).build()?;
    /// # Ok::<(), cloudcall::Error>(())
    /// ```
    pub fn from_environment() -> Self {
        Self::of(Origin::Environment)
    }

    /// A provider with the default settings.
    fn of(origin: Origin) -> Self {
        Self { origin, sts: Sts::new(Exchange::default()) }
    }

    provider_setters! {
        /// Names the session. Default: `ALIBABA_CLOUD_ROLE_SESSION_NAME`, or `cloudcall-` and the time.
        session_name: text => sts.session_name;

        /// Sets the lifetime of the keys, at least 15 minutes. Default: one hour.
        duration: Duration => sts.duration;

        /// Restricts the keys by a policy (JSON).
        policy: text => sts.policy;

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

    /// Reads the token and exchanges it. If the file changes, the credential is fetched again.
    async fn exchanged(&self, context: &Context, identity: &Identity) -> Result<Credential, CredentialError> {
        let (token, file) = identity.token.read(context, NAME)?;
        let action = sts::action("AssumeRoleWithOIDC").anonymous();
        let keys = self.sts.keys(context, NAME, action, &identity.role_arn, |call| {
            call.param(Param::new("OIDCProviderArn"), &identity.provider_arn)
                .secret(Param::new("OIDCToken"), &token)
        });
        Ok(keys.await?.watching(file))
    }
}

#[async_trait]
impl ProvideCredential for WebIdentity {
    fn name(&self) -> &'static str {
        NAME
    }

    async fn provide(&self, context: &Context) -> Result<Credential, CredentialError> {
        match &self.origin {
            Origin::Given(identity) => self.exchanged(context, identity).await,
            Origin::Environment => {
                let [file, role_arn, provider_arn] = all_given(context, VARIABLES)?;
                let identity = Identity { provider_arn, role_arn, token: TokenSource::File(file.into()) };
                self.exchanged(context, &identity).await
            }
        }
    }
}
