//! Temporary keys of an agency for an OIDC token, from STS: `docs/sources.md`, Huawei Cloud, 3.3.

use std::time::Duration;

use async_trait::async_trait;
use http::Method;
use secrecy::SecretString;

use super::{scoped, sts_host, take};
use crate::action::info::ActionInfo;
use crate::action::request::Param;
use crate::call::setters::provider_setters;
use crate::context::Context;
use crate::credential::{Credential, CredentialError, ProvideCredential, TokenSource, given};
use crate::error::{Error, ErrorKind};
use crate::provider::exchange::{self, Exchange};
use crate::provider::huawei::Cloud;

const NAME: &str = "OIDC agency";

/// Exchanges an OIDC token for the temporary keys of an agency, by STS. The exchange is not signed.
///
/// ```
/// use cloudcall::provider::huawei::credentials::WebIdentity;
/// use cloudcall::{Client, Huawei};
/// use cloudcall::credential::TokenSource;
///
/// let token = TokenSource::File("/var/run/token".into());
/// let keys = WebIdentity::new("iam::1:oidc-provider:p", "iam::1:agency:deploy", token);
/// let client = Client::<Huawei>::builder().region("cn-north-4").credentials(keys).build()?;
/// # Ok::<(), cloudcall::Error>(())
/// ```
///
/// # Troubleshooting
///
/// *an error of STS about the token*: the token has ended, or it is for another audience. A file is read for
/// each exchange, so check that whatever writes it still runs.
///
/// *`HUAWEICLOUD_OIDC_… not set, but others are`*: set all variables of the agency, or none.
#[doc(alias = "OidcCredentialProvider")]
#[doc(alias = "AssumeAgencyWithOIDC")]
#[doc(alias = "OidcAgency")]
#[derive(Debug)]
pub struct WebIdentity {
    origin: Origin,
    session_name: String,
    duration: Duration,
    policy: Option<String>,
    policy_ids: Vec<String>,
    region: Option<String>,
    exchange: Exchange<Cloud>,
}

impl WebIdentity {
    /// The keys of the agency `iam::ACCOUNT:agency:NAME`, for a token of the identity provider
    /// `iam::ACCOUNT:oidc-provider:NAME`.
    pub fn new(provider_urn: impl Into<String>, agency_urn: impl Into<String>, token: TokenSource) -> Self {
        let identity = Identity { provider_urn: provider_urn.into(), agency_urn: agency_urn.into(), token };
        Self::of(Origin::Given(identity))
    }

    /// The keys of the agency that the environment names.
    ///
    /// It reads `HUAWEICLOUD_OIDC_PROVIDER_URN`, `HUAWEICLOUD_OIDC_AGENCY_URN`, and the token in
    /// `HUAWEICLOUD_OIDC_ID_TOKEN` or in the file that `HUAWEICLOUD_OIDC_TOKEN_FILE` names. It also reads, if
    /// they are set, `HUAWEICLOUD_OIDC_SESSION_NAME`, `HUAWEICLOUD_OIDC_DURATION_SECONDS`,
    /// `HUAWEICLOUD_OIDC_POLICY` and `HUAWEICLOUD_OIDC_POLICY_IDS` (separated by commas), and the ids of
    /// `HUAWEICLOUD_SDK_PROJECT_ID` and `HUAWEICLOUD_SDK_DOMAIN_ID`.
    ///
    /// ```
    /// use cloudcall::{Client, Huawei, provider::huawei::credentials::WebIdentity};
    ///
    /// let keys = WebIdentity::from_environment();
    /// let client = Client::<Huawei>::builder().region("cn-north-4").credentials(keys).build()?;
    /// # Ok::<(), cloudcall::Error>(())
    /// ```
    pub fn from_environment() -> Self {
        Self::of(Origin::Environment)
    }

    fn of(origin: Origin) -> Self {
        Self {
            origin,
            session_name: "oidc-sts-session".to_owned(),
            duration: Duration::from_secs(3600),
            policy: None,
            policy_ids: Vec::new(),
            region: None,
            exchange: Exchange::default(),
        }
    }

    provider_setters! {
        /// Names the session. Default: `oidc-sts-session`.
        session_name: text => session_name;

        /// Sets the lifetime of the keys. Default: one hour.
        duration: Duration => duration;

        /// Restricts the keys by a policy (JSON).
        policy: text => policy;
    }

    /// Restricts the keys by policies of the account, which are named by their ids.
    #[must_use]
    pub fn policy_ids(mut self, ids: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.policy_ids = ids.into_iter().map(Into::into).collect();
        self
    }

