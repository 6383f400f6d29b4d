//! The file of the command line tool KooCLI (`hcloud`): `docs/sources.md`, Huawei Cloud, 8.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use async_trait::async_trait;
use secrecy::SecretString;
use serde_json::Value;

use super::{InstanceRole, with_scope};
use crate::call::setters::provider_setters;
use crate::context::Context;
use crate::credential::file::{self, Named};
use crate::credential::json_file::read_object;
use crate::credential::{Credential, CredentialError, ProvideCredential, take_text};
use crate::error::Error;
use crate::sign::time;
use crate::transport::HttpSend;

const NAME: &str = "KooCLI profile";
const FILE: &str = ".hcloud/config.json";
/// Longer ids of keys are encrypted ones.
const ID_CAP: usize = 40;

/// Keys from the file of the command line tool KooCLI, `~/.hcloud/config.json`.
///
/// The profile is the one that the program names, or the file's `current`. A profile that the program names
/// and that has no keys is an error. This source is not a part of the
/// default chain, as in the vendor's SDK.
///
/// | mode | what it gives |
/// | --- | --- |
/// | `AKSK` | the keys of the profile, with its project and account |
/// | `ecsAgency` | the keys of the agency of the instance |
/// | `SSO` | the keys that `hcloud configure sso` stored |
///
/// KooCLI encrypts what it stores unless it is told not to, and only KooCLI can decrypt it. Such a profile is
/// an error that says what to do.
///
/// ```
/// use cloudcall::{Client, Huawei, provider::huawei::credentials::CliProfile};
///
/// let profile = CliProfile::new().profile("work");
/// let client = Client::<Huawei>::builder().region("cn-north-4").credentials(profile).build()?;
/// # Ok::<(), cloudcall::Error>(())
/// ```
///
/// # Troubleshooting
///
/// *whose keys KooCLI encrypted*: run `hcloud configure set --cli-auth-encrypt=false`, and sign in again.
/// The file then has the keys as plain text: keep its mode at 0600. Or put the keys into the environment.
///
/// *sign in again with `hcloud configure sso`*: the keys of the sign-in have expired, or there are none.
/// KooCLI does not publish how it renews them, so a person has to sign in again.
#[doc(alias = "hcloud")]
#[doc(alias = "KooCLI")]
#[derive(Debug, Clone, Default)]
pub struct CliProfile {
    file: Option<PathBuf>,
    profile: Option<String>,
    transport: Option<Arc<dyn HttpSend>>,
}

impl CliProfile {
    /// The current profile of the usual file.
    pub fn new() -> Self {
        Self::default()
    }

    provider_setters! {
        /// Reads this file. Default: `~/.hcloud/config.json`.
        file: path => file;

        /// Names the profile. Default: the file's `current`.
        profile: text => profile;

        /// Sends requests to the metadata service, where the profile needs it, through a transport of your
        /// own.
        transport: transport => transport;
    }

    async fn of_instance(&self, context: &Context) -> Result<Credential, CredentialError> {
        let mut agency = InstanceRole::new();
        if let Some(transport) = &self.transport {
            agency = agency.transport(transport.clone());
        }
        agency.provide(context).await
    }
}

/// One profile of the file.
struct ToolProfile<'a> {
    path: &'a Path,
    name: &'a str,
    /// Whether the file says that it is encrypted, if it says so at all.
    encrypted: Option<bool>,
}

impl ToolProfile<'_> {
    fn broken(&self, what: &str) -> Error {
        let name = self.name.escape_debug();
        file::broken(NAME, self.path, &format!("has a profile `{name}` {what}"))
    }

    /// The keys of an object. `None` if it has none.
    fn keys(&self, members: &mut Value) -> Result<Option<Credential>, Error> {
        let mut text = |name: &str| take_text(members, name);
        let (id, secret) = (text("accessKeyId"), text("secretAccessKey").map(SecretString::from));
        let (id, secret) = match (id, secret) {
            (Some(id), Some(secret)) => (id, secret),
            (None, None) => return Ok(None),
            (Some(_), None) => return Err(self.broken("with `accessKeyId` but no `secretAccessKey`")),
            (None, Some(_)) => return Err(self.broken("with `secretAccessKey` but no `accessKeyId`")),
        };
        let plain = id.len() <= ID_CAP && id.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if self.encrypted.unwrap_or(!plain) || !plain {
            let what = "whose keys KooCLI encrypted: run `hcloud configure set --cli-auth-encrypt=false` and set the keys again, \
                        or use the environment";
            return Err(self.broken(what));
        }
        let mut keys = Credential::new(id, secret)
            .map_err(|error| self.broken(&format!("whose keys cannot be used: {}", error.message())))?;
        if let Some(token) = text("securityToken") {
            keys = keys.with_token(token);
        }
        Ok(Some(match expiry(members) {
            Some(Some(ends)) => keys.with_expiry(ends),
            _ => keys,
        }))
    }
}

