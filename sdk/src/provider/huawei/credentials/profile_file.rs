//! The profile file: `docs/sources.md`, Huawei Cloud, 3.5.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use async_trait::async_trait;

use super::{federated, with_scope};
use crate::call::setters::provider_setters;
use crate::context::Context;
use crate::credential::file::{self, Named, SecretFile};
use crate::credential::{Comments, Credential, CredentialError, ProvideCredential, given, read_section};
use crate::error::Error;
use crate::transport::HttpSend;

const FILE_VARIABLE: &str = "HUAWEICLOUD_SDK_CREDENTIALS_FILE";

/// Keys from sections `[basic]` and `[global]` of the file that `HUAWEICLOUD_SDK_CREDENTIALS_FILE` names,
/// else of `~/.huaweicloud/credentials`.
///
/// The vendor keeps keys for projects and for the account in two sections. Calls of the account, such as
/// those of IAM, are signed with the keys of `[global]`, all others with those of `[basic]`. If the file has
/// one of both only, or if [`section`](ProfileFile::section) names one, its keys sign all calls. A section
/// has `ak`, `sk` and `security_token`, or `idp_id` and `id_token_file`, which make it [`Federation`](super::Federation) and go
/// before keys; and `project_id`, `domain_id` and `iam_endpoint`.
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
/// *has no `ak` and `sk` in \[basic\] or \[global\]*: the file has other sections. Name one with `section`.
///
/// *has `ak` in \[basic\] but no `sk`*: one half of the pair is missing or empty. Write both, or remove the
/// section.
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
    /// The file that the environment names, or the usual one.
    pub fn new() -> Self {
        Self::default()
    }

    provider_setters! {
        /// Reads this file, whatever the environment names.
        file: path => file;

        /// Reads this section and no other: `global` for the account's keys where the file has other ones for
        /// projects, or one of a name of your own.
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

        /// Sends requests to IAM, where federation needs it, through a transport of your own.
        transport: transport => transport;
    }

    async fn keys(&self, context: &Context, section: Section) -> Result<Credential, CredentialError> {
        let keys = match section.origin {
            Origin::Keys(keys) => keys,
            Origin::Federation { idp_id, token_file } => {
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
                let reason = format!("{} has no `ak` and `sk` in [{sections}]", file::shown(&path));
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

const NAME: &str = "profile";

fn broken(path: &Path, what: &str) -> Error {
    file::broken(NAME, path, what)
}

/// What one section says.
struct Section {
    origin: Origin,
    project_id: Option<String>,
    domain_id: Option<String>,
    iam_endpoint: Option<String>,
}

enum Origin {
    Keys(Credential),
    Federation { idp_id: String, token_file: String },
}

impl Origin {
    fn is_that_of(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Keys(one), Self::Keys(two)) => one.id() == two.id(),
            (Self::Federation { idp_id: one, .. }, Self::Federation { idp_id: two, .. }) => one == two,
            _ => false,
        }
    }
}

/// One section; nothing if it is missing or has neither keys nor an identity provider.
fn section(path: &Path, bytes: &[u8], name: &str) -> Result<Option<Section>, Error> {
    let Some(pairs) = read_section(path, bytes, name, Comments::Lines)? else { return Ok(None) };
    // The vendor's reader takes `%%` for `%`, so files have it.
    let get = |key: &str| {
        let found = pairs.iter().find(|(known, _)| known == key).map(|(_, value)| value.replace("%%", "%"));
        found.filter(|value| !value.is_empty())
    };
    let half =
        |set: &str, missing: &str| Err(broken(path, &format!("has `{set}` in [{name}] but no `{missing}`")));
    let origin = match (get("idp_id"), get("id_token_file"), get("ak"), get("sk")) {
        (Some(idp_id), Some(token_file), ..) => Origin::Federation { idp_id, token_file },
        (_, _, Some(id), Some(secret)) => {
            let keys = Credential::new(id, secret)
                .map_err(|error| broken(path, &format!("cannot be used: {}", error.message())))?
                .with_source("profile");
            Origin::Keys(match get("security_token") {
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
        let Origin::Keys(keys) = found.origin else { panic!("no keys") };
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
