//! Keys from an INI file in a fixed place.
//!
//! ```ini
//! [default]
//! secret_id = AKIDexample
//! secret_key = example-secret
//! token = example-token
//! ```
//!
//! Names and places differ by cloud ([`ProfileFormat`]); `ini.rs` has the syntax. Huawei Cloud and
//! Alibaba Cloud have richer files and their own readers in `provider/*/credentials/profile_file.rs`.

use std::path::{Path, PathBuf};

use async_trait::async_trait;

use super::file::{self, Named, SecretFile};
use super::ini::{Comments, no_section, read_section};
use super::{Credential, CredentialError, ProvideCredential};
use crate::context::Context;
use crate::error::Error;

/// The names in a cloud's credentials file. Keys are compared without case, and sections exactly.
///
/// ```
/// use cloudcall::credential::{ProfileCredentials, ProfileFormat};
///
/// let format = ProfileFormat::new("default", "secret_id", "secret_key", "token");
/// let keys = ProfileCredentials::new(format, [".mytool/credentials", "/etc/mytool/credentials"]);
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct ProfileFormat {
    /// The section.
    pub section: &'static str,
    /// The key of the id.
    pub id: &'static str,
    /// The key of the secret.
    pub secret: &'static str,
    /// The key of the token of temporary keys. It may be missing from the file.
    pub token: &'static str,
}

impl ProfileFormat {
    /// Sets the names of the section and of its three keys. Write the keys in lower case.
    pub const fn new(
        section: &'static str,
        id: &'static str,
        secret: &'static str,
        token: &'static str,
    ) -> Self {
        Self { section, id, secret, token }
    }
}

/// Reads a key pair from the first of several files that exists. The keys are read again once the file
/// has changed.
///
/// | the file | outcome |
/// | --- | --- |
/// | does not exist | the next one; after the last one *not configured* |
/// | has no such section, or neither id nor secret in it | *not configured* |
/// | cannot be read or parsed; has a section or a key twice; has half a key pair | error |
/// | is named with [`file`](Self::file) and does not exist | error |
/// | none has the keys of the section that is named with [`profile`](Self::profile) | error |
///
/// Errors name the file and the line, and never quote its content. If other users can read the file, a
/// warning is logged.
///
/// # Troubleshooting
///
/// *not configured: no file at …*: the file is missing, or `HOME` is another one than you expect.
///
/// *has `secret_id` in \[default\] but no `secret_key`*: add the missing key, or remove the other one.
///
/// *is malformed: line 4 begins \[default\] again*: merge the two sections.
#[derive(Debug, Clone)]
pub struct ProfileCredentials {
    /// The names in the file.
    format: ProfileFormat,
    /// Relative ones are below the home directory.
    paths: Vec<PathBuf>,
    /// The only file to read, if the program names one.
    file: Option<PathBuf>,
    /// The section, if the program names one.
    profile: Option<String>,
}

impl ProfileCredentials {
    /// Reads the first of `paths` that exists. A relative path is below the home directory.
    pub fn new(format: ProfileFormat, paths: impl IntoIterator<Item = impl Into<PathBuf>>) -> Self {
        let paths = paths.into_iter().map(Into::into).collect();
        Self { format, paths, file: None, profile: None }
    }

    /// Reads only this file. If it does not exist, that is an error.
    ///
    /// ```
    /// use cloudcall::provider::tencent::credentials;
    ///
    /// let work = credentials::profile().file("/etc/keys/tencent").profile("work");
    /// ```
    #[must_use]
    pub fn file(mut self, path: impl Into<PathBuf>) -> Self {
        self.file = Some(path.into());
        self
    }

    /// Reads the section of this name. Default: the section of the format.
    #[must_use]
    pub fn profile(mut self, name: impl Into<String>) -> Self {
        self.profile = Some(name.into());
        self
    }

    /// The absolute paths. Without a home directory, relative ones are left out.
    fn resolve(&self, context: &Context) -> Vec<PathBuf> {
        let home = context.env.home();
        let absolute = |path: &PathBuf| match &home {
            _ if path.is_absolute() => Some(path.clone()),
            Some(home) => Some(home.join(path)),
            None => None,
        };
        self.paths.iter().filter_map(absolute).collect()
    }

    /// The name of the section to read.
    fn section(&self) -> &str {
        self.profile.as_deref().unwrap_or(self.format.section)
    }
}

#[async_trait]
impl ProvideCredential for ProfileCredentials {
    fn name(&self) -> &'static str {
        NAME
    }

    async fn provide(&self, context: &Context) -> Result<Credential, CredentialError> {
        match &self.profile {
            Some(profile) => Named::InCode.must(NAME, profile, self.find(context)),
            None => self.find(context),
        }
    }
}

const NAME: &str = "profile";

impl ProfileCredentials {
    /// The keys in the first file that exists.
    fn find(&self, context: &Context) -> Result<Credential, CredentialError> {
        if let Some(path) = &self.file {
            let SecretFile { bytes, watched } = file::open(context, NAME, path, Named::InCode)?;
            return self.parse(path, &bytes).map(|credential| credential.with_file(watched));
        }
        let paths = self.resolve(context);
        for path in &paths {
            match file::open(context, NAME, path, Named::Nowhere) {
                Ok(SecretFile { bytes, watched }) => {
                    return self.parse(path, &bytes).map(|credential| credential.with_file(watched));
                }
                Err(CredentialError::NotConfigured(_)) => {}
                Err(broken) => return Err(broken),
            }
        }
        let looked: Vec<_> = paths.iter().map(|path| file::shown(path)).collect();
        let reason = match looked.is_empty() {
            true => "there is no home directory to look in".to_owned(),
            false => format!("no file at {}", looked.join(" or ")),
        };
        Err(CredentialError::NotConfigured(reason))
    }

    /// The keys in the content of a file.
    fn parse(&self, path: &Path, bytes: &[u8]) -> Result<Credential, CredentialError> {
        let name = self.section();
        let Some(section) = read_section(path, bytes, name, Comments::Lines)? else {
            return Err(CredentialError::NotConfigured(no_section(path, bytes, name)));
        };
        let key = |name: &str| section.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
        let given = |name: &str| key(name).filter(|value| !value.is_empty());
        let half = |set: &str, missing: &str| {
            broken(path, &format!("has `{set}` in [{name}] but no `{missing}`")).into()
        };
        match (given(self.format.id), given(self.format.secret)) {
            (Some(id), Some(secret)) => {
                let mut credential = Credential::new(id, secret)
                    .map_err(|error| {
                        broken(path, &format!("has keys that cannot be used: {}", error.message()))
                    })?
                    .with_source(self.name());
                if let Some(token) = given(self.format.token) {
                    credential = credential.with_token(token);
                }
                Ok(credential)
            }
            (None, None) => {
                let ProfileFormat { id, secret, .. } = self.format;
                let reason = format!("{} has no `{id}` and `{secret}` in [{name}]", file::shown(path));
                Err(CredentialError::NotConfigured(reason))
            }
            (Some(_), None) => Err(half(self.format.id, self.format.secret)),
            (None, Some(_)) => Err(half(self.format.secret, self.format.id)),
        }
    }
}

/// An error about the file.
fn broken(path: &Path, what: &str) -> Error {
    file::broken(NAME, path, what)
}
