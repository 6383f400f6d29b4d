//! The profile file: `docs/sources.md`, Huawei Cloud, 3.5.
//!
//! The INI syntax is read by `credential/ini.rs`, which other clouds use too. This file has the sections and
//! keys of Huawei Cloud, and the rule by which two sections become one credential.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use async_trait::async_trait;

use super::{federated, with_scope};
use crate::call::setters::provider_setters;
use crate::context::Context;
use crate::credential::file::{self, Named, SecretFile};
use crate::credential::{
    Comments, Credential, CredentialError, ProvideCredential, given, meant_section, read_section,
};
use crate::error::Error;
use crate::transport::HttpSend;

/// The variable with the path of the file.
const FILE_VARIABLE: &str = "HUAWEICLOUD_SDK_CREDENTIALS_FILE";

/// Keys from the vendor's profile file. [`profile`](super::profile) makes this provider.
///
/// The file is the one that [`file`](ProfileFile::file) names, else the one that
/// `HUAWEICLOUD_SDK_CREDENTIALS_FILE` names, else `~/.huaweicloud/credentials`, on Windows
/// `C:\Users\NAME\.huaweicloud\credentials`. It is an INI file of at most 1 MiB:
///
/// ```text
/// [basic]
/// ak = AKproject
/// sk = example-secret
/// project_id = 0904f9e1f100d2932f94c01f9aa1cfd7
///
/// [global]
/// idp_id = my-idp
/// id_token_file = /var/run/token
/// domain_id = 48b2c7e0a1d94d4bb0a7c3f7b1e2d3c4
/// ```
///
/// | key | meaning |
/// | --- | --- |
/// | `ak`, `sk` | the key pair; both or neither |
/// | `security_token` | the token of temporary keys |
/// | `idp_id`, `id_token_file` | an identity provider, and the file with its token |
/// | `project_id` | the project that the keys are used in |
/// | `domain_id`, or `domainId` as in the vendor's guide | the account that the keys are used in |
/// | `iam_endpoint` | the IAM for federation and for the look-up of ids |
///
/// Keys are read in any case, `=` and `:` separate key and value, and `%%` stands for `%`. An empty value
/// counts as missing. If a section has an identity provider and a key pair, the identity provider counts,
/// which [`Federation`](super::Federation) describes.
///
/// # Two sections
///
/// The vendor keeps keys for projects in `[basic]` and keys for the account in `[global]`. Calls of the
/// account, such as those of IAM, are signed with the keys of `[global]`, all others with those of `[basic]`.
/// If the file has only one of the sections, or if [`section`](ProfileFile::section) names one, its keys sign
/// all calls. If both sections have the same key id, they are one pair, with the ids of both sections.
///
/// The client fetches the keys again once the file changes.
///
/// ```
/// use cloudcall::{Client, Huawei, provider::huawei::credentials::ProfileFile};
///
/// let keys = ProfileFile::new().file("/etc/keys/huawei");
/// let client = Client::<Huawei>::builder().region("cn-north-4").credentials(keys).build()?;
/// # Ok::<(), cloudcall::Error>(())
/// ```
///
/// # Troubleshooting
///
/// *no file at …*: neither the variable nor the home directory leads to a file. Write one, or name it.
///
/// *has no `ak` and `sk` in \[basic\] or \[global\]*: the file has other sections. Name one with `section`.
///
/// *has `ak` in \[basic\] but no `sk`*: one half of the pair is missing or empty. Write both, or remove the
/// section.
///
/// *is malformed: line 3, in \[basic\], …*: the message names line and section, and never quotes the line,
/// which may hold a secret.
#[doc(alias = "ProfileCredentialProvider")]
#[doc(alias = "get_basic_credential_profile_provider")]
#[doc(alias = "get_global_credential_profile_provider")]
#[derive(Debug, Clone, Default)]
pub struct ProfileFile {
    file: Option<PathBuf>,
    section: Option<String>,
    transport: Option<Arc<dyn HttpSend>>,
}

impl ProfileFile {
    /// The file that `HUAWEICLOUD_SDK_CREDENTIALS_FILE` names, else `~/.huaweicloud/credentials`.
    pub fn new() -> Self {
        Self::default()
    }

