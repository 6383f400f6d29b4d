//! Temporary keys from STS: `docs/sources.md`, Tencent Cloud, 6.5, 6.6 and 6.8.

use std::time::{Duration, UNIX_EPOCH};

use async_trait::async_trait;

use crate::action::info::ActionInfo;
use crate::action::request::Param;
use crate::call::setters::provider_setters;
use crate::context::Context;
use crate::credential::issued::Members;
use crate::credential::{Credential, CredentialError, ProvideCredential, TokenSource};
use crate::error::{Error, ErrorKind};
use crate::provider::exchange::{self, Exchange};
use crate::provider::tencent::Cloud;
use crate::sign::encode::percent;

const VERSION: &str = "2018-08-13";
const REGION: &str = "ap-guangzhou";

/// Exchanges keys, or a token of an identity provider, for temporary keys.
///
/// ```
/// use cloudcall::provider::tencent::credentials::{self, StsCredentials};
/// use cloudcall::{Client, Tencent};
///
/// let role = StsCredentials::assume_role(credentials::environment(), "qcs::cam::uin/1:roleName/deploy")
///     .session_name("nightly")
///     .duration(std::time::Duration::from_secs(3600));
/// let client = Client::<Tencent>::builder().region("ap-guangzhou").credentials(role).build()?;
/// # Ok::<(), cloudcall::Error>(())
/// ```
#[derive(Debug)]
pub struct StsCredentials {
    operation: Operation,
    session_name: Option<String>,
    duration: Option<Duration>,
    policy: Option<String>,
    external_id: Option<String>,
    region: String,
    exchange: Exchange<Cloud>,
}

#[derive(Debug)]
enum Operation {
    AssumeRole { role: String },
    WebIdentity { provider_id: String, role: String, token: TokenSource },
    Saml { principal: String, role: String, assertion: TokenSource },
    Federation { name: String },
}

impl StsCredentials {
    fn new(operation: Operation, exchange: Exchange<Cloud>) -> Self {
        let region = REGION.to_owned();
        Self {
            operation,
            session_name: None,
            duration: None,
            policy: None,
            external_id: None,
            region,
            exchange,
        }
    }

    /// `AssumeRole`: the role's keys, asked for with the keys of `source`.
    pub fn assume_role(source: impl ProvideCredential + 'static, role_arn: impl Into<String>) -> Self {
        Self::new(Operation::AssumeRole { role: role_arn.into() }, Exchange::signed(source))
    }

    /// `AssumeRoleWithWebIdentity`: the role's keys for an OIDC token. Nothing is signed.
    pub fn web_identity(
        provider_id: impl Into<String>,
        role_arn: impl Into<String>,
        token: TokenSource,
    ) -> Self {
        let (provider_id, role) = (provider_id.into(), role_arn.into());
        Self::new(Operation::WebIdentity { provider_id, role, token }, Exchange::default())
    }

    /// `AssumeRoleWithSAML`: the role's keys for a SAML assertion in base64. Nothing is signed.
    pub fn saml(
        principal_arn: impl Into<String>,
        role_arn: impl Into<String>,
        assertion: TokenSource,
    ) -> Self {
        let (principal, role) = (principal_arn.into(), role_arn.into());
        Self::new(Operation::Saml { principal, role, assertion }, Exchange::default())
    }

    /// `GetFederationToken`: keys of a federated user called `name`, who may do what `policy` (JSON) says.
    pub fn federation_token(
        source: impl ProvideCredential + 'static,
        name: impl Into<String>,
        policy: impl Into<String>,
    ) -> Self {
        Self::new(Operation::Federation { name: name.into() }, Exchange::signed(source)).policy(policy)
    }

    provider_setters! {
        /// Names the session, for the audit log. `cloudcall-` and a time by default.
        session_name: text => session_name;

        /// How long the keys live: up to 12 hours; 2 hours by default, 30 minutes for a federation token.
        duration: Duration => duration;

        /// Narrows what the keys may do by a policy (JSON).
        policy: text => policy;

        /// Sets the external id that the role's owner asks for (`AssumeRole` alone has one).
        external_id: text => external_id;

        /// Sets the region. `ap-guangzhou` by default.
        region: text => region;

        /// Asks another endpoint than `https://sts.tencentcloudapi.com`.
        endpoint: text => exchange.endpoint;

        /// Asks through a transport of your own.
        transport: transport => exchange.transport;
    }

