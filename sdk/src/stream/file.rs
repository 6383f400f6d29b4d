//! A file that appears when it is whole.
//!
//! A thread of its own writes it: files have no ready and not ready, and a runtime's threads must not wait for disks. So it
//! works under any runtime, and costs no feature of one.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Seek as _, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use bytes::Bytes;
use tokio::sync::{mpsc, oneshot};

use super::target::{Target, create, settle};
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
    /// All that was written is void.
    Restart,
    /// All of it is here.
    Finish,
}

impl PartFile {
    /// Begins a file that will be at `path`. `nonce` makes its first name unlike any other.
    pub(super) fn create(path: &Path, nonce: [u8; 16]) -> Self {
        let (pieces, work) = mpsc::channel(WAITING);
        let (tell, outcome) = oneshot::channel();
        let (path, unfinished) = (path.to_owned(), Unfinished::default());
        let shown = format!("the file {}", path.display());
        let part = unfinished.clone();
        // If there can be no thread, the closure is dropped, and with it what tells the outcome.
        let _ = std::thread::Builder::new().name("cloudcall-file".to_owned()).spawn(move || {
            let _ = tell.send(write(&path, nonce, part, work));
        });
        Self { pieces, outcome, shown, _unfinished: unfinished }
    }

    pub(super) async fn write(&mut self, piece: Bytes) -> Result<(), Error> {
        self.give(Work::Write(piece)).await
    }

    /// Begins again, from nothing. What is not a regular file cannot take back what was written to it, which is an error.
    pub(super) async fn restart(&mut self) -> Result<(), Error> {
        self.give(Work::Restart).await
    }

    async fn give(&mut self, work: Work) -> Result<(), Error> {
        match self.pieces.send(work).await {
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

/// Removes a file that did not get its real name. The path is set when it is known, right before the file is created.
#[derive(Debug, Clone, Default)]
struct Unfinished(Arc<OnceLock<PathBuf>>);

impl Drop for Unfinished {
    fn drop(&mut self) {
        if let Some(path) = self.0.get() {
            // After the renaming there is nothing of that name, and before the creation neither.
            let _ = fs::remove_file(path);
        }
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
fn write(path: &Path, nonce: [u8; 16], part: Unfinished, work: mpsc::Receiver<Work>) -> io::Result<()> {
    match Target::find(path)? {
        Target::Through(path) => {
            let mut through = OpenOptions::new().write(true).open(path)?;
            fill(&mut through, work, |_| {
                Err(io::Error::other(
                    "the document changed, and what was written before cannot be taken back",
                ))
            })
            .map(drop)
        }
        Target::File { path, old } => {
            let mut file = open(&path, nonce, &part, old.as_ref())?;
            if !fill(&mut file, work, |file| file.set_len(0).and_then(|()| file.rewind()))? {
                return Ok(());
            }
            let part = part.0.get().map(PathBuf::as_path).unwrap_or(&path);
            settle(file, part, &path, old.as_ref())
        }
    }
}

/// The file in which the bytes wait: beside the target or, where the folder takes no new file, among the temporary ones.
fn open(path: &Path, nonce: [u8; 16], part: &Unfinished, old: Option<&Metadata>) -> io::Result<File> {
    use io::ErrorKind::{PermissionDenied, ReadOnlyFilesystem};
    let beside = part_name(path, nonce);
    match create(&beside, old) {
        Err(error) if old.is_some() && matches!(error.kind(), PermissionDenied | ReadOnlyFilesystem) => {
            // Says now that the old file cannot be written to, not after all of the download.
            OpenOptions::new().write(true).open(path).map_err(|_| error)?;
            let elsewhere = part_name(&std::env::temp_dir().join("download"), nonce);
            let file = create(&elsewhere, old)?;
            let _ = part.0.set(elsewhere);
            Ok(file)
        }
        created => {
            let file = created?;
            let _ = part.0.set(beside);
            Ok(file)
        }
    }
}

/// Writes what comes. Says whether it was all; then it is on the disk.
fn fill(
    file: &mut File,
    mut work: mpsc::Receiver<Work>,
    restart: impl Fn(&mut File) -> io::Result<()>,
) -> io::Result<bool> {
    loop {
        match work.blocking_recv() {
            Some(Work::Write(piece)) => file.write_all(&piece)?,
            Some(Work::Restart) => restart(file)?,
            Some(Work::Finish) => return Ok(true),
            None => return Ok(false),
        }
    }
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
        let mut file = OpenOptions::new().write(true).open("/dev/full").unwrap();
        let (pieces, work) = mpsc::channel(2);
        pieces.blocking_send(Work::Write(Bytes::from_static(b"a"))).unwrap();
        pieces.blocking_send(Work::Finish).unwrap();
        let error = failed("the file x", fill(&mut file, work, |_| Ok(())).unwrap_err());
        assert_eq!(error.message(), "the file x did not take the download: the disk is full");
        assert!(!error.is_retryable() && error.kind() == crate::error::ErrorKind::Output);
    }
}
