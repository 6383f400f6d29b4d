//! Constants and pure functions that the signers and encoders of several providers share.
//!
//! What is here does the same for each vendor: content types, the bytes of a payload, the headers of a call.
//! Nothing here does I/O or depends on one vendor; what differs between two vendors stays in their folders.
//! Encoders call [`not_json`], and signers call [`headers`], [`content_type`] and [`bytes`] before they
//! compute a signature, so that the body is encoded once for both the digest and the wire.

use bytes::Bytes;
use http::{HeaderMap, HeaderValue};

use crate::action::request::Payload;
use crate::provider::SignInput;
use crate::sign::encode;

/// Declares private constants for names of headers, which must be in lower case:
///
/// ```text
/// header_names! { DATE = "x-date" }
/// ```
///
/// A constant needs no check and no allocation for each request.
macro_rules! header_names {
    ($($name:ident = $text:literal),* $(,)?) => {
        $(const $name: http::HeaderName = http::HeaderName::from_static($text);)*
    };
}
pub(crate) use header_names;

/// The content type of JSON bodies, without a charset: JSON is always UTF-8.
pub(crate) const JSON: HeaderValue = HeaderValue::from_static("application/json");
/// The content type of form bodies, `name=value&…`.
pub(crate) const FORM: HeaderValue = HeaderValue::from_static("application/x-www-form-urlencoded");
/// The content type of XML bodies.
#[cfg(any(feature = "huawei", feature = "alibaba"))]
pub(crate) const XML: HeaderValue = HeaderValue::from_static("application/xml");
/// The content type of bodies whose format is unknown, such as files.
#[cfg(any(feature = "tencent", feature = "huawei", feature = "alibaba"))]
pub(crate) const OCTETS: HeaderValue = HeaderValue::from_static("application/octet-stream");

/// Name-value pairs as [`encode::form`] and [`encode::query`] take them.
pub(crate) fn texts(pairs: &[(String, String)]) -> impl Iterator<Item = (&str, &str)> {
    pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()))
}

/// The content type that a payload needs. `None` for an empty payload.
///
/// A header `Content-Type` of the caller takes precedence: the signers insert this one only if there is none.
pub(crate) fn content_type(payload: &Payload) -> Option<HeaderValue> {
    match payload {
        Payload::Empty => None,
        Payload::Form(_) => Some(FORM),
        Payload::Bytes { content_type, .. } | Payload::Stream { content_type, .. } => {
            Some(content_type.clone())
        }
    }
}

/// The bytes of a payload, which are both hashed and sent. A form is encoded here, with `+` for a space. A
/// streamed payload gives no bytes: the transport reads its source, and its digest was measured before.
pub(crate) fn bytes(payload: &Payload) -> Bytes {
    match payload {
        Payload::Empty | Payload::Stream { .. } => Bytes::new(),
        Payload::Bytes { data, .. } => data.clone(),
        Payload::Form(pairs) => Bytes::from(encode::form(texts(pairs))),
    }
}

/// A new header map with the headers that the action, the client and the caller set. It has room for `more`
/// others, so that a signer does not reallocate.
pub(crate) fn headers(input: &SignInput<'_>, more: usize) -> HeaderMap {
    let given = &input.parts.headers;
    let mut headers = HeaderMap::with_capacity(given.len() + more);
    headers.extend(given.iter().map(|(name, value)| (name.clone(), value.clone())));
    headers
}

/// The headers that the signature of a request covers, such as `content-type;host`. `None` if `Authorization`
/// does not list them: the older schemes sign parameters.
#[cfg(any(feature = "tencent", feature = "huawei", feature = "volcengine"))]
pub(crate) fn signed_headers(request: &crate::transport::HttpRequest) -> Option<&str> {
    let authorization = request.headers().get(http::header::AUTHORIZATION)?.to_str().ok()?;
    authorization.split("SignedHeaders=").nth(1)?.split(',').next()
}

/// A nonce as a positive integer below 2^63, because the vendor's own signers send a number: the upper 63 of
/// its first 64 bits, and 1 instead of 0.
#[cfg(feature = "tencent")]
pub(crate) fn numeric_nonce(nonce: [u8; 16]) -> u64 {
    let [a, b, c, d, e, f, g, h, ..] = nonce;
    (u64::from_be_bytes([a, b, c, d, e, f, g, h]) >> 1).max(1)
}

/// The error of a parameter whose value is not valid JSON. It occurs only for JSON text that the caller wrote
/// by hand.
#[cfg(any(feature = "tencent", feature = "alibaba", feature = "volcengine"))]
pub(crate) fn not_json(error: serde_json::Error) -> crate::error::Error {
    crate::error::Error::config("a parameter is not JSON").with_source(error)
}
