//! One request out, one answer in: limits of time and size, and what the answer is.

use std::time::{Duration, SystemTime};

use bytes::Bytes;
use futures_util::future::BoxFuture;
use http::{HeaderMap, StatusCode};

use crate::context::Context;
use crate::error::{Error, ErrorClass, ErrorKind, SendState};
use crate::pipeline::prepare::PreparedCall;
use crate::pipeline::redirect;
use crate::pipeline::response_body::Body;
use crate::provider::{Answer, SignInput};
use crate::response::Meta;
use crate::response::decode::{self, Envelope, FailedIf, Misread, Reading, Seen, Sink, without_bom};
use crate::response::warning::Warnings;
use crate::stream::{is_events, may_be_error};
use crate::telemetry::spans;
use crate::timing::deadline::{End, within_both};
use crate::transport::{HttpRequest, HttpResponse, ResponseBody, TransportError, Via, timed_out};
use crate::upload::Outgoing;

/// The head of an answer, kept for those who look at the outcome. The headers of a success are in its [`Meta`].
pub(crate) struct Head {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body_len: usize,
    /// The body, where an observer wants to see it.
    pub(crate) body: Option<Bytes>,
    /// The proxy that it came through.
    via: Option<Via>,
}

impl Head {
    fn of(response: HttpResponse) -> (Self, ResponseBody) {
        let (mut head, body) = response.into_parts();
        let via = head.extensions.remove();
        (Self { status: head.status, headers: head.headers, body_len: 0, body: None, via }, body)
    }

    /// How long the body is, if the head says it.
    fn announced(&self) -> usize {
        let length = self.headers.get(http::header::CONTENT_LENGTH).and_then(|value| value.to_str().ok());
        length.and_then(|length| length.parse().ok()).unwrap_or(0)
    }

    pub(crate) fn date(&self) -> Option<SystemTime> {
        let date = self.headers.get(http::header::DATE)?.to_str().ok()?;
        httpdate::parse_http_date(date).ok()
    }
}

/// A request that was handed to the transport.
pub(crate) struct InFlight<'a> {
    head: PendingHead<'a>,
    /// Kept until the answer is read: an upload that is not over by then is given up.
    upload: Option<Outgoing>,
    end: End,
}

/// The head of an answer, on its way.
enum PendingHead<'a> {
    /// To a request that was handed over whole, so that the answer alone is waited for.
    Within(End, BoxFuture<'a, Result<HttpResponse, TransportError>>),
    /// To a request whose body is still leaving; it knows its limits itself.
    Uploading(BoxFuture<'a, Result<HttpResponse, Error>>),
}

impl PendingHead<'_> {
    async fn wait(self, context: &Context) -> Result<HttpResponse, Error> {
        match self {
            Self::Within(end, response) => {
                match within_both(context, Duration::MAX, end.at, response).await {
                    Ok(response) => response.map_err(Error::from),
                    Err(_) => Err(timed_out("no response head", end.limit, SendState::Maybe)),
                }
            }
            Self::Uploading(response) => response.await,
        }
    }
}

/// Step 5: hands a signed request to the transport.
pub(crate) fn send<'a>(prepared: &PreparedCall<'a>, request: HttpRequest, number: u32) -> InFlight<'a> {
    let context = &prepared.shared.context;
    let now = context.clock.uptime();
    // A service may work for long before it answers: until the head is here, `read` does not apply.
    let end = End::of_attempt(now, prepared.timeouts.attempt, prepared.deadline, prepared.timeouts.total);
    let (transport, read) = (prepared.shared.transport.as_ref(), prepared.timeouts.read);
    let (head, upload) = match prepared.outgoing(&request, number) {
        Ok(None) => (PendingHead::Within(end, transport.send(request)), None),
        Ok(Some(upload)) => {
            let response = upload.send(context, transport, request, read, end);
            (PendingHead::Uploading(Box::pin(response)), Some(upload))
        }
        Err(error) => (PendingHead::Uploading(Box::pin(std::future::ready(Err(error)))), None),
    };
    InFlight { head, upload, end }
}

