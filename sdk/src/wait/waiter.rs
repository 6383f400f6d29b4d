//! The waiter: its settings and its loop.

use std::fmt;
use std::future::{Future, IntoFuture, poll_fn};
use std::pin::Pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use super::schedule::{PollSchedule, Settings, refuse_writes};
use super::{Check, Wait, WaitProgress};
use crate::action::Action;
use crate::action::request::Fields;
use crate::call::Call;
use crate::call::typed::Invoker;
use crate::error::{Error, ErrorKind};
use crate::response::Response;
use crate::retry::backoff::Backoff;

/// The check of the caller.
type BoxCheck<'a, T> = Box<dyn FnMut(&Response<T>) -> Wait + Send + 'a>;
/// The receiver of progress reports.
type Progress<'a, T> = Box<dyn FnMut(&WaitProgress<'_, T>) + Send + 'a>;
/// Decides whether an error means "not reached yet".
type Tolerate<'a> = Box<dyn FnMut(&Error) -> bool + Send + 'a>;

impl<A: Action> Invoker<A> {
    /// Repeats the call until `check` returns that the state is reached or cannot be
    /// reached any more.
    ///
    /// `check` returns a `bool` or a [`Wait`]. See [`Waiter`] for the settings and an
    /// example.
    pub fn wait_until<'a>(self, mut check: impl Check<A::Output> + 'a) -> Waiter<'a, A> {
        let (call, action) = self.into_parts();
        Waiter {
            call: Arc::new(call),
            action,
            settings: Settings::default(),
            check: Box::new(move |response| check(response).into()),
            progress: None,
            tolerate: None,
        }
    }
}

/// Waits until a resource reaches a state. `.await` gives the response that shows the
/// state.
///
/// ```no_run
/// use std::time::Duration;
/// use cloudcall::ErrorKind;
/// use cloudcall::wait::Wait;
/// # use cloudcall::{cloud_action, cloud_model, Client, Tencent};
/// # #[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12",
/// #                 response = InstanceList, readonly)]
/// # pub struct DescribeInstances { pub instance_ids: Option<Vec<String>> }
/// # #[cloud_model(provider = "tencent", response)]
/// # pub struct InstanceList { pub instance_set: Option<Vec<Instance>> }
/// # #[cloud_model(provider = "tencent", response)]
/// # pub struct Instance { pub instance_state: Option<String> }
/// # async fn run(client: Client<Tencent>) -> Result<(), cloudcall::Error> {
///
/// let running = client
///     .describe_instances()
///     .instance_ids(["ins-1"])
///     .wait_until(|response| {
///         let instance = response.instance_set.iter().flatten().next();
///         match instance.and_then(|instance| instance.instance_state.as_deref()) {
///             Some("RUNNING") => Wait::Ready,
///             Some("LAUNCH_FAILED") => Wait::failed("LAUNCH_FAILED"),
///             Some(other) => Wait::pending_in(other.to_owned()),
///             None => Wait::Pending,
///         }
///     })
///     .delay(Duration::from_secs(5))
///     .deadline(Duration::from_secs(300))
///     .tolerate(ErrorKind::NotFound)
///     .on_progress(|seen| println!("{:?} after {:?}", seen.state, seen.elapsed))
///     .await?;
/// # Ok(())
/// # }
/// ```
///
/// Each poll is a call with the options of the invoker: its retries, time limits and
/// headers. A poll is not started if its delay would reach the deadline, and a poll in
/// progress is cancelled at the deadline. Dropping the future ends the wait.
///
/// | setting | default |
/// | --- | --- |
/// | [`initial_delay`](Self::initial_delay), before the first poll | none |
/// | [`delay`](Self::delay), after the first poll; doubled after each further one | 2 s |
/// | [`max_delay`](Self::max_delay) | 30 s |
/// | [`deadline`](Self::deadline), for the whole wait | 10 min |
/// | [`max_attempts`](Self::max_attempts) | no limit |
///
/// # Errors
///
/// - [`WaitFailed`](ErrorKind::WaitFailed) if `check` returns [`Wait::Failed`].
/// - [`Timeout`](ErrorKind::Timeout) if the deadline or the number of polls is reached.
///   This error and the one above have an [`Error::wait`] with the last state.
/// - [`Config`](ErrorKind::Config) if the action is not read-only: each poll would change
///   something again.
/// - The error of a poll, if it is not tolerated.
///
/// # Troubleshooting
///
/// - *The wait ends at once with `NotFound`.* Many services know a new resource only after
///   some seconds. Add `.tolerate(ErrorKind::NotFound)`.
/// - *The wait ends with `Config`.* The name of the action does not begin like that of a
///   read. If it only reads, declare it `readonly`.
/// - *The wait ends with `Timeout` although the resource is ready.* The check does not
///   recognise the state. Print it with [`on_progress`](Self::on_progress), and return
///   [`Wait::pending_in`] so that the error shows it.
/// - *The service throttles the polls.* Raise [`delay`](Self::delay), or add
///   `.tolerate(ErrorKind::Throttled)`.
#[must_use = "a wait does nothing until it is awaited"]
pub struct Waiter<'a, A: Action> {
    /// The call with its options.
    call: Arc<Call<A::Provider>>,
    /// The action, which is encoded again for each poll.
    action: A,
    /// The settings.
    settings: Settings,
    /// The check.
    check: BoxCheck<'a, A::Output>,
    /// Receives progress reports.
    progress: Option<Progress<'a, A::Output>>,
    /// Decides on errors, in addition to the tolerated kinds.
    tolerate: Option<Tolerate<'a>>,
}

