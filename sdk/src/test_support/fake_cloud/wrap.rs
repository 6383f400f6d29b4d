//! Writes a response as HTTP, in the vendor's envelope.
//!
//! The vendors only give a document and a status. The headers that all of them have are added here:
//! content type, request id and date.

use std::time::SystemTime;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, DATE};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

use super::refusal::Refusal;
use super::response::{Content, LocalResponse};
use super::vendor::{Vendor, Wrapped};
use crate::sign::time;

type HttpResponse = http::Response<Bytes>;

/// The HTTP response; `None` if the connection is to be closed instead.
///
/// `now` is written into `Date`. The delay of the response is not used: the caller has waited already.
/// Headers of the test replace headers of the same name.
///
/// ```http
/// HTTP/1.1 200 OK
/// Content-Type: application/json
/// X-Tt-Logid: 6f1d…
/// Date: Mon, 01 Jan 2024 00:00:00 GMT
///
/// {"ResponseMetadata":{"RequestId":"6f1d…"},"Result":{"TotalCount":0}}
/// ```
pub(crate) fn scripted(
    vendor: &dyn Vendor,
    script: LocalResponse,
    request_id: &str,
    now: SystemTime,
) -> Option<HttpResponse> {
    let LocalResponse { content, status, headers, .. } = script;
    let mut response = match content {
        Content::HangUp => return None,
        Content::Ok(value) => document(vendor, vendor.success(value, request_id), request_id, status, now),
        Content::Error { code, message } => {
            let mut refusal = Refusal::new(code, message);
            refusal.status = status;
            refused(vendor, &refusal, request_id, now)
        }
        Content::Mistake(what) => {
            let mut response = http::Response::new(Bytes::from(format!("mistake in the test: {what}")));
            *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
            response
        }
        Content::Raw { content_type, body } => bytes(&content_type, body, status, now),
        Content::Pieces { content_type, pieces } => {
            let mut response = bytes(&content_type, Bytes::new(), status, now);
            response.extensions_mut().insert(pieces);
            response
        }
    };
    response.headers_mut().extend(headers);
    Some(response)
}

/// A response with a body that is sent as given. It has a date, and no request id.
fn bytes(content_type: &str, body: Bytes, status: Option<StatusCode>, now: SystemTime) -> HttpResponse {
    let mut response = http::Response::new(body);
    *response.status_mut() = status.unwrap_or(StatusCode::OK);
    if let Ok(content_type) = HeaderValue::from_str(content_type) {
        response.headers_mut().insert(CONTENT_TYPE, content_type);
    }
    date(now, response.headers_mut());
    response
}

/// An error in the vendor's form.
pub(crate) fn refused(
    vendor: &dyn Vendor,
    refusal: &Refusal,
    request_id: &str,
    now: SystemTime,
) -> HttpResponse {
    document(vendor, vendor.failure(refusal, request_id), request_id, None, now)
}

/// A response with a JSON document, or with an empty body if the document is null.
fn document(
    vendor: &dyn Vendor,
    wrapped: Wrapped,
    request_id: &str,
    status: Option<StatusCode>,
    now: SystemTime,
) -> HttpResponse {
    let empty = wrapped.document.is_null();
    let text = if empty { String::new() } else { wrapped.document.to_string() };
    let mut response = http::Response::new(Bytes::from(text));
    *response.status_mut() = status.unwrap_or(wrapped.status);
    let headers = response.headers_mut();
    if !empty {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    }
    if let (Some(name), Ok(id)) = (vendor.id_header(), HeaderValue::from_str(request_id)) {
        headers.insert(HeaderName::from_static(name), id);
    }
    date(now, headers);
    response
}

/// Adds the server's time, by which a client corrects a wrong clock.
fn date(now: SystemTime, headers: &mut HeaderMap) {
    if let Ok(date) = HeaderValue::from_str(&time::http_date(now)) {
        headers.insert(DATE, date);
    }
}
