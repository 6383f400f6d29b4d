//! Files that credentials come from, and whether they have changed since.
//!
//! All sources of keys read their files here, so size limits, warnings about permissions and the
//! masking of paths are the same everywhere.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use secrecy::zeroize::Zeroizing;
#[cfg(any(feature = "huawei", feature = "alibaba"))]
use serde_json::Value;

#[cfg(any(feature = "tencent", feature = "alibaba", feature = "volcengine"))]
use super::given;
use super::{Credential, CredentialError};
use crate::context::Context;
use crate::error::{Error, ErrorKind, near};
use crate::telemetry::redact::MASK;

/// Size limit of a file with keys or a token: 1 MiB. A real one has a few lines.
pub(crate) const SIZE_CAP: usize = 1 << 20;

/// A file, and its modification time when it was read.
/// [`Credential::with_file`](super::Credential::with_file) has an example.
///
/// The cache compares the time before each call. A file that was replaced or removed has changed, too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WatchedFile {
    /// The path, as the source names it.
    path: PathBuf,
    /// The modification time; none if it could not be read.
    modified: Option<SystemTime>,
}

impl WatchedFile {
    /// Reads the modification time now. Call it before the file is read, so that a change in between is
    /// detected.
    pub fn new(context: &Context, path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        let modified = context.files.modified(&path).ok();
        Self { path, modified }
    }

    /// Whether the file has been changed, replaced or removed since.
    pub(crate) fn has_changed(&self, context: &Context) -> bool {
        context.files.modified(&self.path).ok() != self.modified
    }
}

/// The bytes of a file with secrets, zeroized when dropped.
pub(crate) struct SecretFile {
    /// The content.
    pub(crate) bytes: Zeroizing<Vec<u8>>,
    /// The file as of before it was read.
    pub(crate) watched: WatchedFile,
}

/// Reads a file with secrets, and logs a warning if other users can read it.
pub(crate) fn read(context: &Context, path: &Path) -> std::io::Result<SecretFile> {
    let watched = WatchedFile::new(context, path);
    let bytes = Zeroizing::new(context.files.read(path)?);
    if context.files.readable_by_others(path) {
        tracing::warn!(file = %shown(path), "the credentials file is open to other users: chmod 600 it");
    }
    Ok(SecretFile { bytes, watched })
}

/// Reads the file of `provider`. A missing file means *not configured*, unless the program or a
/// variable names it.
pub(crate) fn open(
    context: &Context,
    provider: &str,
    path: &Path,
    named: Named,
) -> Result<SecretFile, CredentialError> {
    read(context, path).map_err(|error| match (error.kind(), named) {
        (std::io::ErrorKind::NotFound, Named::Nowhere) => {
            CredentialError::NotConfigured(format!("no file at {}", shown(path)))
        }
        #[cfg(feature = "__cloud")]
        (_, Named::By(variable)) => {
            let what = format!(", which {variable} names, cannot be read: {error}");
            Error::new(ErrorKind::Credentials, format!("{provider}: the file {}{what}", shown(path)))
                .with_source(error)
                .into()
        }
        _ => unreadable(provider, path, error).into(),
    })
}

/// Where the path of a file, or the name of a profile, comes from.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Named {
    /// It is the usual one; nothing names it.
    Nowhere,
    /// The program names it.
    InCode,
    /// This variable names it.
    #[cfg(feature = "__cloud")]
    By(&'static str),
}

impl Named {
    /// The outcome of a profile. If it is named, *not configured* is an error: a chain that goes on would use
    /// another account than the one that is meant.
    pub(crate) fn must(
        self,
        provider: &str,
        profile: &str,
        outcome: Result<Credential, CredentialError>,
    ) -> Result<Credential, CredentialError> {
        let by = match self {
            Self::Nowhere => return outcome,
            Self::InCode => "the program",
            #[cfg(feature = "__cloud")]
            Self::By(variable) => variable,
        };
        outcome.map_err(|error| match error {
            CredentialError::NotConfigured(reason) => {
                let profile = shown_name(profile);
                let what =
                    format!("{provider}: the profile `{profile}` that {by} names has no keys: {reason}");
                Error::new(ErrorKind::Credentials, what).into()
            }
            broken => broken,
        })
    }
}

/// The profile that the program names, else the one that a variable names.
#[cfg(any(feature = "tencent", feature = "alibaba", feature = "volcengine"))]
pub(crate) fn named_profile(
    context: &Context,
    in_code: Option<&String>,
    variable: &'static str,
) -> (Option<String>, Named) {
    match (in_code, given(context, variable)) {
        (Some(name), _) => (Some(name.clone()), Named::InCode),
        (None, Some(name)) => (Some(name), Named::By(variable)),
        (None, None) => (None, Named::Nowhere),
    }
}

/// `, did you mean `prod`?`, if one of the known profiles has a name like the wanted one.
pub(crate) fn meant<'a>(wanted: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    match near(wanted, known.into_iter().filter(|name| *name != wanted)) {
        Some(name) => format!(", did you mean `{}`?", name.escape_debug()),
        None => String::new(),
    }
}

/// Why a profile is *not configured*: the list of profiles in the file does not have it.
#[cfg(any(feature = "huawei", feature = "alibaba"))]
pub(crate) fn no_profile(path: &Path, profiles: &Value, name: &str) -> String {
    let known = profiles.as_array().into_iter().flatten().filter_map(|profile| profile["name"].as_str());
    format!("{} has no profile `{}`{}", shown(path), shown_name(name), meant(name, known))
}

/// The error of a file that cannot be read.
pub(crate) fn unreadable(provider: &str, path: &Path, error: std::io::Error) -> Error {
    broken(provider, path, &format!("cannot be read: {error}")).with_source(error)
}

/// The error of `provider` about a file.
pub(crate) fn broken(provider: &str, path: &Path, what: &str) -> Error {
    Error::new(ErrorKind::Credentials, format!("{provider}: the file {} {what}", shown(path)))
}

/// Size limit of a path in messages, in characters. A longer one is masked.
const PATH_CAP: usize = 256;

/// A path as messages show it. Variables and keys that should name a file sometimes hold the token or the key
/// itself: such a value is masked.
pub(crate) fn shown(path: &Path) -> String {
    let text = path.display().to_string();
    if is_secret(&text) { format!("{MASK} (not a path)") } else { text }
}

/// The name of a profile as messages show it. One that cannot be a name is masked.
pub(crate) fn shown_name(name: &str) -> String {
    match is_secret(name) || name.contains(['/', '\\']) {
        true => format!("{MASK} (not a name)"),
        false => name.escape_debug().to_string(),
    }
}

/// Whether a text is more probably a token or a key than a path or a name.
fn is_secret(text: &str) -> bool {
    let token = text.starts_with("eyJ") && text.matches('.').count() >= 2;
    token || text.contains("-----BEGIN") || text.contains(char::is_control) || text.chars().count() > PATH_CAP
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_in_place_of_a_path_is_masked() {
        for secret in ["eyJhbGciOi.eyJzdWIi.c2ln", "-----BEGIN PRIVATE KEY-----", "a\nb", &"x".repeat(300)] {
            assert_eq!(shown(Path::new(secret)), "**** (not a path)");
            assert_eq!(shown_name(secret), "**** (not a name)");
        }
        assert_eq!(shown(Path::new("/home/u/.aliyun/config.json")), "/home/u/.aliyun/config.json");
        assert_eq!(shown_name("AKID/secret"), "**** (not a name)");
        assert_eq!(shown_name("prod"), "prod");
    }
}
