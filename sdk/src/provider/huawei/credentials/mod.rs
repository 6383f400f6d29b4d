//! Credential providers of Huawei Cloud.
//!
//! | provider | source of the keys | file |
//! | --- | --- | --- |
//! | [`EnvKeys`] | environment variables | `env_keys.rs` |
//! | [`ProfileFile`] | `~/.huaweicloud/credentials` | `profile_file.rs` |
//! | [`WebIdentity`] | STS, for an OIDC token (agency) | `web_identity.rs` |
//! | [`Federation`] | IAM, for an OIDC token (identity provider) | `federation.rs` |
//! | [`InstanceRole`] | the metadata service of an ECS instance | `instance_role.rs` |
//! | [`PodIdentity`] | the identity service of a pod | `pod_identity.rs` |
//! | [`MeetingAccount`], [`MeetingApp`] | a sign-in, for the product `meeting` | `meeting.rs` |
//! | [`Scoped`] | another provider, with the ids of a project or an account | `scoped.rs` |
//!
//! [`StaticCredentials`](crate::credential::StaticCredentials) holds keys that the program has itself.
//! Names of variables, paths of files and the order of [`default_chain`] are those of the vendor's Python
//! SDK: `docs/sources.md`, Huawei Cloud, 3.5.
//!
//! # Ids of project and account
//!
//! A key pair alone is not enough for most calls: the path or a header names a project (`project_id`) or an
//! account (`domain_id`, which the console calls account ID). A credential can carry both ids. The client
//! looks up an id that a call needs and the credential lacks, once for each key pair and region.
//!
//! | where the id is set | project | account |
//! | --- | --- | --- |
//! | environment | `HUAWEICLOUD_SDK_PROJECT_ID` | `HUAWEICLOUD_SDK_DOMAIN_ID` |
//! | profile file | `project_id` | `domain_id` |
//! | program | [`Scoped::project_id`] | [`Scoped::domain_id`] |
//!
//! # Temporary keys
//!
//! No provider caches. The client holds one
//! [`CredentialCache`](crate::credential::CredentialCache), which fetches new keys 15 minutes before the old
//! ones end, and never hands out keys that have ended. The vendor's SDK fetches 40 minutes before the end
//! instead, in the thread of the call, and fails a call whose refresh fails although its keys are still
//! valid: `docs/sources.md`, Huawei Cloud, 3.3.

mod assume_role;
mod cli_profile;
mod env_keys;
mod federation;
mod instance_role;
mod meeting;
mod pod_identity;
mod profile_file;
mod scoped;
mod web_identity;

use std::sync::Arc;

use serde_json::Value;

use crate::context::Context;
use crate::credential::issued::KeyMembers;
use crate::credential::{
    Credential, CredentialChain, CredentialError, Probe, ProvideCredential, TokenSource, given,
};
use crate::error::Error;
use crate::transport::HttpSend;

pub use assume_role::AssumeRole;
pub use cli_profile::CliProfile;
pub use env_keys::EnvKeys;
pub use federation::Federation;
pub use instance_role::InstanceRole;
pub use meeting::{MeetingAccount, MeetingApp};
pub use pod_identity::PodIdentity;
pub use profile_file::ProfileFile;
pub use scoped::Scoped;
pub use web_identity::WebIdentity;

/// The variable with the id of the project that keys are used in.
const PROJECT_VARIABLE: &str = "HUAWEICLOUD_SDK_PROJECT_ID";
/// The variable with the id of the account that keys are used in.
const DOMAIN_VARIABLE: &str = "HUAWEICLOUD_SDK_DOMAIN_ID";

/// The variable with the endpoint of IAM, for federation and for the look-up of ids.
const IAM_VARIABLE: &str = "HUAWEICLOUD_SDK_IAM_ENDPOINT";
/// The variable with the endpoint of STS, for agencies and for the look-up of the account.
const STS_VARIABLE: &str = "HUAWEICLOUD_SDK_STS_ENDPOINT";

/// The regions that have an STS. Requests from other regions go to `sts.cn-north-4.myhuaweicloud.com`, as in
/// the vendor's SDK (`auth/endpoint.py`).
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

/// Keys from `HUAWEICLOUD_SDK_AK` and `HUAWEICLOUD_SDK_SK`: see [`EnvKeys`] for all variables.
///
/// ```
/// use cloudcall::{Client, Huawei, provider::huawei::credentials};
///
/// let keys = credentials::environment();
/// let client = Client::<Huawei>::builder().region("cn-north-4").credentials(keys).build()?;
/// # Ok::<(), cloudcall::Error>(())
/// ```
pub fn environment() -> EnvKeys {
    EnvKeys::new()
}

/// Keys from `~/.huaweicloud/credentials`: see [`ProfileFile`] for the format and other paths.
///
/// ```
/// use cloudcall::{Client, Huawei, provider::huawei::credentials};
///
/// let keys = credentials::profile().section("global");
/// let client = Client::<Huawei>::builder().region("cn-north-4").credentials(keys).build()?;
/// # Ok::<(), cloudcall::Error>(())
/// ```
pub fn profile() -> ProfileFile {
    ProfileFile::new()
}

