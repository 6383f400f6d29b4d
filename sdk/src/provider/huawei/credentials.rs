//! Names of variables and files, and the order of the chain: `docs/sources.md`, Huawei Cloud, 3.5.

mod federation;
mod machine;
mod oidc;
mod scoped;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use async_trait::async_trait;
use serde_json::Value;

use crate::call::setters::provider_setters;
use crate::context::Context;
use crate::credential::file::{self, Named, SecretFile};
use crate::credential::issued::Members;
use crate::credential::{
    Comments, Credential, CredentialChain, CredentialError, EnvCredentials, Probe, ProvideCredential,
    TokenSource, read_section,
};
use crate::error::Error;
use crate::transport::HttpSend;

pub use federation::Federation;
pub use machine::{InstanceMetadata, PodIdentity};
pub use oidc::{OidcAgency, OidcEnvironment};
pub use scoped::Scoped;

const PROJECT_VARIABLE: &str = "HUAWEICLOUD_SDK_PROJECT_ID";
const DOMAIN_VARIABLE: &str = "HUAWEICLOUD_SDK_DOMAIN_ID";
const FILE_VARIABLE: &str = "HUAWEICLOUD_SDK_CREDENTIALS_FILE";

const IAM_VARIABLE: &str = "HUAWEICLOUD_SDK_IAM_ENDPOINT";
const STS_VARIABLE: &str = "HUAWEICLOUD_SDK_STS_ENDPOINT";
const IDP_VARIABLE: &str = "HUAWEICLOUD_SDK_IDP_ID";
const ID_TOKEN_VARIABLE: &str = "HUAWEICLOUD_SDK_ID_TOKEN_FILE";

/// The regions that have an STS.
const STS_REGIONS: [&str; 12] = [
    "af-south-1",
    "ap-southeast-1",
    "ap-southeast-2",
    "ap-southeast-3",
    "ap-southeast-4",
    "cn-east-3",
    "cn-north-4",
    "cn-south-1",
    "cn-southwest-2",
    "la-south-2",
    "sa-brazil-1",
    "tr-west-1",
];

/// The environment's keys: see [`Environment`].
pub fn environment() -> Environment {
    Environment {
        keys: EnvCredentials::new(
            "HUAWEICLOUD_SDK_AK",
            "HUAWEICLOUD_SDK_SK",
            "HUAWEICLOUD_SDK_SECURITY_TOKEN",
        ),
        transport: None,
    }
}

/// The profile file's keys: see [`Profile`].
pub fn profile() -> Profile {
    Profile { file: None, section: None, transport: None }
}

/// OIDC agency, environment, profile file, instance metadata, pod identity.
///
/// A source that is set up but broken ends the chain with its reason. Instance metadata counts as set up once it gave keys; until
/// then whatever the metadata service answers only means that it is not there. A machine without such a service costs the chain
/// about 1 s, once.
pub fn default_chain() -> CredentialChain {
    let keys = CredentialChain::new().then(OidcEnvironment::new()).then(environment()).then(profile());
    keys.then(Probe::new(InstanceMetadata::new())).then(PodIdentity::new())
}

/// The default chain, asking IAM, STS and the services of the machine through a transport of your own. It must not send
/// metadata requests through a proxy.
///
/// ```
/// use cloudcall::provider::huawei::credentials::default_chain_over;
/// use cloudcall::client::{HttpOptions, Proxies};
/// use cloudcall::transport::ReqwestTransport;
///
/// let direct = ReqwestTransport::new(&HttpOptions::builder().proxies(Proxies::None).build()?)?;
/// let chain = default_chain_over(direct);
/// # Ok::<(), cloudcall::Error>(())
/// ```
pub fn default_chain_over(transport: impl HttpSend + Clone + 'static) -> CredentialChain {
    CredentialChain::new()
        .then(OidcEnvironment::new().transport(transport.clone()))
        .then(environment().transport(transport.clone()))
        .then(profile().transport(transport.clone()))
        .then(Probe::new(InstanceMetadata::new().transport(transport.clone())))
        .then(PodIdentity::new().transport(transport))
}

