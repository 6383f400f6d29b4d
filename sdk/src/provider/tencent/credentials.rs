//! Names of variables and files, and the order of the chain: `spec/tencent.md`, section 6.

use crate::credential::{CredentialChain, EnvCredentials, ProfileCredentials, ProfileFormat};

/// Keys from `TENCENTCLOUD_SECRET_ID` and `TENCENTCLOUD_SECRET_KEY`, and `TENCENTCLOUD_TOKEN` for temporary ones.
pub fn environment() -> EnvCredentials {
    EnvCredentials::new("TENCENTCLOUD_SECRET_ID", "TENCENTCLOUD_SECRET_KEY", "TENCENTCLOUD_TOKEN")
}

/// Keys from section `[default]` of `~/.tencentcloud/credentials`, else of `/etc/tencentcloud/credentials`.
pub fn profile() -> ProfileCredentials {
    let format = ProfileFormat::new("default", "secret_id", "secret_key", "token");
    ProfileCredentials::new(format, [".tencentcloud/credentials", "/etc/tencentcloud/credentials"])
}

/// Environment, then profile file.
pub fn default_chain() -> CredentialChain {
    CredentialChain::new().then(environment()).then(profile())
}