    fn session(&self, context: &Context) -> String {
        let since = context.clock.now().duration_since(UNIX_EPOCH).unwrap_or_default();
        self.session_name.clone().unwrap_or_else(|| format!("cloudcall-{}", since.as_micros()))
    }

    fn seconds(&self) -> u64 {
        let usual = if matches!(self.operation, Operation::Federation { .. }) { 1800 } else { 7200 };
        self.duration.map_or(usual, |duration| duration.as_secs())
    }
}

#[async_trait]
impl ProvideCredential for StsCredentials {
    fn name(&self) -> &'static str {
        match self.operation {
            Operation::AssumeRole { .. } => "STS AssumeRole",
            Operation::WebIdentity { .. } => "STS AssumeRoleWithWebIdentity",
            Operation::Saml { .. } => "STS AssumeRoleWithSAML",
            Operation::Federation { .. } => "STS GetFederationToken",
        }
    }

    async fn provide(&self, context: &Context) -> Result<Credential, CredentialError> {
        let name = self.name();
        let client = self.exchange.client(context, Some(&self.region), "");
        let client = client.map_err(|error| exchange::failed(name, &error))?;
        let action = name.trim_start_matches("STS ");
        // A second request only makes a second pair of temporary keys.
        let info = ActionInfo::dynamic("sts", VERSION, action).idempotent();
        let mut file = None;
        let mut call = match &self.operation {
            Operation::AssumeRole { role } => client
                .raw_action(info)
                .param(Param::new("RoleArn"), role)
                .param(Param::new("RoleSessionName"), self.session(context)),
            Operation::WebIdentity { provider_id, role, token } => {
                let (token, watched) = token.read(context, name)?;
                let call = client
                    .raw_action(info.anonymous())
                    .param(Param::new("ProviderId"), provider_id)
                    .secret(Param::new("WebIdentityToken"), &token)
                    .param(Param::new("RoleArn"), role)
                    .param(Param::new("RoleSessionName"), self.session(context));
                file = watched;
                call
            }
            Operation::Saml { principal, role, assertion } => {
                let (assertion, watched) = assertion.read(context, name)?;
                let call = client
                    .raw_action(info.anonymous())
                    .secret(Param::new("SAMLAssertion"), &assertion)
                    .param(Param::new("PrincipalArn"), principal)
                    .param(Param::new("RoleArn"), role)
                    .param(Param::new("RoleSessionName"), self.session(context));
                file = watched;
                call
            }
            Operation::Federation { name } => client.raw_action(info).param(Param::new("Name"), name),
        };
        call = call.param(Param::new("DurationSeconds"), self.seconds());
        if let Some(policy) = &self.policy {
            // The API wants the text encoded once more than its place in the request asks for.
            call = call.param(Param::new("Policy"), percent(policy).to_string());
        }
        if let (Some(id), Operation::AssumeRole { .. }) = (&self.external_id, &self.operation) {
            call = call.param(Param::new("ExternalId"), id);
        }
        let answer = call.invoke().await.map_err(|error| exchange::failed(name, &error))?;
        let keys = take(name, &mut answer.into())?;
        Ok(match file {
            Some(file) => keys.with_file(file),
            None => keys,
        })
    }
}

fn take(name: &'static str, answer: &mut serde_json::Value) -> Result<Credential, Error> {
    let expiry = answer.get_mut("ExpiredTime").map(serde_json::Value::take);
    let mut keys = answer.get_mut("Credentials").map(serde_json::Value::take).unwrap_or_default();
    let Some(object) = keys.as_object_mut() else {
        let what = format!("{name}: the answer has no `Credentials`");
        return Err(Error::new(ErrorKind::Credentials, what));
    };
    if let Some(expiry) = expiry {
        object.insert("ExpiredTime".to_owned(), expiry);
    }
    let members = Members {
        id: &["TmpSecretId"],
        secret: &["TmpSecretKey"],
        token: &["Token"],
        expiry: &["ExpiredTime"],
    };
    members.take(name, &mut keys)
}
