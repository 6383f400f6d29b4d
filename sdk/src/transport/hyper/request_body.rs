//! The body of a request, in the form in which hyper reads it.

use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

use crate::transport::TransportError;
use crate::transport::outgoing::Outgoing;

/// A body in memory, or one that is read while it is sent.
pub(super) enum SentBody {
    /// The bytes, until hyper takes them.
    Whole(Bytes),
    /// An upload. It is boxed, so that requests in memory stay small.
    Upload(Box<Outgoing>),
}

/// A body in memory is one chunk. An upload is read chunk by chunk.
impl Body for SentBody {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        task: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        match &mut *self {
            Self::Whole(bytes) if bytes.is_empty() => Poll::Ready(None),
            Self::Whole(bytes) => Poll::Ready(Some(Ok(Frame::data(std::mem::take(bytes))))),
            Self::Upload(upload) => Pin::new(&mut **upload).poll_frame(task),
        }
    }

    /// Without a body, hyper sends the head alone.
    fn is_end_stream(&self) -> bool {
        match self {
            Self::Whole(bytes) => bytes.is_empty(),
            Self::Upload(upload) => upload.is_end_stream(),
        }
    }

    /// The exact size, which becomes `Content-Length`.
    fn size_hint(&self) -> SizeHint {
        match self {
            Self::Whole(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Self::Upload(upload) => upload.size_hint(),
        }
    }
}
