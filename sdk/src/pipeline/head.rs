//! The head of a response: status and headers.
//!
//! It is a type of its own because the body goes another way. The transport returns both
//! together; `receive.rs` splits them with [`Head::of`], reads the body, and keeps the head
//! for `classify.rs`, the observers and the clock-skew correction.

use std::time::SystemTime;

use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode};

use crate::sign::time;
use crate::transport::{HttpResponse, ResponseBody, Via};

/// The head of a response, kept until the attempt has been reported to the observers.
///
/// The headers of a success move into its [`Meta`](crate::response::Meta) without a copy,
/// so `headers` is empty then. Observers get the headers from there.
pub(crate) struct Head {
    /// The HTTP status. It alone does not decide about success: Tencent Cloud reports
    /// errors with status 200.
    pub(crate) status: StatusCode,
    /// The headers of the response. Empty after they moved into the `Meta` of a success.
    pub(crate) headers: HeaderMap,
    /// Whether a body follows. To HEAD and with the statuses 204 and 304 there is none,
    /// whatever the headers say: they describe the response to a GET (RFC 9110, 8.6).
    pub(crate) has_body: bool,
    /// The length of the body in bytes, after decompression. 0 until the body has been
    /// read, and for a stream.
    pub(crate) body_len: usize,
    /// The body, if an observer asks for bodies. It shares its memory with the response.
    pub(crate) body: Option<Bytes>,
    /// The proxy that the response came through, for the message of a 407. The transport
    /// puts it into the extensions of the response.
    pub(crate) via: Option<Via>,
}

impl Head {
    /// Splits a response into its head and its body. Nothing is copied. `method` is that of
    /// the request.
    pub(crate) fn of(response: HttpResponse, method: &Method) -> (Self, ResponseBody) {
        let (mut head, body) = response.into_parts();
        let via = head.extensions.remove();
        let (status, headers) = (head.status, head.headers);
        let has_body =
            method != Method::HEAD && !matches!(status, StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED);
        (Self { status, headers, has_body, body_len: 0, body: None, via }, body)
    }

    /// The length of the body in bytes, as `Content-Length` states it. 0 without a body or
    /// that header, or if it is not a number.
    ///
    /// It is used to reserve memory and to reject a body that is too large before reading
    /// it. It is never trusted: the bytes that arrive are counted.
    pub(crate) fn announced(&self) -> usize {
        if !self.has_body {
            return 0;
        }
        let length = self.headers.get(http::header::CONTENT_LENGTH).and_then(|value| value.to_str().ok());
        length.and_then(|length| length.parse().ok()).unwrap_or(0)
    }

    /// The time of the server, from the header `Date`. The clock-skew correction uses it.
    /// `None` if the header is missing or not an HTTP date.
    pub(crate) fn date(&self) -> Option<SystemTime> {
        let date = self.headers.get(http::header::DATE)?.to_str().ok()?;
        time::read_http_date(date)
    }
}
