//! The file of the command line tool and its profiles: `docs/sources.md`, Volcengine, 7.2.
//!
//! Only this module decides which file and which profile are read, both for keys and for the default region.

use std::path::{Path, PathBuf};

use secrecy::SecretString;
use serde_json::Value;

use crate::context::Context;
use crate::credential::file::{self, Named, SecretFile};
use crate::credential::take_text;
use crate::credential::{Credential, CredentialError, WatchedFile, given};
use crate::error::Error;
use crate::provider::volcengine::Site;
use crate::response::decode::without_bom;

/// The name of the credential provider in errors.
pub(super) const NAME: &str = "CLI profile";
const FILE: &str = "config.json";

/// A profile, and the file in which it was found.
pub(super) struct Found {
    pub(super) path: PathBuf,
    pub(super) site: Site,
    /// The members of the profile. They are taken out one by one, so that secrets are not copied.
    pub(super) profile: Value,
    /// The `sso-session` member of the file.
    pub(super) sessions: Value,
    /// The state of the file. If the file changes, the credential is fetched again.
    pub(super) watched: WatchedFile,
}

impl Found {
    /// The error of this file: `CLI profile: the file ~/.volcengine/config.json has no …`.
    pub(super) fn broken(&self, what: &str) -> Error {
        broken(&self.path, what)
    }

    /// A member that the mode of the profile needs.
    pub(super) fn need(&mut self, name: &str) -> Result<String, Error> {
        match plain(&mut self.profile, name) {
            Some(text) => Ok(text),
            None => Err(self.broken(&format!("has no `{name}` in its profile"))),
        }
    }

    /// The key pair, and the session token if there is one.
    pub(super) fn keys(&mut self) -> Result<Credential, Error> {
        let (id, secret) = (self.need("access-key")?, SecretString::from(self.need("secret-key")?));
        let keys = Credential::new(id, secret)
            .map_err(|error| self.broken(&format!("cannot be used: {}", error.message())))?;
        Ok(match take_text(&mut self.profile, "session-token") {
            Some(token) => keys.with_token(token),
            None => keys,
        })
    }

    /// The directory of the file, below which the caches are.
    pub(super) fn directory(&self) -> &Path {
        self.path.parent().unwrap_or(Path::new(""))
    }
}

pub(super) fn broken(path: &Path, what: &str) -> Error {
    file::broken(NAME, path, what)
}

/// A text or a number as text; account ids are written as either. The empty text and null count as absent.
pub(super) fn plain(object: &mut Value, name: &str) -> Option<String> {
    match object.get(name) {
        Some(Value::Number(number)) => Some(number.to_string()),
        _ => take_text(object, name),
    }
}

/// Finds the profile, else the one that the file or the default names. The file is the one that the program
/// names, or that of the environment, or the default one.
///
/// *Not configured* if the default file does not exist, or if it has no such profile. A file that the user
/// named must exist.
pub(super) fn find(
    context: &Context,
    site: Site,
    file: Option<&Path>,
    profile: Option<&str>,
) -> Result<Found, CredentialError> {
    let pass = |reason: String| Err(CredentialError::NotConfigured(reason));
    let file = file.map(Path::to_owned).or_else(|| site.var(context, "CLI_CONFIG_FILE").map(PathBuf::from));
    let named_file = file.is_some();
    let home = || Some(context.env.home()?.join(site.directory()).join(FILE));
    let Some(path) = file.or_else(home) else {
        return pass("there is no home directory to look in".to_owned());
    };
    let SecretFile { bytes, watched } = match file::read(context, &path) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound && !named_file => {
            return pass(format!("no file at {}", file::shown(&path)));
        }
        Err(error) => return Err(broken(&path, "cannot be read").with_source(error).into()),
    };
    let Ok(mut document @ Value::Object(_)) = serde_json::from_slice(without_bom(&bytes)) else {
        return Err(broken(&path, "is not a JSON object").into());
    };
    let current = take_text(&mut document, "current");
    let name = profile.map(str::to_owned).or(current).unwrap_or_else(|| "default".to_owned());
    let profiles = document.get_mut("profiles").and_then(Value::as_object_mut);
    let meant = file::meant(&name, profiles.iter().flat_map(|all| all.keys()).map(String::as_str));
    match profiles.and_then(|all| all.remove(&name)) {
        Some(profile @ Value::Object(_)) => {
            let sessions = document.get_mut("sso-session").map(Value::take).unwrap_or_default();
            Ok(Found { path, site, profile, sessions, watched })
        }
        _ => pass(format!("{} has no profile `{}`{meant}", file::shown(&path), file::shown_name(&name))),
    }
}

/// The profile that the program or a variable of the site names.
pub(super) fn named_profile(
    context: &Context,
    site: Site,
    in_code: Option<&String>,
) -> (Option<String>, Named) {
    let set = site.profile_variables().iter().find(|variable| given(context, variable).is_some());
    file::named_profile(context, in_code, set.unwrap_or(&""))
}

/// The region of the profile that the default chain would use.
pub(in crate::provider::volcengine) fn region(site: Site, context: &Context) -> Option<String> {
    let (profile, _) = named_profile(context, site, None);
    let mut found = find(context, site, None, profile.as_deref()).ok()?;
    take_text(&mut found.profile, "region")
}
