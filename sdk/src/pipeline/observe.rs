//! Shows an attempt to spans and observers: before it is sent, and after it has ended.

use std::time::Duration;

use tracing::Span;

use crate::credential::Credential;
use crate::error::Error;
use crate::pipeline::head::Head;
use crate::pipeline::prepare::PreparedCall;
use crate::provider::SignInput;
use crate::response::Meta;
use crate::telemetry::observe::{Attempt, CopiedRequest, Facts, Reply, SeenRequest};
use crate::telemetry::spans;
use crate::transport::HttpRequest;

/// An attempt under way. Without a subscriber its span is disabled, and without observers the request is not copied.
pub(crate) struct Observed<'a> {
    prepared: &'a PreparedCall<'a>,
    credential: Option<&'a Credential>,
    endpoint: &'a str,
    number: u32,
    span: Span,
    copied: Option<Box<CopiedRequest>>,
    /// `None` without subscriber and observers.
    started: Option<Duration>,
}

impl<'a> Observed<'a> {
    /// Shows a signed request that is about to be sent.
    pub(crate) fn begin(
        prepared: &'a PreparedCall<'a>,
        input: &SignInput<'a>,
        request: &HttpRequest,
        number: u32,
    ) -> Self {
        let shared = prepared.shared;
        let (credential, endpoint) = (input.credential, input.endpoint.authority());
        let Facts { provider, product, action, region } = prepared.facts();
        let request = SeenRequest::of(request, prepared.body_len(request), prepared.masks(credential));
        let seen = Attempt { provider, product, action, region, number, request };
        let span = spans::attempt(&seen, endpoint);
        tracing::debug!(target: spans::TARGET, parent: &span, ?seen, "sending");
        for observer in &shared.observers {
            observer.before(&seen);
        }
        let copied =
            (!shared.observers.is_empty()).then(|| Box::new(CopiedRequest::new(&seen, shared.bodies)));
        let watched = copied.is_some() || !span.is_disabled();
        let started = watched.then(|| shared.context.clock.uptime());
        Self { prepared, credential, endpoint, number, span, copied, started }
    }

    /// The span of the attempt.
    pub(crate) fn span(&self) -> Span {
        self.span.clone()
    }

    /// Shows how the attempt ended.
    pub(crate) fn end(self, outcome: &Result<Meta, Error>, head: Option<&Head>) {
        let Self { prepared, credential, endpoint, number, span, copied, started } = self;
        let Some(started) = started else { return };
        let elapsed = prepared.shared.context.clock.uptime().saturating_sub(started);
        let status = head.map(|head| head.status);
        let (request_id, headers, error) = match outcome {
            Ok(meta) => (meta.request_id.as_deref(), Some(&meta.headers), None),
            Err(error) => (error.request_id(), head.map(|head| &head.headers), Some(error)),
        };
        spans::attempt_ended(&span, status, request_id, elapsed, error);
        let Some(copied) = copied else { return };
        let Facts { provider, product, action, region } = prepared.facts();
        let masks = prepared.masks(credential);
        let reply = Reply {
            provider,
            product,
            action,
            region,
            number,
            request: copied.seen(masks),
            endpoint,
            status,
            headers,
            body_len: head.map_or(0, |head| head.body_len),
            body: head.and_then(|head| head.body.as_ref()),
            request_id,
            error,
            elapsed,
            masks,
        };
        for observer in &prepared.shared.observers {
            observer.after(&reply);
        }
    }
}
