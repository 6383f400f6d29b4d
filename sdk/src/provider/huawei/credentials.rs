//! Names of variables and files, and the order of the chain: `spec/huawei.md`, section 3.5.

mod machine;

use std::path::{Path, PathBuf};

use async_trait::async_trait;

use crate::context::Context;
use crate::credential::file::{self, SecretFile};
use crate::credential::{
    Credential, CredentialChain, CredentialError, EnvCredentials, ProvideCredential, read_section,
};
use crate::error::Error;
use crate::transport::HttpSend;

pub use machine::{InstanceMetadata, PodIdentity};

const PROJECT_VARIABLE: &str = "HUAWEICLOUD_SDK_PROJECT_ID";
const DOMAIN_VARIABLE: &str = "HUAWEICLOUD_SDK_DOMAIN_ID";
const FILE_VARIABLE: &str = "HUAWEICLOUD_SDK_CREDENTIALS_FILE";

/// Keys from `HUAWEICLOUD_SDK_AK` and `HUAWEICLOUD_SDK_SK`, `HUAWEICLOUD_SDK_SECURITY_TOKEN` for temporary ones, and
/// the ids of `HUAWEICLOUD_SDK_PROJECT_ID` and `HUAWEICLOUD_SDK_DOMAIN_ID`.
pub fn environment() -> Environment {
    Environment(EnvCredentials::new(
        "HUAWEICLOUD_SDK_AK",
        "HUAWEICLOUD_SDK_SK",
        "HUAWEICLOUD_SDK_SECURITY_TOKEN",
    ))
}

/// Keys and ids from section `[basic]`, else `[global]`, of the file that `HUAWEICLOUD_SDK_CREDENTIALS_FILE` names,
/// else of `~/.huaweicloud/credentials`.
pub fn profile() -> Profile {
    Profile(())
}

/// Environment, profile file, instance metadata, pod identity.
pub fn default_chain() -> CredentialChain {
    let keys = CredentialChain::new().then(environment()).then(profile());
    keys.then(InstanceMetadata::new()).then(PodIdentity::new())
}

/// The default chain, asking the services of the machine through a transport of your own. It must not use a proxy.
///
/// ```
/// use cloudcall::provider::huawei::credentials::default_chain_over;
/// use cloudcall::{HttpOptions, Proxies, ReqwestTransport};
///
/// let direct = ReqwestTransport::new(&HttpOptions::builder().proxies(Proxies::None).build()?)?;
/// let chain = default_chain_over(direct);
/// # Ok::<(), cloudcall::Error>(())
/// ```
pub fn default_chain_over(transport: impl HttpSend + Clone + 'static) -> CredentialChain {
    let keys = CredentialChain::new().then(environment()).then(profile());
    keys.then(InstanceMetadata::new().transport(transport.clone()))
        .then(PodIdentity::new().transport(transport))
}

/// See [`environment`].
#[derive(Debug, Clone)]
pub struct Environment(EnvCredentials);

#[async_trait]
impl ProvideCredential for Environment {
    fn name(&self) -> &'static str {
        self.0.name()
    }

    async fn provide(&self, context: &Context) -> Result<Credential, CredentialError> {
        let keys = self.0.provide(context).await?;
        let id = |name: &str| context.env.var(name).filter(|id| !id.is_empty());
        Ok(with_scope(keys, id(PROJECT_VARIABLE), id(DOMAIN_VARIABLE)))
    }
}

fn with_scope(mut keys: Credential, project: Option<String>, domain: Option<String>) -> Credential {
    if let Some(id) = project {
        keys = keys.with_project_id(id);
    }
    if let Some(id) = domain {
        keys = keys.with_domain_id(id);
    }
    keys
}

/// See [`profile`].
///
/// The vendor keeps keys for projects and for the account in two sections. When both hold the same keys, one
/// credential serves both kinds of services.
#[derive(Debug, Clone)]
pub struct Profile(());

#[async_trait]
impl ProvideCredential for Profile {
    fn name(&self) -> &'static str {
        "profile"
    }

    async fn provide(&self, context: &Context) -> Result<Credential, CredentialError> {
        let named = context.env.var(FILE_VARIABLE).filter(|path| !path.is_empty()).map(PathBuf::from);
        let Some(path) = named.or_else(|| Some(context.env.home()?.join(".huaweicloud/credentials"))) else {
            return Err(CredentialError::NotConfigured("there is no home directory to look in".to_owned()));
        };
        let SecretFile { bytes, watched } = match file::read(context, &path) {
            Ok(file) => file,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(CredentialError::NotConfigured(format!("no file at {}", path.display())));
            }
            Err(error) => return Err(broken(&path, "cannot be read").with_source(error).into()),
        };
        let (basic, global) = (section(&path, &bytes, "basic")?, section(&path, &bytes, "global")?);
        match (basic, global) {
            (Some(basic), Some(global)) => {
                let keys = match (basic.id() == global.id(), global.domain_id()) {
                    (true, Some(id)) if basic.domain_id().is_none() => basic.with_domain_id(id),
                    _ => basic,
                };
                Ok(keys.with_file(watched))
            }
            (Some(one), None) | (None, Some(one)) => Ok(one.with_file(watched)),
            (None, None) => {
                let reason = format!("{} has no `ak` and `sk` in [basic] or [global]", path.display());
                Err(CredentialError::NotConfigured(reason))
            }
        }
    }
}

fn broken(path: &Path, what: &str) -> Error {
    file::broken("profile", path, what)
}

/// The credential of one section; none if the section or both keys are missing.
fn section(path: &Path, bytes: &[u8], name: &str) -> Result<Option<Credential>, Error> {
    let Some(pairs) = read_section(path, bytes, name)? else { return Ok(None) };
    // The vendor's reader takes `%%` for `%`, so files have it.
    let get = |key: &str| {
        let found = pairs.iter().find(|(known, _)| known == key).map(|(_, value)| value.replace("%%", "%"));
        found.filter(|value| !value.is_empty())
    };
    let (id, secret) = match (get("ak"), get("sk")) {
        (Some(id), Some(secret)) => (id, secret),
        (None, None) => return Ok(None),
        (Some(_), None) => return Err(broken(path, &format!("has `ak` in [{name}] but no `sk`"))),
        (None, Some(_)) => return Err(broken(path, &format!("has `sk` in [{name}] but no `ak`"))),
    };
    let mut keys = Credential::new(id, secret)
        .map_err(|error| broken(path, &format!("is no use: {}", error.message())))?
        .with_source("profile");
    if let Some(token) = get("security_token") {
        keys = keys.with_token(token);
    }
    Ok(Some(with_scope(keys, get("project_id"), get("domain_id"))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use secrecy::ExposeSecret;

    fn read(text: &str, name: &str) -> Result<Option<Credential>, Error> {
        section(Path::new("/c"), text.as_bytes(), name)
    }

    #[test]
    fn a_section_is_read_with_its_ids() {
        let text = "[basic]\nAK = a\nsk = x%%y%z\nsecurity_token=t\nproject_id: p\n[global]\nak=a\n";
        let keys = read(text, "basic").unwrap().unwrap();
        assert_eq!((keys.id(), keys.project_id(), keys.domain_id()), ("a", Some("p"), None));
        assert_eq!(keys.secret().expose_secret(), "x%y%z");
        assert!(keys.token().is_some());
        assert!(read(text, "global").unwrap_err().message().contains("no `sk`"));
        assert!(read(text, "other").unwrap().is_none());
    }
}
