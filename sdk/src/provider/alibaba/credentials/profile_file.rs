//! The profile file: `docs/sources.md`, Alibaba Cloud, 6.5.
//!
//! The file is INI. This module reads one section, and hands over to the other credential providers where the
//! type of the section needs an exchange:
//!
//! ```text
//! [default]
//! type = access_key
//! access_key_id = LTAI…
//! access_key_secret = …
//!
//! [deploy]
//! type = ram_role_arn
//! access_key_id = LTAI…
//! access_key_secret = …
//! role_arn = acs:ram::1:role/deploy
//! role_session_name = nightly
//! ```
//!
//! The vendor's package drops everything after a `#` in a value, also inside of a secret. Here a `#` begins a
//! comment only after white space.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use async_trait::async_trait;

use super::{
    AssumeRole, InstanceRole, PROFILE_VARIABLE, ProfilesIn, RsaKeyPair, WebIdentity, expect_profile,
    expect_role,
};
use crate::call::setters::provider_setters;
use crate::context::Context;
use crate::credential::file::{self, Named, SecretFile};
use crate::credential::{
    Comments, Credential, CredentialError, Pairs, ProvideCredential, StaticCredentials, TokenSource,
    WatchedFile, given, no_section, read_section,
};
use crate::error::{Error, ErrorKind};
use crate::transport::HttpSend;

const NAME: &str = "profile";

/// Keys from `~/.alibabacloud/credentials.ini`, or the file that `ALIBABA_CLOUD_CREDENTIALS_FILE` names.
///
/// The section is the one that `ALIBABA_CLOUD_PROFILE` names, else `default`. A section that the program
/// names and that has no keys is an error. So is one that the variable names, unless the file of the command
/// line tool has a profile of this name. The `type` of a section says what else it has:
///
/// | `type` | keys, and those that may be missing |
/// | --- | --- |
/// | `access_key` | `access_key_id`, `access_key_secret` |
/// | `sts` | `access_key_id`, `access_key_secret`, `security_token` |
/// | `bearer` | `bearer_token` |
/// | `ram_role_arn` | `access_key_id`, `access_key_secret`, `role_arn`; `role_session_name`, `policy` |
/// | `oidc_role_arn` | `role_arn`, `oidc_provider_arn`, `oidc_token_file_path`; the same two |
/// | `ecs_ram_role` | none; `role_name` |
/// | `rsa_key_pair` | `public_key_id`, `private_key_file` |
///
/// A `#` or `;` after white space begins a comment, as in the vendor's README; a `#` inside a value is a part
/// of it. A section without any of its keys, or with `enable = false`, is not configured. A section or a key
/// that occurs twice is an error.
///
/// ```
/// use cloudcall::{Alibaba, Client, provider::alibaba::credentials::ProfileFile};
///
/// let client = Client::<Alibaba>::builder()
///     .region("cn-hangzhou")
///     .credentials(ProfileFile::new().profile("work"))
///     .build()?;
/// # Ok::<(), cloudcall::Error>(())
/// ```
///
/// # Troubleshooting
///
/// *the section \[…\] has no `type`*: the section has keys, but does not say which kind they are. Add
/// `type = access_key`, for example.
///
/// *has no section \[default\]*: the file has other sections. Name one with `profile` or
/// `ALIBABA_CLOUD_PROFILE`.
#[doc(alias = "ProfileCredentialsProvider")]
#[derive(Debug, Clone, Default)]
pub struct ProfileFile {
    file: Option<PathBuf>,
    profile: Option<String>,
    sts_endpoint: Option<String>,
    transport: Option<Arc<dyn HttpSend>>,
}

/// The reason why a section of another type is refused.
const UNKNOWN_TYPE: &str = "has a `type` that is not known: use access_key, sts, bearer, ram_role_arn, oidc_role_arn, \
                            ecs_ram_role or rsa_key_pair";
/// The file below the home directory.
const DEFAULT_FILE: &str = ".alibabacloud/credentials.ini";
const FILE_VARIABLE: &str = "ALIBABA_CLOUD_CREDENTIALS_FILE";

impl ProfileFile {
    /// The file and the section that the environment names, or the usual ones.
    pub fn new() -> Self {
        Self::default()
    }

