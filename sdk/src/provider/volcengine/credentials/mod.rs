//! Credential providers for Volcengine and BytePlus.
//!
//! The sources of names, paths and the order of the chain are in `docs/sources.md`, Volcengine, 7.
//!
//! | type | what it needs | what it does |
//! | --- | --- | --- |
//! | [`EnvKeys`] | environment variables | gives the key pair in them |
//! | [`CliProfile`] | `~/.volcengine/config.json` | gives the keys of a profile, by its mode |
//! | [`InstanceRole`] | an ECS instance with a role | asks the metadata service |
//! | [`AssumeRole`] | a key pair and a role | exchanges one for the other at STS |
//! | [`WebIdentity`] | an OIDC token and a role | the same, without a key pair |
//! | [`SamlRole`] | a SAML assertion and a role | the same, without a key pair |
//! | [`ApiKey`] | a key pair | exchanges it for an API key of Ark |
//!
//! # The default chain
//!
//! A client without `credentials` asks these sources in order, and takes the first that is configured:
//!
//! 1. `VOLCENGINE_ACCESS_KEY` and `VOLCENGINE_SECRET_KEY`, with `VOLCENGINE_SESSION_TOKEN` if it is set;
//! 2. the names of the vendor's older SDKs: `VOLCSTACK_ACCESS_KEY_ID` or `VOLCSTACK_ACCESS_KEY`,
//!    `VOLCSTACK_SECRET_ACCESS_KEY` or `VOLCSTACK_SECRET_KEY`, `VOLCSTACK_SESSION_TOKEN`;
//! 3. `VOLCENGINE_OIDC_ROLE_TRN` and `VOLCENGINE_OIDC_TOKEN_FILE`: AssumeRoleWithOIDC at STS;
//! 4. the profile in `~/.volcengine/config.json`, or in the file of `VOLCENGINE_CLI_CONFIG_FILE`;
//! 5. the role of the ECS instance, from `http://100.96.0.96`, unless
//!    `VOLCENGINE_ECS_METADATA_DISABLED=true`.
//!
//! For BytePlus, the variables begin with `BYTEPLUS_`, the file is `~/.byteplus/config.json`, and step 2 is
//! left out.
//!
//! The vendor's own packages go on to the next source after any error, which can silently use another
//! account. Here, a source that is configured but broken stops the chain with its reason. All temporary keys
//! are kept by the client and fetched again before they expire.

mod api_key;
mod assume_role;
mod cli_profile;
mod env_keys;
mod instance_role;
mod saml_role;
mod sts;
mod web_identity;

use crate::context::Context;
use crate::credential::issued::KeyMembers;
use crate::credential::{CredentialChain, Probe, ProvideCredential, given};
use crate::transport::HttpSend;

use super::Site;

pub use api_key::ApiKey;
pub use assume_role::AssumeRole;
pub use cli_profile::CliProfile;
pub use env_keys::EnvKeys;
pub use instance_role::InstanceRole;
pub use saml_role::SamlRole;
pub use web_identity::WebIdentity;

/// Keys from `VOLCENGINE_ACCESS_KEY` and `VOLCENGINE_SECRET_KEY`, and from `VOLCENGINE_SESSION_TOKEN` for
/// temporary keys.
///
/// ```
/// use cloudcall::provider::volcengine::credentials;
/// use cloudcall::{Client, Volcengine};
///
/// let keys = credentials::environment();
/// let client = Client::<Volcengine>::builder().region("cn-beijing").credentials(keys).build()?;
/// # Ok::<(), cloudcall::Error>(())
/// ```
pub fn environment() -> EnvKeys {
    EnvKeys::of(Site::Volcengine)
}

/// Keys from the names that the older SDKs read: `VOLCSTACK_ACCESS_KEY_ID` or `VOLCSTACK_ACCESS_KEY`,
/// `VOLCSTACK_SECRET_ACCESS_KEY` or `VOLCSTACK_SECRET_KEY`, and `VOLCSTACK_SESSION_TOKEN`.
pub fn older_environment() -> EnvKeys {
    EnvKeys::older()
}

/// Keys from `VOLC_ACCESSKEY` and `VOLC_SECRETKEY`, the names of the older package `volcengine` and of Ark's
/// client.
///
/// They are not part of the default chain, because the vendor's current packages do not read them. To read
/// them too:
///
/// ```
/// use cloudcall::credential::CredentialChain;
/// use cloudcall::provider::volcengine::credentials;
///
/// let chain =
///     CredentialChain::new().then(credentials::volc_environment()).then(credentials::default_chain());
/// ```
pub fn volc_environment() -> EnvKeys {
    EnvKeys::volc()
}

/// The default chain of Volcengine: environment, the environment's older names, OIDC from the environment,
/// command line tool, instance role. The module describes each step.
///
/// A source that is configured but broken stops the chain with its reason. The instance role counts as
/// configured if `VOLCENGINE_ECS_METADATA` names it, or once it gave keys; otherwise, a metadata service that
/// fails counts as absent.
///
/// ```
/// use cloudcall::provider::volcengine::credentials;
/// use cloudcall::{Client, Volcengine};
///
/// // The same as a client without `credentials`.
/// let chain = credentials::default_chain();
/// let client = Client::<Volcengine>::builder().region("cn-beijing").credentials(chain).build()?;
/// # Ok::<(), cloudcall::Error>(())
/// ```
///
/// # Troubleshooting
///
/// *no credentials in the chain*: no source is configured. The message lists each source and what it misses.
///
/// *the wrong account is used*: an earlier source of the chain is configured too. Unset its variables, or set
/// `credentials` to the provider that you mean.
#[doc(alias = "DefaultCredentialProvider")]
pub fn default_chain() -> CredentialChain {
    default_chain_of(Site::Volcengine)
}

