//! The record of an action.

use super::json::{Mistake, Node, Value};
use super::object::Object;
use super::read::{Reader, check_version};
use crate::reach::base;

const ACTION: [&str; 19] = [
    "method",
    "path",
    "in",
    "out",
    "status",
    "anonymous",
    "auth",
    "content",
    "response",
    "implicit_path",
    "response_headers",
    "maybe_sse",
    "sse",
    "style",
    "version",
    "schemes",
    "cname",
    "host",
    "paging",
];
const PAGING: [&str; 10] =
    ["form", "cursor", "first", "size", "send", "token", "token_size", "next", "more", "total"];
const METHODS: [&str; 7] = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"];

impl Reader<'_, '_> {
    pub(super) fn action(&self, name: &str, node: &Node) -> Result<String, Mistake> {
        let action = Object::of(node, format!("the action `{name}`"), &ACTION)?;
        let method = action.word("method", &METHODS)?.unwrap_or("POST");
        let path = action.text("path")?.unwrap_or("/");
        if !path.starts_with('/') {
            let at = action.get("path").map_or(action.at, |node| node.at);
            return Err((at, format!("`path` of {} begins with `/`, not as `{path}` does", action.what)));
        }
        let mut line = vec![name.to_owned(), method.to_owned(), path.to_owned()];
        for side in ["in", "out"] {
            let ty = action.text(side)?.unwrap_or_default();
            if !ty.is_empty() {
                self.expression(ty, action.get(side).map_or(action.at, |node| node.at), &action.what)?;
            }
            line.push(ty.to_owned());
        }
        self.placeholders(&action, path)?;
        check_version(self.cloud, &action)?;
        for key in ["content", "host", "response", "style", "version"] {
            let value = match key {
                "host" => action.text("host")?.or(self.host),
                "response" if self.is_stream(&action)? => Some("binary"),
                "style" => action.word("style", &["RPC", "ROA"])?,
                key => action.text(key)?,
            };
            line.extend(value.filter(|value| !value.is_empty()).map(|value| format!("{key}={value}")));
        }
        for key in ["anonymous", "sse", "maybe_sse"] {
            line.extend(action.flag(key)?.then(|| format!("{key}=true")));
        }
        line.extend(
            action
                .word("status", &["deprecated", "offline", "online"])?
                .map(|status| format!("status={status}")),
        );
        for key in ["auth", "schemes"] {
            let words = action.texts(key)?;
            line.extend((!words.is_empty()).then(|| format!("{key}={}", words.join("|"))));
        }
        line.extend(self.paging(&action)?);
        Ok(line.join("\t"))
    }

    /// Huawei Cloud's packages write responses of such a type to a file.
    fn is_stream(&self, action: &Object<'_>) -> Result<bool, Mistake> {
        let ty = action.text("out")?.and_then(base).and_then(|name| self.types.get(name));
        match ty.filter(|_| self.cloud == "huawei") {
            Some(node) => Object::any(node, String::new())?.flag("stream"),
            None => Ok(false),
        }
    }

    /// Each placeholder of the path is a parameter, and each parameter of the path has a placeholder.
    fn placeholders(&self, action: &Object<'_>, path: &str) -> Result<(), Mistake> {
        let at = action.get("path").map_or(action.at, |node| node.at);
        let holes: Vec<&str> =
            path.split('{').skip(1).filter_map(|part| Some(part.split_once('}')?.0)).collect();
        let implicit = action.texts("implicit_path")?;
        let mut bound = Vec::new();
        if let Some(node) = action.text("in")?.and_then(base).and_then(|name| self.types.get(name))
            && let Some(Node { value: Value::List(fields), .. }) =
                Object::any(node, String::new())?.get("fields")
        {
            for field in fields {
                let field = Object::any(field, "a field".to_owned())?;
                if field.text("in")? == Some("path") {
                    bound.push(field.text("name")?.unwrap_or_default());
                }
            }
        }
        let from_credential = |hole: &&str| matches!(*hole, "project_id" | "domain_id");
        let is_filled = |hole: &&&str| {
            bound.contains(*hole)
                || implicit.contains(*hole)
                || self.cloud == "huawei" && from_credential(hole)
        };
        if let Some(hole) = holes.iter().find(|hole| !is_filled(hole)) {
            let message = format!(
                "nothing fills `{{{hole}}}` of the path of {}; add the field `{hole}` with `\"in\": \"path\"` to its input",
                action.what
            );
            return Err((at, message));
        }
        match bound.iter().find(|name| !holes.contains(name)) {
            Some(name) => Err((
                at,
                format!("the path of {} has no `{{{name}}}` for the parameter `{name}`; add it", action.what),
            )),
            None => Ok(()),
        }
    }

    fn paging(&self, action: &Object<'_>) -> Result<Option<String>, Mistake> {
        let Some(node) = action.get("paging") else { return Ok(None) };
        let mut known = PAGING.to_vec();
        known.push("items");
        let paging = Object::of(node, format!("`paging` of {}", action.what), &known)?;
        paging.need_text("form", "`\"form\": \"offset\"`, `number`, `token` or `marker`")?;
        let form = paging.word("form", &["offset", "number", "token", "marker"])?.unwrap_or_default();
        let cursor = paging.need_text("cursor", "the parameter that selects the page")?;
        paging.need_text("items", "`items`, the member with the list; `/` separates nested names")?;
        let mut parts = vec![form.to_owned(), cursor.to_owned()];
        for key in ["first", "size", "send", "token", "next", "token_size", "more", "total", "items"] {
            let value = match key {
                "first" | "send" => paging.number(key)?,
                key => paging.text(key)?,
            };
            parts.extend(value.map(|value| format!("{key}={value}")));
        }
        match parts.iter().find(|part| part.contains(' ')) {
            Some(part) => Err((paging.at, format!("{} cannot hold `{part}`: it has a blank", paging.what))),
            None => Ok(Some(format!("paging={}", parts.join(" ")))),
        }
    }
}
