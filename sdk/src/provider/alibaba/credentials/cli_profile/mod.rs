//! The profiles of the command line tool: `docs/sources.md`, Alibaba Cloud, 6.5.
//!
//! `aliyun configure` writes the file. This module finds the profile and gives its keys by the mode;
//! `mode.rs` has the modes and the members that they need, and `signed_in.rs` has the modes of people who
//! signed in. Most modes hand over to another credential provider.
//!
//! ```text
//! {"current": "deploy",
//!  "profiles": [
//!    {"name": "base", "mode": "AK", "access_key_id": "LTAI…", "access_key_secret": "…"},
//!    {"name": "deploy", "mode": "ChainableRamRoleArn", "source_profile": "base",
//!     "ram_role_arn": "acs:ram::1:role/deploy", "ram_session_name": "nightly"}]}
//! ```
//!
//! The file may hold secrets of other profiles, so its bytes are zeroized, and no message quotes a value of a
//! profile but its name.

mod mode;
pub(super) mod signed_in;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use secrecy::zeroize::Zeroizing;
use serde_json::Value;

use self::mode::Needs;
use super::{
    AssumeRole, CredentialsUri, InstanceRole, PROFILE_VARIABLE, ProfilesIn, RsaKeyPair, WebIdentity,
    expect_profile, expect_role,
};
use crate::call::setters::provider_setters;
use crate::context::{Context, Env};
use crate::credential::file::{self, Named, SecretFile};
use crate::credential::json_file::read_object;
use crate::credential::take_text;
use crate::credential::{
    Credential, CredentialError, ProcessCredentials, ProvideCredential, StaticCredentials, TokenSource,
    WatchedFile, is_on, process,
};
use crate::error::Error;
use crate::provider::session::Session;
use crate::response::decode::without_bom;
use crate::transport::HttpSend;

const NAME: &str = "CLI profile";
/// The file below the home directory.
const FILE: &str = ".aliyun/config.json";
/// The header of a bearer token.
const BEARER_HEADER: &str = "x-acs-bearer-token";
/// The variable that turns this provider off.
const DISABLED: &str = "ALIBABA_CLOUD_CLI_PROFILE_DISABLED";
/// The reason why a profile of another mode is refused.
const UNKNOWN_MODE: &str = "has a profile whose `mode` is not known: use AK, StsToken, RamRoleArn, RamRoleArnWithRoleName, \
                            ChainableRamRoleArn, EcsRamRole, RsaKeyPair, OIDC, CredentialsURI, External, CloudSSO, OAuth or BearerToken";

/// Keys from the file of the command line tool, `~/.aliyun/config.json`.
///
/// The profile is the one that the program or `ALIBABA_CLOUD_PROFILE` names, or the file's `current`. A
/// profile that the program names and that has no keys is an error. So is one that the variable names, unless
/// the [profile file](super::ProfileFile) has a section of this name.
/// `ALIBABA_CLOUD_CLI_PROFILE_DISABLED=true` turns this provider off.
///
/// | mode | members | what it gives |
/// | --- | --- | --- |
/// | `AK` | `access_key_id`, `access_key_secret` | these keys |
/// | `StsToken` | the same, `sts_token` | these keys |
/// | `RamRoleArn` | the same two, `ram_role_arn` | the keys of the role |
/// | `RamRoleArnWithRoleName` | `ram_role_arn` | the same, for the keys of the instance's role |
/// | `ChainableRamRoleArn` | `source_profile`, `ram_role_arn` | the same, for the keys of another profile |
/// | `EcsRamRole` | `ram_role_name`, which may be missing | the keys of the instance's role |
/// | `RsaKeyPair` | `key_pair_name`, `private_key`: the key or its file | session keys for this key pair |
/// | `OIDC` | `ram_role_arn`, `oidc_provider_arn`, `oidc_token_file` | the keys of the role |
/// | `CredentialsURI` | `credentials_uri` | keys from this address |
/// | `CloudSSO`, `OAuth` | written by the tool | the keys of a sign-in; new ones when they have expired |
/// | `External` | `process_command` | the keys that a program prints: see [`ProcessCredentials`] |
/// | `BearerToken` | `bearer_token` | this token, in the header `x-acs-bearer-token` and no other |
///
/// The modes with a role also read `ram_session_name`, `expired_seconds`, `policy`, `sts_region`,
/// `sts_endpoint` and `enable_vpc`. `ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS=true` forbids `External` and
/// `CredentialsURI`.
///
/// A profile without a mode is read as the tool reads it: by the members that it has. A profile without any
/// of the members that it needs, as in a file that was just made, is not configured.
///
/// ```
/// use cloudcall::{Alibaba, Client, provider::alibaba::credentials::CliProfile};
///
/// let client = Client::<Alibaba>::builder().region("cn-hangzhou").credentials(CliProfile::new()).build()?;
/// # Ok::<(), cloudcall::Error>(())
/// ```
///
/// # Troubleshooting
///
/// *sign in again with `aliyun configure --mode …`*: the tokens of the sign-in have expired or were revoked.
/// A person must repeat the sign-in.
///
/// *cannot be written with a new one*: the access token of `OAuth` has expired, and its refresh token is good
/// for one refresh. The new token must be written into the file, so make the file and its directory writable.
///
/// *the profile `…` that ALIBABA_CLOUD_PROFILE names has no keys*: no file has it. `aliyun configure list`
/// shows the profiles. Correct the name, or unset the variable.
///
/// *is locked by another process*: another process refreshes a token: try again. If it stopped meanwhile, the
/// lock expires after 60 s.
#[doc(alias = "CLIProfileCredentialsProvider")]
#[doc(alias = "aliyun configure")]
#[derive(Debug, Clone, Default)]
pub struct CliProfile {
    file: Option<PathBuf>,
    profile: Option<String>,
    sts_endpoint: Option<String>,
    transport: Option<Arc<dyn HttpSend>>,
    session: Session,
}

