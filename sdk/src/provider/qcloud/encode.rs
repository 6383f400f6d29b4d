//! Parameters flattened into a query or a form.

use super::{Cloud, Method};
use crate::action::info::{ActionInfo, BodyFormat};
use crate::action::request::{Fields, ParamLocation, Payload, RequestParts};
use crate::error::Error;
use crate::provider::common::not_json;
use crate::provider::tencent::FLATTEN;

/// Where every call goes.
pub(super) const PATH: &str = "/v2/index.php";

pub(super) fn request(cloud: &Cloud, action: &ActionInfo, fields: Fields) -> Result<RequestParts, Error> {
    let get = match action.method() {
        Some(method) if *method == http::Method::GET => true,
        Some(method) if *method == http::Method::POST => false,
        Some(other) => {
            return Err(Error::config(format!("API 2.0 of Tencent Cloud takes GET and POST, not {other}")));
        }
        None => cloud.method == Method::Get,
    };
    if !matches!(action.body_format(), BodyFormat::Auto | BodyFormat::Form) || !fields.files().is_empty() {
        return Err(Error::config("API 2.0 of Tencent Cloud takes forms only: no JSON, no files"));
    }
    let mut parts = RequestParts::new(if get { http::Method::GET } else { http::Method::POST });
    parts.path = PATH.to_owned();
    let mut pairs = Vec::new();
    for field in fields.iter() {
        match field.place {
            ParamLocation::Header => parts.header(field.name, &field.plain())?,
            ParamLocation::Auto | ParamLocation::Body | ParamLocation::Query => {
                FLATTEN.push(field.name, field.json, &mut pairs).map_err(not_json)?;
            }
            other => {
                let what = format!(
                    "parameter `{}` is placed in the {other:?}, but API 2.0 of Tencent Cloud has only parameters",
                    field.name
                );
                return Err(Error::config(what));
            }
        }
    }
    match get {
        true => parts.query = pairs,
        false => parts.payload = Payload::Form(pairs),
    }
    Ok(parts)
}
