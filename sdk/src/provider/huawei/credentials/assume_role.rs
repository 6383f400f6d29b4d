//! Keys of an agency, for other keys: `AssumeAgency` of STS, `docs/sources.md`, Huawei Cloud, 10.

use std::time::Duration;

use async_trait::async_trait;
use http::Method;

use super::{sts_host, take};
use crate::action::info::ActionInfo;
use crate::action::request::Param;
use crate::call::setters::provider_setters;
use crate::context::Context;
use crate::credential::{Credential, CredentialError, ProvideCredential};
use crate::provider::exchange::{self, Exchange};
use crate::provider::huawei::Cloud;

const NAME: &str = "STS AssumeAgency";
const AN_HOUR: Duration = Duration::from_secs(3600);

/// Exchanges keys for the temporary keys of an agency (`AssumeAgency` of STS).
///
/// The keys name no project and no account. If a call needs an id, it is looked up; [`Scoped`](super::Scoped)
/// sets it.
///
/// ```
/// use cloudcall::provider::huawei::credentials::{self, AssumeRole};
/// use cloudcall::{Client, Huawei};
///
/// let role = AssumeRole::new(credentials::environment(), "iam::d1:agency:deploy").session_name("nightly");
/// let client = Client::<Huawei>::builder().region("cn-north-4").credentials(role).build()?;
/// # Ok::<(), cloudcall::Error>(())
/// ```
///
/// # Troubleshooting
///
/// *status 403*: the keys may not assume the agency. Allow `sts:agencies:assume` for their user, and name the
/// user in the trust policy of the agency. Agencies of the older IAM (v3) have no trust policy, and STS does
/// not know them.
#[doc(alias = "AssumeAgency")]
#[derive(Debug)]
pub struct AssumeRole {
    agency_urn: String,
    session_name: Option<String>,
    duration: Duration,
    policy: Option<String>,
    external_id: Option<String>,
    region: Option<String>,
    exchange: Exchange<Cloud>,
}

impl AssumeRole {
    /// The keys of the agency `iam::ACCOUNT:agency:NAME`. The exchange is signed with the keys of `source`.
    pub fn new(source: impl ProvideCredential + 'static, agency_urn: impl Into<String>) -> Self {
        Self {
            agency_urn: agency_urn.into(),
            session_name: None,
            duration: AN_HOUR,
            policy: None,
            external_id: None,
            region: None,
            exchange: Exchange::signed(source),
        }
    }

    provider_setters! {
        /// Names the session, for the audit log. Default: `cloudcall-` and the time in Unix seconds.
        session_name: text => session_name;

        /// Sets the lifetime of the keys, 15 minutes to 12 hours. Default: 1 hour.
        duration: Duration => duration;

        /// Restricts the keys by a policy (JSON): they may do what both the agency and the policy allow.
        policy: text => policy;

        /// Sets the external id that the trust policy of the agency asks for.
        external_id: text => external_id;

        /// Sends the exchange to STS in this region. Default: `cn-north-4`, also for a region without STS.
        /// The keys are valid in all regions.
        region: text => region;

        /// Sends the exchange to this endpoint. Default: `HUAWEICLOUD_SDK_STS_ENDPOINT`, else the host of the
        /// region, such as `https://sts.cn-north-4.myhuaweicloud.com`.
        endpoint: text => exchange.endpoint;

        /// Sends the exchange through a transport of your own.
        transport: transport => exchange.transport;
    }
}

#[async_trait]
impl ProvideCredential for AssumeRole {
    fn name(&self) -> &'static str {
        NAME
    }

    async fn provide(&self, context: &Context) -> Result<Credential, CredentialError> {
        let failed = |error| exchange::failed(NAME, &error);
        let host = sts_host(context, self.region.as_deref());
        // With a region, IAM would be asked for a project, which this call does not need.
        let client = self.exchange.client(context, None, &host).map_err(failed)?;
        let session = self.session_name.clone().unwrap_or_else(|| exchange::session_name(context));
        let info = ActionInfo::new("sts", "v5", "AssumeAgency").with_path("/v5/agencies/assume");
        // A second request only makes a second pair of temporary keys.
        let mut call = client
            .raw_action(info.with_method(Method::POST).idempotent())
            .param(Param::new("agency_urn"), &self.agency_urn)
            .param(Param::new("agency_session_name"), session)
            .param(Param::new("duration_seconds"), self.duration.as_secs());
        for (name, value) in [("policy", &self.policy), ("external_id", &self.external_id)] {
            if let Some(value) = value {
                call = call.param(Param::new(name), value);
            }
        }
        let keys = take(NAME, call.invoke().await.map_err(failed)?.into())?;
        Ok(self.exchange.note_signer(keys))
    }
}
