//! Work that any number of calls wait for, whatever runtimes they run in.
//!
//! The runtime of the call that begins the work drives it as a task, so that the call may be dropped. Calls
//! wait for the outcome on a channel: none of them polls a timer or a socket of another runtime. Without a
//! runtime the calls drive the work themselves.
//!
//! Work can be lost: its runtime ended, or nobody drives its runtime any more. Work can also wait for itself,
//! when a credential provider calls the client that it serves; who waits for whom is kept in [`waits`].

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

/// How long another runtime may take to show that it is driven, and how often it is asked. A busy one that
/// takes longer only costs a second fetch.
const PATIENCE: Duration = Duration::from_secs(1);

/// Work under way. Clones are the same work.
#[derive(Clone)]
pub(crate) struct SharedFetch<T> {
    id: u64,
    /// The runtime that drives the work; none if those who wait drive it.
    home: Option<Handle>,
    done: Shared<BoxFuture<'static, Result<T, Lost>>>,
    /// Gone once the work has ended or was dropped.
    alive: Weak<()>,
}

/// Why work has no outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lost {
    /// Its runtime has ended, or nobody drives it.
    Orphaned,
    /// It panicked.
    Panicked,
    /// It would wait for itself.
    Reentered,
}

impl<T: Clone + Send + Sync + 'static> SharedFetch<T> {
    /// Begins `work`, which is told the number of its fetch.
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

    /// Whether the work goes on when nobody waits.
    pub(crate) fn is_driven(&self) -> bool {
        self.home.is_some()
    }

    /// Whether the work has ended, or was dropped before it did.
    pub(crate) fn is_over(&self) -> bool {
        self.alive.strong_count() == 0
    }

    /// The outcome, if the work has ended; nothing if it was dropped before.
    #[cfg(feature = "huawei")]
    pub(crate) fn outcome(&self) -> Option<T> {
        self.done.clone().now_or_never()?.ok()
    }

    /// Whether the work waits for the caller, so that the caller must not wait for it.
    pub(crate) fn is_waiting_for_caller(&self) -> bool {
        waits::is_circle(self.id)
    }

    /// Waits for the outcome.
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
