//! Credential providers for Alibaba Cloud.
//!
//! The sources of names, paths and the order of the chain are in `docs/sources.md`, Alibaba Cloud, 6.
//!
//! | type | what it needs | what it does |
//! | --- | --- | --- |
//! | [`environment`] | environment variables | gives the key pair in them |
//! | [`ProfileFile`] | `~/.alibabacloud/credentials.ini` | gives the keys of a section, by its type |
//! | [`CliProfile`] | `~/.aliyun/config.json` | gives the keys of a profile, by its mode |
//! | [`InstanceRole`] | an ECS instance with a role | asks the metadata service |
//! | [`CredentialsUri`] | an address | fetches keys from it |
//! | [`AssumeRole`] | a key pair and a role | exchanges one for the other at STS |
//! | [`WebIdentity`] | an OIDC token and a role | the same, without a key pair |
//! | [`RsaKeyPair`] | an RSA key pair | exchanges it for session keys at STS |
//! | [`key_pair`] | an RSA key pair | signs calls with it directly |
//!
//! # The default chain
//!
//! A client without `credentials` asks these sources in order, and takes the first that is configured:
//!
//! 1. `ALIBABA_CLOUD_ACCESS_KEY_ID` and `ALIBABA_CLOUD_ACCESS_KEY_SECRET`, with
//!    `ALIBABA_CLOUD_SECURITY_TOKEN` if it is set;
//! 2. `ALIYUN_ACCESS_KEY_ID` and `ALIYUN_ACCESS_KEY_SECRET`, the names of the vendor's older package;
//! 3. `ALIBABA_CLOUD_OIDC_TOKEN_FILE`, `ALIBABA_CLOUD_ROLE_ARN` and `ALIBABA_CLOUD_OIDC_PROVIDER_ARN`, if all
//!    are set: AssumeRoleWithOIDC at STS. A pod of ACK with RRSA has them;
//! 4. the profile in `~/.aliyun/config.json`, unless `ALIBABA_CLOUD_CLI_PROFILE_DISABLED=true`;
//! 5. the section in `~/.alibabacloud/credentials.ini`, or in the file of `ALIBABA_CLOUD_CREDENTIALS_FILE`;
//! 6. the role of the ECS instance, from `http://100.100.100.200`, unless
//!    `ALIBABA_CLOUD_ECS_METADATA_DISABLED=true`;
//! 7. the address in `ALIBABA_CLOUD_CREDENTIALS_URI`.
//!
//! A source that is configured but broken stops the chain with its reason: going on could silently use
//! another account. So does a profile that `ALIBABA_CLOUD_PROFILE` names and that neither file has. The
//! vendor's own package goes on. All temporary keys are kept by the client, and fetched
//! again before they expire.
//!
//! # Where STS is
//!
//! Exchanges go to the first of these hosts: the `endpoint` of the provider; the host in its `region`; the
//! host in `ALIBABA_CLOUD_STS_ENDPOINT`; the host in the region of `ALIBABA_CLOUD_STS_REGION`;
//! `sts.aliyuncs.com`. With a region, `vpc(true)` or `ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED=true` selects the
//! host inside the VPC, `sts-vpc.REGION.aliyuncs.com`.

mod assume_role;
mod cli_profile;
mod credentials_uri;
mod instance_role;
pub mod oauth;
mod profile_file;
mod rsa_key_pair;
mod sts;
mod web_identity;

use secrecy::SecretString;

use crate::context::Context;
use crate::credential::file::Named;
use crate::credential::issued::KeyMembers;
use crate::credential::{
    Credential, CredentialChain, CredentialError, EnvCredentials, Probe, ProvideCredential,
};
use crate::error::{Error, ErrorKind};
use crate::transport::HttpSend;

pub use assume_role::AssumeRole;
pub use cli_profile::CliProfile;
pub use credentials_uri::CredentialsUri;
pub use instance_role::InstanceRole;
pub use profile_file::ProfileFile;
pub use rsa_key_pair::RsaKeyPair;
pub use web_identity::WebIdentity;

