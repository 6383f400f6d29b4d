//! The JSON files of the vendors' tools.

#[cfg(any(feature = "alibaba", feature = "volcengine"))]
use std::io;
use std::path::Path;
use std::time::Duration;

#[cfg(any(feature = "alibaba", feature = "volcengine"))]
use secrecy::zeroize::Zeroizing;
#[cfg(any(feature = "alibaba", feature = "volcengine"))]
use serde::Serialize as _;
use serde_json::Value;

use super::CredentialError;
use super::file::{self, Named, SecretFile, WatchedFile};
use crate::context::Context;
#[cfg(any(feature = "alibaba", feature = "volcengine"))]
use crate::context::FileLock;
#[cfg(any(feature = "alibaba", feature = "volcengine"))]
use crate::error::Error;
use crate::response::decode::without_bom;

/// The tools write their files in place. A reader that comes in between sees the beginning of the file.
const TRIES: u32 = 10;
const PAUSE: Duration = Duration::from_millis(20);

/// Reads a JSON object. A document that ends too early is read again, up to ten times in 180 ms.
pub(crate) async fn read_object(
    context: &Context,
    provider: &str,
    path: &Path,
    named: Named,
) -> Result<(Value, WatchedFile), CredentialError> {
    for attempt in 1..=TRIES {
        let SecretFile { bytes, watched } = file::open(context, provider, path, named)?;
        match serde_json::from_slice(without_bom(&bytes)) {
            Ok(document @ Value::Object(_)) => return Ok((document, watched)),
            Err(error) if error.is_eof() && attempt < TRIES => context.sleep.sleep(PAUSE).await,
            _ => break,
        }
    }
    Err(file::broken(provider, path, "is not a JSON object").into())
}

/// How long to wait for another process that writes the same file. After it, a refresh and an exchange, of at
/// most 12 s each, fit into the time limit of a fetch.
#[cfg(any(feature = "alibaba", feature = "volcengine"))]
const LOCK_LIMIT: Duration = Duration::from_secs(5);
#[cfg(any(feature = "alibaba", feature = "volcengine"))]
const LOCK_POLL: Duration = Duration::from_millis(10);

/// Takes the lock of a file, and waits for another process that holds it. The inner error is that of a file
/// that cannot be locked, because its directory cannot be written.
///
/// # Errors
///
/// Kind `Credentials` if the other process does not release it in time.
#[cfg(any(feature = "alibaba", feature = "volcengine"))]
pub(crate) async fn lock(
    context: &Context,
    provider: &str,
    path: &Path,
) -> Result<io::Result<FileLock>, Error> {
    let mut waited = Duration::ZERO;
    loop {
        match context.files.try_lock(path) {
            Ok(Some(lock)) => return Ok(Ok(lock)),
            Err(error) => return Ok(Err(error)),
            Ok(None) if waited >= LOCK_LIMIT => {
                let what = "is locked by another process, which refreshes it: try again. The lock of a process that has ended \
                            expires after 60 s";
                return Err(file::broken(provider, path, what));
            }
            Ok(None) => {
                context.sleep.sleep(LOCK_POLL).await;
                waited += LOCK_POLL;
            }
        }
    }
}

/// Replaces a file. `indent` is the indentation of the tool that owns it.
#[cfg(any(feature = "alibaba", feature = "volcengine"))]
pub(crate) fn replace(context: &Context, path: &Path, document: &Value, indent: &str) -> io::Result<()> {
    let mut bytes = Zeroizing::new(Vec::new());
    let format = serde_json::ser::PrettyFormatter::with_indent(indent.as_bytes());
    document.serialize(&mut serde_json::Serializer::with_formatter(&mut *bytes, format))?;
    context.files.replace(path, &bytes)
}
