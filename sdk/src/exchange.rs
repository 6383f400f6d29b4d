//! One request out, one answer in: limits of time and size, and what the answer is.

use std::time::{Duration, SystemTime};

use bytes::{Bytes, BytesMut};
use http::{HeaderMap, StatusCode};

use crate::decode::{FailedIf, Seen, Sink, without_bom};
use crate::error::{Error, ErrorClass, ErrorKind, Sent};
use crate::limit::within;
use crate::plan::Plan;
use crate::provider::{Answer, SignInput};
use crate::response::Meta;
use crate::stall::Pace;
use crate::stream::{is_events, may_be_error, rejoin};
use crate::transport::{HttpRequest, ResponseBody, timed_out};

/// The head of an answer, kept for those who look at the outcome.
pub(crate) struct Head {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body_len: usize,
    /// The body, where an interceptor wants to see it.
    pub(crate) body: Option<Bytes>,
}

impl Head {
    pub(crate) fn date(&self) -> Option<SystemTime> {
        let date = self.headers.get(http::header::DATE)?.to_str().ok()?;
        httpdate::parse_http_date(date).ok()
    }
}

/// Steps 5 and 6: sends a signed request, and reads the answer into `sink`.
pub(crate) async fn send(
    plan: &Plan<'_>,
    input: &SignInput<'_>,
    request: HttpRequest,
    number: u32,
    sink: &mut dyn Sink,
) -> (Result<Meta, Error>, Option<Head>) {
    let context = &plan.shared.context;
    let attempt = plan.timeouts.attempt.min(plan.remaining());
    let end = context.clock.uptime().saturating_add(attempt);
    let limit = attempt.min(plan.timeouts.read);
    // Kept until the answer is read: an upload that is not over by then is given up.
    let upload = match plan.outgoing(&request, number) {
        Ok(upload) => upload,
        Err(error) => return (Err(error), None),
    };
    let transport = &plan.shared.transport;
    let sent = match &upload {
        Some(upload) => Box::pin(upload.send(context, transport, request, plan.timeouts.read, end)).await,
        None => match within(context, limit, transport.send(request)).await {
            Ok(sent) => sent.map_err(Error::from),
            Err(_) => Err(timed_out("no answer", limit, Sent::Maybe)),
        },
    };
    let response = match sent {
        Ok(response) => response,
        Err(error) => return (Err(error), None),
    };
    let (http, body) = response.into_parts();
    let mut head = Head { status: http.status, headers: http.headers, body_len: 0, body: None };
    let outcome = match receive(plan, &head, body, end, sink).await {
        Ok(Some(body)) => {
            head.body_len = body.len();
            head.body = plan.shared.bodies.then(|| body.clone());
            read_answer(plan, input, &head, body, sink)
        }
        // What comes is the caller's to read.
        Ok(None) => Ok((Bytes::new(), plan.cloud.request_id(&head.headers), None)),
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
    let meta = outcome.map(|(body, request_id, envelope)| Meta {
        status: head.status,
        headers: head.headers.clone(),
        body,
        request_id,
        attempts: number,
        endpoint: input.endpoint.authority().to_owned(),
        envelope,
    });
    (meta, Some(head))
}

/// How much of an answer is looked at to tell a document from an error of the API in its place.
const ERROR_CAP: usize = 64 * 1024;

/// The body of an answer; none if it is taken as it comes.
async fn receive(
    plan: &Plan<'_>,
    head: &Head,
    mut body: ResponseBody,
    end: Duration,
    sink: &mut dyn Sink,
) -> Result<Option<Bytes>, Error> {
    if !head.status.is_success() {
        return read(plan, head, body, end).await.map(Some);
    }
    let Some(taker) = sink.taker() else {
        if is_events(&head.headers) {
            let (begin, ended) = peek(plan, &mut body, end, 1).await?;
            if !ended && !may_be_error(&begin) {
                return Err(unwanted_events().with_request_id(plan.cloud.request_id(&head.headers)));
            }
            body = rejoin(begin, body);
        }
        return read(plan, head, body, end).await.map(Some);
    };
    if !taker.wants(&head.headers) {
        return read(plan, head, body, end).await.map(Some);
    }
    // Where the status alone tells, as it does on most clouds, a document is what it is.
    if taker.is_document() && !matches!(plan.cloud.envelope().failed, FailedIf::Never) {
        let (begin, ended) = peek(plan, &mut body, end, ERROR_CAP).await?;
        let answer = Answer::new(head.status, &head.headers, &begin);
        if ended && plan.cloud.service_error(&answer).is_some() {
            return Ok(Some(begin));
        }
        body = rejoin(begin, body);
    }
    taker.put(body);
    Ok(None)
}

/// Reads the beginning of a body, as long as it may be an error of the API and up to `enough` bytes. Says whether the body
/// ended.
async fn peek(
    plan: &Plan<'_>,
    body: &mut ResponseBody,
    end: Duration,
    enough: usize,
) -> Result<(Bytes, bool), Error> {
    let context = &plan.shared.context;
    let mut pace = Pace::new(plan.timeouts.stall, context.clock.uptime());
    let mut begin = BytesMut::new();
    while begin.len() < enough && (begin.trim_ascii().is_empty() || may_be_error(&begin)) {
        let limit = plan.timeouts.read.min(end.saturating_sub(context.clock.uptime()));
        match pace.next(context, body, limit).await? {
            Some(piece) => begin.extend_from_slice(&piece?),
            None => return Ok((begin.freeze(), true)),
        }
    }
    Ok((begin.freeze(), false))
}

/// The error of a stream that nobody asked for. Its source says that the host did its work.
fn unwanted_events() -> Error {
    let what = "the answer is a stream of events: call with `stream` (and declare the action with `stream = \"sse\"`), \
                or ask the service for one document";
    let misfit = <serde_json::Error as serde::de::Error>::custom("text/event-stream");
    Error::new(ErrorKind::Decode, what).with_sent(Sent::Answered).with_source(misfit)
}

/// Reads a body under the limits of size and time.
async fn read(plan: &Plan<'_>, head: &Head, mut body: ResponseBody, end: Duration) -> Result<Bytes, Error> {
    let context = &plan.shared.context;
    let cap = plan.shared.options.http.max_body_bytes;
    let too_large = || {
        let what =
            format!("the answer is larger than the {cap} bytes that the client reads (max_body_bytes)");
        Error::new(ErrorKind::TooLarge, what)
    };
    let length = head.headers.get(http::header::CONTENT_LENGTH).and_then(|value| value.to_str().ok());
    let announced: usize = length.and_then(|length| length.parse().ok()).unwrap_or(0);
    if announced > cap {
        return Err(too_large());
    }
    let mut pace = Pace::new(plan.timeouts.stall, context.clock.uptime());
    let mut first = Bytes::new();
    let mut more = BytesMut::new();
    loop {
        let limit = plan.timeouts.read.min(end.saturating_sub(context.clock.uptime()));
        let Some(piece) = pace.next(context, &mut body, limit).await? else { break };
        let piece = piece?;
        if first.len() + more.len() + piece.len() > cap {
            return Err(too_large());
        }
        // A small answer comes in one piece, which is then used as it is.
        if first.is_empty() && more.is_empty() {
            first = piece;
            continue;
        }
        if more.is_empty() {
            more.reserve(announced.max(first.len() + piece.len()));
            more.extend_from_slice(&first);
            first = Bytes::new();
        }
        more.extend_from_slice(&piece);
    }
    Ok(if more.is_empty() { first } else { more.freeze() })
}

type Read = (Bytes, Option<String>, Option<&'static str>);

/// Decides what an answer is, and decodes it if it is a success.
fn read_answer(
    plan: &Plan<'_>,
    input: &SignInput<'_>,
    head: &Head,
    body: Bytes,
    sink: &mut dyn Sink,
) -> Result<Read, Error> {
    let (status, headers) = (head.status, &head.headers);
    let answer = Answer::new(status, headers, &body);
    let header_id = || plan.cloud.request_id(headers);
    let wait = || {
        let own = plan.cloud.retry_after(headers);
        own.or_else(|| retry_after(headers, plan.shared.context.clock.now()))
    };
    let service_error = || {
        let mut found = plan.cloud.service_error(&answer)?;
        found.request_id = found.request_id.or_else(header_id);
        found.class = match (found.class, status.as_u16()) {
            (ErrorClass::Other, 429) => ErrorClass::Throttled,
            (ErrorClass::Other, 500 | 502 | 503 | 504) => ErrorClass::Transient,
            (class, _) => class,
        };
        if found.class == ErrorClass::Auth
            && let Some(advice) = plan.cloud.advise(input, &found)
        {
            found.message = format!("{} ({advice})", found.message);
        }
        Some(Error::from_service(found, status, &body).with_retry_after(wait()))
    };
    if !status.is_success() {
        return Err(service_error().unwrap_or_else(|| {
            bare_status(status).answered(status, &body).with_request_id(header_id()).with_retry_after(wait())
        }));
    }
    let envelope = plan.cloud.envelope();
    let mut seen = Seen::default();
    let text = without_bom(&body);
    let text = if text.is_empty() && envelope.empty { b"{}" } else { text };
    // One check of the whole text, then the parser need not check each part.
    let decoded = match std::str::from_utf8(text) {
        Ok(text) => sink.read(text, &envelope, headers, &mut seen).map_err(|error| {
            let what = match seen.misfit.take() {
                Some(what) => what,
                None if text.is_empty() => "the answer is empty".to_owned(),
                None => "the answer is not what the API promises".to_owned(),
            };
            Error::new(ErrorKind::Decode, what).with_source(error)
        }),
        Err(error) => {
            let what = "the answer is not UTF-8: if it is a file, `download` it";
            Err(Error::new(ErrorKind::Decode, what).with_source(error))
        }
    };
    let request_id = seen.request_id.or_else(header_id);
    match decoded {
        Ok(()) if !seen.failed => Ok((body, request_id, envelope.member)),
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

/// The error of a status whose body says nothing: a gateway's page, or none at all.
fn bare_status(status: StatusCode) -> Error {
    let reason = status.canonical_reason().unwrap_or("unknown status");
    let what = format!("the server answered {reason}, without an error of the API");
    match status.as_u16() {
        300..=399 => {
            Error::new(ErrorKind::Protocol, "the server answered with a redirect, which is never followed")
        }
        401 | 403 => Error::new(ErrorKind::Auth, what),
        404 => Error::new(ErrorKind::NotFound, what),
        407 => {
            let what = "the proxy wants a user and a password, or does not accept them: give them in its URL";
            Error::new(ErrorKind::Service, what)
        }
        408 | 500 | 502 | 503 | 504 => Error::new(ErrorKind::Service, what).with_transient(true),
        429 => Error::new(ErrorKind::Throttled, what),
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
