//! From parameters to the parts of a request: `docs/sources.md`, Huawei Cloud, 1.

use http::Method;

use super::body::{self, Unplaced};
use super::path;
use super::query::Query;
use crate::action::info::{ActionInfo, BodyFormat};
use crate::action::request::{Field, Fields, ListStyle, ParamLocation, Payload, RequestParts, check_free};
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::sign::encode::{list_texts, plain_text};

pub(super) fn request(action: &ActionInfo, fields: Fields, nonce: [u8; 16]) -> Result<RequestParts, Error> {
    let content = content(action, &fields);
    let has_body = has_body(content, &fields);
    let method = match action.method() {
        Some(method) => method.clone(),
        // Of calls that do not say: one with a body writes, any other reads.
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
            other => {
                let what = format!(
                    "the parameter `{}` is placed in the {other:?}: files are put as files",
                    field.name
                );
                return Err(Error::config(what));
            }
        }
    }
    if let Some(value) = parts.headers.get_mut(http::header::AUTHORIZATION) {
        value.set_sensitive(true);
    }
    parts.query = query.into_pairs();
    parts.payload = body::payload(action, content, fields, unplaced, nonce)?;
    // The content type of a declared header wins, unless it is one that only the encoder knows whole.
    if let (Payload::Bytes { .. } | Payload::Stream { .. }, BodyFormat::Multipart) = (&parts.payload, content)
    {
        parts.headers.remove(http::header::CONTENT_TYPE);
    }
    Ok(parts)
}

/// The declared kind, else that of a `Content-Type` among the parameters, else what files ask for.
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

fn has_body(content: BodyFormat, fields: &Fields) -> bool {
    !matches!(content, BodyFormat::Auto | BodyFormat::Json)
        || !fields.files().is_empty()
        || fields.iter().any(|field| matches!(field.place, ParamLocation::Body | ParamLocation::Whole))
}

/// An action may declare `Authorization`, which is then sent in place of a signature, and `Host`, which is
/// then sent and signed in place of that of the endpoint, as the vendor's SDK does. Other headers that decide
/// how a request goes cannot be set.
fn check_declared(name: &str, text: &str) -> Result<(), Error> {
    match name.to_ascii_lowercase().as_str() {
        "authorization" => Ok(()),
        // An address has a scheme, a host has none.
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

/// Lists in headers are joined by commas.
fn header_text(field: &Field<'_>) -> String {
    match (field.json.first(), field.list) {
        (Some(b'['), ListStyle::Json) => plain_text(field.json),
        (Some(b'['), ListStyle::Space) => list_texts(field.json).join(" "),
        (Some(b'['), ListStyle::Pipe) => list_texts(field.json).join("|"),
        (Some(b'['), _) => list_texts(field.json).join(","),
        _ => field.plain(),
    }
}

/// Several labels stand in front of the host in their order. The endpoint checks them.
fn prefix(parts: &mut RequestParts, label: &str) {
    parts.host_prefix = Some(match parts.host_prefix.take() {
        Some(before) => format!("{before}.{label}"),
        None => label.to_owned(),
    });
}
