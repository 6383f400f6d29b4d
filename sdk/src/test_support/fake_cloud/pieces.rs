//! A body that is sent in pieces.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;

/// The pieces of one body. They are an extension of the response head until the body is created.
#[derive(Debug, Clone)]
pub(crate) struct Pieces {
    pub(crate) list: Arc<[Bytes]>,
    /// The pause between two pieces.
    pub(crate) pause: Duration,
    /// Whether the connection breaks after the last one.
    pub(crate) cut: bool,
}
