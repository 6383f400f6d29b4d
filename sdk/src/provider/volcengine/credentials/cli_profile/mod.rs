//! The profiles of the command line tool: `docs/sources.md`, Volcengine, 7.2.
//!
//! `config.rs` finds the profile. This file gives its keys by the mode, and asks the other credential
//! providers where the mode needs an exchange. `sso.rs` and `login.rs` are the modes of people who signed in;
//! both read files of `cache.rs`.
//!
//! ```text
//! {"current": "deploy",
//!  "profiles": {
//!    "deploy": {"mode": "AK", "access-key": "AKLT…", "secret-key": "…", "region": "cn-beijing"},
//!    "ops": {"mode": "sso", "sso-session-name": "corp", "account-id": "2100000000",
//!            "role-name": "admin"}},
//!  "sso-session": {"corp": {"start-url": "https://…", "region": "cn-beijing"}}}
//! ```

mod cache;
pub(super) mod config;
mod login;
mod sso;

use std::path::PathBuf;
use std::sync::Arc;

use async_trait::async_trait;

use self::config::{Found, NAME, find, named_profile};
use super::{AssumeRole, InstanceRole, WebIdentity};
use crate::call::setters::provider_setters;
use crate::context::Context;
use crate::credential::take_text;
use crate::credential::{Credential, CredentialError, ProvideCredential, StaticCredentials, TokenSource};
use crate::provider::session::Session;
use crate::provider::volcengine::Site;
use crate::transport::HttpSend;

/// Keys from the file of the command line tool, `~/.volcengine/config.json`.
///
/// `VOLCENGINE_CLI_CONFIG_FILE` names another file. The profile is the one that the program or
/// `VOLCENGINE_PROFILE` names, or `VOLCSTACK_PROFILE`, or the file's `current`, or `default`. BytePlus has
/// `~/.byteplus/config.json` and variables with `BYTEPLUS_`.
///
/// | mode | members | what it gives |
/// | --- | --- | --- |
/// | `AK`, or no mode | `access-key`, `secret-key`; `session-token` | these keys |
/// | `StsToken` | the same, all three | these keys |
/// | `RamRoleArn` | `access-key`, `secret-key`, `account-id`, `role-name` | the keys of the role |
/// | `OIDC` | `role-trn`, `oidc-token-file`; `policy` | the keys of the role |
/// | `EcsRole` | `role-name`, which may be missing | the keys of the instance's role |
/// | `sso` | `sso-session-name`, `account-id`, `role-name` | keys for the session of a person |
/// | `console-login` | `login-session` | the keys of a person's login |
///
/// Modes are read in any case. New tokens of `sso` and `console-login` are written into the cache files of
/// the tool. If these cannot be written, the tokens stay in memory, and a warning names the file.
///
/// ```
/// use cloudcall::{Client, Volcengine, provider::volcengine::credentials::CliProfile};
///
/// let profile = CliProfile::new().profile("deploy");
/// let client = Client::<Volcengine>::builder().region("cn-beijing").credentials(profile).build()?;
/// # Ok::<(), cloudcall::Error>(())
/// ```
///
/// # Troubleshooting
///
/// *sign in again with the command line tool*: the tokens of a sign-in have expired and cannot be renewed.
/// Run `ve sso login` or `ve login` for the profile.
///
/// *the next refresh token could not be written* (a warning): the cache file or its directory cannot be
/// written. Other programs cannot use this sign-in any more, if the service accepts each refresh token once.
///
/// *the profile `…` that VOLCENGINE_PROFILE names has no keys*: there is no such profile. Correct its name,
/// or unset the variable.
///
/// *has no `…` in its profile*: the mode of the profile needs this member. The table lists the members.
#[doc(alias = "CLIConfigCredentialProvider")]
#[derive(Debug, Clone, Default)]
pub struct CliProfile {
    site: Site,
    file: Option<PathBuf>,
    profile: Option<String>,
    sts_endpoint: Option<String>,
    transport: Option<Arc<dyn HttpSend>>,
    session: Session,
}

impl CliProfile {
    /// The profile that the environment or the file names.
    pub fn new() -> Self {
        Self::default()
    }