type Outcome = Result<Credential, CredentialError>;

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

        /// Sends exchanges with STS to this endpoint. Default: the profile's `sts_endpoint`, or the host in
        /// its `sts_region`.
        sts_endpoint: text => sts_endpoint;

        /// Sends requests to STS and metadata, where the profile needs them, through a transport of your own.
        transport: transport => transport;
    }

    /// The keys of the profile `wanted`, or of the file's `current` one.
    async fn find(&self, context: &Context, wanted: Option<&str>) -> Outcome {
        let pass = |reason: String| Err(CredentialError::NotConfigured(reason));
        let usual = || Some((usual_file(context)?, Named::Nowhere));
        let of_code = self.file.clone().map(|path| (path, Named::InCode));
        let Some((path, place)) = of_code.or_else(usual) else {
            return pass("there is no home directory to look in".to_owned());
        };
        let (mut document, watched) = read_object(context, NAME, &path, place).await?;
        let current = take_text(&mut document, "current");
        let Some(wanted) = wanted.or(current.as_deref()) else {
            return pass(format!("{} names no `current` profile", file::shown(&path)));
        };
        let profiles = document.get_mut("profiles").map(Value::take).unwrap_or_default();
        let mut opened = Opened { path: &path, name: String::new(), profiles, watched };
        let Some(profile) = opened.take_profile(wanted) else {
            return pass(file::no_profile(&path, &opened.profiles, wanted));
        };
        let keys = self.of_profile(context, &mut opened, profile).await?;
        Ok(keys.with_source(NAME).with_file(opened.watched))
    }

    /// The keys of a profile, which was taken out of the file. It calls itself for a source profile and for a
    /// program that prints a profile.
    async fn of_profile(&self, context: &Context, opened: &mut Opened<'_>, mut profile: Value) -> Outcome {
        let path = opened.path;
        let broken = |what: &str| file::broken(NAME, path, what);
        let mode = mode::of(&profile);
        let mut need = Needs { path, mode, profile: &mut profile };
        match mode {
            "AK" => {
                let [id, secret] = need.all(["access_key_id", "access_key_secret"])?;
                Ok(keys_of(path, id, secret)?)
            }
            "StsToken" => {
                let [id, secret, token] = need.all(["access_key_id", "access_key_secret", "sts_token"])?;
                Ok(keys_of(path, id, secret)?.with_token(token))
            }
            "RamRoleArn" => {
                let [id, secret, role] = need.all(["access_key_id", "access_key_secret", "ram_role_arn"])?;
                let mut source = keys_of(path, id, secret)?;
                if let Some(token) = take_text(&mut profile, "sts_token") {
                    source = source.with_token(token);
                }
                self.assumed(context, source, role, &mut profile).await
            }
            "RamRoleArnWithRoleName" => {
                let [role] = need.all(["ram_role_arn"])?;
                let source = self.of_instance(context, &mut profile).await?;
                self.assumed(context, source, role, &mut profile).await
            }
            "ChainableRamRoleArn" => {
                let [source, role] = need.all(["source_profile", "ram_role_arn"])?;
                let source = self.of_source(context, opened, &source).await?;
                self.assumed(context, source, role, &mut profile).await
            }
            "OIDC" => {
                let [role, provider, token] =
                    need.all(["ram_role_arn", "oidc_provider_arn", "oidc_token_file"])?;
                let token = TokenSource::File(token.into());
                self.exchanged_token(context, WebIdentity::new(provider, role, token), &mut profile).await
            }
            "EcsRamRole" => self.of_instance(context, &mut profile).await,
            "RsaKeyPair" => {
                let [id, key] = need.all(["key_pair_name", "private_key"])?;
                self.of_key_pair(context, path, id, key, &mut profile).await
            }
            "CredentialsURI" if process::is_disabled(context) => {
                let what = format!("has a profile of mode `{mode}`, which {} forbids", process::DISABLED);
                Err(broken(&what).into())
            }
            "CredentialsURI" => {
                let mut uri = CredentialsUri::new();
                if let Some(address) = take_text(&mut profile, "credentials_uri") {
                    uri = uri.uri(address);
                }
                if let Some(transport) = &self.transport {
                    uri = uri.transport(transport.clone());
                }
                uri.provide(context).await
            }
            "BearerToken" => {
                let [token] = need.all(["bearer_token"])?;
                let header = take_text(&mut profile, "bearer_token_header_key");
                if header.is_some_and(|header| !header.trim().eq_ignore_ascii_case(BEARER_HEADER)) {
                    let what = format!(
                        "has a profile of mode `{mode}` with a `bearer_token_header_key` other than {BEARER_HEADER}, which is not \
                         supported: remove the member, or use another profile"
                    );
                    return Err(broken(&what).into());
                }
                Ok(Credential::bearer(token)
                    .map_err(|error| broken(&format!("cannot be used: {}", error.message())))?)
            }
            "CloudSSO" | "OAuth" => {
                let transport = self.transport.as_ref();
                signed_in::keys(context, opened, mode, &mut profile, &self.session, transport).await
            }
            "" => Err(CredentialError::NotConfigured(format!(
                "{} has a profile without `mode` and without keys",
                file::shown(path)
            ))),
            "External" => {
                let [command] = need.all(["process_command"])?;
                self.of_program(context, opened, profile, &command).await
            }
            "Anonymous" => Err(broken(&format!(
                "has a profile of mode `{mode}`, which gives no credentials: use another profile"
            ))
            .into()),
            // The value is not quoted: a secret may stand in the wrong member.
            _ => Err(broken(UNKNOWN_MODE).into()),
        }
    }

    /// The keys that a program prints. It prints keys, or members of a profile of another mode, which then
    /// replace those of this profile. A program that prints the mode `External` again would not end.
    async fn of_program(
        &self,
        context: &Context,
        opened: &mut Opened<'_>,
        mut profile: Value,
        command: &str,
    ) -> Outcome {
        let path = opened.path;
        let broken = |what: &str| file::broken(NAME, path, what);
        let named =
            |error: Error| broken(&format!("names a program: {}", error.message())).with_source(error);
        let mut words = mode::words(command, cfg!(windows)).unwrap_or_default().into_iter();
        let Some(program) = words.next() else {
            return Err(broken(
                "has a `process_command` that is no program with arguments: check its quotes",
            )
            .into());
        };
        let program = ProcessCredentials::new(program).args(words);
        let mut printed = program.document(context).await.map_err(named)?;
        match printed.get("mode").and_then(Value::as_str).unwrap_or_default() {
            mode if ["", "AK", "StsToken"].iter().any(|plain| plain.eq_ignore_ascii_case(mode)) => {
                Ok(program.keys(printed).map_err(named)?)
            }
            mode if mode.eq_ignore_ascii_case("External") => {
                Err(broken("names a program that prints a profile of mode `External`: print keys").into())
            }
            _ => {
                if let (Some(members), Some(printed)) = (profile.as_object_mut(), printed.as_object_mut()) {
                    members.append(printed);
                }
                Box::pin(self.of_profile(context, opened, profile)).await
            }
        }
    }

    /// The keys of the profile that another profile names as its source. A circle ends, because each profile
    /// is taken out of the file when it is read.
    async fn of_source(&self, context: &Context, opened: &mut Opened<'_>, name: &str) -> Outcome {
        let path = opened.path;
        let broken = |what: &str| file::broken(NAME, path, what);
        let shown = name.escape_debug();
        let Some(found) = opened.take_profile(name) else {
            let what =
                format!("has no profile `{shown}` left to be the source of a role: missing, or a circle");
            return Err(broken(&what).into());
        };
        let keys = Box::pin(self.of_profile(context, opened, found)).await;
        keys.map_err(|error| match error {
            CredentialError::NotConfigured(reason) => {
                broken(&format!("has `{shown}` as the source of a role, which gives no keys: {reason}"))
                    .into()
            }
            broken => broken,
        })
    }

    /// The keys of the instance's role. The profile configures the role, so its absence is an error.
    async fn of_instance(&self, context: &Context, profile: &mut Value) -> Outcome {
        let mut instance = InstanceRole::new();
        if let Some(role) = take_text(profile, "ram_role_name") {
            instance = instance.role(role);
        }
        if let Some(transport) = &self.transport {
            instance = instance.transport(transport.clone());
        }
        expect_role(instance.provide(context).await)
    }

    /// The keys of `role`, for the keys of `source`.
    async fn assumed(
        &self,
        context: &Context,
        source: Credential,
        role: String,
        profile: &mut Value,
    ) -> Outcome {
        let mut assume = AssumeRole::new(StaticCredentials::new(source), role);
        if let Some(id) = take_text(profile, "external_id") {
            assume = assume.external_id(id);
        }
        let settings = Exchanged::of(profile);
        if let Some(session) = settings.session_name {
            assume = assume.session_name(session);
        }
        if let Some(policy) = settings.policy {
            assume = assume.policy(policy);
        }
        if let Some(region) = settings.region {
            assume = assume.region(region);
        }
        if let Some(duration) = settings.duration {
            assume = assume.duration(duration);
        }
        if let Some(endpoint) = self.sts_endpoint.clone().or(settings.endpoint) {
            assume = assume.endpoint(endpoint);
        }
        assume = assume.vpc(settings.vpc);
        if let Some(transport) = &self.transport {
            assume = assume.transport(transport.clone());
        }
        assume.provide(context).await
    }

    /// The keys of a role, for an OIDC token.
    async fn exchanged_token(&self, context: &Context, mut web: WebIdentity, profile: &mut Value) -> Outcome {
        let settings = Exchanged::of(profile);
        if let Some(session) = settings.session_name {
            web = web.session_name(session);
        }
        if let Some(policy) = settings.policy {
            web = web.policy(policy);
        }
        if let Some(region) = settings.region {
            web = web.region(region);
        }
        if let Some(duration) = settings.duration {
            web = web.duration(duration);
        }
        if let Some(endpoint) = self.sts_endpoint.clone().or(settings.endpoint) {
            web = web.endpoint(endpoint);
        }
        web = web.vpc(settings.vpc);
        if let Some(transport) = &self.transport {
            web = web.transport(transport.clone());
        }
        web.provide(context).await
    }

    /// Session keys for a key pair. The private key is in the profile, where `aliyun configure` stores it, or
    /// in a file that the profile names.
    async fn of_key_pair(
        &self,
        context: &Context,
        path: &Path,
        id: String,
        key: String,
        profile: &mut Value,
    ) -> Outcome {
        let broken = |what: &str| file::broken(NAME, path, &format!("has a `private_key` that {what}"));
        let (bytes, watched) = if key.contains("-----BEGIN") {
            (Zeroizing::new(key.into_bytes()), None)
        } else {
            let SecretFile { bytes, watched } = file::read(context, Path::new(&key)).map_err(|error| {
                let shown = file::shown(Path::new(&key));
                broken(&format!("names the file {shown}, which cannot be read: {error}")).with_source(error)
            })?;
            (bytes, Some(watched))
        };
        let text = std::str::from_utf8(&bytes).map_err(|_| broken("is not PEM"))?;
        let mut pair = RsaKeyPair::new(id, text)
            .map_err(|error| broken(&format!("cannot be used: {}", error.message())))?;
        let settings = Exchanged::of(profile);
        if let Some(region) = settings.region {
            pair = pair.region(region);
        }
        if let Some(duration) = settings.duration {
            pair = pair.duration(duration);
        }
        if let Some(endpoint) = self.sts_endpoint.clone().or(settings.endpoint) {
            pair = pair.endpoint(endpoint);
        }
        if let Some(transport) = &self.transport {
            pair = pair.transport(transport.clone());
        }
        Ok(pair.provide(context).await?.watching(watched))
    }
}

