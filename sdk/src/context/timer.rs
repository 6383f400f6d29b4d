//! The timers of the real process: those of tokio if the runtime has timers, otherwise
//! those of a thread.
//!
//! A tokio timer belongs to the runtime that created it, and panics if it is polled after
//! that runtime has ended. A timer of this module that is polled in another runtime is
//! created again there, for the remaining time.
//!
//! A blocking client, or a client that is used in several runtimes, polls a future in
//! different places. A timer must survive that.

use std::time::{Duration, Instant};

use super::SleepFuture;
use super::alarm::Alarm;

/// Resolves after `time`, in any runtime or without one.
#[cfg(not(any(feature = "__http", feature = "local-cloud", feature = "blocking")))]
pub(super) fn sleep(time: Duration) -> SleepFuture {
    Box::pin(Alarm::at(end(time)))
}

/// Resolves after `time`, in any runtime or without one.
#[cfg(any(feature = "__http", feature = "local-cloud", feature = "blocking"))]
pub(super) fn sleep(time: Duration) -> SleepFuture {
    Box::pin(bound::Timer::new(end(time), time))
}

/// The end of a timer. Times beyond the range of the clock end in 30 years.
fn end(time: Duration) -> Instant {
    const FAR: Duration = Duration::from_secs(30 * 365 * 86_400);
    let now = Instant::now();
    now.checked_add(time).unwrap_or_else(|| now + FAR)
}

#[cfg(any(feature = "__http", feature = "local-cloud", feature = "blocking"))]
mod bound {
    use std::future::Future;
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::pin::Pin;
    use std::task::{Context, Poll, ready};

    use pin_project_lite::pin_project;
    use tokio::runtime::{Handle, Id};

    use super::*;

    pin_project! {
        /// A timer of the runtime that polls it.
        pub(super) struct Timer {
            end: Instant,
            #[pin]
            kind: Kind,
        }
    }

    pin_project! {
        #[project = KindPinned]
        enum Kind {
            Tokio { #[pin] sleep: tokio::time::Sleep, home: Id },
            Thread { alarm: Alarm },
        }
    }

    impl Timer {
        /// A timer that ends at `end`, which is `time` from now.
        pub(super) fn new(end: Instant, time: Duration) -> Self {
            Self { end, kind: Kind::new(end, time) }
        }
    }

    impl Kind {
        /// A timer of the current runtime, or of the thread.
        fn new(end: Instant, time: Duration) -> Self {
            // Only this panic shows whether a runtime has timers.
            let made = here().and_then(|home| {
                let sleep = catch_unwind(|| tokio::time::sleep(time)).ok()?;
                Some(Self::Tokio { sleep, home })
            });
            made.unwrap_or_else(|| Self::Thread { alarm: Alarm::at(end) })
        }
    }

    /// The current runtime.
    fn here() -> Option<Id> {
        Handle::try_current().ok().map(|handle| handle.id())
    }

    impl Future for Timer {
        type Output = ();

        fn poll(self: Pin<&mut Self>, task: &mut Context<'_>) -> Poll<()> {
            let mut this = self.project();
            loop {
                let kind = match this.kind.as_mut().project() {
                    KindPinned::Thread { alarm } => {
                        ready!(Pin::new(alarm).poll(task));
                        return Poll::Ready(());
                    }
                    KindPinned::Tokio { sleep, home } if here() == Some(*home) => {
                        match catch_unwind(AssertUnwindSafe(|| sleep.poll(task))) {
                            Ok(poll) => return poll,
                            // The runtime is shutting down, so its timers never resolve.
                            Err(_) => Kind::Thread { alarm: Alarm::at(*this.end) },
                        }
                    }
                    KindPinned::Tokio { .. } => {
                        Kind::new(*this.end, this.end.saturating_duration_since(Instant::now()))
                    }
                };
                this.kind.set(kind);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::task::{Context, Poll, Waker};

    use futures_util::FutureExt as _;

    use super::*;

    fn runtime(timers: bool) -> tokio::runtime::Runtime {
        let mut builder = tokio::runtime::Builder::new_current_thread();
        if timers {
            builder.enable_time();
        }
        builder.build().unwrap()
    }

    fn pending(timer: &mut SleepFuture) -> bool {
        timer.as_mut().poll(&mut Context::from_waker(Waker::noop())) == Poll::Pending
    }

    #[test]
    fn a_timer_outlives_the_runtime_that_made_it() {
        let (first, second) = (runtime(true), runtime(true));
        let mut timer = {
            let _entered = first.enter();
            sleep(Duration::from_millis(20))
        };
        first.block_on(async { assert!(pending(&mut timer)) });
        drop(first);
        second.block_on(timer);
    }

    #[test]
    fn timers_do_without_a_runtime_and_without_its_timers() {
        runtime(false).block_on(sleep(Duration::from_millis(5)));
        let (wake, woken) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            let mut timers: Vec<_> = [30, 5, 15].map(|time| sleep(Duration::from_millis(time))).into();
            assert!(timers.iter_mut().all(pending));
            drop(timers.remove(0));
            struct Thread(std::thread::Thread);
            impl std::task::Wake for Thread {
                fn wake(self: std::sync::Arc<Self>) {
                    self.0.unpark();
                }
            }
            let waker = Waker::from(std::sync::Arc::new(Thread(std::thread::current())));
            let mut all = futures_util::future::join_all(timers);
            while all.poll_unpin(&mut Context::from_waker(&waker)).is_pending() {
                std::thread::park();
            }
            wake.send(()).unwrap();
        });
        woken.recv().unwrap();
    }

    #[test]
    fn a_timer_of_a_runtime_that_is_shut_down_still_fires() {
        let runtime = runtime(true);
        let handle = runtime.handle().clone();
        let _entered = handle.enter();
        let mut timer = sleep(Duration::from_millis(5));
        assert!(pending(&mut timer));
        runtime.shutdown_background();
        while pending(&mut timer) {
            std::thread::yield_now();
        }
        assert!(pending(&mut sleep(Duration::MAX)));
    }
}
