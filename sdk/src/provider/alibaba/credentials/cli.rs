//! The command line tool's file: `docs/sources.md`, Alibaba Cloud, 6.5.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use serde_json::Value;

use super::ini::named;
use super::{EcsRamRole, RamRole};
use crate::call::setters::provider_setters;
use crate::context::Context;
use crate::credential::file::{self, Named, SecretFile};
use crate::credential::issued::take_text;
use crate::credential::{Credential, CredentialError, ProvideCredential, StaticCredentials, TokenSource};
use crate::error::Error;
use crate::response::decode::without_bom;
use crate::transport::HttpSend;

const NAME: &str = "CLI profile";
const FILE: &str = ".aliyun/config.json";
const UNKNOWN_MODE: &str = "has a profile whose `mode` is not known: use AK, StsToken, RamRoleArn, ChainableRamRoleArn, \
                            EcsRamRole or OIDC";

/// Keys from the file of the command line tool, `~/.aliyun/config.json`.
///
/// The profile is the one that `ALIBABA_CLOUD_PROFILE` names, else the file's `current`. The modes `AK`, `StsToken`,
/// `RamRoleArn`, `ChainableRamRoleArn`, `EcsRamRole` and `OIDC` are read; another mode is an error that names it: `External`
/// would run a program that the file names, and `CloudSSO` and `OAuth` need a sign-in by a person, whose tokens the tool
/// itself renews and writes back into its file. A profile without a mode is read as the tool reads it: by the members that it
/// has. A profile without any of the members that it needs, as in a file that was just made, is not configured.
///
/// `ALIBABA_CLOUD_CLI_PROFILE_DISABLED=true` turns this provider off.
///
/// ```
/// use cloudcall::{Alibaba, Client, provider::alibaba::credentials::CliProfile};
///
/// let client = Client::<Alibaba>::builder().region("cn-hangzhou").credentials(CliProfile::new()).build()?;
/// # Ok::<(), cloudcall::Error>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct CliProfile {
    file: Option<PathBuf>,
    profile: Option<String>,
    transport: Option<Arc<dyn HttpSend>>,
}

impl CliProfile {
    /// The profile that the environment or the file names.
    pub fn new() -> Self {
        Self::default()
    }

    provider_setters! {
        /// Reads this file. Default: `~/.aliyun/config.json`.
        ///
        /// ```
        /// use cloudcall::provider::alibaba::credentials::CliProfile;
        ///
        /// let work = CliProfile::new().file("/etc/aliyun/config.json").profile("work");
        /// ```
        file: path => file;

        /// Reads the profile of this name, whatever the environment and the file name.
        profile: text => profile;

        /// Asks STS and metadata, where the profile needs them, through a transport of your own.
        transport: transport => transport;
    }

    async fn exchanged(&self, context: &Context, mut role: RamRole, profile: &mut Value) -> Outcome {
        let mut text = |name: &str| take_text(profile, name);
        if let Some(session) = text("ram_session_name").or_else(|| text("role_session_name")) {
            role = role.session_name(session);
        }
        if let Some(policy) = text("policy") {
            role = role.policy(policy);
        }
        if let Some(id) = text("external_id") {
            role = role.external_id(id);
        }
        if let Some(region) = text("sts_region") {
            role = role.region(region);
        }
        if let Some(seconds) = profile["expired_seconds"].as_u64().filter(|seconds| *seconds > 0) {
            role = role.duration(Duration::from_secs(seconds));
        }
        role = role.vpc(profile["enable_vpc"] == true);
        if let Some(transport) = &self.transport {
            role = role.transport(transport.clone());
        }
        role.provide(context).await
    }

    /// A profile that is used is taken out of `profiles`, so that none can be its own source.
    async fn of_profile(
        &self,
        context: &Context,
        path: &Path,
        profiles: &mut Value,
        mut profile: Value,
    ) -> Outcome {
        let broken = |what: &str| file::broken(NAME, path, what);
        let mode = mode(&profile);
        let mut need = Needs { path, mode, profile: &mut profile };
        match mode {
            "AK" => {
                let [id, secret] = need.all(["access_key_id", "access_key_secret"])?;
                Ok(keys(path, id, secret)?)
            }
            "StsToken" => {
                let [id, secret, token] = need.all(["access_key_id", "access_key_secret", "sts_token"])?;
                Ok(keys(path, id, secret)?.with_token(token))
            }
            "RamRoleArn" => {
                let [id, secret, role] = need.all(["access_key_id", "access_key_secret", "ram_role_arn"])?;
                let mut source = keys(path, id, secret)?;
                if let Some(token) = take_text(&mut profile, "sts_token") {
                    source = source.with_token(token);
                }
                let role = RamRole::assume(StaticCredentials::new(source), role);
                self.exchanged(context, role, &mut profile).await
            }
            "ChainableRamRoleArn" => {
                let [source, role] = need.all(["source_profile", "ram_role_arn"])?;
                let shown = source.escape_debug();
                let Some(found) = take_profile(profiles, &source) else {
                    let what = format!(
                        "has no profile `{shown}` left to be the source of a role: missing, or a circle"
                    );
                    return Err(broken(&what).into());
                };
                let keys = Box::pin(self.of_profile(context, path, profiles, found)).await;
                let keys = keys.map_err(|error| match error {
                    CredentialError::NotConfigured(reason) => broken(&format!(
                        "has `{shown}` as the source of a role, which gives no keys: {reason}"
                    ))
                    .into(),
                    broken => broken,
                })?;
                let role = RamRole::assume(StaticCredentials::new(keys), role);
                self.exchanged(context, role, &mut profile).await
            }
            "OIDC" => {
                let [role, provider, token] =
                    need.all(["ram_role_arn", "oidc_provider_arn", "oidc_token_file"])?;
                let token = TokenSource::File(token.into());
                self.exchanged(context, RamRole::oidc(provider, role, token), &mut profile).await
            }
            "EcsRamRole" => {
                let mut ecs = EcsRamRole::new();
                if let Some(role) = take_text(&mut profile, "ram_role_name") {
                    ecs = ecs.role(role);
                }
                if let Some(transport) = &self.transport {
                    ecs = ecs.transport(transport.clone());
                }
                named(ecs.provide(context).await)
            }
            "" => Err(CredentialError::NotConfigured(format!(
                "{} has a profile without `mode` and without keys",
                file::shown(path)
            ))),
            "CloudSSO" | "OAuth" | "External" | "CredentialsURI" | "RsaKeyPair" => {
                Err(broken(&format!("has a profile of mode `{mode}`, which is not read")).into())
            }
            // The value is not quoted: a secret may stand in the wrong member.
            _ => Err(broken(UNKNOWN_MODE).into()),
        }
    }
}

