//! The file log: access lines in files that rotate, in the formats of the vendors' SDKs.
//!
//! | file | content |
//! | --- | --- |
//! | `mod.rs` | `FileLog` and its builder |
//! | `line.rs` | one line in the format of a vendor |
//! | `rotation.rs` | when a file rotates, and the names of older files |
//! | `writer.rs` | the queue between calls and the thread that writes |
//! | `files.rs` | the files on disk |

mod files;
mod line;
mod rotation;
mod writer;

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use self::files::Files;
pub use self::line::LogFormat;
use self::line::Stamp;
pub use self::rotation::Rotation;
use self::writer::Writer;
use super::{Observe, Reply};
use crate::context::Context;
use crate::error::{Error, ErrorKind};

/// The largest offset from UTC in minutes: UTC+14:00.
const MAX_OFFSET: u16 = 14 * 60;

/// Writes one line per attempt to a file that rotates.
///
/// ```
/// use std::time::Duration;
/// use cloudcall::{Client, Huawei};
/// use cloudcall::observe::FileLog;
///
/// # let folder = std::env::temp_dir().join(format!("cloudcall-doc-{}", std::process::id()));
/// // The line format, 10 MiB per file and 5 older files, as `with_file_log` of the vendor's SDK.
/// let log = FileLog::huawei(folder.join("sdk.log")).build()?;
/// let client = Client::<Huawei>::builder().region("cn-north-4").observer(log.clone()).build()?;
/// // Calls of the client are logged from here on. At the end of the program:
/// log.flush(Duration::from_secs(1));
/// # std::fs::remove_dir_all(folder).ok();
/// # Ok::<(), cloudcall::Error>(())
/// ```
///
/// A thread of the log writes the lines, so that no call waits for the disk. Secrets are masked as in
/// [`AccessLog`](super::AccessLog). Clones write to the same file. Dropping the last clone, also that of a
/// client, waits for the remaining lines, but for at most 1 s.
///
/// A call never fails because of its log. If the disk is full, the folder is gone or the queue of 8,192 lines
/// is full, lines are dropped and counted ([`lost`](Self::lost)). The first loss is a `tracing` event at
/// level WARN with the target `cloudcall::file_log`; later ones are events at level DEBUG. The log creates a
/// missing folder again, and it continues when the disk has space.
///
/// Rotation happens between lines, and a line that could not be written whole is removed.
///
/// # Several processes
///
/// Each process needs a file of its own, for example with the process id in its name: two processes that
/// rotate the same file rename each other's files. Several clients of one process share one log by clones. A
/// program such as `logrotate` may rename the file; the log then begins a new one.
///
/// # Troubleshooting
///
/// - *The last lines are missing.* Call [`flush`](Self::flush) before the process exits. `std::process::exit`
///   drops nothing.
/// - *Times are in UTC.* Set the offset of your time zone with
///   [`utc_offset_minutes`](FileLogBuilder::utc_offset_minutes).
#[derive(Clone)]
pub struct FileLog {
    inner: Arc<LogShared>,
}

/// What all clones share.
struct LogShared {
    format: LogFormat,
    offset_minutes: i16,
    context: Context,
    writer: Writer,
    path: PathBuf,
}

impl FileLog {
    /// A log in the format of Huawei Cloud's SDK. Defaults: 10 MiB per file, 5 older files.
    pub fn huawei(path: impl Into<PathBuf>) -> FileLogBuilder {
        FileLogBuilder::new(path.into(), LogFormat::Huawei, Rotation::by_size(10 << 20, 5))
    }

    /// A log in the format of Tencent Cloud's SDK. Defaults: 512 MiB per file, 10 older files.
    pub fn tencent(path: impl Into<PathBuf>) -> FileLogBuilder {
        FileLogBuilder::new(path.into(), LogFormat::Tencent, Rotation::by_size(512 << 20, 10))
    }