/// The default chain of a site. BytePlus reads variables that begin with `BYTEPLUS_`, and
/// `~/.byteplus/config.json`.
pub fn default_chain_of(site: Site) -> CredentialChain {
    chain(
        site,
        WebIdentity::from_environment().site(site),
        CliProfile::new().site(site),
        probe(site, InstanceRole::new()),
    )
}

/// The default chain of a site, whose requests to STS, sign-in services and metadata go through `transport`.
/// The transport must not send metadata requests through a proxy.
///
/// ```
/// use cloudcall::provider::volcengine::{Site, credentials::default_chain_over};
/// use cloudcall::client::{HttpOptions, Proxies};
/// use cloudcall::transport::ReqwestTransport;
///
/// let direct = ReqwestTransport::new(&HttpOptions::builder().proxies(Proxies::None).build()?)?;
/// let chain = default_chain_over(Site::Volcengine, direct);
/// # Ok::<(), cloudcall::Error>(())
/// ```
pub fn default_chain_over(site: Site, transport: impl HttpSend + Clone + 'static) -> CredentialChain {
    chain(
        site,
        WebIdentity::from_environment().site(site).transport(transport.clone()),
        CliProfile::new().site(site).transport(transport.clone()),
        probe(site, InstanceRole::new().transport(transport)),
    )
}

/// The instance role as the chain asks it. Unless a variable names the role, the instance may have no role,
/// and the machine may not belong to Volcengine.
fn probe(site: Site, role: InstanceRole) -> Probe<InstanceRole> {
    let variable = match site {
        Site::Volcengine => "VOLCENGINE_ECS_METADATA",
        Site::Byteplus => "BYTEPLUS_ECS_METADATA",
    };
    Probe::new(role.site(site)).unless_set(variable)
}

/// The order of the chain, for both sites and with or without a transport of the user.
fn chain(
    site: Site,
    web: impl ProvideCredential + 'static,
    cli: impl ProvideCredential + 'static,
    instance: impl ProvideCredential + 'static,
) -> CredentialChain {
    let keys = CredentialChain::new().then(EnvKeys::of(site));
    let keys = match site {
        Site::Volcengine => keys.then(older_environment()),
        Site::Byteplus => keys,
    };
    keys.then(web).then(cli).then(instance)
}

/// The region of the site's STS.
pub(super) fn sts_region(site: Site) -> &'static str {
    site.sts().1
}
/// The region of the environment, then that of the command line tool's profile. It is read once, for a client
/// without a region.
pub(super) fn region(site: Site, context: &Context) -> Option<String> {
    let older = || match site {
        Site::Volcengine => given(context, "VOLCSTACK_REGION"),
        Site::Byteplus => None,
    };
    let region =
        site.var(context, "REGION").or_else(older).or_else(|| cli_profile::config::region(site, context));
    region.map(|region| region.trim().to_owned()).filter(|region| !region.is_empty())
}

impl Site {
    /// The text with which the names of this site's variables begin.
    fn prefix(self) -> &'static str {
        match self {
            Self::Volcengine => "VOLCENGINE_",
            Self::Byteplus => "BYTEPLUS_",
        }
    }

    /// The value of the variable `VOLCENGINE_<name>` or `BYTEPLUS_<name>`, if it is set and not empty.
    fn var(self, context: &Context, name: &str) -> Option<String> {
        given(context, &format!("{}{name}", self.prefix()))
    }

    /// The variables that name a profile, in their order.
    fn profile_variables(self) -> &'static [&'static str] {
        match self {
            Self::Volcengine => &["VOLCENGINE_PROFILE", "VOLCSTACK_PROFILE"],
            Self::Byteplus => &["BYTEPLUS_PROFILE"],
        }
    }

    /// The site's directory below the home directory, where the command line tool has its files.
    fn directory(self) -> &'static str {
        match self {
            Self::Volcengine => ".volcengine",
            Self::Byteplus => ".byteplus",
        }
    }

    /// The host and the region of STS. The region is only part of the signature: STS serves all regions
    /// there.
    fn sts(self) -> (&'static str, &'static str) {
        match self {
            Self::Volcengine => ("sts.volcengineapi.com", "cn-beijing"),
            Self::Byteplus => ("sts.ap-southeast-1.byteplusapi.com", "ap-southeast-1"),
        }
    }
}

/// The members with keys in the responses of STS and the metadata service. AssumeRole and the metadata
/// service call the expiry `ExpiredTime`, and the other operations call it `Expiration`.
const KEYS: KeyMembers = KeyMembers {
    id: &["AccessKeyId"],
    secret: &["SecretAccessKey"],
    token: &["SessionToken"],
    expiry: &["ExpiredTime", "Expiration"],
};
