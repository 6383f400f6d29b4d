//! What a file's path leads to: links, FIFOs, devices, files with rights of their own.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::{FileTypeExt as _, MetadataExt as _, PermissionsExt as _, symlink};
use std::path::Path;
use std::process::Command;

use super::*;

/// Downloads so many bytes to a path.
async fn download_to(path: &Path, bytes: usize) -> Result<u64, Error> {
    let server = Server::replies([Reply::Raw(whole("", &document(bytes)))]).await;
    download(&server).await.unwrap().to_file(path).await
}

fn mode(path: &Path) -> u32 {
    fs::symlink_metadata(path).unwrap().mode() & 0o7777
}

#[tokio::test]
async fn links_stay_and_what_they_lead_to_is_replaced() {
    let folder = Folder::new("links");
    let inner = folder.0.join("inner");
    fs::create_dir(&inner).unwrap();
    fs::write(inner.join("real"), "old").unwrap();
    symlink("inner/real", folder.0.join("one")).unwrap();
    symlink(folder.0.join("one"), folder.0.join("two")).unwrap();
    symlink("inner/new", folder.0.join("dangling")).unwrap();
    for (link, real, bytes) in [("one", "real", 100), ("two", "real", 200), ("dangling", "new", 300)] {
        assert_eq!(download_to(&folder.0.join(link), bytes).await.unwrap(), bytes as u64);
        assert!(fs::symlink_metadata(folder.0.join(link)).unwrap().is_symlink(), "{link}");
        assert_eq!(fs::read(inner.join(real)).unwrap(), document(bytes), "{link}");
    }
    assert_eq!(fs::read_dir(&inner).unwrap().count(), 2, "nothing is left over");
    symlink("circle", folder.0.join("circle")).unwrap();
    symlink("inner", folder.0.join("folder")).unwrap();
    symlink("nowhere/x", folder.0.join("lost")).unwrap();
    for (link, why) in
        [("circle", "form a loop"), ("folder", "it is a directory"), ("lost", "its folder does not exist")]
    {
        let error = download_to(&folder.0.join(link), 10).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Output);
        assert!(error.to_string().contains(why), "{error}");
        assert!(fs::symlink_metadata(folder.0.join(link)).unwrap().is_symlink());
    }
}

#[tokio::test]
async fn a_fifo_and_a_device_are_written_to_and_stay() {
    let folder = Folder::new("fifo");
    let fifo = folder.0.join("fifo");
    assert!(Command::new("mkfifo").arg(&fifo).status().unwrap().success());
    let link = folder.0.join("link");
    symlink("fifo", &link).unwrap();
    for path in [fifo.clone(), link] {
        let from = fifo.clone();
        let reader = tokio::task::spawn_blocking(move || fs::read(from).unwrap());
        assert_eq!(download_to(&path, 200_000).await.unwrap(), 200_000);
        assert_eq!(reader.await.unwrap(), document(200_000));
        assert!(fs::symlink_metadata(&fifo).unwrap().file_type().is_fifo());
    }
    // A link to the device: if it were replaced, it would be the link that is lost.
    let null = folder.0.join("null");
    symlink("/dev/null", &null).unwrap();
    assert_eq!(download_to(&null, 1_000).await.unwrap(), 1_000);
    assert!(fs::metadata(&null).unwrap().file_type().is_char_device());
    assert!(fs::metadata("/dev/null").unwrap().file_type().is_char_device());
}

/// What has been read from a FIFO cannot be taken back.
#[tokio::test]
async fn a_fifo_is_not_given_two_documents() {
    let folder = Folder::new("fifo-restart");
    let fifo = folder.0.join("fifo");
    assert!(Command::new("mkfifo").arg(&fifo).status().unwrap().success());
    let old = document(4_000);
    let replies = [Reply::RawThenClose(cut(TAG, &old, 1_000)), Reply::Raw(whole("ETag: \"v2\"\r\n", b"new"))];
    let server = Server::replies(replies).await;
    let from = fifo.clone();
    let reader = tokio::task::spawn_blocking(move || fs::read(from).unwrap());
    let error = download(&server).await.unwrap().to_file(&fifo).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Output, "{error}");
    assert!(error.to_string().contains("cannot be taken back"), "{error}");
    assert_eq!(reader.await.unwrap(), old[..1_000]);
}

#[tokio::test]
async fn a_replaced_file_keeps_its_mode_and_the_temporary_one_is_never_wider() {
    for bits in [0o600, 0o640, 0o644, 0o666, 0o400, 0o755] {
        let folder = Folder::new("mode");
        fs::set_permissions(folder.file(), fs::Permissions::from_mode(bits)).unwrap();
        let body = document(100_000);
        let pieces = whole("", &body).chunks(20_000).map(<[u8]>::to_vec).collect();
        let server = Server::replies([Reply::Slowly(pieces, Duration::from_millis(5))]).await;
        let (inside, seen) = (folder.0.clone(), Arc::new(Mutex::new(Vec::new())));
        let found = seen.clone();
        let download = download(&server).await.unwrap().on_progress(move |_, _| {
            for entry in fs::read_dir(&inside).unwrap() {
                let path = entry.unwrap().path();
                if path.extension().is_some_and(|end| end == "part") {
                    found.lock().unwrap().push(mode(&path));
                }
            }
        });
        download.to_file(folder.file()).await.unwrap();
        assert_eq!(mode(&folder.file()), bits, "{bits:o}");
        assert_eq!(fs::metadata(folder.file()).unwrap().len(), 100_000);
        let seen = seen.lock().unwrap();
        assert!(!seen.is_empty() && seen.iter().all(|mode| *mode == bits & 0o600), "{bits:o}: {seen:?}");
    }
    // A new file has the mode of any new file.
    let folder = Folder::new("mode-new");
    fs::write(folder.0.join("other"), "").unwrap();
    download_to(&folder.0.join("new"), 10).await.unwrap();
    assert_eq!(mode(&folder.0.join("new")), mode(&folder.0.join("other")));
}

/// A user without all rights cannot create a file in such a folder, but may write to one that is there.
#[tokio::test]
async fn a_file_in_a_folder_that_takes_no_new_files_is_overwritten_at_the_end() {
    let folder = Folder::new("read-only");
    let inner = folder.0.join("inner");
    fs::create_dir(&inner).unwrap();
    fs::write(inner.join("f"), "old and long".repeat(100)).unwrap();
    fs::set_permissions(&inner, fs::Permissions::from_mode(0o555)).unwrap();
    let (before, all_rights) =
        (fs::metadata(inner.join("f")).unwrap().ino(), fs::write(inner.join("x"), "").is_ok());
    let written = download_to(&inner.join("f"), 500).await;
    let missing = download_to(&inner.join("missing"), 500).await;
    fs::set_permissions(&inner, fs::Permissions::from_mode(0o755)).unwrap();
    assert_eq!(written.unwrap(), 500);
    assert_eq!(fs::read(inner.join("f")).unwrap(), document(500));
    if all_rights {
        // Root may create files everywhere, so that this is an ordinary replacement.
        assert!(missing.is_ok());
    } else {
        assert_eq!(missing.unwrap_err().kind(), ErrorKind::Output);
        assert_eq!(fs::metadata(inner.join("f")).unwrap().ino(), before, "the same file");
    }
}
