//! Encoding of parameters: `docs/sources.md`, Alibaba Cloud, 2.3, 2.4 and 4.1.
//!
//! | style | undeclared parameters go to | body members are |
//! |---|---|---|
//! | RPC | the query, flattened | a form, flattened |
//! | ROA, GET, DELETE, HEAD | the query, flattened | one JSON document |
//! | ROA, other methods | the JSON document | one JSON document |
//!
//! An action that declares its content always has a body, be it `{}` or an empty form; without a declaration
//! there is one only if a parameter goes there. The signer adds `RegionId` to RPC calls.
//!
//! Flattening gives each leaf its own pair, and lists count from 1. So the parameters
//!
//! ```text
//! {"Tag": [{"Key": "env", "Value": "test"}], "DryRun": true, "ImageId": null}
//! ```
//!
//! become these pairs:
//!
//! ```text
//! Tag.1.Key=env  Tag.1.Value=test  DryRun=true
//! ```
//!
//! A parameter may have another list style, because many actions take a list as one text:
//!
//! | style | `["a","b"]` |
//! | --- | --- |
//! | `Auto`, `Numbered` | `Ids.1=a&Ids.2=b` |
//! | `Repeat` | `Ids=a&Ids=b` |
//! | `Json` | `Ids=["a","b"]` |
//! | `Comma`, `Space`, `Pipe` | `Ids=a,b` |
//!
//! A call may instead have a whole body: one parameter that is the body, or one file.

use bytes::Bytes;
use http::{HeaderValue, Method};

use super::path;
use crate::action::info::{ActionInfo, BodyFormat, CallStyle};
use crate::action::request::{Field, Fields, ListStyle, ParamLocation, Payload, RequestParts};
use crate::error::Error;
use crate::provider::common::{OCTETS, XML, check_date, check_product, not_json};
use crate::sign::encode::{Flatten, list_texts, plain_text};
use crate::upload::FilePart;

/// Indexes start at 1. The Python packages spell booleans `True` and `False`; the API documents say `true`
/// and `false`.
pub(crate) const FLATTEN: Flatten = Flatten { first: 1, bools: ["false", "true"], python_floats: false };

/// The content type of JSON bodies, as the vendor's newer packages send it.
const JSON: HeaderValue = HeaderValue::from_static("application/json; charset=utf-8");

/// Whether an action is called in the RPC style. If the action does not declare its style, the path `/` means
/// RPC.
pub(super) fn is_rpc(action: &ActionInfo) -> bool {
    match action.style() {
        CallStyle::Rpc => true,
        CallStyle::Roa => false,
        CallStyle::Auto => action.path() == "/",
    }
}

/// Encodes a call: the parts of the request without host, time and signature.
///
/// # Errors
///
/// Kind `Config` for a product that cannot exist, for an RPC action without a dated version or with another
/// path than `/`, a path parameter without a value, two bodies, a member of a body that is given as a whole,
/// or a body format that the vendor does not have.
pub(super) fn request(action: &ActionInfo, fields: Fields) -> Result<RequestParts, Error> {
    check_product(action)?;
    let rpc = is_rpc(action);
    if rpc {
        // The product aicontent has the version 20240611.
        check_date(action, true)?;
    }
    let template = action.path();
    if rpc && template != "/" {
        let what = format!("the path of an RPC action is `/`, not `{template}`: its style should be ROA");
        return Err(Error::config(what));
    }
    let mut parts = RequestParts::new(action.method().cloned().unwrap_or(Method::POST));
    let bodiless = matches!(parts.method, Method::GET | Method::DELETE | Method::HEAD);
    let whole = fields.iter().find(|field| field.place == ParamLocation::Whole);
    let raw =
        whole.is_some() || !fields.files().is_empty() || action.body_format() == BodyFormat::OctetStream;
    let to_query = rpc || bodiless || raw;
    (parts.path, parts.query) = path::fill(template, &fields)?;
    for field in fields.iter() {
        match field.place {
            ParamLocation::Header => parts.header(field.name, &field.plain())?,
            ParamLocation::Host => parts.host_prefix = Some(field.plain()),
            ParamLocation::Query => pairs(&field, &mut parts.query)?,
            ParamLocation::Auto if to_query => pairs(&field, &mut parts.query)?,
            ParamLocation::Auto | ParamLocation::Body if raw => {
                let what =
                    format!("parameter `{}` cannot be a member of a body given as a whole", field.name);
                return Err(Error::config(what));
            }
            ParamLocation::Auto
            | ParamLocation::Body
            | ParamLocation::Path
            | ParamLocation::Whole
            | ParamLocation::File => {}
        }
    }
    let content = match action.body_format() {
        BodyFormat::Auto if rpc => BodyFormat::Form,
        BodyFormat::Auto => BodyFormat::Json,
        declared => declared,
    };
    if fields.files().len() > 1 {
        return Err(Error::config("the body of a call is one file, not several"));
    }
    parts.payload = match (whole, fields.files().first()) {
        (Some(whole), None) => whole_body(&whole, content)?,
        (None, Some(file)) => file.payload(file_type(file)?),
        (Some(_), Some(_)) => {
            return Err(Error::config("the call has two whole bodies: a parameter and a file"));
        }
        (None, None) => members(action, fields, content, to_query)?,
    };
    Ok(parts)
}

