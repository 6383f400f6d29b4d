//! Writes a download to a file that appears only when it is complete.
//!
//! A thread does the writing, so a slow disk does not block the threads of a runtime. This
//! works under every runtime and needs no cargo feature.
//!
//! The life of a file: `create` starts the thread, which opens a temporary file next to the
//! target. Each chunk goes through a short queue, so that a slow disk slows the download
//! down instead of filling the memory. `finish` moves the file to its place after its bytes
//! are on the disk. If the download is dropped before, the temporary file is removed.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Seek as _, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use bytes::Bytes;
use tokio::sync::{mpsc, oneshot};

use super::target::{Target, create, settle};
use super::write::failed;
use crate::error::Error;

/// Number of chunks that may wait for the disk.
const WAITING: usize = 4;

/// A file that is being written under a temporary name.
#[derive(Debug)]
pub(super) struct PartFile {
    /// To the thread.
    pieces: mpsc::Sender<Work>,
    /// From the thread.
    outcome: oneshot::Receiver<io::Result<()>>,
    /// The name that errors show.
    shown: String,
    /// Removes the file at once when this value is dropped. The thread would remove it a
    /// little later.
    _unfinished: Unfinished,
}

/// Work for the thread.
enum Work {
    /// Append these bytes.
    Write(Bytes),
    /// Discard what was written and start again.
    Restart,
    /// The document is complete.
    Finish,
}

impl PartFile {
    /// Begins a file that will appear at `path`. `nonce` makes its temporary name unique.
    pub(super) fn create(path: &Path, nonce: [u8; 16]) -> Self {
        let (pieces, work) = mpsc::channel(WAITING);
        let (tell, outcome) = oneshot::channel();
        let (path, unfinished) = (path.to_owned(), Unfinished::default());
        let shown = format!("the file {}", path.display());
        let part = unfinished.clone();
        // If the thread cannot be created, the closure is dropped, and `outcome` reports an
        // error.
        let _ = std::thread::Builder::new().name("cloudcall-file".to_owned()).spawn(move || {
            let _ = tell.send(write(&path, nonce, part, work));
        });
        Self { pieces, outcome, shown, _unfinished: unfinished }
    }

    /// Appends bytes. Waits while the disk is slower than the network.
    pub(super) async fn write(&mut self, piece: Bytes) -> Result<(), Error> {
        self.give(Work::Write(piece)).await
    }

    /// Discards what was written. Fails for a device or a FIFO, which cannot take back what
    /// it received.
    pub(super) async fn restart(&mut self) -> Result<(), Error> {
        self.give(Work::Restart).await
    }

    /// Sends work to the thread. If the thread has ended, returns its error.
    async fn give(&mut self, work: Work) -> Result<(), Error> {
        match self.pieces.send(work).await {
            Ok(()) => Ok(()),
            Err(_) => self.outcome().await,
        }
    }

    /// Moves the complete file to its place.
    pub(super) async fn finish(mut self) -> Result<(), Error> {
        // If the thread has ended already, its outcome says why.
        let _ = self.pieces.send(Work::Finish).await;
        self.outcome().await
    }

    /// Waits for the result of the thread.
    async fn outcome(&mut self) -> Result<(), Error> {
        let outcome = (&mut self.outcome).await;
        let outcome = outcome
            .unwrap_or_else(|_| Err(io::Error::other("the thread that writes it could not be started")));
        outcome.map_err(|error| failed(&self.shown, error))
    }
}

/// Removes the temporary file of an unfinished download. The path is set right before the
/// file is created.
#[derive(Debug, Clone, Default)]
struct Unfinished(Arc<OnceLock<PathBuf>>);

impl Drop for Unfinished {
    fn drop(&mut self) {
        if let Some(path) = self.0.get() {
            // After the rename, and before the creation, no file has this name.
            let _ = fs::remove_file(path);
        }
    }
}

/// A hidden name next to the target. A file can be moved atomically only within one file
/// system.
fn part_name(path: &Path, nonce: [u8; 16]) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    // The name may be as long as the file system allows, so only its beginning is used.
    let name: String = name.chars().take(40).collect();
    path.with_file_name(format!(".{name}.{:032x}.part", u128::from_be_bytes(nonce)))
}

/// Runs on the thread: writes the file. If the work ends before it is finished, nothing
/// remains.
fn write(path: &Path, nonce: [u8; 16], part: Unfinished, work: mpsc::Receiver<Work>) -> io::Result<()> {
    match Target::find(path)? {
        Target::Through(path) => {
            let mut through = OpenOptions::new().write(true).open(path)?;
            fill(&mut through, work, |_| {
                Err(io::Error::other(
                    "the document changed, and bytes that were written already cannot be taken back",
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

/// Creates the temporary file: next to the target, or in the temporary directory if the
/// folder does not allow new files.
fn open(path: &Path, nonce: [u8; 16], part: &Unfinished, old: Option<&Metadata>) -> io::Result<File> {
    use io::ErrorKind::{PermissionDenied, ReadOnlyFilesystem};
    let beside = part_name(path, nonce);
    match create(&beside, old) {
        Err(error) if old.is_some() && matches!(error.kind(), PermissionDenied | ReadOnlyFilesystem) => {
            // Check now that the old file can be overwritten, not after the whole download.
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

/// Writes the chunks. Returns true if the document is complete.
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
    fn a_full_disk_is_named() {
        let mut file = OpenOptions::new().write(true).open("/dev/full").unwrap();
        let (pieces, work) = mpsc::channel(2);
        pieces.blocking_send(Work::Write(Bytes::from_static(b"a"))).unwrap();
        pieces.blocking_send(Work::Finish).unwrap();
        let error = failed("the file x", fill(&mut file, work, |_| Ok(())).unwrap_err());
        assert_eq!(error.message(), "the download could not be written to the file x: the disk is full");
        assert!(!error.is_retryable() && error.kind() == crate::error::ErrorKind::Output);
    }
}