    provider_setters! {
        /// Reads this file, whatever the environment names.
        ///
        /// ```
        /// use cloudcall::provider::alibaba::credentials;
        ///
        /// let work = credentials::profile().file("/etc/keys/alibaba.ini").profile("work");
        /// ```
        file: path => file;

        /// Reads the section of this name, whatever the environment names. Default: `default`.
        profile: text => profile;

        /// Sends exchanges with STS to this endpoint. Default: the host of `ALIBABA_CLOUD_STS_ENDPOINT`, or
        /// the host in the region of `ALIBABA_CLOUD_STS_REGION`, or the host for all regions.
        sts_endpoint: text => sts_endpoint;

        /// Sends requests to STS and metadata, where the section needs them, through a transport of your own.
        transport: transport => transport;
    }

    /// The keys of a section, by its type. Exchanges use the settings of this provider.
    async fn keys(&self, context: &Context, section: &Section<'_>) -> Outcome {
        let keys =
            |id: String, secret: String| Credential::new(id, secret).map_err(|error| section.useless(&error));
        match section.kind()?.as_str() {
            "access_key" => {
                let [id, secret] = section.need(["access_key_id", "access_key_secret"])?;
                Ok(keys(id, secret)?)
            }
            "sts" => {
                let [id, secret, token] =
                    section.need(["access_key_id", "access_key_secret", "security_token"])?;
                Ok(keys(id, secret)?.with_token(token))
            }
            "bearer" => {
                let [token] = section.need(["bearer_token"])?;
                Ok(Credential::bearer(token).map_err(|error| section.useless(&error))?)
            }
            "ram_role_arn" => {
                let [id, secret, role] = section.need(["access_key_id", "access_key_secret", "role_arn"])?;
                let source = StaticCredentials::new(keys(id, secret)?);
                self.assumed(context, section, AssumeRole::new(source, role)).await
            }
            "oidc_role_arn" => {
                let [token, provider, role] =
                    section.need(["oidc_token_file_path", "oidc_provider_arn", "role_arn"])?;
                let token = TokenSource::File(token.into());
                self.exchanged_token(context, section, WebIdentity::new(provider, role, token)).await
            }
            "ecs_ram_role" => {
                let mut instance = InstanceRole::new();
                if let Some(role) = section.get("role_name") {
                    instance = instance.role(role);
                }
                if let Some(transport) = &self.transport {
                    instance = instance.transport(transport.clone());
                }
                expect_role(instance.provide(context).await)
            }
            "rsa_key_pair" => {
                let [id, key] = section.need(["public_key_id", "private_key_file"])?;
                let key = Path::new(&key);
                let SecretFile { bytes, watched } = file::open(context, NAME, key, Named::InCode)?;
                let text = std::str::from_utf8(&bytes).map_err(|_| broken(key, " is not PEM"))?;
                let mut pair = RsaKeyPair::new(id, text)
                    .map_err(|error| broken(key, &format!(" cannot be used: {}", error.message())))?;
                if let Some(endpoint) = &self.sts_endpoint {
                    pair = pair.endpoint(endpoint);
                }
                if let Some(transport) = &self.transport {
                    pair = pair.transport(transport.clone());
                }
                Ok(pair.provide(context).await?.with_file(watched))
            }
            // The value is not quoted: a secret may stand on the wrong line.
            _ => Err(section.broken(UNKNOWN_TYPE).into()),
        }
    }

    /// The keys of a role, with the optional members of the section.
    async fn assumed(&self, context: &Context, section: &Section<'_>, mut role: AssumeRole) -> Outcome {
        if let Some(name) = section.get("role_session_name") {
            role = role.session_name(name);
        }
        if let Some(policy) = section.get("policy") {
            role = role.policy(policy);
        }
        if let Some(endpoint) = &self.sts_endpoint {
            role = role.endpoint(endpoint);
        }
        if let Some(transport) = &self.transport {
            role = role.transport(transport.clone());
        }
        role.provide(context).await
    }

    /// The keys of a role for an OIDC token, with the optional members of the section.
    async fn exchanged_token(
        &self,
        context: &Context,
        section: &Section<'_>,
        mut web: WebIdentity,
    ) -> Outcome {
        if let Some(name) = section.get("role_session_name") {
            web = web.session_name(name);
        }
        if let Some(policy) = section.get("policy") {
            web = web.policy(policy);
        }
        if let Some(endpoint) = &self.sts_endpoint {
            web = web.endpoint(endpoint);
        }
        if let Some(transport) = &self.transport {
            web = web.transport(transport.clone());
        }
        web.provide(context).await
    }
}

type Outcome = Result<Credential, CredentialError>;

