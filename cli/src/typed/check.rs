//! Checks JSON against the types of the catalogue, before anything is sent.

use cloudcall::Value;
use cloudcall_generator::{Description, Field, Type};

use crate::actions::near;
use crate::exit::{Failure, Result};

/// What a type takes, in words.
pub(crate) fn kind(ty: &str) -> &'static str {
    match ty.as_bytes().first() {
        Some(b'[') => "a list",
        Some(b'{' | b'#') => "an object",
        _ => match ty {
            "i64" | "u64" => "a whole number",
            "f64" | "number" => "a number",
            "bool" => "true or false",
            _ => "a text",
        },
    }
}

/// The members of a structure; none for any other type.
pub(crate) fn fields<'a>(description: &'a Description, ty: &str) -> Result<Option<Vec<Field<'a>>>> {
    match ty.strip_prefix('#') {
        Some(name) => match description.ty(name)? {
            Type::Struct(fields) => Ok(Some(fields)),
            _ => Ok(None),
        },
        None => Ok(None),
    }
}

/// Whether a reference is to an enumeration, which is a text, or to anything.
fn referred(description: &Description, ty: &str) -> Result<&'static str> {
    Ok(match ty.strip_prefix('#') {
        Some(name) => match description.ty(name)? {
            Type::Struct(_) => "struct",
            Type::Enum(_) => "text",
            Type::Any => "any",
        },
        None => "",
    })
}

/// Checks a value and everything in it. `place` is the way to it, such as `Filters[0].Values`.
pub(crate) fn check(description: &Description, value: &Value, ty: &str, place: &str) -> Result<()> {
    let wrong = |wanted: &str| {
        let found = match value {
            Value::Null => "null",
            Value::Bool(_) => "true or false",
            Value::Number(_) => "a number",
            Value::String(_) => "a text",
            Value::Array(_) => "a list",
            Value::Object(_) => "an object",
        };
        Err(Failure::usage(format!("usage: `{place}` takes {wanted}, not {found}")))
    };
    if let Some(element) = ty.strip_prefix("[]") {
        let Value::Array(items) = value else { return wrong("a list") };
        for (number, item) in items.iter().enumerate() {
            check(description, item, element, &format!("{place}[{number}]"))?;
        }
        return Ok(());
    }
    if let Some(element) = ty.strip_prefix("{}") {
        let Value::Object(members) = value else { return wrong("an object") };
        for (name, member) in members.iter() {
            check(description, member, element, &format!("{place}.{name}"))?;
        }
        return Ok(());
    }
    let fits = match (ty, referred(description, ty)?) {
        (_, "any") | ("any", _) => true,
        (_, "struct") => return members(description, value, ty, place),
        ("i64" | "u64", _) => value.as_number().is_some_and(|number| number.as_i128().is_some()),
        ("f64" | "number", _) => value.is_number(),
        ("bool", _) => value.as_bool().is_some(),
        _ => value.is_string(),
    };
    match fits {
        true => Ok(()),
        false => wrong(if ty.starts_with('#') { "a text" } else { kind(ty) }),
    }
}

fn members(description: &Description, value: &Value, ty: &str, place: &str) -> Result<()> {
    let known = fields(description, ty)?.unwrap_or_default();
    let Value::Object(members) = value else {
        let names = known.iter().take(3).map(|field| field.wire).collect::<Vec<_>>().join(", ");
        return Err(Failure::usage(format!("usage: `{place}` takes an object with members such as {names}")));
    };
    for (name, member) in members.iter() {
        let Some(field) = known.iter().find(|field| field.wire == name) else {
            let names: Vec<&str> = known.iter().map(|field| field.wire).collect();
            let hint = match near(name, &names, "") {
                hint if hint.is_empty() => format!("; its members are {}", names.join(", ")),
                hint => hint,
            };
            return Err(Failure::usage(format!("usage: `{place}` has no member `{name}`{hint}")));
        };
        check(description, member, field.ty, &format!("{place}.{name}"))?;
    }
    match known.iter().find(|field| field.required && !members.contains_key(field.wire)) {
        Some(field) => {
            let (name, kind) = (field.wire, kind(field.ty));
            Err(Failure::usage(format!("usage: `{place}` needs the member `{name}`, {kind}: add it")))
        }
        None => Ok(()),
    }
}