    /// Waits until the lines of all attempts that have ended are written, or until `limit` has passed.
    /// Returns whether they are.
    ///
    /// This blocks the thread. In async code, use it at the end of the program or in `spawn_blocking`.
    pub fn flush(&self, limit: Duration) -> bool {
        self.inner.writer.flush(limit)
    }

    /// Number of lines that were dropped because they could not be written.
    pub fn lost(&self) -> u64 {
        self.inner.writer.lost()
    }

    /// The path of the current file.
    pub fn path(&self) -> &Path {
        &self.inner.path
    }
}

impl fmt::Debug for FileLog {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FileLog").field("path", &self.inner.path).field("format", &self.inner.format).finish()
    }
}

impl Observe for FileLog {
    fn after(&self, reply: &Reply<'_>) {
        let inner = &*self.inner;
        let stamp = Stamp::new(inner.context.clock.now(), inner.offset_minutes);
        inner.writer.push(stamp.date(), inner.format.line(reply, &stamp));
    }
}

/// Builds a [`FileLog`].
///
/// ```
/// use cloudcall::observe::{FileLog, Rotation};
///
/// # let folder = std::env::temp_dir().join(format!("cloudcall-doc-daily-{}", std::process::id()));
/// // A file for each day in the time zone of China, and 30 older files.
/// let log = FileLog::tencent(folder.join("sdk.log"))
///     .rotation(Rotation::by_day(30))
///     .utc_offset_minutes(8 * 60)
///     .build()?;
/// # drop(log);
/// # std::fs::remove_dir_all(folder).ok();
/// # Ok::<(), cloudcall::Error>(())
/// ```
#[derive(Debug)]
#[must_use = "a builder does nothing until `build` is called"]
pub struct FileLogBuilder {
    path: PathBuf,
    format: LogFormat,
    rotation: Rotation,
    offset_minutes: i16,
    context: Context,
}

impl FileLogBuilder {
    /// The defaults of a vendor.
    fn new(path: PathBuf, format: LogFormat, rotation: Rotation) -> Self {
        Self { path, format, rotation, offset_minutes: 0, context: Context::system() }
    }

    /// When the file rotates, and how many older files are kept. Default: that of the vendor's SDK.
    pub fn rotation(mut self, rotation: Rotation) -> Self {
        self.rotation = rotation;
        self
    }

    /// Offset from UTC in minutes, for times in lines and for the end of a day. China: 480. Default: 0.
    ///
    /// The vendors' SDKs use the time zone of the system, which this crate does not read.
    pub fn utc_offset_minutes(mut self, minutes: i16) -> Self {
        self.offset_minutes = minutes;
        self
    }

    /// The context whose clock gives the time of lines. Default: the system's.
    pub fn context(mut self, context: Context) -> Self {
        self.context = context;
        self
    }

    /// Opens the file, creates its folder if it is missing, and starts the thread that writes.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Config`] if the file cannot be opened, if the offset is larger than 14 hours, or if the
    /// thread cannot be started.
    pub fn build(self) -> Result<FileLog, Error> {
        let Self { path, format, rotation, offset_minutes, context } = self;
        if offset_minutes.unsigned_abs() > MAX_OFFSET {
            let what = format!("an offset of {offset_minutes} minutes from UTC: use -840 to 840");
            return Err(Error::new(ErrorKind::Config, what));
        }
        let failed = |error| {
            let what = format!("cannot open the log file {}: use a path that is writable", path.display());
            Error::new(ErrorKind::Config, what).with_source(error)
        };
        let files = Files::open(&path, rotation, offset_minutes).map_err(failed)?;
        let writer = Writer::start(files).map_err(|error| {
            Error::new(ErrorKind::Config, "cannot start the thread that writes a log file").with_source(error)
        })?;
        Ok(FileLog { inner: Arc::new(LogShared { format, offset_minutes, context, writer, path }) })
    }
}
