//! Names of variables and files, and the order of the chain: `spec/alibaba.md`, section 6.

mod cli;
mod ecs;
mod oidc;
mod sts;
mod uri;

use std::path::{Path, PathBuf};

use async_trait::async_trait;
use secrecy::SecretString;

use crate::context::Context;
use crate::credential::file::{self, SecretFile};
use crate::credential::issued::Members;
use crate::credential::{
    Credential, CredentialChain, CredentialError, EnvCredentials, ProvideCredential, read_section,
};
use crate::error::{Error, ErrorKind};
use crate::transport::HttpSend;

pub use cli::CliProfile;
pub use ecs::EcsRamRole;
pub use oidc::OidcRole;
pub use sts::RamRole;
pub use uri::CredentialsUri;

/// Keys from `ALIBABA_CLOUD_ACCESS_KEY_ID` and `ALIBABA_CLOUD_ACCESS_KEY_SECRET`, and
/// `ALIBABA_CLOUD_SECURITY_TOKEN` for temporary ones.
pub fn environment() -> EnvCredentials {
    EnvCredentials::new(
        "ALIBABA_CLOUD_ACCESS_KEY_ID",
        "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
        "ALIBABA_CLOUD_SECURITY_TOKEN",
    )
}

/// Keys from `ALIYUN_ACCESS_KEY_ID` and `ALIYUN_ACCESS_KEY_SECRET`, the names of the older package. It knows no
/// variable for a token.
pub fn older_environment() -> EnvCredentials {
    EnvCredentials::new("ALIYUN_ACCESS_KEY_ID", "ALIYUN_ACCESS_KEY_SECRET", "")
}

/// Keys from the profile file: see [`ProfileFile`].
pub fn profile() -> ProfileFile {
    ProfileFile
}

/// Environment, the environment's older names, OIDC role, command line tool, profile file, ECS role,
/// credentials URI.
pub fn default_chain() -> CredentialChain {
    let keys = CredentialChain::new().then(environment()).then(older_environment());
    let files = keys.then(OidcRole::new()).then(CliProfile::new()).then(profile());
    files.then(EcsRamRole::new()).then(CredentialsUri::new())
}

/// The default chain, asking STS and the services of the machine through a transport of your own. It must not send
/// metadata requests through a proxy.
///
/// ```
/// use cloudcall::provider::alibaba::credentials::default_chain_over;
/// use cloudcall::{HttpOptions, Proxies, ReqwestTransport};
///
/// let direct = ReqwestTransport::new(&HttpOptions::builder().proxies(Proxies::None).build()?)?;
/// let chain = default_chain_over(direct);
/// # Ok::<(), cloudcall::Error>(())
/// ```
pub fn default_chain_over(transport: impl HttpSend + Clone + 'static) -> CredentialChain {
    CredentialChain::new()
        .then(environment())
        .then(older_environment())
        .then(OidcRole::new().transport(transport.clone()))
        .then(CliProfile::new().transport(transport.clone()))
        .then(profile())
        .then(EcsRamRole::new().transport(transport.clone()))
        .then(CredentialsUri::new().transport(transport))
}

/// The keys of an answer: those of all sources have the same members.
fn session_keys(provider: &'static str, answer: &mut serde_json::Value) -> Result<Credential, Error> {
    let members = Members {
        id: &["AccessKeyId"],
        secret: &["AccessKeySecret"],
        token: &["SecurityToken"],
        expiry: &["Expiration"],
    };
    members.take(provider, answer)
}

/// An RSA key pair: the id of the public key, and the private key as PEM or as base64 of its DER.
///
/// For [`SignMethod::Acs3RsaSha256`](super::SignMethod) and
/// [`Sha256WithRsa`](super::SignMethod). An error of kind `Credentials` if one is empty or, with the
/// cargo feature `rsa`, the private key cannot be read.
pub fn key_pair(public_key_id: impl Into<String>, private_key: &str) -> Result<Credential, Error> {
    let private_key = private_key.trim();
    #[cfg(feature = "rsa")]
    crate::sign::rsa::RsaKey::parse(private_key)?;
    Credential::new(public_key_id, SecretString::from(private_key))
}

