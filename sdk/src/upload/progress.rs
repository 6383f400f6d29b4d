//! Progress reports of uploads.

use std::fmt;
use std::sync::Arc;

/// The progress of an upload.
///
/// ```no_run
/// use cloudcall::upload::UploadProgress;
///
/// fn show(progress: UploadProgress) {
///     println!("attempt {}: {} of {} bytes", progress.attempt, progress.done, progress.total);
/// }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct UploadProgress {
    /// Number of the attempt, counted from 1. Each attempt begins again with 0 bytes.
    pub attempt: u32,
    /// Number of bytes that the transport took, including the text between the parts of a
    /// form.
    pub done: u64,
    /// Length of the body in bytes.
    pub total: u64,
}

impl UploadProgress {
    /// The progress of the first attempt. An upload makes it itself; this is for tests of closures.
    ///
    /// ```
    /// use cloudcall::upload::UploadProgress;
    ///
    /// let half = UploadProgress::new(512, 1_024);
    /// assert_eq!((half.attempt, half.done, half.total), (1, 512, 1_024));
    /// ```
    pub fn new(done: u64, total: u64) -> Self {
        Self { attempt: 1, done, total }
    }
}

/// The receiver of progress reports.
#[derive(Clone)]
pub(crate) struct Progress(Arc<dyn Fn(UploadProgress) + Send + Sync>);

impl Progress {
    /// A receiver that calls `tell`.
    pub(crate) fn new(tell: impl Fn(UploadProgress) + Send + Sync + 'static) -> Self {
        Self(Arc::new(tell))
    }

    /// Reports the progress.
    pub(super) fn report(&self, attempt: u32, done: u64, total: u64) {
        (self.0)(UploadProgress { attempt, done, total });
    }
}

impl fmt::Debug for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Progress(..)")
    }
}
