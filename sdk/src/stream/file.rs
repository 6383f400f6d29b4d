//! A file that appears when it is whole.
//!
//! A thread of its own writes it: files have no ready and not ready, and a runtime's threads must not wait for disks. So it
//! works under any runtime, and costs no feature of one.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use bytes::Bytes;
use tokio::sync::{mpsc, oneshot};

use super::write::failed;
use crate::error::Error;

/// How many pieces may wait for the disk.
const WAITING: usize = 4;

/// The file that is being written, under a name of its own.
#[derive(Debug)]
pub(super) struct PartFile {
    pieces: mpsc::Sender<Work>,
    outcome: oneshot::Receiver<io::Result<()>>,
    /// The name that is shown in errors.
    shown: String,
    /// Removes the file at once if this is dropped; the thread would do it a little later.
    _unfinished: Unfinished,
}

enum Work {
    Write(Bytes),
    /// All of it is here.
    Finish,
}

impl PartFile {
    /// Begins a file that will be at `path`. `nonce` makes its first name unlike any other.
    pub(super) fn create(path: &Path, nonce: [u8; 16]) -> Self {
        let (pieces, work) = mpsc::channel(WAITING);
        let (tell, outcome) = oneshot::channel();
        let (target, part) = (path.to_owned(), part_name(path, nonce));
        let unfinished = Unfinished(part.clone());
        // If there can be no thread, the closure is dropped, and with it what tells the outcome.
        let _ = std::thread::Builder::new().name("cloudcall-file".to_owned()).spawn(move || {
            let _ = tell.send(write(&target, part, work));
        });
        Self { pieces, outcome, shown: format!("the file {}", path.display()), _unfinished: unfinished }
    }

    pub(super) async fn write(&mut self, piece: Bytes) -> Result<(), Error> {
        match self.pieces.send(Work::Write(piece)).await {
            Ok(()) => Ok(()),
            Err(_) => self.outcome().await,
        }
    }

    /// Puts the file in its place.
    pub(super) async fn finish(mut self) -> Result<(), Error> {
        // If the thread has ended already, its outcome says why.
        let _ = self.pieces.send(Work::Finish).await;
        self.outcome().await
    }

    async fn outcome(&mut self) -> Result<(), Error> {
        let outcome = (&mut self.outcome).await;
        let outcome = outcome.unwrap_or_else(|_| Err(io::Error::other("there is no thread to write it")));
        outcome.map_err(|error| failed(&self.shown, error))
    }
}

/// Removes a file that did not get its real name.
#[derive(Debug)]
struct Unfinished(PathBuf);

impl Drop for Unfinished {
    fn drop(&mut self) {
        // After the renaming there is nothing of that name, and before the creation neither.
        let _ = fs::remove_file(&self.0);
    }
}

/// Hidden, beside the target: only within one file system does a file move as a whole.
fn part_name(path: &Path, nonce: [u8; 16]) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    // A name may be as long as the file system allows; a part of it is enough to tell whose part it is.
    let name: String = name.chars().take(40).collect();
    path.with_file_name(format!(".{name}.{:032x}.part", u128::from_be_bytes(nonce)))
}

/// The life of the file. If the work ends before it is finished, nothing is left.
fn write(target: &Path, part: PathBuf, work: mpsc::Receiver<Work>) -> io::Result<()> {
    if target.file_name().is_none() || target.is_dir() {
        return Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder"));
    }
    let file = OpenOptions::new().write(true).create_new(true).open(&part)?;
    let part = Unfinished(part);
    if !fill(file, work)? {
        return Ok(());
    }
    if let Ok(old) = fs::metadata(target) {
        fs::set_permissions(&part.0, old.permissions())?;
    }
    fs::rename(&part.0, target)?;
    // The file is whole; that its name outlives a power cut is more than most systems promise.
    #[cfg(unix)]
    if let Some(folder) = target.parent() {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
    }
    Ok(())
}

/// Writes what comes. Says whether it was all; then it is on the disk.
fn fill(mut file: File, mut work: mpsc::Receiver<Work>) -> io::Result<bool> {
    loop {
        match work.blocking_recv() {
            Some(Work::Write(piece)) => file.write_all(&piece)?,
            Some(Work::Finish) => break,
            None => return Ok(false),
        }
    }
    file.sync_all()?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_name_is_beside_the_last_one() {
        let long = "x".repeat(255);
        for (path, wanted) in [
            ("a/b.csv", "a/.b.csv.000000000000000000000000000000ff.part".to_owned()),
            ("b.csv", ".b.csv.000000000000000000000000000000ff.part".to_owned()),
            (&long, format!(".{}.000000000000000000000000000000ff.part", &long[..40])),
        ] {
            let mut nonce = [0; 16];
            nonce[15] = 255;
            assert_eq!(part_name(Path::new(path), nonce), Path::new(&wanted));
        }
    }

    /// The device that is always full stands for the disk.
    #[cfg(target_os = "linux")]
    #[test]
    fn a_full_disk_is_told_as_such() {
        let file = OpenOptions::new().write(true).open("/dev/full").unwrap();
        let (pieces, work) = mpsc::channel(2);
        pieces.blocking_send(Work::Write(Bytes::from_static(b"a"))).unwrap();
        pieces.blocking_send(Work::Finish).unwrap();
        let error = failed("the file x", fill(file, work).unwrap_err());
        assert_eq!(error.message(), "the file x did not take the download: the disk is full");
        assert!(!error.is_retryable() && error.kind() == crate::error::ErrorKind::File);
    }
}
