//! The exchange that all operations of STS have in common: `docs/sources.md`, Volcengine, 7.3.
//!
//! [`Sts`] holds the settings and makes the call; `assume_role`, `web_identity` and `saml_role` add the
//! parameters that only their operation has. The response is the same for all:
//!
//! ```text
//! {"ResponseMetadata": {…},
//!  "Result": {"Credentials": {"AccessKeyId": "AKTP…", "SecretAccessKey": "…", "SessionToken": "…",
//!                             "ExpiredTime": "2026-03-01T09:09:05+08:00"}}}
//! ```

use std::time::Duration;

use serde_json::Value;

use super::KEYS;
use crate::action::info::{ActionInfo, BodyFormat};
use crate::action::request::Param;
use crate::call::raw::RawCall;
use crate::context::Context;
use crate::credential::{Credential, CredentialError};
use crate::provider::exchange::{self, Exchange};
use crate::provider::volcengine::{Cloud, Site};

/// The version of STS that has these operations.
pub(super) const VERSION: &str = "2018-01-01";
const AN_HOUR: Duration = Duration::from_secs(3600);

/// The settings of an exchange for the keys of a role.
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
    /// The settings with their defaults: one hour, the site Volcengine.
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

    /// Calls `info` for the keys. `add` adds the parameters that only this operation has.
    ///
    /// The call counts as idempotent, so it is retried: a second request only makes a second pair of
    /// temporary keys. Errors have kind `Credentials` and name `provider`.
    pub(super) async fn keys(
        &self,
        context: &Context,
        provider: &'static str,
        info: ActionInfo,
        add: impl FnOnce(RawCall<Cloud>) -> RawCall<Cloud>,
    ) -> Result<Credential, CredentialError> {
        let failed = |error| exchange::failed(provider, &error);
        let (host, region) = self.site.sts();
        let client = self.exchange.client(context, Some(region), host).map_err(failed)?;
        let session = self.session_name.clone().unwrap_or_else(|| exchange::session_name(context));
        // A second request only makes a second pair of temporary keys.
        let mut call = client
            .raw_action(info.idempotent())
            .param(Param::new("RoleTrn"), &self.role_trn)
            .param(Param::new("RoleSessionName"), session)
            .param(Param::new("DurationSeconds"), self.duration.as_secs());
        if let Some(policy) = &self.policy {
            call = call.param(Param::new("Policy"), policy);
        }
        let mut result = Value::from(add(call).invoke().await.map_err(failed)?);
        let mut keys = result.get_mut("Credentials").map(Value::take).unwrap_or_default();
        Ok(self.exchange.note_signer(KEYS.take(provider, &mut keys)?))
    }
}

/// An operation that is sent without a signature, because its token or assertion is the proof.
pub(super) fn unsigned(action: &'static str) -> ActionInfo {
    ActionInfo::new("sts", VERSION, action).with_body_format(BodyFormat::Form).anonymous()
}
