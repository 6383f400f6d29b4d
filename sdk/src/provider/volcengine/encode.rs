//! Encoding of parameters: `docs/sources.md`, Volcengine, 2.
//!
//! | method | undeclared parameters go to | content type |
//! |---|---|---|
//! | GET, HEAD | the query, flattened | `text/plain`, although there is no body |
//! | other methods | one JSON document | `application/json` |
//! | other methods, form content | a form, flattened | `application/x-www-form-urlencoded` |
//!
//! `Action` and `Version` are query parameters of every request. Of the 6,221 actions in the catalogue, 1,430
//! are GET, 4,767 are POST with JSON, and 24 are POST with a form.
//!
//! Flattening gives each leaf its own pair. For example, the parameters of a GET
//!
//! ```text
//! {"Tags": [{"Key": "env", "Values": ["a", "b"]}], "DryRun": true, "Note": null}
//! ```
//!
//! become this query, before the signer sorts and encodes it:
//!
//! ```text
//! Tags.1.Key=env  Tags.1.Values.1=a  Tags.1.Values.2=b  DryRun=true  Action=…  Version=…
//! ```

use http::Method;
use serde_json::Value;

use crate::action::info::{ActionInfo, BodyFormat};
use crate::action::request::{Field, Fields, ListStyle, ParamLocation, Payload, RequestParts};
use crate::error::Error;
use crate::provider::common::{JSON, check_date, check_product, not_json};
use crate::sign::encode::Flatten;

/// Indexes start at 1; numbers and booleans are spelled as the vendor's Python package spells them.
pub(crate) const FLATTEN: Flatten = Flatten { first: 1, bools: ["false", "true"], python_floats: true };

/// Encodes a call: the parts of the request without host, time and signature.
///
/// # Errors
///
/// Kind `Config` for a product or a version that cannot exist, and for what the protocol cannot express: a
/// path other than `/`, a file, a body that is neither JSON nor a form, a parameter in the path or host, or a
/// query parameter with the name `Action` or `Version`.
pub(super) fn request(action: &ActionInfo, fields: Fields) -> Result<RequestParts, Error> {
    check_product(action)?;
    check_date(action, false)?;
    if action.path() != "/" {
        let what = format!("the path of a Volcengine action is `/`, not `{}`", action.path());
        return Err(Error::config(what));
    }
    if let Some(file) = fields.files().first() {
        let what = format!("parameter `{}` is a file: Volcengine actions take no files", file.field());
        return Err(Error::config(what));
    }
    let mut parts = RequestParts::new(action.method().cloned().unwrap_or(Method::POST));
    let bodiless = matches!(parts.method, Method::GET | Method::HEAD);
    let form = match action.body_format() {
        BodyFormat::Auto | BodyFormat::Json => false,
        BodyFormat::Form => true,
        other => {
            return Err(Error::config(format!(
                "Volcengine has JSON and form bodies, but no {other:?} bodies"
            )));
        }
    };
    let mut body = Vec::new();
    for field in fields.iter() {
        match field.place {
            ParamLocation::Header => parts.header(field.name, &field.plain())?,
            ParamLocation::Query => flatten(&field, &mut parts.query)?,
            ParamLocation::Auto if bodiless => flatten(&field, &mut parts.query)?,
            ParamLocation::Auto | ParamLocation::Body if form && !bodiless => flatten(&field, &mut body)?,
            ParamLocation::Auto | ParamLocation::Body if !bodiless => {}
            other => {
                let (name, place) = (field.name, format!("{other:?}").to_lowercase());
                return Err(Error::config(format!(
                    "parameter `{name}` cannot go to the {place} of a {}: Volcengine takes parameters in the query, in the \
                     body of a POST, and in headers",
                    parts.method
                )));
            }
        }
    }
    for (name, value) in [("Action", action.name()), ("Version", action.version())] {
        if parts.query.iter().any(|(known, _)| known == name) {
            let what =
                format!("the query names the action in `{name}`: a parameter of this name needs a JSON body");
            return Err(Error::config(what));
        }
        parts.query.push((name.to_owned(), value.to_owned()));
    }
    parts.payload = match (bodiless, form) {
        (true, _) => Payload::Empty,
        (false, true) => Payload::Form(body),
        (false, false) => Payload::Bytes { content_type: JSON, data: fields.into_document() },
    };
    Ok(parts)
}

