//! A whole Rust program for a typed call.

use cloudcall::Value;
use cloudcall_generator::names::{ident, snake, variant};
use cloudcall_generator::{Action, CallFacts, Description, Emitter, Reach, Type};

use crate::exit::{Failure, Result};
use crate::request::Cloud;

use super::check::fields;

/// What the program calls.
pub(crate) struct Program<'p> {
    pub(crate) cloud: Cloud,
    pub(crate) description: &'p Description,
    /// The path of the description file, if it is one of the user.
    pub(crate) file: Option<&'p str>,
    pub(crate) action: &'p Action<'p>,
    pub(crate) facts: &'p CallFacts<'p>,
    /// Values by key, as JSON.
    pub(crate) values: &'p [(String, String)],
    pub(crate) region: Option<&'p str>,
}

impl Program<'_> {
    /// The text of `main.rs`.
    pub(crate) fn write(&self) -> Result<String> {
        let entry = self.description.entry();
        let client = match self.cloud {
            Cloud::Tencent => "Tencent",
            Cloud::Qcloud => "Qcloud",
            Cloud::Huawei => "Huawei",
            Cloud::Alibaba => "Alibaba",
            Cloud::Volcengine => "Volcengine",
        };
        let region = self.region.map(|region| format!(".region({region:?})")).unwrap_or_default();
        let module = ident(entry.product);
        let version = format!("v{}", entry.version.trim_start_matches('v').replace(['-', '.'], "_"));
        let mut setters = String::new();
        for (key, text) in self.values {
            let Some(member) = self.facts.parameters.iter().find(|member| member.field.key == key) else {
                continue;
            };
            let value = text
                .parse::<Value>()
                .map_err(|error| Failure::usage(format!("usage: `{key}` is not JSON: {error}")))?;
            let argument = self.top(&value, member.field.ty)?;
            setters.push_str(&format!("\n        .{}({argument})", member.ident));
        }
        let method = snake(self.action.name);
        let name = self.action.name;
        let source = match self.file {
            Some(path) => format!("file {path:?}"),
            None => format!("{} {} {:?}", entry.cloud, entry.product, entry.version),
        };
        Ok(format!(
            "//! In a new package: cargo add cloudcall-models && cargo add tokio --features macros,rt-multi-thread\n\
             //! Before the first release: cargo add cloudcall-models --path CLONE/models\n\
             use cloudcall_models::cloudcall::{{Client, Error, {client}}};\n\n\
             cloudcall_models::actions! {{\n    {source}: {name};\n}}\n\n\
             use {cloud}::{module}::{version}::*;\n\n\
             #[tokio::main]\nasync fn main() -> Result<(), Error> {{\n\
             \x20   let client = Client::<{client}>::builder(){region}.build()?;\n\
             \x20   let response = client\n        .{method}(){setters}\n        .send()\n        .await?;\n\
             \x20   println!(\"{{response:#?}}\");\n    Ok(())\n}}\n",
            cloud = entry.cloud,
        ))
    }

    /// An argument of a setter, which takes texts and lists of texts as they are.
    fn top(&self, value: &Value, ty: &str) -> Result<String> {
        match (value, ty) {
            (Value::String(text), ty) if !ty.starts_with('#') => Ok(format!("{text:?}")),
            (Value::Array(items), "[]string") if !items.is_empty() => {
                let items: Vec<String> =
                    items.iter().map(|item| format!("{:?}", item.as_str().unwrap_or_default())).collect();
                Ok(format!("[{}]", items.join(", ")))
            }
            (Value::Array(items), ty) if ty.starts_with("[]#") && !items.is_empty() => {
                let element = ty.strip_prefix("[]").unwrap_or(ty);
                let items = items.iter().map(|item| self.value(item, element)).collect::<Result<Vec<_>>>()?;
                Ok(format!("[{}]", items.join(", ")))
            }
            _ => self.value(value, ty),
        }
    }

    /// A value of exactly its type.
    fn value(&self, value: &Value, ty: &str) -> Result<String> {
        if let (Some(element), Value::Array(items)) = (ty.strip_prefix("[]"), value) {
            let items = items.iter().map(|item| self.value(item, element)).collect::<Result<Vec<_>>>()?;
            return Ok(format!("vec![{}]", items.join(", ")));
        }
        if let (Some(element), Value::Object(members)) = (ty.strip_prefix("{}"), value) {
            let member = |(name, member): (&str, &Value)| -> Result<String> {
                Ok(format!("({name:?}.to_owned(), {})", self.value(member, element)?))
            };
            let members = members.iter().map(member).collect::<Result<Vec<_>>>()?;
            return Ok(format!("[{}].into()", members.join(", ")));
        }
        if let Some(name) = ty.strip_prefix('#') {
            return self.of_type(value, name);
        }
        Ok(match (value, ty) {
            (_, "any") => format!("cloudcall_models::cloudcall::json::json!({value})"),
            (Value::String(text), _) => format!("{text:?}.into()"),
            (Value::Number(number), "f64") if number.as_i128().is_some() => format!("{number}.0"),
            (Value::Number(number), "number") => format!("{number}.into()"),
            (other, _) => other.to_string(),
        })
    }

    fn of_type(&self, value: &Value, name: &str) -> Result<String> {
        let emitter = Emitter::new(self.description, "::cloudcall");
        let type_name = emitter.type_name(name);
        match (self.description.ty(name)?, value) {
            (Type::Enum(values), Value::String(text)) => Ok(match values.contains(&text.as_str()) {
                true => format!("{type_name}::{}", variant(text)),
                false => format!("{text:?}.into()"),
            }),
            (Type::Struct(_), Value::Object(members)) => {
                let known = fields(self.description, &format!("#{name}"))?.unwrap_or_default();
                let reach = Reach::of(self.description, std::slice::from_ref(self.action))?;
                let (mut arguments, mut setters) = (Vec::new(), String::new());
                for known in emitter.members(&known) {
                    let value = members.get(known.field.wire);
                    let value = value.map(|value| self.top(value, known.field.ty)).transpose()?;
                    if reach.is_required(name, &known.field) {
                        let missing = || format!("todo!(\"{}\")", known.field.wire);
                        arguments.push(value.unwrap_or_else(missing));
                    } else if let Some(value) = value {
                        setters.push_str(&format!(".{}({value})", known.ident));
                    }
                }
                Ok(format!("{type_name}::new({}){setters}", arguments.join(", ")))
            }
            _ => Ok(format!("cloudcall_models::cloudcall::json::json!({value})")),
        }
    }
}
