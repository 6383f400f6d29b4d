//! Pieces into a writer.

use std::io;
use std::pin::Pin;

use tokio::io::AsyncWrite;

use crate::error::{Error, ErrorKind, SendState};

pub(super) async fn all(writer: &mut (impl AsyncWrite + Unpin), mut piece: &[u8]) -> Result<(), Error> {
    while !piece.is_empty() {
        let written = std::future::poll_fn(|task| Pin::new(&mut *writer).poll_write(task, piece)).await;
        piece = match written {
            Ok(0) => return Err(failed("the writer", io::ErrorKind::WriteZero.into())),
            Ok(written) => piece.get(written..).unwrap_or_default(),
            Err(error) => return Err(failed("the writer", error)),
        };
    }
    Ok(())
}

pub(super) async fn flush(writer: &mut (impl AsyncWrite + Unpin)) -> Result<(), Error> {
    let flushed = std::future::poll_fn(|task| Pin::new(&mut *writer).poll_flush(task)).await;
    flushed.map_err(|error| failed("the writer", error))
}

/// The error of what a download goes to.
pub(crate) fn failed(what: &str, error: io::Error) -> Error {
    let why = match error.kind() {
        io::ErrorKind::StorageFull => "the disk is full",
        io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => "it would be larger than is allowed",
        io::ErrorKind::NotFound => "there is no such folder",
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => "that is not allowed",
        _ => "writing failed",
    };
    // The service did what it was asked for.
    let message = format!("{what} did not take the download: {why}");
    Error::new(ErrorKind::Output, message).with_sent(SendState::Maybe).with_source(error)
}
