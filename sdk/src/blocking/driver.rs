//! The thread in the background: connections and timers.

use std::future::Future;
use std::pin::pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

use tokio::runtime::{Builder, Handle};
use tokio::sync::oneshot;

use crate::error::{Error, ErrorKind};

/// A runtime on a thread of its own. It ends when the last client that uses it is dropped; since that only closes a
/// channel, it may happen anywhere.
#[derive(Debug)]
pub(super) struct Driver {
    handle: Handle,
    _alive: oneshot::Sender<()>,
}

/// The one that clients share for as long as any of them lives.
static CURRENT: Mutex<Weak<Driver>> = Mutex::new(Weak::new());

impl Driver {
    /// The driver of the process, started if there is none.
    pub(super) fn get() -> Result<Arc<Self>, Error> {
        // A panic elsewhere leaves the place whole: it is only ever replaced.
        let mut current = CURRENT.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(driver) = current.upgrade() {
            return Ok(driver);
        }
        let driver = Arc::new(Self::start().map_err(|error| {
            let what =
                "the thread of the blocking clients could not be started: check the limits of the process";
            Error::new(ErrorKind::Config, what).with_source(error)
        })?);
        *current = Arc::downgrade(&driver);
        Ok(driver)
    }

    fn start() -> std::io::Result<Self> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let (handle, (alive, ended)) = (runtime.handle().clone(), oneshot::channel());
        let work = move || {
            // The other end is never sent to: this waits until it is dropped.
            let _ = runtime.block_on(ended);
            runtime.shutdown_background();
        };
        thread::Builder::new().name("cloudcall-blocking".to_owned()).spawn(work)?;
        Ok(Self { handle, _alive: alive })
    }

    /// Does `work` on the thread that asks, while the driver moves the bytes.
    ///
    /// It does not enter the runtime as `Handle::block_on` would: that panics on a thread that is inside another one.
    pub(super) fn block_on<F: Future>(&self, work: F) -> F::Output {
        let _entered = self.handle.enter();
        wait(work)
    }

    /// Makes something that may want the runtime, such as a timer.
    pub(super) fn enter<T>(&self, make: impl FnOnce() -> T) -> T {
        let _entered = self.handle.enter();
        make()
    }
}

/// Wakes a thread that waits. The flag is what counts: work of the thread itself, such as a call inside a call, may take
/// the thread's one token away.
struct Signal {
    thread: Thread,
    woken: AtomicBool,
}

impl Wake for Signal {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.woken.store(true, Ordering::Release);
        self.thread.unpark();
    }
}

fn wait<F: Future>(work: F) -> F::Output {
    let mut work = pin!(work);
    let signal = Arc::new(Signal { thread: thread::current(), woken: AtomicBool::new(false) });
    let waker = Waker::from(signal.clone());
    let mut task = Context::from_waker(&waker);
    loop {
        if let Poll::Ready(done) = work.as_mut().poll(&mut task) {
            return done;
        }
        while !signal.woken.swap(false, Ordering::Acquire) {
            thread::park();
        }
    }
}
