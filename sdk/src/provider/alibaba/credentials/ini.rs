//! The profile file: `docs/sources.md`, Alibaba Cloud, 6.5.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use async_trait::async_trait;

use super::{EcsRamRole, RamRole, RsaKeyPair};
use crate::call::setters::provider_setters;
use crate::context::Context;
use crate::credential::file::{self, SecretFile};
use crate::credential::{
    Credential, CredentialError, ProvideCredential, StaticCredentials, TokenSource, read_section,
};
use crate::error::{Error, ErrorKind};
use crate::transport::HttpSend;

const NAME: &str = "profile";

/// Keys from `~/.alibabacloud/credentials.ini`, or the file that `ALIBABA_CLOUD_CREDENTIALS_FILE` names.
///
/// The section is the one that `ALIBABA_CLOUD_PROFILE` names, else `default`. Its `type` says what else it has:
///
/// | `type` | keys, and those that may be missing |
/// | --- | --- |
/// | `access_key` | `access_key_id`, `access_key_secret` |
/// | `sts` | `access_key_id`, `access_key_secret`, `security_token` |
/// | `bearer` | `bearer_token` |
/// | `ram_role_arn` | `access_key_id`, `access_key_secret`, `role_arn`; `role_session_name`, `policy` |
/// | `oidc_role_arn` | `role_arn`, `oidc_provider_arn`, `oidc_token_file_path`; `role_session_name`, `policy` |
/// | `ecs_ram_role` | none; `role_name` |
/// | `rsa_key_pair` | `public_key_id`, `private_key_file` |
///
/// Values are taken literally: a `#` in a secret is a part of it.
#[derive(Debug, Clone, Default)]
pub struct ProfileFile {
    transport: Option<Arc<dyn HttpSend>>,
}

const UNKNOWN_TYPE: &str = "has a `type` that is not known: use access_key, sts, bearer, ram_role_arn, oidc_role_arn, \
                            ecs_ram_role or rsa_key_pair";
const DEFAULT_FILE: &str = ".alibabacloud/credentials.ini";
const FILE_VARIABLE: &str = "ALIBABA_CLOUD_CREDENTIALS_FILE";
const PROFILE_VARIABLE: &str = "ALIBABA_CLOUD_PROFILE";

impl ProfileFile {
    /// The file and the section that the environment names, or the usual ones.
    pub fn new() -> Self {
        Self::default()
    }

    provider_setters! {
        /// Asks STS and metadata, where the section needs them, through a transport of your own.
        transport: transport => transport;
    }

    async fn keys(&self, context: &Context, section: &Section<'_>) -> Outcome {
        match section.need("type")?.as_str() {
            "access_key" => Ok(section.keys()?),
            "sts" => Ok(section.keys()?.with_token(section.need("security_token")?)),
            "bearer" => {
                let token = Credential::bearer(section.need("bearer_token")?);
                Ok(token.map_err(|error| section.useless(&error))?)
            }
            "ram_role_arn" => {
                let source = StaticCredentials::new(section.keys()?);
                self.role(context, section, RamRole::assume(source, section.need("role_arn")?)).await
            }
            "oidc_role_arn" => {
                let token = TokenSource::File(section.need("oidc_token_file_path")?.into());
                let (provider, role) = (section.need("oidc_provider_arn")?, section.need("role_arn")?);
                self.role(context, section, RamRole::oidc(provider, role, token)).await
            }
            "ecs_ram_role" => {
                let mut ecs = EcsRamRole::new();
                if let Some(role) = section.get("role_name") {
                    ecs = ecs.role(role);
                }
                if let Some(transport) = &self.transport {
                    ecs = ecs.transport(transport.clone());
                }
                ecs.provide(context).await
            }
            "rsa_key_pair" => {
                let (id, key) = (section.need("public_key_id")?, section.need("private_key_file")?);
                let key = Path::new(&key);
                let SecretFile { bytes, watched } = file::read(context, key)
                    .map_err(|error| broken(key, " cannot be read").with_source(error))?;
                let text = std::str::from_utf8(&bytes).map_err(|_| broken(key, " is not PEM"))?;
                let mut pair = RsaKeyPair::new(id, text)
                    .map_err(|error| broken(key, &format!(" is no use: {}", error.message())))?;
                if let Some(transport) = &self.transport {
                    pair = pair.transport(transport.clone());
                }
                Ok(pair.provide(context).await?.with_file(watched))
            }
            // The value is not quoted: a secret may stand on the wrong line.
            _ => Err(section.broken(UNKNOWN_TYPE).into()),
        }
    }