#[async_trait]
impl ProvideCredential for ProfileFile {
    fn name(&self) -> &'static str {
        NAME
    }

    async fn provide(&self, context: &Context) -> Result<Credential, CredentialError> {
        let named = file::named_profile(context, self.profile.as_ref(), PROFILE_VARIABLE);
        let keys = match find(context, self.file.as_deref(), named.0.as_deref().unwrap_or("default")) {
            Ok((section, watched)) => {
                let keys = self.keys(context, &section).await;
                keys.map(|keys| keys.with_source(NAME).with_file(watched))
            }
            Err(error) => Err(error),
        };
        expect_profile(context, NAME, named, ProfilesIn::CommandLineTool, keys)
    }
}

/// Finds a section, in the file that the program names, or in the one of the environment, or in the default.
fn find<'a>(
    context: &Context,
    file: Option<&Path>,
    name: &'a str,
) -> Result<(Section<'a>, WatchedFile), CredentialError> {
    let usual = || Some((context.env.home()?.join(DEFAULT_FILE), Named::Nowhere));
    let of_variable = || Some((given(context, FILE_VARIABLE)?.into(), Named::By(FILE_VARIABLE)));
    let of_code = file.map(|path| (path.to_owned(), Named::InCode));
    let Some((path, named)) = of_code.or_else(of_variable).or_else(usual) else {
        let reason = "there is no home directory to look in".to_owned();
        return Err(CredentialError::NotConfigured(reason));
    };
    let SecretFile { bytes, watched } = file::open(context, NAME, &path, named)?;
    match read_section(&path, &bytes, name, Comments::AfterValues)? {
        Some(pairs) => Ok((Section { path, name, pairs }, watched)),
        None => Err(CredentialError::NotConfigured(no_section(&path, &bytes, name))),
    }
}

/// Why the file of the environment, or the default one, does not have a section. None if it has it, or is
/// broken.
pub(super) fn why_without(context: &Context, name: &str) -> Option<String> {
    match find(context, None, name) {
        Err(CredentialError::NotConfigured(reason)) => Some(reason),
        _ => None,
    }
}

/// One section of the file.
struct Section<'a> {
    path: PathBuf,
    name: &'a str,
    pairs: Pairs,
}

impl Section<'_> {
    /// A value, if it is there and not empty.
    fn get(&self, name: &str) -> Option<String> {
        let found = self.pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
        found.filter(|value| !value.is_empty())
    }

    /// The type of the section. *Not configured* if the section is turned off or has no values.
    fn kind(&self) -> Result<String, CredentialError> {
        if self.get("enable").is_some_and(|on| on.eq_ignore_ascii_case("false")) {
            return Err(self.missing("has `enable = false`"));
        }
        let any = self.pairs.iter().any(|(_, value)| !value.is_empty());
        match self.get("type") {
            Some(kind) => Ok(kind),
            None if any => Err(self.broken("has no `type`").into()),
            None => Err(self.missing("is empty")),
        }
    }

    /// Values that a type must have. If all are missing or empty, the section is *not configured*, as in a
    /// file that was just made; if some are, that is an error.
    fn need<const N: usize>(&self, names: [&str; N]) -> Result<[String; N], CredentialError> {
        let values = names.map(|name| self.get(name));
        let missing = names.iter().zip(&values).find(|(_, value)| value.is_none()).map(|(name, _)| *name);
        let Some(missing) = missing else { return Ok(values.map(Option::unwrap_or_default)) };
        let what = format!("has no `{missing}`");
        match values.iter().all(Option::is_none) {
            true => Err(self.missing(&what)),
            false => Err(self.broken(&what).into()),
        }
    }

    /// The reason of a section that is not configured.
    fn missing(&self, what: &str) -> CredentialError {
        let name = self.name.escape_debug();
        CredentialError::NotConfigured(format!("{}: the section [{name}] {what}", file::shown(&self.path)))
    }

    /// The error of keys that were found but cannot be used, such as an id with a line break.
    fn useless(&self, error: &Error) -> Error {
        self.broken(&format!("cannot be used: {}", error.message()))
    }

    /// The error of this section: `profile: the file …: the section [default] has no …`.
    fn broken(&self, what: &str) -> Error {
        broken(&self.path, &format!(": the section [{}] {what}", self.name.escape_debug()))
    }
}

/// The error of a file.
fn broken(path: &Path, what: &str) -> Error {
    Error::new(ErrorKind::Credentials, format!("profile: the file {}{what}", file::shown(path)))
}