/// The default chain. A client without `credentials` uses it.
///
/// | order | provider | it is configured if |
/// | --- | --- | --- |
/// | 1 | [`WebIdentity::from_environment`] | the `HUAWEICLOUD_OIDC_…` variables are set |
/// | 2 | [`environment`] | `HUAWEICLOUD_SDK_AK` and `…_SK` are set, or an identity provider is |
/// | 3 | [`profile`] | the file exists and its section `[basic]` or `[global]` has keys |
/// | 4 | [`InstanceRole`] | the metadata service of the ECS instance gives keys |
/// | 5 | [`PodIdentity`] | `HC_CONTAINER_CREDENTIALS_FULL_URI` and the token file are set |
///
/// The chain takes the first source that is configured. A source that is configured but broken stops the
/// chain with its reason, because the next source may belong to another account. Step 4 is different, because
/// nobody configures it: a metadata service that fails counts as absent until it gave keys once. On a machine
/// without such a service, step 4 takes about 1 s.
///
/// The order is that of the vendor's SDK 3.1.219. In that SDK, an unreachable metadata service ends the chain
/// with a connection error, so pod identity is never tried; here the chain goes on.
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
/// Set the variables of step 2, or write the file of step 3.
///
/// *`HUAWEICLOUD_SDK_AK` is set, but `HUAWEICLOUD_SDK_SK` is not*: one half of a key pair is set. Set both
/// halves, or remove the one that is set.
///
/// *the keys of another account are used*: an earlier source of the table is configured on this machine.
/// [`Credential::source`](crate::credential::Credential::source) names the source of a credential.
#[doc(alias = "CredentialProviderChain")]
#[doc(alias = "get_default_credential_provider_chain")]
pub fn default_chain() -> CredentialChain {
    let keys =
        CredentialChain::new().then(WebIdentity::from_environment()).then(environment()).then(profile());
    keys.then(Probe::new(InstanceRole::new())).then(PodIdentity::new())
}

/// The default chain, whose requests to IAM, STS and the services of the machine go through `transport`.
///
/// Use it in a program that already has an HTTP client, or in a test that counts requests. The transport
/// must not send metadata requests through a proxy: the proxy would receive the keys, and the metadata
/// service would see the proxy instead of this machine.
///
/// [`default_chain`] instead makes two kinds of transport. Requests to the machine never use a proxy.
/// Requests to IAM and STS use the proxies of the environment.
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

/// The keys of [`Federation`] for an identity provider that the environment or a section of the profile file
/// names.
///
/// `iam_endpoint` is that of the section. Without it, `HUAWEICLOUD_SDK_IAM_ENDPOINT` or the host for all
/// regions is used. Each call makes a new `Federation`, because the id and the file may have changed since
/// the last one.
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

/// The endpoint of IAM: that of the credential, else that of `HUAWEICLOUD_SDK_IAM_ENDPOINT`. If neither is
/// set, the text is empty, and the host follows from the product `iam` and the region: see `region.rs`.
pub(super) fn iam_host(context: &Context, credential: Option<&Credential>) -> String {
    let own = credential.and_then(Credential::iam_endpoint).map(str::to_owned);
    own.or_else(|| context.env.var(IAM_VARIABLE)).unwrap_or_default()
}

/// The endpoint of STS: that of `HUAWEICLOUD_SDK_STS_ENDPOINT`, else the host of the region if the region has
/// an STS, else the one of `cn-north-4`. The keys are the same in all regions, so the nearest host is taken.
pub(super) fn sts_host(context: &Context, region: Option<&str>) -> String {
    given(context, STS_VARIABLE).unwrap_or_else(|| {
        let region = region.filter(|region| STS_REGIONS.contains(region)).unwrap_or("cn-north-4");
        format!("sts.{region}.myhuaweicloud.com")
    })
}

/// Adds the ids of `HUAWEICLOUD_SDK_PROJECT_ID` and `HUAWEICLOUD_SDK_DOMAIN_ID`, if they are set.
fn scoped(context: &Context, keys: Credential) -> Credential {
    with_scope(keys, given(context, PROJECT_VARIABLE), given(context, DOMAIN_VARIABLE))
}

/// The keys in a response of IAM, STS or a service of the machine.
///
/// The vendor's services use several shapes and several spellings for one thing, and its SDK accepts all of
/// them everywhere (`auth/internal.py`). So does this function:
///
/// ```text
/// {"credential": {"access": "AK", "secret": "SK", "securitytoken": "TOKEN",
///                 "expires_at": "2024-02-29T14:15:30.000000Z"}}
/// {"credentials": {"access_key_id": "AK", "secret_access_key": "SK", "security_token": "TOKEN",
///                  "expiration": "2024-02-29T14:15:30Z"}}
/// ```
///
/// The vendor's SDK refuses a time without a fraction of a second. Here, any RFC 3339 time is read.
///
/// # Errors
///
/// Kind `Credentials`, with the name of `provider`, if the id, the secret, the token or the expiry is missing
/// or cannot be used.
fn take(provider: &'static str, mut document: Value) -> Result<Credential, Error> {
    let wrapper = ["credential", "credentials"]
        .into_iter()
        .find(|name| document.get(name).is_some_and(Value::is_object));
    let mut keys = match wrapper {
        Some(name) => document.get_mut(name).map(Value::take).unwrap_or_default(),
        None => document,
    };
    let members = KeyMembers {
        id: &["access", "accessKeyId", "access_key_id"],
        secret: &["secret", "secretAccessKey", "secret_access_key"],
        token: &["securitytoken", "securityToken", "security_token"],
        expiry: &["expires_at", "expiration"],
    };
    members.take(provider, &mut keys)
}

/// Sets the ids that are given. An id that is `None` leaves that of the credential as it is.
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
