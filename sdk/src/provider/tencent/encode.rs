//! From parameters to the parts of a request: `docs/sources.md`, Tencent Cloud, 2.
//!
//! | request | method | content type | parameters |
//! | --- | --- | --- | --- |
//! | JSON | POST | `application/json` | one document |
//! | query | GET | `application/x-www-form-urlencoded`, without a body | flattened, in the query |
//! | form (HmacSHA1, HmacSHA256) | POST | `application/x-www-form-urlencoded` | flattened, in the body |
//! | multipart | POST | `multipart/form-data` | one part each |
//! | octet stream | POST | `application/octet-stream` | headers only; the body is one file |
//!
//! An action that declares an octet stream or multipart, or that has files, is sent as such. For all others,
//! the HTTP method decides between query and body, and the signature method between JSON and form.
//!
//! Flattening writes one pair for each scalar. The first element of a list has the number 0:
//!
//! ```text
//! {"Filters": [{"Name": "zone", "Values": ["a", "b"]}], "Limit": 1}
//!
//! Filters.0.Name=zone   Filters.0.Values.0=a   Filters.0.Values.1=b   Limit=1
//! ```

use bytes::Bytes;

use super::{Cloud, Method};
use crate::action::info::{ActionInfo, BodyFormat};
use crate::action::request::{Fields, ParamLocation, Payload, RequestParts};
use crate::error::Error;
use crate::provider::common::{JSON, OCTETS, check_date, check_lower_product, not_json};
use crate::sign::encode::{Flatten, hex, plain_text};
use crate::upload::Form;

/// Flattening as in the vendor's Python SDK: lists are numbered from 0, flags are `True` and `False`, and
/// floats are spelled as in Python (`1e+16`). API 2.0 uses it, too.
pub(crate) const FLATTEN: Flatten = Flatten { first: 0, bools: ["False", "True"], python_floats: true };

/// The parts of a request. `nonce` is the boundary of a multipart form.
///
/// # Errors
///
/// Kind `Config` for a product or a version that cannot exist, for a method other than GET and POST, for a
/// parameter in a place that this API does not have, such as the path, and for parameters or several files
/// beside an octet stream.
pub(super) fn request(
    cloud: &Cloud,
    action: &ActionInfo,
    fields: Fields,
    nonce: [u8; 16],
) -> Result<RequestParts, Error> {
    check_lower_product(action)?;
    check_date(action, false)?;
    let get = match action.method() {
        Some(method) if *method == http::Method::GET => true,
        Some(method) if *method == http::Method::POST => false,
        Some(method) => {
            return Err(Error::config(format!(
                "Tencent Cloud accepts GET and POST, not {method}: declare one of them"
            )));
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
            // The signature of a POST covers an empty query, so a POST must not have one.
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

/// A multipart body: one part for each parameter, then the files. Lists and objects are JSON, and their parts
/// have `Content-Type: application/json`. Numbers and flags are written as JSON writes them; the vendor's SDK
/// fails for them.
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
