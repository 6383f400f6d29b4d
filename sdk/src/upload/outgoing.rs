//! Sending a body that is read on the way, under the time limits of an attempt.

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

/// The upload of one attempt. Dropping it ends the upload, wherever it is.
#[derive(Debug)]
pub(crate) struct Outgoing(Arc<Feed>);

impl Outgoing {
    /// What was measured, read anew.
    pub(crate) fn new(
        upload: &Upload,
        measured: &Measured,
        attempt: u32,
        progress: Option<Progress>,
    ) -> Result<Self, Error> {
        Ok(Self(Arc::new(Feed::new(upload, measured, attempt, progress)?)))
    }

    /// Bytes in memory that somebody wants to see leave.
    pub(crate) fn whole(data: Bytes, attempt: u32, progress: Progress) -> Self {
        Self(Arc::new(Feed::whole(data, attempt, Some(progress))))
    }

    /// Sends `request` with this body until `end`, as long as something leaves in every `idle`. Once all has left, only
    /// `end` limits the wait for the head of the response.
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
                    let (due, last) = timer.get_or_insert_with(|| (context.sleep.tick(limit), limit == left));
                    std::task::ready!(due.as_mut().poll(task));
                    if *last {
                        return Poll::Ready(Err(end.limit));
                    }
                    timer = None;
                    let taken = feed.taken();
                    if taken == seen && !feed.is_whole() {
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
                Err(limit) if limit.setting == Setting::Read => {
                    Err(timed_out("no more of the request body was taken", limit, SendState::Maybe))
                }
                Err(limit) => Err(timed_out("no response head", limit, SendState::Maybe)),
            }
        }
    }

    /// Whether the transport has the whole body.
    pub(crate) fn is_whole(&self) -> bool {
        self.0.is_whole()
    }

    /// Why a request got no answer: what the transport says of a body that failed is only that it failed.
    pub(crate) fn blame(&self, error: Error) -> Error {
        self.0.take_failure().map_or(error, Error::from)
    }

    /// A success of a request that the server has not got whole is none.
    pub(crate) fn confirm<T>(&self, outcome: Result<T, Error>) -> Result<T, Error> {
        let value = outcome?;
        if self.0.is_whole() {
            return Ok(value);
        }
        let what = "the server answered with success before it had the whole body";
        Err(self.blame(Error::new(ErrorKind::Protocol, what).with_sent(SendState::Maybe)))
    }
}

/// The error of a connection that ended before the server had the whole body. What it answered may have been lost with it.
fn cut_off(error: TransportError) -> Error {
    let what = format!(
        "{}, and before the server had the whole request body: it may have refused it, for example for its size",
        error.message
    );
    Error::from(TransportError { message: what, ..error })
}

impl Drop for Outgoing {
    fn drop(&mut self) {
        self.0.stop();
    }
}
