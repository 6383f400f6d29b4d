//! Temporary keys of an agency for an OIDC token, from STS: `docs/sources.md`, Huawei Cloud, 3.3 and 3.5.
//!
//! The exchange is one unsigned request:
//!
//! ```text
//! POST /v5/agencies/assume-with-oidc
//!
//! {"provider_urn": "iam::1:oidc-provider:p", "agency_urn": "iam::1:agency:deploy",
//!  "agency_session_name": "oidc-sts-session", "id_token": "eyJ…", "duration_seconds": 3600}
//!
//! (response)
//! {"credentials": {"access_key_id": "…", "secret_access_key": "…", "security_token": "…",
//!                  "expiration": "…"}}
//! ```
//!
//! The members `policy` and `policy_ids` follow if they are set. The order of the members is that of the
//! vendor's SDK.

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

/// The name of the provider in messages and logs.
const NAME: &str = "OIDC agency";

/// Exchanges an OIDC token for the temporary keys of an agency (`AssumeAgencyWithOIDC`).
///
/// An agency is the vendor's word for a role. It trusts an OIDC identity provider, so a program with a token
/// of that provider needs no keys: the exchange is not signed. A token file is read for each exchange, and a
/// change of the file makes the client fetch new keys.
///
/// [`from_environment`](Self::from_environment) takes everything from variables, and is the first source of
/// the default chain.
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
///
/// *HUAWEICLOUD_OIDC_DURATION_SECONDS is not a number of seconds*: write whole seconds without a unit, such
/// as `3600`.
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
    /// `iam::ACCOUNT:oidc-provider:NAME`. `ACCOUNT` is the id of the account.
    ///
    /// Nothing is read or sent before the first call needs keys. The variables of
    /// [`from_environment`](Self::from_environment) are not read.
    pub fn new(provider_urn: impl Into<String>, agency_urn: impl Into<String>, token: TokenSource) -> Self {
        let identity = Identity { provider_urn: provider_urn.into(), agency_urn: agency_urn.into(), token };
        Self::of(Origin::Given(identity))
    }

    /// The keys of the agency that the environment names.
    ///
    /// | variable | meaning |
    /// | --- | --- |
    /// | `HUAWEICLOUD_OIDC_PROVIDER_URN` | the identity provider; required |
    /// | `HUAWEICLOUD_OIDC_AGENCY_URN` | the agency; required |
    /// | `HUAWEICLOUD_OIDC_ID_TOKEN` | the token |
    /// | `HUAWEICLOUD_OIDC_TOKEN_FILE` | the file with the token, if `HUAWEICLOUD_OIDC_ID_TOKEN` is not set |
    /// | `HUAWEICLOUD_OIDC_SESSION_NAME` | the name of the session |
    /// | `HUAWEICLOUD_OIDC_DURATION_SECONDS` | the lifetime of the keys in seconds |
    /// | `HUAWEICLOUD_OIDC_POLICY` | a policy (JSON) that restricts the keys |
    /// | `HUAWEICLOUD_OIDC_POLICY_IDS` | ids of such policies, separated by commas |
    /// | `HUAWEICLOUD_SDK_PROJECT_ID` | the project that the keys are used in |
    /// | `HUAWEICLOUD_SDK_DOMAIN_ID` | the account that the keys are used in |
    ///
    /// The variables are read for each exchange. If none of the required ones is set, the provider is not
    /// configured, and a chain goes on. A variable for session name or duration takes precedence over the
    /// setter, a policy that is set in the program over its variable.
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

    /// The defaults of the vendor's SDK: session `oidc-sts-session`, one hour, no policy.
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

        /// Sets the lifetime of the keys, in whole seconds on the wire. Default: 1 hour.
        duration: Duration => duration;

        /// Restricts the keys by a policy (JSON): they may do what both the agency and the policy allow.
        policy: text => policy;
    }

    /// Restricts the keys by policies of the account, which are named by their ids.
    #[must_use]
    pub fn policy_ids(mut self, ids: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.policy_ids = ids.into_iter().map(Into::into).collect();
        self
    }

    provider_setters! {
        /// Sends the exchange to STS in this region. Default: `cn-north-4`, also for a region without STS.
        /// The keys are valid in all regions.
        region: text => region;

        /// Sends the exchange to this endpoint. Default: `HUAWEICLOUD_SDK_STS_ENDPOINT`, else the host of the
        /// region, such as `https://sts.cn-north-4.myhuaweicloud.com`.
        endpoint: text => exchange.endpoint;

        /// Sends the exchange through a transport of your own.
        transport: transport => exchange.transport;
    }

    /// Reads the token, sends the request, and takes the keys out of the response.
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

    /// The exchange that the environment describes, with the settings of the program for those that the
    /// environment does not have, and with the ids of the environment.
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

/// The source of provider, agency and token.
#[derive(Debug)]
enum Origin {
    /// The program gave them to [`WebIdentity::new`].
    Given(Identity),
    /// The environment, which is read for each exchange.
    Environment,
}

/// The two sides of the trust, and the token that one of them issued.
#[derive(Debug)]
struct Identity {
    provider_urn: String,
    agency_urn: String,
    token: TokenSource,
}

/// The parameters of one exchange, from the program or from the environment.
struct Settings<'a> {
    identity: &'a Identity,
    session_name: &'a str,
    duration: Duration,
    policy: Option<&'a str>,
    policy_ids: &'a [String],
}

/// The settings in the environment. Those that are not set are `None` or empty.
struct EnvironmentSettings {
    identity: Identity,
    session_name: Option<String>,
    duration: Option<Duration>,
    policy: Option<String>,
    policy_ids: Vec<String>,
}

/// Reads the variables of [`WebIdentity::from_environment`].
///
/// # Errors
///
/// `NotConfigured`, with the names of the missing variables, unless provider, agency and token are all set.
/// `Broken` if the duration is not a number.
fn environment(context: &Context) -> Result<EnvironmentSettings, CredentialError> {
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
    Ok(EnvironmentSettings {
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
