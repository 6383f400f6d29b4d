//! The facts of an action as JSON.

use cloudcall_generator::{Description, Emitter, Field, ParamLocation, Type};
use serde_json::{Map, Value, json};

use super::Names;
use crate::actions::{action_name, is_file, regions, resolve, skeleton};
use crate::exit::Result;
use crate::typed::fields;
use crate::wait;

/// How deep the members of parameters and of the response are described.
const DEPTH: usize = 4;
/// How many members a description has in all, so that no action fills a reader's memory.
const MOST: usize = 600;

/// Parameters, response, and how the action is called.
pub(crate) fn describe(names: &Names) -> Result<Value> {
    let cloud = super::cloud(&names.cloud)?.name();
    let description = resolve(cloud, &names.product, names.version.as_deref(), &names.action)?;
    let action = description.callable_action(action_name(&description, &names.action)?)?;
    let facts = Emitter::new(&description, "::cloudcall").call(&action)?;
    let entry = description.entry();
    let mut tree = Members { description: &description, left: MOST };
    let mut parameters = Vec::new();
    for member in &facts.parameters {
        let field = &member.field;
        let from_credential =
            field.place == ParamLocation::Path && matches!(field.wire, "project_id" | "domain_id");
        if field.disabled || from_credential {
            continue;
        }
        // The members of a body are parameters, too.
        let inner = match field.place {
            ParamLocation::Whole => fields(&description, field.ty)?.unwrap_or_default(),
            _ => Vec::new(),
        };
        if inner.is_empty() {
            let mut shown = tree.member(field, DEPTH)?;
            if is_file(field, &facts) {
                shown.insert("file".to_owned(), Value::Bool(true));
            }
            parameters.push(Value::Object(shown));
        }
        for field in inner.iter().filter(|field| !field.disabled) {
            parameters.push(Value::Object(tree.member(field, DEPTH)?));
        }
    }
    parameters.sort_by_key(|parameter| parameter["required"] != true);
    let response = match fields(&description, &format!("#{}", action.output.trim_start_matches('#'))) {
        Ok(Some(members)) => tree.members(&members, DEPTH)?,
        _ => Vec::new(),
    };
    let example: Value = serde_json::from_str(&skeleton(&description, &facts, true)?).unwrap_or_default();
    Ok(json!({
        "cloud": entry.cloud,
        "product": entry.product,
        "version": entry.version,
        "action": action.name,
        "method": action.method,
        "path": action.path,
        "source": entry.source,
        "readonly": facts.readonly,
        "anonymous": facts.anonymous,
        "binary": facts.binary,
        "list": facts.paging.as_ref().map(|paging| paging.items),
        "waits": wait::names(entry.cloud, entry.product, action.name),
        "regions": regions(entry.cloud, &facts),
        "parameters": parameters,
        "response": response,
        "example": example,
        "cut_off": tree.left == 0,
    }))
}

/// Writes members, as long as there is room.
struct Members<'m> {
    description: &'m Description,
    left: usize,
}

impl Members<'_> {
    fn members(&mut self, all: &[Field<'_>], depth: usize) -> Result<Vec<Value>> {
        let mut out = Vec::new();
        for field in all.iter().filter(|field| !field.disabled) {
            if self.left == 0 {
                break;
            }
            out.push(Value::Object(self.member(field, depth)?));
        }
        Ok(out)
    }

    fn member(&mut self, field: &Field<'_>, depth: usize) -> Result<Map<String, Value>> {
        self.left = self.left.saturating_sub(1);
        let mut out = Map::new();
        out.insert("name".to_owned(), field.wire.into());
        let needed = field.required || matches!(field.place, ParamLocation::Path | ParamLocation::Host);
        if needed {
            out.insert("required".to_owned(), true.into());
        }
        if field.sensitive {
            out.insert("secret".to_owned(), true.into());
        }
        for hint in ["min", "max", "min_len", "max_len", "default", "unit"] {
            if let Some(value) = field.hint(hint) {
                out.insert(hint.to_owned(), value.into());
            }
        }
        let mut values: Vec<&str> =
            field.hint("values").map(|values| values.split('|').collect()).unwrap_or_default();
        let lists = field.ty.matches("[]").count();
        let element = field.ty.trim_start_matches("[]");
        let mut kind = match element {
            "i64" | "u64" => "integer",
            "f64" | "number" => "number",
            "bool" => "boolean",
            "any" => "any",
            ty if ty.starts_with("{}") => "map",
            _ => "string",
        };
        match element.strip_prefix('#').map(|name| self.description.ty(name)).transpose()? {
            Some(Type::Struct(inner)) => {
                kind = "object";
                if depth > 0 && self.left > 0 {
                    out.insert("members".to_owned(), self.members(&inner, depth - 1)?.into());
                }
            }
            Some(Type::Enum(known)) => values = known,
            Some(Type::Any) => kind = "any",
            None => {}
        }
        if !values.is_empty() {
            out.insert("values".to_owned(), values.into());
        }
        out.insert("type".to_owned(), format!("{}{kind}", "list of ".repeat(lists)).into());
        Ok(out)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, reason = "tests")]
mod tests {
    use cloudcall_generator::entries;

    use super::*;
    use crate::actions::example_response;

    #[test]
    fn actions_of_all_clouds_have_descriptions_and_examples() {
        let mut seen = 0;
        for entry in entries().step_by(37) {
            let description = entry.open().unwrap();
            for name in description.callable().unwrap().into_iter().step_by(15) {
                let names = Names {
                    cloud: entry.cloud.to_owned(),
                    product: entry.product.to_owned(),
                    action: name.to_owned(),
                    version: Some(entry.version.to_owned()),
                };
                let facts =
                    describe(&names).unwrap_or_else(|failure| panic!("{entry} {name}: {}", failure.message));
                assert_eq!((&facts["action"], &facts["version"]), (&json!(name), &json!(entry.version)));
                // A required parameter is in the example, and the description is small enough to send.
                for parameter in facts["parameters"].as_array().unwrap() {
                    let wire = parameter["name"].as_str().unwrap();
                    let is_missing = parameter["required"] == true && facts["example"].get(wire).is_none();
                    assert!(!is_missing || parameter["file"] == true, "{entry} {name}: {wire}");
                }
                assert!(facts.to_string().len() < 400_000, "{entry} {name}");
                let action = description.action(name).unwrap();
                let response = example_response(&description, action.output).unwrap();
                assert!(response.parse::<cloudcall::Value>().unwrap().is_object(), "{entry} {name}");
                seen += 1;
            }
        }
        assert!(seen > 100, "{seen}");
    }
}
