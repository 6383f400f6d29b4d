//! The JSON files of the vendors' tools.

use std::path::Path;
use std::time::Duration;

use serde_json::Value;

use super::CredentialError;
use super::file::{self, Named, SecretFile, WatchedFile};
use crate::context::Context;
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
