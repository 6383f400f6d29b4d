//! A document as it comes, and on from where it broke off.

use std::fmt;
use std::future::Future;
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context as Task, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_util::Stream;
use http::{HeaderMap, StatusCode};
use tokio::io::AsyncWrite;

use super::document::{Document, Extent};
use super::file::PartFile;
use super::flow::Flow;
use super::origin::Origin;
use super::range::{Part, range_headers, strong_tag};
use super::write;
use crate::action::info::Idempotency;
use crate::credential::Credential;
use crate::error::{Error, ErrorKind, SendState};
use crate::limiter::LimiterPermit;
use crate::pipeline::sink::{OpenedBody, StreamKind};
use crate::response::Meta;
use crate::retry::Failure;

/// The bytes of one answer, as they come: to a file, to a writer, or piece by piece.
///
/// ```no_run
/// use cloudcall::{Client, http::Method, Huawei};
/// use cloudcall::action::{ActionInfo, Param, ParamLocation};
///
/// # async fn run(client: Client<Huawei>) -> Result<(), cloudcall::Error> {
/// let report = ActionInfo::new("bss", "v2", "DownloadReport").with_method(Method::GET).with_path("/v2/reports/{report_id}");
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
/// It is a [`Stream`] of pieces too, with [`next`](Self::next) for programs without an extension trait. Drop it to cancel: the
/// connection closes. Nothing of the document is kept in memory, and `max_body_bytes` does not hold.
///
/// # When it breaks off
///
/// A body that is cut off, or that is longer or shorter than announced, is an error; so is one that stalls or falls silent
/// (`stall` and `read` of [`TimeoutOptions`](crate::client::TimeoutOptions)). The limits of the attempt and of the call end with the head of the answer.
///
/// If the action only reads, the server says `Accept-Ranges: bytes`, and the document has a strong entity tag, the rest is
/// requested and the download goes on, as often as the call's [`RetryPolicy`](crate::retry::RetryPolicy) and the client's quota allow.
/// A part that is shorter than requested is no failure: the next part is requested until the document is complete.
///
/// Two documents never become one. The rest is requested with `If-Range`, and a part is used only if its `ETag` is the strong
/// entity tag of the beginning, `Last-Modified` and the length are unchanged where they are known, and it begins at the requested
/// byte. If the server sends the whole document instead, because it changed or because the server gives no parts any more,
/// [`to_file`](Self::to_file) starts again with it. In all other cases the download ends with the error of the break, whose
/// message says why the rest was not used.
///
/// # Compression
///
/// The server is asked for a body without compression. If it compresses the body all the same, gzip is decoded (with the cargo
/// feature `gzip`; several members are joined), the length is not known, and the download cannot go on after a break. Other codings
/// are left as they are, and `Content-Encoding` in the headers names them. A part of a compressed document is an error.
///
/// # Errors of the API
///
/// Where a cloud writes errors under status 200 (Tencent Cloud), a document of less than 64 KiB that is such an error is one; there alone the
/// beginning of a text is kept until that is known.
#[must_use = "a download gives bytes when it is asked for them"]
pub struct Download {
    origin: Arc<Origin>,
    meta: Meta,
    credential: Option<Credential>,
    permit: Option<LimiterPermit>,
    flow: Flow,
    /// Where in the document this began.
    offset: u64,
    /// How far in the document it is.
    done: u64,
    document: Document,
    /// What the present response has of the document.
    extent: Extent,
    reopening: Option<Reopening>,
    resumes: u32,
    /// Whether the bytes that were given out can be taken back, to start again with a new document.
    restarts: bool,
    progress: Option<Progress>,
    ended: bool,
}

type Reopening = Pin<Box<dyn Future<Output = Result<Reopened, Error>> + Send>>;
type Progress = Box<dyn FnMut(u64, Option<u64>) + Send>;

/// What the request for the rest brought.
enum Reopened {
    /// The rest, up to this byte.
    Rest(Meta, OpenedBody, u64),
    /// The whole document, or a new one.
    Anew(Meta, OpenedBody),
    /// There is no more: only where the length was not known.
    End,
}

/// What comes next.
enum Step {
    Piece(Bytes),
    /// All that came before is void: the document starts again.
    Restart,
}

impl Download {
    pub(crate) async fn open(origin: Origin) -> Result<Self, Error> {
        Self::begin(origin, None).await
    }

