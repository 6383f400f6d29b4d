//! A document as it comes, and on from where it broke off.

use std::fmt;
use std::future::Future;
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context as Task, Poll, ready};

use bytes::Bytes;
use futures_util::Stream;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH};
use http::{HeaderMap, HeaderValue, StatusCode};
use tokio::io::AsyncWrite;

use super::file::PartFile;
use super::flow::Flow;
use super::origin::Origin;
use super::range::{Part, content_range, gives_parts, strong_tag};
use super::taker::{Taken, Want};
use super::write;
use crate::action::Repeat;
use crate::credential::Credential;
use crate::error::{Error, ErrorKind, Sent};
use crate::limiter::Pass;
use crate::response::Meta;
use crate::retry::Failure;

/// The bytes of one answer, as they come: to a file, to a writer, or piece by piece.
///
/// ```no_run
/// use cloudcall::{ActionInfo, Client, Huawei, Param, Place, http::Method};
///
/// # async fn run(client: Client<Huawei>) -> Result<(), cloudcall::Error> {
/// let report = ActionInfo::new("bss", "v2", "DownloadReport").method(Method::GET).path("/v2/reports/{report_id}");
/// let download = client
///     .raw_action(report)
///     .param(Param::new("report_id").place(Place::Path), "r-1")
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
/// (`stall` and `read` of [`TimeoutOptions`](crate::TimeoutOptions)). The limits of the attempt and of the call end with the head of the answer.
///
/// If the action only reads, the server says `Accept-Ranges: bytes`, and the document has a strong entity tag, the rest is
/// asked for and the stream goes on, as often as the call's [`RetryPolicy`](crate::RetryPolicy) and the client's quota allow. The rest is asked for with
/// `If-Range`, so that two documents never become one. Where this is not possible the error of the break is given.
///
/// # Compression
///
/// The server is asked for bytes that are not packed. If it packs them all the same, the transport unpacks what it can
/// (gzip, with the cargo feature of that name), the length is not known, and the download cannot go on after a break. A transport that does not
/// unpack leaves `Content-Encoding` in the headers, and the bytes as they are.
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
    turn: Option<Pass>,
    flow: Flow,
    /// Where in the document this began.
    offset: u64,
    /// How far in the document it is.
    done: u64,
    /// Where in the document it ends, if that is known.
    total: Option<u64>,
    /// The strong tag of the document, where parts of it can be had.
    tag: Option<HeaderValue>,
    reopening: Option<Reopening>,
    resumes: u32,
    progress: Option<Progress>,
    ended: bool,
}

