//! The files of a log on disk. Only the thread of the log uses them.
//!
//! Nothing here returns an error after the file was opened: a line that cannot be written is counted as lost,
//! and the next line is tried again.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::line::Stamp;
use super::rotation::{Rotation, Rule, is_date, older};

/// Number of bytes that are collected before they are written.
const BUFFER: usize = 64 * 1024;

/// The current file and the older ones.
pub(super) struct Files {
    path: PathBuf,
    rotation: Rotation,
    offset_minutes: i16,
    /// `None` if the file could not be opened again.
    file: Option<File>,
    /// Length of the current file in bytes, with the lines in `buffer`.
    length: u64,
    /// The date of the lines in the current file.
    date: Option<String>,
    /// Whole lines that are not written yet, and their number.
    buffer: Vec<u8>,
    buffered: u64,
    failed: Arc<AtomicU64>,
    /// True after the first failure was reported at level WARN.
    reported: bool,
}

impl Files {
    /// Opens the file for appending, and creates its folder.
    pub(super) fn open(path: &Path, rotation: Rotation, offset_minutes: i16) -> io::Result<Self> {
        let mut files = Self {
            path: path.to_owned(),
            rotation,
            offset_minutes,
            file: None,
            length: 0,
            date: None,
            buffer: Vec::new(),
            buffered: 0,
            failed: Arc::default(),
            reported: false,
        };
        files.reopen()?;
        Ok(files)
    }

    /// The counter of lines that could not be written.
    pub(super) fn failed(&self) -> Arc<AtomicU64> {
        self.failed.clone()
    }

    /// Adds a line, and rotates before it if that is due.
    pub(super) fn add(&mut self, date: &str, line: &str) {
        let size = line.len() as u64;
        let due = match self.rotation.rule {
            Rule::Size(max) => self.length > 0 && self.length + size > max,
            Rule::Day => self.length > 0 && self.date.as_deref().is_some_and(|old| old < date),
        };
        if due {
            self.flush();
            if let Err(error) = self.rotate() {
                self.report("rotate", &error);
            }
        }
        // A clock that was set back does not begin an older day.
        if self.length == 0 || self.date.as_deref().is_none_or(|old| old < date) {
            self.date = Some(date.to_owned());
        }
        self.buffer.extend_from_slice(line.as_bytes());
        self.buffered += 1;
        self.length += size;
        if self.buffer.len() >= BUFFER {
            self.flush();
        }
    }

    /// Writes the lines that were added.
    pub(super) fn flush(&mut self) {
        if self.buffer.is_empty() {
            return;
        }
        if let Err(error) = self.write() {
            self.failed.fetch_add(self.buffered, Ordering::Relaxed);
            self.report("write", &error);
        }
        self.buffer.clear();
        self.buffered = 0;
    }

    /// Writes the buffer to the file at the path, or nothing.
    fn write(&mut self) -> io::Result<()> {
        if !self.file.as_ref().is_some_and(|file| is_at(file, &self.path)) {
            self.reopen()?;
        }
        let Some(file) = &mut self.file else { return Ok(()) };
        let before = file.metadata()?.len();
        if let Err(error) = file.write_all(&self.buffer) {
            // Part of a line may be in the file: a full disk ends a write anywhere.
            _ = file.set_len(before);
            self.length = before;
            return Err(error);
        }
        self.length = before + self.buffer.len() as u64;
        Ok(())
    }

    /// Opens the file at the path. Its folder is created, because somebody may have removed it.
    fn reopen(&mut self) -> io::Result<()> {
        self.file = None;
        if let Some(folder) = self.path.parent() {
            fs::create_dir_all(folder)?;
        }
        let file = File::options().append(true).create(true).open(&self.path)?;
        let meta = file.metadata()?;
        self.length = meta.len();
        // The lines of an earlier process belong to the day of the last one.
        if let Some(time) = meta.modified().ok().filter(|_| meta.len() > 0) {
            self.date = Some(Stamp::new(time, self.offset_minutes).date());
        }
        self.file = Some(file);
        Ok(())
    }

    /// Renames the current file and begins a new one.
    fn rotate(&mut self) -> io::Result<()> {
        // Windows does not rename an open file.
        self.file = None;
        let moved = match self.rotation.rule {
            Rule::Size(_) => self.shift(),
            Rule::Day => self.date(),
        };
        let opened = self.reopen();
        if moved.is_err() {
            // Do not try again with each line, but when as much again was written.
            self.length = 0;
        }
        moved.and(opened)
    }

    /// Renames `sdk.log.1` to `sdk.log.2` and so on, the oldest first, and then `sdk.log` to `sdk.log.1`.
    fn shift(&self) -> io::Result<()> {
        let backups = self.rotation.backups;
        if backups == 0 {
            return ignore_missing(fs::remove_file(&self.path));
        }
        for number in (1..backups).rev() {
            ignore_missing(fs::rename(older(&self.path, number), older(&self.path, number + 1)))?;
        }
        ignore_missing(fs::rename(&self.path, older(&self.path, 1)))
    }

    /// Gives the current file the name of its day, and removes the oldest files.
    fn date(&mut self) -> io::Result<()> {
        if let Some(date) = self.date.take() {
            let target = older(&self.path, date);
            // Another process wrote it, or the clock was set back.
            if target.exists() {
                return Err(io::Error::new(io::ErrorKind::AlreadyExists, format!("{}", target.display())));
            }
            ignore_missing(fs::rename(&self.path, target))?;
        }
        let mut dated = self.dated()?;
        dated.sort_unstable();
        let keep = usize::try_from(self.rotation.backups).unwrap_or(usize::MAX);
        for path in dated.iter().rev().skip(keep) {
            ignore_missing(fs::remove_file(path))?;
        }
        Ok(())
    }

    /// The older files whose names end in a date.
    fn dated(&self) -> io::Result<Vec<PathBuf>> {
        let (Some(folder), Some(name)) = (self.path.parent(), self.path.file_name()) else {
            return Ok(Vec::new());
        };
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        let mut found = Vec::new();
        for entry in fs::read_dir(folder)? {
            let entry = entry?.file_name();
            let (Some(entry), Some(name)) = (entry.to_str(), name.to_str()) else { continue };
            let suffix = entry.strip_prefix(name).and_then(|rest| rest.strip_prefix('.'));
            if suffix.is_some_and(is_date) {
                found.push(folder.join(entry));
            }
        }
        Ok(found)
    }

    /// Reports a failure: the first one at level WARN.
    fn report(&mut self, what: &str, error: &io::Error) {
        let path = self.path.display();
        if std::mem::replace(&mut self.reported, true) {
            tracing::debug!(target: "cloudcall::file_log", %path, %error, "cannot {what} a log file");
        } else {
            tracing::warn!(
                target: "cloudcall::file_log", %path, %error,
                "cannot {what} a log file: lines may be lost until this is solved; calls are not affected"
            );
        }
    }
}

/// True if the path still names this file: it may have been removed or renamed.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    match (file.metadata(), fs::metadata(path)) {
        (Ok(open), Ok(named)) => (open.dev(), open.ino()) == (named.dev(), named.ino()),
        _ => false,
    }
}

/// An open file cannot be removed here.
#[cfg(not(unix))]
fn is_at(_: &File, path: &Path) -> bool {
    path.exists()
}

/// A file that is not there needs no renaming and no removal.
fn ignore_missing(outcome: io::Result<()>) -> io::Result<()> {
    match outcome {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

#[cfg(test)]
mod tests;
