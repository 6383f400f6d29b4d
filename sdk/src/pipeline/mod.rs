//! One call, from options to the typed answer.
//!
//! This is the only place that knows the order:
//!
//! 1. Merge options: client, then call. The total time limit starts.
//! 2. Action to [`RequestParts`](crate::action::RequestParts): pure, no I/O. Done once; the body is shared bytes. A body that is not in
//!    memory is measured: its length, and the digest that the signature needs. From then on it must not change.
//! 3. Fix the idempotency token, before the first attempt, so that all attempts share it.
//! 4. Each attempt: wait for the limiter, take a credential snapshot, let the breaker pick the endpoint, sign with this
//!    attempt's time and nonce, as the last step before sending. The host that is signed is the host that is called.
//! 5. Interceptors see the signed request; the transport sends; observers see how it ended.
//! 6. Read the body under the size and idle limits, and decode it straight into the response type. Of a call that streams,
//!    the head of a good answer ends this: its body is the caller's (`stream/`).
//! 7. Learn from the outcome: breaker, quota, clock skew, refused credential. The policy decides on facts; never wait past the
//!    time limit and never after the last attempt. A success ends the loop.

pub(crate) mod exchange;
pub(crate) mod observe;
pub(crate) mod prepare;
pub(crate) mod redirect;
pub(crate) mod response_body;
pub(crate) mod retry_loop;
pub(crate) mod shared;

use std::ops::ControlFlow;

use tracing::{Instrument, Span};

use crate::action::info::ActionInfo;
use crate::action::request::{Fields, Payload};
use crate::error::Error;
use crate::options::CallOptions;
use crate::pipeline::exchange::{Head, InFlight, receive, send};
use crate::pipeline::observe::Observed;
use crate::pipeline::prepare::{PreparedCall, Ready, Target};
use crate::pipeline::retry_loop::{Failed, RetryLoop};
use crate::pipeline::shared::Shared;
use crate::provider::{Provider, SignInput};
use crate::response::Meta;
use crate::response::decode::Sink;
use crate::telemetry::observe::{WaitReason, Watching};
use crate::telemetry::spans;
use crate::transport::HttpRequest;

/// A call up to its signature. It needs no permit of the limiter, since nothing is sent.
pub(crate) async fn sign_only(
    shared: &Shared<dyn Provider>,
    cloud: &dyn Provider,
    options: &CallOptions,
    info: &ActionInfo,
    fields: Result<Fields, Error>,
) -> Result<HttpRequest, Error> {
    let prepared = PreparedCall::new(shared, cloud, options, info, fields)?;
    if let Payload::Stream { .. } = prepared.parts.payload {
        let what =
            "a body that is read while it is sent cannot be part of a signed request: give it as bytes";
        return Err(Error::config(what));
    }
    let credential = match prepared.credential() {
        Ready::Now(credential) => credential,
        Ready::Later(work) => work.await?,
    };
    let target = prepared.target(None)?;
    cloud.sign(&prepared.input(credential.as_ref(), &target.endpoint))
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
    let facts = prepare::facts(shared, cloud, options, info);
    let mut watching = Watching::new(&shared.observers, &shared.context, facts);
    let span = spans::call(watching.facts());
    let prepared = match span.in_scope(|| PreparedCall::new(shared, cloud, options, info, fields)) {
        Ok(prepared) => prepared,
        Err(error) => return ended(&span, watching, Err(error.of_call(cloud.name(), info.name()))),
    };
    let outcome = attempts(&prepared, sink, &mut watching).instrument(span.clone()).await;
    ended(&span, watching, outcome)
}

fn ended(span: &Span, watching: Watching<'_>, outcome: Result<Meta, Error>) -> Result<Meta, Error> {
    spans::call_ended(span, &outcome);
    watching.end(&outcome);
    outcome
}

/// All attempts of one call.
async fn attempts(
    prepared: &PreparedCall<'_>,
    sink: &mut dyn Sink,
    watching: &mut Watching<'_>,
) -> Result<Meta, Error> {
    if let Payload::Stream { .. } = prepared.parts.payload {
        Box::pin(prepared.measure(&prepared.endpoint)).await.map_err(|error| prepared.named(error))?;
    }
    let mut retries = RetryLoop::default();
    loop {
        retries.number += 1;
        let outcome = attempt(prepared, &retries, sink, watching).await;
        let pause = match retries.next_step(prepared, outcome, sink.stream().is_some()) {
            ControlFlow::Continue(pause) => pause,
            ControlFlow::Break(outcome) => return outcome,
        };
        if let Some((wait, reason)) = pause {
            prepared.shared.context.sleep.sleep(wait).await;
            watching.waited(reason, wait);
        }
    }
}

/// Steps 4 to 6, once.
async fn attempt(
    prepared: &PreparedCall<'_>,
    &RetryLoop { number, from, .. }: &RetryLoop,
    sink: &mut dyn Sink,
    watching: &mut Watching<'_>,
) -> Result<Meta, Failed> {
    prepared.reentered().map_err(Failed::unsent)?;
    // Kept until the attempt has ended, or the stream that it opened.
    let permit = prepared.permit().resolve(watching, WaitReason::Limiter).await.map_err(Failed::unsent)?;
    let credential =
        prepared.credential().resolve(watching, WaitReason::Credential).await.map_err(Failed::unsent)?;
    let Target { endpoint, picked } = prepared.target(from).map_err(Failed::unsent)?;
    let streamed = match &prepared.parts.payload {
        // Known already, unless this host wants another digest.
        Payload::Stream { .. } => Box::pin(prepared.measure(&endpoint)).await.map_err(Failed::unsent)?,
        _ => None,
    };
    let input = prepared.input(credential.as_ref(), &endpoint).streamed(streamed);
    watching.attempt(number);
    let (observed, in_flight) = sign_and_send(prepared, &input, number, sink).map_err(Failed::unsent)?;
    let (outcome, head) =
        receive(prepared, &input, in_flight, number, sink).instrument(observed.span()).await;
    let outcome = outcome.map_err(|error| prepared.without_secrets(error, credential.as_ref()));
    let failed = outcome.as_ref().err();
    let next = prepared.settle(picked, failed);
    if failed.is_some_and(|error| error.is_auth() && !error.is_clock_skew())
        && let Some(credential) = &credential
    {
        prepared.shared.credentials.invalidate(credential);
    }
    observed.end(&outcome, head.as_ref());
    if let Some(stream) = sink.stream() {
        stream.keep(permit, credential);
    }
    let date = head.as_ref().and_then(Head::date);
    outcome.map_err(|error| {
        let error = error.of_attempt(endpoint.authority(), number);
        Failed { error, date, sendable: true, next }
    })
}

/// Signs, as the last step before sending, shows the request to those who look on, and hands it to the transport. No part of
/// this waits, so that none of it is kept while the call does.
fn sign_and_send<'a>(
    prepared: &'a PreparedCall<'_>,
    input: &'a SignInput<'a>,
    number: u32,
    sink: &mut dyn Sink,
) -> Result<(Observed<'a>, InFlight<'a>), Error> {
    let mut request = prepared.cloud.sign(input)?;
    if let Some(stream) = sink.stream() {
        stream.add_transfer_headers(request.headers_mut());
    }
    #[cfg(feature = "testing")]
    crate::test_support::testing::mark(&mut request, prepared.cloud.name(), prepared.info);
    let observed = Observed::begin(prepared, input, &request, number);
    Ok((observed, send(prepared, request, number)))
}