    provider_setters! {
        /// Sends the exchange to STS in this region. Default: cn-north-4, also for a region without STS.
        region: text => region;

        /// Sends the exchange to this endpoint. Default: `HUAWEICLOUD_SDK_STS_ENDPOINT`.
        endpoint: text => exchange.endpoint;

        /// Sends the exchange through a transport of your own.
        transport: transport => exchange.transport;
    }

    async fn exchanged(&self, context: &Context, call: &Settings<'_>) -> Result<Credential, CredentialError> {
        let failed = |error| exchange::failed(NAME, &error);
        let (token, file) = call.identity.token.read(context, NAME)?;
        let host = sts_host(context, self.region.as_deref());
        let client = self.exchange.client(context, None, &host).map_err(failed)?;
        // A second request only makes a second pair of temporary keys.
        let info = ActionInfo::new("sts", "v5", "AssumeAgencyWithOIDC").with_method(Method::POST);
        let info = info.with_path("/v5/agencies/assume-with-oidc").anonymous().idempotent();
        let mut request = client
            .raw_action(info)
            .param(Param::new("provider_urn"), &call.identity.provider_urn)
            .param(Param::new("agency_urn"), &call.identity.agency_urn)
            .param(Param::new("agency_session_name"), call.session_name)
            .secret(Param::new("id_token").secret(), &token)
            .param(Param::new("duration_seconds"), call.duration.as_secs());
        if let Some(policy) = call.policy {
            request = request.param(Param::new("policy"), policy);
        }
        if !call.policy_ids.is_empty() {
            request = request.param(Param::new("policy_ids"), call.policy_ids);
        }
        let keys = take(NAME, request.invoke().await.map_err(failed)?.into())?;
        Ok(keys.watching(file))
    }

    /// The exchange that the environment describes. What the program set takes precedence where it differs
    /// from the default.
    async fn of_environment(&self, context: &Context) -> Result<Credential, CredentialError> {
        let found = environment(context)?;
        let session_name = found.session_name.as_deref().unwrap_or(&self.session_name);
        let policy_ids = if self.policy_ids.is_empty() { &found.policy_ids } else { &self.policy_ids };
        let settings = Settings {
            identity: &found.identity,
            session_name,
            duration: found.duration.unwrap_or(self.duration),
            policy: self.policy.as_deref().or(found.policy.as_deref()),
            policy_ids,
        };
        Ok(scoped(context, self.exchanged(context, &settings).await?))
    }
}

/// Where provider, agency and token come from.
#[derive(Debug)]
enum Origin {
    /// The program.
    Given(Identity),
    /// The environment, which is read for each exchange.
    Environment,
}

#[derive(Debug)]
struct Identity {
    provider_urn: String,
    agency_urn: String,
    token: TokenSource,
}

/// What one exchange sends.
struct Settings<'a> {
    identity: &'a Identity,
    session_name: &'a str,
    duration: Duration,
    policy: Option<&'a str>,
    policy_ids: &'a [String],
}

/// What the environment says.
struct Found {
    identity: Identity,
    session_name: Option<String>,
    duration: Option<Duration>,
    policy: Option<String>,
    policy_ids: Vec<String>,
}

fn environment(context: &Context) -> Result<Found, CredentialError> {
    let given = |name: &str| given(context, &format!("HUAWEICLOUD_OIDC_{name}"));
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
    let identity = Identity { provider_urn: provider, agency_urn: agency, token };
    let duration = given("DURATION_SECONDS").map(|seconds| match seconds.trim().parse() {
        Ok(seconds) => Ok(Duration::from_secs(seconds)),
        Err(_) => {
            let what = format!("{NAME}: HUAWEICLOUD_OIDC_DURATION_SECONDS is not a number of seconds");
            Err(Error::new(ErrorKind::Credentials, what))
        }
    });
    let ids = given("POLICY_IDS").unwrap_or_default();
    Ok(Found {
        identity,
        session_name: given("SESSION_NAME"),
        duration: duration.transpose()?,
        policy: given("POLICY"),
        policy_ids: ids.split(',').map(str::trim).filter(|id| !id.is_empty()).map(str::to_owned).collect(),
    })
}

#[async_trait]
impl ProvideCredential for WebIdentity {
    fn name(&self) -> &'static str {
        NAME
    }

    async fn provide(&self, context: &Context) -> Result<Credential, CredentialError> {
        match &self.origin {
            Origin::Environment => self.of_environment(context).await,
            Origin::Given(identity) => {
                let settings = Settings {
                    identity,
                    session_name: &self.session_name,
                    duration: self.duration,
                    policy: self.policy.as_deref(),
                    policy_ids: &self.policy_ids,
                };
                self.exchanged(context, &settings).await
            }
        }
    }
}
