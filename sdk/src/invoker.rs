//! One call, from options to the typed answer.
//!
//! This is the only place that knows the order:
//!
//! 1. Merge options: client, then call. The total time limit starts.
//! 2. Action to [`RequestParts`](crate::RequestParts): pure, no I/O. Done once; the body is shared bytes. A body that is not in
//!    memory is measured: its length, and the digest that the signature needs. From then on it must not change.
//! 3. Fix the idempotency token, before the first attempt, so that all attempts share it.
//! 4. Each attempt: wait for the limiter, take a credential snapshot, let the breaker pick the endpoint, sign with this
//!    attempt's time and nonce, as the last step before sending. The host that is signed is the host that is called.
//! 5. Interceptors see the signed request; the transport sends; interceptors see how it ended.
//! 6. Read the body under the size and idle limits, and decode it straight into the response type. Of a call that streams,
//!    the head of a good answer ends this: its body is the caller's (`stream/`).
//! 7. Learn from the outcome: breaker, quota, clock skew, refused credential. The policy decides on facts; never wait past the
//!    time limit and never after the last attempt. A success ends the loop.

use std::borrow::Cow;
use std::future::{Future, IntoFuture};
use std::sync::Arc;
use std::time::SystemTime;

use tracing::Instrument;

use crate::__private::CallFuture;
use crate::action::{Action, ActionInfo};
use crate::call::Call;
use crate::client::Shared;
use crate::decode::Sink;
use crate::error::{Error, ErrorKind};
use crate::exchange::{Head, send};
use crate::intercept::{WaitReason, Watching};
use crate::limit::timed;
use crate::observe::Observed;
use crate::options::CallOptions;
use crate::plan::{self, Plan, Target};
use crate::provider::{Answer, Provider};
use crate::request::{Fields, Payload};
use crate::response::{Meta, Response};
use crate::retry::Failure;
use crate::setters::call_setters;
use crate::spans;
use crate::stream::{Download, Events, StreamAction};
use crate::transport::HttpRequest;

/// A call of one action with options of its own. `.await` it, or [`invoke`](Self::invoke) it.
#[must_use = "a call does nothing until it is awaited"]
#[derive(Debug)]
pub struct Invoker<A: Action> {
    pub(crate) call: Call<A::Provider>,
    action: A,
}

impl<A: Action> Invoker<A> {
    pub(crate) fn new(shared: Arc<Shared<A::Provider>>, action: A) -> Self {
        Self { call: Call::new(shared), action }
    }

    call_setters!(A::Provider);

    /// The call and its action, for those who call more than once.
    pub(crate) fn into_parts(self) -> (Call<A::Provider>, A) {
        (self.call, self.action)
    }

    fn fields(&self) -> Result<Fields, Error> {
        let mut fields = Fields::new();
        self.action.fields(&mut fields).map(|()| fields)
    }

    /// Calls. The same as `.await`, without a box.
    pub fn invoke(self) -> impl Future<Output = Result<Response<A::Output>, Error>> + Send {
        let fields = self.fields();
        self.call.run(A::INFO, fields)
    }

    /// Calls, and gives the events of the answer as they come. See [`Events`].
    pub fn stream(mut self) -> impl Future<Output = Result<Events<A::Output>, Error>> + Send
    where
        A: StreamAction,
    {
        self.action.ask_for_stream();
        let fields = self.fields();
        let call = self.call;
        async move { Events::open(call.origin(Cow::Borrowed(A::INFO), fields?)).await }
    }

    /// Calls, and gives the bytes of the answer as they come. See [`Download`].
    pub fn download(self) -> impl Future<Output = Result<Download, Error>> + Send {
        let fields = self.fields();
        let call = self.call;
        async move { Download::open(call.origin(Cow::Borrowed(A::INFO), fields?)).await }
    }

    /// Goes on with a download of which there are `offset` bytes already, if the document is still the one of that
    /// [`etag`](Download::etag). See [`Download::offset`].
    pub fn download_from(
        self,
        offset: u64,
        etag: &str,
    ) -> impl Future<Output = Result<Download, Error>> + Send {
        let (fields, call, etag) = (self.fields(), self.call, etag.to_owned());
        async move { Download::resume(call.origin(Cow::Borrowed(A::INFO), fields?), offset, &etag).await }
    }

