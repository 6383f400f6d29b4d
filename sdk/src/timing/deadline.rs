//! Time limits that use the clock and the timers of the context.
//!
//! `Within` is a future written by hand. An `async fn` would store its work twice: as an
//! argument, and where it is pinned.
//!
//! A time limit costs nothing while the work does not wait: the clock is read, and the
//! timer is created, only when the work is pending for the first time. The limit counts
//! from then on, except for the time `end`, which is absolute.

use std::future::Future;
use std::pin::Pin;
use std::task::Poll;
use std::time::Duration;

use pin_project_lite::pin_project;

use crate::context::{Context, SleepFuture};

/// A time limit that users can set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Setting {
    /// Longest silence within a body.
    Read,
    /// Longest time below the minimum speed.
    Stall,
    /// Longest duration of one attempt.
    Attempt,
    /// Longest duration of a call.
    Total,
    /// Longest time to connect.
    #[cfg(feature = "__http")]
    Connect,
}

impl Setting {
    /// The name of the limit, and the option that sets it. Errors show both:
    ///
    /// ```text
    /// no response head within the attempt time limit of 60s (`TimeoutOptions::attempt`)
    /// ```
    fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Read => ("read", "TimeoutOptions::read"),
            Self::Stall => ("stall", "TimeoutOptions::stall"),
            Self::Attempt => ("attempt", "TimeoutOptions::attempt"),
            Self::Total => ("total", "TimeoutOptions::total"),
            #[cfg(feature = "__http")]
            Self::Connect => ("connect", "HttpOptions::connect_timeout"),
        }
    }
}

/// A time limit and its value.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TimeLimit {
    /// The kind of limit.
    pub(crate) setting: Setting,
    /// Its value.
    pub(crate) value: Duration,
}

impl TimeLimit {
    /// The message of an error: `what` did not happen within this limit.
    pub(crate) fn passed(self, what: &str) -> String {
        let (name, place) = self.setting.names();
        format!("{what} within the {name} time limit of {:?} (`{place}`)", self.value)
    }
}

/// The deadline of an attempt, and the limit that it comes from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct End {
    /// The deadline, as an uptime of the clock.
    pub(crate) at: Duration,
    /// The limit that errors name.
    pub(crate) limit: TimeLimit,
}

impl End {
    /// The deadline of an attempt that begins `now`, in a call with the given `deadline`.
    /// `total` is the time limit of the call. The earlier one counts, and errors name it.
    pub(crate) fn of_attempt(now: Duration, attempt: Duration, deadline: Duration, total: Duration) -> Self {
        let at = now.saturating_add(attempt);
        if at <= deadline {
            Self { at, limit: TimeLimit { setting: Setting::Attempt, value: attempt } }
        } else {
            Self { at: deadline, limit: TimeLimit { setting: Setting::Total, value: total } }
        }
    }
}

/// The time limit that was exceeded: the shorter one of `limit` and the time until `end`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Elapsed(pub(crate) Duration);

/// Runs `work` for at most `limit`. A timer is created only if the work has to wait.
///
/// Dropping the result drops the work. If both are ready at the same poll, the work wins.
pub(crate) fn within<F: Future>(context: &Context, limit: Duration, work: F) -> Within<'_, F> {
    within_both(context, limit, Duration::MAX, work)
}

/// Runs `work` for at most `limit`, and not beyond the time `end`. The clock is read only
/// if the work has to wait.
pub(crate) fn within_both<F: Future>(
    context: &Context,
    limit: Duration,
    end: Duration,
    work: F,
) -> Within<'_, F> {
    Within { work, context, limit, end, timer: None }
}

pin_project! {
    /// The future of [`within`]. It is written by hand, because an `async fn` would store
    /// the work twice.
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

/// Runs `work` and measures how long it waited. `None` if it was ready at once; then no
/// clock is read.
pub(crate) async fn timed<F: Future + Unpin>(
    context: &Context,
    mut work: F,
) -> (F::Output, Option<Duration>) {
    let mut since = None;
    std::future::poll_fn(|task| {
        if let Poll::Ready(done) = Pin::new(&mut work).poll(task) {
            let waited = since.map(|since| context.clock.uptime().saturating_sub(since));
            return Poll::Ready((done, waited));
        }
        since.get_or_insert_with(|| context.clock.uptime());
        Poll::Pending
    })
    .await
}
