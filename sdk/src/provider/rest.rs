//! Plain REST calls beside the control plane: model inference (Ark), and the services that people sign in to.
//!
//! These services have no vendor-specific encoding: placeholders are filled into the path, other parameters
//! go to the query or into one JSON document, and a bearer token or nothing takes the place of a signature.
//! The providers `ark` and `sign_in` call the three functions here from their `encode` and `sign`.
//!
//! For example, a POST action with the path `/bots/{id}/chat` and the parameters `id`, `model` and `stream`
//! becomes:
//!
//! ```text
//! POST /bots/bot-1/chat
//! Content-Type: application/json
//!
//! {"model":"m","stream":true}
//! ```

use http::header::{CONTENT_TYPE, HOST};
use http::{HeaderMap, Method};

use crate::action::info::{ActionInfo, BodyFormat};
use crate::action::request::{Fields, ParamLocation, Payload, RequestParts};
use crate::error::Error;
use crate::provider::SignInput;
use crate::provider::common::{self, JSON, not_json, texts};
use crate::sign::encode::{Flatten, percent, query};
use crate::sign::finish;
use crate::transport::HttpRequest;

/// Structured values in a query or a form: indexes start at 0, and booleans are in lower case.
const FLATTEN: Flatten = Flatten { first: 0, bools: ["false", "true"], python_floats: false };

/// Encodes a call.
///
/// | place of a parameter | GET, DELETE, HEAD | other methods |
/// | --- | --- | --- |
/// | path, header, query | as declared | as declared |
/// | undeclared | the query | the JSON document, or the form |
/// | body | an error | the JSON document, or the form |
///
/// The body is a form if the action declares [`BodyFormat::Form`].
///
/// # Errors
///
/// Kind `Config` if a placeholder has no value, or if a parameter has a place that these calls do not have.
pub(crate) fn request(action: &ActionInfo, fields: Fields) -> Result<RequestParts, Error> {
    let mut parts = RequestParts::new(action.method().cloned().unwrap_or(Method::POST));
    let bodiless = matches!(parts.method, Method::GET | Method::DELETE | Method::HEAD);
    let form = action.body_format() == BodyFormat::Form;
    parts.path = fill(action.path(), &fields)?;
    let mut body = Vec::new();
    for field in fields.iter() {
        let flattened = match field.place {
            ParamLocation::Path => continue,
            ParamLocation::Header => {
                parts.header(field.name, &field.plain())?;
                continue;
            }
            ParamLocation::Query => &mut parts.query,
            ParamLocation::Auto if bodiless => &mut parts.query,
            ParamLocation::Auto | ParamLocation::Body if form => &mut body,
            ParamLocation::Auto | ParamLocation::Body if !bodiless => continue,
            other => {
                let (name, place) = (field.name, format!("{other:?}").to_lowercase());
                return Err(Error::config(format!("parameter `{name}` cannot go to the {place}")));
            }
        };
        FLATTEN.push(field.name, field.json, flattened).map_err(not_json)?;
    }
    parts.payload = match (bodiless, form) {
        (true, _) => Payload::Empty,
        (false, true) => Payload::Form(body),
        (false, false) => Payload::Bytes { content_type: JSON, data: fields.into_document() },
    };
    Ok(parts)
}

/// The path with its placeholders filled. A value is percent-encoded whole, `/` included, so that it stays
/// one segment.
///
/// Empty values, `.` and `..` are refused: clients and proxies normalise such segments, and the request would
/// name another resource.
fn fill(template: &str, fields: &Fields) -> Result<String, Error> {
    let mut path = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let unclosed = || Error::config(format!("the path `{template}` has a `{{` without `}}`"));
        let (name, behind) = after.split_once('}').ok_or_else(unclosed)?;
        let value =
            fields.get(name).filter(|field| field.place == ParamLocation::Path).map(|field| field.plain());
        let value = value.filter(|value| !matches!(value.as_str(), "" | "." | ".."));
        let missing = || {
            Error::config(format!(
                "the path `{template}` needs a value for `{name}`, other than `.` and `..`"
            ))
        };
        path.push_str(before);
        path.push_str(&percent(&value.ok_or_else(missing)?).to_string());
        rest = behind;
    }
    path.push_str(rest);
    Ok(path)
}

/// The headers of the call, with `Content-Type` and `Host`. The caller adds the one that authenticates.
pub(crate) fn headers(input: &SignInput<'_>) -> Result<HeaderMap, Error> {
    let mut headers = common::headers(input, 5);
    let content_type = common::content_type(&input.parts.payload);
    if let Some(content_type) = content_type {
        headers.entry(CONTENT_TYPE).or_insert(content_type);
    }
    headers.insert(HOST, input.endpoint.header());
    Ok(headers)
}

/// The request with these headers. Query and body are encoded here.
pub(crate) fn finish(input: &SignInput<'_>, headers: HeaderMap) -> Result<HttpRequest, Error> {
    let body = common::bytes(&input.parts.payload);
    finish::request(input, &input.parts.path, &query(texts(&input.parts.query)), headers, body)
}
