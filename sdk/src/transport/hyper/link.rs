//! A connection without its type, and the errors of making one.

use hyper::rt::{Read, Write};

/// Any error.
pub(super) type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// A connection: TCP, or TLS over it. It is boxed, because the state of TLS takes 1 KiB and a plain
/// connection has none.
pub(super) trait Link: Read + Write + Send + Unpin {}

impl<T: Read + Write + Send + Unpin> Link for T {}
