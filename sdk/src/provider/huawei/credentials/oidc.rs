//! Temporary keys of an agency for an OIDC token, from STS: `docs/sources.md`, Huawei Cloud, 3.3.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use http::Method;
use secrecy::SecretString;

use super::{scoped, sts_host, take};
use crate::action::info::ActionInfo;
use crate::action::request::Param;
use crate::call::setters::provider_setters;
use crate::context::Context;
use crate::credential::{Credential, CredentialError, ProvideCredential, TokenSource};
use crate::error::{Error, ErrorKind};
use crate::provider::exchange::{self, Exchange};
use crate::provider::huawei::Cloud;
use crate::transport::HttpSend;

const NAME: &str = "OIDC agency";

/// Exchanges an OIDC token for the temporary keys of an agency, by STS. Nothing is signed.
///
/// ```
/// use cloudcall::provider::huawei::credentials::OidcAgency;
/// use cloudcall::{Client, Huawei};
/// use cloudcall::credential::TokenSource;
///
/// let token = TokenSource::File("/var/run/token".into());
/// let keys = OidcAgency::new("iam::1:oidc-provider:p", "iam::1:agency:deploy", token).session_name("nightly");
/// let client = Client::<Huawei>::builder().region("cn-north-4").credentials(keys).build()?;
/// # Ok::<(), cloudcall::Error>(())
/// ```
#[derive(Debug)]
pub struct OidcAgency {
    provider_urn: String,
    agency_urn: String,
    token: TokenSource,
    session_name: String,
    duration: Duration,
    policy: Option<String>,
    policy_ids: Vec<String>,
    region: Option<String>,
    exchange: Exchange<Cloud>,
}

impl OidcAgency {
    /// The identity provider, the agency, and the token.
    pub fn new(provider_urn: impl Into<String>, agency_urn: impl Into<String>, token: TokenSource) -> Self {
        Self {
            provider_urn: provider_urn.into(),
            agency_urn: agency_urn.into(),
            token,
            session_name: "oidc-sts-session".to_owned(),
            duration: Duration::from_secs(3600),
            policy: None,
            policy_ids: Vec::new(),
            region: None,
            exchange: Exchange::default(),
        }
    }

    provider_setters! {
        /// Names the session; `oidc-sts-session` by default.
        session_name: text => session_name;

        /// How long the keys live: an hour by default.
        duration: Duration => duration;

        /// Narrows what the keys may do by a policy (JSON).
        policy: text => policy;
    }

    /// Narrows what the keys may do by policies of the account.
    #[must_use]
    pub fn policy_ids(mut self, ids: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.policy_ids = ids.into_iter().map(Into::into).collect();
        self
    }

    provider_setters! {
        /// Asks STS in this region; without one, or where it has none, in cn-north-4.
        region: text => region;

        /// Asks this endpoint. `HUAWEICLOUD_SDK_STS_ENDPOINT` by default.
        endpoint: text => exchange.endpoint;

        /// Asks through a transport of your own.
        transport: transport => exchange.transport;
    }
}

#[async_trait]
impl ProvideCredential for OidcAgency {
    fn name(&self) -> &'static str {
        NAME
    }

    async fn provide(&self, context: &Context) -> Result<Credential, CredentialError> {
        let failed = |error| exchange::failed(NAME, &error);
        let (token, file) = self.token.read(context, NAME)?;
        let host = sts_host(context, self.region.as_deref());
        let client = self.exchange.client(context, None, &host).map_err(failed)?;
        // A second request only makes a second pair of temporary keys.
        let info = ActionInfo::new("sts", "v5", "AssumeAgencyWithOIDC").with_method(Method::POST);
        let info = info.with_path("/v5/agencies/assume-with-oidc").anonymous().idempotent();
        let mut call = client
            .raw_action(info)
            .param(Param::new("provider_urn"), &self.provider_urn)
            .param(Param::new("agency_urn"), &self.agency_urn)
            .param(Param::new("agency_session_name"), &self.session_name)
            .secret(Param::new("id_token").secret(), &token)
            .param(Param::new("duration_seconds"), self.duration.as_secs());
        if let Some(policy) = &self.policy {
            call = call.param(Param::new("policy"), policy);
        }
        if !self.policy_ids.is_empty() {
            call = call.param(Param::new("policy_ids"), &self.policy_ids);
        }
        let keys = take(NAME, call.invoke().await.map_err(failed)?.into())?;
        Ok(match file {
            Some(file) => keys.with_file(file),
            None => keys,
        })
    }
}

