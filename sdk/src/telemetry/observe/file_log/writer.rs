//! The queue between calls and the thread that writes.
//!
//! A call only appends a line to a vector under a lock. The thread takes all lines at once, so it holds the
//! lock for no longer than a swap, and never while it writes.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use super::files::Files;

/// Number of lines that may wait. More are dropped: memory stays bounded if the disk is slow.
const QUEUE: usize = 8_192;

/// The longest wait of a drop for the remaining lines.
const DROP_LIMIT: Duration = Duration::from_secs(1);

/// A line and its date.
type Line = (String, String);

/// What the calls and the thread share.
#[derive(Default)]
struct WriterShared {
    state: Mutex<LineQueue>,
    /// Signals the thread that there is work.
    work: Condvar,
    /// Signals waiters that lines were written.
    progress: Condvar,
    /// Lines that did not fit into the queue.
    dropped: AtomicU64,
}

#[derive(Default)]
struct LineQueue {
    lines: Vec<Line>,
    /// Number of lines that were accepted, and of those that are done: written or lost.
    accepted: u64,
    done: u64,
    closed: bool,
}

impl WriterShared {
    fn lock(&self) -> MutexGuard<'_, LineQueue> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The sending half. Dropping it ends the thread.
pub(super) struct Writer {
    shared: Arc<WriterShared>,
    /// Lines that the disk did not take.
    failed: Arc<AtomicU64>,
}

impl Writer {
    /// Starts the thread.
    pub(super) fn start(files: Files) -> std::io::Result<Self> {
        let shared = Arc::new(WriterShared::default());
        let failed = files.failed();
        let theirs = shared.clone();
        thread::Builder::new().name("cloudcall-log".to_owned()).spawn(move || run(&theirs, files))?;
        Ok(Self { shared, failed })
    }

    /// Queues a line. It never waits for the disk.
    pub(super) fn push(&self, date: String, line: String) {
        let mut state = self.shared.lock();
        if state.lines.len() < QUEUE {
            state.lines.push((date, line));
            state.accepted += 1;
            drop(state);
            self.shared.work.notify_one();
            return;
        }
        drop(state);
        if self.shared.dropped.fetch_add(1, Ordering::Relaxed) == 0 {
            tracing::warn!(
                target: "cloudcall::file_log",
                "the queue of a log file is full: lines are dropped until the disk is faster"
            );
        }
    }

    /// Number of lost lines.
    pub(super) fn lost(&self) -> u64 {
        self.shared.dropped.load(Ordering::Relaxed) + self.failed.load(Ordering::Relaxed)
    }

    /// Waits until all accepted lines are done.
    pub(super) fn flush(&self, limit: Duration) -> bool {
        let state = self.shared.lock();
        let wanted = state.accepted;
        let waited = self.shared.progress.wait_timeout_while(state, limit, |state| state.done < wanted);
        let (state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        state.done >= wanted
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.shared.lock().closed = true;
        self.shared.work.notify_one();
        self.flush(DROP_LIMIT);
    }
}

/// The thread: writes until the log is closed and nothing is left.
fn run(shared: &WriterShared, mut files: Files) {
    loop {
        let state = shared.lock();
        let waited = shared.work.wait_while(state, |state| state.lines.is_empty() && !state.closed);
        let mut state = waited.unwrap_or_else(PoisonError::into_inner);
        let lines = std::mem::take(&mut state.lines);
        drop(state);
        if lines.is_empty() {
            return;
        }
        for (date, line) in &lines {
            files.add(date, line);
        }
        files.flush();
        shared.lock().done += lines.len() as u64;
        shared.progress.notify_all();
    }
}
