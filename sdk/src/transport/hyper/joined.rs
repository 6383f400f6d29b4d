//! Writes the head and the body of a small request with one plain system call.

use std::io::{IoSlice, Result};
use std::pin::Pin;
use std::task::{Context, Poll};

use hyper::rt::{Read, ReadBufCursor, Write};

use super::link::Link;

/// The largest request that is copied before it is written, in bytes: 4 KiB. A copy of this size
/// costs less than the vectored write.
const SMALL: usize = 4 * 1024;

/// A connection without TLS.
///
/// hyper writes the head and the body of a request as two slices. With two short slices, the system
/// takes longer to process the list than it takes here to join them. rustls joins them anyway.
pub(super) struct Joined<T>(pub(super) T);

/// Reads are passed on.
impl<T: Link> Read for Joined<T> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        task: &mut Context<'_>,
        buffer: ReadBufCursor<'_>,
    ) -> Poll<Result<()>> {
        Pin::new(&mut self.0).poll_read(task, buffer)
    }
}

/// Writes are passed on, except for several small slices.
impl<T: Link> Write for Joined<T> {
    fn poll_write(mut self: Pin<&mut Self>, task: &mut Context<'_>, bytes: &[u8]) -> Poll<Result<usize>> {
        Pin::new(&mut self.0).poll_write(task, bytes)
    }

    /// Joins small slices.
    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        task: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<Result<usize>> {
        let length = slices.iter().map(|slice| slice.len()).sum::<usize>();
        if length > SMALL {
            return Pin::new(&mut self.0).poll_write_vectored(task, slices);
        }
        if let [slice] = slices {
            return Pin::new(&mut self.0).poll_write(task, slice);
        }
        let mut joined = Vec::with_capacity(length);
        slices.iter().for_each(|slice| joined.extend_from_slice(slice));
        Pin::new(&mut self.0).poll_write(task, &joined)
    }

    fn is_write_vectored(&self) -> bool {
        self.0.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, task: &mut Context<'_>) -> Poll<Result<()>> {
        Pin::new(&mut self.0).poll_flush(task)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, task: &mut Context<'_>) -> Poll<Result<()>> {
        Pin::new(&mut self.0).poll_shutdown(task)
    }
}