    /// Signs the request as a call would, and sends nothing.
    ///
    /// The request holds a signature: it is a proof of who you are for as long as the cloud takes it, a few minutes.
    pub fn sign_only(self) -> impl Future<Output = Result<HttpRequest, Error>> + Send {
        let fields = self.fields();
        self.call.sign_only(A::INFO, fields)
    }
}

impl<A: Action> IntoFuture for Invoker<A> {
    type Output = Result<Response<A::Output>, Error>;
    type IntoFuture = CallFuture<A::Output>;

    fn into_future(self) -> Self::IntoFuture {
        let fields = self.fields();
        Box::pin(self.call.run(A::INFO, fields))
    }
}

/// A call up to its signature. It needs no turn of the limiter, since nothing is sent.
pub(crate) async fn sign_only(
    shared: &Shared<dyn Provider>,
    cloud: &dyn Provider,
    options: &CallOptions,
    info: &ActionInfo,
    fields: Result<Fields, Error>,
) -> Result<HttpRequest, Error> {
    let plan = Plan::new(shared, cloud, options, info, fields)?;
    if let Payload::Stream { .. } = plan.parts.payload {
        let what =
            "a body that is read while it is sent cannot be part of a signed request: give it as bytes";
        return Err(Error::config(what));
    }
    let credential = plan.credential().await?;
    let target = plan.target(0)?;
    cloud.sign(&plan.input(credential.as_ref(), &target.endpoint))
}

/// One call: what is told of it, around all of its attempts.
pub(crate) async fn run(
    shared: &Shared<dyn Provider>,
    cloud: &dyn Provider,
    options: &CallOptions,
    info: &ActionInfo,
    fields: Result<Fields, Error>,
    sink: &mut dyn Sink,
) -> Result<Meta, Error> {
    let facts = plan::facts(shared, cloud, options, info);
    let span = spans::call(&facts);
    let mut watching = Watching::new(&shared.interceptors, &shared.context, facts);
    let work = attempts(shared, cloud, options, info, fields, sink, &mut watching);
    let outcome = work.instrument(span.clone()).await;
    spans::call_ended(&span, &outcome);
    watching.end(&outcome);
    outcome
}

/// All attempts of one call.
async fn attempts(
    shared: &Shared<dyn Provider>,
    cloud: &dyn Provider,
    options: &CallOptions,
    info: &ActionInfo,
    fields: Result<Fields, Error>,
    sink: &mut dyn Sink,
    watching: &mut Watching<'_>,
) -> Result<Meta, Error> {
    let named = |error: Error| error.of_call(cloud.name(), info.name());
    let plan = Plan::new(shared, cloud, options, info, fields).map_err(named)?;
    if let Payload::Stream { .. } = plan.parts.payload {
        Box::pin(plan.measure(&plan.endpoint)).await.map_err(named)?;
    }
    let (mut number, mut paid, mut corrected) = (0, None, false);
    let (mut from, mut before) = (0, None);
    // An answer that the policy wants to be another.
    let mut unfinished: Option<Box<Meta>> = None;
    loop {
        number += 1;
        let failed = match attempt(&plan, number, from, sink, watching).await {
            Ok(meta) => {
                shared.quota.give_back(paid.take());
                if sink.taker().is_some() {
                    // The body is the caller's: no condition of the policy can look at it.
                    return Ok(meta);
                }
                let answer = Answer::new(meta.status, &meta.headers, &meta.body);
                match plan.retry.again(&answer, number, plan.repeat, &shared.context) {
                    Some(wait) if wait < plan.remaining() => {
                        tracing::debug!(target: spans::TARGET, action = info.name(), attempt = number, ?wait, "asking again");
                        shared.context.sleep.sleep(wait).await;
                        watching.waited(WaitReason::Answer, wait);
                        (from, before) = (0, None);
                        unfinished = Some(Box::new(meta));
                        continue;
                    }
                    _ => return Ok(meta),
                }
            }
            Err(failed) => failed,
        };
        let Failed { error, date, sendable, next } = failed;
        let attempts = if sendable { number } else { number - 1 };
        if let Some(meta) = unfinished.take()
            && teaches_nothing(&error, sendable, &plan)
        {
            return Ok(Meta { attempts, ..*meta });
        }
        if !sendable
            && matches!(error.kind(), ErrorKind::Cancelled | ErrorKind::Throttled)
            && let Some(before) = before
        {
            // The attempt before opened the last breaker, or the limiter has no turn for another: how it failed says more.
            tracing::debug!(target: spans::TARGET, action = info.name(), %error, "no retry");
            return Err(before);
        }
        from = next;
        let error = named(error.of_attempt(plan.endpoint.authority(), attempts));
        if error.is_clock_skew()
            && !corrected
            && let Some(date) = date
        {
            // The cloud refused the time, so it did nothing: asking again with its own time is safe.
            corrected = true;
            shared.skew.learn(shared.context.clock.now(), date);
            continue;
        }
        let failure = Failure { error: &error, attempt: number, repeat: plan.repeat, elsewhere: from > 0 };
        if !sendable || !plan.retry.allows(&failure) {
            return Err(error);
        }
        let wait = plan.retry.delay(&failure, &shared.context);
        if wait >= plan.remaining() {
            return Err(error);
        }
        let Some(cost) = shared.quota.take(&error) else {
            tracing::debug!(target: spans::TARGET, action = info.name(), "no retry: the client's retry quota is used up");
            return Err(error);
        };
        paid = Some(cost);
        tracing::debug!(target: spans::TARGET, action = info.name(), attempt = number, ?wait, %error, "retrying");
        before = Some(error);
        shared.context.sleep.sleep(wait).await;
        watching.waited(WaitReason::Retry, wait);
    }
}