    async fn role(&self, context: &Context, section: &Section<'_>, mut role: RamRole) -> Outcome {
        if let Some(name) = section.get("role_session_name") {
            role = role.session_name(name);
        }
        if let Some(policy) = section.get("policy") {
            role = role.policy(policy);
        }
        if let Some(transport) = &self.transport {
            role = role.transport(transport.clone());
        }
        role.provide(context).await
    }
}

type Outcome = Result<Credential, CredentialError>;

#[async_trait]
impl ProvideCredential for ProfileFile {
    fn name(&self) -> &'static str {
        NAME
    }

    async fn provide(&self, context: &Context) -> Result<Credential, CredentialError> {
        let given = |name| context.env.var(name).filter(|value| !value.is_empty());
        let named = given(FILE_VARIABLE).map(PathBuf::from);
        let chosen = named.is_some();
        let Some(path) = named.or_else(|| context.env.home().map(|home| home.join(DEFAULT_FILE))) else {
            let reason = "there is no home directory to look in".to_owned();
            return Err(CredentialError::NotConfigured(reason));
        };
        let SecretFile { bytes, watched } = match file::read(context, &path) {
            Ok(file) => file,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && !chosen => {
                return Err(CredentialError::NotConfigured(format!("no file at {}", file::shown(&path))));
            }
            Err(error) => {
                let source = if chosen { format!(", which {FILE_VARIABLE} names,") } else { String::new() };
                return Err(broken(&path, &format!("{source} cannot be read")).with_source(error).into());
            }
        };
        let name = given(PROFILE_VARIABLE).unwrap_or_else(|| "default".to_owned());
        let section = Section::read(&path, &bytes, &name)?;
        let keys = self.keys(context, &section).await?;
        Ok(keys.with_source(NAME).with_file(watched))
    }
}

/// One section of the file.
struct Section<'a> {
    path: &'a Path,
    name: &'a str,
    pairs: Vec<(String, String)>,
}

impl<'a> Section<'a> {
    fn read(path: &'a Path, bytes: &[u8], name: &'a str) -> Result<Self, CredentialError> {
        match read_section(path, bytes, name)? {
            Some(pairs) => Ok(Self { path, name, pairs }),
            None => {
                let reason = format!("{} has no section [{}]", file::shown(path), name.escape_debug());
                Err(CredentialError::NotConfigured(reason))
            }
        }
    }

    fn get(&self, name: &str) -> Option<String> {
        let found = self.pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
        found.filter(|value| !value.is_empty())
    }

    fn need(&self, name: &str) -> Result<String, Error> {
        self.get(name).ok_or_else(|| self.broken(&format!("has no `{name}`")))
    }

    fn keys(&self) -> Result<Credential, Error> {
        Credential::new(self.need("access_key_id")?, self.need("access_key_secret")?)
            .map_err(|error| self.useless(&error))
    }

    fn useless(&self, error: &Error) -> Error {
        self.broken(&format!("is no use: {}", error.message()))
    }

    fn broken(&self, what: &str) -> Error {
        broken(self.path, &format!(": the section [{}] {what}", self.name.escape_debug()))
    }
}

fn broken(path: &Path, what: &str) -> Error {
    Error::new(ErrorKind::Credentials, format!("profile: the file {}{what}", file::shown(path)))
}