/// Keys from `~/.alibabacloud/credentials.ini`, or the file that `ALIBABA_CLOUD_CREDENTIALS_FILE` names.
///
/// The section is the one that `ALIBABA_CLOUD_PROFILE` names, else `default`; its `type` must be `access_key`.
/// Values are taken literally: a `#` in a secret is a part of it.
#[derive(Debug, Clone, Copy)]
pub struct ProfileFile;

const DEFAULT_FILE: &str = ".alibabacloud/credentials.ini";
const FILE_VARIABLE: &str = "ALIBABA_CLOUD_CREDENTIALS_FILE";
const PROFILE_VARIABLE: &str = "ALIBABA_CLOUD_PROFILE";

#[async_trait]
impl ProvideCredential for ProfileFile {
    fn name(&self) -> &'static str {
        "profile"
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
                return Err(CredentialError::NotConfigured(format!("no file at {}", path.display())));
            }
            Err(error) => {
                let source = if chosen { format!(", which {FILE_VARIABLE} names,") } else { String::new() };
                return Err(broken(&path, &format!("{source} cannot be read")).with_source(error).into());
            }
        };
        parse(&path, &bytes, &given(PROFILE_VARIABLE).unwrap_or_else(|| "default".to_owned()))
            .map(|credential| credential.with_file(watched))
    }
}

fn parse(path: &Path, bytes: &[u8], section: &str) -> Result<Credential, CredentialError> {
    let Some(pairs) = read_section(path, bytes, section)? else {
        let reason = format!("{} has no section [{}]", path.display(), section.escape_debug());
        return Err(CredentialError::NotConfigured(reason));
    };
    let value = |name: &str| {
        let found = pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
        found.filter(|value| !value.is_empty())
    };
    let shown = section.escape_debug();
    match value("type").as_deref() {
        Some("access_key") => {}
        Some(other) => {
            let what =
                format!(" has the type `{}` in [{shown}]: only `access_key` is read", other.escape_debug());
            return Err(broken(path, &what).into());
        }
        None => return Err(broken(path, &format!(" has no `type` in [{shown}]: write `access_key`")).into()),
    }
    let need = |name: &str| {
        value(name)
            .ok_or_else(|| CredentialError::from(broken(path, &format!(" has no `{name}` in [{shown}]"))))
    };
    let credential = Credential::new(need("access_key_id")?, need("access_key_secret")?)
        .map_err(|error| broken(path, &format!(" is no use: {}", error.message())))?;
    Ok(credential.with_source("profile"))
}

fn broken(path: &Path, what: &str) -> Error {
    Error::new(ErrorKind::Credentials, format!("profile: the file {}{what}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use secrecy::ExposeSecret;

    fn read(text: &str, section: &str) -> Result<Credential, CredentialError> {
        parse(Path::new("/f"), text.as_bytes(), section)
    }

    #[test]
    fn a_section_gives_its_keys() {
        let text = "[default]\ntype = access_key\naccess_key_id = a\naccess_key_secret = b#c\n[x]\ntype=ecs_ram_role\n";
        let keys = read(text, "default").unwrap();
        assert_eq!((keys.id(), keys.secret().expose_secret()), ("a", "b#c"));
        assert!(
            matches!(read(text, "y"), Err(CredentialError::NotConfigured(reason)) if reason.contains("[y]"))
        );
        assert!(
            matches!(read(text, "x"), Err(CredentialError::Broken(error)) if error.message().contains("ecs_ram_role"))
        );
        for half in ["[default]\n", "[default]\ntype=access_key\naccess_key_id=a\n"] {
            assert!(matches!(read(half, "default"), Err(CredentialError::Broken(_))), "{half}");
        }
    }

    #[test]
    fn a_key_pair_is_trimmed() {
        assert!(key_pair("pk", "").is_err());
        #[cfg(feature = "rsa")]
        assert!(key_pair("pk", "bm8ga2V5").unwrap_err().message().contains("RSA"));
    }
}
