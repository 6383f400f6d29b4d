//! Names of variables and files, and the order of the chain: `docs/sources.md`, Tencent Cloud, 6.

mod cvm;
mod sts;
mod tccli;
mod tke;

use crate::credential::{CredentialChain, EnvCredentials, Probe, ProfileCredentials, ProfileFormat};
use crate::transport::HttpSend;

pub use cvm::CvmRole;
pub use sts::StsCredentials;
pub use tccli::TccliFile;
pub use tke::TkeOidc;

/// Keys from `TENCENTCLOUD_SECRET_ID` and `TENCENTCLOUD_SECRET_KEY`, and `TENCENTCLOUD_TOKEN` for temporary ones.
pub fn environment() -> EnvCredentials {
    EnvCredentials::new("TENCENTCLOUD_SECRET_ID", "TENCENTCLOUD_SECRET_KEY", "TENCENTCLOUD_TOKEN")
}

/// Keys from section `[default]` of `~/.tencentcloud/credentials`, else of `/etc/tencentcloud/credentials`.
pub fn profile() -> ProfileCredentials {
    let format = ProfileFormat::new("default", "secret_id", "secret_key", "token");
    ProfileCredentials::new(format, [".tencentcloud/credentials", "/etc/tencentcloud/credentials"])
}

/// Environment, profile file, the role of the CVM instance, the role of the TKE pod.
///
/// A source that is set up but broken ends the chain with its reason. The role of the instance counts as set up once it gave
/// keys; until then whatever the metadata service answers only means that it is not there. A machine without such a service
/// costs the chain at most 1 s, once.
pub fn default_chain() -> CredentialChain {
    let keys = CredentialChain::new().then(environment()).then(profile());
    keys.then(Probe::new(CvmRole::new())).then(TkeOidc::new())
}

/// The default chain, asking metadata and STS through a transport of your own. It must not send metadata requests
/// through a proxy.
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
    let role = CvmRole::new().transport(transport.clone());
    keys.then(Probe::new(role)).then(TkeOidc::new().transport(transport))
}
