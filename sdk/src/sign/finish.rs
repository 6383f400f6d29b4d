//! The last step of every signer: checked header values, and the finished request.
//!
//! A signer computes texts. This module turns them into an [`HttpRequest`]: it refuses control characters,
//! marks secrets so that no log shows them, and joins endpoint, path and query into a URI. The pipeline then
//! sends the request unchanged, so what is built here is what was signed.

#[cfg(feature = "tencent")]
use std::borrow::Cow;

use bytes::Bytes;
use http::uri::PathAndQuery;
use http::{HeaderMap, HeaderValue};

use crate::error::{Error, ErrorKind};
use crate::provider::SignInput;
use crate::transport::HttpRequest;

/// A header value from outside the program, such as a setting or a name of an action.
///
/// An error of kind `Config` if it has a control character: a line break would start another header. `what`
/// names the value in the message: ``the action `a\nb` has a control character``.
pub(crate) fn value(what: &str, text: &str) -> Result<HeaderValue, Error> {
    HeaderValue::from_bytes(text.as_bytes()).map_err(|_| refused(what, text.as_bytes()))
}

/// A header value that is either a literal of the program or comes from outside; a literal is not copied.
///
/// Errors are those of [`value`].
#[cfg(feature = "tencent")]
pub(crate) fn text(what: &str, text: Cow<'static, str>) -> Result<HeaderValue, Error> {
    match text {
        Cow::Borrowed(text) => owned(what, Bytes::from_static(text.as_bytes())),
        Cow::Owned(text) => owned(what, text),
    }
}

/// A header value from a text that was made for this request. It takes the memory of the text over.
///
/// Errors are those of [`value`].
#[cfg(feature = "tencent")]
pub(crate) fn owned(what: &str, text: impl Into<Bytes>) -> Result<HeaderValue, Error> {
    let text = text.into();
    HeaderValue::from_maybe_shared(text.clone()).map_err(|_| refused(what, &text))
}

/// The error of a value with a control character. The value is quoted with its control characters escaped, so
/// the message stays on one line.
fn refused(what: &str, text: &[u8]) -> Error {
    let shown = String::from_utf8_lossy(text);
    Error::config(format!("the {what} `{}` has a control character", shown.escape_debug()))
}

/// A header value that holds a secret: `Authorization`, a session token, a bearer token, a key id.
///
/// It is marked as sensitive, so its `Debug` shows `Sensitive` instead of the text. The error, of kind
/// `Credentials`, does not quote the text either. It occurs if a key or a token was read with a line break in
/// it.
pub(crate) fn secret(text: String) -> Result<HeaderValue, Error> {
    let mut value = HeaderValue::from_maybe_shared(Bytes::from(text))
        .map_err(|_| Error::new(ErrorKind::Credentials, "the id or the token has a control character"))?;
    value.set_sensitive(true);
    Ok(value)
}

/// Size limit of path and query together, in bytes. `http::Uri` allows 65,534 bytes for the whole URI; this
/// leaves room for scheme and host.
const MOST: usize = 65_000;

/// Builds the request of one attempt: the method of the call, the URI, the headers and the body.
///
/// `path` and `query` are final: they are percent-encoded, and equal to what the signature covers. `query`
/// has no `?`. The scheme and the host are those of `input.endpoint`.
///
/// # Errors
///
/// Kind `Config` if path and query are longer than 65,000 bytes, if the path does not start with `/`, or if
/// they do not make a URI. A call with so many parameters must be sent by POST.
pub(crate) fn request(
    input: &SignInput<'_>,
    path: &str,
    query: &str,
    headers: HeaderMap,
    body: Bytes,
) -> Result<HttpRequest, Error> {
    let refused = || Error::config("path and query are not a valid URI, or too long: send the call by POST");
    let path = match (path, query) {
        ("/", "") => PathAndQuery::from_static("/"),
        _ if path.len() + query.len() > MOST || !path.starts_with('/') => return Err(refused()),
        _ => {
            let mark = if query.is_empty() { "" } else { "?" };
            PathAndQuery::from_maybe_shared(Bytes::from([path, mark, query].concat()))
                .map_err(|error| refused().with_source(error))?
        }
    };
    let uri = input.endpoint.uri(path).map_err(|error| refused().with_source(error))?;
    let mut request = HttpRequest::new(body);
    *request.method_mut() = input.parts.method.clone();
    *request.headers_mut() = headers;
    *request.uri_mut() = uri;
    Ok(request)
}