/// The members with the expiry. The file is not documented, so each is tried.
const EXPIRY: [&str; 6] = ["expiresAt", "expires_at", "expiration", "expireAt", "expiredAt", "expireTime"];

/// When the keys of an object expire. The inner value is none if the object says so, but not as a time.
fn expiry(members: &Value) -> Option<Option<SystemTime>> {
    let absent = |value: &Value| value.is_null() || value == "" || value == 0;
    let values = EXPIRY.iter().filter_map(|name| members.get(*name)).filter(|value| !absent(value));
    let read: Vec<_> = values.map(time::read).collect();
    if read.is_empty() { None } else { Some(read.into_iter().flatten().next()) }
}

#[async_trait]
impl ProvideCredential for CliProfile {
    fn name(&self) -> &'static str {
        NAME
    }

    async fn provide(&self, context: &Context) -> Result<Credential, CredentialError> {
        let keys = self.find(context).await;
        match &self.profile {
            Some(profile) => Named::InCode.must(NAME, profile, keys),
            None => keys,
        }
    }
}

impl CliProfile {
    /// The keys of the profile.
    async fn find(&self, context: &Context) -> Result<Credential, CredentialError> {
        let pass = |reason: String| Err(CredentialError::NotConfigured(reason));
        let usual = || Some((context.env.home()?.join(FILE), Named::Nowhere));
        let of_code = self.file.clone().map(|path| (path, Named::InCode));
        let Some((path, named)) = of_code.or_else(usual) else {
            return pass("there is no home directory to look in".to_owned());
        };
        let (mut document, watched) = read_object(context, NAME, &path, named).await?;
        let current = take_text(&mut document, "current");
        let Some(name) = self.profile.clone().or(current) else {
            return pass(format!("{} names no `current` profile", file::shown(&path)));
        };
        let encrypted = document.get("authEncrypt").and_then(flag);
        let mut profiles = document.get_mut("profiles").map(Value::take).unwrap_or_default();
        let named = |profile: &&mut Value| profile["name"] == *name;
        let Some(profile) = profiles.as_array_mut().and_then(|all| all.iter_mut().find(named)) else {
            let missing = file::no_profile(&path, &profiles, &name);
            return pass(format!("{missing} (see `hcloud configure list`)"));
        };
        let found = ToolProfile { path: &path, name: &name, encrypted };
        let mode = take_text(profile, "mode").unwrap_or_else(|| "AKSK".to_owned());
        let keys = match mode.to_ascii_lowercase().as_str() {
            "aksk" => match found.keys(profile)? {
                Some(keys) => keys,
                None => return pass(format!("{} has no keys in its profile", file::shown(&path))),
            },
            "ecsagency" => self.of_instance(context).await.map_err(|error| match error {
                // The file says that there is an agency.
                CredentialError::NotConfigured(reason) => {
                    found.broken(&format!("of mode `ecsAgency`: {reason}")).into()
                }
                broken => broken,
            })?,
            "sso" => {
                let again = |what: &str| {
                    let name = name.escape_debug();
                    let how = format!("sign in again with `hcloud configure sso --cli-profile={name}`");
                    found.broken(&format!("of mode `SSO` {what}: {how}"))
                };
                let mut stored =
                    profile.pointer_mut("/ssoAuth/stsToken").map(Value::take).unwrap_or_default();
                let keys = found.keys(&mut stored)?.ok_or_else(|| again("without keys"))?;
                if expiry(&stored) == Some(None) {
                    return Err(again("whose keys have an expiry that is not a time").into());
                }
                if keys.is_expired(context.clock.now()) {
                    return Err(again("whose keys have expired").into());
                }
                keys
            }
            // The value is not quoted: a secret may stand in the wrong member.
            _ => {
                let what = "whose `mode` is not read: use AKSK, ecsAgency or SSO, or `Federation` in code";
                return Err(found.broken(what).into());
            }
        };
        let mut id = |name: &str| take_text(profile, name);
        let (project, domain) = (id("projectId"), id("domainId"));
        Ok(with_scope(keys, project, domain).with_source(NAME).with_file(watched))
    }
}

/// A flag, also in quotes.
fn flag(value: &Value) -> Option<bool> {
    value.as_bool().or_else(|| value.as_str()?.trim().to_ascii_lowercase().parse().ok())
}
