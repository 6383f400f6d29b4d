//! The `tracing` spans of a call and of its attempts.
//!
//! Their names and fields are stable and listed in `docs/observability.md`. Without a
//! subscriber, a span costs one read of a static.

use std::time::Duration;

use http::StatusCode;
use tracing::Span;
use tracing::field::Empty;

use crate::error::Error;
use crate::response::Meta;
use crate::response::warning::{Warning, Warnings};
use crate::telemetry::observe::{Attempt, Facts};

/// The target of the spans and of the events in them.
pub(crate) const TARGET: &str = "cloudcall::call";

/// The span `cloudcall.call`, at level INFO.
///
/// All fields exist from the start, because `tracing` cannot add fields later. Those that
/// are known only at the end are empty until then.
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

/// Records in the span how the call ended.
pub(crate) fn call_ended(span: &Span, outcome: &Result<Meta, Error>) {
    if span.is_disabled() {
        return;
    }
    match outcome {
        Ok(meta) => {
            span.record("attempts", meta.attempts).record("outcome", "ok");
            record_response(span, Some(meta.status), meta.request_id.as_deref());
        }
        Err(error) => {
            span.record("attempts", error.attempts()).record("outcome", error.kind().as_str());
            span.record("code", error.code());
            record_response(span, error.status(), error.request_id());
        }
    }
}

/// Logs the warnings of a successful response in one event.
///
/// Services also send notices with good responses, which are warnings, too.
pub(crate) fn log_warnings((provider, action): (&str, &str), request_id: Option<&str>, warnings: &Warnings) {
    if warnings.count() == 0 {
        return;
    }
    let shown: Vec<String> = warnings.list().iter().take(SHOWN).map(Warning::to_string).collect();
    tracing::warn!(
        target: TARGET, provider, action, request_id, count = warnings.count(),
        "response with warnings: {}", shown.join("; ")
    );
}

/// Maximum number of warnings that the event shows.
const SHOWN: usize = 5;

/// The span `cloudcall.attempt`, at level DEBUG, inside the span of the call.
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

/// Records in the span how the attempt ended, and logs one event.
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
    let elapsed_ms = milliseconds(elapsed);
    let outcome = error.map_or("ok", |error| error.kind().as_str());
    let code = error.and_then(|error| error.code());
    span.record("outcome", outcome).record("elapsed_ms", elapsed_ms).record("code", code);
    record_response(span, status, request_id);
    // The other facts are fields of the span, and so part of the line.
    tracing::debug!(target: TARGET, parent: span, error = error.map(tracing::field::display), "attempt ended");
}

/// Records what a response contains.
fn record_response(span: &Span, status: Option<StatusCode>, request_id: Option<&str>) {
    span.record("status", status.map(|status| status.as_u16())).record("request_id", request_id);
}

/// A duration in milliseconds, with at most three decimals.
pub(crate) fn milliseconds(time: Duration) -> f64 {
    // Exact as long as the time is below 285 years.
    #[expect(clippy::cast_precision_loss, reason = "microseconds below 2^53")]
    let micros = time.as_micros() as f64;
    micros / 1000.0
}

/// Whether the span of a call is the current one, so that log lines have provider, product, action and region
/// already.
pub(crate) fn in_call() -> bool {
    Span::current().metadata().is_some_and(|span| span.target() == TARGET)
}
