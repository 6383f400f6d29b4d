//! Request forms: `spec/tencent.md`, section 2.

use bytes::Bytes;
use http::HeaderValue;

use super::{Cloud, Method};
use crate::action::{ActionInfo, Content};
use crate::error::Error;
use crate::request::{Fields, FilePart, Payload, Place, RequestParts};
use crate::sign::encode::{Flatten, hex, plain_text};

/// Numbers start at 0, and words are Python's: what the vendor's own SDK sends.
pub(crate) const FLATTEN: Flatten = Flatten { first: 0, bools: ["False", "True"], python_floats: true };

const JSON: HeaderValue = HeaderValue::from_static("application/json");
const OCTETS: HeaderValue = HeaderValue::from_static("application/octet-stream");

pub(super) fn request(
    cloud: &Cloud,
    action: &ActionInfo,
    fields: Fields,
    nonce: [u8; 16],
) -> Result<RequestParts, Error> {
    let get = match action.http_method() {
        Some(method) if *method == http::Method::GET => true,
        Some(method) if *method == http::Method::POST => false,
        Some(method) => {
            return Err(Error::config(format!("Tencent Cloud knows GET and POST only, not {method}")));
        }
        None => cloud.method == Method::Get,
    };
    let content = action.content_kind();
    let special = matches!(content, Content::Multipart | Content::OctetStream) || !fields.files().is_empty();
    let mut parts = RequestParts::new(if get && !special { http::Method::GET } else { http::Method::POST });
    for field in fields.iter() {
        match field.place {
            Place::Header => parts.header(field.name, &field.plain())?,
            Place::Auto | Place::Body => {}
            // The signature of a POST covers an empty query.
            Place::Query if get && !special => {}
            other => {
                let (name, place) = (field.name, format!("{other:?}").to_lowercase());
                return Err(Error::config(format!(
                    "parameter `{name}` cannot go to the {place}: Tencent Cloud takes parameters in the body of a POST, \
                     the query of a GET, and headers"
                )));
            }
        }
    }
    if content == Content::OctetStream && fields.has_document() {
        return Err(Error::config("an octet-stream body has no parameters beside it: place them in headers"));
    }
    parts.payload = if content == Content::OctetStream {
        let data = fields.files().first().map(FilePart::data).cloned().unwrap_or_default();
        Payload::Bytes { content_type: OCTETS, data }
    } else if special {
        let (content_type, data) = multipart(&fields, &hex(&nonce))?;
        Payload::Bytes { content_type, data }
    } else if parts.method == http::Method::GET || !cloud.sign_method.is_tc3() {
        let mut pairs = Vec::new();
        for field in fields.iter().filter(|field| field.place != Place::Header) {
            FLATTEN.push(field.name, field.json, &mut pairs).map_err(unreadable)?;
        }
        if parts.method == http::Method::GET {
            parts.query = pairs;
            Payload::Empty
        } else {
            Payload::Form(pairs)
        }
    } else {
        Payload::Bytes { content_type: JSON, data: fields.into_document() }
    };
    Ok(parts)
}

fn unreadable(error: serde_json::Error) -> Error {
    Error::config("a parameter is not JSON").with_source(error)
}

/// The body of a multipart request: every parameter a part, lists and objects as JSON.
pub(crate) fn multipart(fields: &Fields, boundary: &str) -> Result<(HeaderValue, Bytes), Error> {
    let mut body = Vec::new();
    let mut part = |head: String, data: &[u8]| {
        body.extend_from_slice(
            format!("--{boundary}\r\nContent-Disposition: form-data; {head}\r\n\r\n").as_bytes(),
        );
        body.extend_from_slice(data);
        body.extend_from_slice(b"\r\n");
    };
    for field in fields.iter().filter(|field| field.place != Place::Header) {
        let name = quoted(field.name)?;
        match field.json.first() {
            Some(b'{' | b'[') => {
                part(format!("name=\"{name}\"\r\nContent-Type: application/json"), field.json)
            }
            _ => part(format!("name=\"{name}\""), plain_text(field.json).as_bytes()),
        }
    }
    for file in fields.files() {
        let (name, file_name) = (quoted(file.field())?, quoted(file.name().unwrap_or(file.field()))?);
        part(format!("name=\"{name}\"; filename=\"{file_name}\""), file.data());
    }
    if !body.is_empty() {
        body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    }
    let content_type = HeaderValue::try_from(format!("multipart/form-data; boundary={boundary}"))
        .map_err(|error| Error::config("the multipart boundary is no header value").with_source(error))?;
    Ok((content_type, Bytes::from(body)))
}

/// A name between quotes must not end them, nor the line.
fn quoted(name: &str) -> Result<&str, Error> {
    if name.contains(['"', '\r', '\n', '\0']) {
        let shown = name.escape_debug();
        return Err(Error::config(format!(
            "`{shown}` cannot be the name of a form part: no quotes or line ends"
        )));
    }
    Ok(name)
}
