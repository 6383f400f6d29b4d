//! The loop of a wait: polls, verdicts and delays. It does not depend on how the call is made.

use std::fmt;
use std::future::poll_fn;
use std::task::Poll;

use super::schedule::{PollSchedule, Settings, refuse_writes};
use super::{Check, Wait, WaitProgress};
use crate::action::info::ActionInfo;
use crate::call::CallFuture;
use crate::context::Context;
use crate::error::Error;
use crate::response::Response;

/// The check of the caller.
type BoxCheck<'a, T> = Box<dyn FnMut(&Response<T>) -> Wait + Send + 'a>;
/// The receiver of progress reports.
type Progress<'a, T> = Box<dyn FnMut(&WaitProgress<'_, T>) + Send + 'a>;
/// Decides whether an error means "not reached yet".
type Tolerate<'a> = Box<dyn FnMut(&Error) -> bool + Send + 'a>;

/// What a waiter does, apart from the call that it repeats.
pub(super) struct Poller<'a, T> {
    /// The settings.
    pub(super) settings: Settings,
    /// The check.
    check: BoxCheck<'a, T>,
    /// Receives progress reports.
    pub(super) progress: Option<Progress<'a, T>>,
    /// Decides on errors, in addition to the tolerated kinds.
    pub(super) tolerate: Option<Tolerate<'a>>,
}

impl<'a, T> Poller<'a, T> {
    /// A wait with the default settings.
    pub(super) fn new(mut check: impl Check<T> + 'a) -> Self {
        Self {
            settings: Settings::default(),
            check: Box::new(move |response| check(response).into()),
            progress: None,
            tolerate: None,
        }
    }

    /// Makes the calls of `again` until the check or the settings end the wait.
    pub(super) async fn run(
        mut self,
        context: &Context,
        info: &ActionInfo,
        mut again: impl FnMut() -> CallFuture<T> + Send,
    ) -> Result<Response<T>, Error> {
        refuse_writes(info)?;
        let mut schedule = PollSchedule::new(&self.settings, context);
        let mut next = schedule.before_first()?;
        loop {
            if !next.is_zero() {
                context.sleep.sleep(next).await;
            }
            schedule.attempt += 1;
            let mut work = again();
            // `tick`, because this limits work in progress: a fake clock must not skip it.
            let mut timer = None;
            let left = schedule.left();
            let outcome = poll_fn(|task| {
                if let Poll::Ready(outcome) = work.as_mut().poll(task) {
                    return Poll::Ready(Some(outcome));
                }
                let timer = timer.get_or_insert_with(|| context.sleep.tick(left));
                timer.as_mut().poll(task).map(|()| None)
            });
            let outcome = outcome.await.ok_or_else(|| schedule.too_late())?;
            let (response, error) = match outcome {
                Ok(response) => match schedule.learn((self.check)(&response))? {
                    None => return Ok(response),
                    Some(wait) => {
                        next = wait;
                        (Some(response), None)
                    }
                },
                Err(error)
                    if schedule.tolerates(&error)
                        || self.tolerate.as_mut().is_some_and(|tolerate| tolerate(&error)) =>
                {
                    next = schedule.tolerate(&error)?;
                    (None, Some(error))
                }
                Err(error) => return Err(error),
            };
            tracing::debug!(action = info.name(), attempt = schedule.attempt, state = schedule.state(), wait = ?next, "not ready yet");
            if let Some(progress) = &mut self.progress {
                progress(&WaitProgress {
                    attempt: schedule.attempt,
                    elapsed: schedule.elapsed(),
                    state: schedule.state(),
                    response: response.as_ref(),
                    error: error.as_ref(),
                    next,
                });
            }
        }
    }
}

impl<T> fmt::Debug for Poller<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.settings.fmt(f)
    }
}
