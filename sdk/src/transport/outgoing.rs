//! The body of an upload, in the form in which hyper and reqwest read it.
//!
//! Both libraries write a body as fast as the socket takes it. A server that refuses an upload early
//! sends its response and closes the connection, and the client then fails with a broken pipe before
//! it reads the response. [`Outgoing`] therefore leaves gaps in which the library reads.

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

/// The number of bytes after which the server gets time to refuse an upload: 64 KiB.
const BEGIN: u64 = 64 * 1024;

/// The length of that pause. Only a body larger than [`BEGIN`] has it, and only once.
const MOMENT: Duration = Duration::from_millis(10);

/// A body whose exact size makes a `Content-Length`.
///
/// A server may refuse a request before it has read all of it, and reset the connection. hyper reads
/// before it writes, but a write that fails ends the connection, even if a response has arrived and
/// was not yet read. So writing is interrupted: there is a pause after the beginning of a large body,
/// and between two chunks the runtime polls the connection.
pub(super) struct Outgoing {
    /// The source.
    body: RequestBody,
    /// The number of bytes so far.
    sent: u64,
    /// The current interruption. reqwest requires bodies to be `Sync`, so it is in a mutex, which is
    /// never locked.
    pause: Mutex<Option<BoxFuture<'static, ()>>>,
}

impl Outgoing {
    /// The body of one attempt.
    pub(super) fn new(body: RequestBody) -> Self {
        Self { body, sent: 0, pause: Mutex::default() }
    }
}

/// Reads one chunk after the other, with an interruption after each.
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

    /// The exact size, which becomes `Content-Length`.
    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.body.len())
    }
}
