//! Constants and small functions that the signers and encoders of several clouds share.
//!
//! Everything here is data or a pure function. What differs between two clouds stays in their folders.

use bytes::Bytes;
use http::{HeaderMap, HeaderValue};

use crate::action::request::Payload;
use crate::provider::SignInput;
use crate::sign::encode;

/// Declares private constants for the lower-case names of headers.
macro_rules! header_names {
    ($($name:ident = $text:literal),* $(,)?) => {
        $(const $name: http::HeaderName = http::HeaderName::from_static($text);)*
    };
}
pub(crate) use header_names;

/// The content type of JSON bodies.
pub(crate) const JSON: HeaderValue = HeaderValue::from_static("application/json");
/// The content type of form bodies.
pub(crate) const FORM: HeaderValue = HeaderValue::from_static("application/x-www-form-urlencoded");
/// The content type of XML bodies.
#[cfg(any(feature = "huawei", feature = "alibaba"))]
pub(crate) const XML: HeaderValue = HeaderValue::from_static("application/xml");
/// The content type of bodies whose format is not known.
#[cfg(any(feature = "tencent", feature = "huawei", feature = "alibaba"))]
pub(crate) const OCTETS: HeaderValue = HeaderValue::from_static("application/octet-stream");

/// Name-value pairs as the encoders of `sign::encode` take them.
pub(crate) fn texts(pairs: &[(String, String)]) -> impl Iterator<Item = (&str, &str)> {
    pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()))
}

/// The content type of a payload. An empty payload has none.
pub(crate) fn content_type(payload: &Payload) -> Option<HeaderValue> {
    match payload {
        Payload::Empty => None,
        Payload::Form(_) => Some(FORM),
        Payload::Bytes { content_type, .. } | Payload::Stream { content_type, .. } => {
            Some(content_type.clone())
        }
    }
}

/// The bytes of a payload. A streamed payload has none here: the transport reads its source.
pub(crate) fn bytes(payload: &Payload) -> Bytes {
    match payload {
        Payload::Empty | Payload::Stream { .. } => Bytes::new(),
        Payload::Bytes { data, .. } => data.clone(),
        Payload::Form(pairs) => Bytes::from(encode::form(texts(pairs))),
    }
}

/// The headers that the action and the caller set, with room for `more` others.
pub(crate) fn headers(input: &SignInput<'_>, more: usize) -> HeaderMap {
    let given = &input.parts.headers;
    let mut headers = HeaderMap::with_capacity(given.len() + more);
    headers.extend(given.iter().map(|(name, value)| (name.clone(), value.clone())));
    headers
}

/// A nonce as a positive number below 2^63, which is what the vendor's own signers send.
#[cfg(feature = "tencent")]
pub(crate) fn numeric_nonce(nonce: [u8; 16]) -> u64 {
    let [a, b, c, d, e, f, g, h, ..] = nonce;
    (u64::from_be_bytes([a, b, c, d, e, f, g, h]) >> 1).max(1)
}

/// The error of a parameter whose value is not JSON.
#[cfg(any(feature = "tencent", feature = "alibaba", feature = "volcengine"))]
pub(crate) fn not_json(error: serde_json::Error) -> crate::error::Error {
    crate::error::Error::config("a parameter is not JSON").with_source(error)
}
