//! Keys of a role, for an OIDC token: `docs/sources.md`, Tencent Cloud, 6.6 and 6.7.
//!
//! The request has these parameters, and the shape of the others in `sts.rs`:
//!
//! ```text
//! X-TC-Action: AssumeRoleWithWebIdentity
//! Authorization: SKIP
//!
//! {"ProviderId": "my-idp", "WebIdentityToken": "eyJ…", "RoleArn": "qcs::cam::uin/1:roleName/deploy",
//!  "RoleSessionName": "cloudcall-1700000001000000", "DurationSeconds": 7200}
//! ```

use std::time::Duration;

use async_trait::async_trait;

use super::sts::{self, Sts};
use crate::action::request::Param;
use crate::call::setters::provider_setters;
use crate::context::Context;
use crate::credential::{Credential, CredentialError, ProvideCredential, TokenSource, all_given};
use crate::provider::exchange::Exchange;

/// The variables that the cluster sets in a pod: the region, the identity provider, the file of the token,
/// and the role.
const VARIABLES: [&str; 4] = ["TKE_REGION", "TKE_PROVIDER_ID", "TKE_WEB_IDENTITY_TOKEN_FILE", "TKE_ROLE_ARN"];

/// Exchanges an OIDC token for the temporary keys of a role (`AssumeRoleWithWebIdentity` of STS).
///
/// The role trusts an OIDC identity provider, so a program with a token of that provider needs no keys: the
/// exchange is not signed. A token file is read for each exchange, white space around the token is dropped,
/// and a change of the file makes the client fetch new keys.
///
/// In a pod of TKE, [`from_environment`](Self::from_environment) takes everything from the variables of the
/// cluster.
///
/// ```
/// use cloudcall::credential::TokenSource;
/// use cloudcall::provider::tencent::credentials::WebIdentity;
/// use cloudcall::{Client, Tencent};
///
/// let token = TokenSource::File("/var/run/token".into());
/// let keys = WebIdentity::new("my-idp", "qcs::cam::uin/1:roleName/deploy", token).session_name("nightly");
/// let client = Client::<Tencent>::builder().region("ap-guangzhou").credentials(keys).build()?;
/// # Ok::<(), cloudcall::Error>(())
/// ```
///
/// # Troubleshooting
///
/// *`FailedOperation.…` or `InvalidParameter.WebIdentityTokenError`*: STS does not accept the token, most
/// often because it has ended. The file is read for each exchange, so check that whatever writes it still
/// runs.
///
/// *`TKE_REGION` is set, but … not*: the pod has some of the variables only. Check the annotations of its
/// service account.
#[doc(alias = "OIDCRoleArnCredential")]
#[doc(alias = "DefaultTkeOIDCRoleArnProvider")]
#[doc(alias = "AssumeRoleWithWebIdentity")]
#[derive(Debug)]
pub struct WebIdentity {
    origin: Origin,
    session_name: Option<String>,
    sts: Sts,
}

/// The source of provider, role and token.
#[derive(Debug)]
enum Origin {
    /// The program gave them to [`WebIdentity::new`].
    Given(Identity),
    /// The variables of TKE, which are read for each exchange.
    Environment,
}

/// The two sides of the trust, and the token that one of them issued.
#[derive(Debug)]
struct Identity {
    provider_id: String,
    role_arn: String,
    token: TokenSource,
}

impl WebIdentity {
    /// The keys of the role `qcs::cam::uin/UIN:roleName/NAME`, for a token of the identity provider
    /// `provider_id`.
    pub fn new(provider_id: impl Into<String>, role_arn: impl Into<String>, token: TokenSource) -> Self {
        let identity = Identity { provider_id: provider_id.into(), role_arn: role_arn.into(), token };
        Self::of(Origin::Given(identity))
    }

    /// The keys of this pod's role: the token that the TKE cluster mounts, exchanged by STS.
    ///
    /// | variable | meaning |
    /// | --- | --- |
    /// | `TKE_REGION` | the region of the exchange |
    /// | `TKE_PROVIDER_ID` | the identity provider of the cluster |
    /// | `TKE_WEB_IDENTITY_TOKEN_FILE` | the file with the token |
    /// | `TKE_ROLE_ARN` | the role |
    ///
    /// The provider is not configured unless all four are set; a chain then goes on. They are read for each
    /// exchange.
    ///
    /// ```
    /// use cloudcall::{Client, Tencent, provider::tencent::credentials::WebIdentity};
    ///
    /// let client = Client::<Tencent>::builder().credentials(WebIdentity::from_environment()).build()?;
    /// # Ok::<(), cloudcall::Error>(())
    /// ```
    pub fn from_environment() -> Self {
        Self::of(Origin::Environment)
    }

    fn of(origin: Origin) -> Self {
        Self { origin, session_name: None, sts: Sts::new(Exchange::default()) }
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

        /// Sets the region of the exchange. Default: `TKE_REGION` in a pod, `ap-guangzhou` elsewhere.
        region: text => sts.region;

        /// Sends the exchange to this endpoint. Default: `https://sts.tencentcloudapi.com`.
        endpoint: text => sts.exchange.endpoint;

        /// Sends the exchange through a transport of your own.
        transport: transport => sts.exchange.transport;
    }

    /// Reads the token and calls STS, in `region` unless the program set another one.
    async fn exchanged(
        &self,
        context: &Context,
        identity: &Identity,
        region: Option<&str>,
    ) -> Result<Credential, CredentialError> {
        let (token, file) = identity.token.read(context, self.name())?;
        let session = sts::session(context, self.session_name.as_ref());
        let action = sts::action("AssumeRoleWithWebIdentity").anonymous();
        let keys = self.sts.keys_in(region, context, self.name(), action, |call| {
            call.param(Param::new("ProviderId"), &identity.provider_id)
                .secret(Param::new("WebIdentityToken"), &token)
                .param(Param::new("RoleArn"), &identity.role_arn)
                .param(Param::new("RoleSessionName"), session)
        });
        Ok(keys.await?.watching(file))
    }
}

#[async_trait]
impl ProvideCredential for WebIdentity {
    fn name(&self) -> &'static str {
        match self.origin {
            Origin::Given(_) => "STS AssumeRoleWithWebIdentity",
            Origin::Environment => "TKE OIDC",
        }
    }

    async fn provide(&self, context: &Context) -> Result<Credential, CredentialError> {
        match &self.origin {
            Origin::Given(identity) => self.exchanged(context, identity, None).await,
            Origin::Environment => {
                let [region, provider_id, file, role_arn] = all_given(context, VARIABLES)?;
                let identity = Identity { provider_id, role_arn, token: TokenSource::File(file.into()) };
                self.exchanged(context, &identity, Some(&region)).await
            }
        }
    }
}