type Outcome = Result<Credential, CredentialError>;

/// The modes of the command line tool, which takes them in any case.
const MODES: [&str; 11] = [
    "AK",
    "StsToken",
    "RamRoleArn",
    "ChainableRamRoleArn",
    "EcsRamRole",
    "OIDC",
    "CloudSSO",
    "OAuth",
    "External",
    "CredentialsURI",
    "RsaKeyPair",
];

/// The mode of a profile. One without a mode has the first that its members are enough for, in the order of the command line
/// tool; an empty one has none.
fn mode(profile: &Value) -> &'static str {
    let text = |name: &str| profile.get(name).and_then(Value::as_str).unwrap_or_default();
    let has = |name: &str| !text(name).is_empty();
    let named = text("mode");
    if !named.is_empty() {
        return MODES.into_iter().find(|mode| mode.eq_ignore_ascii_case(named)).unwrap_or("unknown");
    }
    match () {
        () if has("access_key_id") || has("access_key_secret") => match () {
            () if has("sts_token") => "StsToken",
            () if has("ram_role_arn") => "RamRoleArn",
            () => "AK",
        },
        () if has("ram_role_name") => "EcsRamRole",
        () if has("process_command") => "External",
        () if has("oidc_provider_arn") && has("oidc_token_file") => "OIDC",
        () if has("cloud_sso_sign_in_url") => "CloudSSO",
        () => "",
    }
}

/// The members that a mode needs.
struct Needs<'a> {
    path: &'a Path,
    mode: &'a str,
    profile: &'a mut Value,
}

impl Needs<'_> {
    /// Takes them out. All of them missing or empty is *not configured*, as in a file that was just made.
    fn all<const N: usize>(&mut self, names: [&str; N]) -> Result<[String; N], CredentialError> {
        let values = names.map(|name| take_text(self.profile, name));
        let missing = names.iter().zip(&values).find(|(_, value)| value.is_none()).map(|(name, _)| *name);
        let Some(missing) = missing else { return Ok(values.map(Option::unwrap_or_default)) };
        let what = format!("has no `{missing}` in its profile of mode `{}`", self.mode);
        Err(match values.iter().all(Option::is_none) {
            true => CredentialError::NotConfigured(format!("{} {what}", file::shown(self.path))),
            false => file::broken(NAME, self.path, &what).into(),
        })
    }
}

fn keys(path: &Path, id: String, secret: String) -> Result<Credential, Error> {
    Credential::new(id, secret)
        .map_err(|error| file::broken(NAME, path, &format!("is no use: {}", error.message())))
}

fn take_profile(profiles: &mut Value, name: &str) -> Option<Value> {
    profiles.as_array_mut()?.iter_mut().find(|profile| profile["name"] == name).map(Value::take)
}

#[async_trait]
impl ProvideCredential for CliProfile {
    fn name(&self) -> &'static str {
        NAME
    }

    async fn provide(&self, context: &Context) -> Outcome {
        let pass = |reason: String| Err(CredentialError::NotConfigured(reason));
        let given = |name| context.env.var(name).filter(|value: &String| !value.is_empty());
        if given("ALIBABA_CLOUD_CLI_PROFILE_DISABLED").is_some_and(|off| off.eq_ignore_ascii_case("true")) {
            return pass("ALIBABA_CLOUD_CLI_PROFILE_DISABLED turns it off".to_owned());
        }
        let usual = || Some((context.env.home()?.join(FILE), Named::Nowhere));
        let of_code = self.file.clone().map(|path| (path, Named::InCode));
        let Some((path, place)) = of_code.or_else(usual) else {
            return pass("there is no home directory to look in".to_owned());
        };
        let broken = |what: &str| file::broken(NAME, &path, what);
        let SecretFile { bytes, watched } = file::open(context, NAME, &path, place)?;
        let mut document = match serde_json::from_slice(without_bom(&bytes)) {
            Ok(document @ Value::Object(_)) => document,
            _ => return Err(broken("is not a JSON object").into()),
        };
        let wanted = self.profile.clone().or_else(|| given("ALIBABA_CLOUD_PROFILE"));
        let Some(wanted) = wanted.or_else(|| take_text(&mut document, "current")) else {
            return pass(format!("{} names no `current` profile", file::shown(&path)));
        };
        let mut profiles = document.get_mut("profiles").map(Value::take).unwrap_or_default();
        let Some(profile) = take_profile(&mut profiles, &wanted) else {
            return pass(format!("{} has no profile `{}`", file::shown(&path), wanted.escape_debug()));
        };
        let keys = self.of_profile(context, &path, &mut profiles, profile).await?;
        Ok(keys.with_source(NAME).with_file(watched))
    }
}