/// The members of a profile that say how STS is called.
struct Exchanged {
    session_name: Option<String>,
    policy: Option<String>,
    region: Option<String>,
    endpoint: Option<String>,
    duration: Option<Duration>,
    vpc: bool,
}

impl Exchanged {
    /// Takes the members out. The session name has two spellings, one of which belongs to the mode `OIDC`.
    fn of(profile: &mut Value) -> Self {
        let mut text = |name: &str| take_text(profile, name);
        let (session_name, role_session_name) = (text("ram_session_name"), text("role_session_name"));
        let (policy, region, endpoint) = (text("policy"), text("sts_region"), text("sts_endpoint"));
        let seconds = profile.get("expired_seconds").and_then(Value::as_u64).filter(|seconds| *seconds > 0);
        Self {
            session_name: session_name.or(role_session_name),
            policy,
            region,
            endpoint: endpoint.map(|endpoint| endpoint.trim().trim_end_matches('/').to_owned()),
            duration: seconds.map(Duration::from_secs),
            vpc: profile.get("enable_vpc") == Some(&Value::Bool(true)),
        }
    }
}

/// A key pair of the file. The error names the file, not the values.
fn keys_of(path: &Path, id: String, secret: String) -> Result<Credential, Error> {
    Credential::new(id, secret)
        .map_err(|error| file::broken(NAME, path, &format!("cannot be used: {}", error.message())))
}

