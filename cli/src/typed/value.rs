//! From the text of a parameter to JSON, by the parameter's type.

use std::io::Read as _;

use cloudcall::json;
use cloudcall_generator::{Description, Type};

use crate::exit::{Failure, Result};

use super::check::kind;

/// The text itself, the text of a file (`@FILE`), or that of standard input (`-`). `@@` stands for a literal `@`.
pub(crate) fn source(name: &str, text: &str) -> Result<String> {
    let unreadable = |what: &str, error: &dyn std::fmt::Display| {
        Failure::usage(format!("usage: --{name}: {what} cannot be read: {error}"))
    };
    if text == "-" {
        let mut read = String::new();
        std::io::stdin().read_to_string(&mut read).map_err(|error| unreadable("stdin", &error))?;
        return Ok(read);
    }
    match text.strip_prefix('@') {
        Some(literal) if literal.starts_with('@') => Ok(literal.to_owned()),
        Some(path) => read(path).map_err(|error| unreadable(&format!("`{path}`"), &error)),
        None => Ok(text.to_owned()),
    }
}

#[allow(clippy::disallowed_methods, reason = "the file is the user's data, of any size")]
fn read(path: &str) -> std::io::Result<String> {
    std::fs::read_to_string(path)
}

/// An error that says where the text stops being JSON.
pub(crate) fn parsed(name: &str, text: &str) -> Result<cloudcall::Value> {
    text.parse().map_err(|_| {
        let position = match json::from_str::<serde::de::IgnoredAny>(text) {
            Err(error) => error.to_string(),
            Ok(_) => "it cannot be read".to_owned(),
        };
        Failure::usage(format!("usage: --{name} is not valid JSON: {position}"))
    })
}

/// The JSON text of a parameter that was typed.
pub(crate) fn literal(description: &Description, name: &str, text: &str, ty: &str) -> Result<String> {
    if let Some(element) = ty.strip_prefix("[]") {
        return match text.trim_start().starts_with('[') {
            true => Ok(text.to_owned()),
            false if kind(element) == "an object" && !is_text(description, element)? => {
                parsed(name, text)?;
                Ok(format!("[{text}]"))
            }
            false => Ok(format!("[{}]", literal(description, name, text, element)?)),
        };
    }
    let wrong = || Failure::usage(format!("usage: --{name} takes {}, not `{text}`", kind(ty)));
    match ty {
        "i64" | "u64" | "f64" | "number" => {
            let value: cloudcall::Value = text.trim().parse().map_err(|_| wrong())?;
            let number = value.as_number().ok_or_else(wrong)?;
            let whole = number.as_i128().is_some();
            if ty.ends_with("64") && ty != "f64" && !whole {
                return Err(wrong());
            }
            Ok(text.trim().to_owned())
        }
        "bool" => match text {
            "true" | "false" => Ok(text.to_owned()),
            _ => Err(wrong()),
        },
        "any" => Ok(match text.parse::<cloudcall::Value>() {
            Ok(_) => text.to_owned(),
            Err(_) => quoted(text),
        }),
        _ if ty.starts_with("{}") || ty.starts_with('#') && !is_text(description, ty)? => {
            parsed(name, text)?;
            Ok(text.to_owned())
        }
        _ => Ok(quoted(text)),
    }
}

/// A text as JSON.
pub(crate) fn quoted(text: &str) -> String {
    json::Value::from(text).to_string()
}

/// Whether a reference is to an enumeration.
fn is_text(description: &Description, ty: &str) -> Result<bool> {
    Ok(match ty.strip_prefix('#') {
        Some(name) => matches!(description.ty(name)?, Type::Enum(_)),
        None => false,
    })
}
