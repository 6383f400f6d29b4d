//! Step 7 of a call: decides whether a response is a success or an error, and decodes it.
//!
//! Two facts decide together: the HTTP status, and what the provider's [`Envelope`] says
//! about failures in the body. Neither is enough alone. Tencent Cloud reports errors with
//! status 200; gateways send error pages with status 502 that no provider wrote.
//!
//! | status | body | result |
//! | --- | --- | --- |
//! | not 2xx | an API error | the API error |
//! | not 2xx | anything else | an error from the status alone, see `bare_status` |
//! | 2xx | fits the type, no error member | success |
//! | 2xx | has the error member of the envelope | the API error |
//! | 2xx | does not fit, but the provider finds an API error in it | the API error |
//! | 2xx | does not fit | `Decode`; never a success |
//!
//! For example, of Tencent Cloud with status 200:
//!
//! ```json
//! {"Response": {"Error": {"Code": "AuthFailure.SignatureFailure", "Message": "…"}, "RequestId": "r-1"}}
//! ```
//!
//! ```text
//! Error { kind: Auth, code: "AuthFailure.SignatureFailure", status: 200, request_id: "r-1" }
//! ```

use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::error::{Error, ErrorClass, ErrorKind};
use crate::pipeline::head::Head;
use crate::pipeline::prepare::PreparedCall;
use crate::pipeline::redirect;
use crate::pipeline::sink::Sink;
use crate::provider::{RawResponse, SignInput};
use crate::response::decode::{self, Misread, Reading, Seen, without_bom};
use crate::response::warning::Warnings;
use crate::response::{Envelope, FailedIf};
use crate::sign::time;
use crate::telemetry::spans;
use crate::transport::Via;

/// A successful response, before its head becomes part of the
/// [`Meta`](crate::response::Meta). The value itself is in the sink.
pub(crate) struct Success {
    /// The whole body as received, after decompression. It is kept for `Response::raw_body`
    /// and `to_json`, and shares its memory with the transport's buffer. Empty for a
    /// stream.
    pub(crate) body: Bytes,
    /// The request id from the body, or else from the headers.
    pub(crate) request_id: Option<String>,
    /// The member that holds the response, for `Response::to_json`. `None` if the document
    /// is the response, or if the response was empty.
    pub(crate) envelope: Option<&'static str>,
    /// The odd members that were found while the response was read.
    pub(crate) warnings: Warnings,
}

impl Success {
    /// A success without envelope and warnings: bytes, a text, or a stream.
    pub(crate) fn new(body: Bytes, request_id: Option<String>) -> Self {
        Self { body, request_id, envelope: None, warnings: Warnings::default() }
    }
}

