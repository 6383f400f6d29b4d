//! Time limits over the injected sleep.
//!
//! Futures by hand: an `async fn` would keep its work twice, once as it was given and once where it is pinned.

use std::future::Future;
use std::pin::Pin;
use std::task::Poll;
use std::time::Duration;

use pin_project_lite::pin_project;

use crate::context::{Context, SleepFuture};

/// A limit passed: this one.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Elapsed(pub(crate) Duration);

/// Runs `work` for at most `limit`. A timer is made only if the work has to wait.
pub(crate) fn within<F: Future>(context: &Context, limit: Duration, work: F) -> Within<'_, F> {
    within_both(context, limit, Duration::MAX, work)
}

/// Runs `work` for at most `limit`, and not beyond `end`. The clock is looked at only if the work has to wait.
pub(crate) fn within_both<F: Future>(
    context: &Context,
    limit: Duration,
    end: Duration,
    work: F,
) -> Within<'_, F> {
    Within { work, context, limit, end, timer: None }
}

pin_project! {
    pub(crate) struct Within<'a, F> {
        #[pin]
        work: F,
        context: &'a Context,
        limit: Duration,
        end: Duration,
        timer: Option<SleepFuture>,
    }
}

impl<F: Future> Future for Within<'_, F> {
    type Output = Result<F::Output, Elapsed>;

    fn poll(self: Pin<&mut Self>, task: &mut std::task::Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        if let Poll::Ready(done) = this.work.poll(task) {
            return Poll::Ready(Ok(done));
        }
        let timer = this.timer.get_or_insert_with(|| {
            if *this.end < Duration::MAX {
                *this.limit = this.end.saturating_sub(this.context.clock.uptime()).min(*this.limit);
            }
            this.context.sleep.tick(*this.limit)
        });
        timer.as_mut().poll(task).map(|()| Err(Elapsed(*this.limit)))
    }
}

/// Does `work`, and says how long it had to wait; nothing where it was ready at once.
pub(crate) fn timed<F: Future>(context: &Context, work: F) -> Timed<'_, F> {
    Timed { work, context, since: None }
}

pin_project! {
    pub(crate) struct Timed<'a, F> {
        #[pin]
        work: F,
        context: &'a Context,
        since: Option<Duration>,
    }
}

impl<F: Future> Future for Timed<'_, F> {
    type Output = (F::Output, Option<Duration>);

    fn poll(self: Pin<&mut Self>, task: &mut std::task::Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        let done = match this.work.poll(task) {
            Poll::Ready(done) => done,
            Poll::Pending => {
                this.since.get_or_insert_with(|| this.context.clock.uptime());
                return Poll::Pending;
            }
        };
        let waited = this.since.map(|since| this.context.clock.uptime().saturating_sub(since));
        Poll::Ready((done, waited))
    }
}