impl<'a, A: Action> Waiter<'a, A> {
    /// Sets the delay after the first poll. It doubles after each further poll.
    /// Default: 2 s.
    pub fn delay(mut self, delay: Duration) -> Self {
        let cap = self.settings.backoff.cap().max(delay);
        self.settings.backoff = self.settings.backoff.with_first(delay).with_cap(cap);
        self
    }

    /// Sets the longest delay between two polls. Default: 30 s.
    pub fn max_delay(mut self, delay: Duration) -> Self {
        self.settings.backoff = self.settings.backoff.with_cap(delay);
        self
    }

    /// Sets the strategy of the delays. It replaces [`delay`](Self::delay) and
    /// [`max_delay`](Self::max_delay). Default: exponential, from 2 s to 30 s.
    ///
    /// ```no_run
    /// # use std::time::Duration;
    /// # use cloudcall::{Client, Tencent, Value, cloud_action, retry::Backoff};
    /// # #[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12",
    /// #                response = Value, readonly)]
    /// # pub struct DescribeImages {}
    /// # async fn run(client: Client<Tencent>) -> Result<(), cloudcall::Error> {
    /// // A poll every 3 s.
    /// client
    ///     .describe_images()
    ///     .wait_until(|images| images["TotalCount"] == 1)
    ///     .backoff(Backoff::fixed(Duration::from_secs(3)))
    ///     .await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn backoff(mut self, backoff: Backoff) -> Self {
        self.settings.backoff = backoff;
        self
    }

    /// Sets the delay before the first poll. Default: none.
    pub fn initial_delay(mut self, delay: Duration) -> Self {
        self.settings.initial = delay;
        self
    }

    /// Sets the longest duration of the whole wait. `Duration::MAX` means no limit.
    /// Default: 10 min.
    pub fn deadline(mut self, time: Duration) -> Self {
        self.settings.deadline = time;
        self
    }

    /// Sets the maximum number of polls. 0 counts as 1. Default: no limit.
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.settings.max_attempts = attempts.max(1);
        self
    }

    /// Treats errors of this kind as "not reached yet", for example
    /// [`NotFound`](ErrorKind::NotFound) for a resource that was just created. Default:
    /// none.
    pub fn tolerate(mut self, kind: ErrorKind) -> Self {
        self.settings.tolerated.push(kind);
        self
    }

    /// Treats errors for which `condition` returns true as "not reached yet", for example
    /// those with a certain code. Default: none.
    ///
    /// ```no_run
    /// # use cloudcall::{Client, Tencent, Value, cloud_action};
    /// # #[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12",
    /// #                response = Value, readonly)]
    /// # pub struct DescribeImages {}
    /// # async fn run(client: Client<Tencent>) -> Result<(), cloudcall::Error> {
    /// client
    ///     .describe_images()
    ///     .wait_until(|images| images["TotalCount"] == 1)
    ///     .tolerate_if(|error| error.code() == Some("InvalidImageId.NotFound"))
    ///     .await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn tolerate_if(mut self, condition: impl FnMut(&Error) -> bool + Send + 'a) -> Self {
        self.tolerate = Some(Box::new(condition));
        self
    }

    /// Calls `progress` after each poll that was not the last one, before the delay that
    /// follows.
    pub fn on_progress(mut self, progress: impl FnMut(&WaitProgress<'_, A::Output>) + Send + 'a) -> Self {
        self.progress = Some(Box::new(progress));
        self
    }

    /// Runs the wait, and adds the names of the call to its error.
    pub(crate) async fn run(self) -> Result<Response<A::Output>, Error> {
        let call = self.call.clone();
        let named = |error: Error| error.of_call(call.provider(), A::INFO.name());
        self.poll_until_done().await.map_err(named)
    }

    /// The loop.
    async fn poll_until_done(mut self) -> Result<Response<A::Output>, Error> {
        refuse_writes(A::INFO)?;
        let context = self.call.context();
        let mut schedule = PollSchedule::new(&self.settings, context);
        let mut next = schedule.before_first()?;
        loop {
            if !next.is_zero() {
                context.sleep.sleep(next).await;
            }
            schedule.attempt += 1;
            let mut fields = Fields::new();
            let fields = self.action.fields(&mut fields).map(|()| fields);
            let mut work = self.call.again(A::INFO, fields);
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
            tracing::debug!(action = A::INFO.name(), attempt = schedule.attempt, state = schedule.state(), wait = ?next, "not ready yet");
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

impl<'a, A: Action + 'a> IntoFuture for Waiter<'a, A> {
    type Output = Result<Response<A::Output>, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send + 'a>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}

impl<A: Action> fmt::Debug for Waiter<'_, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Waiter")
            .field("action", &A::INFO.name())
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}
