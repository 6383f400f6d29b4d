//! Time limits over the injected sleep.

use std::future::Future;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use crate::context::Context;

/// A limit passed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Elapsed;

/// Runs `work` for at most `limit`. A timer is made only if the work has to wait.
pub(crate) async fn within<T>(
    context: &Context,
    limit: Duration,
    work: impl Future<Output = T>,
) -> Result<T, Elapsed> {
    let mut work = pin!(work);
    let mut timer = None;
    std::future::poll_fn(|task| {
        if let Poll::Ready(done) = work.as_mut().poll(task) {
            return Poll::Ready(Ok(done));
        }
        let timer = timer.get_or_insert_with(|| context.sleep.tick(limit));
        timer.as_mut().poll(task).map(|()| Err(Elapsed))
    })
    .await
}

/// Does `work`, and says how long it had to wait; nothing where it was ready at once.
pub(crate) async fn timed<T>(context: &Context, work: impl Future<Output = T>) -> (T, Option<Duration>) {
    let mut work = pin!(work);
    let mut since = None;
    std::future::poll_fn(|task| {
        if let Poll::Ready(done) = work.as_mut().poll(task) {
            let waited = since.map(|since| context.clock.uptime().saturating_sub(since));
            return Poll::Ready((done, waited));
        }
        since.get_or_insert_with(|| context.clock.uptime());
        Poll::Pending
    })
    .await
}
