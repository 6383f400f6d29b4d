//! The background thread, which drives connections and timers.

use std::future::Future;
use std::pin::pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

use tokio::runtime::{Builder, Handle};
use tokio::sync::oneshot;

use crate::error::{Error, ErrorKind};

/// A runtime on its own thread. It ends when the last client that uses it is dropped. Dropping only closes a
/// channel, so it is allowed inside another runtime.
#[derive(Debug)]
pub(super) struct Driver {
    handle: Handle,
    _alive: oneshot::Sender<()>,
}

/// The driver that clients share as long as any of them exists.
static CURRENT: Mutex<Weak<Driver>> = Mutex::new(Weak::new());

impl Driver {
    /// The driver of the process, started if there is none.
    pub(super) fn get() -> Result<Arc<Self>, Error> {
        // A poisoned lock is harmless: the value is only ever replaced.
        let mut current = CURRENT.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(driver) = current.upgrade() {
            return Ok(driver);
        }
        let driver = Arc::new(Self::start().map_err(|error| {
            let what =
                "the background thread of the blocking clients cannot be started: check the thread limit of the process";
            Error::new(ErrorKind::Config, what).with_source(error)
        })?);
        *current = Arc::downgrade(&driver);
        Ok(driver)
    }

    fn start() -> std::io::Result<Self> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let (handle, (alive, ended)) = (runtime.handle().clone(), oneshot::channel());
        let work = move || {
            // Nothing is ever sent: this resolves when the sender is dropped.
            let _ = runtime.block_on(ended);
            runtime.shutdown_background();
        };
        thread::Builder::new().name("cloudcall-blocking".to_owned()).spawn(work)?;
        Ok(Self { handle, _alive: alive })
    }

    /// Polls `work` on the calling thread, while the driver drives connections and timers.
    ///
    /// This does not use `Handle::block_on`, which panics on a thread that is inside another runtime.
    pub(super) fn block_on<F: Future>(&self, work: F) -> F::Output {
        let _entered = self.handle.enter();
        wait(work)
    }

    /// Runs `make` inside the runtime, for values that need it when they are created, such as timers.
    pub(super) fn enter<T>(&self, make: impl FnOnce() -> T) -> T {
        let _entered = self.handle.enter();
        make()
    }
}

/// Wakes a waiting thread. The flag is needed because other work on the thread, such as a call inside a call,
/// may consume the thread's only park token.
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