    provider_setters! {
        /// Reads this file. Default: `VOLCENGINE_CLI_CONFIG_FILE`, or `~/.volcengine/config.json`. The caches
        /// of sign-ins are looked for beside it.
        file: path => file;

        /// Names the profile. Default: `VOLCENGINE_PROFILE`, or the file's `current`.
        profile: text => profile;

        /// Sends exchanges with STS to this endpoint. Default: `https://sts.volcengineapi.com`, or that of
        /// the site.
        sts_endpoint: text => sts_endpoint;

        /// Sets the site whose file and variables are read. Default: Volcengine.
        site: Site => site;

        /// Sends requests to STS, sign-in services and metadata, where the profile needs them, through a
        /// transport of your own.
        transport: transport => transport;
    }

    /// The keys of the profile, by its mode. What the mode needs and the profile lacks is an error that names
    /// the file.
    async fn by_mode(&self, context: &Context, found: &mut Found) -> Result<Credential, CredentialError> {
        let mode = take_text(&mut found.profile, "mode").unwrap_or_default();
        match mode.trim().to_ascii_lowercase().as_str() {
            "" | "ak" => Ok(found.keys()?),
            "ststoken" => {
                let keys = found.keys()?;
                match keys.token() {
                    Some(_) => Ok(keys),
                    None => {
                        Err(found.broken("has no `session-token` in its profile of mode StsToken").into())
                    }
                }
            }
            "ramrolearn" => {
                let source = StaticCredentials::new(found.keys()?);
                let (account, role) = (found.need("account-id")?, found.need("role-name")?);
                let role = format!("trn:iam::{account}:role/{role}");
                let mut role = AssumeRole::new(source, role).site(self.site);
                if let Some(endpoint) = &self.sts_endpoint {
                    role = role.endpoint(endpoint);
                }
                if let Some(transport) = &self.transport {
                    role = role.transport(transport.clone());
                }
                role.provide(context).await
            }
            "oidc" => {
                let role = found.need("role-trn")?;
                let token = TokenSource::File(found.need("oidc-token-file")?.into());
                let mut role = WebIdentity::new(role, token).site(self.site);
                if let Some(endpoint) = &self.sts_endpoint {
                    role = role.endpoint(endpoint);
                }
                if let Some(policy) = take_text(&mut found.profile, "policy") {
                    role = role.policy(policy);
                }
                if let Some(transport) = &self.transport {
                    role = role.transport(transport.clone());
                }
                role.provide(context).await
            }
            "ecsrole" => {
                let mut instance = InstanceRole::new().site(self.site);
                if let Some(role) = take_text(&mut found.profile, "role-name") {
                    instance = instance.role(role);
                }
                if let Some(transport) = &self.transport {
                    instance = instance.transport(transport.clone());
                }
                match instance.provide(context).await {
                    // The profile configures a role, so its absence is an error.
                    Err(CredentialError::NotConfigured(reason)) => {
                        Err(found.broken(&format!("names the instance role, but {reason}")).into())
                    }
                    outcome => outcome,
                }
            }
            "sso" => sso::keys(context, found, &self.session, self.transport.as_ref()).await,
            "console-login" => login::keys(context, found, &self.session, self.transport.as_ref()).await,
            _ => {
                let what = format!(
                    "has a profile of mode `{}`, which is not supported: use AK, StsToken, RamRoleArn, OIDC, EcsRole, sso or \
                     console-login",
                    mode.escape_debug()
                );
                Err(found.broken(&what).into())
            }
        }
    }
}

#[async_trait]
impl ProvideCredential for CliProfile {
    fn name(&self) -> &'static str {
        NAME
    }

    async fn provide(&self, context: &Context) -> Result<Credential, CredentialError> {
        let (profile, named) = named_profile(context, self.site, self.profile.as_ref());
        let keys = match find(context, self.site, self.file.as_deref(), profile.as_deref()) {
            Ok(mut found) => {
                let keys = self.by_mode(context, &mut found).await;
                keys.map(|keys| keys.with_source(NAME).with_file(found.watched))
            }
            Err(error) => Err(error),
        };
        named.must(NAME, profile.as_deref().unwrap_or_default(), keys)
    }
}
