//! Operations as actions of a description.

use cloudcall::Value;
use serde_json::{Map, Value as Json, json};

use super::document::{Document, members};
use super::names::{Names, pascal};
use super::schema::Types;

const METHODS: [&str; 7] = ["get", "put", "post", "delete", "patch", "head", "options"];

/// The cloud whose protocol the actions get.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    Huawei,
    Alibaba,
}

impl Target {
    pub(super) fn protocol(self) -> &'static str {
        match self {
            Self::Huawei => "huawei-rest",
            Self::Alibaba => "ali-roa",
        }
    }

    /// Where a description has the whole document of a request.
    fn body(self) -> &'static str {
        match self {
            Self::Huawei => "body",
            Self::Alibaba => "whole",
        }
    }

    /// Whether the credential fills a placeholder.
    fn is_implicit(self, placeholder: &str) -> bool {
        self == Self::Huawei && matches!(placeholder, "project_id" | "domain_id")
    }
}

/// All operations that can be expressed, by name, and how many there are. `report` gets what is lost.
pub(super) fn operations<'d>(
    document: &'d Document,
    target: Target,
    prefix: &str,
    types: &mut Types<'d>,
    report: &mut Vec<String>,
) -> (Map<String, Json>, usize) {
    let (mut actions, mut names, mut all) = (Map::new(), Names::default(), 0);
    for (path, item) in document.paths() {
        for method in METHODS {
            let Some(operation) = item.get(method) else { continue };
            all += 1;
            let place = format!("{} {path}", method.to_ascii_uppercase());
            let name = match operation.get("operationId").and_then(Value::as_str) {
                Some(id) => pascal(id),
                None => pascal(&format!("{method} {}", path.replace(['{', '}'], ""))),
            };
            let one = Operation { document, target, item, operation, path, name: &name };
            types.notes.clear();
            let before = types.clone();
            let action = one.action(method, &format!("{prefix}{path}"), types);
            report.extend(types.notes.drain(..).map(|note| format!("{place}: {note}")));
            match action {
                Ok(action) => {
                    actions.insert(names.free(&name), Json::Object(action));
                }
                Err(reason) => {
                    report.push(format!("{place}: left out: {reason}"));
                    *types = before;
                }
            }
        }
    }
    (actions, all)
}

struct Operation<'d, 'o> {
    document: &'d Document,
    target: Target,
    item: &'d Value,
    operation: &'d Value,
    path: &'d str,
    name: &'o str,
}

