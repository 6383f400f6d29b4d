//! The files of `tccli`, the vendor's command line tool: `docs/sources.md`, Tencent Cloud, 6.3.
//!
//! `tccli configure` writes one JSON file for each profile, `~/.tccli/PROFILE.credential`:
//!
//! ```text
//! {"secretId": "AKIDexample", "secretKey": "example-secret", "token": "…",
//!  "role-arn": "qcs::cam::uin/1:roleName/deploy", "role-session-name": "nightly"}
//! {"type": "cvm-role", "use-cvm-role": true}
//! {"type": "oauth", "secretId": "…", "secretKey": "…", "token": "…", "expiresAt": 1700007200, "oauth": {…}}
//! {"type": "sso", "secretId": "…", "secretKey": "…", "token": "…", "expiresAt": 1700007200, "sso": {…}}
//! ```
//!
//! The third one is that of `tccli auth login`, see `oauth.rs`, and the last that of `tccli sso login`, see
//! `sso.rs`.

mod oauth;
mod sso;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use async_trait::async_trait;
use secrecy::SecretString;
use serde_json::Value;

use super::{AssumeRole, InstanceRole};
use crate::call::setters::provider_setters;
use crate::context::Context;
use crate::credential::file::{self, Named};
use crate::credential::json_file::read_object;
use crate::credential::take_text;
use crate::credential::{Credential, CredentialError, ProvideCredential, StaticCredentials, given};
use crate::error::Error;
use crate::provider::session::Session;
use crate::transport::HttpSend;

/// The name of the provider in messages and logs.
const NAME: &str = "tccli";
const PROFILE_VARIABLE: &str = "TCCLI_PROFILE";
const ROLE_VARIABLE: &str = "TENCENTCLOUD_ROLE_ARN";
const SESSION_VARIABLE: &str = "TENCENTCLOUD_ROLE_SESSION_NAME";

/// Keys from the file of the command line tool, `~/.tccli/PROFILE.credential`.
///
/// The profile is the one that the program names, else the one that `TCCLI_PROFILE` names, else `default`. A
/// profile that is named and has no keys is an error.
///
/// | the file has | keys |
/// | --- | --- |
/// | `secretId`, `secretKey`, and `token` for temporary keys | these |
/// | `use-cvm-role`: true, or `type`: `cvm-role` | those of the role of this CVM instance |
/// | `type`: `oauth`, from `tccli auth login` | these until they end, then new ones |
/// | `type`: `sso`, from `tccli sso login` | these until they end, then new ones, for 12 hours |
///
/// With `role-arn` in the file, the keys of each of these types but `cvm-role` are exchanged for those of
/// the role. `TENCENTCLOUD_ROLE_ARN` and `TENCENTCLOUD_ROLE_SESSION_NAME`, if both are set, go before the
/// file's `role-arn` and `role-session-name`, unless the program names the profile or the file. New keys of a
/// sign-in are obtained as the tool does, and are kept in memory: the file is never written.
///
/// This source is not a part of the default chain, as in the vendor's SDK.
///
/// ```
/// use cloudcall::{Client, Tencent, provider::tencent::credentials::CliProfile};
///
/// let client = Client::<Tencent>::builder().credentials(CliProfile::new().profile("work")).build()?;
/// # Ok::<(), cloudcall::Error>(())
/// ```
///
/// # Troubleshooting
///
/// *no file at …*: run `tccli configure`, or `tccli auth login`, for this profile, or correct its name.
///
/// *sign in again with `tccli auth login`* or *with `tccli sso login`*: the tokens of the sign-in have ended,
/// or the account was signed out.
///
/// *has `secretId` but no `secretKey`*: the file is damaged or was edited. Run `tccli configure` again.
#[doc(alias = "tccli")]
#[derive(Debug, Clone, Default)]
pub struct CliProfile {
    file: Option<PathBuf>,
    profile: Option<String>,
    sts_endpoint: Option<String>,
    transport: Option<Arc<dyn HttpSend>>,
    session: Session,
}

impl CliProfile {
    /// The profile that `TCCLI_PROFILE` names, else `default`.
    pub fn new() -> Self {
        Self::default()
    }

    provider_setters! {
        /// Reads this file, whatever the profile. A missing file is then an error.
        file: path => file;

        /// Names the profile. Default: that of `TCCLI_PROFILE`, else `default`. A name with a slash is
        /// refused.
        profile: text => profile;

        /// Sends the exchange of keys for a role to this endpoint. Default:
        /// `https://sts.tencentcloudapi.com`.
        sts_endpoint: text => sts_endpoint;

        /// Sends requests through a transport of your own: to STS for a role, to the metadata service for the
        /// role of the instance, and to the sign-in service. Requests to the metadata service must not go
        /// through a proxy.
        transport: transport => transport;
    }

    /// The keys of the role of this CVM instance. The file configures the role, so its absence is an error.
    async fn of_instance(
        &self,
        context: &Context,
        broken: impl Fn(&str) -> Error,
    ) -> Result<Credential, CredentialError> {
        let mut role = InstanceRole::new();
        if let Some(transport) = &self.transport {
            role = role.transport(transport.clone());
        }
        role.provide(context).await.map_err(|error| match error {
            CredentialError::NotConfigured(reason) => {
                broken(&format!("names the role of the instance: {reason}")).into()
            }
            broken => broken,
        })
    }

