//! Tokens that another party issued: given in the program, or in a file that is rotated.
//!
//! They are exchanged for keys at a cloud's STS. Kubernetes mounts such files for pods and replaces
//! them before they expire.

use std::path::{Path, PathBuf};

use secrecy::SecretString;
use secrecy::zeroize::Zeroizing;

use super::file::{SIZE_CAP, WatchedFile, broken, unreadable};
use crate::context::Context;
use crate::error::Error;

/// Where a token or an assertion comes from.
///
/// ```
/// use cloudcall::credential::secrecy::SecretString;
/// use cloudcall::credential::TokenSource;
///
/// let rotated = TokenSource::File("/var/run/secrets/token".into());
/// let given = TokenSource::Given(SecretString::from("example-token"));
/// ```
///
/// # Troubleshooting
///
/// *is empty: it should hold the token*: the file exists, but nothing has written the token yet.
///
/// *cannot be read*: the path is wrong, or the process has no permission. In a pod, check that the
/// volume is mounted.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum TokenSource {
    /// The token itself.
    Given(SecretString),
    /// A file that contains only the token. It is read for each exchange; white space around the token
    /// is dropped, and a changed file is read before the next call. At most 1 MiB.
    File(PathBuf),
}

impl TokenSource {
    /// The token as it is now, and the file to watch.
    pub(crate) fn read(
        &self,
        context: &Context,
        provider: &str,
    ) -> Result<(SecretString, Option<WatchedFile>), Error> {
        match self {
            Self::Given(token) => Ok((token.clone(), None)),
            Self::File(path) => read_token(context, provider, path).map(|(token, file)| (token, Some(file))),
        }
    }
}

/// Reads a file that contains one token, without the white space around it.
pub(crate) fn read_token(
    context: &Context,
    provider: &str,
    path: &Path,
) -> Result<(SecretString, WatchedFile), Error> {
    let watched = WatchedFile::new(context, path);
    // Mounted tokens are often readable by all of a pod: no warning.
    let bytes = context.files.read(path).map_err(|error| unreadable(provider, path, error))?;
    let bytes = Zeroizing::new(bytes);
    if bytes.len() > SIZE_CAP {
        return Err(broken(provider, path, "is larger than 1 MiB, so it is not a token"));
    }
    let text = std::str::from_utf8(&bytes)
        .map_err(|error| broken(provider, path, "is not UTF-8").with_source(error))?;
    let token = text.strip_prefix('\u{feff}').unwrap_or(text).trim();
    if token.is_empty() {
        return Err(broken(provider, path, "is empty: it should hold the token"));
    }
    if token.chars().any(char::is_control) {
        return Err(broken(provider, path, "has line breaks in the middle, so it is not a token"));
    }
    Ok((SecretString::from(token), watched))
}
