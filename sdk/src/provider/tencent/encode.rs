//! Request forms: `docs/sources.md`, Tencent Cloud, 2.

use bytes::Bytes;

use super::{Cloud, Method};
use crate::action::info::{ActionInfo, BodyFormat};
use crate::action::request::{Fields, ParamLocation, Payload, RequestParts};
use crate::error::Error;
use crate::provider::common::{JSON, OCTETS, not_json};
use crate::sign::encode::{Flatten, hex, plain_text};
use crate::upload::Form;

/// Numbers start at 0, and words are Python's: what the vendor's own SDK sends.
pub(crate) const FLATTEN: Flatten = Flatten { first: 0, bools: ["False", "True"], python_floats: true };

pub(super) fn request(
    cloud: &Cloud,
    action: &ActionInfo,
    fields: Fields,
    nonce: [u8; 16],
) -> Result<RequestParts, Error> {
    let get = match action.method() {
        Some(method) if *method == http::Method::GET => true,
        Some(method) if *method == http::Method::POST => false,
        Some(method) => {
            return Err(Error::config(format!("Tencent Cloud knows GET and POST only, not {method}")));
        }
        None => cloud.method == Method::Get,
    };
    let content = action.body_format();
    let special =
        matches!(content, BodyFormat::Multipart | BodyFormat::OctetStream) || !fields.files().is_empty();
    let mut parts = RequestParts::new(if get && !special { http::Method::GET } else { http::Method::POST });
    for field in fields.iter() {
        match field.place {
            ParamLocation::Header => parts.header(field.name, &field.plain())?,
            ParamLocation::Auto | ParamLocation::Body => {}
            // The signature of a POST covers an empty query.
            ParamLocation::Query if get && !special => {}
            other => {
                let (name, place) = (field.name, format!("{other:?}").to_lowercase());
                return Err(Error::config(format!(
                    "parameter `{name}` cannot go to the {place}: Tencent Cloud takes parameters in the body of a POST, \
                     the query of a GET, and headers"
                )));
            }
        }
    }
    if content == BodyFormat::OctetStream && fields.has_document() {
        return Err(Error::config("an octet-stream body has no parameters beside it: place them in headers"));
    }
    parts.payload = if content == BodyFormat::OctetStream {
        match fields.files() {
            [] => Payload::Bytes { content_type: OCTETS, data: Bytes::new() },
            [file] => file.payload(OCTETS),
            _ => return Err(Error::config("an octet-stream body is one file, not several")),
        }
    } else if special {
        multipart(&fields, hex(&nonce))?
    } else if parts.method == http::Method::GET || !cloud.sign_method.is_tc3() {
        let mut pairs = Vec::new();
        for field in fields.iter().filter(|field| field.place != ParamLocation::Header) {
            FLATTEN.push(field.name, field.json, &mut pairs).map_err(not_json)?;
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

/// The body of a multipart request: every parameter a part, lists and objects as JSON.
fn multipart(fields: &Fields, boundary: String) -> Result<Payload, Error> {
    let mut form = Form::new(boundary);
    for field in fields.iter().filter(|field| field.place != ParamLocation::Header) {
        match field.json.first() {
            Some(b'{' | b'[') => form.field(field.name, Some("application/json"), field.json)?,
            _ => form.field(field.name, None, plain_text(field.json).as_bytes())?,
        }
    }
    for file in fields.files() {
        form.file(file)?;
    }
    form.finish()
}
