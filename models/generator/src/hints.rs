//! What the vendor says of a value beyond its type.

use std::fmt::Write as _;

use crate::description::Field;

/// What the vendor says of a value, as a line of documentation. The runtime does not check it: the service may know more.
pub(crate) fn write(out: &mut String, field: &Field<'_>) {
    let range = |what: &str, least: Option<&str>, most: Option<&str>| match (least, most) {
        (Some(least), Some(most)) => Some(format!("{what}: {least} to {most}.")),
        (Some(least), None) => Some(format!("{what}: {least} or more.")),
        (None, Some(most)) => Some(format!("{what}: at most {most}.")),
        (None, None) => None,
    };
    let values = field.hint("values").map(|values| {
        let values: Vec<String> = values.split('|').map(|value| format!("`{value}`")).collect();
        format!("Values: {}.", values.join(", "))
    });
    let all = [
        values,
        range("Range", field.hint("min"), field.hint("max")),
        range("Length", field.hint("min_len"), field.hint("max_len")),
    ];
    let text: Vec<String> = all.into_iter().flatten().collect();
    if !text.is_empty() {
        let _ = writeln!(out, "    /// {}", text.join(" "));
    }
}
