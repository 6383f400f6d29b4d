//! The heads of requests and responses: what both transports add and check.

#[cfg(feature = "gzip")]
use http::header::ACCEPT_ENCODING;
use http::header::{ACCEPT, CONTENT_LENGTH};
use http::{HeaderMap, HeaderValue};
use std::sync::Arc;

use super::{HttpResponse, ResponseBody, TransportError, Via, coding};
use crate::error::{ErrorKind, SendState};

/// Adds the headers that are not signed. A `length` of 0 is not known, or of no body.
///
/// The HTTP libraries would add them to a copy of the map, which then grows to twice its size.
pub(super) fn complete(headers: &mut HeaderMap, length: usize) {
    headers.entry(ACCEPT).or_insert(HeaderValue::from_static("*/*"));
    #[cfg(feature = "gzip")]
    headers.entry(ACCEPT_ENCODING).or_insert(HeaderValue::from_static("gzip"));
    if length > 0 {
        headers.entry(CONTENT_LENGTH).or_insert(length.into());
    }
}

/// A response whose head has arrived: its size is checked, and its body is decoded. `via` is the proxy that it came through.
pub(super) fn arrived(
    head: http::response::Parts,
    body: ResponseBody,
    via: Option<Arc<str>>,
    max_header_bytes: usize,
) -> Result<HttpResponse, TransportError> {
    let size = head.headers.iter().map(|(name, value)| name.as_str().len() + value.len()).sum::<usize>();
    if size > max_header_bytes {
        return Err(too_large(Some(max_header_bytes)));
    }
    let mut response = http::Response::from_parts(head, body);
    coding::decode(&mut response)?;
    if let Some(via) = via {
        response.extensions_mut().insert(Via(via));
    }
    Ok(response)
}

/// The error of a head that is larger than the limit; without a number, than the library's.
pub(super) fn too_large(limit: Option<usize>) -> TransportError {
    let what = match limit {
        Some(limit) => format!("the head of the answer is larger than {limit} bytes (max_header_bytes)"),
        None => "the head of the answer is too large".to_owned(),
    };
    TransportError::new(ErrorKind::TooLarge, SendState::Maybe, what)
}