/// Whether a failure says nothing of the answer before it: the time of the call was up, or there was no turn to ask again.
fn teaches_nothing(error: &Error, sendable: bool, plan: &Plan<'_>) -> bool {
    match error.kind() {
        ErrorKind::Timeout => plan.remaining().is_zero(),
        ErrorKind::Cancelled | ErrorKind::Throttled => !sendable,
        _ => false,
    }
}

/// Why one attempt gave no answer.
struct Failed {
    error: Error,
    /// The server's time, if it answered.
    date: Option<SystemTime>,
    /// Whether there was a request to send: without one there is nothing to repeat.
    sendable: bool,
    /// Where among the hosts the next attempt begins.
    next: usize,
}

impl Failed {
    fn unsent(error: Error) -> Self {
        Self { error, date: None, sendable: false, next: 0 }
    }
}

/// Steps 4 to 6, once.
async fn attempt(
    plan: &Plan<'_>,
    number: u32,
    from: usize,
    sink: &mut dyn Sink,
    watching: &mut Watching<'_>,
) -> Result<Meta, Failed> {
    let context = &plan.shared.context;
    let (turn, waited) = timed(context, plan.turn()).await;
    if let Some(time) = waited {
        watching.waited(WaitReason::Limiter, time);
    }
    // Kept until the attempt has ended, or the stream that it opened.
    let turn = turn.map_err(Failed::unsent)?;
    let (credential, waited) = timed(context, plan.credential()).await;
    if let Some(time) = waited {
        watching.waited(WaitReason::Credential, time);
    }
    let credential = credential.map_err(Failed::unsent)?;
    let Target { endpoint, picked } = plan.target(from).map_err(Failed::unsent)?;
    let streamed = match &plan.parts.payload {
        // Known already, unless this host wants another digest.
        Payload::Stream { .. } => Box::pin(plan.measure(&endpoint)).await.map_err(Failed::unsent)?,
        _ => None,
    };
    let input = plan.input(credential.as_ref(), &endpoint).streamed(streamed);
    let mut request = plan.cloud.sign(&input).map_err(Failed::unsent)?;
    if let Some(taker) = sink.taker() {
        taker.dress(request.headers_mut());
    }
    #[cfg(feature = "testing")]
    crate::testing::mark(&mut request, plan.cloud.name(), plan.info);
    watching.attempt(number);
    let observed = Observed::begin(plan, credential.as_ref(), endpoint.authority(), &request, number);
    let (outcome, head) = send(plan, &input, request, number, &mut *sink).instrument(observed.span()).await;
    let outcome = outcome.map_err(|error| plan.without_secrets(error, credential.as_ref()));
    let failed = outcome.as_ref().err();
    let next = plan.settle(picked, failed);
    if failed.is_some_and(|error| error.is_auth() && !error.is_clock_skew())
        && let Some(credential) = &credential
    {
        plan.shared.credentials.invalidate(credential);
    }
    observed.end(&outcome, head.as_ref());
    if let Some(taker) = sink.taker() {
        taker.hold(turn, credential);
    }
    let date = head.as_ref().and_then(Head::date);
    outcome.map_err(|error| {
        let error = error.of_attempt(endpoint.authority(), number);
        Failed { error, date, sendable: true, next }
    })
}
