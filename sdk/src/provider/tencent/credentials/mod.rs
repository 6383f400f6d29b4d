//! Credential providers of Tencent Cloud, for API 3.0 and API 2.0.
//!
//! | provider | source of the keys | file |
//! | --- | --- | --- |
//! | [`environment`] | environment variables | here |
//! | [`profile`] | `~/.tencentcloud/credentials` | here |
//! | [`CliProfile`] | the files of `tccli`, the command line tool | `cli_profile/` |
//! | [`InstanceRole`] | the metadata service of a CVM instance | `instance_role.rs` |
//! | [`WebIdentity`] | STS, for an OIDC token, such as that of a TKE pod | `web_identity.rs` |
//! | [`SamlRole`] | STS, for a SAML assertion | `saml_role.rs` |
//! | [`AssumeRole`] | STS, for other keys: those of a role | `assume_role.rs` |
//! | [`FederationToken`] | STS, for other keys: those of a federated user | `federation_token.rs` |
//!
//! [`StaticCredentials`](crate::credential::StaticCredentials) holds keys that the program has itself. Names
//! of variables, paths of files and the order of [`default_chain`] are those of the vendor's Python SDK:
//! `docs/sources.md`, Tencent Cloud, 6.
//!
//! The four providers of STS share the request and the response: see `sts.rs`.
//!
//! # Temporary keys
//!
//! No provider caches. The client holds one [`CredentialCache`](crate::credential::CredentialCache), which
//! fetches new keys 15 minutes before the old ones end, and never hands out keys that have ended. The
//! vendor's SDK differs: it fetches keys of a role again after a tenth of their lifetime, and uses those of
//! an instance after their end if a fetch fails.

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

/// The provider of the vendor's profile file. [`profile`] makes it, with its paths and the names of its keys.
pub type ProfileFile = ProfileCredentials;

/// Keys from environment variables.
///
/// | variable | meaning |
/// | --- | --- |
/// | `TENCENTCLOUD_SECRET_ID`, `TENCENTCLOUD_SECRET_KEY` | the key pair; both or neither |
/// | `TENCENTCLOUD_TOKEN` | the token of temporary keys; optional |
///
/// An empty variable counts as unset. The vendor's Python SDK does not read `TENCENTCLOUD_TOKEN`; its command
/// line tool does, and temporary keys cannot be used without it.
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
///
/// *`AuthFailure.TokenFailure`*: the variables hold temporary keys, and the token is missing or belongs to an
/// earlier pair. Set all three from one source.
#[doc(alias = "EnvironmentVariableCredential")]
pub fn environment() -> EnvCredentials {
    EnvCredentials::new("TENCENTCLOUD_SECRET_ID", "TENCENTCLOUD_SECRET_KEY", "TENCENTCLOUD_TOKEN")
}

/// Keys from the section `[default]` of `~/.tencentcloud/credentials`, or of `/etc/tencentcloud/credentials`
/// if the first file does not exist. On Windows, the first path is `C:\Users\NAME\.tencentcloud\credentials`.
///
/// ```text
/// [default]
/// secret_id = AKIDexample
/// secret_key = example-secret
/// token = example-token
/// ```
///
/// `token` is for temporary keys; the vendor's SDK does not read it. Only the first file that exists is read,
/// at most 1 MiB of it. `=` and `:` separate key and value, quotes and `%` belong to the value, and a line
/// that begins with `#` or `;` is a comment. The client fetches the keys again once the file changes.
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
///
/// *is malformed: line 3, in \[default\], …*: the message names line and section, and never quotes the line,
/// which may hold a secret.
#[doc(alias = "ProfileCredential")]
pub fn profile() -> ProfileFile {
    let format = ProfileFormat::new("default", "secret_id", "secret_key", "token");
    ProfileCredentials::new(format, [".tencentcloud/credentials", "/etc/tencentcloud/credentials"])
}

/// The default chain. A client without `credentials` uses it.
///
/// | order | provider | it is configured if |
/// | --- | --- | --- |
/// | 1 | [`environment`] | `TENCENTCLOUD_SECRET_ID` and `TENCENTCLOUD_SECRET_KEY` are set |
/// | 2 | [`profile`] | one of the two files exists and its section `[default]` has keys |
/// | 3 | [`InstanceRole`] | the metadata service of the CVM instance gives keys |
/// | 4 | [`WebIdentity::from_environment`] | the four `TKE_…` variables are set |
///
/// The chain takes the first source that is configured. A source that is configured but broken stops the
/// chain with its reason, because the next source may belong to another account. Step 3 is different, because
/// nobody configures it: a metadata service that fails counts as absent until it gave keys once. On a machine
/// without such a service, step 3 takes up to 1 s.
///
/// In the vendor's SDK, one half of a key pair in the environment does not stop the chain, and a chain
/// without any source ends with an error about `TKE_REGION`.
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
/// Set the variables of step 1, or write the file of step 2.
///
/// *`tccli` works, and this program does not*: the vendor's chain does not read the files of its command line
/// tool. Use [`CliProfile`].
///
/// *a pod uses the role of its node*: in the vendor's order, the role of the instance comes before that of
/// the pod. Name [`WebIdentity::from_environment`] in the client.
#[doc(alias = "DefaultCredentialProvider")]
pub fn default_chain() -> CredentialChain {
    let keys = CredentialChain::new().then(environment()).then(profile());
    keys.then(Probe::new(InstanceRole::new())).then(WebIdentity::from_environment())
}

/// The default chain, whose requests to the metadata service and to STS go through `transport`.
///
/// Use it in a program that already has an HTTP client, or in a test that counts requests. The transport
/// must not send metadata requests through a proxy: the proxy would receive the keys, and the metadata
/// service would see the proxy instead of this machine.
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