/// Decides whether a response is a success or an error, and decodes a success into `sink`.
///
/// The usual success is decoded in one pass over the text and looks at each byte twice:
/// once for the check that it is UTF-8, once by the parser. The provider's own reader of
/// errors runs only if the status, the error member or a mismatch gives a reason.
///
/// Corrections to what a provider finds:
///
/// - The request id of the headers is used if the body has none.
/// - A code of the class `Other` with status 429 is throttling, with 500, 502, 503 or 504
///   it is transient. A class that the provider knows is never replaced.
/// - If the signature was refused, [`Provider::advise`](crate::provider::Provider::advise)
///   may add the likely cause to the message.
///
/// # Errors
///
/// An API error with the kind of its class; an error from the status; or kind `Decode` for
/// a success that cannot be read. All of them have status, request id, body, and, for
/// errors of the service, the delay that the server asks for.
pub(crate) fn classify(
    prepared: &PreparedCall<'_>,
    input: &SignInput<'_>,
    head: &Head,
    body: Bytes,
    sink: &mut dyn Sink,
) -> Result<Success, Error> {
    let (status, headers) = (head.status, &head.headers);
    let response = RawResponse::new(status, headers, &body);
    let header_id = || prepared.cloud.request_id(headers);
    let wait = || {
        let own = prepared.cloud.retry_after(headers);
        own.or_else(|| retry_after(headers, head.date(), prepared.shared.context.clock.now()))
    };
    let service_error = || {
        let mut found = prepared.cloud.service_error(&response)?;
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
                .or_request_id(header_id())
                .with_retry_after(wait())
        }));
    }
    let envelope = prepared.cloud.envelope();
    if sink.is_raw() {
        // As with downloads: if the status alone marks errors, a success is never searched
        // for an error.
        if !matches!(envelope.failed, FailedIf::Never)
            && let Some(error) = service_error()
        {
            return Err(error);
        }
        sink.store_raw(&body).map_err(|error| error.answered(status, &body).or_request_id(header_id()))?;
        return Ok(Success::new(body, header_id()));
    }
    let mut seen = Seen::default();
    let text = without_bom(&body);
    let none =
        matches!(text.trim_ascii(), b"" | b"null" | b"\"\"") && status_allows_nothing(prepared, status);
    // An empty response has no envelope, so none must be required.
    let envelope = if none && envelope.no_content { Envelope::bare() } else { envelope };
    let text = if none { b"{}" } else { text };
    // Checking the whole text once is cheaper than letting the parser check each string.
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
                None => "the response is not UTF-8: if it is a file, `download` it".to_owned(),
            };
            Err(Error::new(ErrorKind::Decode, what).with_source(error))
        }
    };
    let request_id = seen.request_id.or_else(header_id);
    match decoded {
        Ok(()) if !seen.failed => {
            let call = (prepared.cloud.name(), prepared.info.name());
            spans::log_warnings(call, request_id.as_deref(), &seen.warnings);
            Ok(Success { body, request_id, envelope: envelope.member, warnings: seen.warnings })
        }
        Ok(()) => Err(service_error().unwrap_or_else(|| {
            let what = "the response is an error in a form that the API does not document";
            Error::new(ErrorKind::Service, what).answered(status, &body).or_request_id(request_id)
        })),
        // An error need not fit the type of a success.
        Err(error) => {
            Err(service_error().unwrap_or_else(|| error.answered(status, &body).or_request_id(request_id)))
        }
    }
}

/// True if the API promises no document for this action and status. Many deletions respond
/// with an empty body.
///
/// It is asked only if the body is empty, `null` or `""`. Then the response is read as
/// `{}`: the type must do without members, and a type with a required member is an error.
fn status_allows_nothing(prepared: &PreparedCall<'_>, status: StatusCode) -> bool {
    let envelope = prepared.cloud.envelope();
    if envelope.no_content && matches!(status, StatusCode::NO_CONTENT | StatusCode::RESET_CONTENT) {
        return true;
    }
    envelope.empty && (status == StatusCode::NO_CONTENT || prepared.cloud.envelope_for(prepared.info).empty)
}

/// The error of a response without an API error in its body, such as the page of a gateway.
///
/// | status | kind | retried |
/// | --- | --- | --- |
/// | 300 to 303, 307, 308 | `Protocol`, with the target | no |
/// | 401, 403 | `Auth` | no |
/// | 404 | `NotFound` | no |
/// | 407 | `Service`, names the proxy | no |
/// | 408, 500, 502, 503, 504 | `Service`, transient | if repeating is safe |
/// | 429 | `Throttled` | yes |
/// | other 3xx | `Protocol` | no |
/// | any other | `Service` | no |
fn bare_status(status: StatusCode, headers: &HeaderMap, via: Option<&Via>) -> Error {
    let reason = status.canonical_reason().unwrap_or("unknown status");
    let what = format!("the server responded with {reason}, without an API error");
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

/// The delay that a `Retry-After` header asks for, in seconds or as a date. A date in the
/// past is a delay of zero. `None` without the header, or if it is neither.
///
/// ```text
/// Retry-After: 3                                3 s
/// Retry-After: Wed, 21 Oct 2026 07:28:00 GMT    the time until then, by the server's clock
/// ```
///
/// The time of the server is the `date` of its response, because the local clock may be
/// wrong. `now` is the local time, for a response without it.
fn retry_after(headers: &HeaderMap, date: Option<SystemTime>, now: SystemTime) -> Option<Duration> {
    let text = headers.get(http::header::RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse::<u64>() {
        return Some(Duration::from_secs(seconds));
    }
    let until = time::read_http_date(text)?;
    Some(until.duration_since(date.unwrap_or(now)).unwrap_or_default())
}
