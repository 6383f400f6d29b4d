//! Names of variables and files, and the order of the chain: `docs/sources.md`, Alibaba Cloud, 6.

mod cli;
mod ecs;
mod ini;
mod oidc;
mod rsa;
mod sts;
mod uri;

use secrecy::SecretString;

use crate::credential::issued::Members;
use crate::credential::{Credential, CredentialChain, EnvCredentials, Probe};
use crate::error::Error;
use crate::transport::HttpSend;

pub use cli::CliProfile;
pub use ecs::EcsRamRole;
pub use ini::ProfileFile;
pub use oidc::OidcRole;
pub use rsa::RsaKeyPair;
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
    ProfileFile::new()
}

/// Environment, the environment's older names, OIDC role, command line tool, profile file, ECS role,
/// credentials URI.
///
/// A source that is set up but broken ends the chain with its reason. The ECS role counts as set up if
/// `ALIBABA_CLOUD_ECS_METADATA` names it, or once it gave keys; else whatever the metadata service answers only means that it is
/// not there. A machine without such a service costs the chain about 1 s, once.
pub fn default_chain() -> CredentialChain {
    let keys = CredentialChain::new().then(environment()).then(older_environment());
    let files = keys.then(OidcRole::new()).then(CliProfile::new()).then(profile());
    files.then(probe(EcsRamRole::new())).then(CredentialsUri::new())
}

/// The instance may have no role, and the machine may be none of Alibaba Cloud's, unless a variable names the role.
fn probe(role: EcsRamRole) -> Probe<EcsRamRole> {
    Probe::new(role).unless_set("ALIBABA_CLOUD_ECS_METADATA")
}

/// The default chain, asking STS and the services of the machine through a transport of your own. It must not send
/// metadata requests through a proxy.
///
/// ```
/// use cloudcall::provider::alibaba::credentials::default_chain_over;
/// use cloudcall::client::{HttpOptions, Proxies};
/// use cloudcall::transport::ReqwestTransport;
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
        .then(profile().transport(transport.clone()))
        .then(probe(EcsRamRole::new().transport(transport.clone())))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_pair_is_trimmed() {
        assert!(key_pair("pk", "").is_err());
        #[cfg(feature = "rsa")]
        assert!(key_pair("pk", "bm8ga2V5").unwrap_err().message().contains("RSA"));
    }
}
