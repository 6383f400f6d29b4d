//! A document that is read while it arrives, and that continues after a break.

mod poll;
mod rest;

use std::fmt;
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context as Task, Poll};

use bytes::Bytes;
use futures_util::Stream;
use http::{HeaderMap, StatusCode};
use tokio::io::AsyncWrite;

use self::poll::Step;
use self::rest::Reopening;
use super::document::{Document, Extent};
use super::file::PartFile;
use super::flow::Flow;
use super::origin::Origin;
use super::range::{Part, range_headers, strong_tag};
use super::write;
use crate::credential::Credential;
use crate::error::{Error, ErrorKind, SendState};
use crate::limiter::LimiterPermit;
use crate::pipeline::sink::{OpenedBody, StreamKind};
use crate::response::Meta;
use crate::retry::Delays;

/// The bytes of one response while they arrive: to a file, to a writer, or chunk by chunk.
///
/// ```no_run
/// use cloudcall::{Client, http::Method, Huawei};
/// use cloudcall::action::{ActionInfo, Param, ParamLocation};
///
/// # async fn run(client: Client<Huawei>) -> Result<(), cloudcall::Error> {
/// let report = ActionInfo::new("bss", "v2", "DownloadReport")
///     .with_method(Method::GET)
///     .with_path("/v2/reports/{report_id}");
/// let download = client
///     .raw_action(report)
///     .param(Param::new("report_id").place(ParamLocation::Path), "r-1")
///     .download()
///     .await?;
/// let written = download
///     .on_progress(|done, total| eprintln!("{done} bytes of {total:?}"))
///     .to_file("report.csv")
///     .await?;
/// println!("{written} bytes");
/// # Ok(())
/// # }
/// ```
///
/// A download is also a [`Stream`] of chunks, and [`next`](Self::next) gives the next chunk
/// without an extension trait. Dropping it closes the connection. The document is not kept
/// in memory, and `max_body_bytes` does not apply.
///
/// # Errors and continuation
///
/// A body that is cut off, or longer or shorter than announced, is an error. So is a body
/// that stalls or falls silent (`stall` and `read` of
/// [`TimeoutOptions`](crate::client::TimeoutOptions)). The limits of the attempt and of the
/// call end with the head of the response.
///
/// The download continues after a break if the action is read-only, the server sends
/// `Accept-Ranges: bytes`, and the document has a strong entity tag. It then requests the
/// rest, as often as the [`RetryPolicy`](crate::retry::RetryPolicy) of the call and the
/// quota of the client allow. A part that is shorter than requested is not a failure: the
/// next part is requested until the document is complete.
///
/// Two versions of a document are never mixed. The rest is requested with `If-Range`. A
/// part is used only if it begins at the requested byte, its `ETag` is the strong entity
/// tag of the beginning, and `Last-Modified` and the length are unchanged where they are
/// known. If the server sends the whole document instead, [`to_file`](Self::to_file) starts
/// again with it. In all other cases the download ends with the error of the break, and its
/// message says why the rest was not used.
///
/// # Compression
///
/// The request asks for a body without compression. If the server compresses it anyway,
/// gzip is decoded (with the cargo feature `gzip`). The length is then not known, and the
/// download cannot continue after a break. Other codings are passed on as they are, and the
/// header `Content-Encoding` names them. A part of a compressed document is an error.
///
/// # Errors of the API
///
/// Tencent Cloud reports errors with status 200. For it, up to 64 KiB of a textual body are
/// buffered to detect such an error before the download starts.
///
/// # Troubleshooting
///
/// - *The download ends with "the rest was not used".* The message says why: the document
///   changed, or the server has no ranges. Download to a file, which can start again, or
///   repeat the call.
/// - *The download fails with `Timeout` although data arrives.* It is slower than the
///   `stall` limit. Raise `stall` in [`TimeoutOptions`](crate::client::TimeoutOptions).
/// - *The download fails with `Timeout` while your code is busy.* Time between two calls of
///   `next` is not counted, so check that the server sends data at all.
/// - *`len` is `None`.* The server did not send the length, or it compressed the body.
/// - *Kind `Output`.* The file or writer failed. The message names the reason, such as a
///   full disk.
#[must_use = "a download does nothing until it is read"]
pub struct Download {
    /// The call, to request the rest.
    origin: Arc<Origin>,
    /// Head of the first response. Attempts are added up.
    meta: Meta,
    /// The credential of the present response. Errors must not show it.
    credential: Option<Credential>,
    /// The permit of the limiter. It is held until the body ends.
    permit: Option<LimiterPermit>,
    /// The present body.
    flow: Flow,
    /// First byte of the document that this download gives.
    offset: u64,
    /// Number of bytes of the document up to which everything was received.
    done: u64,
    /// The document that all parts must belong to.
    document: Document,
    /// The bytes that the present response contains.
    extent: Extent,
    /// A request for the rest, while it is in flight.
    reopening: Option<Reopening>,
    /// Number of continuations after a break.
    resumes: u32,
    /// The delays before further requests, if the policy has a backoff of the user.
    delays: Option<Delays>,
    /// True if the reader can discard what it got, so that a new version may start again.
    restarts: bool,
    /// The closure of [`on_progress`](Self::on_progress).
    progress: Option<Progress>,
    /// True after the end or an error.
    ended: bool,
}

