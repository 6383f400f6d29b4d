//! Rotation, lost folders and full disks.

use super::*;

/// A folder that is removed at the end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("cloudcall-file-log-{}-{name}", std::process::id()));
        _ = fs::remove_dir_all(&path);
        Self(path)
    }

    fn log(&self) -> PathBuf {
        self.0.join("sdk.log")
    }

    /// The names of the files and their content.
    #[allow(clippy::disallowed_methods, reason = "the files of the test")]
    fn files(&self) -> Vec<(String, String)> {
        let entries = fs::read_dir(&self.0).unwrap().map(|entry| entry.unwrap());
        let read = |entry: fs::DirEntry| {
            (entry.file_name().into_string().unwrap(), fs::read_to_string(entry.path()).unwrap())
        };
        let mut files: Vec<_> = entries.map(read).collect();
        files.sort();
        files
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        _ = fs::remove_dir_all(&self.0);
    }
}

fn owned(files: &[(&str, &str)]) -> Vec<(String, String)> {
    files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
}

#[test]
fn files_rotate_by_size_between_lines() {
    let folder = Folder::new("size");
    let mut files = Files::open(&folder.log(), Rotation::by_size(10, 2), 0).unwrap();
    for line in ["aaaa\n", "bbbb\n", "cccc\n", "a line that is too long\n", "dddd\n", "eeee\n", "ffff\n"] {
        files.add("2026-11-29", line);
    }
    files.flush();
    let wanted =
        [("sdk.log", "ffff\n"), ("sdk.log.1", "dddd\neeee\n"), ("sdk.log.2", "a line that is too long\n")];
    assert_eq!(folder.files(), owned(&wanted));
    drop(files);

    // Another process continues with the size that is there.
    let mut files = Files::open(&folder.log(), Rotation::by_size(10, 0), 0).unwrap();
    files.add("2026-11-29", "gggg\n");
    files.add("2026-11-29", "hhhh\n");
    files.flush();
    assert_eq!(folder.files()[0].1, "hhhh\n");
    assert_eq!(files.failed().load(Ordering::Relaxed), 0);
}

#[test]
fn files_rotate_by_day_and_the_oldest_go() {
    let folder = Folder::new("day");
    let mut files = Files::open(&folder.log(), Rotation::by_day(2), 0).unwrap();
    fs::write(older(&folder.log(), "notes"), "no date").unwrap();
    for date in ["2026-11-26", "2026-11-26", "2026-11-27", "2026-11-25", "2026-11-28", "2026-12-01"] {
        files.add(date, &format!("{date}\n"));
    }
    files.flush();
    let wanted = [
        ("sdk.log", "2026-12-01\n"),
        // The clock was set back once.
        ("sdk.log.2026-11-27", "2026-11-27\n2026-11-25\n"),
        ("sdk.log.2026-11-28", "2026-11-28\n"),
        ("sdk.log.notes", "no date"),
    ];
    assert_eq!(folder.files(), owned(&wanted));
}

#[test]
fn a_file_of_an_earlier_day_is_never_overwritten() {
    let folder = Folder::new("exists");
    let mut files = Files::open(&folder.log(), Rotation::by_day(2), 0).unwrap();
    fs::write(older(&folder.log(), "2026-11-28"), "other\n").unwrap();
    files.add("2026-11-28", "a\n");
    files.add("2026-11-29", "b\n");
    files.flush();
    assert_eq!(folder.files(), owned(&[("sdk.log", "a\nb\n"), ("sdk.log.2026-11-28", "other\n")]));
}

#[test]
fn a_lost_folder_is_created_again() {
    let folder = Folder::new("lost");
    let mut files = Files::open(&folder.log(), Rotation::by_size(100, 2), 0).unwrap();
    files.add("2026-11-29", "a\n");
    files.flush();
    fs::remove_dir_all(&folder.0).unwrap();
    files.add("2026-11-29", "b\n");
    files.flush();
    assert_eq!(folder.files(), owned(&[("sdk.log", "b\n")]));

    // A file in place of the folder: lines are lost and counted until it is gone.
    fs::remove_dir_all(&folder.0).unwrap();
    fs::write(&folder.0, "in the way").unwrap();
    for line in ["c\n", "d\n"] {
        files.add("2026-11-29", line);
        files.flush();
    }
    assert_eq!((files.failed().load(Ordering::Relaxed), files.reported), (2, true));
    fs::remove_file(&folder.0).unwrap();
    files.add("2026-11-29", "e\n");
    files.flush();
    assert_eq!(folder.files(), owned(&[("sdk.log", "e\n")]));
    assert!(Files::open(&folder.log().join("below"), Rotation::by_day(1), 0).is_err());
}

/// `/dev/full` fails each write as a full disk does.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_loses_lines_and_nothing_else() {
    let mut files = Files::open(Path::new("/dev/full"), Rotation::by_size(1 << 20, 2), 0).unwrap();
    for _ in 0..3 {
        files.add("2026-11-29", "a\n");
        files.flush();
    }
    assert_eq!(files.failed().load(Ordering::Relaxed), 3);
}
