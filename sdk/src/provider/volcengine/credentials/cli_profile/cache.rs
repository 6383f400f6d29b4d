//! The cache files of the command line tool: `docs/sources.md`, Volcengine, 7.2.
//!
//! | mode | file, below the directory of `config.json` | the name is the SHA-1 of |
//! | --- | --- | --- |
//! | `sso` | `sso/cache/<sha1>.json` | `{"start_url":"…","session_name":"…"}` |
//! | `console-login` | `login/cache/<sha1>.json` | the member `login-session` of the profile |
//!
//! Refreshed tokens are written back, as the tool does. The vendor's SDK for Python only reads the files.

use std::path::{Path, PathBuf};

use crate::sign::encode::hex;

/// The cache file for `key` in `directory`.
pub(super) fn path(directory: &Path, key: &str) -> PathBuf {
    use sha1::Digest as _;
    directory.join(format!("{}.json", hex(&sha1::Sha1::digest(key.as_bytes()))))
}