/// A closure that receives the bytes that are done, and the total if it is known.
type Progress = Box<dyn FnMut(u64, Option<u64>) + Send>;

impl Download {
    /// Makes the call and begins a download of the whole document.
    pub(crate) async fn open(origin: Origin) -> Result<Self, Error> {
        Self::begin(origin, None).await
    }

    /// As `open`, from byte `offset` of the document with the entity tag `tag`.
    pub(crate) async fn resume(origin: Origin, offset: u64, tag: &str) -> Result<Self, Error> {
        let part = Part::new(offset, tag)
            .map_err(|error| error.of_call(origin.cloud().name(), origin.info.name()))?;
        Self::begin(origin, Some(part)).await
    }

    /// Makes the call and checks that the response is the requested part.
    async fn begin(origin: Origin, part: Option<Part>) -> Result<Self, Error> {
        let (meta, opened) = origin.open(StreamKind::Bytes(range_headers(part.as_ref()))).await?;
        let OpenedBody { body, has_body, permit, credential } = opened;
        let (document, extent) =
            Document::of(&meta, has_body).map_err(|error| origin.name(error, &meta, credential.as_ref()))?;
        if let Err(what) = fits(part.as_ref(), &document, extent, &meta) {
            let error = Error::new(ErrorKind::Protocol, what).with_sent(SendState::Answered);
            return Err(origin.name(error, &meta, credential.as_ref()));
        }
        let flow = Flow::new(body, origin.context(), origin.timeouts());
        Ok(Self {
            origin: Arc::new(origin),
            meta,
            credential,
            permit,
            flow,
            offset: extent.first,
            done: extent.first,
            document,
            extent,
            reopening: None,
            resumes: 0,
            delays: None,
            restarts: false,
            progress: None,
            ended: false,
        })
    }