/// The body of a call whose body parameters are members of it.
///
/// If all parameters go to the body as they are, the text of the parameters is the body, without a copy.
/// Otherwise the members are written one after the other, and those with a list style become text.
fn members(
    action: &ActionInfo,
    fields: Fields,
    content: BodyFormat,
    to_query: bool,
) -> Result<Payload, Error> {
    let in_body = |field: &Field<'_>| match field.place {
        ParamLocation::Body => true,
        ParamLocation::Auto => !to_query,
        _ => false,
    };
    let (mut any, mut only_plain) = (false, true);
    for field in fields.iter() {
        any |= in_body(&field);
        only_plain &= match field.place {
            ParamLocation::Auto => in_body(&field) && as_is(field.list),
            ParamLocation::Body => as_is(field.list),
            _ => true,
        };
    }
    if !any && action.body_format() == BodyFormat::Auto {
        return Ok(Payload::Empty);
    }
    match content {
        BodyFormat::Form => {
            let mut form = Vec::new();
            for field in fields.iter().filter(in_body) {
                pairs(&field, &mut form)?;
            }
            Ok(Payload::Form(form))
        }
        BodyFormat::Json if only_plain => {
            Ok(Payload::Bytes { content_type: JSON, data: fields.into_document() })
        }
        BodyFormat::Json => {
            let mut document = b"{".to_vec();
            for field in fields.iter().filter(in_body) {
                if document.len() > 1 {
                    document.push(b',');
                }
                push_json(&mut document, field.name)?;
                document.push(b':');
                match as_is(field.list) {
                    true => document.extend_from_slice(field.json),
                    false => push_json(&mut document, &text(&field))?,
                }
            }
            document.push(b'}');
            Ok(Payload::Bytes { content_type: JSON, data: Bytes::from(document) })
        }
        BodyFormat::OctetStream => Ok(Payload::Bytes { content_type: OCTETS, data: Bytes::new() }),
        other => Err(Error::config(format!("Alibaba Cloud has no {other:?} bodies made of parameters"))),
    }
}

/// A parameter that is the body itself. A string is sent without its quotes, so that it can hold XML or text.
fn whole_body(field: &Field<'_>, content: BodyFormat) -> Result<Payload, Error> {
    if content == BodyFormat::Form {
        let mut form = Vec::new();
        FLATTEN.push("", field.json, &mut form).map_err(not_json)?;
        return Ok(Payload::Form(form));
    }
    let content_type = match content {
        BodyFormat::Json => JSON,
        BodyFormat::Xml => XML,
        BodyFormat::OctetStream => OCTETS,
        other => return Err(Error::config(format!("Alibaba Cloud has no {other:?} bodies"))),
    };
    Ok(Payload::Bytes { content_type, data: Bytes::from(plain_text(field.json)) })
}

/// The content type of a file: its own, or `application/octet-stream`.
fn file_type(file: &FilePart) -> Result<HeaderValue, Error> {
    match file.mime() {
        None => Ok(OCTETS),
        Some(mime) => Ok(crate::action::request::header("content-type", mime)?.1),
    }
}

/// Whether a value goes into JSON unchanged, and not as text in a text.
fn as_is(list: ListStyle) -> bool {
    matches!(list, ListStyle::Auto | ListStyle::Numbered)
}

/// Adds a parameter to a query or a form, as one pair or as several.
fn pairs(field: &Field<'_>, out: &mut Vec<(String, String)>) -> Result<(), Error> {
    match field.list {
        ListStyle::Auto | ListStyle::Numbered => {
            FLATTEN.push(field.name, field.json, out).map_err(not_json)?
        }
        ListStyle::Repeat => {
            out.extend(list_texts(field.json).into_iter().map(|text| (field.name.to_owned(), text)));
        }
        _ => out.push((field.name.to_owned(), text(field))),
    }
    Ok(())
}

/// A list as one text, by its list style; any other value as plain text.
fn text(field: &Field<'_>) -> String {
    let joiner = match field.list {
        ListStyle::Comma => ",",
        ListStyle::Space => " ",
        ListStyle::Pipe => "|",
        _ => return plain_text(field.json),
    };
    list_texts(field.json).join(joiner)
}

