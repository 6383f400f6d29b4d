//! Timers without a runtime. One thread wakes all of them. The first timer starts the
//! thread.
//!
//! A program without tokio needs timers, too: for time limits, backoff and the cache of
//! credentials. One thread is enough, because it only wakes tasks. It sleeps until the
//! earliest alarm, and is woken when an earlier one is added.

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::Instant;

/// A future that resolves at a given time.
pub(super) struct Alarm {
    key: Key,
}

/// The time, and a number that distinguishes alarms with the same time.
type Key = (Instant, u64);

/// The wakers of all pending alarms, the earliest first.
static WAITING: Mutex<BTreeMap<Key, Waker>> = Mutex::new(BTreeMap::new());
/// Signals the thread that an alarm was added.
static CHANGED: Condvar = Condvar::new();

/// Locks the pending alarms.
fn waiting() -> MutexGuard<'static, BTreeMap<Key, Waker>> {
    WAITING.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Alarm {
    /// An alarm at `end`.
    pub(super) fn at(end: Instant) -> Self {
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        Self { key: (end, NUMBER.fetch_add(1, Ordering::Relaxed)) }
    }
}

impl Future for Alarm {
    type Output = ();

    fn poll(self: Pin<&mut Self>, task: &mut Context<'_>) -> Poll<()> {
        if Instant::now() >= self.key.0 {
            return Poll::Ready(());
        }
        start();
        let replaced = waiting().insert(self.key, task.waker().clone());
        CHANGED.notify_one();
        drop(replaced);
        Poll::Pending
    }
}

impl Drop for Alarm {
    fn drop(&mut self) {
        let removed = waiting().remove(&self.key);
        drop(removed);
    }
}

/// Starts the thread, once per process.
fn start() {
    static STARTED: OnceLock<()> = OnceLock::new();
    STARTED.get_or_init(|| {
        if let Err(error) = std::thread::Builder::new().name("cloudcall-timer".to_owned()).spawn(run) {
            tracing::error!(%error, "the thread for timers could not be started: check the limits of the process");
        }
    });
}

/// The loop of the thread: wakes the alarms that are due, and waits for the next one.
fn run() {
    let mut all = waiting();
    loop {
        let now = Instant::now();
        let next = all.first_key_value().map(|(key, _)| key.0);
        match next {
            Some(end) if end <= now => {
                let due = all.pop_first();
                drop(all);
                if let Some((_, waker)) = due {
                    waker.wake();
                }
                all = waiting();
            }
            Some(end) => {
                let waited = CHANGED.wait_timeout(all, end - now);
                all = waited.unwrap_or_else(PoisonError::into_inner).0;
            }
            None => all = CHANGED.wait(all).unwrap_or_else(PoisonError::into_inner),
        }
    }
}
