//! Schemas as types of a description.

use std::collections::HashMap;

use cloudcall::Value;
use serde_json::{Map, Value as Json, json};

use super::document::{Document, members};
use super::names::{Names, pascal};

/// Lists in lists and the like; deeper is a schema that contains itself.
const DEPTH: usize = 16;

/// The types so far.
#[derive(Clone)]
pub(super) struct Types<'d> {
    document: &'d Document,
    names: Names,
    /// Names of types by reference.
    known: HashMap<&'d str, String>,
    types: Map<String, Json>,
    /// What was lost since it was read last.
    pub(super) notes: Vec<String>,
}

impl<'d> Types<'d> {
    pub(super) fn new(document: &'d Document) -> Self {
        Self {
            document,
            names: Names::default(),
            known: HashMap::new(),
            types: Map::new(),
            notes: Vec::new(),
        }
    }

    pub(super) fn into_json(self) -> Json {
        Json::Object(self.types)
    }

    /// Adds a structure, and gives its name.
    pub(super) fn add(&mut self, name: &str, fields: Vec<Json>) -> String {
        let name = self.names.free(&pascal(name));
        self.types.insert(name.clone(), json!({ "fields": fields }));
        name
    }

    /// A field with the type of a schema and what the schema says of its values. `of` is the name for a structure in it.
    pub(super) fn field(
        &mut self,
        wire: &str,
        schema: &'d Value,
        of: &str,
    ) -> Result<Map<String, Json>, String> {
        let ty = self.expression(schema, of, DEPTH)?;
        let (schema, _) = self.document.resolve(schema)?;
        let mut field = Map::new();
        field.insert("name".to_owned(), json!(wire));
        field.insert("type".to_owned(), json!(ty));
        for (ours, theirs) in [
            ("min", "minimum"),
            ("max", "maximum"),
            ("min_len", "minLength"),
            ("max_len", "maxLength"),
            ("min_len", "minItems"),
            ("max_len", "maxItems"),
            ("default", "default"),
        ] {
            let Some(value) = schema.get(theirs) else { continue };
            if value.is_number() || theirs == "default" && (value.is_string() || value.as_bool().is_some()) {
                field.insert(ours.to_owned(), plain(value));
            }
        }
        let values =
            schema.get("enum").or_else(|| schema.get("items")?.get("enum")).and_then(Value::as_array);
        let values: Vec<Json> =
            values.into_iter().flatten().filter(|value| !value.is_null()).map(plain).collect();
        if !values.is_empty() {
            field.insert("enum".to_owned(), json!(values));
        }
        for (ours, is) in [
            ("deprecated", schema.get("deprecated").and_then(Value::as_bool) == Some(true)),
            ("sensitive", schema.get("format").and_then(Value::as_str) == Some("password")),
        ] {
            if is {
                field.insert(ours.to_owned(), json!(true));
            }
        }
        Ok(field)
    }

