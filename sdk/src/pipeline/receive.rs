//! Step 7 of a call: receives one response, under the limits of time and size.
//!
//! This file decides how much of the body is read and who gets it. `response_body.rs` reads
//! the bytes, and `classify.rs` judges a body that was read to its end.
//!
//! | response | what is read | result |
//! | --- | --- | --- |
//! | not a success | the whole body | `classify.rs` finds the API error |
//! | not a success, and the upload was cut off | what arrived before the connection broke | as above |
//! | success, typed or untyped call | the whole body | `classify.rs` decodes it |
//! | success, call expects JSON, server sends events | the first chunk | error of kind `Decode` |
//! | success, streaming call | nothing; of a document up to 64 KiB | the sink owns the body |

use bytes::Bytes;

use crate::error::{Error, ErrorKind, SendState};
use crate::pipeline::classify::{Success, classify};
use crate::pipeline::head::Head;
use crate::pipeline::media::{is_events, may_be_error};
use crate::pipeline::prepare::PreparedCall;
use crate::pipeline::response_body::Body;
use crate::pipeline::send::InFlight;
use crate::pipeline::sink::Sink;
use crate::provider::{RawResponse, SignInput};
use crate::response::{FailedIf, Meta};
use crate::timing::deadline::End;
use crate::transport::ResponseBody;

/// Waits for the head, reads the body, and classifies the response into `sink`.
///
/// Returns the outcome, and the head if one arrived. The head is separate from the outcome
/// because observers and the clock-skew correction need it in both cases.
///
/// Headers and body move into the `Meta` without a copy. Reading the body is a boxed
/// future, so that a call is small while it waits for the head, which is where it spends
/// most of its time.
///
/// # Errors
///
/// A body that cannot be read is an error with the status of its head. If the source of an
/// upload failed at the same time, that error is the cause and is returned
/// (`Outgoing::blame`). A success status for an upload that was not received whole is an
/// error of kind `Protocol` (`Outgoing::confirm`).
pub(crate) async fn receive(
    prepared: &PreparedCall<'_>,
    input: &SignInput<'_>,
    in_flight: InFlight<'_>,
    number: u32,
    sink: &mut dyn Sink,
) -> (Result<Meta, Error>, Option<Head>) {
    let InFlight { head, upload, end } = in_flight;
    let (mut head, pieces) = match head.wait(&prepared.shared.context).await {
        Ok(response) => Head::of(response, &input.parts.method),
        Err(error) => return (Err(error), None),
    };
    // Boxed: a call spends most of its time waiting for the head, and should be small while
    // it waits.
    let refused_early = upload.as_ref().is_some_and(|upload| !upload.is_whole());
    let body = Box::pin(receive_body(prepared, &head, pieces, end, refused_early, sink));
    let outcome = match body.await {
        Ok(Some(body)) => {
            head.body_len = body.len();
            head.body = prepared.shared.bodies.then(|| body.clone());
            classify(prepared, input, &head, body, sink)
        }
        // The sink has taken the body.
        Ok(None) => Ok(Success::new(Bytes::new(), prepared.cloud.request_id(&head.headers))),
        Err(error) => {
            let error = match &upload {
                Some(upload) => upload.blame(error),
                None => error,
            };
            return (Err(error.with_status(head.status)), Some(head));
        }
    };
    let outcome = match &upload {
        Some(upload) => upload.confirm(outcome),
        None => outcome,
    };
    let meta = outcome.map(|Success { body, request_id, envelope, warnings }| Meta {
        status: head.status,
        headers: std::mem::take(&mut head.headers),
        body,
        request_id,
        attempts: number,
        endpoint: input.endpoint.clone(),
        envelope,
        warnings,
    });
    (meta, Some(head))
}

/// How many bytes of a document are buffered to find out whether it is an API error: 64
/// KiB. A longer document is the one that the caller requested.
const ERROR_CAP: usize = 64 * 1024;

/// Reads the body of a response. `Ok(None)` means that the sink takes the body as a stream.
///
/// `refused_early` is true if the server responded before it received the whole upload. It
/// usually resets the connection then, which may cut off the error that it sent; what
/// arrived is used.
///
/// The branches, in order: errors first, then calls that expect one document, then streams.
/// A streaming call whose response is not a stream reads it like a document, and the sink
/// reports the mismatch.
async fn receive_body(
    prepared: &PreparedCall<'_>,
    head: &Head,
    pieces: ResponseBody,
    end: End,
    refused_early: bool,
    sink: &mut dyn Sink,
) -> Result<Option<Bytes>, Error> {
    let mut body = Body::new(prepared, pieces, end);
    if !head.status.is_success() && refused_early {
        return body.received(head.announced()).await.map(Some);
    }
    if !head.status.is_success() {
        return body.whole(head.announced()).await.map(Some);
    }
    let Some(stream) = sink.stream() else {
        if is_events(&head.headers) && !sink.is_raw() {
            let ended = body.begin(1).await?;
            if !ended && !may_be_error(body.text()) {
                return Err(unexpected_events().or_request_id(prepared.cloud.request_id(&head.headers)));
            }
        }
        return body.whole(head.announced()).await.map(Some);
    };
    if !stream.wants(&head.headers) {
        return body.whole(head.announced()).await.map(Some);
    }
    // Providers that report errors under status 200 may send one in place of a document.
    if stream.is_document() && !matches!(prepared.cloud.envelope().failed, FailedIf::Never) {
        let ended = body.begin(ERROR_CAP).await?;
        let begin = if ended { Bytes::copy_from_slice(body.text()) } else { Bytes::new() };
        if ended
            && prepared.cloud.service_error(&RawResponse::new(head.status, &head.headers, &begin)).is_some()
        {
            return Ok(Some(begin));
        }
    }
    stream.take_body(body.take_stream(), head.has_body);
    Ok(None)
}

/// The server sent `text/event-stream` to a call that expects JSON. The serde source marks
/// the error as a type mismatch, so the breaker does not count it against the host.
fn unexpected_events() -> Error {
    let what = "the response is a stream of events: call it with `stream` (and declare the action with `stream = \"sse\"`), \
                or ask the service for one document";
    let misfit = <serde_json::Error as serde::de::Error>::custom("text/event-stream");
    Error::new(ErrorKind::Decode, what).with_sent(SendState::Answered).with_source(misfit)
}
