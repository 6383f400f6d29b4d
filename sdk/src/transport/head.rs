//! The heads of requests and responses: headers that both transports add, and checks that both make.

#[cfg(feature = "gzip")]
use http::header::ACCEPT_ENCODING;
use http::header::{ACCEPT, CONTENT_LENGTH};
use http::{HeaderMap, HeaderValue};
use std::sync::Arc;

use super::{HttpResponse, ResponseBody, TransportError, Via, coding};
use crate::error::{ErrorKind, SendState};

/// Adds the headers that are not signed: `Accept`, `Accept-Encoding` and `Content-Length`, unless
/// the request has them. A `length` of 0 means that the length is unknown, or that there is no body.
///
/// The HTTP libraries would add them to a copy of the map, which then grows to twice its size. The
/// signers therefore leave room for three headers.
pub(super) fn complete(headers: &mut HeaderMap, length: usize) {
    headers.entry(ACCEPT).or_insert(HeaderValue::from_static("*/*"));
    #[cfg(feature = "gzip")]
    headers.entry(ACCEPT_ENCODING).or_insert(HeaderValue::from_static("gzip"));
    if length > 0 {
        headers.entry(CONTENT_LENGTH).or_insert(length.into());
    }
}

/// A response whose head has arrived. Its size is checked, and its body is decoded. `via` is the
/// proxy that it came through, as `host:port`.
///
/// The HTTP libraries limit the buffer of a head, not its headers, so the sum of all names and
/// values is checked here: it is the limit that `max_header_bytes` documents.
///
/// # Errors
///
/// Kind `TooLarge` if the head exceeds the limit, and those of [`coding::decode`].
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

/// The error of a head that is larger than `limit`, in bytes. Without a limit, it did not fit into
/// the buffer of the HTTP library.
pub(super) fn too_large(limit: Option<usize>) -> TransportError {
    let what = match limit {
        Some(limit) => format!("the head of the response is larger than {limit} bytes (max_header_bytes)"),
        None => "the head of the response is too large".to_owned(),
    };
    TransportError::new(ErrorKind::TooLarge, SendState::Maybe, what)
}
