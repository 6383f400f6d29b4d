//! The wait itself, and what can be set of it.

use std::fmt;
use std::future::{Future, IntoFuture, poll_fn};
use std::pin::Pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use super::pace::{Pace, Settings, check};
use super::{Look, Wait, WaitProgress};
use crate::action::Action;
use crate::action::request::Fields;
use crate::call::Call;
use crate::call::typed::Invoker;
use crate::error::{Error, ErrorKind};
use crate::response::Response;
use crate::retry::backoff::Backoff;

type Check<'a, T> = Box<dyn FnMut(&Response<T>) -> Wait + Send + 'a>;
type Progress<'a, T> = Box<dyn FnMut(&WaitProgress<'_, T>) + Send + 'a>;
type Tolerate<'a> = Box<dyn FnMut(&Error) -> bool + Send + 'a>;

impl<A: Action> Invoker<A> {
    /// Calls until `check` says that the answer is the one to wait for, or that it will never come. See [`Waiter`].
    pub fn wait_until<'a>(self, mut check: impl Look<A::Output> + 'a) -> Waiter<'a, A> {
        let (call, action) = self.into_parts();
        Waiter {
            call: Arc::new(call),
            action,
            settings: Settings::default(),
            check: Box::new(move |answer| check(answer).into()),
            progress: None,
            tolerate: None,
        }
    }
}

/// A wait for a state; `.await` gives the answer that was waited for.
///
/// Each look is a call with the options of the invoker: its retries and time limits, its headers. Waits between the looks
/// are 2 seconds, then twice as long each time up to 30 seconds; all in all 10 minutes. A wait that would end at the deadline
/// or later is not begun, and a call under way then is given up. Dropping the future ends the wait.
///
/// Errors: [`State`](ErrorKind::State) when `check` says that it failed, [`Timeout`](ErrorKind::Timeout) when time or
/// attempts are used up; both have an [`Error::wait`] with the last state. `Config` for an action that changes something,
/// since it would do so again with each look. The error of a call that is not tolerated ends the wait as it is.
///
/// ```no_run
/// use std::time::Duration;
/// use cloudcall::{ErrorKind, Wait};
/// # use cloudcall::{cloud_action, cloud_model, Client, Tencent};
/// # #[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12", response = InstanceList, readonly)]
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
///     .wait_until(|answer| {
///         let instance = answer.instance_set.iter().flatten().next();
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
#[must_use = "a wait does nothing until it is awaited"]
pub struct Waiter<'a, A: Action> {
    call: Arc<Call<A::Provider>>,
    action: A,
    settings: Settings,
    check: Check<'a, A::Output>,
    progress: Option<Progress<'a, A::Output>>,
    tolerate: Option<Tolerate<'a>>,
}

impl<'a, A: Action> Waiter<'a, A> {
    /// The wait after the first look, which grows with each further one. 2 seconds.
    pub fn delay(mut self, delay: Duration) -> Self {
        let cap = self.settings.backoff.cap().max(delay);
        self.settings.backoff = self.settings.backoff.with_first(delay).with_cap(cap);
        self
    }

    /// The longest wait between two looks. 30 seconds.
    pub fn max_delay(mut self, delay: Duration) -> Self {
        self.settings.backoff = self.settings.backoff.with_cap(delay);
        self
    }

    /// How the waits grow, and how much of them is left to chance: in place of delay and longest delay.
    pub fn backoff(mut self, backoff: Backoff) -> Self {
        self.settings.backoff = backoff;
        self
    }

    /// The wait before the first look. None.
    pub fn initial_delay(mut self, delay: Duration) -> Self {
        self.settings.initial = delay;
        self
    }

    /// How long the whole may take. 10 minutes; `Duration::MAX` for no limit.
    pub fn deadline(mut self, time: Duration) -> Self {
        self.settings.deadline = time;
        self
    }

    /// How many calls are made at most. No limit.
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.settings.max_attempts = attempts.max(1);
        self
    }

    /// Takes errors of this kind as not ready yet: [`NotFound`](ErrorKind::NotFound) for what was made a moment ago.
    pub fn tolerate(mut self, kind: ErrorKind) -> Self {
        self.settings.tolerated.push(kind);
        self
    }

    /// Takes errors as not ready yet for which `condition` holds, such as those of one code.
    pub fn tolerate_if(mut self, condition: impl FnMut(&Error) -> bool + Send + 'a) -> Self {
        self.tolerate = Some(Box::new(condition));
        self
    }

    /// Is told of each look that was not the last, before the wait that follows.
    pub fn on_progress(mut self, progress: impl FnMut(&WaitProgress<'_, A::Output>) + Send + 'a) -> Self {
        self.progress = Some(Box::new(progress));
        self
    }

    pub(crate) async fn run(self) -> Result<Response<A::Output>, Error> {
        let call = self.call.clone();
        let named = |error: Error| error.of_call(call.provider(), A::INFO.name());
        self.looks().await.map_err(named)
    }

    async fn looks(mut self) -> Result<Response<A::Output>, Error> {
        check(A::INFO)?;
        let context = self.call.context();
        let mut pace = Pace::new(&self.settings, context);
        let mut next = pace.before_first()?;
        loop {
            if !next.is_zero() {
                context.sleep.sleep(next).await;
            }
            pace.attempt += 1;
            let mut fields = Fields::new();
            let fields = self.action.fields(&mut fields).map(|()| fields);
            let mut work = self.call.again(A::INFO, fields);
            // By `tick`, as this looks after work that is under way.
            let mut timer = None;
            let left = pace.left();
            let answer = poll_fn(|task| {
                if let Poll::Ready(answer) = work.as_mut().poll(task) {
                    return Poll::Ready(Some(answer));
                }
                let timer = timer.get_or_insert_with(|| context.sleep.tick(left));
                timer.as_mut().poll(task).map(|()| None)
            });
            let answer = answer.await.ok_or_else(|| pace.too_late())?;
            let (response, error) = match answer {
                Ok(response) => match pace.learn((self.check)(&response))? {
                    None => return Ok(response),
                    Some(wait) => {
                        next = wait;
                        (Some(response), None)
                    }
                },
                Err(error)
                    if pace.tolerates(&error)
                        || self.tolerate.as_mut().is_some_and(|tolerate| tolerate(&error)) =>
                {
                    next = pace.tolerate(&error)?;
                    (None, Some(error))
                }
                Err(error) => return Err(error),
            };
            tracing::debug!(action = A::INFO.name(), attempt = pace.attempt, state = pace.state(), wait = ?next, "not ready yet");
            if let Some(progress) = &mut self.progress {
                progress(&WaitProgress {
                    attempt: pace.attempt,
                    elapsed: pace.elapsed(),
                    state: pace.state(),
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
