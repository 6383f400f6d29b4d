//! The body of one attempt. The transport that sends it and the call that may stop it share
//! it.
//!
//! The call and the transport hold the same value behind a lock. The transport takes chunks
//! from it; the call stops it when it is dropped or when the response has arrived early. A
//! lock instead of a channel means that the file is closed at once when the call ends, and
//! that no task is needed.
//!
//! The last chunk is held back. Only when the source has ended, and its length and digest
//! match the measurement, is the last chunk given to the transport. A server therefore
//! never receives a complete request with a wrong body.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

use bytes::Bytes;
use futures_util::StreamExt as _;

use super::content::Upload;
use super::hasher::Hasher;
use super::measure::Measured;
use super::progress::Progress;
use super::source::{Pieces, Source, length};
use crate::error::{Error, ErrorKind, SendState};
use crate::transport::TransportError;

/// The body of one attempt.
pub(super) struct Feed {
    /// Length in bytes.
    len: u64,
    /// Number of the attempt, for progress reports.
    attempt: u32,
    /// Receives progress reports.
    progress: Option<Progress>,
    state: Mutex<FeedState>,
}

/// The part behind the lock.
struct FeedState {
    /// The chunks. `None` as soon as no more are needed, so that files and connections of
    /// the caller are closed.
    pieces: Option<Pieces>,
    /// The digest so far, and the measured digest.
    check: Option<(Hasher, [u8; 32])>,
    /// The last chunk, which is held back until the whole body was checked.
    held: Option<Bytes>,
    /// Number of bytes that were read from the source.
    read: u64,
    /// Number of bytes that the transport took.
    taken: u64,
    /// The reason why the source ended too early.
    failure: Option<TransportError>,
    /// Whether the transport has asked for bytes.
    asked: bool,
    /// Whether the source had no bytes when the transport asked last.
    starved: bool,
    /// True after the upload was stopped.
    stopped: bool,
    /// Wakes the transport.
    waker: Option<Waker>,
}

impl Feed {
    /// The body for one attempt, read again from its sources.
    ///
    /// # Errors
    ///
    /// Kind `Config` if the digest needs a cargo feature.
    pub(super) fn new(
        upload: &Upload,
        measured: &Measured,
        attempt: u32,
        progress: Option<Progress>,
    ) -> Result<Self, Error> {
        let check = measured.digest.map(|(kind, digest)| Hasher::new(kind).map(|hasher| (hasher, digest)));
        let pieces = upload.pieces(measured.lengths.clone());
        Ok(Self::of(pieces, measured.len, check.transpose()?, attempt, progress))
    }

    /// A body in memory, for progress reports.
    pub(super) fn whole(data: Bytes, attempt: u32, progress: Option<Progress>) -> Self {
        let len = length(&data);
        let pieces = Upload::new([Source::Bytes(data)]).pieces(Arc::from([len]));
        Self::of(pieces, len, None, attempt, progress)
    }

    /// A body of any chunks.
    fn of(
        pieces: Pieces,
        len: u64,
        check: Option<(Hasher, [u8; 32])>,
        attempt: u32,
        progress: Option<Progress>,
    ) -> Self {
        let state = FeedState {
            pieces: Some(pieces),
            check,
            held: None,
            read: 0,
            taken: 0,
            failure: None,
            asked: false,
            starved: false,
            stopped: false,
            waker: None,
        };
        Self { len, attempt, progress, state: Mutex::new(state) }
    }

    /// Length in bytes.
    pub(super) fn len(&self) -> u64 {
        self.len
    }

    /// Locks the state.
    fn state(&self) -> MutexGuard<'_, FeedState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Number of bytes that the transport took so far.
    pub(super) fn taken(&self) -> u64 {
        self.state().taken
    }

    /// True if the transport took the whole body.
    pub(super) fn is_whole(&self) -> bool {
        self.taken() == self.len
    }

