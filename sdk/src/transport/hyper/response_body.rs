//! The body of a response. Reading it drives the connection.
//!
//! The reader decides the pace: while it does not read, nothing is received, and the window of TCP
//! fills up. A body that is read in another runtime than its call works as long as the runtime of the
//! connection runs.

use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_util::Stream;
use http_body::Body as _;
use hyper::body::{Frame, Incoming};

use super::pool::Place;
use super::session::Session;
use crate::transport::TransportError;
use crate::transport::failure::broken_body;

/// The chunks of a body. At its end the connection goes back to the pool. If the body is dropped
/// before, the connection is closed: what is left of the body would have to be read first.
pub(super) struct Reading {
    /// hyper's end of the body.
    body: Incoming,
    /// The connection and its place in the pool, until it is given back.
    used: Option<(Session, Place)>,
}

impl Reading {
    /// The body that arrives over `session`, which goes to `place` afterwards. A response without a
    /// body gives its connection back at once.
    pub(super) fn new(body: Incoming, session: Session, place: Place) -> Self {
        let mut reading = Self { body, used: Some((session, place)) };
        if reading.body.is_end_stream() {
            reading.give_back();
        }
        reading
    }

    /// The next frame: data or trailers.
    fn poll_body(&mut self, task: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, hyper::Error>>> {
        let Self { body, used } = self;
        let mut body = Pin::new(body);
        match used {
            Some((session, _)) => session.poll_with(task, |task| body.as_mut().poll_frame(task)),
            None => body.poll_frame(task),
        }
    }

    /// Gives the connection back, once.
    fn give_back(&mut self) {
        if let Some((session, place)) = self.used.take() {
            place.put(session);
        }
    }
}

/// Data is passed on without a copy. Trailers are skipped: no provider sends data in them.
impl Stream for Reading {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, task: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            return match self.poll_body(task) {
                Poll::Pending => Poll::Pending,
                Poll::Ready(None) => {
                    self.give_back();
                    Poll::Ready(None)
                }
                Poll::Ready(Some(Err(error))) => {
                    self.used = None;
                    Poll::Ready(Some(Err(broken_body(Box::new(error), false))))
                }
                Poll::Ready(Some(Ok(frame))) => {
                    if self.body.is_end_stream() {
                        self.give_back();
                    }
                    match frame.into_data() {
                        Ok(data) => Poll::Ready(Some(Ok(data))),
                        Err(_trailers) => continue,
                    }
                }
            };
        }
    }
}