/// Step 6: reads the answer into `sink`.
pub(crate) async fn receive(
    prepared: &PreparedCall<'_>,
    input: &SignInput<'_>,
    in_flight: InFlight<'_>,
    number: u32,
    sink: &mut dyn Sink,
) -> (Result<Meta, Error>, Option<Head>) {
    let InFlight { head, upload, end } = in_flight;
    let (mut head, pieces) = match head.wait(&prepared.shared.context).await {
        Ok(response) => Head::of(response),
        Err(error) => return (Err(error), None),
    };
    // In a box, since most of the time of a call passes before there is an answer to read.
    let refused_early = upload.as_ref().is_some_and(|upload| !upload.is_whole());
    let body = Box::pin(receive_body(prepared, &head, pieces, end, refused_early, sink));
    let outcome = match body.await {
        Ok(Some(body)) => {
            head.body_len = body.len();
            head.body = prepared.shared.bodies.then(|| body.clone());
            classify(prepared, input, &head, body, sink)
        }
        // What comes is the caller's to read.
        Ok(None) => Ok(Read::of(Bytes::new(), prepared.cloud.request_id(&head.headers))),
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
    let meta = outcome.map(|Read { body, request_id, envelope, warnings }| Meta {
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

/// How much of an answer is looked at to tell a document from an error of the API in its place.
const ERROR_CAP: usize = 64 * 1024;

/// The body of an answer; none if it is opened as it comes.
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
        if is_events(&head.headers) && !sink.keeps() {
            let ended = body.begin(1).await?;
            if !ended && !may_be_error(body.text()) {
                return Err(unwanted_events().with_request_id(prepared.cloud.request_id(&head.headers)));
            }
        }
        return body.whole(head.announced()).await.map(Some);
    };
    if !stream.wants(&head.headers) {
        return body.whole(head.announced()).await.map(Some);
    }
    // Where the status alone tells, as it does on most clouds, a document is what it is.
    if stream.is_document() && !matches!(prepared.cloud.envelope().failed, FailedIf::Never) {
        let ended = body.begin(ERROR_CAP).await?;
        let begin = if ended { Bytes::copy_from_slice(body.text()) } else { Bytes::new() };
        if ended && prepared.cloud.service_error(&Answer::new(head.status, &head.headers, &begin)).is_some() {
            return Ok(Some(begin));
        }
    }
    stream.take_body(body.take_stream());
    Ok(None)
}

/// The error of a stream that nobody asked for. Its source says that the host did its work.
fn unwanted_events() -> Error {
    let what = "the answer is a stream of events: call with `stream` (and declare the action with `stream = \"sse\"`), \
                or ask the service for one document";
    let misfit = <serde_json::Error as serde::de::Error>::custom("text/event-stream");
    Error::new(ErrorKind::Decode, what).with_sent(SendState::Answered).with_source(misfit)
}

/// A good response.
struct Read {
    body: Bytes,
    request_id: Option<String>,
    envelope: Option<&'static str>,
    warnings: Warnings,
}

impl Read {
    fn of(body: Bytes, request_id: Option<String>) -> Self {
        Self { body, request_id, envelope: None, warnings: Warnings::default() }
    }
}

/// Decides what an answer is, and decodes it if it is a success.
fn classify(
    prepared: &PreparedCall<'_>,
    input: &SignInput<'_>,
    head: &Head,
    body: Bytes,
    sink: &mut dyn Sink,
) -> Result<Read, Error> {
    let (status, headers) = (head.status, &head.headers);
    let answer = Answer::new(status, headers, &body);
    let header_id = || prepared.cloud.request_id(headers);
    let wait = || {
        let own = prepared.cloud.retry_after(headers);
        own.or_else(|| retry_after(headers, prepared.shared.context.clock.now()))
    };
    let service_error = || {
        let mut found = prepared.cloud.service_error(&answer)?;
        found.request_id = found.request_id.or_else(header_id);
        found.class = match (found.class, status.as_u16()) {
            (ErrorClass::Other, 429) => ErrorClass::Throttled,
            (ErrorClass::Other, 500 | 502 | 503 | 504) => ErrorClass::Transient,
            (class, _) => class,
        };
        if found.class == ErrorClass::Auth
            && let Some(advice) = prepared.cloud.advise(input, &found)
        {
            found.message = format!("{} ({advice})", found.message);
        }
        Some(Error::from_service(found, status, &body).with_retry_after(wait()))
    };
    if !status.is_success() {
        return Err(service_error().unwrap_or_else(|| {
            bare_status(status, headers, head.via.as_ref())
                .answered(status, &body)
                .with_request_id(header_id())
                .with_retry_after(wait())
        }));
    }
    let envelope = prepared.cloud.envelope();
    if sink.keeps() {
        // As with downloads: where the status alone tells, the body is what was asked for, even if it looks like an error.
        if !matches!(envelope.failed, FailedIf::Never)
            && let Some(error) = service_error()
        {
            return Err(error);
        }
        let kept = sink.keep(&body);
        kept.map_err(|error| error.answered(status, &body).with_request_id(header_id()))?;
        return Ok(Read::of(body, header_id()));
    }
    let mut seen = Seen::default();
    let text = without_bom(&body);
    let none =
        matches!(text.trim_ascii(), b"" | b"null" | b"\"\"") && status_allows_nothing(prepared, status);
    // A response with an envelope of its own would miss it in what is not there.
    let envelope = if none && envelope.no_content { Envelope::bare() } else { envelope };
    let text = if none { b"{}" } else { text };
    // One check of the whole text, then the parser need not check each part.
    let decoded = match std::str::from_utf8(text) {
        Ok(text) => {
            let shape = prepared.info.shape();
            let strict = prepared.shared.options.strict_responses;
            let how = Reading { envelope, headers, shape, strict };
            decode::read(sink, text, &how, &mut seen).map_err(|Misread { what, source }| {
                let what = match what {
                    Some(what) => format!("the response is not what the API promises: {what}"),
                    None if text.trim_ascii().is_empty() => "the response is empty".to_owned(),
                    None => "the response is not what the API promises".to_owned(),
                };
                Error::new(ErrorKind::Decode, what).with_source(source)
            })
        }
        Err(error) => {
            let coding = headers.get(http::header::CONTENT_ENCODING).and_then(|coding| coding.to_str().ok());
            let what = match coding {
                Some(coding) => {
                    format!("the response is compressed as `{coding}`, which is not decoded here")
                }
                None => "the answer is not UTF-8: if it is a file, `download` it".to_owned(),
            };
            Err(Error::new(ErrorKind::Decode, what).with_source(error))
        }
    };
    let request_id = seen.request_id.or_else(header_id);
    match decoded {
        Ok(()) if !seen.failed => {
            let call = (prepared.cloud.name(), prepared.info.name());
            spans::odd(call, request_id.as_deref(), &seen.warnings);
            Ok(Read { body, request_id, envelope: envelope.member, warnings: seen.warnings })
        }
        Ok(()) => Err(service_error().unwrap_or_else(|| {
            let what = "the answer is an error in a shape that the API does not document";
            Error::new(ErrorKind::Service, what).answered(status, &body).with_request_id(request_id)
        })),
        // An error answer need not fit the type of a success.
        Err(error) => {
            Err(service_error().unwrap_or_else(|| error.answered(status, &body).with_request_id(request_id)))
        }
    }
}

/// Whether a response without a document is a response: many deletions are answered with nothing.
fn status_allows_nothing(prepared: &PreparedCall<'_>, status: StatusCode) -> bool {
    let envelope = prepared.cloud.envelope();
    if envelope.no_content && matches!(status, StatusCode::NO_CONTENT | StatusCode::RESET_CONTENT) {
        return true;
    }
    envelope.empty && (status == StatusCode::NO_CONTENT || prepared.cloud.envelope_for(prepared.info).empty)
}

/// The error of a status whose body says nothing: a gateway's page, or none at all.
fn bare_status(status: StatusCode, headers: &HeaderMap, via: Option<&Via>) -> Error {
    let reason = status.canonical_reason().unwrap_or("unknown status");
    let what = format!("the server answered {reason}, without an error of the API");
    match status.as_u16() {
        300..=303 | 307 | 308 => Error::new(ErrorKind::Protocol, redirect::refused(headers)),
        401 | 403 => Error::new(ErrorKind::Auth, what),
        404 => Error::new(ErrorKind::NotFound, what),
        407 => {
            let proxy = via.map(|Via(proxy)| format!(" {proxy}")).unwrap_or_default();
            let what = format!(
                "the proxy{proxy} requires a user and a password, or does not accept them: set them in its URL"
            );
            Error::new(ErrorKind::Service, what)
        }
        408 | 500 | 502 | 503 | 504 => Error::new(ErrorKind::Service, what).with_transient(true),
        429 => Error::new(ErrorKind::Throttled, what),
        300..=399 => Error::new(ErrorKind::Protocol, what),
        _ => Error::new(ErrorKind::Service, what),
    }
}

/// The wait that a `Retry-After` asks for: seconds, or a date.
fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let text = headers.get(http::header::RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse::<u64>() {
        return Some(Duration::from_secs(seconds));
    }
    let date = httpdate::parse_http_date(text).ok()?;
    Some(date.duration_since(now).unwrap_or_default())
}
