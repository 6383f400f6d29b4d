//! The cache files of the command line tool: `docs/sources.md`, Volcengine, 7.2.
//!
//! | mode | file, below the directory of `config.json` | the name is the SHA-1 of |
//! | --- | --- | --- |
//! | `sso` | `sso/cache/<sha1>.json` | `{"start_url":"…","session_name":"…"}` |
//! | `console-login` | `login/cache/<sha1>.json` | the member `login-session` of the profile |
//!
//! The files are only read. The tool owns them.

use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::Value;

use super::config::broken;
use crate::context::Context;
use crate::credential::file::{self, SecretFile};
use crate::error::Error;
use crate::response::decode::without_bom;
use crate::sign::encode::hex;

/// Keys and tokens are renewed this long before they expire, as in the vendor's package.
pub(super) const EARLY: Duration = Duration::from_secs(60);

/// Reads the cache file for `key` in `directory`: a JSON object with tokens. Returns its path, for error
/// messages, too.
///
/// An error of kind `Credentials` if there is no such file, because no sign-in created it, or if it is not a
/// JSON object.
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