/// Keys from `HUAWEICLOUD_SDK_AK` and `HUAWEICLOUD_SDK_SK`, `HUAWEICLOUD_SDK_SECURITY_TOKEN` for temporary ones, and
/// the ids of `HUAWEICLOUD_SDK_PROJECT_ID` and `HUAWEICLOUD_SDK_DOMAIN_ID`.
///
/// `HUAWEICLOUD_SDK_IDP_ID` and `HUAWEICLOUD_SDK_ID_TOKEN_FILE`, when both are set, go before the keys: then it is
/// [`Federation`].
#[derive(Debug, Clone)]
pub struct Environment {
    keys: EnvCredentials,
    transport: Option<Arc<dyn HttpSend>>,
}

impl Environment {
    provider_setters! {
        /// Asks IAM, where federation needs it, through a transport of your own.
        transport: transport => transport;
    }
}

#[async_trait]
impl ProvideCredential for Environment {
    fn name(&self) -> &'static str {
        self.keys.name()
    }

    async fn provide(&self, context: &Context) -> Result<Credential, CredentialError> {
        let given = |name: &str| context.env.var(name).filter(|value| !value.is_empty());
        // Half an identity provider is none, as for the vendor's SDK; half a key pair is an error of `keys`.
        let half = |set: &str, missing: &str| {
            CredentialError::NotConfigured(format!(
                "{set} is set, but {missing} is not: set both, or neither"
            ))
        };
        let keys = match (given(IDP_VARIABLE), given(ID_TOKEN_VARIABLE)) {
            (Some(idp), Some(file)) => federated(context, &self.transport, idp, file, None).await?,
            (idp, file) => match self.keys.provide(context).await {
                // The vendor's SDK takes the keys too when there is only half of the other thing.
                Err(CredentialError::NotConfigured(_)) if idp.is_some() => {
                    return Err(half(IDP_VARIABLE, ID_TOKEN_VARIABLE));
                }
                Err(CredentialError::NotConfigured(_)) if file.is_some() => {
                    return Err(half(ID_TOKEN_VARIABLE, IDP_VARIABLE));
                }
                given => given?,
            },
        };
        Ok(scoped(context, keys))
    }
}

/// The keys of [`Federation`], as a variable or a section names it.
async fn federated(
    context: &Context,
    transport: &Option<Arc<dyn HttpSend>>,
    idp_id: String,
    token_file: String,
    iam_endpoint: Option<&str>,
) -> Result<Credential, CredentialError> {
    let mut federation = Federation::new(idp_id, TokenSource::File(token_file.into()));
    if let Some(endpoint) = iam_endpoint {
        federation = federation.endpoint(endpoint);
    }
    if let Some(transport) = transport {
        federation = federation.transport(transport.clone());
    }
    federation.provide(context).await
}

/// The IAM that the credential or the environment names; empty where its place is the region's business.
pub(super) fn iam_host(context: &Context, credential: Option<&Credential>) -> String {
    let own = credential.and_then(Credential::iam_endpoint).map(str::to_owned);
    own.or_else(|| context.env.var(IAM_VARIABLE)).unwrap_or_default()
}

/// The STS that the environment names, or that the region has.
pub(super) fn sts_host(context: &Context, region: Option<&str>) -> String {
    let own = context.env.var(STS_VARIABLE).filter(|endpoint| !endpoint.is_empty());
    own.unwrap_or_else(|| {
        let region = region.filter(|region| STS_REGIONS.contains(region)).unwrap_or("cn-north-4");
        format!("sts.{region}.myhuaweicloud.com")
    })
}

/// Adds the ids of the environment.
fn scoped(context: &Context, keys: Credential) -> Credential {
    let id = |name: &str| context.env.var(name).filter(|id| !id.is_empty());
    with_scope(keys, id(PROJECT_VARIABLE), id(DOMAIN_VARIABLE))
}