/// Keys from `ALIBABA_CLOUD_ACCESS_KEY_ID` and `ALIBABA_CLOUD_ACCESS_KEY_SECRET`, and
/// `ALIBABA_CLOUD_SECURITY_TOKEN` for temporary keys.
///
/// ```
/// use cloudcall::{Alibaba, Client, provider::alibaba::credentials};
///
/// let client =
///     Client::<Alibaba>::builder().region("cn-hangzhou").credentials(credentials::environment()).build()?;
/// # Ok::<(), cloudcall::Error>(())
/// ```
///
/// # Troubleshooting
///
/// *`ALIBABA_CLOUD_ACCESS_KEY_ID` is set, but `ALIBABA_CLOUD_ACCESS_KEY_SECRET` is not*: one half of the pair
/// is missing or empty. Set both, or neither.
#[doc(alias = "EnvironmentVariableCredentialsProvider")]
pub fn environment() -> EnvCredentials {
    EnvCredentials::new(
        "ALIBABA_CLOUD_ACCESS_KEY_ID",
        "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
        "ALIBABA_CLOUD_SECURITY_TOKEN",
    )
}

/// Keys from `ALIYUN_ACCESS_KEY_ID` and `ALIYUN_ACCESS_KEY_SECRET`, the names of the vendor's older package.
/// It has no variable for a session token.
///
/// ```
/// use cloudcall::{Alibaba, Client, provider::alibaba::credentials};
///
/// let keys = credentials::older_environment();
/// let client = Client::<Alibaba>::builder().region("cn-hangzhou").credentials(keys).build()?;
/// # Ok::<(), cloudcall::Error>(())
/// ```
pub fn older_environment() -> EnvCredentials {
    EnvCredentials::new("ALIYUN_ACCESS_KEY_ID", "ALIYUN_ACCESS_KEY_SECRET", "")
}

/// Keys from the profile file: see [`ProfileFile`].
///
/// ```
/// use cloudcall::{Alibaba, Client, provider::alibaba::credentials};
///
/// let keys = credentials::profile().profile("work");
/// let client = Client::<Alibaba>::builder().region("cn-hangzhou").credentials(keys).build()?;
/// # Ok::<(), cloudcall::Error>(())
/// ```
pub fn profile() -> ProfileFile {
    ProfileFile::new()
}

/// The default chain: environment, the environment's older names, the role of the pod, command line tool,
/// profile file, the role of the ECS instance, credentials URI. The module describes each step.
///
/// A source that is configured but broken stops the chain with its reason. The role of the instance counts as
/// configured if `ALIBABA_CLOUD_ECS_METADATA` names it, or once it gave keys; otherwise, a metadata service
/// that fails counts as absent. On a machine without such a service, the chain takes about 1 s longer, once.
///
/// ```
/// use cloudcall::{Alibaba, Client, provider::alibaba::credentials};
///
/// // The same as a client without `credentials`.
/// let client =
///     Client::<Alibaba>::builder().region("cn-hangzhou").credentials(credentials::default_chain()).build()?;
/// # Ok::<(), cloudcall::Error>(())
/// ```
///
/// # Troubleshooting
///
/// *no credentials in the chain*: no source is configured. The message lists each source and what it misses.
///
/// *`CLI profile: …`*: the file of the command line tool comes before the profile file and the instance. If
/// you do not want it, set `ALIBABA_CLOUD_CLI_PROFILE_DISABLED=true`.
///
/// *the wrong account is used*: an earlier source of the chain is configured too. Unset its variables, or set
/// `credentials` to the provider that you mean.
#[doc(alias = "DefaultCredentialsProvider")]
pub fn default_chain() -> CredentialChain {
    let keys = CredentialChain::new().then(environment()).then(older_environment());
    let files = keys.then(WebIdentity::from_environment()).then(CliProfile::new()).then(profile());
    files.then(probe(InstanceRole::new())).then(CredentialsUri::new())
}

/// The instance role as the chain asks it. Unless a variable names the role, the instance may have no role,
/// and the machine may not belong to Alibaba Cloud.
fn probe(role: InstanceRole) -> Probe<InstanceRole> {
    Probe::new(role).unless_set("ALIBABA_CLOUD_ECS_METADATA")
}

