//! Spans of `tracing`: one a call, one an attempt. Names and fields are stable; `docs/observability.md` lists them.
//!
//! Where nobody listens, a span is nothing and costs a look at one static.

use std::time::Duration;

use http::StatusCode;
use tracing::Span;
use tracing::field::Empty;

use crate::error::Error;
use crate::response::Meta;
use crate::response::warning::{Warning, Warnings};
use crate::telemetry::observe::{Attempt, Facts};

/// The target of spans and of the events in them.
pub(crate) const TARGET: &str = "cloudcall::call";

/// `cloudcall.call`, at level INFO.
pub(crate) fn call(facts: &Facts<'_>) -> Span {
    tracing::info_span!(
        target: TARGET,
        "cloudcall.call",
        provider = facts.provider,
        product = facts.product,
        action = facts.action,
        region = facts.region,
        attempts = Empty,
        outcome = Empty,
        status = Empty,
        code = Empty,
        request_id = Empty,
    )
}

/// Says in the span how the call ended.
pub(crate) fn call_ended(span: &Span, outcome: &Result<Meta, Error>) {
    if span.is_disabled() {
        return;
    }
    match outcome {
        Ok(meta) => {
            span.record("attempts", meta.attempts).record("outcome", "ok");
            answered(span, Some(meta.status), meta.request_id.as_deref());
        }
        Err(error) => {
            span.record("attempts", error.attempts()).record("outcome", error.kind().as_str());
            span.record("code", error.code());
            answered(span, error.status(), error.request_id());
        }
    }
}

/// Sums up what was odd about a good response.
pub(crate) fn odd((provider, action): (&str, &str), request_id: Option<&str>, warnings: &Warnings) {
    if warnings.count() == 0 {
        return;
    }
    let shown: Vec<String> = warnings.list().iter().take(SHOWN).map(Warning::to_string).collect();
    tracing::warn!(
        target: TARGET, provider, action, request_id, count = warnings.count(),
        "odd response: {}", shown.join("; ")
    );
}

/// How many warnings of a response the log shows.
const SHOWN: usize = 5;

/// `cloudcall.attempt`, at level DEBUG, inside the call's.
pub(crate) fn attempt(seen: &Attempt<'_>, endpoint: &str) -> Span {
    tracing::debug_span!(
        target: TARGET,
        "cloudcall.attempt",
        attempt = seen.number,
        method = seen.method().as_str(),
        endpoint,
        outcome = Empty,
        status = Empty,
        code = Empty,
        request_id = Empty,
        elapsed_ms = Empty,
    )
}

/// Says in the span, and in an event, how the attempt ended.
pub(crate) fn attempt_ended(
    span: &Span,
    status: Option<StatusCode>,
    request_id: Option<&str>,
    elapsed: Duration,
    error: Option<&Error>,
) {
    if span.is_disabled() {
        return;
    }
    let elapsed_ms = elapsed.as_secs_f64() * 1000.0;
    let outcome = error.map_or("ok", |error| error.kind().as_str());
    let code = error.and_then(|error| error.code());
    span.record("outcome", outcome).record("elapsed_ms", elapsed_ms).record("code", code);
    answered(span, status, request_id);
    tracing::debug!(
        target: TARGET, parent: span, outcome, status = status.map(|status| status.as_u16()), code, request_id, elapsed_ms,
        error = error.map(tracing::field::display), "answered"
    );
}

fn answered(span: &Span, status: Option<StatusCode>, request_id: Option<&str>) {
    span.record("status", status.map(|status| status.as_u16())).record("request_id", request_id);
}