/// The keys of an answer: the object itself, or its member `credential` or `credentials`.
fn take(provider: &'static str, mut answer: Value) -> Result<Credential, Error> {
    let wrapper =
        ["credential", "credentials"].into_iter().find(|name| answer.get(name).is_some_and(Value::is_object));
    let mut keys = match wrapper {
        Some(name) => answer.get_mut(name).map(Value::take).unwrap_or_default(),
        None => answer,
    };
    let members = Members {
        id: &["access", "accessKeyId", "access_key_id"],
        secret: &["secret", "secretAccessKey", "secret_access_key"],
        token: &["securitytoken", "securityToken", "security_token"],
        expiry: &["expires_at", "expiration"],
    };
    members.take(provider, &mut keys)
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

/// Keys from sections `[basic]` and `[global]` of the file that `HUAWEICLOUD_SDK_CREDENTIALS_FILE` names, else of
/// `~/.huaweicloud/credentials`.
///
/// The vendor keeps keys for projects and for the account in two sections. Calls of the account, such as those of IAM, are signed
/// with the keys of `[global]`, all others with those of `[basic]`. If there is one of both alone, or if
/// [`section`](Profile::section) names one, it signs all calls. A section has `ak`, `sk` and `security_token`, or
/// `idp_id` and `id_token_file`, which make it [`Federation`] and go before keys; and `project_id`, `domain_id` and
/// `iam_endpoint`.
#[derive(Debug, Clone)]
pub struct Profile {
    file: Option<PathBuf>,
    section: Option<String>,
    transport: Option<Arc<dyn HttpSend>>,
}

impl Profile {
    provider_setters! {
        /// Reads this file, whatever the environment names.
        file: path => file;

        /// Reads this section and no other: `global` for the account's keys where the file has other ones for projects, or
        /// one of a name of your own.
        ///
        /// ```
        /// use cloudcall::provider::huawei::{Scope, credentials};
        /// use cloudcall::{Client, Huawei};
        ///
        /// let client = Client::<Huawei>::builder()
        ///     .region("cn-north-4")
        ///     .credentials(credentials::profile().section("global"))
        ///     .scope(Scope::Account)
        ///     .build()?;
        /// # Ok::<(), cloudcall::Error>(())
        /// ```
        section: text => section;

        /// Asks IAM, where federation needs it, through a transport of your own.
        transport: transport => transport;
    }

    async fn keys(&self, context: &Context, section: Section) -> Result<Credential, CredentialError> {
        let keys = match section.origin {
            Origin::Keys(keys) => keys,
            Origin::Federation { idp_id, token_file } => {
                let iam = section.iam_endpoint.as_deref();
                federated(context, &self.transport, idp_id, token_file, iam).await?
            }
        };
        let keys = with_scope(keys, section.project_id, section.domain_id);
        Ok(match section.iam_endpoint {
            Some(endpoint) => keys.with_iam_endpoint(endpoint),
            None => keys,
        })
    }
}

#[async_trait]
impl ProvideCredential for Profile {
    fn name(&self) -> &'static str {
        "profile"
    }

    async fn provide(&self, context: &Context) -> Result<Credential, CredentialError> {
        let usual = || Some((context.env.home()?.join(".huaweicloud/credentials"), Named::Nowhere));
        let of_variable = || {
            let path = context.env.var(FILE_VARIABLE).filter(|path| !path.is_empty())?;
            Some((path.into(), Named::By(FILE_VARIABLE)))
        };
        let of_code = self.file.clone().map(|path| (path, Named::InCode));
        let Some((path, named)) = of_code.or_else(of_variable).or_else(usual) else {
            return Err(CredentialError::NotConfigured("there is no home directory to look in".to_owned()));
        };
        let SecretFile { bytes, watched } = file::open(context, NAME, &path, named)?;
        let (first, second) = match &self.section {
            Some(name) => (section(&path, &bytes, name)?, None),
            None => (section(&path, &bytes, "basic")?, section(&path, &bytes, "global")?),
        };
        let (found, account) = match (first, second) {
            (Some(mut basic), Some(global)) if basic.origin.is_that_of(&global.origin) => {
                basic.domain_id = basic.domain_id.or(global.domain_id);
                (basic, None)
            }
            (Some(basic), Some(global)) => (basic, Some(global)),
            (Some(one), None) | (None, Some(one)) => (one, None),
            (None, None) => {
                let sections = self.section.as_deref().unwrap_or("basic] or [global");
                let reason = format!("{} has no `ak` and `sk` in [{sections}]", file::shown(&path));
                return Err(CredentialError::NotConfigured(reason));
            }
        };
        let mut keys = self.keys(context, found).await?;
        if let Some(account) = account {
            keys = keys.with_account_keys(self.keys(context, account).await?);
        }
        Ok(keys.with_file(watched))
    }
}

