//! Temporary keys from STS: `docs/sources.md`, Volcengine, 7.3.

use std::time::Duration;

use async_trait::async_trait;
use http::Method;

use super::KEYS;
use crate::action::info::{ActionInfo, BodyFormat};
use crate::action::request::Param;
use crate::call::raw::RawCall;
use crate::call::setters::provider_setters;
use crate::context::Context;
use crate::credential::{Credential, CredentialError, ProvideCredential, TokenSource};
use crate::provider::exchange::{self, Exchange};
use crate::provider::volcengine::{Cloud, Site};

const VERSION: &str = "2018-01-01";
const AN_HOUR: Duration = Duration::from_secs(3600);

/// What the three operations have in common.
#[derive(Debug)]
pub(super) struct Sts {
    pub(super) site: Site,
    pub(super) role_trn: String,
    pub(super) session_name: Option<String>,
    pub(super) duration: Duration,
    pub(super) policy: Option<String>,
    pub(super) exchange: Exchange<Cloud>,
}

impl Sts {
    pub(super) fn new(role_trn: String, exchange: Exchange<Cloud>) -> Self {
        Self {
            site: Site::Volcengine,
            role_trn,
            session_name: None,
            duration: AN_HOUR,
            policy: None,
            exchange,
        }
    }

    /// Asks for the keys. `add` adds what only this operation has.
    pub(super) async fn ask(
        &self,
        context: &Context,
        provider: &'static str,
        info: ActionInfo,
        add: impl FnOnce(RawCall<Cloud>) -> RawCall<Cloud>,
    ) -> Result<Credential, CredentialError> {
        let failed = |error| exchange::failed(provider, &error);
        let (host, region) = self.site.sts();
        let client = self.exchange.client(context, Some(region), host).map_err(failed)?;
        let now = crate::sign::time::unix_seconds(context.clock.now());
        let session = self.session_name.clone().unwrap_or_else(|| format!("cloudcall-{now}"));
        // A second request only makes a second pair of temporary keys.
        let mut call = client
            .raw_action(info.idempotent())
            .param(Param::new("RoleTrn"), &self.role_trn)
            .param(Param::new("RoleSessionName"), session)
            .param(Param::new("DurationSeconds"), self.duration.as_secs());
        if let Some(policy) = &self.policy {
            call = call.param(Param::new("Policy"), policy);
        }
        let mut result = serde_json::Value::from(add(call).invoke().await.map_err(failed)?);
        let mut keys = result.get_mut("Credentials").map(serde_json::Value::take).unwrap_or_default();
        Ok(KEYS.take(provider, &mut keys)?)
    }
}

/// An operation that is sent without a signature: the token or the assertion is the proof.
pub(super) fn unsigned(action: &'static str) -> ActionInfo {
    ActionInfo::new("sts", VERSION, action).with_body_format(BodyFormat::Form).anonymous()
}

/// Exchanges keys for the temporary keys of a role (`AssumeRole`).
///
/// ```
/// use cloudcall::provider::volcengine::credentials::{self, AssumeRole};
/// use cloudcall::{Client, Volcengine};
///
/// let role = AssumeRole::new(credentials::environment(), "trn:iam::2100000000:role/deploy").session_name("nightly");
/// let client = Client::<Volcengine>::builder().region("cn-beijing").credentials(role).build()?;
/// # Ok::<(), cloudcall::Error>(())
/// ```
#[derive(Debug)]
pub struct AssumeRole {
    sts: Sts,
}

impl AssumeRole {
    /// The keys of a role such as `trn:iam::ACCOUNT:role/NAME`, asked for with the keys of `source`.
    pub fn new(source: impl ProvideCredential + 'static, role_trn: impl Into<String>) -> Self {
        Self { sts: Sts::new(role_trn.into(), Exchange::signed(source)) }
    }

    provider_setters! {
        /// Sets the site whose STS is asked. Default: Volcengine.
        site: Site => sts.site;

        /// Names the session. Default: `cloudcall-` and a time.
        session_name: text => sts.session_name;

        /// Sets the lifetime of the keys. Default: one hour.
        duration: Duration => sts.duration;

        /// Restricts the keys by a policy (JSON).
        policy: text => sts.policy;

        /// Asks this endpoint. Default: `sts.volcengineapi.com`.
        endpoint: text => sts.exchange.endpoint;

        /// Sends through a transport of your own.
        transport: transport => sts.exchange.transport;
    }
}

#[async_trait]
impl ProvideCredential for AssumeRole {
    fn name(&self) -> &'static str {
        "AssumeRole"
    }

    async fn provide(&self, context: &Context) -> Result<Credential, CredentialError> {
        let info = ActionInfo::new("sts", VERSION, "AssumeRole").with_method(Method::GET);
        self.sts.ask(context, self.name(), info, |call| call).await
    }
}

/// Exchanges a SAML assertion for the temporary keys of a role (`AssumeRoleWithSAML`). Nothing is signed.
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
#[derive(Debug)]
pub struct SamlRole {
    provider_trn: String,
    assertion: TokenSource,
    sts: Sts,
}

impl SamlRole {
    /// The keys of a role such as `trn:iam::ACCOUNT:role/NAME`, for an assertion (base64) of the identity provider
    /// `trn:iam::ACCOUNT:saml-provider/NAME`.
    pub fn new(provider_trn: impl Into<String>, role_trn: impl Into<String>, assertion: TokenSource) -> Self {
        let sts = Sts::new(role_trn.into(), Exchange::default());
        Self { provider_trn: provider_trn.into(), assertion, sts }
    }

    provider_setters! {
        /// Sets the site whose STS is asked. Default: Volcengine.
        site: Site => sts.site;

        /// Names the session. Default: `cloudcall-` and a time.
        session_name: text => sts.session_name;

        /// Sets the lifetime of the keys. Default: one hour.
        duration: Duration => sts.duration;

        /// Restricts the keys by a policy (JSON).
        policy: text => sts.policy;

        /// Asks this endpoint. Default: `sts.volcengineapi.com`.
        endpoint: text => sts.exchange.endpoint;

        /// Sends through a transport of your own.
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
        let keys = self.sts.ask(context, self.name(), unsigned("AssumeRoleWithSAML"), add).await?;
        Ok(match file {
            Some(file) => keys.with_file(file),
            None => keys,
        })
    }
}
