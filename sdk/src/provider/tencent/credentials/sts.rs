//! The exchange that all providers of STS have in common: `docs/sources.md`, Tencent Cloud, 6.5, 6.6 and 6.8.
//!
//! The requests are ordinary calls of API 3.0, in version `2018-08-13` of the product `sts`:
//!
//! ```text
//! X-TC-Action: AssumeRole
//! {"RoleArn": "qcs::cam::uin/1:roleName/deploy", "RoleSessionName": "nightly", "DurationSeconds": 7200}
//!
//! (response)
//! {"Response": {"Credentials": {"Token": "…", "TmpSecretId": "…", "TmpSecretKey": "…"},
//!               "ExpiredTime": 1700007200, "Expiration": "…", "RequestId": "…"}}
//! ```
//!
//! `AssumeRole` and `GetFederationToken` are signed with other keys. `AssumeRoleWithWebIdentity` and
//! `AssumeRoleWithSAML` are sent with `Authorization: SKIP`.

use std::time::{Duration, UNIX_EPOCH};

use serde_json::Value;

use crate::action::info::ActionInfo;
use crate::action::request::Param;
use crate::call::raw::RawCall;
use crate::context::Context;
use crate::credential::issued::KeyMembers;
use crate::credential::{Credential, CredentialError};
use crate::error::{Error, ErrorKind};
use crate::provider::exchange::{self, Exchange};
use crate::provider::tencent::Cloud;
use crate::sign::encode::percent;

/// The version of STS.
const VERSION: &str = "2018-08-13";
/// The region of the exchange if nobody names one: that of the vendor's SDK. The keys are valid in all
/// regions.
const REGION: &str = "ap-guangzhou";
/// The vendor's default for roles: 2 hours.
const ROLE_LIFE: Duration = Duration::from_secs(7200);

/// The settings of an exchange.
#[derive(Debug)]
pub(super) struct Sts {
    /// The lifetime of the keys, which is sent in whole seconds.
    pub(super) duration: Duration,
    /// A policy (JSON) that restricts the keys.
    pub(super) policy: Option<String>,
    /// The region that the program set.
    pub(super) region: Option<String>,
    /// The client of the exchange, and the keys that sign it.
    pub(super) exchange: Exchange<Cloud>,
}

impl Sts {
    /// An exchange with the vendor's default lifetime, 2 hours.
    pub(super) fn new(exchange: Exchange<Cloud>) -> Self {
        Self { duration: ROLE_LIFE, policy: None, region: None, exchange }
    }

    /// Calls `action` for the keys. `add` adds the parameters that only this action has.
    ///
    /// # Errors
    ///
    /// Kind `Credentials`, with the name of `provider`, if STS cannot be reached, refuses the exchange, or
    /// sends no keys.
    pub(super) async fn keys(
        &self,
        context: &Context,
        provider: &'static str,
        action: ActionInfo,
        add: impl FnOnce(RawCall<Cloud>) -> RawCall<Cloud>,
    ) -> Result<Credential, CredentialError> {
        self.keys_in(None, context, provider, action, add).await
    }

    /// The same in `region`. A region that the program set takes precedence.
    pub(super) async fn keys_in(
        &self,
        region: Option<&str>,
        context: &Context,
        provider: &'static str,
        action: ActionInfo,
        add: impl FnOnce(RawCall<Cloud>) -> RawCall<Cloud>,
    ) -> Result<Credential, CredentialError> {
        let failed = |error| exchange::failed(provider, &error);
        let client = self
            .exchange
            .client(context, self.region.as_deref().or(region).or(Some(REGION)), "")
            .map_err(failed)?;
        // A second request only makes a second pair of temporary keys.
        let mut call = add(client.raw_action(action.idempotent()));
        call = call.param(Param::new("DurationSeconds"), self.duration.as_secs());
        if let Some(policy) = &self.policy {
            // The API expects the text percent-encoded, in addition to the encoding of the request itself.
            call = call.param(Param::new("Policy"), percent(policy).to_string());
        }
        let response = call.invoke().await.map_err(failed)?;
        Ok(self.exchange.note_signer(take(provider, response.into())?))
    }
}

/// An action of STS.
pub(super) fn action(name: &'static str) -> ActionInfo {
    ActionInfo::new("sts", VERSION, name)
}

/// The session name that was set, else `cloudcall-` and the time in microseconds since 1970, such as
/// `cloudcall-1700000001000000`.
pub(super) fn session(context: &Context, given: Option<&String>) -> String {
    let since = context.clock.now().duration_since(UNIX_EPOCH).unwrap_or_default();
    given.cloned().unwrap_or_else(|| format!("cloudcall-{}", since.as_micros()))
}

/// The keys in a response. They are in the member `Credentials`, and their expiry is beside it.
fn take(provider: &'static str, mut response: Value) -> Result<Credential, Error> {
    let expiry = response.get_mut("ExpiredTime").map(Value::take);
    let mut keys = response.get_mut("Credentials").map(Value::take).unwrap_or_default();
    let Some(object) = keys.as_object_mut() else {
        let what = format!("{provider}: the response has no `Credentials`");
        return Err(Error::new(ErrorKind::Credentials, what));
    };
    if let Some(expiry) = expiry {
        object.insert("ExpiredTime".to_owned(), expiry);
    }
    KeyMembers {
        id: &["TmpSecretId"],
        secret: &["TmpSecretKey"],
        token: &["Token"],
        expiry: &["ExpiredTime"],
    }
    .take(provider, &mut keys)
}
