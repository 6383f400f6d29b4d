//! All that the runtime asks of the process: time, sleep, randomness, environment, files.
//!
//! Each is a small trait behind a pointer, so that tests hold time still and set-ups can be data. This is
//! the only file that asks the system itself.
#![allow(clippy::disallowed_methods, reason = "the one place that the lint points to")]

mod alarm;
mod chance;
mod files;
mod timer;

use std::fmt;
use std::future::Future;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use self::chance::Chance;

/// The time of day, and a clock that never goes back.
pub trait Clock: fmt::Debug + Send + Sync {
    /// The time of day, for signatures and expiry.
    fn now(&self) -> SystemTime;
    /// Time since any fixed point, for time limits.
    fn uptime(&self) -> Duration;
}

/// Waiting.
pub trait Sleep: fmt::Debug + Send + Sync {
    /// Resolves after `time`.
    fn sleep(&self, time: Duration) -> SleepFuture;

    /// Resolves after `time`, too: when work that is under way is looked at again, or has had its time. Where time
    /// stands still, as in a test, it may never resolve.
    fn tick(&self, time: Duration) -> SleepFuture {
        self.sleep(time)
    }
}

/// What [`Sleep::sleep`] returns.
pub type SleepFuture = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Randomness for nonces and jitter.
pub trait Random: fmt::Debug + Send + Sync {
    /// Fills `bytes`; the real one is the system's secure source.
    fn fill(&self, bytes: &mut [u8]);
}

/// Environment variables.
pub trait Env: fmt::Debug + Send + Sync {
    /// The variable's value, if it is set and is Unicode.
    fn var(&self, name: &str) -> Option<String>;
    /// The home directory.
    fn home(&self) -> Option<PathBuf> {
        self.var("HOME")
            .or_else(|| self.var("USERPROFILE"))
            .filter(|home| !home.is_empty())
            .map(PathBuf::from)
    }
}

/// Small files: credentials and regions.
pub trait ReadFile: fmt::Debug + Send + Sync {
    /// The whole file. The real process reads regular files of at most 1 MiB.
    ///
    /// # Errors
    ///
    /// Kind `NotFound` for a missing file, `InvalidInput` for what is no regular file, such as a FIFO, a device or a directory,
    /// and `FileTooLarge` for a file over the limit.
    fn read(&self, path: &Path) -> std::io::Result<Vec<u8>>;
    /// When it was last changed.
    ///
    /// # Errors
    ///
    /// As for [`read`](Self::read); and where the system keeps no such time.
    fn modified(&self, path: &Path) -> std::io::Result<SystemTime>;
    /// Whether others than the owner can read it.
    fn readable_by_others(&self, path: &Path) -> bool;
}

/// The process as the runtime sees it. Cheap to clone.
#[derive(Clone)]
#[non_exhaustive]
pub struct Context {
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Waiting.
    pub sleep: Arc<dyn Sleep>,
    /// Randomness.
    pub random: Arc<dyn Random>,
    /// Environment variables.
    pub env: Arc<dyn Env>,
    /// Files.
    pub files: Arc<dyn ReadFile>,
}

impl Default for Context {
    fn default() -> Self {
        let system = Arc::new(System { start: Instant::now(), chance: Chance::new() });
        Self {
            clock: system.clone(),
            sleep: system.clone(),
            random: system.clone(),
            env: system.clone(),
            files: system,
        }
    }
}

impl Context {
    /// The real process.
    pub fn system() -> Self {
        Self::default()
    }

    /// Replaces the clock.
    #[must_use]
    pub fn with_clock(mut self, clock: impl Clock + 'static) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// Replaces waiting.
    #[must_use]
    pub fn with_sleep(mut self, sleep: impl Sleep + 'static) -> Self {
        self.sleep = Arc::new(sleep);
        self
    }

    /// Replaces the source of randomness.
    #[must_use]
    pub fn with_random(mut self, random: impl Random + 'static) -> Self {
        self.random = Arc::new(random);
        self
    }

    /// Replaces the environment.
    #[must_use]
    pub fn with_env(mut self, env: impl Env + 'static) -> Self {
        self.env = Arc::new(env);
        self
    }

    /// Replaces the files.
    #[must_use]
    pub fn with_files(mut self, files: impl ReadFile + 'static) -> Self {
        self.files = Arc::new(files);
        self
    }

    /// A number in `0.0..1.0`.
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

/// The real process.
#[derive(Debug)]
struct System {
    start: Instant,
    chance: Chance,
}

impl Clock for System {
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }

    fn uptime(&self) -> Duration {
        self.start.elapsed()
    }
}

impl Sleep for System {
    fn sleep(&self, time: Duration) -> SleepFuture {
        timer::sleep(time)
    }
}

impl Random for System {
    fn fill(&self, bytes: &mut [u8]) {
        self.chance.fill(bytes);
    }
}

impl Env for System {
    fn var(&self, name: &str) -> Option<String> {
        std::env::var(name).ok()
    }
}

impl ReadFile for System {
    fn read(&self, path: &Path) -> std::io::Result<Vec<u8>> {
        files::read(path)
    }

    fn modified(&self, path: &Path) -> std::io::Result<SystemTime> {
        std::fs::metadata(path)?.modified()
    }

    #[cfg(unix)]
    fn readable_by_others(&self, path: &Path) -> bool {
        use std::os::unix::fs::PermissionsExt;
        std::fs::metadata(path).is_ok_and(|meta| meta.permissions().mode() & 0o077 != 0)
    }

    #[cfg(not(unix))]
    fn readable_by_others(&self, _: &Path) -> bool {
        false
    }
}