    pub(crate) async fn resume(origin: Origin, offset: u64, tag: &str) -> Result<Self, Error> {
        let part = Part::new(offset, tag)
            .map_err(|error| error.of_call(origin.cloud().name(), origin.info.name()))?;
        Self::begin(origin, Some(part)).await
    }

    async fn begin(origin: Origin, part: Option<Part>) -> Result<Self, Error> {
        let (meta, opened) = origin.open(StreamKind::Bytes(range_headers(part.as_ref()))).await?;
        let OpenedBody { body, permit, credential } = opened;
        let (document, extent) =
            Document::of(&meta).map_err(|error| origin.name(error, &meta, credential.as_ref()))?;
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
            restarts: false,
            progress: None,
            ended: false,
        })
    }

    /// Calls `tell` after each piece with the bytes that are done and, if it is known, how many there will be.
    ///
    /// The bytes that are done become fewer only where [`to_file`](Self::to_file) starts again.
    pub fn on_progress(mut self, tell: impl FnMut(u64, Option<u64>) + Send + 'static) -> Self {
        self.progress = Some(Box::new(tell));
        self
    }

    /// The next piece, never empty; `None` after the end. The first error ends the download.
    ///
    /// It may be dropped and called again: nothing is lost.
    pub async fn next(&mut self) -> Option<Result<Bytes, Error>> {
        std::future::poll_fn(|task| self.poll(task)).await
    }

    async fn step(&mut self) -> Option<Result<Step, Error>> {
        std::future::poll_fn(|task| self.poll_step(task)).await
    }

    /// Writes the document to a file, and says how many bytes it has.
    ///
    /// The bytes go to a temporary file in the same folder, which takes the place of `path` when it is complete. If anything fails,
    /// or the future is dropped, the temporary file is removed, and what was at `path` stays as it was.
    ///
    /// - Symbolic links are followed: the file that they lead to is replaced or created.
    /// - A file that is replaced keeps its mode and, where the process may set it, its owner. The temporary file is never readable
    ///   by more users than that.
    /// - Anything that is not a regular file, such as a device or a FIFO, is written to directly. It has the bytes that came until
    ///   an error. Opening a FIFO waits for a reader.
    /// - If the file cannot be replaced (a folder without write permission, a file that is a mount point), its content is
    ///   overwritten after the download is complete.
    ///
    /// # Errors
    ///
    /// Those of the download; kind `Output` if the file cannot be written (the disk is full, no such folder); kind `Config` if what is
    /// left of this download does not begin at the beginning of the document.
    pub async fn to_file(mut self, path: impl AsRef<Path>) -> Result<u64, Error> {
        if self.done != 0 {
            let what = format!(
                "what is left of this download begins at byte {}, a file of it would be a half one: append it with \
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

    /// Writes what comes to `writer`, flushes it, and says how many bytes were written.
    ///
    /// After an error the writer has the bytes that came until then.
    ///
    /// # Errors
    ///
    /// Those of the download; kind `Output` if the writer fails.
    pub async fn to_writer(mut self, mut writer: impl AsyncWrite + Unpin) -> Result<u64, Error> {
        while let Some(piece) = self.next().await {
            write::all(&mut writer, &piece?).await.map_err(|error| self.named(error))?;
        }
        write::flush(&mut writer).await.map_err(|error| self.named(error))?;
        Ok(self.done.saturating_sub(self.offset))
    }

    /// How many bytes the document has, if the server said so: up to where this download ends, its [`offset`](Self::offset) included.
    ///
    /// Not known where the server does not know it, or where it packed the bytes and the transport unpacks them.
    #[allow(clippy::len_without_is_empty, reason = "a length that may be unknown")]
    pub fn len(&self) -> Option<u64> {
        self.document.total
    }

    /// Up to which byte of the document all has come, the [`offset`](Self::offset) included.
    pub fn done(&self) -> u64 {
        self.done
    }

    /// Which byte of the document this download begins with.
    ///
    /// Zero, but for one that goes on with another (`download_from`), if the document is still the same and the server gives
    /// parts. If it is zero there too, all of the document comes, and what was there before is of no use.
    pub fn offset(&self) -> u64 {
        self.offset
    }

    /// What names these very bytes, if the server gave them a strong entity tag: for `download_from`.
    pub fn etag(&self) -> Option<&str> {
        strong_tag(&self.meta.headers)?.to_str().ok()
    }

    /// The HTTP status.
    pub fn status(&self) -> StatusCode {
        self.meta.status
    }

    /// The headers of the answer.
    pub fn headers(&self) -> &HeaderMap {
        &self.meta.headers
    }

    /// The request id, for the vendor's support, where the head of the answer has it.
    pub fn request_id(&self) -> Option<&str> {
        self.meta.request_id.as_deref()
    }

    /// The host that answered.
    pub fn endpoint(&self) -> &str {
        self.meta.endpoint.authority()
    }

    /// How many requests were sent: 1 when nothing was retried and nothing broke off.
    pub fn attempts(&self) -> u32 {
        self.meta.attempts
    }

    fn poll(&mut self, task: &mut Task<'_>) -> Poll<Option<Result<Bytes, Error>>> {
        loop {
            return Poll::Ready(match ready!(self.poll_step(task)) {
                Some(Ok(Step::Piece(piece))) => Some(Ok(piece)),
                // Only `to_file` allows it.
                Some(Ok(Step::Restart)) => continue,
                Some(Err(error)) => Some(Err(error)),
                None => None,
            });
        }
    }

    fn poll_step(&mut self, task: &mut Task<'_>) -> Poll<Option<Result<Step, Error>>> {
        if self.ended {
            return Poll::Ready(None);
        }
        loop {
            if let Some(reopening) = &mut self.reopening {
                let reopened = ready!(reopening.as_mut().poll(task));
                self.reopening = None;
                match reopened {
                    Ok(Reopened::Rest(meta, opened, end)) => self.go_on(meta, opened, end),
                    Ok(Reopened::Anew(meta, opened)) => {
                        return Poll::Ready(Some(match self.start_again(meta, opened) {
                            Ok(()) => Ok(Step::Restart),
                            Err(error) => Err(self.fail(error)),
                        }));
                    }
                    Ok(Reopened::End) => {
                        self.end();
                        return Poll::Ready(None);
                    }
                    Err(error) => return Poll::Ready(Some(Err(self.fail(error)))),
                }
            }
            let error = match ready!(self.flow.poll_next(task, true)) {
                Some(Ok(piece)) if piece.is_empty() => continue,
                Some(Ok(piece)) => match self.count(piece.len()) {
                    Ok(()) => return Poll::Ready(Some(Ok(Step::Piece(piece)))),
                    Err(error) => return Poll::Ready(Some(Err(self.fail(error)))),
                },
                None if self.extent.end.is_none_or(|end| end == self.done) => {
                    if !self.extent.partial || self.document.total == Some(self.done) {
                        self.end();
                        return Poll::Ready(None);
                    }
                    match self.next_part() {
                        Ok(reopening) => {
                            self.reopening = Some(reopening);
                            continue;
                        }
                        Err(error) => return Poll::Ready(Some(Err(self.fail(error)))),
                    }
                }
                None => self.broken(ErrorKind::Io, "incomplete body: it ended early"),
                Some(Err(error)) => error,
            };
            match self.rest(error) {
                Ok(reopening) => self.reopening = Some(reopening),
                Err(error) => return Poll::Ready(Some(Err(self.fail(error)))),
            }
        }
    }

    fn count(&mut self, bytes: usize) -> Result<(), Error> {
        self.done = self.done.saturating_add(bytes as u64);
        if self.extent.end.is_some_and(|end| self.done > end) {
            return Err(self.broken(ErrorKind::Protocol, "the body is longer than the server announced"));
        }
        if let Some(tell) = &mut self.progress {
            tell(self.done, self.document.total);
        }
        Ok(())
    }

    fn broken(&self, kind: ErrorKind, what: &str) -> Error {
        let total = self.document.total.map_or("?".to_owned(), |total| total.to_string());
        Error::new(kind, format!("{what}, at byte {} of {total}", self.done)).with_sent(SendState::Maybe)
    }

    /// Requests the rest after `error`, or gives that back where it cannot be had.
    fn rest(&mut self, error: Error) -> Result<Reopening, Error> {
        let (origin, idempotency) = (self.origin.clone(), self.origin.info.idempotency());
        let attempt = self.resumes.saturating_add(1);
        let failure = Failure { error: &error, attempt, idempotency };
        let incomplete = self.document.total.is_none_or(|total| self.done < total);
        let allowed = self.may_go_on() && incomplete && origin.retry().allows(&failure);
        if !allowed || origin.shared.quota.take(&error).is_none() {
            return Err(error);
        }
        self.resumes = attempt;
        let wait = origin.retry().delay(&failure, origin.context());
        Ok(self.reopen(error, Some(wait)))
    }

    /// Requests what follows a part that is shorter than the document. Each part has at least one byte, so this ends.
    fn next_part(&mut self) -> Result<Reopening, Error> {
        let error =
            self.broken(ErrorKind::Io, "incomplete body: the server sent only a part of the document");
        if self.may_go_on() { Ok(self.reopen(error, None)) } else { Err(error) }
    }

    /// Whether the same request may be sent for another part of the same document.
    fn may_go_on(&self) -> bool {
        self.document.tag.is_some() && self.origin.info.idempotency() == Idempotency::ReadOnly
    }

    /// Requests the document from here on. If that brings nothing of use, `error` ends the download.
    fn reopen(&mut self, error: Error, wait: Option<Duration>) -> Reopening {
        self.permit = None;
        let (origin, document, restarts) = (self.origin.clone(), self.document.clone(), self.restarts);
        let (from, to) = (self.done, document.total.and_then(|total| total.checked_sub(1)));
        let part = document.tag.clone().map(|tag| Part { from, to, tag });
        tracing::debug!(action = origin.info.name(), from, ?wait, %error, "requesting the rest");
        Box::pin(async move {
            if let Some(wait) = wait {
                origin.context().sleep.sleep(wait).await;
            }
            let (meta, opened) = match origin.open(StreamKind::Bytes(range_headers(part.as_ref()))).await {
                Ok(opened) => opened,
                Err(refused) if document.total.is_none() && is_past_the_end(&refused) => {
                    return Ok(Reopened::End);
                }
                Err(error) => return Err(error),
            };
            match document.continued(from, &meta) {
                Ok(end) => Ok(Reopened::Rest(meta, opened, end)),
                Err(_) if restarts && meta.status != StatusCode::PARTIAL_CONTENT => {
                    Ok(Reopened::Anew(meta, opened))
                }
                Err(why) => {
                    let what = format!("{}; the rest was not used: {why}", error.message());
                    Err(error.with_message(what))
                }
            }
        })
    }

    /// The rest is coming. Headers and status stay those of the beginning.
    fn go_on(&mut self, meta: Meta, opened: OpenedBody, end: u64) {
        self.meta.attempts = self.meta.attempts.saturating_add(meta.attempts);
        self.extent = Extent { first: self.done, end: Some(end), partial: true };
        self.follow(opened);
    }

    /// Another document is coming, from its beginning.
    fn start_again(&mut self, meta: Meta, opened: OpenedBody) -> Result<(), Error> {
        let (document, extent) = Document::of(&meta)?;
        tracing::debug!(action = self.origin.info.name(), lost = self.done, "the document starts again");
        let attempts = self.meta.attempts.saturating_add(meta.attempts);
        self.meta = Meta { attempts, ..meta };
        (self.document, self.extent) = (document, extent);
        (self.offset, self.done) = (extent.first, extent.first);
        self.follow(opened);
        Ok(())
    }

    fn follow(&mut self, opened: OpenedBody) {
        self.flow = Flow::new(opened.body, self.origin.context(), self.origin.timeouts());
        (self.permit, self.credential) = (opened.permit, opened.credential);
    }

    /// Nothing more is read: what the download held is free for others.
    fn end(&mut self) {
        self.ended = true;
        self.flow.close();
        self.permit = None;
    }

    fn fail(&mut self, error: Error) -> Error {
        self.end();
        self.named(error)
    }

    pub(crate) fn named(&self, error: Error) -> Error {
        self.origin.name(error, &self.meta, self.credential.as_ref())
    }
}

/// Whether a first response is what `part` asks for: a part of that very document, or all of one.
fn fits(part: Option<&Part>, document: &Document, extent: Extent, meta: &Meta) -> Result<(), String> {
    if extent.first == 0 {
        return Ok(());
    }
    match part {
        Some(part) => {
            let wanted = Document { total: None, tag: Some(part.tag.clone()), ..document.clone() };
            wanted.continued(part.from, meta).map(drop)
        }
        None => Err("the server sent a part of the document, and the whole was requested".to_owned()),
    }
}

/// Whether a request for the next part was refused because there is none.
fn is_past_the_end(error: &Error) -> bool {
    error.status() == Some(StatusCode::RANGE_NOT_SATISFIABLE)
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
