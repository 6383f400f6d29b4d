//! What is known of a field beyond its type, as lines of documentation.
//!
//! These are facts for the reader. The runtime checks none of them: the service may know more values than the vendor's texts name.

use std::fmt::Write as _;

use crate::description::Field;

/// More values than this are cut off in the documentation.
const MOST_VALUES: usize = 20;

/// Writes the documentation of a field.
pub(crate) fn write(out: &mut String, field: &Field<'_>, required: bool) {
    let _ = writeln!(out, "    /// {}", text(field, required));
}

/// What is known of a field: its name on the wire, whether a request needs it, and the vendor's hints.
pub(crate) fn text(field: &Field<'_>, required: bool) -> String {
    let mut text = format!("`{}` on the wire.", field.wire);
    let mut add = |fact: std::fmt::Arguments<'_>| {
        let _ = write!(text, " {fact}");
    };
    if required {
        add(format_args!("Required."));
    }
    if let Some(values) = field.hint("values") {
        let values: Vec<&str> = values.split('|').collect();
        let shown: Vec<String> = values.iter().take(MOST_VALUES).map(|value| format!("`{value}`")).collect();
        let rest = if values.len() > MOST_VALUES { ", …" } else { "" };
        add(format_args!("Values: {}{rest}.", shown.join(", ")));
    }
    if let Some(range) = range(field.hint("min"), field.hint("max")) {
        add(format_args!("Range: {range}."));
    }
    if let Some(range) = range(field.hint("min_len"), field.hint("max_len")) {
        add(format_args!("Length: {range}."));
    }
    if let Some(value) = field.hint("default") {
        add(format_args!("Default: `{value}`."));
    }
    if let Some(unit) = field.hint("unit") {
        add(format_args!("Unit: {unit}."));
    }
    if let Some(format) = format(field.ty) {
        add(format_args!("Format: {format}."));
    }
    if field.sensitive {
        add(format_args!("Secret: masked in logs."));
    }
    if field.hint("deprecated").is_some() {
        add(format_args!("Deprecated by the vendor."));
    }
    text
}

fn range(least: Option<&str>, most: Option<&str>) -> Option<String> {
    match (least, most) {
        (Some(least), Some(most)) => Some(format!("{least} to {most}")),
        (Some(least), None) => Some(format!("{least} or more")),
        (None, Some(most)) => Some(format!("at most {most}")),
        (None, None) => None,
    }
}

/// How a text must look whose type is a time.
fn format(ty: &str) -> Option<&'static str> {
    match ty.trim_start_matches("[]") {
        "datetime" => Some("`YYYY-MM-DD hh:mm:ss`, or as the vendor's page says"),
        "datetime_iso" => Some("ISO 8601 with a time zone"),
        "date" => Some("`YYYY-MM-DD`"),
        _ => None,
    }
}
