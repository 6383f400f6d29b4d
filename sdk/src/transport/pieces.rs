//! The body of a response, as both HTTP libraries give it.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_util::Stream;
use http_body::Body;

use super::TransportError;

/// The chunks of a body. Trailers are skipped.
pub(super) struct Pieces<B: Body> {
    body: B,
    failed: fn(B::Error) -> TransportError,
}

impl<B: Body> Pieces<B> {
    /// `failed` turns an error of the library into ours.
    pub(super) fn new(body: B, failed: fn(B::Error) -> TransportError) -> Self {
        Self { body, failed }
    }
}

impl<B: Body<Data = Bytes> + Unpin> Stream for Pieces<B> {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, task: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            return match ready!(Pin::new(&mut self.body).poll_frame(task)) {
                None => Poll::Ready(None),
                Some(Err(error)) => Poll::Ready(Some(Err((self.failed)(error)))),
                Some(Ok(frame)) => match frame.into_data() {
                    Ok(data) => Poll::Ready(Some(Ok(data))),
                    Err(_trailers) => continue,
                },
            };
        }
    }
}
