//! The JSON files of the vendors' tools.

#[cfg(feature = "alibaba")]
use std::io;
use std::path::Path;
use std::time::Duration;

#[cfg(feature = "alibaba")]
use secrecy::zeroize::Zeroizing;
#[cfg(feature = "alibaba")]
use serde::Serialize as _;
use serde_json::Value;

use super::CredentialError;
use super::file::{self, Named, SecretFile, WatchedFile};
use crate::context::Context;
#[cfg(feature = "alibaba")]
use crate::context::FileLock;
#[cfg(feature = "alibaba")]
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

/// How long to wait for another process that writes the same file.
#[cfg(feature = "alibaba")]
const LOCK_LIMIT: Duration = Duration::from_secs(15);
#[cfg(feature = "alibaba")]
const LOCK_POLL: Duration = Duration::from_millis(50);

/// Takes the lock of a file, and waits for another process that holds it.
#[cfg(feature = "alibaba")]
pub(crate) async fn lock(
    context: &Context,
    provider: &str,
    path: &Path,
    unwritable: impl Fn(io::Error) -> Error,
) -> Result<FileLock, Error> {
    let mut waited = Duration::ZERO;
    loop {
        match context.files.try_lock(path).map_err(&unwritable)? {
            Some(lock) => return Ok(lock),
            None if waited >= LOCK_LIMIT => {
                let what = "is locked by another process, which does not end: remove the file beside it that ends in `.lock`";
                return Err(file::broken(provider, path, what));
            }
            None => {
                context.sleep.sleep(LOCK_POLL).await;
                waited += LOCK_POLL;
            }
        }
    }
}

/// Replaces a file, in the format of Alibaba Cloud's tool.
#[cfg(feature = "alibaba")]
pub(crate) fn replace(context: &Context, path: &Path, document: &Value) -> io::Result<()> {
    let mut bytes = Zeroizing::new(Vec::new());
    let format = serde_json::ser::PrettyFormatter::with_indent(b"\t");
    document.serialize(&mut serde_json::Serializer::with_formatter(&mut *bytes, format))?;
    context.files.replace(path, &bytes)
}
