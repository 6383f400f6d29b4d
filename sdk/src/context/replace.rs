//! Files that are shared with other programs: replaced in one step, and locked meanwhile.
//!
//! The files of the vendors' command line tools are such files: a refreshed token is written back into
//! them. The vendor's tool may read the file at any moment, so it must never see half of it. A lock keeps
//! two processes of this crate from refreshing the same token: the file is `NAME.lock` beside it, and
//! exists while it is held.

use std::fs::{File, remove_file, rename};
use std::io::{Error, ErrorKind, Result, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// The age at which a lock counts as left behind by a process that has ended. Refreshing a token takes a
/// few seconds.
const STALE: Duration = Duration::from_secs(60);

/// Replaces a file: writes another one beside it, readable by its owner only, and renames it.
pub(super) fn replace(path: &Path, bytes: &[u8], unique: u64) -> Result<()> {
    // A link stays a link.
    let target = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let beside = sibling(&target, &format!(".{unique:016x}.tmp"))?;
    let written = create(&beside).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    written.and_then(|()| rename(&beside, &target)).inspect_err(|_| {
        let _ = remove_file(&beside);
    })
}

/// Takes the lock of a file. `None` if another process holds it.
pub(super) fn try_lock(path: &Path, unique: u64) -> Result<Option<Lock>> {
    let target = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let lock = sibling(&target, ".lock")?;
    if let Some(folder) = lock.parent().filter(|folder| !folder.exists()) {
        // The first sign-in of a user: the tool makes its directory, too.
        create_folder(folder)?;
    }
    let owner = format!("{unique:016x}");
    match create(&lock) {
        Ok(mut file) => {
            file.write_all(owner.as_bytes()).inspect_err(|_| {
                let _ = remove_file(&lock);
            })?;
            Ok(Some(Lock { path: lock, owner }))
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            if is_stale(&lock) {
                remove_stale(&lock, &owner)?;
            }
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// Whether a lock belongs to a process that has ended.
fn is_stale(lock: &Path) -> bool {
    let since = std::fs::metadata(lock).and_then(|meta| meta.modified());
    let age = since.map(|since| SystemTime::now().duration_since(since).unwrap_or_default());
    age.is_ok_and(|age| age > STALE)
}

/// Removes a stale lock. Only one process at a time may do so, or a second one that saw the stale lock would
/// remove the new lock that came after it.
fn remove_stale(lock: &Path, owner: &str) -> Result<()> {
    let guard = Lock { path: sibling(lock, ".stale")?, owner: owner.to_owned() };
    match create(&guard.path) {
        Ok(mut file) => {
            file.write_all(owner.as_bytes())?;
            if is_stale(lock) { remove_file(lock) } else { Ok(()) }
        }
        // A process that ended while it removed the lock. The next attempt finds neither file.
        Err(_) if is_stale(&guard.path) => {
            let _ = remove_file(&guard.path);
            Ok(())
        }
        Err(_) => Ok(()),
    }
}

/// Holds the lock of a file until it is dropped.
#[derive(Debug)]
pub(super) struct Lock {
    path: PathBuf,
    /// The content of the lock file.
    owner: String,
}

impl Drop for Lock {
    fn drop(&mut self) {
        // After a pause of this process, such as a suspended machine, the lock may belong to another one.
        if std::fs::read(&self.path).is_ok_and(|owner| owner == self.owner.as_bytes()) {
            let _ = remove_file(&self.path);
        }
    }
}

/// The path of a file in the same folder, with `suffix` after the name.
fn sibling(path: &Path, suffix: &str) -> Result<PathBuf> {
    let name = path.file_name().ok_or_else(|| Error::new(ErrorKind::InvalidInput, "it names no file"))?;
    let mut name = name.to_owned();
    name.push(suffix);
    Ok(path.with_file_name(name))
}

/// Creates a file that only its owner can read. It is an error if the file exists.
#[cfg(unix)]
fn create_folder(path: &Path) -> Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    std::fs::DirBuilder::new().mode(0o700).create(path)
}

#[cfg(not(unix))]
fn create_folder(path: &Path) -> Result<()> {
    std::fs::create_dir(path)
}

#[cfg(unix)]
fn create(path: &Path) -> Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    File::options().write(true).create_new(true).mode(0o600).open(path)
}

#[cfg(not(unix))]
fn create(path: &Path) -> Result<File> {
    File::options().write(true).create_new(true).open(path)
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};

    use super::*;

    fn folder(name: &str) -> PathBuf {
        let path = std::env::temp_dir().join(format!("cloudcall-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        path
    }

    #[test]
    fn a_file_is_replaced_whole_and_for_its_owner_only() {
        let folder = folder("replace");
        let (file, link) = (folder.join("config.json"), folder.join("link"));
        std::fs::write(&file, "old").unwrap();
        std::fs::set_permissions(&file, PermissionsExt::from_mode(0o644)).unwrap();
        symlink(&file, &link).unwrap();
        replace(&link, b"new", 7).unwrap();
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "new");
        assert_eq!(std::fs::metadata(&file).unwrap().mode() & 0o777, 0o600);
        assert!(std::fs::symlink_metadata(&link).unwrap().is_symlink());
        assert!(replace(&folder.join("none/config.json"), b"new", 7).is_err());
        assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 2);
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn one_process_at_a_time_holds_a_lock() {
        let folder = folder("lock");
        let file = folder.join("config.json");
        let lock = try_lock(&file, 1).unwrap().unwrap();
        assert!(try_lock(&file, 2).unwrap().is_none());
        drop(lock);
        let stale = folder.join("config.json.lock");
        File::create(&stale).unwrap().set_modified(SystemTime::UNIX_EPOCH).unwrap();
        assert!(try_lock(&file, 3).unwrap().is_none(), "the stale lock is removed first");
        let lock = try_lock(&file, 4).unwrap().unwrap();
        // Another process took the lock over: it stays when this one ends.
        std::fs::write(&stale, "another").unwrap();
        drop(lock);
        assert!(try_lock(&file, 5).unwrap().is_none());
        assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1);
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn threads_that_count_in_a_file_lose_nothing() {
        let folder = folder("count");
        let file = folder.join("count");
        std::fs::write(&file, "0").unwrap();
        std::thread::scope(|scope| {
            for thread in 0..4_u64 {
                let file = &file;
                scope.spawn(move || {
                    for turn in 0..250 {
                        let unique = thread << 32 | turn;
                        let lock = loop {
                            match try_lock(file, unique).unwrap() {
                                Some(lock) => break lock,
                                None => std::thread::yield_now(),
                            }
                        };
                        let count: u64 = std::fs::read_to_string(file).unwrap().parse().unwrap();
                        replace(file, (count + 1).to_string().as_bytes(), unique).unwrap();
                        drop(lock);
                    }
                });
            }
        });
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "1000");
        std::fs::remove_dir_all(folder).unwrap();
    }
}
