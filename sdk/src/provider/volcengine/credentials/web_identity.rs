//! Temporary keys of a role, for an OIDC token: `docs/sources.md`, Volcengine, 7.3.
//!
//! The request is an unsigned POST form to STS; the token is the proof:
//!
//! ```text
//! POST /?Action=AssumeRoleWithOIDC&Version=2018-01-01
//! Content-Type: application/x-www-form-urlencoded
//!
//! RoleTrn=trn%3Aiam%3A%3A…&RoleSessionName=…&DurationSeconds=3600&OIDCToken=eyJ…
//! ```

use std::time::Duration;

use async_trait::async_trait;

use super::sts::{Sts, unsigned};
use crate::action::request::Param;
use crate::call::raw::RawCall;
use crate::call::setters::provider_setters;
use crate::context::Context;
use crate::credential::{Credential, CredentialError, ProvideCredential, TokenSource, address, all_given};
use crate::error::{Error, ErrorKind};
use crate::provider::exchange::Exchange;
use crate::provider::volcengine::{Cloud, Site};

const NAME: &str = "OIDC role";

/// Exchanges an OIDC token for the temporary keys of a role (`AssumeRoleWithOIDC`). The exchange is not
/// signed.
///
/// ```
/// use cloudcall::provider::volcengine::credentials::WebIdentity;
/// use cloudcall::{Client, Volcengine};
/// use cloudcall::credential::TokenSource;
///
/// let token = TokenSource::File("/var/run/secrets/vke.volcengine.com/irsa-tokens/token".into());
/// let role = WebIdentity::new("trn:iam::2100000000:role/deploy", token);
/// let client = Client::<Volcengine>::builder().region("cn-beijing").credentials(role).build()?;
/// # Ok::<(), cloudcall::Error>(())
/// ```
///
/// # Troubleshooting
///
/// *an error of STS about the token*: the token has expired, or it is for another audience. The file is read
/// for each exchange, so check that the program which writes it still runs.
///
/// *`VOLCENGINE_OIDC_ROLE_TRN` is set, but … not*: the pod has some of the variables only. Check the
/// annotations of its service account.
#[doc(alias = "AssumeRoleWithOIDC")]
#[doc(alias = "StsAssumeRoleOidcProvider")]
#[derive(Debug)]
pub struct WebIdentity {
    /// The token. `None` takes role and token file from the environment, for each exchange.
    token: Option<TokenSource>,
    sts: Sts,
}

impl WebIdentity {
    /// The keys of a role such as `trn:iam::ACCOUNT:role/NAME`, for a token that the caller has.
    pub fn new(role_trn: impl Into<String>, token: TokenSource) -> Self {
        Self { token: Some(token), sts: Sts::new(role_trn.into(), Exchange::default()) }
    }

    /// The role of `VOLCENGINE_OIDC_ROLE_TRN` and the token file of `VOLCENGINE_OIDC_TOKEN_FILE`.
    ///
    /// These variables are optional:
    ///
    /// | variable | meaning | default |
    /// | --- | --- | --- |
    /// | `VOLCENGINE_OIDC_ROLE_SESSION_NAME` | name of the session | `cloudcall-` and the time |
    /// | `VOLCENGINE_OIDC_ROLE_POLICY` | policy that restricts the keys, JSON | none |
    /// | `VOLCENGINE_OIDC_STS_ENDPOINT` | host of STS, or its https address | `sts.volcengineapi.com` |
    ///
    /// A setter takes precedence over its variable. BytePlus has the same names with `BYTEPLUS_`. The
    /// vendor's Python package documents the last variable but never reads it.
    ///
    /// ```
    /// use cloudcall::provider::volcengine::credentials::WebIdentity;
    /// use cloudcall::{Client, Volcengine};
    ///
    /// let keys = WebIdentity::from_environment();
    /// let client = Client::<Volcengine>::builder().region("cn-beijing").credentials(keys).build()?;
    /// # Ok::<(), cloudcall::Error>(())
    /// ```
    pub fn from_environment() -> Self {
        Self { token: None, sts: Sts::new(String::new(), Exchange::default()) }
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

    /// The same provider with role and token file of the environment. *Not configured* if both are unset.
    fn configured(&self, context: &Context) -> Result<Self, CredentialError> {
        let site = self.sts.site;
        let var = |name: &str| site.var(context, name);
        let names = ["OIDC_ROLE_TRN", "OIDC_TOKEN_FILE"].map(|name| format!("{}{name}", site.prefix()));
        let [role, file] = all_given(context, names.each_ref().map(String::as_str))?;
        let Sts { session_name, duration, policy, exchange, .. } = &self.sts;
        let mut own: Exchange<Cloud> = Exchange::default();
        own.endpoint = match (&exchange.endpoint, var("OIDC_STS_ENDPOINT")) {
            (None, Some(named)) => Some(address::endpoint(&named).ok_or_else(|| {
                let what = format!(
                    "{NAME}: {}OIDC_STS_ENDPOINT must be a host such as sts.volcengineapi.com, or an https or loopback address",
                    site.prefix()
                );
                Error::new(ErrorKind::Credentials, what)
            })?),
            (given, _) => given.clone(),
        };
        own.transport.clone_from(&exchange.transport);
        let sts = Sts {
            site,
            session_name: session_name.clone().or_else(|| var("OIDC_ROLE_SESSION_NAME")),
            duration: *duration,
            policy: policy.clone().or_else(|| var("OIDC_ROLE_POLICY")),
            ..Sts::new(role, own)
        };
        Ok(Self { token: Some(TokenSource::File(file.into())), sts })
    }
}

#[async_trait]
impl ProvideCredential for WebIdentity {
    fn name(&self) -> &'static str {
        NAME
    }

    async fn provide(&self, context: &Context) -> Result<Credential, CredentialError> {
        let Some(token) = &self.token else { return self.configured(context)?.provide(context).await };
        let (token, file) = token.read(context, NAME)?;
        let add = |call: RawCall<Cloud>| call.secret(Param::new("OIDCToken"), &token);
        let keys = self.sts.keys(context, NAME, unsigned("AssumeRoleWithOIDC"), add).await?;
        Ok(keys.watching(file))
    }
}
