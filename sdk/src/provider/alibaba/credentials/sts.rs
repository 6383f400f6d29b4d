//! The exchange that all operations of STS have in common: `docs/sources.md`, Alibaba Cloud, 6.2.
//!
//! [`Sts`] holds the settings and makes the call, [`Place`] finds the host. `assume_role` and `web_identity`
//! add the parameters that only their operation has. The exchange is an RPC call of version 2015-04-01:
//!
//! ```text
//! POST https://sts.aliyuncs.com/?RoleArn=acs%3Aram%3A%3A1%3Arole%2Fdeploy&…
//! x-acs-action: AssumeRole
//!
//! {"RequestId": "…", "AssumedRoleUser": {…},
//!  "Credentials": {"AccessKeyId": "STS.…", "AccessKeySecret": "…", "SecurityToken": "…", "Expiration": "…"}}
//! ```

use std::time::Duration;

use serde_json::Value;

use super::session_keys;
use crate::action::info::{ActionInfo, CallStyle};
use crate::action::request::Param;
use crate::call::raw::RawCall;
use crate::context::Context;
use crate::credential::{Credential, CredentialError, address, given, is_on};
use crate::endpoint::check_label;
use crate::error::Error;
use crate::provider::alibaba::Cloud;
use crate::provider::exchange::{self, Exchange};

/// The version of STS that has these operations.
pub(super) const VERSION: &str = "2015-04-01";
/// The host without a region; with one it is `sts[-vpc].REGION.aliyuncs.com`.
const HOST: &str = "sts.aliyuncs.com";
/// The default lifetime of keys, that of the vendor's package.
const AN_HOUR: Duration = Duration::from_secs(3600);
/// The variable with the host of STS.
const ENDPOINT_VARIABLE: &str = "ALIBABA_CLOUD_STS_ENDPOINT";

/// The settings of an exchange for the keys of a role.
#[derive(Debug)]
pub(super) struct Sts {
    pub(super) session_name: Option<String>,
    pub(super) duration: Duration,
    pub(super) policy: Option<String>,
    pub(super) place: Place,
    pub(super) exchange: Exchange<Cloud>,
}

impl Sts {
    /// The settings with their defaults. `exchange` has the credential that signs, if one does.
    pub(super) fn new(exchange: Exchange<Cloud>) -> Self {
        Self { session_name: None, duration: AN_HOUR, policy: None, place: Place::default(), exchange }
    }

    /// Calls `action` for the keys of `role_arn`. `add` adds the parameters that only this operation has.
    ///
    /// The call counts as idempotent, so it is retried: a second request only makes a second pair of
    /// temporary keys. Errors have kind `Credentials` and name `provider`.
    pub(super) async fn keys(
        &self,
        context: &Context,
        provider: &'static str,
        action: ActionInfo,
        role_arn: &str,
        add: impl FnOnce(RawCall<Cloud>) -> RawCall<Cloud>,
    ) -> Result<Credential, CredentialError> {
        let failed = |error| exchange::failed(provider, &error);
        let host = self.place.host(context, HOST).map_err(failed)?;
        let client = self.exchange.client(context, None, &host).map_err(failed)?;
        // A second request only makes a second pair of temporary keys.
        let mut call = client
            .raw_action(action.idempotent())
            .param(Param::new("RoleArn"), role_arn)
            .param(Param::new("RoleSessionName"), self.session(context))
            .param(Param::new("DurationSeconds"), self.duration.as_secs());
        if let Some(policy) = &self.policy {
            call = call.param(Param::new("Policy"), policy);
        }
        let mut response = Value::from(add(call).invoke().await.map_err(failed)?);
        let mut keys = response.get_mut("Credentials").map(Value::take).unwrap_or_default();
        Ok(self.exchange.note_signer(session_keys(provider, &mut keys)?))
    }

    /// The name of the session: the setting, `ALIBABA_CLOUD_ROLE_SESSION_NAME`, or `cloudcall-` and the time.
    fn session(&self, context: &Context) -> String {
        let given = || given(context, "ALIBABA_CLOUD_ROLE_SESSION_NAME");
        self.session_name.clone().or_else(given).unwrap_or_else(|| exchange::session_name(context))
    }
}

/// An operation of STS, as an RPC action.
pub(super) fn action(name: &'static str) -> ActionInfo {
    ActionInfo::new("sts", VERSION, name).with_style(CallStyle::Rpc)
}

/// Which STS the program chose.
#[derive(Debug, Clone, Default)]
pub(super) struct Place {
    /// The region of the host.
    pub(super) region: Option<String>,
    /// Whether the host is the one inside the VPC. It has no effect without a region.
    pub(super) vpc: bool,
}

impl Place {
    /// The host of STS, the first of these: the host in the region that the program set;
    /// `ALIBABA_CLOUD_STS_ENDPOINT`; the host in the region of `ALIBABA_CLOUD_STS_REGION`; `general`.
    ///
    /// An error of kind `Config` for a variable or a region that is not a part of a host name.
    pub(super) fn host(&self, context: &Context, general: &str) -> Result<String, Error> {
        if let (None, Some(endpoint)) = (&self.region, given(context, ENDPOINT_VARIABLE)) {
            return address::endpoint(&endpoint).ok_or_else(|| {
                Error::config(format!(
                    "{ENDPOINT_VARIABLE} must be a host such as sts-vpc.cn-hangzhou.aliyuncs.com, or an https or loopback \
                     address"
                ))
            });
        }
        let Some(region) = self.region.clone().or_else(|| given(context, "ALIBABA_CLOUD_STS_REGION")) else {
            return Ok(general.to_owned());
        };
        check_label("region", &region)?;
        let vpc = self.vpc || is_on(context, "ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED");
        Ok(format!("sts{}.{region}.aliyuncs.com", if vpc { "-vpc" } else { "" }))
    }
}
