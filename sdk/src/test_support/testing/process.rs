//! Environment and files as data.

use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use crate::context::{Env, ReadFile};

/// Environment variables as data.
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
    /// Without any variable.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a variable, or replaces it.
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

/// Names only: values may be keys.
impl fmt::Debug for FakeEnv {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

/// Files as data, readable by their owner alone.
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
    /// Without any file.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file, or replaces it.
    #[must_use]
    pub fn file(mut self, path: impl Into<PathBuf>, content: impl Into<Vec<u8>>) -> Self {
        self.0.insert(path.into(), (content.into(), None));
        self
    }

    /// Adds a file that was changed at `modified`.
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

/// Names only: files of keys are secret.
impl fmt::Debug for FakeFiles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}