    provider_setters! {
        /// Reads this file instead of the one that the environment names. A missing file is then an error.
        file: path => file;

        /// Reads this section and no other. Default: `basic` and `global`. A section that is missing or has
        /// no keys is an error.
        ///
        /// Use `global` to sign all calls with the keys of the account, or a section with a name of your own.
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

        /// Sends requests through a transport of your own. Only federation sends any, to IAM.
        transport: transport => transport;
    }

    /// The keys of one section, with its ids and its IAM. For an identity provider, the exchange with IAM
    /// happens here.
    async fn keys(&self, context: &Context, section: Section) -> Result<Credential, CredentialError> {
        let keys = match section.origin {
            ProfileOrigin::Keys(keys) => keys,
            ProfileOrigin::Federation { idp_id, token_file } => {
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
impl ProvideCredential for ProfileFile {
    fn name(&self) -> &'static str {
        "profile"
    }

    async fn provide(&self, context: &Context) -> Result<Credential, CredentialError> {
        let keys = self.find(context).await;
        match &self.section {
            Some(section) => Named::InCode.must(NAME, section, keys),
            None => keys,
        }
    }
}

impl ProfileFile {
    /// The keys of the file.
    async fn find(&self, context: &Context) -> Result<Credential, CredentialError> {
        let usual = || Some((context.env.home()?.join(".huaweicloud/credentials"), Named::Nowhere));
        let of_variable = || Some((given(context, FILE_VARIABLE)?.into(), Named::By(FILE_VARIABLE)));
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
                let meant = self.section.as_deref().map(|section| meant_section(&bytes, section));
                let reason = format!(
                    "{} has no `ak` and `sk` in [{sections}]{}",
                    file::shown(&path),
                    meant.unwrap_or_default()
                );
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

/// The name of the provider in messages and logs.
const NAME: &str = "profile";

/// The error of a file that is there but cannot be used. The message begins with `profile: the file PATH`.
fn broken(path: &Path, what: &str) -> Error {
    file::broken(NAME, path, what)
}

/// The content of one section.
struct Section {
    /// The source of the keys.
    origin: ProfileOrigin,
    /// The project that the keys are used in.
    project_id: Option<String>,
    /// The account that the keys are used in.
    domain_id: Option<String>,
    /// The IAM for federation and for the look-up of ids.
    iam_endpoint: Option<String>,
}

/// The two kinds of sections.
enum ProfileOrigin {
    /// A key pair, with a token if it is temporary.
    Keys(Credential),
    /// An identity provider, whose token is exchanged for keys.
    Federation { idp_id: String, token_file: String },
}

impl ProfileOrigin {
    /// Whether both sections lead to the same keys: the same key id, or the same identity provider. Then one
    /// credential with the ids of both sections signs all calls.
    fn is_that_of(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Keys(one), Self::Keys(two)) => one.id() == two.id(),
            (Self::Federation { idp_id: one, .. }, Self::Federation { idp_id: two, .. }) => one == two,
            _ => false,
        }
    }
}

/// Reads one section. `None` if the file does not have it, or if it has neither keys nor an identity
/// provider.
///
/// # Errors
///
/// Kind `Credentials` if the file is malformed, if one half of a pair is missing, or if the keys cannot be
/// used.
fn section(path: &Path, bytes: &[u8], name: &str) -> Result<Option<Section>, Error> {
    let Some(pairs) = read_section(path, bytes, name, Comments::Lines)? else { return Ok(None) };
    // The vendor's reader (Python's configparser) takes `%%` for `%`, so existing files have it.
    let get = |key: &str| {
        let found = pairs.iter().find(|(known, _)| known == key).map(|(_, value)| value.replace("%%", "%"));
        found.filter(|value| !value.is_empty())
    };
    let half =
        |set: &str, missing: &str| Err(broken(path, &format!("has `{set}` in [{name}] but no `{missing}`")));
    let origin = match (get("idp_id"), get("id_token_file"), get("ak"), get("sk")) {
        (Some(idp_id), Some(token_file), ..) => ProfileOrigin::Federation { idp_id, token_file },
        (_, _, Some(id), Some(secret)) => {
            let keys = Credential::new(id, secret)
                .map_err(|error| broken(path, &format!("cannot be used: {}", error.message())))?
                .with_source("profile");
            ProfileOrigin::Keys(match get("security_token") {
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
        let ProfileOrigin::Keys(keys) = found.origin else { panic!("no keys") };
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
}
