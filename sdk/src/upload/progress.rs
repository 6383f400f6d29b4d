//! How far an upload is.

use std::fmt;
use std::sync::Arc;

/// How far the upload of a call is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct UploadProgress {
    /// The number of the attempt; the first is 1. Each begins again with no bytes.
    pub attempt: u32,
    /// How many bytes of the body were handed to the connection, form and boundaries included.
    pub done: u64,
    /// How many bytes the body has.
    pub total: u64,
}

/// Who is told.
#[derive(Clone)]
pub(crate) struct Progress(Arc<dyn Fn(UploadProgress) + Send + Sync>);

impl Progress {
    pub(crate) fn new(tell: impl Fn(UploadProgress) + Send + Sync + 'static) -> Self {
        Self(Arc::new(tell))
    }

    pub(super) fn tell(&self, attempt: u32, done: u64, total: u64) {
        (self.0)(UploadProgress { attempt, done, total });
    }
}

impl fmt::Debug for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Progress(..)")
    }
}