/// The default chain, whose requests to STS and to the services of the machine go through `transport`. The
/// transport must not send metadata requests through a proxy.
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
        .then(WebIdentity::from_environment().transport(transport.clone()))
        .then(CliProfile::new().transport(transport.clone()))
        .then(profile().transport(transport.clone()))
        .then(probe(InstanceRole::new().transport(transport.clone())))
        .then(CredentialsUri::new().transport(transport))
}

/// The variable that names a profile in the file of the command line tool, or a section in the profile file.
const PROFILE_VARIABLE: &str = "ALIBABA_CLOUD_PROFILE";

/// The two files that have profiles.
#[derive(Debug, Clone, Copy)]
enum ProfilesIn {
    CommandLineTool,
    ProfileFile,
}

/// The outcome of a profile that may be named. One that the program names must have keys. One that the
/// variable names may be in the `other` file, too.
fn expect_profile(
    context: &Context,
    provider: &str,
    (profile, named): (Option<String>, Named),
    other: ProfilesIn,
    outcome: Result<Credential, CredentialError>,
) -> Result<Credential, CredentialError> {
    let Some(profile) = profile else { return outcome };
    let outcome = match (named, outcome) {
        (Named::By(_), Err(CredentialError::NotConfigured(reason))) => {
            let missing = match other {
                ProfilesIn::CommandLineTool => cli_profile::why_without(context, &profile),
                ProfilesIn::ProfileFile => profile_file::why_without(context, &profile),
            };
            match missing {
                Some(missing) => Err(CredentialError::NotConfigured(format!("{reason}; {missing}"))),
                None => return Err(CredentialError::NotConfigured(reason)),
            }
        }
        (_, outcome) => outcome,
    };
    named.must(provider, &profile, outcome)
}

/// The outcome of an instance role that a file names. The role is configured then, so its absence is an
/// error.
fn expect_role(outcome: Result<Credential, CredentialError>) -> Result<Credential, CredentialError> {
    outcome.map_err(|error| match error {
        CredentialError::NotConfigured(reason) => {
            let name = InstanceRole::new().name();
            Error::new(ErrorKind::Credentials, format!("{name}: {reason}")).into()
        }
        broken => broken,
    })
}

/// The keys in a response. STS, the metadata service and the credentials URI use the same members:
///
/// ```text
/// {"AccessKeyId": "STS.…", "AccessKeySecret": "…", "SecurityToken": "…",
///  "Expiration": "2026-03-01T09:09:05Z"}
/// ```
fn session_keys(provider: &'static str, document: &mut serde_json::Value) -> Result<Credential, Error> {
    let members = KeyMembers {
        id: &["AccessKeyId"],
        secret: &["AccessKeySecret"],
        token: &["SecurityToken"],
        expiry: &["Expiration"],
    };
    members.take(provider, document)
}

/// An RSA key pair: the id of the public key, and the private key as PEM or as base64 of its DER.
///
/// It signs with [`SignMethod::Acs3RsaSha256`](super::SignMethod) and [`Sha256WithRsa`](super::SignMethod).
///
/// # Errors
///
/// Kind `Credentials` if one of them is empty or, with the cargo feature `rsa`, if the private key cannot be
/// read.
///
/// ```no_run
/// use cloudcall::{Alibaba, Client};
/// use cloudcall::credential::StaticCredentials;
/// use cloudcall::provider::alibaba::{SignMethod, credentials};
///
/// # fn run(pem: &str) -> Result<(), cloudcall::Error> {
/// let client = Client::<Alibaba>::builder()
///     .region("ap-southeast-1")
///     .credentials(StaticCredentials::new(credentials::key_pair("LTAIexample", pem)?))
///     .sign_method(SignMethod::Acs3RsaSha256)
///     .build()?;
/// # Ok(())
/// # }
/// ```
///
/// # Troubleshooting
///
/// *the private key is encrypted*: the file has a passphrase. Write a copy without one, such as with
/// `openssl pkcs8 -topk8 -nocrypt -in key.pem -out plain.pem`.
///
/// *the private key is not an RSA key of 2048 to 4096 bits*: the file has a key of another kind or size, or
/// only the public key.
///
/// *`SignatureDoesNotMatch`* on each call: the client signs by HMAC, with the private key as the secret. Set
/// `sign_method` as in the example.
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