    /// Calls `tell` after each chunk, with the number of bytes that are done and, if it is
    /// known, the total number.
    ///
    /// The number of bytes that are done decreases only if [`to_file`](Self::to_file)
    /// starts again.
    ///
    /// ```no_run
    /// # async fn run(download: cloudcall::stream::Download) -> Result<(), cloudcall::Error> {
    /// let download = download.on_progress(|done, total| match total {
    ///     Some(total) => println!("{} %", 100 * done / total.max(1)),
    ///     None => println!("{done} bytes"),
    /// });
    /// # download.to_file("report.csv").await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn on_progress(mut self, tell: impl FnMut(u64, Option<u64>) + Send + 'static) -> Self {
        self.progress = Some(Box::new(tell));
        self
    }

    /// The next chunk. It is never empty. `None` after the end, and after the first error.
    ///
    /// The future may be dropped at any time; no data is lost.
    ///
    /// ```no_run
    /// # async fn run(mut download: cloudcall::stream::Download) -> Result<(), cloudcall::Error> {
    /// while let Some(chunk) = download.next().await {
    ///     println!("{} bytes", chunk?.len());
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// A body that breaks off, stalls, or does not match its announced length. The error
    /// ends the download.
    pub async fn next(&mut self) -> Option<Result<Bytes, Error>> {
        std::future::poll_fn(|task| self.poll(task)).await
    }

    /// The next step.
    async fn step(&mut self) -> Option<Result<Step, Error>> {
        std::future::poll_fn(|task| self.poll_step(task)).await
    }

    /// Writes the document to a file and returns its length in bytes.
    ///
    /// The bytes go to a temporary file in the same folder, which replaces `path` when it
    /// is complete. If anything fails, or the future is dropped, the temporary file is
    /// removed, and the old content of `path` is kept.
    ///
    /// - Symbolic links are followed: the file that they point to is replaced or created.
    /// - A file that is replaced keeps its mode and, if the process may set it, its owner.
    ///   The temporary file is never readable by more users than that.
    /// - Anything that is not a regular file, such as a device or a FIFO, is written to
    ///   directly. After an error it has received the bytes up to the error. Opening a FIFO
    ///   waits for a reader.
    /// - If the file cannot be replaced (no write permission in the folder, or the file is
    ///   a mount point), its content is overwritten after the download is complete.
    ///
    /// ```no_run
    /// # async fn run(download: cloudcall::stream::Download) -> Result<(), cloudcall::Error> {
    /// let bytes = download.to_file("/var/lib/reports/2026-11.csv").await?;
    /// println!("{bytes} bytes");
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Those of the download. Kind `Output` if the file cannot be written, for example
    /// because the disk is full. Kind `Config` if part of the document was read already.
    pub async fn to_file(mut self, path: impl AsRef<Path>) -> Result<u64, Error> {
        if self.done != 0 {
            let what = format!(
                "the rest of this download begins at byte {}, so the file would be incomplete: append it with \
                 `to_writer`",
                self.done
            );
            return Err(self.named(Error::config(what)));
        }
        let mut file = PartFile::create(path.as_ref(), self.origin.context().nonce());
        self.restarts = true;
        while let Some(step) = self.step().await {
            let written = match step? {
                Step::Piece(piece) => file.write(piece).await,
                Step::Restart => file.restart().await,
            };
            written.map_err(|error| self.named(error))?;
        }
        file.finish().await.map_err(|error| self.named(error))?;
        Ok(self.done)
    }

    /// Writes the rest of the download to `writer`, flushes it, and returns the number of
    /// bytes written.
    ///
    /// After an error, the writer has received the bytes up to the error.
    ///
    /// ```no_run
    /// # async fn run(download: cloudcall::stream::Download) -> Result<(), cloudcall::Error> {
    /// let mut text = Vec::new();
    /// download.to_writer(&mut text).await?;
    /// println!("{}", String::from_utf8_lossy(&text));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Those of the download. Kind `Output` if the writer fails.
    pub async fn to_writer(mut self, mut writer: impl AsyncWrite + Unpin) -> Result<u64, Error> {
        while let Some(piece) = self.next().await {
            write::all(&mut writer, &piece?).await.map_err(|error| self.named(error))?;
        }
        write::flush(&mut writer).await.map_err(|error| self.named(error))?;
        Ok(self.done.saturating_sub(self.offset))
    }

    /// Length of the document in bytes, including the bytes before
    /// [`offset`](Self::offset). To a HEAD request it is the length that a GET would give.
    /// `None` if the server did not send it or compressed the
    /// body.
    #[allow(clippy::len_without_is_empty, reason = "a length that may be unknown")]
    pub fn len(&self) -> Option<u64> {
        self.document.total
    }

    /// Number of bytes of the document that were received, including the bytes before
    /// [`offset`](Self::offset).
    pub fn done(&self) -> u64 {
        self.done
    }

    /// The byte of the document at which this download begins. Default: 0.
    ///
    /// It is greater than 0 only for a download that continues another one
    /// (`download_from`), if the document is unchanged and the server supports ranges. If
    /// such a download has the offset 0, the server sent the whole document, and the bytes
    /// that you have must be discarded.
    pub fn offset(&self) -> u64 {
        self.offset
    }

    /// The strong entity tag of the document, if the server sent one. Use it with
    /// `download_from` to continue later.
    ///
    /// ```no_run
    /// # use cloudcall::{Client, Huawei, Error, action::ActionInfo};
    /// # async fn run(client: Client<Huawei>, report: ActionInfo) -> Result<(), Error> {
    /// let first = client.raw_action(report.clone()).download().await?;
    /// let (done, tag) = (first.done(), first.etag().map(str::to_owned));
    /// drop(first);
    /// // Later, the rest of the same version:
    /// if let Some(tag) = tag {
    ///     let rest = client.raw_action(report).download_from(done, &tag).await?;
    ///     println!("the rest begins at byte {}", rest.offset());
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn etag(&self) -> Option<&str> {
        strong_tag(&self.meta.headers)?.to_str().ok()
    }

    /// The HTTP status.
    pub fn status(&self) -> StatusCode {
        self.meta.status
    }

    /// The headers of the first response.
    pub fn headers(&self) -> &HeaderMap {
        &self.meta.headers
    }

    /// The request id, if the head of the response has one. The vendor's support asks for
    /// it.
    pub fn request_id(&self) -> Option<&str> {
        self.meta.request_id.as_deref()
    }

    /// The host that sent the response.
    pub fn endpoint(&self) -> &str {
        self.meta.endpoint.authority()
    }

    /// Number of attempts. It is 1 if nothing was retried and the download did not break
    /// off.
    pub fn attempts(&self) -> u32 {
        self.meta.attempts
    }

    /// Adds the facts of the call to an error, and masks its secrets.
    pub(crate) fn named(&self, error: Error) -> Error {
        self.origin.name(error, &self.meta, self.credential.as_ref())
    }
}

/// Checks that a first response is the part that was requested, or the whole document.
fn fits(part: Option<&Part>, document: &Document, extent: Extent, meta: &Meta) -> Result<(), String> {
    if extent.first == 0 {
        return Ok(());
    }
    match part {
        Some(part) => {
            let wanted = Document { total: None, tag: Some(part.tag.clone()), ..document.clone() };
            wanted.continued(part.from, meta).map(drop)
        }
        None => {
            Err("the server sent a part of the document, but the whole document was requested".to_owned())
        }
    }
}

impl Stream for Download {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, task: &mut Task<'_>) -> Poll<Option<Self::Item>> {
        self.poll(task)
    }
}

impl fmt::Debug for Download {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Download")
            .field("origin", &self.origin)
            .field("done", &self.done)
            .field("len", &self.document.total)
            .finish_non_exhaustive()
    }
}