/// The file, and the state of reading it.
struct Opened<'a> {
    path: &'a Path,
    /// The name of the profile that is read now.
    name: String,
    /// The profiles that are left.
    profiles: Value,
    /// The state of the file from which the keys come.
    watched: WatchedFile,
}

impl Opened<'_> {
    /// Takes a profile out of the file, so that none can be its own source.
    fn take_profile(&mut self, name: &str) -> Option<Value> {
        name.clone_into(&mut self.name);
        let mut profiles = self.profiles.as_array_mut()?.iter_mut();
        profiles.find(|profile| profile["name"] == name).map(Value::take)
    }
}

#[async_trait]
impl ProvideCredential for CliProfile {
    fn name(&self) -> &'static str {
        NAME
    }

    async fn provide(&self, context: &Context) -> Outcome {
        let pass = |reason: String| Err(CredentialError::NotConfigured(reason));
        if is_on(context, DISABLED) {
            return pass(format!("{DISABLED} turns it off"));
        }
        let named = file::named_profile(context, self.profile.as_ref(), PROFILE_VARIABLE);
        let keys = self.find(context, named.0.as_deref()).await;
        expect_profile(context, NAME, named, ProfilesIn::ProfileFile, keys)
    }
}

/// The file of the tool: `~/.aliyun/config.json`.
pub(super) fn usual_file(context: &Context) -> Option<PathBuf> {
    Some(home(cfg!(windows), &*context.env)?.join(FILE))
}

