//! Files that are shared with other programs: replaced in one step, and locked meanwhile.
//!
//! The files of the vendors' command line tools are such files: a refreshed token is written back into
//! them. The vendor's tool may read the file at any moment, so it must never see half of it. A lock keeps
//! two processes of this crate from refreshing the same token: the file is `NAME.lock` beside it, and
//! exists while it is held.

use std::fs::{File, remove_file, rename};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{Error, ErrorKind, Result, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use secrecy::zeroize::Zeroizing;

/// The age at which a lock counts as left behind by a process that has ended. Refreshing a token takes a
/// few seconds.
const STALE: Duration = Duration::from_secs(60);
/// How much a file may grow when it is replaced, in bytes. New tokens are about as long as old ones.
const GROWTH: usize = 64 * 1024;

/// Replaces a file: writes another one beside it, readable by its owner only, and renames it. A file that
/// cannot be renamed over is written in place, and keeps its mode.
pub(super) fn replace(path: &Path, bytes: &[u8], unique: u64) -> Result<()> {
    replace_by(path, bytes, unique, |from, to| rename(from, to))
}

fn replace_by(
    path: &Path,
    bytes: &[u8],
    unique: u64,
    rename: impl Fn(&Path, &Path) -> Result<()>,
) -> Result<()> {
    let target = target(path)?;
    let renamed = stage(&target, bytes, unique)
        .and_then(|beside| rename(&beside, &target).inspect_err(|_| drop(remove_file(&beside))));
    match renamed {
        Err(error) if needs_place(&error) && target.exists() => overwrite(&target, bytes),
        outcome => outcome,
    }
}

/// Checks that [`replace`] can write the file, and that there is room on the disk.
pub(super) fn check(path: &Path, unique: u64) -> Result<()> {
    let target = target(path)?;
    let open = || File::options().write(true).open(&target);
    let length = std::fs::metadata(&target).map_or(0, |meta| usize::try_from(meta.len()).unwrap_or(0));
    match stage(&target, &vec![b' '; length.saturating_add(GROWTH)], unique) {
        Ok(beside) => {
            remove_file(&beside)?;
            // A file that is mounted read-only into a folder that can be written.
            open().map(drop).or_else(|error| match error.kind() {
                ErrorKind::ReadOnlyFilesystem => Err(error),
                _ => Ok(()),
            })
        }
        Err(error) if needs_place(&error) => open().map(drop).map_err(|_| error),
        Err(error) => Err(error),
    }
}

/// Whether a file has to be written in place: it is mounted into a container, its folder cannot be written,
/// or, on Windows, another program has it open.
fn needs_place(error: &Error) -> bool {
    let kinds = [
        ErrorKind::ResourceBusy,
        ErrorKind::CrossesDevices,
        ErrorKind::PermissionDenied,
        ErrorKind::ReadOnlyFilesystem,
    ];
    kinds.contains(&error.kind())
}

/// Writes the new content beside the file.
fn stage(target: &Path, bytes: &[u8], unique: u64) -> Result<PathBuf> {
    let beside = sibling(target, &format!(".{unique:016x}.tmp"))?;
    let mut file = create(&beside)?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    written.map(|()| beside.clone()).inspect_err(|_| drop(remove_file(&beside)))
}

/// Writes a file of text in place. A reader, and a crash, find the old text or the new one with spaces after
/// it: the file grows by spaces first, which may fail on a full disk, and shrinks last.
fn overwrite(target: &Path, bytes: &[u8]) -> Result<()> {
    let mut file = File::options().write(true).open(target)?;
    let before = file.metadata()?.len();
    let old = usize::try_from(before).map_err(|_| ErrorKind::FileTooLarge)?;
    let growth = vec![b' '; bytes.len().saturating_sub(old)];
    file.seek(SeekFrom::End(0))?;
    file.write_all(&growth).and_then(|()| file.sync_all()).inspect_err(|_| drop(file.set_len(before)))?;
    let mut whole = Zeroizing::new(bytes.to_vec());
    whole.resize(old.max(bytes.len()), b' ');
    file.seek(SeekFrom::Start(0))?;
    file.write_all(&whole)?;
    file.set_len(bytes.len() as u64)?;
    file.sync_all()
}

/// The file that `path` leads to. A link stays a link, also if it leads to a file that does not exist yet.
fn target(path: &Path) -> Result<PathBuf> {
    if let Ok(target) = std::fs::canonicalize(path) {
        return Ok(target);
    }
    let mut target = path.to_owned();
    for _ in 0..40 {
        match std::fs::read_link(&target) {
            Ok(next) => target = target.with_file_name("").join(next),
            Err(_) => return Ok(target),
        }
    }
    Err(Error::other("it leads through too many links"))
}

/// Takes the lock of a file. `None` if another process holds it.
pub(super) fn try_lock(path: &Path, unique: u64) -> Result<Option<Lock>> {
    let target = target(path)?;
    let lock = sibling(&target, ".lock")?;
    let folder = lock.parent().filter(|folder| !folder.as_os_str().is_empty());
    if let Some(folder) = folder.filter(|folder| !folder.exists()) {
        // The first sign-in of a user: the tool makes its directory, too.
        match create_folder(folder) {
            Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(error),
            _ => {}
        }
    }
    match try_lock_at(lock, unique) {
        Err(error) if cfg!(unix) && needs_place(&error) && target.exists() => {
            try_lock_at(lock_elsewhere(&target), unique)
        }
        outcome => outcome,
    }
}

/// The lock of a file whose folder cannot be written.
fn lock_elsewhere(target: &Path) -> PathBuf {
    let mut hasher = DefaultHasher::new();
    target.hash(&mut hasher);
    std::env::temp_dir().join(format!("cloudcall-{:016x}.lock", hasher.finish()))
}

fn try_lock_at(lock: PathBuf, unique: u64) -> Result<Option<Lock>> {
    let owner = format!("{unique:016x}");
    match create(&lock) {
        Ok(mut file) => {
            file.write_all(owner.as_bytes()).inspect_err(|_| drop(remove_file(&lock)))?;
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
    fn a_file_that_cannot_be_renamed_over_is_written_in_place() {
        let folder = folder("in-place");
        let (file, link) = (folder.join("config.json"), folder.join("link"));
        symlink(&file, &link).unwrap();
        for kind in [ErrorKind::ResourceBusy, ErrorKind::CrossesDevices, ErrorKind::PermissionDenied] {
            let busy = |_: &Path, _: &Path| -> Result<()> { Err(kind.into()) };
            assert_eq!(
                replace_by(&file, b"first", 7, busy).unwrap_err().kind(),
                kind,
                "there is no file yet"
            );
            std::fs::write(&file, "a long text").unwrap();
            std::fs::set_permissions(&file, PermissionsExt::from_mode(0o640)).unwrap();
            let inode = std::fs::metadata(&file).unwrap().ino();
            for text in ["short", "a longer text than before", "an equal text than before"] {
                replace_by(&link, text.as_bytes(), 7, busy).unwrap();
                assert_eq!(std::fs::read_to_string(&file).unwrap(), text);
            }
            let after = std::fs::metadata(&file).unwrap();
            assert_eq!((after.ino(), after.mode() & 0o777), (inode, 0o640));
            std::fs::remove_file(&file).unwrap();
        }
        std::fs::write(&file, "kept").unwrap();
        let full = |_: &Path, _: &Path| -> Result<()> { Err(ErrorKind::StorageFull.into()) };
        replace_by(&file, b"new", 7, full).unwrap_err();
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "kept");
        assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 2, "no temporary file is left");
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn whether_a_file_can_be_written_is_known_before() {
        let folder = folder("check");
        let file = folder.join("config.json");
        check(&file, 7).unwrap();
        std::fs::write(&file, "kept").unwrap();
        check(&file, 7).unwrap();
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "kept");
        assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1);
        check(&folder.join("none/config.json"), 7).unwrap_err();
        // Its folder cannot be written, also by root.
        check(Path::new("/proc/cloudcall"), 7).unwrap_err();
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_link_to_a_file_that_does_not_exist_yet_is_followed() {
        let folder = folder("dangling");
        let (file, link) = (folder.join("real.json"), folder.join("config.json"));
        symlink("real.json", &link).unwrap();
        let lock = try_lock(&link, 1).unwrap().unwrap();
        assert!(try_lock(&file, 2).unwrap().is_none(), "both names have one lock");
        drop(lock);
        replace(&link, b"new", 7).unwrap();
        assert!(std::fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "new");
        let circle = folder.join("circle");
        symlink("circle", &circle).unwrap();
        assert!(replace(&circle, b"new", 7).is_err());
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_bare_name_is_a_file_of_the_current_directory() {
        let name = format!("cloudcall-bare-{}.json", std::process::id());
        let lock = try_lock(Path::new(&name), 1).unwrap();
        assert!(lock.is_some() && Path::new(&format!("{name}.lock")).exists());
        replace(Path::new(&name), b"new", 7).unwrap();
        assert_eq!(std::fs::read_to_string(&name).unwrap(), "new");
        std::fs::remove_file(name).unwrap();
    }

    #[test]
    fn first_sign_ins_at_once_make_one_directory() {
        let folder = folder("first");
        for round in 0..50 {
            let file = folder.join(round.to_string()).join("config.json");
            let start = std::sync::Barrier::new(4);
            std::thread::scope(|scope| {
                for thread in 0..4_u64 {
                    let (file, start) = (&file, &start);
                    scope.spawn(move || {
                        start.wait();
                        try_lock(file, thread).unwrap();
                    });
                }
            });
        }
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
