//! The body of a response, as reqwest gives it.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use ::reqwest::Body;
use bytes::Bytes;
use futures_util::Stream;
use http_body::Body as _;

use crate::transport::TransportError;
use crate::transport::failure::broken_body;

/// The chunks of a body. Trailers are skipped: no provider sends data in them.
pub(super) struct Pieces(pub(super) Body);

impl Stream for Pieces {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, task: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            return match ready!(Pin::new(&mut self.0).poll_frame(task)) {
                None => Poll::Ready(None),
                Some(Err(error)) => Poll::Ready(Some(Err(failed(error)))),
                Some(Ok(frame)) => match frame.into_data() {
                    Ok(data) => Poll::Ready(Some(Ok(data))),
                    Err(_trailers) => continue,
                },
            };
        }
    }
}

/// The error of a body that breaks off.
fn failed(error: ::reqwest::Error) -> TransportError {
    let timed_out = error.is_timeout();
    broken_body(Box::new(error.without_url()), timed_out)
}