impl<'d> Operation<'d, '_> {
    fn action(&self, method: &str, path: &str, types: &mut Types<'d>) -> Result<Map<String, Json>, String> {
        let mut action = Map::new();
        action.insert("method".to_owned(), json!(method.to_ascii_uppercase()));
        action.insert("path".to_owned(), json!(path));
        let mut fields = self.parameters(types)?;
        if let Some(body) = self.operation.get("requestBody") {
            let (body, _) = self.document.resolve(body)?;
            fields.extend(self.body(body, &mut action, types)?);
        }
        if !fields.is_empty() {
            let input = types.add(&format!("{}Request", self.name), fields);
            action.insert("in".to_owned(), json!(format!("#{input}")));
        }
        self.response(&mut action, types)?;
        if self.operation.get("deprecated").and_then(Value::as_bool) == Some(true) {
            action.insert("status".to_owned(), json!("deprecated"));
        }
        Ok(action)
    }

    fn parameters(&self, types: &mut Types<'d>) -> Result<Vec<Json>, String> {
        let mut found: Vec<(&str, &str, &Value)> = Vec::new();
        // Those of the operation replace those of the path.
        for list in [self.item, self.operation] {
            for parameter in list.get("parameters").and_then(Value::as_array).into_iter().flatten() {
                let (parameter, _) = self.document.resolve(parameter)?;
                let text = |name: &str| parameter.get(name).and_then(Value::as_str);
                let (Some(name), Some(place)) = (text("name"), text("in")) else {
                    return Err("a parameter has no `name` or no `in`".to_owned());
                };
                found.retain(|known| (known.0, known.1) != (name, place));
                found.push((name, place, parameter));
            }
        }
        let mut fields = Vec::new();
        let holes: Vec<&str> =
            self.path.split('{').skip(1).filter_map(|part| Some(part.split_once('}')?.0)).collect();
        for (name, place, parameter) in found {
            let is_required = parameter.get("required").and_then(Value::as_bool) == Some(true);
            let reserved = ["accept", "authorization", "content-type"];
            match place {
                "path" if self.target.is_implicit(name) => continue,
                "path" if !holes.contains(&name) => {
                    types
                        .notes
                        .push(format!("the path has no place for the parameter `{name}`, which is left out"));
                    continue;
                }
                // OpenAPI says that these are no parameters.
                "header" if reserved.contains(&name.to_ascii_lowercase().as_str()) => continue,
                "path" | "query" | "header" => {}
                other if is_required => return Err(format!("it requires the {other} parameter `{name}`")),
                other => {
                    types.notes.push(format!("the {other} parameter `{name}` is left out"));
                    continue;
                }
            }
            let Some(schema) = parameter.get("schema") else {
                return Err(format!("the parameter `{name}` has no schema"));
            };
            let mut field = types.field(name, schema, &format!("{}{}", self.name, pascal(name)))?;
            let ty = field.get("type").and_then(Json::as_str).unwrap_or_default().to_owned();
            if ty.trim_start_matches("[]").starts_with(['#', '{']) {
                return Err(format!("the {place} parameter `{name}` is an object"));
            }
            if ty.starts_with("[]") {
                let mut list = list_style(parameter, place);
                // The vendor's gateway takes repeated names, whatever its descriptions say.
                if self.target == Target::Huawei && place == "query" && list == "simple" {
                    list = "multi";
                    types.notes.push(format!("the list `{name}` is sent as repeated names, not with commas"));
                }
                field.insert("list".to_owned(), json!(list));
            }
            field.insert("in".to_owned(), json!(place));
            if is_required || place == "path" {
                field.insert("required".to_owned(), json!(true));
            }
            fields.push((name, place, field));
        }
        let is_filled = |hole: &&&str| {
            let given = fields.iter().any(|(name, place, _)| name == *hole && *place == "path");
            given || self.target.is_implicit(hole)
        };
        if let Some(hole) = holes.iter().find(|hole| !is_filled(hole)) {
            return Err(format!("no parameter fills `{{{hole}}}` of the path"));
        }
        Ok(unique(fields))
    }

    fn body(
        &self,
        body: &'d Value,
        action: &mut Map<String, Json>,
        types: &mut Types<'d>,
    ) -> Result<Option<Json>, String> {
        let contents: Vec<(&str, &Value)> = members(body.get("content")).collect();
        let find = |wanted: fn(&str) -> bool| contents.iter().find(|(kind, _)| wanted(kind));
        let chosen = find(is_json)
            .or_else(|| find(|kind| kind == "application/x-www-form-urlencoded"))
            .or_else(|| find(|kind| kind == "multipart/form-data"))
            .or_else(|| find(|kind| kind == "application/octet-stream"));
        let Some((kind, media)) = chosen else {
            return match contents.first() {
                Some((kind, _)) => Err(format!("its body is `{kind}`")),
                None => Ok(None),
            };
        };
        if *kind == "multipart/form-data" && self.target == Target::Alibaba {
            return Err("its body is `multipart/form-data`".to_owned());
        }
        let mut field = match media.get("schema") {
            Some(schema) => types.field("body", schema, &format!("{}RequestBody", self.name))?,
            None => return Err(format!("its body of `{kind}` has no schema")),
        };
        if !is_json(kind) {
            action.insert("content".to_owned(), json!(kind));
        }
        field.insert("in".to_owned(), json!(self.target.body()));
        if body.get("required").and_then(Value::as_bool) == Some(true) {
            field.insert("required".to_owned(), json!(true));
        }
        Ok(Some(Json::Object(field)))
    }

    /// The first success response.
    fn response(&self, action: &mut Map<String, Json>, types: &mut Types<'d>) -> Result<(), String> {
        let success = |status: &&str| status.starts_with('2');
        let all: Vec<(&str, &Value)> = members(self.operation.get("responses")).collect();
        let chosen = all
            .iter()
            .find(|(status, _)| success(status))
            .or(all.iter().find(|(status, _)| *status == "default"));
        let Some((_, response)) = chosen else { return Ok(()) };
        let (response, _) = self.document.resolve(response)?;
        let contents: Vec<(&str, &Value)> = members(response.get("content")).collect();
        if contents.is_empty() {
            return Ok(());
        }
        let Some((_, media)) = contents.iter().find(|(kind, _)| is_json(kind)) else {
            action.insert("response".to_owned(), json!("binary"));
            return Ok(());
        };
        let Some(schema) = media.get("schema") else { return Ok(()) };
        let of = format!("{}Response", self.name);
        let mut field = types.field("body", schema, &of)?;
        let ty = field.get("type").and_then(Json::as_str).unwrap_or_default().to_owned();
        let out = match ty.starts_with('#') {
            true => ty,
            // A list, a map or a scalar is the one member of a structure that stands for the document.
            false => {
                field.insert("in".to_owned(), json!("whole"));
                format!("#{}", types.add(&of, vec![Json::Object(field)]))
            }
        };
        action.insert("out".to_owned(), json!(out));
        Ok(())
    }
}

fn is_json(kind: &str) -> bool {
    let kind = kind.split(';').next().unwrap_or(kind).trim();
    kind == "application/json" || kind.ends_with("+json")
}

/// How a list is written.
fn list_style(parameter: &Value, place: &str) -> &'static str {
    let style = parameter.get("style").and_then(Value::as_str);
    let explode = parameter.get("explode").and_then(Value::as_bool);
    match (place, style) {
        ("query", Some("spaceDelimited")) => "spaceDelimited",
        ("query", Some("pipeDelimited")) => "pipeDelimited",
        ("query", _) if explode != Some(false) => "multi",
        _ => "simple",
    }
}

/// The fields, with a key for each whose name stands before under another place.
fn unique(fields: Vec<(&str, &str, Map<String, Json>)>) -> Vec<Json> {
    let mut used: Vec<&str> = Vec::new();
    let mut out = Vec::new();
    for (name, place, mut field) in fields {
        if used.contains(&name) {
            field.insert("key".to_owned(), json!(format!("{place}_{name}")));
        }
        used.push(name);
        out.push(Json::Object(field));
    }
    out
}
