//! The head of a response: status and headers.

use std::time::SystemTime;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::sign::time;
use crate::transport::{HttpResponse, ResponseBody, Via};

/// The head of a response, kept for observers. The headers of a success move into its [`Meta`].
pub(crate) struct Head {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body_len: usize,
    /// The body, if an observer asked for bodies.
    pub(crate) body: Option<Bytes>,
    /// The proxy that the response came through.
    pub(crate) via: Option<Via>,
}

impl Head {
    pub(crate) fn of(response: HttpResponse) -> (Self, ResponseBody) {
        let (mut head, body) = response.into_parts();
        let via = head.extensions.remove();
        (Self { status: head.status, headers: head.headers, body_len: 0, body: None, via }, body)
    }

    /// The length of the body in bytes, as `Content-Length` states it. 0 without that header.
    pub(crate) fn announced(&self) -> usize {
        let length = self.headers.get(http::header::CONTENT_LENGTH).and_then(|value| value.to_str().ok());
        length.and_then(|length| length.parse().ok()).unwrap_or(0)
    }

    pub(crate) fn date(&self) -> Option<SystemTime> {
        let date = self.headers.get(http::header::DATE)?.to_str().ok()?;
        time::read_http_date(date)
    }
}
