//! A download: to a file, to a writer, or by reading.

use std::io::{self, BufRead, Read, Write};
use std::path::Path;
use std::sync::Arc;

use bytes::{Buf, Bytes};
use http::{HeaderMap, StatusCode};

use super::driver::Driver;
use crate::error::{Error, ErrorKind};
use crate::stream::write_failed;

/// The bytes of one response, as they arrive.
///
/// Resumption, compression and errors are those of the async [`Download`](crate::stream::Download).
///
/// ```no_run
/// use std::io::BufRead as _;
///
/// use cloudcall::{blocking, http::Method, Huawei};
/// use cloudcall::action::{ActionInfo, Param, ParamLocation};
///
/// # fn run(client: blocking::Client<Huawei>) -> Result<(), Box<dyn std::error::Error>> {
/// let report = ActionInfo::new("bss", "v2", "DownloadReport")
///     .with_method(Method::GET)
///     .with_path("/v2/reports/{report_id}");
/// let id = || Param::new("report_id").place(ParamLocation::Path);
/// let call = || client.raw_action(report.clone()).param(id(), "r-1");
/// let written = call()
///     .download()?
///     .on_progress(|done, total| eprintln!("{done} bytes of {total:?}"))
///     .to_file("report.csv")?;
///
/// // Or without a file.
/// for line in call().download()?.lines() {
///     println!("{}", line?);
/// }
/// # Ok(())
/// # }
/// ```
///
/// It implements [`Read`] and [`BufRead`]. The error of a failed read is an [`io::Error`] whose inner error
/// is the [`Error`](crate::Error) of the download. A `for` loop iterates over the pieces as they arrive.
#[must_use = "a download gives bytes only when they are read"]
#[derive(Debug)]
pub struct Download {
    inner: crate::stream::Download,
    /// Bytes that arrived and were not read yet.
    rest: Bytes,
    driver: Arc<Driver>,
}

impl Download {
    pub(super) fn new(inner: crate::stream::Download, driver: Arc<Driver>) -> Self {
        Self { inner, rest: Bytes::new(), driver }
    }

    /// Calls `progress` after each piece, with the number of bytes so far and the total if it is known.
    pub fn on_progress(self, progress: impl FnMut(u64, Option<u64>) + Send + 'static) -> Self {
        Self { inner: self.inner.on_progress(progress), ..self }
    }

    /// Blocks until the next piece arrives. A piece is never empty. `None` after the end. The first error
    /// ends the download.
    #[expect(
        clippy::should_implement_trait,
        reason = "an `Iterator` would have a second method `bytes`, beside that of `Read`"
    )]
    pub fn next(&mut self) -> Option<Result<Bytes, Error>> {
        if self.rest.has_remaining() {
            return Some(Ok(std::mem::take(&mut self.rest)));
        }
        self.driver.block_on(self.inner.next())
    }

    /// Writes the document to a file. Returns its size in bytes.
    ///
    /// The bytes are written to a temporary file in the same folder, which replaces `path` when it is
    /// complete. If anything fails, the temporary file is removed and `path` is not changed. Links, devices
    /// and permissions are treated as in
    /// [`cloudcall::stream::Download::to_file`](crate::stream::Download::to_file).
    ///
    /// # Errors
    ///
    /// The errors of the download. Kind `Output` if the file cannot be written. Kind `Config` if some of the
    /// document was read before, so that the file would lack its beginning.
    pub fn to_file(self, path: impl AsRef<Path>) -> Result<u64, Error> {
        self.driver.block_on(self.inner.to_file(path))
    }

    /// Writes the document to `writer` and flushes it. Returns the number of bytes written.
    ///
    /// After an error, the writer has the bytes that arrived before it.
    ///
    /// # Errors
    ///
    /// The errors of the download. Kind `Output` if the writer fails.
    pub fn to_writer(mut self, mut writer: impl Write) -> Result<u64, Error> {
        let failed = |this: &Self, error| this.inner.named(write_failed("the writer", error));
        let mut written = 0;
        while let Some(piece) = self.next() {
            let piece = piece?;
            writer.write_all(&piece).map_err(|error| failed(&self, error))?;
            written += piece.len() as u64;
        }
        writer.flush().map_err(|error| failed(&self, error))?;
        Ok(written)
    }

    /// The size of the document in bytes, if the server sent it.
    #[allow(clippy::len_without_is_empty, reason = "a length that may be unknown")]
    pub fn len(&self) -> Option<u64> {
        self.inner.len()
    }

    /// The number of bytes of the document that have arrived, counted from its beginning.
    pub fn done(&self) -> u64 {
        self.inner.done()
    }

    /// The byte of the document at which this download started. 0 unless it continues an earlier download.
    pub fn offset(&self) -> u64 {
        self.inner.offset()
    }

    /// The strong entity tag of the document, if the server sent one. `download_from` needs it.
    pub fn etag(&self) -> Option<&str> {
        self.inner.etag()
    }

    /// The HTTP status.
    pub fn status(&self) -> StatusCode {
        self.inner.status()
    }

    /// The headers of the response.
    pub fn headers(&self) -> &HeaderMap {
        self.inner.headers()
    }

    /// The request id, if the head of the response has one.
    pub fn request_id(&self) -> Option<&str> {
        self.inner.request_id()
    }

    /// The host that responded.
    pub fn endpoint(&self) -> &str {
        self.inner.endpoint()
    }

    /// The number of requests that were sent: 1 without retries and interruptions.
    pub fn attempts(&self) -> u32 {
        self.inner.attempts()
    }
}

impl Read for Download {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        let count = self.fill_buf()?.len().min(buffer.len());
        self.rest.split_to(count).copy_to_slice(buffer.get_mut(..count).unwrap_or_default());
        Ok(count)
    }
}

impl BufRead for Download {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if !self.rest.has_remaining()
            && let Some(piece) = self.next()
        {
            self.rest = piece.map_err(as_io)?;
        }
        Ok(&self.rest)
    }

    fn consume(&mut self, count: usize) {
        self.rest.advance(count.min(self.rest.len()));
    }
}

fn as_io(error: Error) -> io::Error {
    let kind = match error.kind() {
        ErrorKind::Timeout => io::ErrorKind::TimedOut,
        _ => io::ErrorKind::Other,
    };
    io::Error::new(kind, error)
}

/// An iterator over the pieces of a [`Download`]. It blocks until the next piece arrives.
#[derive(Debug)]
#[must_use = "an iterator does nothing until it is used"]
pub struct Pieces(Download);

impl Iterator for Pieces {
    type Item = Result<Bytes, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next()
    }
}

impl IntoIterator for Download {
    type Item = Result<Bytes, Error>;
    type IntoIter = Pieces;

    fn into_iter(self) -> Pieces {
        Pieces(self)
    }
}
