//! Reads small files of the real process.

use std::fs::{File, Metadata};
use std::io::{Error, ErrorKind, Read, Result};
use std::path::Path;

/// Maximum size of a file in bytes.
const SIZE_CAP: u64 = 1 << 20;

/// The content of a regular file of at most 1 MiB.
pub(super) fn read(path: &Path) -> Result<Vec<u8>> {
    // Check before opening: opening a FIFO can block, and opening a device can have an
    // effect.
    check(&std::fs::metadata(path)?)?;
    let file = open(path)?;
    // Check again: the path may have been replaced before it was opened.
    let meta = file.metadata()?;
    check(&meta)?;
    let expected = usize::try_from(meta.len().min(SIZE_CAP)).unwrap_or_default();
    let mut bytes = Vec::with_capacity(expected.saturating_add(1));
    // The file may grow while it is read.
    file.take(SIZE_CAP + 1).read_to_end(&mut bytes)?;
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > SIZE_CAP {
        return Err(too_large());
    }
    Ok(bytes)
}

/// Opens a file for reading.
#[cfg(unix)]
fn open(path: &Path) -> Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    // Do not wait for a writer of a FIFO, and do not make a terminal the controlling one.
    File::options().read(true).custom_flags(libc::O_NONBLOCK | libc::O_NOCTTY).open(path)
}

#[cfg(not(unix))]
fn open(path: &Path) -> Result<File> {
    File::open(path)
}

/// Refuses anything that is not a regular file, and files above the limit.
fn check(meta: &Metadata) -> Result<()> {
    if !meta.is_file() {
        let what = format!("it is {}, and only regular files are read", kind(meta));
        return Err(Error::new(ErrorKind::InvalidInput, what));
    }
    if meta.len() > SIZE_CAP { Err(too_large()) } else { Ok(()) }
}

/// The error for a file above the limit.
fn too_large() -> Error {
    Error::new(ErrorKind::FileTooLarge, "it is larger than 1 MiB")
}

/// The type of a file, for errors.
#[cfg(unix)]
fn kind(meta: &Metadata) -> &'static str {
    use std::os::unix::fs::FileTypeExt;
    let kind = meta.file_type();
    match () {
        () if kind.is_dir() => "a directory",
        () if kind.is_fifo() => "a FIFO",
        () if kind.is_socket() => "a socket",
        () if kind.is_block_device() || kind.is_char_device() => "a device",
        () => "a special file",
    }
}

#[cfg(not(unix))]
fn kind(meta: &Metadata) -> &'static str {
    if meta.is_dir() { "a directory" } else { "a special file" }
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::path::PathBuf;
    use std::process::Command;

    use super::*;

    /// A directory of one test, removed with it.
    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Self {
            let path = std::env::temp_dir().join(format!("cloudcall-{name}-{}", std::process::id()));
            let _ = std::fs::remove_dir_all(&path);
            std::fs::create_dir_all(&path).unwrap();
            Self(path)
        }

        fn file(&self, name: &str) -> PathBuf {
            self.0.join(name)
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = std::fs::remove_dir_all(&self.0);
        }
    }

    fn refused(path: &Path) -> String {
        read(path).unwrap_err().to_string()
    }

    #[test]
    fn regular_files_are_read_also_through_links() {
        let folder = Folder::new("files");
        let (file, link) = (folder.file("keys"), folder.file("link"));
        std::fs::write(&file, "planted").unwrap();
        symlink(&file, &link).unwrap();
        assert_eq!((read(&file).unwrap(), read(&link).unwrap()), (b"planted".to_vec(), b"planted".to_vec()));
        std::fs::write(&file, vec![b'x'; 1 << 20]).unwrap();
        assert_eq!(read(&file).unwrap().len(), 1 << 20);
        // Files of /proc have no size before they are read.
        assert!(!read(Path::new("/proc/self/status")).unwrap().is_empty());
    }

    #[test]
    fn what_is_no_regular_file_is_refused_at_once() {
        let folder = Folder::new("others");
        let fifo = folder.file("fifo");
        assert!(Command::new("mkfifo").arg(&fifo).status().unwrap().success());
        let _socket = std::os::unix::net::UnixListener::bind(folder.file("socket")).unwrap();
        let link = folder.file("link");
        symlink("/dev/zero", &link).unwrap();
        for (path, kind) in [
            (fifo.as_path(), "a FIFO"),
            (&folder.file("socket"), "a socket"),
            (&folder.0, "a directory"),
            (Path::new("/dev/zero"), "a device"),
            (&link, "a device"),
        ] {
            assert!(refused(path).contains(kind), "{}", path.display());
            assert_eq!(read(path).unwrap_err().kind(), ErrorKind::InvalidInput);
        }
        // Also where it takes the place of the file after the first look.
        assert!(open(&fifo).unwrap().metadata().is_ok_and(|meta| check(&meta).is_err()));
    }

    #[test]
    fn large_files_are_not_read() {
        let folder = Folder::new("large");
        let file = folder.file("sparse");
        File::create(&file).unwrap().set_len(3 << 30).unwrap();
        assert!(refused(&file).contains("larger than 1 MiB"));
        File::create(&file).unwrap().set_len((1 << 20) + 1).unwrap();
        assert_eq!(read(&file).unwrap_err().kind(), ErrorKind::FileTooLarge);
    }

    #[test]
    fn missing_and_unreadable_files_keep_their_kind() {
        let folder = Folder::new("denied");
        assert_eq!(read(&folder.file("none")).unwrap_err().kind(), ErrorKind::NotFound);
        assert_eq!(read(&folder.file("none/keys")).unwrap_err().kind(), ErrorKind::NotFound);
        let file = folder.file("keys");
        std::fs::write(&file, "planted").unwrap();
        std::fs::set_permissions(&file, PermissionsExt::from_mode(0o000)).unwrap();
        // Root may read everything.
        if let Err(error) = File::open(&file) {
            assert_eq!(read(&file).unwrap_err().kind(), error.kind());
        }
    }
}
