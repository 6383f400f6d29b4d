//! The command line tool's file: `docs/sources.md`, Alibaba Cloud, 6.5.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use serde_json::Value;

use super::{EcsRamRole, RamRole};
use crate::call::setters::provider_setters;
use crate::context::Context;
use crate::credential::file::{self, SecretFile};
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
/// itself renews and writes back into its file.
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
    transport: Option<Arc<dyn HttpSend>>,
}

impl CliProfile {
    /// The profile that the environment or the file names.
    pub fn new() -> Self {
        Self::default()
    }

    provider_setters! {
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
        let mode = take_text(&mut profile, "mode").unwrap_or_default();
        let mut need = |name: &str| {
            let missing = || broken(&format!("has no `{name}` in its profile of mode `{mode}`"));
            take_text(&mut profile, name).ok_or_else(missing)
        };
        match mode.as_str() {
            "AK" => Ok(keys(path, need("access_key_id")?, need("access_key_secret")?)?),
            "StsToken" => {
                let keys = keys(path, need("access_key_id")?, need("access_key_secret")?)?;
                Ok(keys.with_token(need("sts_token")?))
            }
            "RamRoleArn" => {
                let mut source = keys(path, need("access_key_id")?, need("access_key_secret")?)?;
                let role = need("ram_role_arn")?;
                if let Some(token) = take_text(&mut profile, "sts_token") {
                    source = source.with_token(token);
                }
                let role = RamRole::assume(StaticCredentials::new(source), role);
                self.exchanged(context, role, &mut profile).await
            }
            "ChainableRamRoleArn" => {
                let (source, role) = (need("source_profile")?, need("ram_role_arn")?);
                let Some(found) = take_profile(profiles, &source) else {
                    let shown = source.escape_debug();
                    let what = format!(
                        "has no profile `{shown}` left to be the source of a role: missing, or a circle"
                    );
                    return Err(broken(&what).into());
                };
                let source = Box::pin(self.of_profile(context, path, profiles, found)).await?;
                let role = RamRole::assume(StaticCredentials::new(source), role);
                self.exchanged(context, role, &mut profile).await
            }
            "OIDC" => {
                let (role, provider) = (need("ram_role_arn")?, need("oidc_provider_arn")?);
                let token = TokenSource::File(need("oidc_token_file")?.into());
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
                ecs.provide(context).await
            }
            "" => Err(broken("has a profile without `mode`").into()),
            "CloudSSO" | "OAuth" | "External" | "CredentialsURI" | "RsaKeyPair" => {
                Err(broken(&format!("has a profile of mode `{mode}`, which is not read")).into())
            }
            // The value is not quoted: a secret may stand in the wrong member.
            _ => Err(broken(UNKNOWN_MODE).into()),
        }
    }
}

type Outcome = Result<Credential, CredentialError>;

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
        let Some(path) = context.env.home().map(|home| home.join(FILE)) else {
            return pass("there is no home directory to look in".to_owned());
        };
        let broken = |what: &str| file::broken(NAME, &path, what);
        let SecretFile { bytes, watched } = match file::read(context, &path) {
            Ok(file) => file,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return pass(format!("no file at {}", file::shown(&path)));
            }
            Err(error) => return Err(broken("cannot be read").with_source(error).into()),
        };
        let mut document = match serde_json::from_slice(without_bom(&bytes)) {
            Ok(document @ Value::Object(_)) => document,
            _ => return Err(broken("is not a JSON object").into()),
        };
        let wanted = given("ALIBABA_CLOUD_PROFILE").or_else(|| take_text(&mut document, "current"));
        let Some(wanted) = wanted else {
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
