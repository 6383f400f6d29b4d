//! An example input of an action: every parameter, required ones first.

use cloudcall::Value;
use cloudcall_generator::{CallFacts, Description, Field, ParamLocation, Type};

use crate::exit::Result;

/// How deep structures are written out.
const DEPTH: usize = 6;

/// The input as JSON text. With `required`, only what the call cannot do without.
pub(crate) fn skeleton(description: &Description, facts: &CallFacts<'_>, required: bool) -> Result<String> {
    let mut all: Vec<Field<'_>> = Vec::new();
    for member in &facts.parameters {
        let field = member.field;
        if from_credential(&field) {
            continue;
        }
        match field.place {
            // The members of a body are parameters, too.
            ParamLocation::Whole => match structure(description, field.ty)? {
                Some(inner) if !inner.is_empty() => all.extend(inner),
                _ => all.push(field),
            },
            _ => all.push(field),
        }
    }
    let text = members(description, &all, required, DEPTH)?;
    let value: Value = text.parse().unwrap_or_default();
    Ok(format!("{value:#}"))
}

/// How deep an example of a response is written out: responses are larger than requests.
const RESPONSE_DEPTH: usize = 3;

/// An example of a response of this type, as JSON text.
pub(crate) fn example_response(description: &Description, output: &str) -> Result<String> {
    let ty = format!("#{}", output.trim_start_matches('#'));
    let fields = match output {
        "" | "binary" => None,
        _ => structure(description, &ty).unwrap_or_default(),
    };
    members(description, &fields.unwrap_or_default(), false, RESPONSE_DEPTH)
}

/// Whether the credential has the value.
fn from_credential(field: &Field<'_>) -> bool {
    field.place == ParamLocation::Path && matches!(field.wire, "project_id" | "domain_id")
}

fn structure<'d>(description: &'d Description, ty: &str) -> Result<Option<Vec<Field<'d>>>> {
    Ok(match ty.strip_prefix('#').map(|name| description.ty(name)).transpose()? {
        Some(Type::Struct(fields)) => Some(fields),
        _ => None,
    })
}

fn members(description: &Description, all: &[Field<'_>], required: bool, depth: usize) -> Result<String> {
    let is_needed = |field: &Field<'_>| field.required || matches!(field.place, ParamLocation::Path);
    let mut all: Vec<&Field<'_>> =
        all.iter().filter(|field| !field.disabled && (!required || is_needed(field))).collect();
    all.sort_by_key(|field| !is_needed(field));
    let mut out = Vec::new();
    for field in all {
        let name = serde_json::Value::from(field.wire);
        out.push(format!("{name}:{}", example(description, field.ty, field, required, depth)?));
    }
    Ok(format!("{{{}}}", out.join(",")))
}

fn example(
    description: &Description,
    ty: &str,
    field: &Field<'_>,
    required: bool,
    depth: usize,
) -> Result<String> {
    if let Some(element) = ty.strip_prefix("[]") {
        return Ok(format!("[{}]", example(description, element, field, required, depth)?));
    }
    if ty.starts_with("{}") {
        return Ok("{}".to_owned());
    }
    if let Some(name) = ty.strip_prefix('#') {
        return match description.ty(name)? {
            Type::Struct(_) if depth == 0 => Ok("{}".to_owned()),
            Type::Struct(fields) => members(description, &fields, required, depth - 1),
            Type::Enum(values) => {
                Ok(serde_json::Value::from(values.first().copied().unwrap_or_default()).to_string())
            }
            Type::Any => Ok("null".to_owned()),
        };
    }
    let value = field.hint("values").and_then(|values| values.split('|').next());
    Ok(match ty {
        "i64" | "u64" | "number" | "f64" => value.or(field.hint("min")).unwrap_or("0").to_owned(),
        "bool" => "false".to_owned(),
        "any" => "null".to_owned(),
        _ => serde_json::Value::from(value.unwrap_or_default()).to_string(),
    })
}
