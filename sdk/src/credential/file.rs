//! Files that credentials come from, and whether they have changed since.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use secrecy::zeroize::Zeroizing;

use super::CredentialError;
use crate::context::Context;
use crate::error::{Error, ErrorKind};
use crate::telemetry::redact::MASK;

/// How large a file with keys or a token may be: a real one has a few lines.
pub(crate) const SIZE_CAP: usize = 1 << 20;

/// A file and when it was last changed as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WatchedFile {
    path: PathBuf,
    modified: Option<SystemTime>,
}

impl WatchedFile {
    /// The file as it is now. Take this before the file is read, so that a change in between is seen.
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
    pub(crate) bytes: Zeroizing<Vec<u8>>,
    pub(crate) watched: WatchedFile,
}

/// Reads a file with secrets, and warns if others can read it too.
pub(crate) fn read(context: &Context, path: &Path) -> std::io::Result<SecretFile> {
    let watched = WatchedFile::new(context, path);
    let bytes = Zeroizing::new(context.files.read(path)?);
    if context.files.readable_by_others(path) {
        tracing::warn!(file = %shown(path), "the credentials file is open to other users: chmod 600 it");
    }
    Ok(SecretFile { bytes, watched })
}

/// Reads the file of `provider`. A missing one is not configured, unless it is `named` by the program or by a
/// variable.
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
        #[cfg(any(feature = "huawei", feature = "alibaba"))]
        (_, Named::By(variable)) => {
            let what = format!(", which {variable} names, cannot be read: {error}");
            Error::new(ErrorKind::Credentials, format!("{provider}: the file {}{what}", shown(path)))
                .with_source(error)
                .into()
        }
        _ => unreadable(provider, path, error).into(),
    })
}

/// Who said where a file is.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Named {
    /// Nobody: it is the usual place.
    Nowhere,
    /// The program.
    InCode,
    /// This variable.
    #[cfg(any(feature = "huawei", feature = "alibaba"))]
    By(&'static str),
}

/// The error of a file that cannot be read.
pub(crate) fn unreadable(provider: &str, path: &Path, error: std::io::Error) -> Error {
    broken(provider, path, &format!("cannot be read: {error}")).with_source(error)
}

/// The error of `provider` about a file.
pub(crate) fn broken(provider: &str, path: &Path, what: &str) -> Error {
    Error::new(ErrorKind::Credentials, format!("{provider}: the file {} {what}", shown(path)))
}

/// Longer paths are cut in messages, in characters.
const PATH_CAP: usize = 256;

/// A path as messages show it. Variables and keys that should name a file sometimes hold the token or the key
/// itself: such a value is masked.
pub(crate) fn shown(path: &Path) -> String {
    let text = path.display().to_string();
    let token = text.starts_with("eyJ") && text.matches('.').count() >= 2;
    if token
        || text.contains("-----BEGIN")
        || text.contains(char::is_control)
        || text.chars().count() > PATH_CAP
    {
        return format!("{MASK} (this is no path)");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_in_place_of_a_path_is_masked() {
        for secret in ["eyJhbGciOi.eyJzdWIi.c2ln", "-----BEGIN PRIVATE KEY-----", "a\nb", &"x".repeat(300)] {
            assert_eq!(shown(Path::new(secret)), "**** (this is no path)");
        }
        assert_eq!(shown(Path::new("/home/u/.aliyun/config.json")), "/home/u/.aliyun/config.json");
    }
}
