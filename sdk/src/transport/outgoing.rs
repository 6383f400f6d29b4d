//! A request body on its way out through the HTTP library.

use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_util::Stream as _;
use futures_util::future::BoxFuture;
use http_body::{Frame, SizeHint};

use super::TransportError;
use crate::upload::RequestBody;

/// How much of a body leaves before the server has a moment to refuse it.
const BEGIN: u64 = 64 * 1024;

/// How long that moment is. Only bodies larger than [`BEGIN`] have it, once.
const MOMENT: Duration = Duration::from_millis(10);

/// A body whose exact size makes a `Content-Length`.
///
/// A server may refuse a request before it has read all of it, and reset the connection. hyper reads before it writes, but a
/// write that fails ends the connection, even if an answer has arrived and was not read. So most of the time nothing is being
/// written: after the beginning of a large body there is a pause, and between two pieces the runtime looks at the connection.
pub(super) struct Outgoing {
    body: RequestBody,
    sent: u64,
    /// A mutex only since bodies must be `Sync`: nobody else has it.
    pause: Mutex<Option<BoxFuture<'static, ()>>>,
}

impl Outgoing {
    pub(super) fn new(body: RequestBody) -> Self {
        Self { body, sent: 0, pause: Mutex::default() }
    }
}

impl http_body::Body for Outgoing {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let Self { body, sent, pause } = &mut *self;
        let pause = pause.get_mut().unwrap_or_else(PoisonError::into_inner);
        if let Some(waiting) = pause {
            ready!(waiting.as_mut().poll(cx));
            *pause = None;
        }
        let piece = ready!(Pin::new(&mut *body).poll_next(cx));
        if let Some(Ok(piece)) = &piece {
            let before = *sent;
            *sent = before.saturating_add(piece.len() as u64);
            let begun = before < BEGIN && *sent >= BEGIN && *sent < body.len();
            *pause = Some(match begun {
                true => Box::pin(tokio::time::sleep(MOMENT)),
                false => Box::pin(tokio::task::yield_now()),
            });
        }
        Poll::Ready(piece.map(|piece| piece.map(Frame::data)))
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.body.len())
    }
}
