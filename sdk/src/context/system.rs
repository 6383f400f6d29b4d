//! The real process. This is the only module that asks the system itself.

use std::path::Path;
use std::time::{Duration, Instant, SystemTime};

use super::random::RandomPool;
use super::{
    Clock, Env, FileLock, Program, Random, ReadFile, RunFuture, RunProgram, Sleep, SleepFuture, files,
    process, replace, timer,
};

/// The real process.
#[derive(Debug)]
pub(super) struct System {
    /// The fixed point of `uptime`.
    start: Instant,
    /// The pool of random bytes.
    random: RandomPool,
}

impl System {
    /// The process, with a clock that begins now.
    pub(super) fn new() -> Self {
        Self { start: Instant::now(), random: RandomPool::new() }
    }

    /// A number that no other process has.
    fn unique(&self) -> u64 {
        let mut bytes = [0; 8];
        self.random.fill(&mut bytes);
        u64::from_le_bytes(bytes)
    }
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
        self.random.fill(bytes);
    }
}

impl Env for System {
    fn var(&self, name: &str) -> Option<String> {
        std::env::var(name).ok()
    }
}

impl RunProgram for System {
    fn run(&self, program: Program) -> RunFuture {
        process::run(program)
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

    fn replace(&self, path: &Path, bytes: &[u8]) -> std::io::Result<()> {
        replace::replace(path, bytes, self.unique())
    }

    fn can_replace(&self, path: &Path) -> std::io::Result<()> {
        replace::check(path, self.unique())
    }

    fn try_lock(&self, path: &Path) -> std::io::Result<Option<FileLock>> {
        let lock = replace::try_lock(path, self.unique())?;
        Ok(lock.map(|lock| Box::new(lock) as FileLock))
    }
}
