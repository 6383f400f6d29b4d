//! The waiter of a typed call.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::sync::Arc;

use super::Check;
use super::poller::Poller;
use super::setters::wait_setters;
use crate::action::Action;
use crate::action::request::Fields;
use crate::call::Call;
use crate::call::typed::Invoker;
use crate::error::Error;
use crate::response::Response;

impl<A: Action> Invoker<A> {
    /// Repeats the call until `check` returns that the state is reached or cannot be
    /// reached any more.
    ///
    /// `check` returns a `bool` or a [`Wait`](super::Wait). See [`Waiter`] for the settings and an
    /// example.
    pub fn wait_until<'a>(self, check: impl Check<A::Output> + 'a) -> Waiter<'a, A> {
        let (call, action) = self.into_parts();
        Waiter { call: Arc::new(call), action, poller: Poller::new(check) }
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
/// headers. A delay that would reach the deadline is shortened, so that the last poll starts
/// shortly before it: a tenth of the deadline, at most 5 s. A poll in progress is cancelled
/// at the deadline. Dropping the future ends the wait.
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
/// - [`WaitFailed`](crate::ErrorKind::WaitFailed) if `check` returns [`Wait::Failed`](super::Wait::Failed).
/// - [`Timeout`](crate::ErrorKind::Timeout) if the deadline or the number of polls is reached.
///   This error and the one above have an [`Error::wait`] with the last state.
/// - [`Config`](crate::ErrorKind::Config) if the action is not read-only: each poll would change
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
///   [`Wait::pending_in`](super::Wait::pending_in) so that the error shows it.
/// - *The service throttles the polls.* Raise [`delay`](Self::delay), or add
///   `.tolerate(ErrorKind::Throttled)`.
#[must_use = "a wait does nothing until it is awaited"]
pub struct Waiter<'a, A: Action> {
    /// The call with its options.
    call: Arc<Call<A::Provider>>,
    /// The action, which is encoded again for each poll.
    action: A,
    /// Settings, check and loop.
    poller: Poller<'a, A::Output>,
}

impl<'a, A: Action> Waiter<'a, A> {
    wait_setters!('a, A::Output, self);

    /// Runs the wait, and adds the names of the call to its error.
    pub(crate) async fn run(self) -> Result<Response<A::Output>, Error> {
        let Self { call, action, poller } = self;
        let again = || {
            let mut fields = Fields::new();
            let fields = action.fields(&mut fields).map(|()| fields);
            call.again(A::INFO, fields)
        };
        let outcome = poller.run(call.context(), A::INFO, again).await;
        outcome.map_err(|error| error.of_call(call.provider(), A::INFO.name()))
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
            .field("settings", &self.poller)
            .finish_non_exhaustive()
    }
}
