//! Profiles of people who signed in with `tccli sso login`.
//!
//! The file has the keys, the time at which they end, and what is needed to obtain new ones:
//!
//! ```text
//! {"type": "sso", "secretId": "…", "secretKey": "…", "token": "…", "expiresAt": 1700007200,
//!  "sso": {"token": "…", "uin": 1, "roleConfigurationId": "…", "roleConfigurationName": "…", "zoneId": "…",
//!          "site": "…", "authUrl": "…", "expiresAt": 1700043200}}
//! ```
//!
//! New keys take two requests to `cli.cloud.tencent.com`, which are not signed:
//!
//! 1. `POST /api/org/gen_saml_response`: the token of the sign-in gives a SAML assertion.
//! 2. `POST /api/sts/assume_role_with_saml`: the assertion gives keys.
//!
//! The token of the sign-in stays the same, so the file is not changed.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use secrecy::SecretString;
use serde_json::Value;

use super::NAME;
use super::oauth::{EARLY, post, refused, stored_or_new};
use crate::action::request::Param;
use crate::context::Context;
use crate::credential::issued::KeyMembers;
use crate::credential::take_text;
use crate::credential::{Credential, CredentialError};
use crate::error::Error;
use crate::sign::encode::uuid;
use crate::sign::time;
use crate::transport::HttpSend;

/// The longest lifetime of the keys: 2 hours, as in the tool.
const LONGEST: Duration = Duration::from_secs(2 * 60 * 60);

/// The names of the members in a response of `/api/sts/assume_role_with_saml`.
const KEYS: KeyMembers = KeyMembers {
    id: &["TmpSecretId"],
    secret: &["TmpSecretKey"],
    token: &["Token"],
    expiry: &["ExpiredTime"],
};

/// The keys of the file as long as they are valid, else new ones. If new ones cannot be obtained, the keys of
/// the file are used until they end.
///
/// `broken` makes an error that names the file.
pub(super) async fn keys(
    context: &Context,
    document: &mut Value,
    transport: Option<&Arc<dyn HttpSend>>,
    broken: impl Fn(&str) -> Error,
) -> Result<Credential, CredentialError> {
    let mut signed_in = document.get_mut("sso").map(Value::take).unwrap_or_default();
    let now = context.clock.now();
    let new = renewed(context, &mut signed_in, now, transport, &broken);
    stored_or_new(document, now, new).await
}

/// New keys for the token of the sign-in.
///
/// # Errors
///
/// Kind `Credentials`. If the user has to sign in again, the message says so.
async fn renewed(
    context: &Context,
    signed_in: &mut Value,
    now: SystemTime,
    transport: Option<&Arc<dyn HttpSend>>,
    broken: &impl Fn(&str) -> Error,
) -> Result<Credential, CredentialError> {
    let again = |what: &str| broken(&format!("{what}: sign in again with `tccli sso login`"));
    let ends = signed_in.get("expiresAt").and_then(time::read);
    // The tool writes the account as the service returned it, a number or a text.
    let account = signed_in.get("uin").cloned().unwrap_or_default();
    let uin = match &account {
        Value::Number(number) => number.to_string(),
        Value::String(text) if !text.is_empty() => text.clone(),
        _ => return Err(again("has no `uin` in its `sso`").into()),
    };
    let mut need = |name: &str| {
        take_text(signed_in, name).ok_or_else(|| again(&format!("has no `{name}` in its `sso`")))
    };
    let (token, site, zone) = (SecretString::from(need("token")?), need("site")?, need("zoneId")?);
    let (role_id, role) = (need("roleConfigurationId")?, need("roleConfigurationName")?);
    let left = ends.and_then(|ends| ends.duration_since(now).ok()).unwrap_or_default();
    if left < EARLY {
        return Err(again("has a sign-in that has ended").into());
    }
    let path = "/api/org/gen_saml_response";
    let response = post(context, "GenSamlResponse", path, &site, transport, |call| {
        call.secret(Param::new("LoginToken"), &token)
            .param(Param::new("LoginType"), "RoleSAML")
            .param(Param::new("TargetUin"), &account)
            .param(Param::new("UserId"), "")
            .param(Param::new("RoleConfigurationId"), &role_id)
    });
    let mut response = response.await.map_err(|error| refused(error, &again))?;
    let Some(assertion) = take_text(&mut response, "SAMLResponse") else {
        return Err(again("has a sign-in that gives no `SAMLResponse`").into());
    };
    let session = format!("ses-{}", uuid(context.nonce()));
    let path = "/api/sts/assume_role_with_saml";
    let response = post(context, "AssumeRoleWithSaml", path, &site, transport, |call| {
        call.secret(Param::new("SAMLAssertion"), &SecretString::from(assertion))
            .param(
                Param::new("PrincipalArn"),
                format!("qcs::cam::uin/{uin}:saml-provider/TencentReservedSSO-{zone}"),
            )
            .param(Param::new("RoleArn"), format!("qcs::cam::uin/{uin}:roleName/TencentCloudSSO-{role}"))
            .param(Param::new("RoleSessionName"), session)
            .param(Param::new("DurationSeconds"), left.min(LONGEST).as_secs())
    });
    let mut response = response.await.map_err(|error| refused(error, &again))?;
    // The expiry is beside the keys.
    let ends = response.get_mut("ExpiredTime").map(Value::take);
    let mut issued = response.get_mut("Credentials").map(Value::take).unwrap_or_default();
    if let (Some(members), Some(ends)) = (issued.as_object_mut(), ends) {
        members.insert("ExpiredTime".to_owned(), ends);
    }
    Ok(KEYS.take(NAME, &mut issued)?)
}
