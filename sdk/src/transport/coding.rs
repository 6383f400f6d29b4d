//! Content codings of responses: RFC 9110, section 8.4.
//!
//! `Content-Encoding` lists the codings of a body in the order in which they were applied, so they
//! are undone from the last to the first. This build undoes gzip if the cargo feature `gzip` is on.
//! A coding that it does not know stops the process: the body stays encoded from there on, and the
//! header keeps the names that are left.

use http::header::CONTENT_ENCODING;
use http::{HeaderMap, HeaderValue, StatusCode};

use super::{HttpResponse, TransportError};

/// The name of the coding that changes nothing.
const IDENTITY: &str = "identity";

/// Undoes the codings of a body that this build can read: gzip with the cargo feature of that name,
/// and `identity`.
///
/// A remaining header names the codings that are still applied. The body of a partial response (206)
/// is never decoded, because the range counts encoded bytes.
///
/// # Errors
///
/// Kind `Protocol` if a body is compressed more often than any server has a reason for.
pub(super) fn decode(response: &mut HttpResponse) -> Result<(), TransportError> {
    if !response.headers().contains_key(CONTENT_ENCODING) || response.status() == StatusCode::PARTIAL_CONTENT
    {
        return Ok(());
    }
    let mut codings = codings(response.headers());
    let named = codings.len();
    let mut layers = 0_usize;
    while let Some(last) = codings.last() {
        if is_gzip(last) {
            layers = layers.saturating_add(1);
        } else if last != IDENTITY {
            break;
        }
        codings.pop();
    }
    if codings.len() == named && named > 0 {
        return Ok(());
    }
    undo(response, layers)?;
    response.headers_mut().remove(CONTENT_ENCODING);
    if let Ok(rest) = HeaderValue::from_str(&codings.join(", "))
        && !codings.is_empty()
    {
        response.headers_mut().insert(CONTENT_ENCODING, rest);
    }
    Ok(())
}

/// The codings in the order in which they were applied, in lower case.
fn codings(headers: &HeaderMap) -> Vec<String> {
    let values = headers.get_all(CONTENT_ENCODING).iter();
    let texts = values.map(|value| String::from_utf8_lossy(value.as_bytes()).to_ascii_lowercase());
    texts
        .flat_map(|text| text.split(',').map(|coding| coding.trim().to_owned()).collect::<Vec<_>>())
        .filter(|coding| !coding.is_empty())
        .collect()
}

/// Whether a coding is gzip. RFC 9110 makes `x-gzip` an alias.
#[cfg(feature = "gzip")]
fn is_gzip(coding: &str) -> bool {
    matches!(coding, "gzip" | "x-gzip")
}

/// Without the cargo feature, gzip is an unknown coding.
#[cfg(not(feature = "gzip"))]
fn is_gzip(_: &str) -> bool {
    false
}

/// The largest number of gzip layers. More are a decompression bomb.
#[cfg(feature = "gzip")]
const LAYERS: usize = 4;

/// Decodes `layers` layers of gzip. The length of the encoded body is no longer true afterwards.
#[cfg(feature = "gzip")]
fn undo(response: &mut HttpResponse, layers: usize) -> Result<(), TransportError> {
    use super::ResponseBody;
    use crate::error::{ErrorKind, SendState};

    if layers > LAYERS {
        let what = format!("the response is compressed {layers} times: at most {LAYERS} layers are decoded");
        return Err(TransportError::new(ErrorKind::Protocol, SendState::Maybe, what));
    }
    for _ in 0..layers {
        let packed = std::mem::replace(response.body_mut(), ResponseBody::new(futures_util::stream::empty()));
        *response.body_mut() = ResponseBody::new(super::gzip::Gunzip::new(packed));
        response.headers_mut().remove(http::header::CONTENT_LENGTH);
    }
    Ok(())
}

/// Without the cargo feature there is nothing to decode.
#[cfg(not(feature = "gzip"))]
fn undo(_: &mut HttpResponse, _: usize) -> Result<(), TransportError> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::ResponseBody;
    use super::*;

    fn after(status: u16, values: &[&str]) -> Option<String> {
        let mut response = http::Response::new(ResponseBody::whole(""));
        *response.status_mut() = StatusCode::from_u16(status).unwrap();
        for value in values {
            response.headers_mut().append(CONTENT_ENCODING, value.parse().unwrap());
        }
        decode(&mut response).unwrap();
        let left = response.headers().get(CONTENT_ENCODING);
        left.map(|value| value.to_str().unwrap().to_owned())
    }

    #[test]
    fn only_what_is_left_is_named() {
        for (values, left) in [
            (&["identity"][..], None),
            (&["Identity", "identity"], None),
            (&["br"], Some("br")),
            (&["br, identity"], Some("br")),
            (&[" , "], None),
        ] {
            assert_eq!(after(200, values).as_deref(), left, "{values:?}");
        }
        assert_eq!(after(206, &["identity"]).as_deref(), Some("identity"), "a part stays as it is");
    }

    #[cfg(feature = "gzip")]
    #[test]
    fn gzip_is_undone_under_all_its_names() {
        for (values, left) in [
            (&["gzip"][..], None),
            (&["GZIP"], None),
            (&["x-gzip"], None),
            (&["X-GZip, identity"], None),
            (&["gzip, gzip"], None),
            (&["gzip", "x-gzip"], None),
            (&["br, gzip"], Some("br")),
            (&["gzip, br"], Some("gzip, br")),
        ] {
            assert_eq!(after(200, values).as_deref(), left, "{values:?}");
        }
        assert_eq!(after(206, &["gzip"]).as_deref(), Some("gzip"));
        let mut deep = http::Response::new(ResponseBody::whole(""));
        deep.headers_mut().insert(CONTENT_ENCODING, HeaderValue::from_static("gzip,gzip,gzip,gzip,gzip"));
        assert!(decode(&mut deep).unwrap_err().message.contains("5 times"));
    }
}
