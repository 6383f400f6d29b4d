//! Wakes the task of a call, except while that task is being polled.
//!
//! The design is that of `FuturesUnordered` in the futures crate: a waker that is shared with what is
//! polled, and a state that tells a wake-up during a poll from one that comes later.

use std::sync::Arc;
use std::sync::atomic::AtomicU8;
use std::sync::atomic::Ordering::{AcqRel, Acquire, Release};
use std::task::{Context, Poll, Wake, Waker};

use futures_util::task::AtomicWaker;

/// The waker of a session.
///
/// hyper passes requests and bodies through channels, even within one task. Each message would wake
/// the task that is being polled, and the runtime would poll the task again for nothing. In the main
/// task of a runtime with one thread, each wake-up also costs an `epoll_wait`. Here such a wake-up
/// only repeats the poll.
///
/// No wake-up is lost: one that comes during a poll is found at its end, and one that comes later
/// reaches the task that polled last.
#[derive(Default)]
pub(super) struct Signal {
    /// One of the three states below.
    state: AtomicU8,
    /// The task that polled last.
    task: AtomicWaker,
}

/// No poll is running, and nothing has happened since the last one.
const IDLE: u8 = 0;
/// A poll is running.
const POLLING: u8 = 1;
/// Something has happened, so the task has to poll again.
const WOKEN: u8 = 2;

/// The number of polls in a row before other tasks get their turn. tokio's cooperative budget makes
/// everything pending once it is used up, and wakes the task at once.
const ROUNDS: usize = 8;

impl Signal {
    /// Polls `work` until it is ready, or has to wait for the peer. `waker` wakes this signal.
    pub(super) fn poll<T>(
        &self,
        task: &mut Context<'_>,
        waker: &Waker,
        mut work: impl FnMut(&mut Context<'_>) -> Poll<T>,
    ) -> Poll<T> {
        self.task.register(task.waker());
        for _ in 0..ROUNDS {
            self.state.store(POLLING, Release);
            if let Poll::Ready(done) = work(&mut Context::from_waker(waker)) {
                return Poll::Ready(done);
            }
            if self.state.compare_exchange(POLLING, IDLE, AcqRel, Acquire).is_ok() {
                return Poll::Pending;
            }
        }
        self.state.store(IDLE, Release);
        task.waker().wake_by_ref();
        Poll::Pending
    }

    /// Releases the task that polled last. An idle connection must not keep its memory.
    pub(super) fn forget(&self) {
        drop(self.task.take());
    }
}

/// Called by hyper's channels and by the socket, from any thread.
impl Wake for Signal {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        if self.state.swap(WOKEN, AcqRel) == IDLE {
            self.task.wake();
        }
    }
}
