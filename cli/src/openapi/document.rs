//! An OpenAPI document: its parts, and the references between them.

use cloudcall::Value;

use crate::exit::{Failure, Result};

/// References that lead from one to the next; more are a circle.
const STEPS: usize = 32;

#[derive(Debug)]
pub(super) struct Document(Value);

impl Document {
    pub(super) fn parse(file: &str, text: &str) -> Result<Self> {
        let value: Value = text.parse().map_err(|error| {
            Failure::usage(format!(
                "usage: {file} is not JSON: {error}; convert a YAML document to JSON before"
            ))
        })?;
        match value.get("openapi").and_then(Value::as_str) {
            Some(version) if version.starts_with("3.") => Ok(Self(value)),
            Some(version) => {
                Err(Failure::usage(format!("usage: {file} is OpenAPI {version}; only 3.x is read")))
            }
            None => Err(Failure::usage(format!(
                "usage: {file} has no `openapi` member; a Swagger 2.0 document must be converted to OpenAPI 3 before"
            ))),
        }
    }

    /// A text of the head.
    pub(super) fn info(&self, name: &str) -> &str {
        self.0.get("info").and_then(|info| info.get(name)).and_then(Value::as_str).unwrap_or_default()
    }

    pub(super) fn paths(&self) -> impl Iterator<Item = (&str, &Value)> {
        members(self.0.get("paths"))
    }

    /// Host and path of the first server, with the defaults of its variables.
    pub(super) fn server(&self) -> (Option<String>, String) {
        let Some(server) = self.0.get("servers").and_then(Value::as_array).and_then(|all| all.first()) else {
            return (None, String::new());
        };
        let mut url = server.get("url").and_then(Value::as_str).unwrap_or_default().to_owned();
        for (name, variable) in members(server.get("variables")) {
            let default = variable.get("default").and_then(Value::as_str).unwrap_or_default();
            url = url.replace(&format!("{{{name}}}"), default);
        }
        let (host, path) = match url.split_once("://") {
            Some((_, rest)) => match rest.split_once('/') {
                Some((host, path)) => (Some(host.to_owned()), format!("/{path}")),
                None => (Some(rest.to_owned()), String::new()),
            },
            None => (None, url),
        };
        (host.filter(|host| !host.contains('{')), path.trim_end_matches('/').to_owned())
    }

    /// What `node` is, after references. The second value is the last reference.
    pub(super) fn resolve<'d>(
        &'d self,
        node: &'d Value,
    ) -> std::result::Result<(&'d Value, Option<&'d str>), String> {
        let (mut node, mut last) = (node, None);
        for _ in 0..STEPS {
            let Some(reference) = node.get("$ref").and_then(Value::as_str) else { return Ok((node, last)) };
            let Some(path) = reference.strip_prefix("#/") else {
                return Err(format!(
                    "the reference `{reference}` leads to another document; put it into this one"
                ));
            };
            let step = |found: &'d Value, name: &str| found.get(name.replace("~1", "/").replace("~0", "~"));
            node = path
                .split('/')
                .try_fold(&self.0, step)
                .ok_or_else(|| format!("the reference `{reference}` leads nowhere"))?;
            last = Some(reference);
        }
        Err("references lead in a circle".to_owned())
    }
}

/// The members of an object; none of anything else.
pub(super) fn members(value: Option<&Value>) -> impl Iterator<Item = (&str, &Value)> {
    value.and_then(Value::as_object).into_iter().flat_map(|object| object.iter())
}
