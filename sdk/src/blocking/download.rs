//! A document as it comes: to a file, to a writer, or read like one.

use std::io::{self, BufRead, Read, Write};
use std::path::Path;
use std::sync::Arc;

use bytes::{Buf, Bytes};
use http::{HeaderMap, StatusCode};

use super::driver::Driver;
use crate::error::{Error, ErrorKind};
use crate::stream::write_failed;

/// The bytes of one answer, as they come. What [`cloudcall::stream::Download`](crate::stream::Download) says of breaks, compression and errors
/// holds here.
///
/// ```no_run
/// use std::io::BufRead as _;
///
/// use cloudcall::{blocking, http::Method, Huawei};
/// use cloudcall::action::{ActionInfo, Param, ParamLocation};
///
/// # fn run(client: blocking::Client<Huawei>) -> Result<(), Box<dyn std::error::Error>> {
/// let report = || ActionInfo::new("bss", "v2", "DownloadReport").with_method(Method::GET).with_path("/v2/reports/{report_id}");
/// let call = || client.raw_action(report()).param(Param::new("report_id").place(ParamLocation::Path), "r-1");
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
/// It is a [`Read`] and a [`BufRead`]; errors of the download are then the inner ones of the [`io::Error`]. `for` goes through
/// its pieces.
#[must_use = "a download gives bytes when it is asked for them"]
#[derive(Debug)]
pub struct Download {
    inner: crate::stream::Download,
    /// What came and was not read yet.
    rest: Bytes,
    driver: Arc<Driver>,
}

impl Download {
    pub(super) fn new(inner: crate::stream::Download, driver: Arc<Driver>) -> Self {
        Self { inner, rest: Bytes::new(), driver }
    }

    /// Calls `tell` after each piece with the bytes that are done and, if it is known, how many there will be.
    pub fn on_progress(self, tell: impl FnMut(u64, Option<u64>) + Send + 'static) -> Self {
        Self { inner: self.inner.on_progress(tell), ..self }
    }

    /// Waits for the next piece, never empty; `None` after the end. The first error ends the download.
    #[expect(
        clippy::should_implement_trait,
        reason = "as an iterator too, its `bytes` and `Read`'s would be two"
    )]
    pub fn next(&mut self) -> Option<Result<Bytes, Error>> {
        if self.rest.has_remaining() {
            return Some(Ok(std::mem::take(&mut self.rest)));
        }
        self.driver.block_on(self.inner.next())
    }

    /// Writes the document to a file, and says how many bytes it has.
    ///
    /// The bytes go to a temporary file in the same folder, which takes the place of `path` when it is complete. If anything fails,
    /// the temporary file is removed, and what was at `path` stays as it was. Links, devices and modes are treated as in
    /// [`cloudcall::stream::Download::to_file`](crate::stream::Download::to_file).
    ///
    /// # Errors
    ///
    /// Those of the download; kind `Output` if the file cannot be written; kind `Config` if what is left of this download does
    /// not begin at the beginning of the document.
    pub fn to_file(self, path: impl AsRef<Path>) -> Result<u64, Error> {
        self.driver.block_on(self.inner.to_file(path))
    }

    /// Writes what comes to `writer`, flushes it, and says how many bytes were written.
    ///
    /// After an error the writer has the bytes that came until then.
    ///
    /// # Errors
    ///
    /// Those of the download; kind `Output` if the writer fails.
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

    /// How many bytes the document has, if the server said so.
    #[allow(clippy::len_without_is_empty, reason = "a length that may be unknown")]
    pub fn len(&self) -> Option<u64> {
        self.inner.len()
    }

    /// Up to which byte of the document all has come.
    pub fn done(&self) -> u64 {
        self.inner.done()
    }

    /// Which byte of the document this download begins with: zero, but for one that goes on with another.
    pub fn offset(&self) -> u64 {
        self.inner.offset()
    }

    /// What names these very bytes, if the server gave them a strong entity tag: for `download_from`.
    pub fn etag(&self) -> Option<&str> {
        self.inner.etag()
    }

    /// The HTTP status.
    pub fn status(&self) -> StatusCode {
        self.inner.status()
    }

    /// The headers of the answer.
    pub fn headers(&self) -> &HeaderMap {
        self.inner.headers()
    }

    /// The request id, where the head of the answer has it.
    pub fn request_id(&self) -> Option<&str> {
        self.inner.request_id()
    }

    /// The host that answered.
    pub fn endpoint(&self) -> &str {
        self.inner.endpoint()
    }

    /// How many requests were sent: 1 when nothing was retried and nothing broke off.
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

/// The pieces of a [`Download`], and a wait for each.
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
