//! A connection of the pool.

use std::io::{IoSlice, Result};
use std::pin::Pin;
use std::task::{Context, Poll};

use hyper::rt::{Read, ReadBufCursor, Write};
use hyper_util::client::legacy::connect::{Connected, Connection as Connects};

pub(super) type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// TCP, or TLS over it.
pub(super) trait Link: Read + Write + Send + Unpin {}

impl<T: Read + Write + Send + Unpin> Link for T {}

/// A connection to a host or to a proxy.
pub(super) struct Connection {
    /// In a box: the state of TLS has 1 KiB, and a plain connection has none.
    link: Box<dyn Link>,
    /// Whether a proxy reads the requests: they name the whole address then.
    forwarded: bool,
}

impl Connection {
    /// A connection, perhaps through a tunnel, whose other end is the host.
    pub(super) fn direct(link: Box<dyn Link>) -> Self {
        Self { link, forwarded: false }
    }

    /// A connection to a proxy that forwards requests.
    pub(super) fn forwarded(link: Box<dyn Link>) -> Self {
        Self { link, forwarded: true }
    }
}

impl Connects for Connection {
    /// Without the addresses of both sides: each response would be given a copy.
    fn connected(&self) -> Connected {
        Connected::new().proxy(self.forwarded)
    }
}

impl Read for Connection {
    fn poll_read(
        mut self: Pin<&mut Self>,
        task: &mut Context<'_>,
        buffer: ReadBufCursor<'_>,
    ) -> Poll<Result<()>> {
        Pin::new(&mut *self.link).poll_read(task, buffer)
    }
}

impl Write for Connection {
    fn poll_write(mut self: Pin<&mut Self>, task: &mut Context<'_>, bytes: &[u8]) -> Poll<Result<usize>> {
        Pin::new(&mut *self.link).poll_write(task, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        task: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<Result<usize>> {
        Pin::new(&mut *self.link).poll_write_vectored(task, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.link.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, task: &mut Context<'_>) -> Poll<Result<()>> {
        Pin::new(&mut *self.link).poll_flush(task)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, task: &mut Context<'_>) -> Poll<Result<()>> {
        Pin::new(&mut *self.link).poll_shutdown(task)
    }
}
