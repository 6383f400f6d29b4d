//! Temporary keys from STS: `docs/sources.md`, Alibaba Cloud, 6.2.

use std::time::Duration;

use async_trait::async_trait;

use super::session_keys;
use crate::action::info::{ActionInfo, CallStyle};
use crate::action::request::Param;
use crate::call::setters::provider_setters;
use crate::context::Context;
use crate::credential::address;
use crate::credential::{Credential, CredentialError, ProvideCredential, TokenSource};
use crate::provider::alibaba::Cloud;
use crate::provider::exchange::{self, Exchange};

pub(super) const VERSION: &str = "2015-04-01";
/// The host without a region; with one it is `sts[-vpc].REGION.aliyuncs.com`.
const HOST: &str = "sts.aliyuncs.com";

/// Exchanges keys, or an OIDC token, for the temporary keys of a RAM role.
///
/// ```
/// use cloudcall::provider::alibaba::credentials::{self, RamRole};
/// use cloudcall::{Alibaba, Client};
///
/// let role = RamRole::assume(credentials::environment(), "acs:ram::1:role/deploy").session_name("nightly");
/// let client = Client::<Alibaba>::builder().region("cn-hangzhou").credentials(role).build()?;
/// # Ok::<(), cloudcall::Error>(())
/// ```
#[derive(Debug)]
pub struct RamRole {
    role_arn: String,
    /// The identity provider and its token; without them the exchange is signed.
    oidc: Option<(String, TokenSource)>,
    session_name: Option<String>,
    duration: Duration,
    policy: Option<String>,
    external_id: Option<String>,
    region: Option<String>,
    vpc: bool,
    exchange: Exchange<Cloud>,
}

impl RamRole {
    fn new(role_arn: String, oidc: Option<(String, TokenSource)>, exchange: Exchange<Cloud>) -> Self {
        Self {
            role_arn,
            oidc,
            session_name: None,
            duration: Duration::from_secs(3600),
            policy: None,
            external_id: None,
            region: None,
            vpc: false,
            exchange,
        }
    }

    /// `AssumeRole`: the role's keys, asked for with the keys of `source`.
    pub fn assume(source: impl ProvideCredential + 'static, role_arn: impl Into<String>) -> Self {
        Self::new(role_arn.into(), None, Exchange::signed(source))
    }

    /// `AssumeRoleWithOIDC`: the role's keys for an OIDC token. Nothing is signed.
    pub fn oidc(provider_arn: impl Into<String>, role_arn: impl Into<String>, token: TokenSource) -> Self {
        Self::new(role_arn.into(), Some((provider_arn.into(), token)), Exchange::default())
    }

    provider_setters! {
        /// Names the session. `ALIBABA_CLOUD_ROLE_SESSION_NAME` by default, else `cloudcall-` and a time.
        session_name: text => session_name;

        /// How long the keys live: at least 15 minutes, an hour by default.
        duration: Duration => duration;

        /// Narrows what the keys may do by a policy (JSON).
        policy: text => policy;

        /// Sets the external id that the role's owner asks for (`AssumeRole` alone has one).
        external_id: text => external_id;

        /// Asks STS in this region. Default: the host of `ALIBABA_CLOUD_STS_ENDPOINT`, else the one in the region of
        /// `ALIBABA_CLOUD_STS_REGION`, else the host for all regions.
        region: text => region;

        /// Asks STS inside the VPC, where a region is set. `ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED=true` does the same.
        vpc: bool => vpc;

        /// Asks this endpoint.
        endpoint: text => exchange.endpoint;

        /// Asks through a transport of your own.
        transport: transport => exchange.transport;
    }

    fn session(&self, context: &Context) -> String {
        let given = || context.env.var("ALIBABA_CLOUD_ROLE_SESSION_NAME").filter(|name| !name.is_empty());
        let now = crate::sign::time::unix_seconds(context.clock.now());
        self.session_name.clone().or_else(given).unwrap_or_else(|| format!("cloudcall-{now}"))
    }
}

const ENDPOINT_VARIABLE: &str = "ALIBABA_CLOUD_STS_ENDPOINT";

/// The STS of the region that is given, else the one that the environment names or that its region has, else `general`.
pub(super) fn host(
    context: &Context,
    region: Option<String>,
    vpc: bool,
    general: &str,
) -> Result<String, crate::Error> {
    let given = |name| context.env.var(name).filter(|value: &String| !value.is_empty());
    if let (None, Some(endpoint)) = (&region, given(ENDPOINT_VARIABLE)) {
        return named(endpoint.trim());
    }
    let Some(region) = region.or_else(|| given("ALIBABA_CLOUD_STS_REGION")) else {
        return Ok(general.to_owned());
    };
    crate::endpoint::check_label("region", &region)?;
    let vpc =
        vpc || given("ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED").is_some_and(|on| on.eq_ignore_ascii_case("true"));
    Ok(format!("sts{}.{region}.aliyuncs.com", if vpc { "-vpc" } else { "" }))
}

/// The endpoint of the environment: a host, or an address that tokens may be sent to.
fn named(endpoint: &str) -> Result<String, crate::Error> {
    let address = if endpoint.contains("://") { endpoint.to_owned() } else { format!("https://{endpoint}") };
    match address::allowed(&address) {
        Some((base, path)) if path == "/" => Ok(base),
        _ => Err(crate::Error::config(format!(
            "{ENDPOINT_VARIABLE} is no host such as sts-vpc.cn-hangzhou.aliyuncs.com, and no https or loopback address"
        ))),
    }
}

#[async_trait]
impl ProvideCredential for RamRole {
    fn name(&self) -> &'static str {
        if self.oidc.is_some() { "OIDC role" } else { "RAM role" }
    }

    async fn provide(&self, context: &Context) -> Result<Credential, CredentialError> {
        let name = self.name();
        let failed = |error| exchange::failed(name, &error);
        let host = host(context, self.region.clone(), self.vpc, HOST).map_err(failed)?;
        let client = self.exchange.client(context, None, &host).map_err(failed)?;
        let action = if self.oidc.is_some() { "AssumeRoleWithOIDC" } else { "AssumeRole" };
        // A second request only makes a second pair of temporary keys.
        let info = ActionInfo::dynamic("sts", VERSION, action).with_style(CallStyle::Rpc).idempotent();
        let (mut call, file) = match &self.oidc {
            None => (client.raw_action(info), None),
            Some((provider_arn, token)) => {
                let (token, file) = token.read(context, name)?;
                let call = client.raw_action(info.anonymous());
                let call = call.param(Param::new("OIDCProviderArn"), provider_arn);
                (call.secret(Param::new("OIDCToken"), &token), file)
            }
        };
        call = call
            .param(Param::new("RoleArn"), &self.role_arn)
            .param(Param::new("RoleSessionName"), self.session(context))
            .param(Param::new("DurationSeconds"), self.duration.as_secs());
        if let Some(policy) = &self.policy {
            call = call.param(Param::new("Policy"), policy);
        }
        if let (Some(id), None) = (&self.external_id, &self.oidc) {
            call = call.param(Param::new("ExternalId"), id);
        }
        let mut answer = serde_json::Value::from(call.invoke().await.map_err(failed)?);
        let mut keys = answer.get_mut("Credentials").map(serde_json::Value::take).unwrap_or_default();
        let keys = session_keys(name, &mut keys)?;
        Ok(match file {
            Some(file) => keys.with_file(file),
            None => keys,
        })
    }
}