    /// The type expression of a schema.
    fn expression(&mut self, schema: &'d Value, of: &str, depth: usize) -> Result<String, String> {
        let Some(depth) = depth.checked_sub(1) else {
            self.notes.push(format!("`{of}` contains itself and is any JSON"));
            return Ok("any".to_owned());
        };
        let (schema, reference) = self.document.resolve(schema)?;
        if let Some(name) = reference.and_then(|reference| self.known.get(reference)) {
            return Ok(format!("#{name}"));
        }
        let own = reference.and_then(|reference| reference.rsplit('/').next()).unwrap_or(of);
        if let Some(choice) = ["oneOf", "anyOf"].into_iter().find(|key| schema.get(key).is_some()) {
            let choices = schema.get(choice).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
            let is_null = |schema: &&Value| schema.get("type").and_then(Value::as_str) == Some("null");
            let real: Vec<&Value> = choices.iter().filter(|schema| !is_null(schema)).collect();
            if let [only] = real.as_slice() {
                return self.expression(only, own, depth);
            }
            self.notes.push(format!("`{own}` is one of several types ({choice}) and is any JSON"));
            return Ok("any".to_owned());
        }
        let (properties, required) = self.properties(schema, depth)?;
        if !properties.is_empty() {
            if schema.get("additionalProperties").is_some_and(|more| more.as_bool() != Some(false)) {
                self.notes.push(format!("members of `{own}` that have no name are left out"));
            }
            return self.structure(reference, own, &properties, &required);
        }
        let format = schema.get("format").and_then(Value::as_str).unwrap_or_default();
        Ok(match (kind(schema), format) {
            ("string", "date-time") => "datetime_iso".to_owned(),
            ("string", "date") => "date".to_owned(),
            ("string", "binary") => "file".to_owned(),
            ("string", "byte") => "binary".to_owned(),
            ("string", _) => "string".to_owned(),
            ("integer", "uint64" | "uint32") => "u64".to_owned(),
            ("integer", _) => "i64".to_owned(),
            ("number", _) => "f64".to_owned(),
            ("boolean", _) => "bool".to_owned(),
            ("array", _) => match schema.get("items") {
                Some(items) => format!("[]{}", self.expression(items, &format!("{own}Item"), depth)?),
                None => "[]any".to_owned(),
            },
            ("object", _) => match schema.get("additionalProperties") {
                Some(values) if values.as_object().is_some_and(|values| values.iter().next().is_some()) => {
                    format!("{{}}{}", self.expression(values, &format!("{own}Value"), depth)?)
                }
                _ => "{}any".to_owned(),
            },
            _ => "any".to_owned(),
        })
    }

    fn structure(
        &mut self,
        reference: Option<&'d str>,
        own: &str,
        properties: &[(&'d str, &'d Value)],
        required: &[&str],
    ) -> Result<String, String> {
        // The name is known before the members, since they may refer to it.
        let name = self.add(own, Vec::new());
        if let Some(reference) = reference {
            self.known.insert(reference, name.clone());
        }
        let mut fields = Vec::new();
        for (wire, schema) in properties {
            let mut field = self.field(wire, schema, &format!("{name}{}", pascal(wire)))?;
            if required.contains(wire) {
                field.insert("required".to_owned(), json!(true));
            }
            fields.push(Json::Object(field));
        }
        self.types.insert(name.clone(), json!({ "fields": fields }));
        Ok(format!("#{name}"))
    }

    /// The members of an object with those of its `allOf`, and which are required.
    #[allow(clippy::type_complexity, reason = "two lists")]
    fn properties(
        &self,
        schema: &'d Value,
        depth: usize,
    ) -> Result<(Vec<(&'d str, &'d Value)>, Vec<&'d str>), String> {
        let (mut found, mut required) = (Vec::new(), Vec::new());
        let parts = schema.get("allOf").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        let Some(depth) = depth.checked_sub(1) else { return Err("`allOf` leads in a circle".to_owned()) };
        for part in parts {
            let (part, _) = self.document.resolve(part)?;
            let (inner, needed) = self.properties(part, depth)?;
            found.extend(inner);
            required.extend(needed);
        }
        found.extend(members(schema.get("properties")));
        let names = schema.get("required").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        required.extend(names.iter().filter_map(Value::as_str));
        // Of a name that stands twice, the last one counts.
        let mut unique: Vec<(&str, &Value)> = Vec::new();
        for (name, schema) in found {
            match unique.iter_mut().find(|(known, _)| *known == name) {
                Some(known) => known.1 = schema,
                None => unique.push((name, schema)),
            }
        }
        Ok((unique, required))
    }
}

/// The kind of a schema, without the `null` that OpenAPI 3.1 may list beside it.
fn kind(schema: &Value) -> &str {
    let named = match schema.get("type") {
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).find(|kind| *kind != "null"),
        Some(kind) => kind.as_str(),
        None => None,
    };
    match named {
        Some(kind) => kind,
        None if schema.get("enum").is_some() => "string",
        None if schema.get("items").is_some() => "array",
        None if schema.get("additionalProperties").is_some() => "object",
        None => "",
    }
}

/// A number, text or boolean as it is.
fn plain(value: &Value) -> Json {
    serde_json::from_str(&value.to_string()).unwrap_or_default()
}
