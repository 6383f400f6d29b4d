//! The second pass: the pieces of one attempt, shared between the transport that sends them and the call that may end it.

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

/// One attempt's body.
pub(super) struct Feed {
    len: u64,
    attempt: u32,
    progress: Option<Progress>,
    state: Mutex<State>,
}

struct State {
    /// Dropped as soon as nothing more is wanted of it, and with it files and connections of the caller.
    pieces: Option<Pieces>,
    check: Option<(Hasher, [u8; 32])>,
    /// The last piece, until it is sure that it is the last, and that all is as it was measured.
    held: Option<Bytes>,
    /// How much came from the source.
    read: u64,
    /// How much the transport took.
    taken: u64,
    /// Why the source ended too early.
    failure: Option<TransportError>,
    stopped: bool,
    waker: Option<Waker>,
}

impl Feed {
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

    /// Bytes in memory.
    pub(super) fn whole(data: Bytes, attempt: u32, progress: Option<Progress>) -> Self {
        let len = length(&data);
        let pieces = Upload::new([Source::Bytes(data)]).pieces(Arc::from([len]));
        Self::of(pieces, len, None, attempt, progress)
    }

    fn of(
        pieces: Pieces,
        len: u64,
        check: Option<(Hasher, [u8; 32])>,
        attempt: u32,
        progress: Option<Progress>,
    ) -> Self {
        let state = State {
            pieces: Some(pieces),
            check,
            held: None,
            read: 0,
            taken: 0,
            failure: None,
            stopped: false,
            waker: None,
        };
        Self { len, attempt, progress, state: Mutex::new(state) }
    }

    pub(super) fn len(&self) -> u64 {
        self.len
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How much the transport took so far.
    pub(super) fn taken(&self) -> u64 {
        self.state().taken
    }

    /// Whether the transport has it all.
    pub(super) fn is_whole(&self) -> bool {
        self.taken() == self.len
    }

    /// Why the source ended too early, if it did.
    pub(super) fn take_failure(&self) -> Option<TransportError> {
        self.state().failure.take()
    }

    /// Ends the upload: the source is closed now, and a transport that still asks gets an error.
    pub(super) fn stop(&self) {
        let (pieces, waker) = {
            let mut state = self.state();
            state.stopped = true;
            state.held = None;
            (state.pieces.take(), state.waker.take())
        };
        // What the caller's stream does when it is dropped is its own affair.
        drop(pieces);
        if let Some(waker) = waker {
            waker.wake();
        }
    }

    pub(super) fn poll(&self, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, TransportError>>> {
        let mut state = self.state();
        let polled = state.poll(cx, self.len);
        let done = state.taken;
        drop(state);
        if let (Poll::Ready(Some(Ok(_))), Some(progress)) = (&polled, &self.progress) {
            progress.tell(self.attempt, done, self.len);
        }
        polled
    }
}

impl State {
    fn poll(&mut self, cx: &mut Context<'_>, len: u64) -> Poll<Option<Result<Bytes, TransportError>>> {
        loop {
            let Some(pieces) = &mut self.pieces else {
                let given_up = self.stopped && self.taken < len;
                return Poll::Ready(given_up.then(|| Err(ended("the upload was given up"))));
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
                            "the body has other bytes than when it was signed: was it changed meanwhile?";
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

    fn give(&mut self, piece: Bytes) -> Poll<Option<Result<Bytes, TransportError>>> {
        self.taken = self.taken.saturating_add(length(&piece));
        Poll::Ready(Some(Ok(piece)))
    }

    /// The call is told why; the transport only that there is no more.
    fn fail(&mut self, error: TransportError) -> Poll<Option<Result<Bytes, TransportError>>> {
        let shown = ended(&error.message);
        self.pieces = None;
        self.held = None;
        self.stopped = true;
        self.failure = Some(error);
        Poll::Ready(Some(Err(shown)))
    }
}

fn ended(what: &str) -> TransportError {
    TransportError::new(ErrorKind::RequestBody, SendState::Maybe, what)
}

impl fmt::Debug for Feed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Feed").field("len", &self.len).field("attempt", &self.attempt).finish_non_exhaustive()
    }
}
