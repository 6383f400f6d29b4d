//! A request body on its way out, as a transport sees it.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::{Bytes, BytesMut};
use futures_util::{Stream, StreamExt as _};

use super::feed::Feed;
use crate::transport::TransportError;

/// The body of a request that is read while it is sent: a stream of pieces with a known length.
///
/// The last piece comes only after it is sure that the body is what it should be. After an error the request must not be
/// finished: the connection has to be closed.
pub struct RequestBody(Arc<Feed>);

impl RequestBody {
    pub(super) fn new(feed: Arc<Feed>) -> Self {
        Self(feed)
    }

    /// A body that is in memory.
    pub fn whole(data: impl Into<Bytes>) -> Self {
        Self(Arc::new(Feed::whole(data.into(), 1, None)))
    }

    /// The length in bytes: what `Content-Length` says.
    pub fn len(&self) -> u64 {
        self.0.len()
    }

    /// Whether there are no bytes.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Reads all of it into memory.
    ///
    /// # Errors
    ///
    /// That of the source: it cannot be read, or has not the length it was said to have.
    pub async fn collect(mut self) -> Result<Bytes, TransportError> {
        let mut all = BytesMut::new();
        while let Some(piece) = self.next().await {
            all.extend_from_slice(&piece?);
        }
        Ok(all.freeze())
    }
}

impl Stream for RequestBody {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll(cx)
    }
}

impl fmt::Debug for RequestBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RequestBody({} bytes)", self.len())
    }
}
