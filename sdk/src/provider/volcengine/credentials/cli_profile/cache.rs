//! The cache files of the tool: `docs/sources.md`, Volcengine, 7.2.

use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::Value;

use super::config::broken;
use crate::context::Context;
use crate::credential::file::{self, SecretFile};
use crate::error::Error;
use crate::response::decode::without_bom;
use crate::sign::encode::hex;

/// Keys and tokens are refreshed this long before they end.
pub(super) const EARLY: Duration = Duration::from_secs(60);

/// A cache file of the tool: a JSON object with tokens, under the SHA-1 of what it is for.
pub(super) fn cached(context: &Context, directory: &Path, key: &str) -> Result<(PathBuf, Value), Error> {
    use sha1::Digest as _;
    let path = directory.join(format!("{}.json", hex(&sha1::Sha1::digest(key.as_bytes()))));
    let read = file::read(context, &path);
    let SecretFile { bytes, .. } = read.map_err(|error| {
        let what = "cannot be read: sign in with the command line tool first";
        broken(&path, what).with_source(error)
    })?;
    match serde_json::from_slice(without_bom(&bytes)) {
        Ok(document @ Value::Object(_)) => Ok((path, document)),
        _ => Err(broken(&path, "is not a JSON object")),
    }
}
