//! The record of a type.

use super::json::{Mistake, Node, Value};
use super::object::{Object, scalar};
use super::read::Reader;
use crate::names::{list, nearest};

const TYPE: [&str; 5] = ["fields", "enum", "stream", "polymorphic", "usage"];
const FIELD: [&str; 18] = [
    "name",
    "key",
    "type",
    "required",
    "always",
    "nullable",
    "disabled",
    "sensitive",
    "in",
    "list",
    "enum",
    "min",
    "max",
    "min_len",
    "max_len",
    "default",
    "unit",
    "deprecated",
];
const SCALARS: [&str; 11] =
    ["string", "i64", "u64", "f64", "number", "bool", "datetime", "datetime_iso", "date", "binary", "any"];
/// Places of a field, with their letters in a record.
pub(super) const PLACES: [(&str, char); 8] = [
    ("query", 'q'),
    ("path", 'p'),
    ("header", 'h'),
    ("body", 'b'),
    ("form", 'f'),
    ("host", 'o'),
    ("whole", 'w'),
    ("stream", 't'),
];
const LISTS: [&str; 7] = ["multi", "csv", "json", "simple", "spaceDelimited", "pipeDelimited", "flat"];

impl Reader<'_, '_> {
    pub(super) fn ty(&self, name: &str, node: &Node) -> Result<String, Mistake> {
        let ty = Object::of(node, format!("the type `{name}`"), &TYPE)?;
        if ty.flag("polymorphic")? {
            return Ok(format!("{name}\tp"));
        }
        let values = ty.texts("enum")?;
        match ty.get("fields") {
            Some(Node { value: Value::List(fields), .. }) if values.is_empty() => {
                let mut line = vec![name.to_owned(), "s".to_owned()];
                let mut keys: Vec<String> = Vec::new();
                for field in fields {
                    line.push(self.field(name, field, &mut keys)?);
                }
                Ok(line.join("\t"))
            }
            None if !values.is_empty() => Ok(format!("{name}\te\t{}", values.join("\t"))),
            _ => Err((
                ty.at,
                format!("{} needs either `fields`, an array, or `enum`, an array of strings", ty.what),
            )),
        }
    }

    fn field(&self, of: &str, node: &Node, keys: &mut Vec<String>) -> Result<String, Mistake> {
        let field = Object::of(node, format!("a field of `{of}`"), &FIELD)?;
        let wire = field.need_text("name", "its name on the wire")?;
        let field = field.named(format!("the field `{of}.{wire}`"));
        let key = field.text("key")?.unwrap_or(wire);
        if keys.iter().any(|known| known == key) {
            let message =
                format!("the type `{of}` has two fields `{key}`; give one of them a `key` that is unique");
            return Err((node.at, message));
        }
        keys.push(key.to_owned());
        let ty = field.need_text("type", "its type, such as `\"type\": \"string\"`")?;
        self.expression(ty, field.get("type").map_or(node.at, |node| node.at), &field.what)?;
        let mut marks = String::new();
        for (letter, flag) in [('r', "required"), ('d', "disabled"), ('s', "sensitive")] {
            marks.extend(field.flag(flag)?.then_some(letter));
        }
        let place = field.word("in", &PLACES.map(|(place, _)| place))?;
        marks.extend(PLACES.iter().find(|(known, _)| Some(*known) == place).map(|(_, letter)| letter));
        let list = field.word("list", &LISTS)?.map(|list| list.trim_end_matches("Delimited"));
        marks.extend(list.map(|list| format!(",list={list}")));
        marks.extend((key != wire).then(|| format!(",key={key}")));
        for name in ["min", "max", "min_len", "max_len"] {
            marks.extend(field.number(name)?.map(|value| format!(",{name}={value}")));
        }
        for name in ["default", "unit"] {
            marks.extend(
                field
                    .get(name)
                    .and_then(scalar)
                    .filter(|text| fits(text))
                    .map(|text| format!(",{name}={text}")),
            );
        }
        let deprecated = field.flag("deprecated")? || field.flag("disabled")?;
        marks.push_str(if deprecated { ",deprecated=1" } else { "" });
        marks.push_str(&values(&field)?);
        Ok(format!("{ty}:{marks} {wire}"))
    }

    pub(super) fn expression(&self, ty: &str, at: usize, what: &str) -> Result<(), Mistake> {
        let mut inner = ty;
        while let Some(rest) = inner.strip_prefix("[]").or(inner.strip_prefix("{}")) {
            inner = rest;
        }
        match inner.strip_prefix('#') {
            Some(name) if self.types.get(name).is_some() => Ok(()),
            Some(name) => {
                let known: Vec<&str> =
                    self.types.members().iter().map(|member| member.name.as_str()).collect();
                let hint = match nearest(name, &known).as_slice() {
                    [] => "; add it to `types`".to_owned(),
                    near => format!("; did you mean {}?", list(near, "or")),
                };
                Err((at, format!("{what} refers to the type `{name}`, which is not in `types`{hint}")))
            }
            None if SCALARS.contains(&inner) || inner == "file" => Ok(()),
            None => {
                let known = list(&SCALARS, "or");
                Err((
                    at,
                    format!(
                        "`{ty}` of {what} is not a type: write {known}, `#Name`, or `[]` or `{{}}` before one"
                    ),
                ))
            }
        }
    }
}

/// The values of a field. They are hints for the documentation, so a list that a record cannot hold is left out.
fn values(field: &Object<'_>) -> Result<String, Mistake> {
    let Some(node) = field.get("enum") else { return Ok(String::new()) };
    let Value::List(items) = &node.value else {
        return Err((
            node.at,
            format!("`enum` of {} must be an array, not {}", field.what, node.value.kind()),
        ));
    };
    let values: Vec<String> = items.iter().filter_map(scalar).map(|text| text.trim().to_owned()).collect();
    let whole = values.len() == items.len() && !values.is_empty() && values.iter().all(|text| fits(text));
    Ok(if whole { format!(",values={}", values.join("|")) } else { String::new() })
}

/// Whether a hint can stand in a record.
fn fits(text: &str) -> bool {
    !text.is_empty() && !text.contains([',', '|', ' ']) && !text.chars().any(char::is_control)
}
