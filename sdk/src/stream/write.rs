//! Writes chunks to an `AsyncWrite`.

use std::io;
use std::pin::Pin;

use tokio::io::AsyncWrite;

use crate::error::{Error, ErrorKind, SendState};

/// Writes all bytes of a chunk.
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

/// Flushes the writer.
pub(super) async fn flush(writer: &mut (impl AsyncWrite + Unpin)) -> Result<(), Error> {
    let flushed = std::future::poll_fn(|task| Pin::new(&mut *writer).poll_flush(task)).await;
    flushed.map_err(|error| failed("the writer", error))
}

/// The error for a destination that did not take the download. `what` names the
/// destination.
pub(crate) fn failed(what: &str, error: io::Error) -> Error {
    let why = match error.kind() {
        io::ErrorKind::StorageFull => "the disk is full",
        io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => "it would exceed a size limit",
        io::ErrorKind::NotFound => "its folder does not exist",
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => "permission denied",
        _ => "writing failed",
    };
    // The service has processed the request.
    let message = format!("the download could not be written to {what}: {why}");
    Error::new(ErrorKind::Output, message).with_sent(SendState::Maybe).with_source(error)
}
