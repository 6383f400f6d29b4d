//! The last step that all signers share: checked header values, and the finished request.

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Uri};

use crate::error::{Error, ErrorKind};
use crate::provider::SignInput;
use crate::transport::HttpRequest;

/// A header value that comes from outside; `what` names it in the error.
pub(crate) fn value(what: &str, text: &str) -> Result<HeaderValue, Error> {
    HeaderValue::from_bytes(text.as_bytes()).map_err(|_| {
        let shown = text.escape_debug();
        Error::config(format!("the {what} `{shown}` has a control character"))
    })
}

/// A header value that no log shows.
pub(crate) fn secret(text: String) -> Result<HeaderValue, Error> {
    let mut value = HeaderValue::from_maybe_shared(Bytes::from(text))
        .map_err(|_| Error::new(ErrorKind::Credentials, "the id or the token has a control character"))?;
    value.set_sensitive(true);
    Ok(value)
}

/// The request as it leaves; `path` and `query` are final.
pub(crate) fn request(
    input: &SignInput<'_>,
    path: &str,
    query: &str,
    headers: HeaderMap,
    body: Bytes,
) -> Result<HttpRequest, Error> {
    let mark = if query.is_empty() { "" } else { "?" };
    let uri = format!("{}{path}{mark}{query}", input.endpoint);
    let mut request = HttpRequest::new(body);
    *request.method_mut() = input.parts.method.clone();
    *request.headers_mut() = headers;
    *request.uri_mut() = Uri::from_maybe_shared(Bytes::from(uri)).map_err(|error| {
        Error::config("the address is no URI, or too long: send the call by POST").with_source(error)
    })?;
    Ok(request)
}
