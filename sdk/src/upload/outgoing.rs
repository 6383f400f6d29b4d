//! Sends a streamed body under the time limits of an attempt.
//!
//! While the body is sent, the transport must take bytes at least every `read`. A server
//! that stops reading is thereby noticed before the time limit of the attempt. The time
//! before the transport asks for the first bytes does not count: it makes the connection. If
//! it is the source that gives no bytes, the error is one of the request body. A server
//! that responds early is handled as well: an error response is the result of the call, a
//! success response is an error, because the server cannot have read the whole body.

use std::future::Future;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use bytes::Bytes;

use super::body::RequestBody;
use super::content::Upload;
use super::feed::Feed;
use super::measure::Measured;
use super::progress::Progress;
use crate::context::Context;
use crate::error::{Error, ErrorKind, SendState};
use crate::timing::deadline::{End, Setting, TimeLimit};
use crate::transport::{HttpRequest, HttpResponse, HttpSend, TransportError, timed_out};

/// The upload of one attempt. Dropping it stops the upload.
#[derive(Debug)]
pub(crate) struct Outgoing(Arc<Feed>);

impl Outgoing {
    /// The upload of a measured body, read again from its sources.
    pub(crate) fn new(
        upload: &Upload,
        measured: &Measured,
        attempt: u32,
        progress: Option<Progress>,
    ) -> Result<Self, Error> {
        Ok(Self(Arc::new(Feed::new(upload, measured, attempt, progress)?)))
    }

    /// The upload of a body in memory that reports its progress.
    pub(crate) fn whole(data: Bytes, attempt: u32, progress: Progress) -> Self {
        Self(Arc::new(Feed::whole(data, attempt, Some(progress))))
    }

    /// Sends `request` with this body until `end`.
    ///
    /// From when it asks for the first bytes on, the transport must take bytes at least
    /// every `idle`. Once it took the whole body, only `end` limits the wait for the head of
    /// the response.
    pub(crate) fn send<'a>(
        &self,
        context: &'a Context,
        transport: &'a dyn HttpSend,
        request: HttpRequest,
        idle: Duration,
        end: End,
    ) -> impl Future<Output = Result<HttpResponse, Error>> + Send + 'a {
        let feed = self.0.clone();
        let mut work = transport.upload(request.map(|_| RequestBody::new(feed.clone())));
        let (mut timer, mut seen) = (None, 0);
        async move {
            let sent = std::future::poll_fn(|task| {
                if let Poll::Ready(sent) = work.as_mut().poll(task) {
                    return Poll::Ready(Ok(sent));
                }
                loop {
                    let left = end.at.saturating_sub(context.clock.uptime());
                    let limit = if feed.is_whole() { left } else { left.min(idle) };
                    let (due, last, asked) = timer
                        .get_or_insert_with(|| (context.sleep.tick(limit), limit == left, feed.is_asked()));
                    std::task::ready!(due.as_mut().poll(task));
                    if *last {
                        return Poll::Ready(Err(end.limit));
                    }
                    let (asked, taken) = (*asked, feed.taken());
                    timer = None;
                    if asked && taken == seen && !feed.is_whole() {
                        return Poll::Ready(Err(TimeLimit { setting: Setting::Read, value: idle }));
                    }
                    seen = taken;
                }
            });
            match sent.await {
                Ok(Ok(response)) => Ok(response),
                Ok(Err(error)) => Err(match feed.take_failure() {
                    Some(failure) => failure.into(),
                    None if error.kind == ErrorKind::Io && !feed.is_whole() => cut_off(error),
                    None => error.into(),
                }),
                Err(limit) if limit.setting == Setting::Read && feed.is_starved() => {
                    let what = limit.passed("the source of the request body gave no more bytes");
                    Err(Error::new(ErrorKind::RequestBody, what).with_sent(SendState::Maybe))
                }
                Err(limit) if limit.setting == Setting::Read => {
                    Err(timed_out("the server took no more of the request body", limit, SendState::Maybe))
                }
                Err(limit) => Err(timed_out("no response head", limit, SendState::Maybe)),
            }
        }
    }

    /// True if the transport took the whole body.
    pub(crate) fn is_whole(&self) -> bool {
        self.0.is_whole()
    }

    /// Replaces the error of a request by the failure of its body, if there is one. A
    /// transport only knows that the body failed.
    pub(crate) fn blame(&self, error: Error) -> Error {
        self.0.take_failure().map_or(error, Error::from)
    }

    /// Turns a success status into an error if the server replied before it received the
    /// whole body.
    pub(crate) fn confirm<T>(&self, outcome: Result<T, Error>) -> Result<T, Error> {
        let value = outcome?;
        if self.0.is_whole() {
            return Ok(value);
        }
        let what = "the server responded with success before it received the whole body";
        Err(self.blame(Error::new(ErrorKind::Protocol, what).with_sent(SendState::Maybe)))
    }
}

/// The error of a connection that ended before the server received the whole body. An error
/// response may have been lost with it.
fn cut_off(error: TransportError) -> Error {
    let what = format!(
        "{}, before the server received the whole request body: it may have refused the body, for example because of its size",
        error.message
    );
    Error::from(TransportError { message: what, ..error }).with_cut_off()
}

impl Drop for Outgoing {
    fn drop(&mut self) {
        self.0.stop();
    }
}