/// Adds a parameter to a query or a form, as one pair or as several.
///
/// An error of kind `Config` for a list that is declared as joined text, and for values that
/// [`inexpressible`] names.
fn flatten(field: &Field<'_>, out: &mut Vec<(String, String)>) -> Result<(), Error> {
    if !matches!(field.list, ListStyle::Auto | ListStyle::Numbered) {
        let what = format!("parameter `{}`: Volcengine numbers the elements of lists", field.name);
        return Err(Error::config(what));
    }
    if matches!(field.json.first(), Some(b'[' | b'{')) {
        let tree: Value = serde_json::from_slice(field.json).map_err(not_json)?;
        if let Some(what) = inexpressible(&tree) {
            let name = field.name;
            return Err(Error::config(format!(
                "parameter `{name}` has {what}, which a query cannot express"
            )));
        }
    }
    FLATTEN.push(field.name, field.json, out).map_err(not_json)
}

/// Names the first value in the tree that a flattened parameter cannot express, if there is one.
///
/// The vendor's package sends Python's text of such values (`[2, 3]`, `None`), which no service can read. A
/// null that is a member of an object is fine: it is left out.
fn inexpressible(tree: &Value) -> Option<&'static str> {
    match tree {
        Value::Object(members) => members.values().find_map(inexpressible),
        Value::Array(items) => items.iter().find_map(|item| match item {
            Value::Array(_) => Some("a list in a list"),
            Value::Null => Some("a null in a list"),
            other => inexpressible(other),
        }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::action::request::Param;
    use serde_json::json;

    fn parts(action: &ActionInfo, params: Value) -> Result<RequestParts, Error> {
        let mut fields = Fields::new();
        for (name, value) in params.as_object().unwrap() {
            fields.put(&Param::dynamic(name.clone()), value).unwrap();
        }
        request(action, fields)
    }

    fn shown(pairs: &[(String, String)]) -> String {
        pairs.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")
    }

    const ACTION: ActionInfo = ActionInfo::new("ecs", "2020-04-01", "Do");

    #[test]
    fn a_get_flattens_into_the_query() {
        let tree = json!({ "Ids": ["a", "b"], "T": [{ "K": 1, "V": ["x"] }], "B": true, "E": "", "L": [], "O": {}, "P": { "C": 1.0 } });
        let found = parts(&ACTION.with_method(Method::GET), tree).unwrap();
        let wanted = "B=true&E=&Ids.1=a&Ids.2=b&P.C=1.0&T.1.K=1&T.1.V.1=x&Action=Do&Version=2020-04-01";
        assert_eq!(shown(&found.query), wanted);
        assert!(matches!(found.payload, Payload::Empty));
    }

    #[test]
    fn other_methods_have_bodies() {
        let tree = || json!({ "A": [1, null, [2]], "N": { "x": null } });
        for method in [Method::POST, Method::PUT, Method::DELETE] {
            let found = parts(&ACTION.with_method(method), tree()).unwrap();
            assert_eq!(shown(&found.query), "Action=Do&Version=2020-04-01");
            let Payload::Bytes { content_type, data } = found.payload else { panic!("no body") };
            assert_eq!((content_type, &data[..]), (JSON, &br#"{"A":[1,null,[2]],"N":{"x":null}}"#[..]));
        }
        let found = parts(&ACTION, json!({})).unwrap();
        assert!(matches!(found.payload, Payload::Bytes { data, .. } if &data[..] == b"{}"));
        let found =
            parts(&ACTION.with_body_format(BodyFormat::Form), json!({ "A": { "B": [true] } })).unwrap();
        assert!(matches!(found.payload, Payload::Form(pairs) if shown(&pairs) == "A.B.1=true"));
    }

    #[test]
    fn what_cannot_be_sent_is_refused_with_the_name_of_the_parameter() {
        let get = || ACTION.with_method(Method::GET);
        for (action, tree, wanted) in [
            (get(), json!({ "Xy": [[1]] }), "`Xy` has a list in a list"),
            (get(), json!({ "Xy": { "a": [null] } }), "`Xy` has a null in a list"),
            (get(), json!({ "Action": "x" }), "`Action`"),
            (ACTION.with_body_format(BodyFormat::Form), json!({ "Xy": [[1]] }), "`Xy` has a list in a list"),
            (ACTION.with_body_format(BodyFormat::Xml), json!({}), "no Xml bodies"),
            (ACTION.with_path("/v1/x"), json!({}), "`/v1/x`"),
        ] {
            let error = parts(&action, tree).unwrap_err();
            assert!(error.message().contains(wanted), "{error}");
        }
        let mut fields = Fields::new();
        fields.put(&Param::new("Xy").place(ParamLocation::Body), &1).unwrap();
        assert!(
            request(&get(), fields).unwrap_err().message().contains("`Xy` cannot go to the body of a GET")
        );
    }
}
