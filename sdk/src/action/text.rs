//! Requests and models as JSON texts, under their wire names.

use std::fmt::Write as _;

use serde::de::DeserializeOwned;

use crate::action::json::write_with;
use crate::action::wire_value::WireValue;
use crate::error::{Error, ErrorKind, near};
use crate::response::read_json;
use crate::response::tolerant::{Form, ModelForm, Shaped};
use crate::value::{Value, parse};

/// Writes requests and models as JSON, under their wire names.
///
/// Every model of requests implements it. Actions and models of responses implement it with the option
/// `json`: `#[cloud_action(..., json)]`, `#[cloud_model(..., response, json)]`, and `json;` in `actions!`.
/// Lists and maps of them, and [`Value`], implement it, too.
///
/// The text contains the real values of secrets, because the service has to receive them. Do not log it.
/// `Debug` masks secrets.
///
/// ```
/// use cloudcall::prelude::*;
///
/// #[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12", json)]
/// pub struct DescribeZones {
///     pub filters: Option<Vec<Filter>>,
///     pub limit: Option<i64>,
/// }
///
/// #[cloud_model(provider = "tencent", request, json)]
/// #[derive(PartialEq)]
/// pub struct Filter {
///     pub name: String,
///     pub values: Vec<String>,
/// }
///
/// let text = r#"{"Filters":[{"Name":"zone","Values":["z-1"]}],"Limit":20}"#;
/// let request = DescribeZones::from_json_string(text)?;
/// assert_eq!(request.limit, Some(20));
/// assert_eq!(request.to_json_string()?, text);
///
/// let error = DescribeZones::from_json_string(&text.replace("Values", "Valeus")).unwrap_err();
/// let wanted = "`Filters[0].Valeus` is not known, did you mean `Values`?";
/// assert!(error.to_string().contains(wanted), "{error}");
/// # Ok::<(), Error>(())
/// ```
pub trait ToJson {
    /// The JSON text in one line.
    ///
    /// # Errors
    ///
    /// Kind `Config` if JSON has no such value: NaN, infinity, and parameters that are files.
    #[doc(alias = "to_json")]
    fn to_json_string(&self) -> Result<String, Error>;

    /// The JSON text in lines, each level indented by `indent` blanks.
    ///
    /// # Errors
    ///
    /// As of [`to_json_string`](Self::to_json_string).
    #[doc(alias = "indent")]
    fn to_json_string_pretty(&self, indent: usize) -> Result<String, Error>;
}

impl<T: WireValue + ?Sized> ToJson for T {
    fn to_json_string(&self) -> Result<String, Error> {
        let mut out = Vec::new();
        text(write_with(&mut serde_json::Serializer::new(&mut out), self), out)
    }

    fn to_json_string_pretty(&self, indent: usize) -> Result<String, Error> {
        let blanks = " ".repeat(indent);
        let formatter = serde_json::ser::PrettyFormatter::with_indent(blanks.as_bytes());
        let mut out = Vec::new();
        text(write_with(&mut serde_json::Serializer::with_formatter(&mut out, formatter), self), out)
    }
}

fn text(written: serde_json::Result<()>, out: Vec<u8>) -> Result<String, Error> {
    let wrong = |error: &dyn std::fmt::Display| format!("this cannot be written as JSON: {error}");
    written.map_err(|error| Error::config(wrong(&error)).with_source(error))?;
    String::from_utf8(out).map_err(|error| Error::config(wrong(&error)).with_source(error))
}

/// Reads requests and models from JSON, by their wire names.
///
/// Every model of responses implements it. Actions and models of requests implement it with the option
/// `json`; see [`ToJson`].
///
/// - An action or a model of requests is read strictly. A name that it does not have is an error that
///   tells the place and the nearest name. A value that cannot be read is an error, too.
/// - A model of responses is read as tolerantly as a response: unknown names are ignored, and an optional
///   member that cannot be read is `None`.
pub trait FromJson: Sized {
    /// Reads a JSON text.
    ///
    /// # Errors
    ///
    /// Kind `Decode` if the text is not JSON, lacks a required member, or has a name that the request does
    /// not have.
    #[doc(alias = "from_json")]
    fn from_json_string(text: &str) -> Result<Self, Error>;
}

impl<T: Shaped + DeserializeOwned + Send + 'static> FromJson for T {
    fn from_json_string(text: &str) -> Result<Self, Error> {
        let form = T::FORM;
        let exact = is_request(&form);
        if exact {
            check(text, &form)?;
        }
        read_json(text, exact)
    }
}

/// Whether the type is a request. Then names that it does not have are mistakes.
fn is_request(form: &Form) -> bool {
    match form.plain() {
        Form::Model(model) => model.request,
        Form::List(inner) | Form::Map(inner) => is_request(inner),
        _ => false,
    }
}

/// Reports the first name that the type does not have.
fn check(text: &str, form: &Form) -> Result<(), Error> {
    // A text that is not JSON is reported by what reads it.
    let Ok(parsed) = parse(text) else { return Ok(()) };
    members(&parsed.value, form, &mut String::new())
}

fn members(value: &Value, form: &Form, path: &mut String) -> Result<(), Error> {
    let end = path.len();
    match (form.plain(), value) {
        (Form::Model(model), Value::Object(object)) => {
            for (name, value) in object {
                if !path.is_empty() {
                    path.push('.');
                }
                path.push_str(name);
                let at = model.names.iter().position(|known| *known == name);
                let form =
                    at.and_then(|at| (model.members)().get(at)).ok_or_else(|| unknown(path, name, model))?;
                members(value, form, path)?;
                path.truncate(end);
            }
        }
        (Form::List(inner), Value::Array(items)) => {
            for (at, item) in items.iter().enumerate() {
                // Writing into a `String` cannot fail.
                let _ = write!(path, "[{at}]");
                members(item, inner, path)?;
                path.truncate(end);
            }
        }
        (Form::List(inner), single) => members(single, inner, path)?,
        (Form::Map(inner), Value::Object(object)) => {
            for (name, value) in object {
                let _ = write!(path, "[{name:?}]");
                members(value, inner, path)?;
                path.truncate(end);
            }
        }
        _ => {}
    }
    Ok(())
}

#[cold]
fn unknown(path: &str, name: &str, model: &ModelForm) -> Error {
    let advice = match (near(name, model.names.iter().copied()), model.names) {
        (Some(near), _) => format!(", did you mean `{near}`?"),
        (None, []) => ": there are no members here".to_owned(),
        (None, names) => format!("; the members here are `{}`", names.join("`, `")),
    };
    Error::new(ErrorKind::Decode, format!("`{path}` is not known{advice}"))
}
