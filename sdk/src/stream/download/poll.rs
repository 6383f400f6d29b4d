//! Reads the body of a download, chunk by chunk, and decides when the rest is requested.

use std::task::{Context as Task, Poll, ready};

use bytes::Bytes;

use super::Download;
use super::rest::Reopened;
use crate::error::{Error, ErrorKind, SendState};

/// One step of the download.
pub(super) enum Step {
    /// The next chunk.
    Piece(Bytes),
    /// Discard everything: the document starts again.
    Restart,
}

impl Download {
    /// Polls for the next chunk. Restarts are skipped, because only `to_file` allows them.
    pub(super) fn poll(&mut self, task: &mut Task<'_>) -> Poll<Option<Result<Bytes, Error>>> {
        loop {
            return Poll::Ready(match ready!(self.poll_step(task)) {
                Some(Ok(Step::Piece(piece))) => Some(Ok(piece)),
                // Only `to_file` allows it.
                Some(Ok(Step::Restart)) => continue,
                Some(Err(error)) => Some(Err(error)),
                None => None,
            });
        }
    }

    /// Polls for the next step.
    ///
    /// The loop has two states. Without a request in flight, it reads the body; a break
    /// that permits it starts a request for the rest. With such a request, it waits for the
    /// response, and then reads the new body. An empty chunk is skipped, because a caller
    /// could take it for the end.
    pub(super) fn poll_step(&mut self, task: &mut Task<'_>) -> Poll<Option<Result<Step, Error>>> {
        if self.ended {
            return Poll::Ready(None);
        }
        loop {
            if let Some(reopening) = &mut self.reopening {
                let reopened = ready!(reopening.as_mut().poll(task));
                self.reopening = None;
                match reopened {
                    Ok(Reopened::Rest(meta, opened, end)) => self.go_on(meta, opened, end),
                    Ok(Reopened::Anew(meta, opened)) => {
                        return Poll::Ready(Some(match self.start_again(meta, opened) {
                            Ok(()) => Ok(Step::Restart),
                            Err(error) => Err(self.fail(error)),
                        }));
                    }
                    Ok(Reopened::End) => {
                        self.end();
                        return Poll::Ready(None);
                    }
                    Err(error) => return Poll::Ready(Some(Err(self.fail(error)))),
                }
            }
            let error = match ready!(self.flow.poll_next(task, true)) {
                Some(Ok(piece)) if piece.is_empty() => continue,
                Some(Ok(piece)) => match self.count(piece.len()) {
                    Ok(()) => return Poll::Ready(Some(Ok(Step::Piece(piece)))),
                    Err(error) => return Poll::Ready(Some(Err(self.fail(error)))),
                },
                None if self.extent.end.is_none_or(|end| end == self.done) => {
                    if !self.extent.partial || self.document.total == Some(self.done) {
                        self.end();
                        return Poll::Ready(None);
                    }
                    match self.next_part() {
                        Ok(reopening) => {
                            self.reopening = Some(reopening);
                            continue;
                        }
                        Err(error) => return Poll::Ready(Some(Err(self.fail(error)))),
                    }
                }
                None => self.broken(ErrorKind::Io, "incomplete body: it ended early"),
                Some(Err(error)) => error,
            };
            match self.rest(error) {
                Ok(reopening) => self.reopening = Some(reopening),
                Err(error) => return Poll::Ready(Some(Err(self.fail(error)))),
            }
        }
    }

    /// Counts the bytes of a chunk and reports the progress.
    pub(super) fn count(&mut self, bytes: usize) -> Result<(), Error> {
        self.done = self.done.saturating_add(bytes as u64);
        if self.extent.end.is_some_and(|end| self.done > end) {
            return Err(self.broken(ErrorKind::Protocol, "the body is longer than the server announced"));
        }
        if let Some(tell) = &mut self.progress {
            tell(self.done, self.document.total);
        }
        Ok(())
    }

    /// An error at the current position.
    pub(super) fn broken(&self, kind: ErrorKind, what: &str) -> Error {
        let total = self.document.total.map_or("?".to_owned(), |total| total.to_string());
        Error::new(kind, format!("{what}, at byte {} of {total}", self.done)).with_sent(SendState::Maybe)
    }

    /// Ends the download and releases what it holds.
    pub(super) fn end(&mut self) {
        self.ended = true;
        self.flow.close();
        self.permit = None;
    }

    /// Ends the download with an error.
    pub(super) fn fail(&mut self, error: Error) -> Error {
        self.end();
        self.named(error)
    }
}
