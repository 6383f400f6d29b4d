//! The waiter of an untyped call.

use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::sync::Arc;

use super::Check;
use super::poller::Poller;
use super::setters::wait_setters;
use crate::action::info::ActionInfo;
use crate::action::request::Fields;
use crate::call::{Call, RawCall};
use crate::error::Error;
use crate::provider::Provider;
use crate::response::Response;
use crate::value::Value;

impl<P: Provider> RawCall<P> {
    /// Repeats the call until `check` returns that the state is reached or cannot be
    /// reached any more.
    ///
    /// `check` returns a `bool` or a [`Wait`](super::Wait). Settings, defaults and errors are
    /// those of a typed call, see [`Waiter`](super::Waiter).
    ///
    /// ```no_run
    /// use cloudcall::prelude::*;
    /// use cloudcall::wait::Wait;
    ///
    /// # async fn run(client: Client<Tencent>) -> Result<(), Error> {
    /// client
    ///     .raw("cvm", "2017-03-12", "DescribeInstances")
    ///     .json(json!({ "InstanceIds": ["ins-1"] }))
    ///     .wait_until(|response| match response["InstanceSet"][0]["InstanceState"].as_str() {
    ///         Some("RUNNING") => Wait::Ready,
    ///         Some("LAUNCH_FAILED") => Wait::failed("LAUNCH_FAILED"),
    ///         _ => Wait::Pending,
    ///     })
    ///     .await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// An action whose name does not show that it only reads is refused with kind `Config`.
    /// Call it with [`Client::raw_action`](crate::Client::raw_action) and an
    /// [`ActionInfo`] that is [`readonly`](ActionInfo::readonly).
    pub fn wait_until<'a>(self, check: impl Check<Value> + 'a) -> RawWaiter<'a, P> {
        let (call, info, fields) = self.into_parts();
        RawWaiter { call: Arc::new(call), info: Arc::new(info), fields, poller: Poller::new(check) }
    }
}

/// Waits until a resource reaches a state, with an untyped call. `.await` gives the response
/// that shows the state. [`RawCall::wait_until`] makes it.
///
/// Settings, defaults and errors are those of [`Waiter`](super::Waiter).
#[must_use = "a wait does nothing until it is awaited"]
#[derive(Debug)]
pub struct RawWaiter<'a, P: Provider> {
    /// The call with its options.
    call: Arc<Call<P>>,
    /// The facts about the action.
    info: Arc<ActionInfo>,
    /// The parameters, which each poll sends.
    fields: Fields,
    /// Settings, check and loop.
    poller: Poller<'a, Value>,
}

impl<'a, P: Provider> RawWaiter<'a, P> {
    wait_setters!('a, Value, self);

    /// Runs the wait, and adds the names of the call to its error.
    async fn run(self) -> Result<Response<Value>, Error> {
        let Self { call, info, fields, poller } = self;
        let again = || call.again(info.clone(), Ok(fields.clone()));
        let outcome = poller.run(call.context(), &info, again).await;
        outcome.map_err(|error| error.of_call(call.provider(), info.name()))
    }
}

impl<'a, P: Provider> IntoFuture for RawWaiter<'a, P> {
    type Output = Result<Response<Value>, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send + 'a>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}
