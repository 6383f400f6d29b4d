//! The context of a client: time, sleep, randomness, environment variables, files and programs.
//!
//! A client reads the process only through a [`Context`]. Replace a part of it to test your
//! program, or to give a client other environment variables than those of the process:
//!
//! ```
//! use cloudcall::context::{Context, Env};
//!
//! /// The environment of a test.
//! #[derive(Debug)]
//! struct TestEnv;
//!
//! impl Env for TestEnv {
//!     fn var(&self, name: &str) -> Option<String> {
//!         (name == "TENCENTCLOUD_SECRET_ID").then(|| "AKIDEXAMPLE".to_owned())
//!     }
//! }
//!
//! let context = Context::system().with_env(TestEnv);
//! assert!(context.env.var("HOME").is_none());
//! ```
//!
//! Give it to [`ClientBuilder::context`](crate::client::ClientBuilder::context). The cargo
//! feature `testing` has a fake clock that lets retries and time limits pass at once.
#![allow(clippy::disallowed_methods, reason = "the one place that the lint points to")]

mod alarm;
mod files;
mod process;
mod random;
mod replace;
mod system;
mod timer;

use std::fmt;
use std::future::Future;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

pub use self::process::{Printed, Program, ProgramEnd, RunFuture, RunProgram};
use self::system::System;

/// A clock: the time of day, and a monotonic time.
pub trait Clock: fmt::Debug + Send + Sync {
    /// The time of day. Signatures and the expiry of credentials use it.
    fn now(&self) -> SystemTime;
    /// The time since a fixed point. It never goes back. Deadlines and delays use it.
    fn uptime(&self) -> Duration;
}

/// Timers.
///
/// ```
/// use std::time::Duration;
/// use cloudcall::context::{Context, Sleep, SleepFuture};
///
/// /// Retries without delays, for a test.
/// #[derive(Debug)]
/// struct NoDelay;
///
/// impl Sleep for NoDelay {
///     fn sleep(&self, _: Duration) -> SleepFuture {
///         Box::pin(async {})
///     }
///
///     fn tick(&self, _: Duration) -> SleepFuture {
///         Box::pin(std::future::pending())
///     }
/// }
///
/// let context = Context::system().with_sleep(NoDelay);
/// ```
pub trait Sleep: fmt::Debug + Send + Sync {
    /// Resolves after `time`: a delay that the program wants, such as a backoff.
    fn sleep(&self, time: Duration) -> SleepFuture;

    /// Resolves after `time`: a time limit of work that is in progress. Default: as
    /// [`sleep`](Self::sleep).
    ///
    /// A fake clock may advance at once for `sleep`, but must not do so for `tick`, because
    /// the work may still be busy. There, the future may never resolve.
    fn tick(&self, time: Duration) -> SleepFuture {
        self.sleep(time)
    }
}

/// The future that [`Sleep::sleep`] returns.
pub type SleepFuture = Pin<Box<dyn Future<Output = ()> + Send>>;

/// A source of random bytes for nonces and jitter.
///
/// ```
/// use cloudcall::context::{Context, Random};
///
/// /// The same nonce each time, for a test that compares signatures.
/// #[derive(Debug)]
/// struct Fixed;
///
/// impl Random for Fixed {
///     fn fill(&self, bytes: &mut [u8]) {
///         bytes.fill(7);
///     }
/// }
///
/// let context = Context::system().with_random(Fixed);
/// ```
pub trait Random: fmt::Debug + Send + Sync {
    /// Fills `bytes`. The default implementation uses the secure source of the system.
    fn fill(&self, bytes: &mut [u8]);
}

/// Environment variables.
///
/// ```
/// use cloudcall::context::{Context, Env};
///
/// /// No variable is set, so no credential or proxy is found in the environment.
/// #[derive(Debug)]
/// struct NoVars;
///
/// impl Env for NoVars {
///     fn var(&self, _: &str) -> Option<String> {
///         None
///     }
/// }
///
/// let context = Context::system().with_env(NoVars);
/// assert_eq!(context.env.home(), None);
/// ```
pub trait Env: fmt::Debug + Send + Sync {
    /// The value of a variable. `None` if it is not set or not Unicode.
    fn var(&self, name: &str) -> Option<String>;
    /// The home directory. Default: the variable `HOME`, or `USERPROFILE`. On Windows:
    /// `USERPROFILE`, or `HOMEDRIVE` and `HOMEPATH` together, or `HOME`.
    fn home(&self) -> Option<PathBuf> {
        home(cfg!(windows), |name| self.var(name))
    }
}

