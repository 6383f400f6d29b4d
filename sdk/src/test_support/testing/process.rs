//! Environment variables and files that a test provides.
//!
//! They implement the same traits as the process itself ([`Env`] and [`ReadFile`]), so code under test
//! reads its credentials and regions as it does in production.
//!
//! ```
//! use cloudcall::context::Context;
//! use cloudcall::credential::ProvideCredential;
//! use cloudcall::provider::tencent::credentials;
//! use cloudcall::testing::{FakeEnv, FakeFiles};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let context = Context::system()
//!     .with_env(FakeEnv::new().set("HOME", "/home/ann"))
//!     .with_files(FakeFiles::new().file(
//!         "/home/ann/.tencentcloud/credentials",
//!         "[default]\nsecret_id = AKIDexample\nsecret_key = example-secret\n",
//!     ));
//! let keys = credentials::profile().provide(&context).await?;
//! assert_eq!(keys.id(), "AKIDexample");
//! # Ok(())
//! # }
//! ```

use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use crate::context::{Env, ReadFile};

/// Environment variables that a test provides. Give them to
/// [`Context::with_env`](crate::context::Context::with_env).
///
/// `Debug` shows the names only, because values can be secrets.
///
/// ```
/// use cloudcall::context::Env as _;
/// use cloudcall::testing::FakeEnv;
///
/// let env = FakeEnv::new().set("HOME", "/home/ann");
/// assert_eq!(env.var("HOME").as_deref(), Some("/home/ann"));
/// ```
#[derive(Clone, Default)]
pub struct FakeEnv(BTreeMap<String, String>);

impl FakeEnv {
    /// Creates an environment without variables.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets a variable.
    ///
    /// Setting a variable twice replaces its value. An empty value counts as unset for most readers.
    #[must_use]
    pub fn set(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.0.insert(name.into(), value.into());
        self
    }
}

impl Env for FakeEnv {
    fn var(&self, name: &str) -> Option<String> {
        self.0.get(name).cloned()
    }
}

impl fmt::Debug for FakeEnv {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

/// Files that a test provides, with permissions for their owner only. Give them to
/// [`Context::with_files`](crate::context::Context::with_files).
///
/// `Debug` shows the paths only, because files can hold secrets. Reading any other path is an error of kind
/// `NotFound`.
///
/// ```
/// use cloudcall::context::ReadFile as _;
/// use cloudcall::testing::FakeFiles;
///
/// let files = FakeFiles::new().file("/etc/cloud/keys", "[default]");
/// assert_eq!(files.read("/etc/cloud/keys".as_ref())?, b"[default]");
/// assert!(files.read("/etc/passwd".as_ref()).is_err());
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone, Default)]
pub struct FakeFiles(BTreeMap<PathBuf, (Vec<u8>, Option<SystemTime>)>);

impl FakeFiles {
    /// Creates a file system without files.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds or replaces a file. Its modification time is 1970-01-01T00:00:00Z, so it never changes.
    #[must_use]
    pub fn file(mut self, path: impl Into<PathBuf>, content: impl Into<Vec<u8>>) -> Self {
        self.0.insert(path.into(), (content.into(), None));
        self
    }

    /// Adds or replaces a file with a modification time, for code that reads a file again when it has
    /// changed.
    #[must_use]
    pub fn file_of(
        mut self,
        path: impl Into<PathBuf>,
        content: impl Into<Vec<u8>>,
        modified: SystemTime,
    ) -> Self {
        self.0.insert(path.into(), (content.into(), Some(modified)));
        self
    }

    /// The file, or an error that names the path.
    fn get(&self, path: &Path) -> io::Result<&(Vec<u8>, Option<SystemTime>)> {
        let missing =
            || io::Error::new(io::ErrorKind::NotFound, format!("the test has no file {}", path.display()));
        self.0.get(path).ok_or_else(missing)
    }
}

impl ReadFile for FakeFiles {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.get(path).map(|(content, _)| content.clone())
    }

    fn modified(&self, path: &Path) -> io::Result<SystemTime> {
        self.get(path).map(|(_, modified)| modified.unwrap_or(UNIX_EPOCH))
    }

    fn readable_by_others(&self, _: &Path) -> bool {
        false
    }
}

impl fmt::Debug for FakeFiles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}
