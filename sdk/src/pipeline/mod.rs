//! One call, from its options to the typed response. Read this file from top to bottom to follow a call.
//!
//! This is the only module that knows the order:
//!
//! 1. Merge the options of action, client and call. The total deadline starts (`prepare.rs`).
//! 2. Encode the action into [`RequestParts`](crate::action::RequestParts), once. This does no I/O. A body that is not in memory
//!    is measured before the first attempt: its length, and its digest if the signature covers it.
//! 3. Set the idempotency token, once, so that all attempts share it.
//! 4. For each attempt: take a limiter permit, take a credential snapshot, let the breaker choose the endpoint, and sign with the
//!    time and nonce of this attempt. The host that is signed is the host that is called.
//! 5. Observers see the signed request (`observe.rs`).
//! 6. Hand the request to the transport, and wait for the head of the response (`send.rs`).
//! 7. Read the body under the limits of size and time (`receive.rs`, `response_body.rs`), classify it, and decode it straight into
//!    the response type (`classify.rs`). A streaming call ends with the head of a successful response: its reader owns the
//!    body (`sink.rs`, `stream/`).
//! 8. Report the outcome to the breaker, the retry quota, the clock-skew correction and the credential cache. The policy decides
//!    whether another attempt follows (`retry_loop.rs`). A success ends the loop, and so does the deadline.

pub(crate) mod classify;
pub(crate) mod head;
pub(crate) mod media;
pub(crate) mod observe;
pub(crate) mod prepare;
pub(crate) mod receive;
pub(crate) mod redirect;
pub(crate) mod response_body;
pub(crate) mod retry_loop;
pub(crate) mod send;
pub(crate) mod shared;
pub(crate) mod sink;

use std::ops::ControlFlow;

use tracing::{Instrument, Span};

use crate::action::info::ActionInfo;
use crate::action::request::{Fields, Payload};
use crate::error::Error;
use crate::options::CallOptions;
use crate::pipeline::head::Head;
use crate::pipeline::observe::Observed;
use crate::pipeline::prepare::{PreparedCall, Ready, Target};
use crate::pipeline::receive::receive;
use crate::pipeline::retry_loop::{Failed, RetryLoop};
use crate::pipeline::send::{InFlight, send};
use crate::pipeline::shared::Shared;
use crate::pipeline::sink::Sink;
use crate::provider::{Provider, SignInput};
use crate::response::Meta;
use crate::telemetry::observe::{WaitReason, Watching};
use crate::telemetry::spans;
use crate::transport::HttpRequest;

/// Runs a call up to its signature. Nothing is sent, so no limiter permit is taken.
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
            "a streamed body cannot be part of a signed request that is not sent: give the body as bytes";
        return Err(Error::config(what));
    }
    let credential = match prepared.credential() {
        Ready::Now(credential) => credential,
        Ready::Later(work) => work.await?,
    };
    let target = prepared.target(None)?;
    cloud.sign(&prepared.input(credential.as_ref(), &target.endpoint))
}

/// Runs one call with all its attempts, inside its span.
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

/// Runs attempts until one ends the call.
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

/// Runs steps 4 to 7 once.
async fn attempt(
    prepared: &PreparedCall<'_>,
    &RetryLoop { number, from, .. }: &RetryLoop,
    sink: &mut dyn Sink,
    watching: &mut Watching<'_>,
) -> Result<Meta, Failed> {
    prepared.reentered().map_err(Failed::unsent)?;
    // Held until the attempt has ended, or the stream that it opened.
    let permit = prepared.permit().resolve(watching, WaitReason::Limiter).await.map_err(Failed::unsent)?;
    let credential =
        prepared.credential().resolve(watching, WaitReason::Credential).await.map_err(Failed::unsent)?;
    let Target { endpoint, picked } = prepared.target(from).map_err(Failed::unsent)?;
    let streamed = match &prepared.parts.payload {
        // The digest is known already, unless this endpoint needs another one.
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

/// Signs, as the last step before sending, shows the request to the observers, and hands it to the transport. This function is
/// not async, so its variables do not enlarge the future of a waiting call.
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
