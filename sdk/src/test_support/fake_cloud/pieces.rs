//! A body that is sent in pieces: events, or a download with pauses.
//!
//! The vendors write whole bodies, and `http::Response<Bytes>` has no other. So the pieces travel
//! beside an empty body, as an extension, until the server or the mock makes a stream of them.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;

/// The pieces of one body. They are an extension of the response head until the body is created.
#[derive(Debug, Clone)]
pub(crate) struct Pieces {
    /// The pieces in order. Each one is sent as one frame.
    pub(crate) list: Arc<[Bytes]>,
    /// The pause between two pieces. There is none before the first one.
    pub(crate) pause: Duration,
    /// Whether the connection breaks after the last one.
    pub(crate) cut: bool,
}