/// The home directory by the variables of a system. On Windows they are those of Python's
/// `expanduser`, which the vendors' tools and packages use; `HOME` is there only if a shell such as
/// that of Git sets it.
fn home(windows: bool, var: impl Fn(&str) -> Option<String>) -> Option<PathBuf> {
    let given = |name: &str| var(name).filter(|value| !value.is_empty());
    let home = match windows {
        false => given("HOME").or_else(|| given("USERPROFILE")),
        true => given("USERPROFILE")
            .or_else(|| Some(given("HOMEDRIVE").unwrap_or_default() + &given("HOMEPATH")?))
            .or_else(|| given("HOME")),
    };
    home.map(PathBuf::from)
}

/// Reads small files, such as credential and configuration files.
///
/// ```
/// use std::io;
/// use std::path::Path;
/// use std::time::SystemTime;
/// use cloudcall::context::{Context, ReadFile};
///
/// /// No file exists.
/// #[derive(Debug)]
/// struct NoFiles;
///
/// impl ReadFile for NoFiles {
///     fn read(&self, _: &Path) -> io::Result<Vec<u8>> {
///         Err(io::ErrorKind::NotFound.into())
///     }
///
///     fn modified(&self, _: &Path) -> io::Result<SystemTime> {
///         Err(io::ErrorKind::NotFound.into())
///     }
///
///     fn readable_by_others(&self, _: &Path) -> bool {
///         false
///     }
/// }
///
/// let context = Context::system().with_files(NoFiles);
/// ```
pub trait ReadFile: fmt::Debug + Send + Sync {
    /// The content of a file. The default implementation reads regular files of at most
    /// 1 MiB.
    ///
    /// # Errors
    ///
    /// Kind `NotFound` for a missing file, `InvalidInput` for anything that is not a
    /// regular file, such as a FIFO, a device or a directory, and `FileTooLarge` for a file
    /// above the limit.
    fn read(&self, path: &Path) -> std::io::Result<Vec<u8>>;
    /// The time at which the file was last modified.
    ///
    /// # Errors
    ///
    /// As for [`read`](Self::read). Also if the system does not store this time.
    fn modified(&self, path: &Path) -> std::io::Result<SystemTime>;
    /// True if users other than the owner can read the file. Credential files that others
    /// can read cause a warning.
    fn readable_by_others(&self, path: &Path) -> bool;

    /// Replaces a file of text in one step, so that no reader sees half of it. Tokens that were refreshed
    /// are written back with it.
    ///
    /// The system's implementation writes a file beside it that only its owner can read, and renames it. A
    /// file that cannot be renamed over, such as one that is mounted into a container, is written in place
    /// and keeps its mode.
    ///
    /// # Errors
    ///
    /// Those of writing. The default implementation fails with kind `Unsupported`.
    fn replace(&self, path: &Path, bytes: &[u8]) -> std::io::Result<()> {
        let _ = (path, bytes);
        Err(std::io::ErrorKind::Unsupported.into())
    }

    /// Checks that [`replace`](Self::replace) can write the file. A refresh token that is good for one
    /// refresh is only used after that.
    ///
    /// # Errors
    ///
    /// Those of writing. The default implementation has none.
    fn can_replace(&self, path: &Path) -> std::io::Result<()> {
        let _ = path;
        Ok(())
    }

    /// Takes the lock of a file, which is released when it is dropped. `None` if another process holds it.
    ///
    /// # Errors
    ///
    /// Those of writing beside the file. The default implementation fails with kind `Unsupported`.
    fn try_lock(&self, path: &Path) -> std::io::Result<Option<FileLock>> {
        let _ = path;
        Err(std::io::ErrorKind::Unsupported.into())
    }
}

/// Holds the lock of a file until it is dropped.
pub type FileLock = Box<dyn Send + Sync>;

