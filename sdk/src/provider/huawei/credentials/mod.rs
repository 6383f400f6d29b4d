//! Sources of keys for Huawei Cloud: names of variables and files, and the order of the chain, as in
//! `docs/sources.md`, Huawei Cloud, 3.5.

mod env_keys;
mod federation;
mod instance_role;
mod pod_identity;
mod profile_file;
mod scoped;
mod web_identity;

use std::sync::Arc;

use serde_json::Value;

use crate::context::Context;
use crate::credential::issued::Members;
use crate::credential::{
    Credential, CredentialChain, CredentialError, Probe, ProvideCredential, TokenSource, given,
};
use crate::error::Error;
use crate::transport::HttpSend;

pub use env_keys::EnvKeys;
pub use federation::Federation;
pub use instance_role::InstanceRole;
pub use pod_identity::PodIdentity;
pub use profile_file::ProfileFile;
pub use scoped::Scoped;
pub use web_identity::WebIdentity;

const PROJECT_VARIABLE: &str = "HUAWEICLOUD_SDK_PROJECT_ID";
const DOMAIN_VARIABLE: &str = "HUAWEICLOUD_SDK_DOMAIN_ID";

const IAM_VARIABLE: &str = "HUAWEICLOUD_SDK_IAM_ENDPOINT";
const STS_VARIABLE: &str = "HUAWEICLOUD_SDK_STS_ENDPOINT";

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

/// Keys from the environment: see [`EnvKeys`].
pub fn environment() -> EnvKeys {
    EnvKeys::new()
}

/// Keys from the profile file: see [`ProfileFile`].
pub fn profile() -> ProfileFile {
    ProfileFile::new()
}

/// The default chain: OIDC agency of the environment, environment, profile file, agency of the ECS instance,
/// pod identity.
///
/// A source that is configured but broken stops the chain with its reason. The agency of the instance counts
/// as configured once it gave keys; before that, a metadata service that fails counts as absent. On a machine
/// without such a service, the chain takes about 1 s longer, once.
///
/// ```
/// use cloudcall::{Client, Huawei, provider::huawei::credentials};
///
/// // The same as a client without `credentials`.
/// let client =
///     Client::<Huawei>::builder().region("cn-north-4").credentials(credentials::default_chain()).build()?;
/// # Ok::<(), cloudcall::Error>(())
/// ```
///
/// # Troubleshooting
///
/// *no credentials in the chain*: no source is configured. The message lists each source and what it misses.
#[doc(alias = "CredentialProviderChain")]
#[doc(alias = "get_default_credential_provider_chain")]
pub fn default_chain() -> CredentialChain {
    let keys =
        CredentialChain::new().then(WebIdentity::from_environment()).then(environment()).then(profile());
    keys.then(Probe::new(InstanceRole::new())).then(PodIdentity::new())
}

/// The default chain, whose requests to IAM, STS and the services of the machine go through `transport`. The
/// transport must not send metadata requests through a proxy.
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
        .then(WebIdentity::from_environment().transport(transport.clone()))
        .then(environment().transport(transport.clone()))
        .then(profile().transport(transport.clone()))
        .then(Probe::new(InstanceRole::new().transport(transport.clone())))
        .then(PodIdentity::new().transport(transport))
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

/// The IAM that the credential or the environment names. If it is empty, the region decides.
pub(super) fn iam_host(context: &Context, credential: Option<&Credential>) -> String {
    let own = credential.and_then(Credential::iam_endpoint).map(str::to_owned);
    own.or_else(|| context.env.var(IAM_VARIABLE)).unwrap_or_default()
}

/// The STS that the environment names, or that the region has.
pub(super) fn sts_host(context: &Context, region: Option<&str>) -> String {
    given(context, STS_VARIABLE).unwrap_or_else(|| {
        let region = region.filter(|region| STS_REGIONS.contains(region)).unwrap_or("cn-north-4");
        format!("sts.{region}.myhuaweicloud.com")
    })
}

/// Adds the ids of the environment.
fn scoped(context: &Context, keys: Credential) -> Credential {
    with_scope(keys, given(context, PROJECT_VARIABLE), given(context, DOMAIN_VARIABLE))
}

/// The keys in a response: the object itself, or its member `credential` or `credentials`.
fn take(provider: &'static str, mut document: Value) -> Result<Credential, Error> {
    let wrapper = ["credential", "credentials"]
        .into_iter()
        .find(|name| document.get(name).is_some_and(Value::is_object));
    let mut keys = match wrapper {
        Some(name) => document.get_mut(name).map(Value::take).unwrap_or_default(),
        None => document,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sts_is_near_where_the_region_has_one() {
        let context = Context::system();
        assert_eq!(sts_host(&context, Some("cn-east-3")), "sts.cn-east-3.myhuaweicloud.com");
        assert_eq!(sts_host(&context, Some("cn-north-1")), "sts.cn-north-4.myhuaweicloud.com");
    }
}
