//! From parameters to the parts of a request: `docs/sources.md`, Huawei Cloud, 1.
//!
//! An API of Huawei Cloud is a method and a path with placeholders. There is no parameter for the name of the
//! action or the version: the version is the first segment of the path. A call of `ListVpcs`, for example,
//! with `limit` in the query, makes these parts:
//!
//! ```text
//! method   GET
//! path     /v1/{project_id}/vpcs          `{project_id}` is filled when the request is signed
//! query    limit=1
//! headers  none yet: the signer adds them
//! payload  empty
//! ```
//!
//! Everything here is the same for all attempts of a call. Host, time, ids of the credential and signature
//! are added by `signer.rs` for each attempt.
//!
//! | place | file |
//! | --- | --- |
//! | path | `path.rs` |
//! | query | `query.rs` |
//! | headers | here |
//! | body | `body.rs`, and `xml.rs` for XML |

use http::Method;

use super::body::{self, Unplaced};
use super::path;
use super::query::Query;
use crate::action::info::{ActionInfo, BodyFormat};
use crate::action::request::{Field, Fields, ListStyle, ParamLocation, Payload, RequestParts, check_free};
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::provider::common::check_product;
use crate::sign::encode::{list_texts, plain_text};

/// The parts of a request. `nonce` is the boundary of a multipart form.
///
/// A call without a declared method is a POST if it has a body, else a GET. A parameter without a declared
/// place goes into the query of a GET, HEAD or DELETE that has no other body, and into the body of any other
/// call.
///
/// # Errors
///
/// Kind `Config` if the action has no path, or if the parameters make no request, such as a placeholder
/// without a value, a header that HTTP does not allow, or two bodies.
pub(super) fn request(action: &ActionInfo, fields: Fields, nonce: [u8; 16]) -> Result<RequestParts, Error> {
    // The product is part of the host only, so a call to an endpoint of the user may have none.
    if !action.product().is_empty() {
        check_product(action)?;
    }
    // A client cannot guess the path from the name of the action. The root of a host is a path, too, if the
    // caller sets it.
    if !action.has_path() {
        let name = action.name().escape_debug();
        return Err(Error::config(format!(
            "`{name}` of Huawei Cloud needs a method and a path: use \
             `raw_action(ActionInfo::new(…).with_method(…).with_path(…))`, or `actions!`"
        )));
    }
    let content = content(action, &fields);
    let has_body = has_body(content, &fields);
    let method = match action.method() {
        Some(method) => method.clone(),
        // Untyped calls often declare no method.
        None if has_body => Method::POST,
        None => Method::GET,
    };
    let unplaced = match method {
        Method::GET | Method::HEAD | Method::DELETE if !has_body => Unplaced::Query,
        _ => Unplaced::Member,
    };
    let mut parts = RequestParts::new(method);
    parts.path = path::fill(action.path(), &fields)?;
    let mut query = Query::default();
    for field in fields.iter() {
        match field.place {
            ParamLocation::Query => query.push(&field)?,
            ParamLocation::Auto if unplaced == Unplaced::Query => query.push(&field)?,
            ParamLocation::Header => {
                let text = header_text(&field);
                check_declared(field.name, &text)?;
                parts.header(field.name, &text)?;
            }
            ParamLocation::Host => prefix(&mut parts, &field.plain()),
            ParamLocation::Auto | ParamLocation::Body | ParamLocation::Whole | ParamLocation::Path => {}
            ParamLocation::File => {
                let name = field.name.escape_debug();
                let what = format!("the parameter `{name}` is declared as a file: give it as a `FilePart`");
                return Err(Error::config(what));
            }
        }
    }
    if let Some(value) = parts.headers.get_mut(http::header::AUTHORIZATION) {
        value.set_sensitive(true);
    }
    parts.query = query.into_pairs();
    parts.payload = body::payload(action, content, fields, unplaced, nonce)?;
    // A declared `Content-Type` is sent, except for multipart: the encoder chooses the boundary.
    if let (Payload::Bytes { .. } | Payload::Stream { .. }, BodyFormat::Multipart) = (&parts.payload, content)
    {
        parts.headers.remove(http::header::CONTENT_TYPE);
    }
    Ok(parts)
}

/// The format of the body: the declared one, else that of a `Content-Type` among the parameters, else
/// multipart if there are files, else JSON.
///
/// The vendor's packages declare the content type as a header of the operation, so the catalogue has it as a
/// parameter. Of 680 operations in five packages, 674 have JSON, 5 multipart and 1 a form.
fn content(action: &ActionInfo, fields: &Fields) -> BodyFormat {
    if action.body_format() != BodyFormat::Auto {
        return action.body_format();
    }
    let declared = fields
        .iter()
        .find(|field| field.place == ParamLocation::Header && field.name.eq_ignore_ascii_case("content-type"))
        .map(|field| field.plain());
    match declared.as_deref().map(str::trim) {
        Some("multipart/form-data") => BodyFormat::Multipart,
        Some("application/x-www-form-urlencoded") => BodyFormat::Form,
        Some("application/xml") => BodyFormat::Xml,
        Some("application/octet-stream") => BodyFormat::OctetStream,
        None if !fields.files().is_empty() => BodyFormat::Multipart,
        _ => BodyFormat::Json,
    }
}

/// Whether the call has a body, whatever happens to parameters without a declared place.
fn has_body(content: BodyFormat, fields: &Fields) -> bool {
    !matches!(content, BodyFormat::Auto | BodyFormat::Json)
        || !fields.files().is_empty()
        || fields.iter().any(|field| matches!(field.place, ParamLocation::Body | ParamLocation::Whole))
}

/// Checks a header that the action declares.
///
/// Two headers are allowed here that a caller cannot add by hand. `Authorization` is sent in place of a
/// signature. `Host` is sent and signed in place of the host of the endpoint. The vendor's SDK allows both.
///
/// # Errors
///
/// Kind `Config` for a `Host` that is an address, and for other headers that decide the destination of a
/// request.
fn check_declared(name: &str, text: &str) -> Result<(), Error> {
    match name.to_ascii_lowercase().as_str() {
        "authorization" => Ok(()),
        // A text with a slash is an address, not a host.
        "host" if text.contains('/') => {
            let shown = text.escape_debug();
            Err(Error::config(format!(
                "the header `Host` is a host such as `host.example.com`, not `{shown}`"
            )))
        }
        "host" => text.parse::<Endpoint>().map(drop),
        other => check_free(other),
    }
}

/// The value of a header. A list is joined by commas, unless the parameter declares another style.
fn header_text(field: &Field<'_>) -> String {
    match (field.json.first(), field.list) {
        (Some(b'['), ListStyle::Json) => plain_text(field.json),
        (Some(b'['), ListStyle::Space) => list_texts(field.json).join(" "),
        (Some(b'['), ListStyle::Pipe) => list_texts(field.json).join("|"),
        (Some(b'['), _) => list_texts(field.json).join(","),
        _ => field.plain(),
    }
}

/// Adds a label in front of the host, such as a bucket. The vendor calls it `cname`. Several labels keep
/// their order. The endpoint checks the result.
fn prefix(parts: &mut RequestParts, label: &str) {
    parts.host_prefix = Some(match parts.host_prefix.take() {
        Some(before) => format!("{before}.{label}"),
        None => label.to_owned(),
    });
}
