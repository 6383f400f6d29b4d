//! Sources of keys for Tencent Cloud: names of variables and files, and the order of the chain, as in
//! `docs/sources.md`, Tencent Cloud, 6.

mod assume_role;
mod cli_profile;
mod federation_token;
mod instance_role;
mod saml_role;
mod sts;
mod web_identity;

use crate::credential::{CredentialChain, EnvCredentials, Probe, ProfileCredentials, ProfileFormat};
use crate::transport::HttpSend;

pub use assume_role::AssumeRole;
pub use cli_profile::CliProfile;
pub use federation_token::FederationToken;
pub use instance_role::InstanceRole;
pub use saml_role::SamlRole;
pub use web_identity::WebIdentity;

/// The vendor's profile file: see [`profile`].
pub type ProfileFile = ProfileCredentials;

/// Keys from `TENCENTCLOUD_SECRET_ID` and `TENCENTCLOUD_SECRET_KEY`, and `TENCENTCLOUD_TOKEN` for temporary
/// keys.
///
/// ```
/// use cloudcall::{Client, Tencent, provider::tencent::credentials};
///
/// let client =
///     Client::<Tencent>::builder().region("ap-guangzhou").credentials(credentials::environment()).build()?;
/// # Ok::<(), cloudcall::Error>(())
/// ```
///
/// # Troubleshooting
///
/// *`TENCENTCLOUD_SECRET_ID` is set, but `TENCENTCLOUD_SECRET_KEY` is not*: one half of the pair is missing
/// or empty. Set both, or neither.
#[doc(alias = "EnvironmentVariableCredential")]
pub fn environment() -> EnvCredentials {
    EnvCredentials::new("TENCENTCLOUD_SECRET_ID", "TENCENTCLOUD_SECRET_KEY", "TENCENTCLOUD_TOKEN")
}

/// Keys from section `[default]` of `~/.tencentcloud/credentials`, or of `/etc/tencentcloud/credentials` if
/// the first file does not exist.
///
/// The section has `secret_id`, `secret_key` and, for temporary keys, `token`.
///
/// ```
/// use cloudcall::{Client, Tencent, provider::tencent::credentials};
///
/// let keys = credentials::profile().file("/etc/keys/tencent").profile("work");
/// let client = Client::<Tencent>::builder().region("ap-guangzhou").credentials(keys).build()?;
/// # Ok::<(), cloudcall::Error>(())
/// ```
///
/// # Troubleshooting
///
/// *has no section \[default\]*: the file has other sections. Name one with `profile`, or add `[default]`.
#[doc(alias = "ProfileCredential")]
pub fn profile() -> ProfileFile {
    let format = ProfileFormat::new("default", "secret_id", "secret_key", "token");
    ProfileCredentials::new(format, [".tencentcloud/credentials", "/etc/tencentcloud/credentials"])
}

/// The default chain: environment, profile file, the role of the CVM instance, the role of the TKE pod.
///
/// A source that is configured but broken stops the chain with its reason. The role of the instance counts as
/// configured once it gave keys; before that, a metadata service that fails counts as absent. On a machine
/// without such a service, the chain takes up to 1 s longer, once.
///
/// ```
/// use cloudcall::{Client, Tencent, provider::tencent::credentials};
///
/// // The same as a client without `credentials`.
/// let chain = credentials::default_chain();
/// let client = Client::<Tencent>::builder().region("ap-guangzhou").credentials(chain).build()?;
/// # Ok::<(), cloudcall::Error>(())
/// ```
///
/// # Troubleshooting
///
/// *no credentials in the chain*: no source is configured. The message lists each source and what it misses.
/// The command line tool is not part of the vendor's chain: use [`CliProfile`] for it.
#[doc(alias = "DefaultCredentialProvider")]
pub fn default_chain() -> CredentialChain {
    let keys = CredentialChain::new().then(environment()).then(profile());
    keys.then(Probe::new(InstanceRole::new())).then(WebIdentity::from_environment())
}

/// The default chain, whose requests to the metadata service and to STS go through `transport`. The transport
/// must not send metadata requests through a proxy.
///
/// ```
/// use cloudcall::provider::tencent::credentials::default_chain_over;
/// use cloudcall::client::{HttpOptions, Proxies};
/// use cloudcall::transport::ReqwestTransport;
///
/// let direct = ReqwestTransport::new(&HttpOptions::builder().proxies(Proxies::None).build()?)?;
/// let chain = default_chain_over(direct);
/// # Ok::<(), cloudcall::Error>(())
/// ```
pub fn default_chain_over(transport: impl HttpSend + Clone + 'static) -> CredentialChain {
    let keys = CredentialChain::new().then(environment()).then(profile());
    let role = InstanceRole::new().transport(transport.clone());
    keys.then(Probe::new(role)).then(WebIdentity::from_environment().transport(transport))
}
