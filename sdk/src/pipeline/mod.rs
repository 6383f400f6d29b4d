//! One call, from its options to the typed response. Read this file from top to bottom to
//! follow a call.
//!
//! # The order of one call
//!
//! This is the only module that knows the order. `call/` collects the options and ends
//! here, in `run`. Each other file of this folder is one step, and does not call the next
//! one.
//!
//! Once per call:
//!
//! 1. Merge the options of action, client and call. The total deadline starts
//!    (`prepare.rs`).
//! 2. Fill in the idempotency token, so that all attempts share it (`prepare.rs`).
//! 3. Encode the action into [`RequestParts`](crate::action::RequestParts), add the headers
//!    of client and call, and let the interceptors change the result (`prepare.rs`). A body
//!    that is not in memory is then measured: its length, and its digest if the signature
//!    covers it.
//!
//! Once per attempt:
//!
//! 4. Take a limiter permit, take a credential, let the breaker choose the endpoint, and
//!    sign with the time and nonce of this attempt (`prepare.rs`, and `attempt` below).
//! 5. Show the signed request to the observers (`observe.rs`).
//! 6. Hand the request to the transport, and wait for the head of the response (`send.rs`,
//!    `head.rs`).
//! 7. Read the body under the limits of size and time (`receive.rs`, `response_body.rs`),
//!    classify it, and decode it straight into the response type (`classify.rs`). A
//!    streaming call ends with the head of a successful response: its reader owns the body
//!    from there on (`sink.rs`, `stream/`).
//! 8. Report the outcome to the breaker, the credential cache, the retry quota and the
//!    clock-skew correction. The policy decides whether another attempt follows
//!    (`retry_loop.rs`). A success ends the loop, and so does the deadline.
//!
//! # An example
//!
//! A call of `DescribeZones` of Tencent Cloud. Its first attempt fails at a gateway:
//!
//! ```text
//! prepare     POST /, {}, X-TC-Action: DescribeZones, deadline at uptime + 120 s
//! attempt 1   permit, credential, cvm.tencentcloudapi.com, signed at 12:00:00
//!             503, <html>…                -> Error { kind: Service, transient }
//! retry_loop  read-only action: take 5 quota tokens, wait for 62 ms
//! attempt 2   permit, credential, cvm.tencentcloudapi.com, signed at 12:00:01
//!             200, {"Response":{"ZoneSet":[…],"RequestId":"r-2"}}
//! retry_loop  give 5 tokens back          -> Ok(Meta { attempts: 2, request_id: "r-2", … })
//! ```
//!
//! # Why the order is as it is
//!
//! - The limiter comes first, because each request that is sent needs a permit, also that
//!   of a retry. A call that waits for a permit holds no credential that may expire
//!   meanwhile.
//! - The credential comes before the breaker. A call that waits for a credential must not
//!   occupy a trial of a half-open breaker.
//! - The breaker chooses the endpoint right before signing, because the signature covers
//!   the host. The host that is signed is the host that is called.
//! - Observers are called after signing, so they see exactly what is sent.
//!
//! # Cancellation
//!
//! Dropping the future of `run` at any point ends the call. The permits of the limiter and
//! of the breaker are values, and dropping them returns them. Dropping the future of the
//! transport gives the connection up, and dropping an upload closes its source. The end of
//! the call is reported by a value that is dropped with the future (`Watching`), so
//! observers see cancelled calls, too.
//!
//! # What is not generic
//!
//! Only `call/` knows the types of the action and of its response. This folder works on
//! `&dyn Provider` and `&mut dyn Sink`, so it is compiled once, not once per action.

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
pub(crate) mod unknown_host;

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
use crate::transport::{CalledAction, HttpRequest};

/// Runs steps 1 to 4 of a call and returns the signed request instead of sending it.
///
/// `Invoker::sign_only` and `RawCall::sign_only` call this. Nothing is sent, so no limiter
/// permit is taken and no observer is called. Interceptors do run, because they change what
/// is signed. The endpoint is the one that an attempt would use now; a permit of its
/// breaker is returned unused.
///
/// # Errors
///
/// The errors of [`PreparedCall::new`], of the credential and of the signature. Kind
/// `Config` for a streamed body, because its bytes would be missing from the result.
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
///
/// The caller owns `sink`. After `Ok`, the sink holds the decoded value, or the opened
/// stream, and the returned [`Meta`] has status, headers, body and warnings. After `Err`,
/// the sink may hold nothing or the value of an earlier attempt, so callers ignore it.
///
/// `fields` is a `Result` because encoding a field can fail before the call starts. Such an
/// error is reported inside the span and to the observers, like every other error.
///
/// All errors have provider and action; errors of an attempt also have the endpoint and the
/// number of attempts.
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

/// Closes the span and reports the end of the call. Both ways out of [`run`] come through
/// here, so a call is reported exactly once.
fn ended(span: &Span, watching: Watching<'_>, outcome: Result<Meta, Error>) -> Result<Meta, Error> {
    spans::call_ended(span, &outcome);
    watching.end(&outcome);
    outcome
}

/// Runs attempts until one ends the call.
///
/// This is the only loop of a call, and the only place where a call sleeps. `RetryLoop`
/// decides, and does not wait itself, so its decisions are plain functions of the outcome.
///
/// A streamed body is measured here once before the first attempt. A source that cannot be
/// read is an error of the caller, not of an attempt: it has no endpoint and is not
/// retried.
///
/// The future is small while it waits: it holds the prepared call by reference, the state
/// of the retry loop, and the future of one attempt.
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
        let outcome = attempt(prepared, &mut retries, sink, watching).await;
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

/// Runs steps 4 to 7 once, and reports the outcome to breaker, credential cache and
/// observers.
///
/// Errors before the request exists (`Failed::unsent`) are not retried: repeating the call
/// does not supply a missing credential or an unreadable file.
///
/// After the response:
///
/// - Secrets of the call and of the credential are masked in an error before anything else
///   sees it.
/// - The breaker counts the outcome, and the ring names the next endpoint if this one could
///   not be reached.
/// - A credential that the service refused is removed from the cache, so that later calls
///   fetch a new one. A refusal because of the clock says nothing about the credential.
/// - A stream keeps the limiter permit and the credential until its body ends. In all other
///   cases the permit is returned at the end of this function.
async fn attempt(
    prepared: &PreparedCall<'_>,
    retries: &mut RetryLoop<'_>,
    sink: &mut dyn Sink,
    watching: &mut Watching<'_>,
) -> Result<Meta, Failed> {
    let (number, from) = (retries.number, retries.from);
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
    retries.sending();
    let (outcome, head) =
        receive(prepared, &input, in_flight, number, sink).instrument(observed.span()).await;
    let outcome = outcome
        .map_err(|error| prepared.without_secrets(error, credential.as_ref()))
        .map_err(|error| unknown_host::explained(error, prepared, endpoint.authority()));
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

/// Signs, as the last step before sending, shows the request to the observers, and hands it
/// to the transport.
///
/// This function is not async, so its variables do not enlarge the future of a waiting
/// call. It returns a future of the transport, which has not been polled yet; nothing is on
/// the wire when it returns.
///
/// Headers such as `Accept-Encoding` of a stream are added after the signature, see
/// `StreamSink::add_transfer_headers`. A transport that asks for it also gets provider and action, as an
/// extension of the request: a mock transport needs them to find the rule of a REST request.
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
    if prepared.shared.transport.wants_action() {
        CalledAction::attach(&mut request, prepared.cloud.name(), prepared.info);
    }
    let observed = Observed::begin(prepared, input, &request, number);
    Ok((observed, send(prepared, request, number)))
}