/// The home directory of the tool. On Windows, it takes `HOMEDRIVE` and `HOMEPATH` first, which are another
/// directory than `USERPROFILE` if the home directory is on the network (`config/configuration.go`).
fn home(windows: bool, env: &dyn Env) -> Option<PathBuf> {
    let var = |name: &str| env.var(name).unwrap_or_default();
    match var("HOMEDRIVE") + &var("HOMEPATH") {
        home if windows && !home.is_empty() => Some(home.into()),
        _ => env.home(),
    }
}

/// Why the usual file does not have a profile. None if it has it, or is broken.
pub(super) fn why_without(context: &Context, name: &str) -> Option<String> {
    if is_on(context, DISABLED) {
        return Some(format!("{DISABLED} turns the file of the command line tool off"));
    }
    let Some(path) = usual_file(context) else { return Some("there is no home directory".to_owned()) };
    match file::open(context, NAME, &path, Named::Nowhere) {
        Ok(SecretFile { bytes, .. }) => {
            let mut document: Value = serde_json::from_slice(without_bom(&bytes)).ok()?;
            let profiles = document.get_mut("profiles").map(Value::take).unwrap_or_default();
            let has = profiles.as_array().is_some_and(|all| all.iter().any(|one| one["name"] == name));
            (!has).then(|| file::no_profile(&path, &profiles, name))
        }
        Err(CredentialError::NotConfigured(reason)) => Some(reason),
        Err(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A machine whose home directory is on the network.
    #[derive(Debug)]
    struct Networked;

    impl Env for Networked {
        fn var(&self, name: &str) -> Option<String> {
            let value = match name {
                "HOMEDRIVE" => "H:",
                "HOMEPATH" => r"\u",
                _ => return None,
            };
            Some(value.to_owned())
        }

        fn home(&self) -> Option<PathBuf> {
            Some(PathBuf::from("usual"))
        }
    }

    #[test]
    fn the_home_directory_is_that_of_the_tool() {
        assert_eq!(home(true, &Networked), Some(PathBuf::from(r"H:\u")));
        assert_eq!(home(false, &Networked), Some(PathBuf::from("usual")));
    }
}
