//! Where a file is really written: behind symbolic links, beside the file that it replaces, or into something that is no file.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

/// As many links as Linux follows.
const LINKS: usize = 40;

/// What is at a path, links followed.
#[derive(Debug)]
pub(super) enum Target {
    /// Nothing, or a regular file, which is replaced as a whole.
    File { path: PathBuf, old: Option<Metadata> },
    /// A device, a FIFO or another thing that is written to, and never replaced.
    Through(PathBuf),
}

impl Target {
    pub(super) fn find(path: &Path) -> io::Result<Self> {
        let path = follow(path)?;
        match fs::metadata(&path) {
            Ok(old) if old.is_dir() => Err(is_folder()),
            Ok(old) if old.is_file() => Ok(Self::File { path, old: Some(old) }),
            Ok(_) => Ok(Self::Through(path)),
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            Err(_) if path.file_name().is_none() => Err(is_folder()),
            Err(_) => Ok(Self::File { path, old: None }),
        }
    }
}

fn is_folder() -> io::Error {
    io::Error::new(io::ErrorKind::IsADirectory, "it is a folder")
}

/// The path behind all links in the last place; also where a link leads to nothing, as with a shell's `>`.
fn follow(path: &Path) -> io::Result<PathBuf> {
    let mut path = path.to_owned();
    for _ in 0..LINKS {
        match fs::symlink_metadata(&path) {
            Ok(found) if found.is_symlink() => {
                let next = fs::read_link(&path)?;
                path = match path.parent() {
                    Some(folder) => folder.join(next),
                    None => next,
                };
            }
            _ => return Ok(path),
        }
    }
    Err(io::Error::other("its symbolic links lead in a circle"))
}

/// Creates the file in which the bytes wait, with no more rights than the file that it replaces.
///
/// A new file gets the rights of any new file at once: those who may read it then may read it in the end.
pub(super) fn create(part: &Path, old: Option<&Metadata>) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).read(true).create_new(true);
    #[cfg(unix)]
    if let Some(old) = old {
        use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _};
        options.mode(old.mode() & 0o600);
    }
    #[cfg(not(unix))]
    let _ = old;
    options.open(part)
}

/// Gives a finished file the rights of the one that it replaces, and its owner where that is allowed.
pub(super) fn take_over(file: &File, old: &Metadata) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, fchown};
        let mut mode = old.mode() & 0o7777;
        let new = file.metadata()?;
        if new.uid() != old.uid() && fchown(file, Some(old.uid()), None).is_err() {
            // The set-user bit would be that of another user.
            mode &= !0o4000;
        }
        if new.gid() != old.gid() && fchown(file, None, Some(old.gid())).is_err() {
            // The rights of a group must not become those of another one, beyond what everybody has.
            mode = mode & !0o2070 | (mode & 0o070 & (mode & 0o007) << 3);
        }
        file.set_permissions(fs::Permissions::from_mode(mode))
    }
    #[cfg(not(unix))]
    file.set_permissions(old.permissions())
}

/// Puts the finished file in the place of `path`. Where it cannot be moved there, it is copied over the old one.
///
/// A file that is mounted by itself, as in containers, and one in a folder that only others may change, cannot be replaced.
pub(super) fn settle(mut file: File, part: &Path, path: &Path, old: Option<&Metadata>) -> io::Result<()> {
    use io::ErrorKind::{CrossesDevices, PermissionDenied, ReadOnlyFilesystem, ResourceBusy};
    if let Some(old) = old {
        take_over(&file, old)?;
    }
    file.sync_all()?;
    match fs::rename(part, path) {
        Ok(()) => {}
        Err(error)
            if old.is_some()
                && matches!(
                    error.kind(),
                    CrossesDevices | PermissionDenied | ReadOnlyFilesystem | ResourceBusy
                ) =>
        {
            copy_over(&mut file, path)?;
            return fs::remove_file(part);
        }
        Err(error) => return Err(error),
    }
    // The file is whole; that its name outlives a power cut is more than most systems promise.
    #[cfg(unix)]
    if let Some(folder) = path.parent() {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
    }
    Ok(())
}

fn copy_over(from: &mut File, path: &Path) -> io::Result<()> {
    use io::Seek as _;
    from.rewind()?;
    let mut to = OpenOptions::new().write(true).truncate(true).open(path)?;
    io::copy(from, &mut to)?;
    to.sync_all()
}
