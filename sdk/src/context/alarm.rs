//! Timers without a runtime: one thread wakes all of them. It is started by the first one.

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::Instant;

/// Resolves at a time.
pub(super) struct Alarm {
    key: Key,
}

/// When, and which one of those that have the same time.
type Key = (Instant, u64);

/// Who is to be woken, the next one first.
static WAITING: Mutex<BTreeMap<Key, Waker>> = Mutex::new(BTreeMap::new());
static CHANGED: Condvar = Condvar::new();

fn waiting() -> MutexGuard<'static, BTreeMap<Key, Waker>> {
    WAITING.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Alarm {
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

fn start() {
    static STARTED: OnceLock<()> = OnceLock::new();
    STARTED.get_or_init(|| {
        if let Err(error) = std::thread::Builder::new().name("cloudcall-timer".to_owned()).spawn(run) {
            tracing::error!(%error, "the thread of the timers could not be started: check the limits of the process");
        }
    });
}

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
