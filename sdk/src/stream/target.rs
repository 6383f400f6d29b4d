//! Finds the place where a file is written: behind symbolic links, next to the file that it
//! replaces, or directly into a device.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

/// Maximum number of symbolic links, as on Linux.
const LINKS: usize = 40;

/// The object at a path, after symbolic links were followed.
#[derive(Debug)]
pub(super) enum Target {
    /// A regular file that is replaced, or that does not exist yet.
    File { path: PathBuf, old: Option<Metadata> },
    /// A device, a FIFO or another special file. It is written to and never replaced.
    Through(PathBuf),
}

impl Target {
    /// Looks up a path. A directory is an error.
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

/// The error for a directory.
fn is_folder() -> io::Error {
    io::Error::new(io::ErrorKind::IsADirectory, "it is a directory")
}

/// Follows the symbolic links of the last component, also if the last link points to
/// nothing, as a shell's `>` does.
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
    Err(io::Error::other("its symbolic links form a loop"))
}

/// Creates the temporary file, with at most the permissions of the file that it replaces.
///
/// A new file gets the default permissions at once: those who may read it then may read the
/// final file, too.
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

/// Gives a complete file the permissions of the file that it replaces and, if that is
/// allowed, its owner.
pub(super) fn take_over(file: &File, old: &Metadata) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, fchown};
        let mut mode = old.mode() & 0o7777;
        let new = file.metadata()?;
        if new.uid() != old.uid() && fchown(file, Some(old.uid()), None).is_err() {
            // The set-user bit would apply to another user.
            mode &= !0o4000;
        }
        if new.gid() != old.gid() && fchown(file, None, Some(old.gid())).is_err() {
            // Permissions of one group must not become those of another group, beyond what
            // everybody has.
            mode = mode & !0o2070 | (mode & 0o070 & (mode & 0o007) << 3);
        }
        file.set_permissions(fs::Permissions::from_mode(mode))
    }
    #[cfg(not(unix))]
    file.set_permissions(old.permissions())
}

/// Moves the complete file to `path`. If it cannot be moved, it is copied over the old
/// file.
///
/// A file that is itself a mount point, as in containers, cannot be replaced. Nor can a
/// file in a folder without write permission.
///
/// The content is flushed to the disk before the rename, so that a crash leaves either the
/// old file or the complete new one.
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
    // Make the rename durable. Errors are ignored: the file is complete, and most systems
    // do not promise this.
    #[cfg(unix)]
    if let Some(folder) = path.parent() {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
    }
    Ok(())
}

/// Overwrites the old file with the new content.
fn copy_over(from: &mut File, path: &Path) -> io::Result<()> {
    use io::Seek as _;
    from.rewind()?;
    let mut to = OpenOptions::new().write(true).truncate(true).open(path)?;
    io::copy(from, &mut to)?;
    to.sync_all()
}
