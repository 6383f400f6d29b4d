//! The body of a request while it is sent, as a transport sees it.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::{Bytes, BytesMut};
use futures_util::{Stream, StreamExt as _};

use super::feed::Feed;
use crate::transport::TransportError;

/// The body of a request that is read while it is sent: a stream of chunks with a known
/// length.
///
/// ```
/// use cloudcall::upload::RequestBody;
///
/// let body = RequestBody::whole("hello");
/// assert_eq!(body.len(), 5);
/// ```
///
/// The last chunk is given only after the body was checked. After an error, a transport
/// must close the connection and must not complete the request.
pub struct RequestBody(Arc<Feed>);

impl RequestBody {
    /// The reading end of `feed`.
    pub(super) fn new(feed: Arc<Feed>) -> Self {
        Self(feed)
    }

    /// A body that is in memory.
    pub fn whole(data: impl Into<Bytes>) -> Self {
        Self(Arc::new(Feed::whole(data.into(), 1, None)))
    }

    /// Length in bytes, for `Content-Length`.
    pub fn len(&self) -> u64 {
        self.0.len()
    }

    /// True if the body has no bytes.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Reads the whole body into memory.
    ///
    /// ```
    /// use cloudcall::upload::RequestBody;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let body = RequestBody::whole("hello");
    /// assert_eq!(body.collect().await?, "hello");
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Kind `RequestBody` if the source cannot be read, or if its length or its bytes
    /// differ from the measurement.
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
