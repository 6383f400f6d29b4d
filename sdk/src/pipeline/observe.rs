//! Step 5 of a call, and the end of an attempt: reports both to spans and observers.
//!
//! `telemetry/` has the types and the masking. This file collects the facts of one attempt
//! for them. An observer cannot change anything: it gets references, and what it sees is
//! masked when it is formatted.
//!
//! ```text
//! before  Attempt { provider: "tencent", action: "DescribeZones", number: 1, request: … }
//! after   Reply   { …, status: 200, request_id: "r-1", body_len: 512, elapsed: 83 ms }
//! ```

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

/// An attempt under way.
///
/// Without a subscriber its span is disabled, and without observers the request is not
/// copied. If neither exists, no clock is read, and this value costs a few words on the
/// stack.
///
/// There is no `Drop`: if the call is dropped, observers do not get the end of the attempt,
/// but `Watching` reports the end of the call.
pub(crate) struct Observed<'a> {
    /// The call, for its facts, its observers and its secrets.
    prepared: &'a PreparedCall<'a>,
    /// The credential that signed the request. Its secret and token are masked.
    credential: Option<&'a Credential>,
    /// The host that is called, with its port if it has one.
    endpoint: &'a str,
    /// The number of the attempt. The first one is 1.
    number: u32,
    /// The span `cloudcall.attempt`.
    span: Span,
    /// The request, for the report after the attempt: the transport takes the original.
    /// `None` without observers. The body is copied only if an observer asks for bodies.
    copied: Option<Box<CopiedRequest>>,
    /// When the attempt began, as an uptime. `None` without subscriber and observers.
    started: Option<Duration>,
}

impl<'a> Observed<'a> {
    /// Shows a signed request that is about to be sent to the span, the log and each
    /// observer.
    ///
    /// Observers are called in the order in which they were added, on the task of the call.
    /// One that blocks delays the call.
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

    /// The span of the attempt. Receiving the response runs inside it. Cloning it copies a
    /// pointer.
    pub(crate) fn span(&self) -> Span {
        self.span.clone()
    }

    /// Shows how the attempt ended: its status, request id and error, and the elapsed time
    /// from the signature to the decoded response.
    ///
    /// `outcome` is the result after masking. `head` is `None` if no response arrived. The
    /// headers of a success have moved into its `Meta`, so they are taken from there.
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