type Reopening = Pin<Box<dyn Future<Output = Result<(Meta, Taken), Error>> + Send>>;
type Progress = Box<dyn FnMut(u64, Option<u64>) + Send>;

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
        let (meta, taken) = origin.open(Want::Bytes(part.clone())).await?;
        let Taken { body, turn, credential } = taken;
        let (offset, total) =
            extent(&meta).map_err(|error| origin.name(error, &meta, credential.as_ref()))?;
        if part.is_some_and(|part| offset != 0 && offset != part.from) {
            let error = Error::new(ErrorKind::Protocol, "the server sent another part than was asked for");
            return Err(origin.name(error.with_sent(Sent::Answered), &meta, credential.as_ref()));
        }
        let flow = Flow::new(body, origin.context(), origin.timeouts());
        let parts = meta.status == StatusCode::PARTIAL_CONTENT || gives_parts(&meta.headers);
        let tag = strong_tag(&meta.headers).filter(|_| parts && total.is_some()).cloned();
        Ok(Self {
            origin: Arc::new(origin),
            meta,
            credential,
            turn,
            flow,
            offset,
            done: offset,
            total,
            tag,
            reopening: None,
            resumes: 0,
            progress: None,
            ended: false,
        })
    }

    /// Calls `tell` after each piece with the bytes that are done and, if it is known, how many there will be.
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

    /// Writes the document to a file, and says how many bytes it has.
    ///
    /// They go to a file of another name in the same folder first, which takes the place of `path` only when all are on the disk.
    /// If anything fails, or the future is dropped, that file is removed, and what was at `path` stays as it was.
    ///
    /// # Errors
    ///
    /// Those of the download; kind `File` if the file cannot be written (the disk is full, no such folder); kind `Config` if what is
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
        while let Some(piece) = self.next().await {
            file.write(piece?).await.map_err(|error| self.named(error))?;
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
    /// Those of the download; kind `File` if the writer fails.
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
        self.total
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
        if self.ended {
            return Poll::Ready(None);
        }
        loop {
            if let Some(reopening) = &mut self.reopening {
                let reopened = ready!(reopening.as_mut().poll(task));
                self.reopening = None;
                match reopened {
                    Ok((meta, taken)) => self.go_on(meta, taken),
                    Err(error) => return Poll::Ready(Some(Err(self.fail(error)))),
                }
            }
            let error = match ready!(self.flow.poll_next(task, true)) {
                Some(Ok(piece)) if piece.is_empty() => continue,
                Some(Ok(piece)) => match self.count(piece.len()) {
                    Ok(()) => return Poll::Ready(Some(Ok(piece))),
                    Err(error) => return Poll::Ready(Some(Err(self.fail(error)))),
                },
                None if self.total.is_none_or(|total| total == self.done) => {
                    self.end();
                    return Poll::Ready(None);
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
        if self.total.is_some_and(|total| self.done > total) {
            return Err(self.broken(ErrorKind::Protocol, "the body is longer than the server announced"));
        }
        if let Some(tell) = &mut self.progress {
            tell(self.done, self.total);
        }
        Ok(())
    }

    fn broken(&self, kind: ErrorKind, what: &str) -> Error {
        let total = self.total.map_or("?".to_owned(), |total| total.to_string());
        Error::new(kind, format!("{what}, at byte {} of {total}", self.done)).with_sent(Sent::Maybe)
    }

    /// Asks for the rest after `error`, or gives that back where it cannot be had.
    fn rest(&mut self, error: Error) -> Result<Reopening, Error> {
        let (Some(tag), Some(total)) = (self.tag.clone(), self.total) else { return Err(error) };
        let (origin, repeat) = (self.origin.clone(), self.origin.info.repeatable());
        let attempt = self.resumes.saturating_add(1);
        let failure = Failure { error: &error, attempt, repeat, elsewhere: false };
        let allowed = repeat == Repeat::ReadOnly && self.done < total && origin.retry().allows(&failure);
        if !allowed || origin.shared.quota.take(&error).is_none() {
            return Err(error);
        }
        self.resumes = attempt;
        self.turn = None;
        let wait = origin.retry().delay(&failure, origin.context());
        let part = Part { from: self.done, to: total.checked_sub(1), tag };
        tracing::debug!(action = origin.info.name(), from = part.from, ?wait, %error, "asking for the rest");
        Ok(Box::pin(async move {
            origin.context().sleep.sleep(wait).await;
            let from = part.from;
            let (meta, taken) = origin.open(Want::Bytes(Some(part))).await?;
            let is_rest = meta.status == StatusCode::PARTIAL_CONTENT
                && content_range(&meta.headers) == Some((from, total));
            // Another document by now, or no parts after all: the break was the end.
            if is_rest { Ok((meta, taken)) } else { Err(error) }
        }))
    }

    /// The rest is coming. Headers and status stay those of the beginning.
    fn go_on(&mut self, meta: Meta, taken: Taken) {
        self.meta.attempts = self.meta.attempts.saturating_add(meta.attempts);
        self.flow = Flow::new(taken.body, self.origin.context(), self.origin.timeouts());
        (self.turn, self.credential) = (taken.turn, taken.credential);
    }

    /// Nothing more is read: what the download held is free for others.
    fn end(&mut self) {
        self.ended = true;
        self.flow.close();
        self.turn = None;
    }

    fn fail(&mut self, error: Error) -> Error {
        self.end();
        self.named(error)
    }

    pub(crate) fn named(&self, error: Error) -> Error {
        self.origin.name(error, &self.meta, self.credential.as_ref())
    }
}

/// Where in its document an answer begins and, if that is known, ends.
fn extent(meta: &Meta) -> Result<(u64, Option<u64>), Error> {
    if meta.status == StatusCode::PARTIAL_CONTENT {
        return match content_range(&meta.headers) {
            Some((first, end)) => Ok((first, Some(end))),
            None => {
                let what = "the server sent a part, and does not say of what";
                Err(Error::new(ErrorKind::Protocol, what).with_sent(Sent::Answered))
            }
        };
    }
    if meta.headers.contains_key(CONTENT_ENCODING) {
        return Ok((0, None));
    }
    let length = meta.headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok());
    Ok((0, length.and_then(|length| length.parse().ok())))
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
            .field("len", &self.total)
            .finish_non_exhaustive()
    }
}