/// Appends a string in JSON, with its quotes.
fn push_json(out: &mut Vec<u8>, text: &str) -> Result<(), Error> {
    serde_json::to_writer(out, text).map_err(not_json)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::action::request::Param;
    use serde_json::json;

    fn parts(
        action: &ActionInfo,
        put: &[(&str, ParamLocation, ListStyle, serde_json::Value)],
    ) -> RequestParts {
        let mut fields = Fields::new();
        for (name, place, list, value) in put {
            fields.put(&Param::dynamic(*name).place(*place).list(*list), value).unwrap();
        }
        request(action, fields).unwrap()
    }

    fn shown(pairs: &[(String, String)]) -> Vec<String> {
        pairs.iter().map(|(name, value)| format!("{name}={value}")).collect()
    }

    fn body(parts: &RequestParts) -> String {
        match &parts.payload {
            Payload::Bytes { data, .. } => String::from_utf8_lossy(data).into_owned(),
            Payload::Form(pairs) => shown(pairs).join("&"),
            Payload::Empty => "none".to_owned(),
            Payload::Stream { body, .. } => format!("{body:?}"),
        }
    }

    const AUTO: ListStyle = ListStyle::Auto;

    #[test]
    fn rpc_parameters_are_flattened_into_the_query() {
        let action = ActionInfo::new("ecs", "2014-05-26", "RunInstances");
        let found = parts(
            &action,
            &[
                ("Tag", ParamLocation::Auto, AUTO, json!([{ "Key": "a", "Value": "" }, { "Key": "b" }])),
                ("DryRun", ParamLocation::Query, AUTO, json!(true)),
                ("Ids", ParamLocation::Auto, ListStyle::Json, json!(["x", "y"])),
                ("Names", ParamLocation::Auto, ListStyle::Comma, json!(["x", "y"])),
                ("Rep", ParamLocation::Auto, ListStyle::Repeat, json!(["x", "y"])),
                ("None", ParamLocation::Auto, AUTO, json!([])),
                ("Form", ParamLocation::Body, AUTO, json!({ "a": [1.5] })),
            ],
        );
        assert_eq!(found.method, Method::POST);
        assert_eq!(
            shown(&found.query),
            [
                "Tag.1.Key=a",
                "Tag.1.Value=",
                "Tag.2.Key=b",
                "DryRun=true",
                "Ids=[\"x\",\"y\"]",
                "Names=x,y",
                "Rep=x",
                "Rep=y"
            ]
        );
        assert_eq!(body(&found), "Form.a.1=1.5");
        assert!(matches!(parts(&action, &[]).payload, Payload::Empty));
        assert!(matches!(parts(&action.with_body_format(BodyFormat::Form), &[]).payload, Payload::Form(_)));
    }

    #[test]
    fn roa_parameters_go_where_the_method_has_room() {
        let roa = ActionInfo::new("cs", "2015-12-15", "X").with_path("/clusters/{id}?type=a%20b");
        let put = [
            ("id", ParamLocation::Path, AUTO, json!("a/b")),
            ("x", ParamLocation::Auto, AUTO, json!([1])),
            ("id", ParamLocation::Body, ListStyle::Json, json!({ "k": "v" })),
        ];
        let post = parts(&roa, &put);
        assert_eq!(
            (post.path.as_str(), body(&post).as_str()),
            ("/clusters/a%2Fb", r#"{"x":[1],"id":"{\"k\":\"v\"}"}"#)
        );
        assert_eq!(shown(&post.query), ["type=a b"]);
        let delete = parts(&roa.clone().with_method(Method::DELETE), &put);
        assert_eq!(shown(&delete.query), ["type=a b", "x.1=1"]);
        assert_eq!(body(&delete), r#"{"id":"{\"k\":\"v\"}"}"#);
        let whole = [put[0].clone(), ("body", ParamLocation::Whole, AUTO, json!("raw"))];
        assert_eq!(body(&parts(&roa, &whole)), "raw");
        let form = [put[0].clone(), ("body", ParamLocation::Whole, AUTO, json!({ "a": { "b": [true] } }))];
        assert_eq!(body(&parts(&roa.with_body_format(BodyFormat::Form), &form)), "a.b.1=true");
    }

    #[test]
    fn two_bodies_are_refused() {
        let roa = ActionInfo::new("cs", "2015-12-15", "X").with_path("/x");
        let mut fields = Fields::new();
        fields.put(&Param::new("a").place(ParamLocation::Whole), &1).unwrap();
        fields.put(&Param::new("b").place(ParamLocation::Body), &1).unwrap();
        assert!(request(&roa, fields).unwrap_err().to_string().contains("`b` cannot be a member"));
        let rpc = ActionInfo::new("cs", "2015-12-15", "X").with_path("/x").with_style(CallStyle::Rpc);
        assert!(request(&rpc, Fields::new()).unwrap_err().to_string().contains("ROA"));
    }
}
