//! From parameters to the parts of a request: `docs/sources.md`, Tencent Cloud, 9.2.
//!
//! API 2.0 has flattened parameters only: in the query of a GET, or in the form of a POST. There is no JSON,
//! no multipart and no path but one. The signer adds the common parameters later, so the payload of a POST is
//! a list of pairs and not yet a text.

use super::{Cloud, Method};
use crate::action::info::{ActionInfo, BodyFormat};
use crate::action::request::{Fields, ParamLocation, Payload, RequestParts};
use crate::error::Error;
use crate::provider::common::{check_lower_product, not_json};
use crate::provider::tencent::FLATTEN;

/// The path of every call.
pub(super) const PATH: &str = "/v2/index.php";

/// The parts of a request. Parameters keep their order and their names, also if they are declared for the
/// query or the body. Declared headers are sent, but not signed.
///
/// # Errors
///
/// Kind `Config` for a product that cannot exist, for a method other than GET and POST, for a body format
/// other than a form, for files, and for a parameter in the path or the host.
pub(super) fn request(cloud: &Cloud, action: &ActionInfo, fields: Fields) -> Result<RequestParts, Error> {
    check_lower_product(action)?;
    let get = match action.method() {
        Some(method) if *method == http::Method::GET => true,
        Some(method) if *method == http::Method::POST => false,
        Some(other) => {
            return Err(Error::config(format!("API 2.0 of Tencent Cloud accepts GET and POST, not {other}")));
        }
        None => cloud.method == Method::Get,
    };
    if !matches!(action.body_format(), BodyFormat::Auto | BodyFormat::Form) || !fields.files().is_empty() {
        return Err(Error::config(
            "API 2.0 of Tencent Cloud accepts only forms: declare no other body, and give no files",
        ));
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
                let (name, place) = (field.name, format!("{other:?}").to_lowercase());
                let what = format!(
                    "parameter `{name}` cannot go to the {place}: API 2.0 of Tencent Cloud accepts parameters in the \
                     query of a GET, the form of a POST, and headers"
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
