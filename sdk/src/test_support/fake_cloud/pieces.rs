//! A body that comes piece by piece.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;

/// The pieces of one body. They travel with the head of an answer, as an extension, until its body is made.
#[derive(Debug, Clone)]
pub(crate) struct Pieces {
    pub(crate) list: Arc<[Bytes]>,
    /// The wait after each.
    pub(crate) pause: Duration,
    /// Whether the connection breaks after the last one.
    pub(crate) cut: bool,
}