/// The environment of a client: clock, timers, randomness, environment variables and files.
/// Clones are cheap.
///
/// ```
/// use std::time::{Duration, SystemTime};
/// use cloudcall::context::{Clock, Context};
///
/// /// A clock that stands still.
/// #[derive(Debug)]
/// struct Frozen;
///
/// impl Clock for Frozen {
///     fn now(&self) -> SystemTime {
///         SystemTime::UNIX_EPOCH
///     }
///
///     fn uptime(&self) -> Duration {
///         Duration::ZERO
///     }
/// }
///
/// let context = Context::system().with_clock(Frozen);
/// assert_eq!(context.clock.now(), SystemTime::UNIX_EPOCH);
/// ```
#[derive(Clone)]
#[non_exhaustive]
pub struct Context {
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// The timers.
    pub sleep: Arc<dyn Sleep>,
    /// The source of random bytes.
    pub random: Arc<dyn Random>,
    /// The environment variables.
    pub env: Arc<dyn Env>,
    /// The reader of files.
    pub files: Arc<dyn ReadFile>,
    /// The runner of programs that print credentials.
    pub programs: Arc<dyn RunProgram>,
}

impl Default for Context {
    fn default() -> Self {
        let system = Arc::new(System::new());
        Self {
            clock: system.clone(),
            sleep: system.clone(),
            random: system.clone(),
            env: system.clone(),
            files: system.clone(),
            programs: system,
        }
    }
}

impl Context {
    /// The context of the real process. It is the default.
    pub fn system() -> Self {
        Self::default()
    }

    /// Replaces the clock.
    #[must_use]
    pub fn with_clock(mut self, clock: impl Clock + 'static) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// Replaces the timers.
    #[must_use]
    pub fn with_sleep(mut self, sleep: impl Sleep + 'static) -> Self {
        self.sleep = Arc::new(sleep);
        self
    }

    /// Replaces the source of random bytes.
    #[must_use]
    pub fn with_random(mut self, random: impl Random + 'static) -> Self {
        self.random = Arc::new(random);
        self
    }

    /// Replaces the environment variables.
    #[must_use]
    pub fn with_env(mut self, env: impl Env + 'static) -> Self {
        self.env = Arc::new(env);
        self
    }

    /// Replaces the reader of files.
    #[must_use]
    pub fn with_files(mut self, files: impl ReadFile + 'static) -> Self {
        self.files = Arc::new(files);
        self
    }

    /// Replaces the runner of programs that print credentials.
    ///
    /// ```
    /// use cloudcall::context::{Context, Printed, Program, RunFuture, RunProgram};
    ///
    /// #[derive(Debug)]
    /// struct NoPrograms;
    ///
    /// impl RunProgram for NoPrograms {
    ///     fn run(&self, _: Program) -> RunFuture {
    ///         Box::pin(async { Ok(Printed::new(false, Vec::new(), b"not in a test".to_vec())) })
    ///     }
    /// }
    ///
    /// let context = Context::system().with_programs(NoPrograms);
    /// ```
    #[must_use]
    pub fn with_programs(mut self, programs: impl RunProgram + 'static) -> Self {
        self.programs = Arc::new(programs);
        self
    }

    /// A random number from 0 up to but not including 1.
    pub(crate) fn fraction(&self) -> f64 {
        let mut bytes = [0; 8];
        self.random.fill(&mut bytes);
        (u64::from_le_bytes(bytes) >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// 128 random bits.
    pub(crate) fn nonce(&self) -> [u8; 16] {
        let mut bytes = [0; 16];
        self.random.fill(&mut bytes);
        bytes
    }
}

impl fmt::Debug for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Context").field("clock", &self.clock).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_home_directory_is_that_of_the_system() {
        let all = [("HOME", "/h"), ("USERPROFILE", "C:/u"), ("HOMEDRIVE", "H:"), ("HOMEPATH", "/p")];
        let of = |windows: bool, skipped: &[&str]| {
            let var = |name: &str| {
                let (_, value) = all.iter().find(|(known, _)| *known == name && !skipped.contains(known))?;
                Some((*value).to_owned())
            };
            home(windows, var).map(|home| home.display().to_string())
        };
        assert_eq!(of(false, &[]).as_deref(), Some("/h"));
        assert_eq!(of(false, &["HOME"]).as_deref(), Some("C:/u"));
        assert_eq!(of(false, &["HOME", "USERPROFILE"]), None);
        assert_eq!(of(true, &[]).as_deref(), Some("C:/u"));
        assert_eq!(of(true, &["USERPROFILE"]).as_deref(), Some("H:/p"));
        assert_eq!(of(true, &["USERPROFILE", "HOMEDRIVE"]).as_deref(), Some("/p"));
        assert_eq!(of(true, &["USERPROFILE", "HOMEPATH"]).as_deref(), Some("/h"));
        assert_eq!(home(true, |_| Some(String::new())), None);
    }
}