/// The agency that the environment names, as [`OidcAgency`].
///
/// `HUAWEICLOUD_OIDC_PROVIDER_URN`, `HUAWEICLOUD_OIDC_AGENCY_URN`, and the token in `HUAWEICLOUD_OIDC_ID_TOKEN` or in the
/// file that `HUAWEICLOUD_OIDC_TOKEN_FILE` names. Also, if they are set, `_SESSION_NAME`, `_DURATION_SECONDS`, `_POLICY` and
/// `_POLICY_IDS` (with commas), and the ids of `HUAWEICLOUD_SDK_PROJECT_ID` and `HUAWEICLOUD_SDK_DOMAIN_ID`.
///
/// ```
/// use cloudcall::{Client, Huawei, provider::huawei::credentials::OidcEnvironment};
///
/// let client = Client::<Huawei>::builder().region("cn-north-4").credentials(OidcEnvironment::new()).build()?;
/// # Ok::<(), cloudcall::Error>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct OidcEnvironment {
    transport: Option<Arc<dyn HttpSend>>,
}

impl OidcEnvironment {
    /// The agency of the environment.
    pub fn new() -> Self {
        Self::default()
    }

    provider_setters! {
        /// Asks through a transport of your own.
        transport: transport => transport;
    }
}

#[async_trait]
impl ProvideCredential for OidcEnvironment {
    fn name(&self) -> &'static str {
        NAME
    }

    async fn provide(&self, context: &Context) -> Result<Credential, CredentialError> {
        let given = |name: &str| {
            context.env.var(&format!("HUAWEICLOUD_OIDC_{name}")).filter(|value| !value.is_empty())
        };
        let token = match (given("ID_TOKEN"), given("TOKEN_FILE")) {
            (Some(token), _) => Some(TokenSource::Given(SecretString::from(token))),
            (None, Some(path)) => Some(TokenSource::File(path.into())),
            (None, None) => None,
        };
        let all = (given("PROVIDER_URN"), given("AGENCY_URN"), token);
        let (Some(provider), Some(agency), Some(token)) = all else {
            let found = [
                (all.0.is_some(), "HUAWEICLOUD_OIDC_PROVIDER_URN"),
                (all.1.is_some(), "HUAWEICLOUD_OIDC_AGENCY_URN"),
                (all.2.is_some(), "HUAWEICLOUD_OIDC_ID_TOKEN or HUAWEICLOUD_OIDC_TOKEN_FILE"),
            ];
            let missing: Vec<_> = found.iter().filter(|(set, _)| !set).map(|(_, name)| *name).collect();
            let reason = format!("{} not set", missing.join(", "));
            return Err(CredentialError::NotConfigured(match missing.len() == found.len() {
                true => reason,
                false => format!("{reason}, but others are: set all, or none"),
            }));
        };
        let mut sts = OidcAgency::new(provider, agency, token);
        if let Some(name) = given("SESSION_NAME") {
            sts = sts.session_name(name);
        }
        if let Some(seconds) = given("DURATION_SECONDS") {
            let number = seconds.trim().parse().map_err(|_| {
                broken("HUAWEICLOUD_OIDC_DURATION_SECONDS is not a number of seconds".to_owned())
            })?;
            sts = sts.duration(Duration::from_secs(number));
        }
        if let Some(policy) = given("POLICY") {
            sts = sts.policy(policy);
        }
        if let Some(ids) = given("POLICY_IDS") {
            sts = sts.policy_ids(ids.split(',').map(str::trim).filter(|id| !id.is_empty()));
        }
        if let Some(transport) = &self.transport {
            sts = sts.transport(transport.clone());
        }
        Ok(scoped(context, sts.provide(context).await?))
    }
}

fn broken(what: String) -> Error {
    Error::new(ErrorKind::Credentials, format!("{NAME}: {what}"))
}
