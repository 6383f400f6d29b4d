//! Work that any number of calls wait for, on whatever runtimes they run.
//!
//! ```text
//!  call A (runtime 1) --- begins ---> task on runtime 1 ---> outcome
//!  call B (runtime 1) --- waits on a channel ----------------^
//!  call C (runtime 2) --- waits on the channel, and probes runtime 1 each second
//! ```
//!
//! - The runtime of the call that begins the work drives it as a task, so the call may be dropped.
//! - Calls wait for the outcome on a channel: none of them polls a timer or a socket of another
//!   runtime.
//! - Without a runtime, the calls drive the work themselves: it advances only while one of them is
//!   polled.
//!
//! Work can be lost ([`Lost`]):
//!
//! - **Its runtime ended.** The task is dropped, the channel closes, and every call that waits sees it.
//! - **Its runtime is not driven any more,** as a current-thread runtime between two `block_on`. A call
//!   on another runtime asks it to run an empty task. If it does not do so within [`PATIENCE`], the
//!   work counts as lost.
//! - **It waits for itself,** because a credential provider calls the client that it serves. The module
//!   [`waits`] records which fetch waits for which one.
//!
//! The caller decides whether a lost fetch is begun again. It is separate from the cache, because ids
//! of Huawei Cloud are looked up in the same way.

mod waits;

use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Weak};
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::{BoxFuture, Either, Shared, select};
use tokio::runtime::Handle;
use tokio::sync::oneshot;

pub(crate) use self::waits::is_inside;
use self::waits::{Inside, Waits};
use crate::context::Context;
use crate::timing::deadline::within;

/// How long another runtime may take to run an empty task, and the delay between two such probes. A
/// busy runtime that takes longer only costs a second fetch.
const PATIENCE: Duration = Duration::from_secs(1);

/// Work under way. Clones are the same work.
#[derive(Clone)]
pub(crate) struct SharedFetch<T> {
    /// The number of the fetch, unique in this process.
    id: u64,
    /// The runtime that drives the work. None: the calls that wait drive it.
    home: Option<Handle>,
    /// The outcome, for any number of callers.
    done: Shared<BoxFuture<'static, Result<T, Lost>>>,
    /// Cannot be upgraded once the work has ended or was dropped.
    alive: Weak<()>,
}

/// Why work has no outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lost {
    /// Its runtime has ended, or does not run.
    Orphaned,
    /// It panicked.
    Panicked,
    /// It would wait for itself.
    Reentered,
}

impl<T: Clone + Send + Sync + 'static> SharedFetch<T> {
    /// Begins `work` on the current runtime. `work` gets the number of its fetch.
    pub(crate) fn start<F>(work: impl FnOnce(u64) -> F) -> Self
    where
        F: Future<Output = T> + Send + 'static,
    {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        let id = NEXT.fetch_add(1, Ordering::Relaxed);
        let life = Arc::new(());
        let alive = Arc::downgrade(&life);
        let work = AssertUnwindSafe(Inside::new(id, work(id))).catch_unwind();
        let work = work.map(|outcome| outcome.map_err(|_| Lost::Panicked));
        let (home, done) = match Handle::try_current() {
            Ok(home) => {
                let (give, take) = oneshot::channel();
                home.spawn(work.map(move |outcome| {
                    // Nobody may be left to take it.
                    let _ = give.send(outcome);
                    drop(life);
                }));
                (Some(home), take.map(|outcome| outcome.unwrap_or(Err(Lost::Orphaned))).boxed())
            }
            Err(_) => {
                let work = work.inspect(move |_| drop(life));
                (None, work.boxed())
            }
        };
        Self { id, home, done: done.shared(), alive }
    }

    /// The number of the fetch.
    pub(crate) fn id(&self) -> u64 {
        self.id
    }

    /// Whether the work advances if no call waits for it.
    pub(crate) fn is_driven(&self) -> bool {
        self.home.is_some()
    }

    /// Whether the work has ended, or was dropped before it ended.
    pub(crate) fn is_over(&self) -> bool {
        self.alive.strong_count() == 0
    }

    /// The outcome, if the work has ended; `None` if it has not, or was lost.
    #[cfg(feature = "huawei")]
    pub(crate) fn outcome(&self) -> Option<T> {
        self.done.clone().now_or_never()?.ok()
    }

    /// Whether the work waits for the caller, so that the caller must not wait for it.
    pub(crate) fn is_waiting_for_caller(&self) -> bool {
        waits::is_circle(self.id)
    }

    /// Waits for the outcome.
    ///
    /// A call on the runtime of the work only waits on the channel: if that runtime is not driven, the
    /// call is not polled either. A call on another runtime probes the first one at once, and then each
    /// [`PATIENCE`].
    ///
    /// # Errors
    ///
    /// [`Lost`] if there will be no outcome.
    pub(crate) async fn wait(&self, context: &Context) -> Result<T, Lost> {
        let _waits = Waits::on(self.id)?;
        let mut done = self.done.clone();
        let Some(home) = self.elsewhere() else { return done.await };
        loop {
            if let Some(outcome) = (&mut done).now_or_never() {
                return outcome;
            }
            // A runtime that is driven does this at once.
            let sign = Box::pin(within(context, PATIENCE, home.spawn(async {})));
            match select(done, sign).await {
                Either::Left((outcome, _)) => return outcome,
                Either::Right((Err(_), _)) => return Err(Lost::Orphaned),
                Either::Right((Ok(_), waiting)) => done = waiting,
            }
            if let Ok(outcome) = within(context, PATIENCE, &mut done).await {
                return outcome;
            }
        }
    }

    /// The runtime that drives the work, if it is not the caller's.
    fn elsewhere(&self) -> Option<&Handle> {
        let here = Handle::try_current().map(|handle| handle.id()).ok();
        self.home.as_ref().filter(|home| Some(home.id()) != here)
    }
}
