//! The last step that all signers share: checked header values, and the finished request.

#[cfg(feature = "tencent")]
use std::borrow::Cow;

use bytes::Bytes;
use http::uri::PathAndQuery;
use http::{HeaderMap, HeaderValue};

use crate::error::{Error, ErrorKind};
use crate::provider::SignInput;
use crate::transport::HttpRequest;

/// A header value that comes from outside; `what` names it in the error.
pub(crate) fn value(what: &str, text: &str) -> Result<HeaderValue, Error> {
    HeaderValue::from_bytes(text.as_bytes()).map_err(|_| refused(what, text.as_bytes()))
}

/// A header value that is known to the program, or comes from outside.
#[cfg(feature = "tencent")]
pub(crate) fn text(what: &str, text: Cow<'static, str>) -> Result<HeaderValue, Error> {
    match text {
        Cow::Borrowed(text) => owned(what, Bytes::from_static(text.as_bytes())),
        Cow::Owned(text) => owned(what, text),
    }
}

/// A header value that was made for this request.
#[cfg(feature = "tencent")]
pub(crate) fn owned(what: &str, text: impl Into<Bytes>) -> Result<HeaderValue, Error> {
    let text = text.into();
    HeaderValue::from_maybe_shared(text.clone()).map_err(|_| refused(what, &text))
}

fn refused(what: &str, text: &[u8]) -> Error {
    let shown = String::from_utf8_lossy(text);
    Error::config(format!("the {what} `{}` has a control character", shown.escape_debug()))
}

/// A header value that no log shows.
pub(crate) fn secret(text: String) -> Result<HeaderValue, Error> {
    let mut value = HeaderValue::from_maybe_shared(Bytes::from(text))
        .map_err(|_| Error::new(ErrorKind::Credentials, "the id or the token has a control character"))?;
    value.set_sensitive(true);
    Ok(value)
}

/// The most bytes of a path and a query, so that a whole address has less than 64 KiB.
const MOST: usize = 65_000;

/// The request as it leaves; `path` and `query` are final.
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