    /// True once the transport has asked for bytes: the connection exists.
    pub(super) fn is_asked(&self) -> bool {
        self.state().asked
    }

    /// True while the transport waits for the source.
    pub(super) fn is_starved(&self) -> bool {
        self.state().starved
    }

    /// The reason why the source ended too early, once.
    pub(super) fn take_failure(&self) -> Option<TransportError> {
        self.state().failure.take()
    }

    /// Stops the upload. The source is closed now, and a transport that asks for more gets
    /// an error.
    pub(super) fn stop(&self) {
        let (pieces, waker) = {
            let mut state = self.state();
            state.stopped = true;
            state.held = None;
            (state.pieces.take(), state.waker.take())
        };
        // The caller's stream is dropped outside the lock, because its `Drop` may run any
        // code.
        drop(pieces);
        if let Some(waker) = waker {
            waker.wake();
        }
    }

    /// The next chunk, for the transport.
    pub(super) fn poll(&self, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, TransportError>>> {
        let mut state = self.state();
        let polled = state.poll(cx, self.len);
        (state.asked, state.starved) = (true, polled.is_pending());
        let done = state.taken;
        drop(state);
        if let (Poll::Ready(Some(Ok(_))), Some(progress)) = (&polled, &self.progress) {
            progress.report(self.attempt, done, self.len);
        }
        polled
    }
}

impl FeedState {
    /// As [`Feed::poll`], behind the lock.
    fn poll(&mut self, cx: &mut Context<'_>, len: u64) -> Poll<Option<Result<Bytes, TransportError>>> {
        loop {
            let Some(pieces) = &mut self.pieces else {
                let given_up = self.stopped && self.taken < len;
                return Poll::Ready(given_up.then(|| Err(ended("the upload was stopped"))));
            };
            let Poll::Ready(piece) = pieces.poll_next_unpin(cx) else {
                if !self.waker.as_ref().is_some_and(|known| known.will_wake(cx.waker())) {
                    self.waker = Some(cx.waker().clone());
                }
                return Poll::Pending;
            };
            match piece {
                Some(Err(error)) => return self.fail(error),
                Some(Ok(piece)) if piece.is_empty() => {}
                Some(Ok(piece)) => {
                    if let Some((hasher, _)) = &mut self.check {
                        hasher.update(&piece);
                    }
                    self.read = self.read.saturating_add(length(&piece));
                    if self.read < len {
                        return self.give(piece);
                    }
                    self.held = Some(piece);
                }
                None => {
                    self.pieces = None;
                    let check = self.check.take().map(|(hasher, wanted)| hasher.finish() == wanted);
                    if check == Some(false) {
                        let what =
                            "the body has different bytes than when it was signed; was it changed meanwhile?";
                        return self.fail(TransportError::new(
                            ErrorKind::RequestBody,
                            SendState::Maybe,
                            what,
                        ));
                    }
                    return match self.held.take() {
                        Some(last) => self.give(last),
                        None => Poll::Ready(None),
                    };
                }
            }
        }
    }

    /// Hands a chunk to the transport.
    fn give(&mut self, piece: Bytes) -> Poll<Option<Result<Bytes, TransportError>>> {
        self.taken = self.taken.saturating_add(length(&piece));
        Poll::Ready(Some(Ok(piece)))
    }

    /// Stores the error for the call. The transport only learns that there are no more
    /// bytes.
    fn fail(&mut self, error: TransportError) -> Poll<Option<Result<Bytes, TransportError>>> {
        let shown = ended(&error.message);
        self.pieces = None;
        self.held = None;
        self.stopped = true;
        self.failure = Some(error);
        Poll::Ready(Some(Err(shown)))
    }
}

/// The error that a transport gets.
fn ended(what: &str) -> TransportError {
    TransportError::new(ErrorKind::RequestBody, SendState::Maybe, what)
}

impl fmt::Debug for Feed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Feed").field("len", &self.len).field("attempt", &self.attempt).finish_non_exhaustive()
    }
}