const NAME: &str = "profile";

fn broken(path: &Path, what: &str) -> Error {
    file::broken(NAME, path, what)
}

/// What one section says.
struct Section {
    origin: Origin,
    project_id: Option<String>,
    domain_id: Option<String>,
    iam_endpoint: Option<String>,
}

enum Origin {
    Keys(Credential),
    Federation { idp_id: String, token_file: String },
}

impl Origin {
    fn is_that_of(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Keys(one), Self::Keys(two)) => one.id() == two.id(),
            (Self::Federation { idp_id: one, .. }, Self::Federation { idp_id: two, .. }) => one == two,
            _ => false,
        }
    }
}

/// One section; none if it is missing or names neither keys nor an identity provider.
fn section(path: &Path, bytes: &[u8], name: &str) -> Result<Option<Section>, Error> {
    let Some(pairs) = read_section(path, bytes, name, Comments::Lines)? else { return Ok(None) };
    // The vendor's reader takes `%%` for `%`, so files have it.
    let get = |key: &str| {
        let found = pairs.iter().find(|(known, _)| known == key).map(|(_, value)| value.replace("%%", "%"));
        found.filter(|value| !value.is_empty())
    };
    let half =
        |set: &str, missing: &str| Err(broken(path, &format!("has `{set}` in [{name}] but no `{missing}`")));
    let origin = match (get("idp_id"), get("id_token_file"), get("ak"), get("sk")) {
        (Some(idp_id), Some(token_file), ..) => Origin::Federation { idp_id, token_file },
        (_, _, Some(id), Some(secret)) => {
            let keys = Credential::new(id, secret)
                .map_err(|error| broken(path, &format!("is no use: {}", error.message())))?
                .with_source("profile");
            Origin::Keys(match get("security_token") {
                Some(token) => keys.with_token(token),
                None => keys,
            })
        }
        (_, _, Some(_), None) => return half("ak", "sk"),
        (_, _, None, Some(_)) => return half("sk", "ak"),
        (Some(_), None, ..) => return half("idp_id", "id_token_file"),
        (None, Some(_), ..) => return half("id_token_file", "idp_id"),
        (None, None, None, None) => return Ok(None),
    };
    Ok(Some(Section {
        origin,
        project_id: get("project_id"),
        // The vendor's guide has `domainId` in an example.
        domain_id: get("domain_id").or_else(|| get("domainid")),
        iam_endpoint: get("iam_endpoint"),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use secrecy::ExposeSecret;

    fn read(text: &str, name: &str) -> Result<Option<Section>, Error> {
        section(Path::new("/c"), text.as_bytes(), name)
    }

    #[test]
    fn a_section_is_read_with_its_ids() {
        let text =
            "[basic]\nAK = a\nsk = x%%y%z\nsecurity_token=t\nproject_id: p\n[global]\nak=a\n[f]\nidp_id=i\n";
        let found = read(text, "basic").unwrap().unwrap();
        assert_eq!((found.project_id.as_deref(), found.domain_id), (Some("p"), None));
        let Origin::Keys(keys) = found.origin else { panic!("no keys") };
        assert_eq!((keys.id(), keys.secret().expose_secret()), ("a", "x%y%z"));
        assert!(keys.token().is_some());
        for (name, missing) in [("global", "no `sk`"), ("f", "no `id_token_file`")] {
            assert!(read(text, name).err().unwrap().message().contains(missing), "{name}");
        }
        assert!(read(text, "other").unwrap().is_none());
    }

    #[test]
    fn both_spellings_of_the_guide_name_the_account() {
        let of = |name: &str| format!("[global]\nidp_id=i\nid_token_file=/t\n{name} = d\n");
        for name in ["domain_id", "domainId"] {
            let found = read(&of(name), "global").unwrap().unwrap();
            assert_eq!(found.domain_id.as_deref(), Some("d"), "{name}");
        }
    }

    #[test]
    fn sts_is_near_where_the_region_has_one() {
        let context = Context::system();
        assert_eq!(sts_host(&context, Some("cn-east-3")), "sts.cn-east-3.myhuaweicloud.com");
        assert_eq!(sts_host(&context, Some("cn-north-1")), "sts.cn-north-4.myhuaweicloud.com");
    }
}