    /// The role and the session name of the environment. As in the tool, both variables must be set, and they
    /// do not count for a profile that the program names.
    fn role_of_environment(&self, context: &Context) -> Option<(String, Option<String>)> {
        if self.file.is_some() || self.profile.is_some() {
            return None;
        }
        Some((given(context, ROLE_VARIABLE)?, Some(given(context, SESSION_VARIABLE)?)))
    }

    /// The keys of a file.
    async fn of_file(
        &self,
        context: &Context,
        path: &Path,
        named: Named,
    ) -> Result<Credential, CredentialError> {
        let broken = |what: &str| file::broken(NAME, path, what);
        let (mut document, watched) = read_object(context, NAME, path, named).await?;
        let of_environment = self.role_of_environment(context);
        let kind = take_text(&mut document, "type").unwrap_or_default();
        if document.get("use-cvm-role") == Some(&Value::Bool(true)) || kind == "cvm-role" {
            // The tool exchanges only keys of the file, and fails here as well.
            if of_environment.is_some() {
                let what =
                    format!("names the role of the instance, but {ROLE_VARIABLE} another one: unset it");
                return Err(broken(&what).into());
            }
            return Ok(self.of_instance(context, broken).await?.with_source(NAME).with_file(watched));
        }
        let mut text = |name: &str| take_text(&mut document, name);
        let of_file = text("role-arn").map(|role| (role, text("role-session-name")));
        let transport = self.transport.as_ref();
        let keys = match kind.as_str() {
            "oauth" => oauth::keys(context, &mut document, &self.session, transport, broken).await?,
            // A file without the members of a sign-in has only keys.
            "sso" if document.get("expiresAt").is_some() => {
                sso::keys(context, &mut document, transport, broken).await?
            }
            _ => stored(&mut document, path)?,
        };
        let keys = match of_environment.or(of_file) {
            Some((role, session)) => self.of_role(context, keys, role, session).await?,
            None => keys,
        };
        Ok(keys.with_source(NAME).with_file(watched))
    }

    /// The keys of a role, for the keys of the file.
    async fn of_role(
        &self,
        context: &Context,
        keys: Credential,
        role: String,
        session: Option<String>,
    ) -> Result<Credential, CredentialError> {
        let mut sts = AssumeRole::new(StaticCredentials::new(keys), role);
        if let Some(session) = session {
            sts = sts.session_name(session);
        }
        if let Some(endpoint) = &self.sts_endpoint {
            sts = sts.endpoint(endpoint);
        }
        if let Some(transport) = &self.transport {
            sts = sts.transport(transport.clone());
        }
        sts.provide(context).await
    }
}

#[async_trait]
impl ProvideCredential for CliProfile {
    fn name(&self) -> &'static str {
        NAME
    }

    async fn provide(&self, context: &Context) -> Result<Credential, CredentialError> {
        if let Some(path) = &self.file {
            return self.of_file(context, path, Named::InCode).await;
        }
        let (profile, named) = file::named_profile(context, self.profile.as_ref(), PROFILE_VARIABLE);
        let profile = profile.unwrap_or_else(|| "default".to_owned());
        let keys = match usual(context, &profile) {
            Ok(path) => self.of_file(context, &path, Named::Nowhere).await,
            Err(reason) => Err(CredentialError::NotConfigured(reason.to_owned())),
        };
        named.must(NAME, &profile, keys)
    }
}

/// The file of a profile, or the reason why there is none.
fn usual(context: &Context, profile: &str) -> Result<PathBuf, &'static str> {
    // The name may come from the environment. It must not lead to another folder.
    if profile.contains(['/', '\\']) {
        return Err("its name has a slash");
    }
    let home = context.env.home().ok_or("there is no home directory to look in")?;
    Ok(home.join(".tccli").join(format!("{profile}.credential")))
}

/// The keys of a file that `tccli configure` wrote.
fn stored(document: &mut Value, path: &Path) -> Result<Credential, CredentialError> {
    let broken = |what: &str| file::broken(NAME, path, what);
    let mut text = |name: &str| take_text(document, name);
    let (id, secret) = match (text("secretId"), text("secretKey").map(SecretString::from)) {
        (Some(id), Some(secret)) => (id, secret),
        (None, None) => {
            let reason = format!("{} has no `secretId` and `secretKey`", file::shown(path));
            return Err(CredentialError::NotConfigured(reason));
        }
        (Some(_), None) => return Err(broken("has `secretId` but no `secretKey`").into()),
        (None, Some(_)) => return Err(broken("has `secretKey` but no `secretId`").into()),
    };
    let keys = Credential::new(id, secret)
        .map_err(|error| broken(&format!("cannot be used: {}", error.message())))?;
    Ok(match text("token") {
        Some(token) => keys.with_token(token),
        None => keys,
    })
}
