//! A description of the catalogue as a description file: to begin one's own with, or to change what the catalogue says.

use std::fmt::Write as _;

use super::json::quoted;
use super::ty::PLACES;
use crate::description::{Action, Description, Field, ParamLocation, Type};
use crate::error::Error;
use crate::hosts::{Hosts, Rule};

/// Members of one object, in order.
#[derive(Default)]
struct Members(Vec<String>);

impl Members {
    fn text(&mut self, name: &str, value: &str) {
        self.raw(name, &quoted(value));
    }

    fn raw(&mut self, name: &str, value: &str) {
        self.0.push(format!("{}: {value}", quoted(name)));
    }

    /// The object on one line.
    fn line(&self) -> String {
        format!("{{{}}}", self.0.join(", "))
    }
}

pub(super) fn document(description: &Description) -> Result<String, Error> {
    let entry = description.entry();
    let mut out = String::from("{\n  \"schema\": 1,\n");
    for (name, value) in [
        ("cloud", entry.cloud),
        ("product", entry.product),
        ("version", entry.version),
        ("protocol", entry.protocol),
        ("service", entry.service),
        ("source", entry.source),
    ] {
        let _ = writeln!(out, "  {}: {},", quoted(name), quoted(value));
    }
    if let Some(hosts) = Hosts::of(description)? {
        let words: Vec<String> = hosts.credentials.iter().map(|kind| quoted(kind)).collect();
        if !words.is_empty() {
            let _ = writeln!(out, "  \"credentials\": [{}],", words.join(", "));
        }
        if let Some(gateway) = hosts.gateway {
            let _ = writeln!(out, "  \"gateway\": {},", quoted(gateway));
        }
        let endpoints = endpoints(&hosts);
        if endpoints != "{}" {
            let _ = writeln!(out, "  \"endpoints\": {endpoints},");
        }
    }
    let actions: Vec<String> =
        description.actions().map(|it| format!("    {}: {}", quoted(it.name), action(&it))).collect();
    let _ = writeln!(out, "  \"actions\": {{\n{}\n  }},", actions.join(",\n"));
    let mut types = Vec::new();
    for name in description.types() {
        types.push(format!("    {}: {}", quoted(name), ty(&description.ty(name)?)));
    }
    let _ = writeln!(out, "  \"types\": {{\n{}\n  }}\n}}", types.join(",\n"));
    Ok(out)
}

fn endpoints(hosts: &Hosts<'_>) -> String {
    let mut members = Members::default();
    match hosts.rule {
        Rule::Regional => members.text("rule", "regional"),
        Rule::Central => members.text("rule", "central"),
        Rule::Listed => {}
    }
    let mut regions = Members::default();
    for (listed, names) in &hosts.listed {
        let listed: Vec<String> = listed.split(' ').map(quoted).collect();
        let listed = match listed.as_slice() {
            [only] => only.clone(),
            all => format!("[{}]", all.join(", ")),
        };
        names.split(' ').for_each(|region| regions.raw(region, &listed));
    }
    if !regions.0.is_empty() {
        members.raw("regions", &regions.line());
    }
    members.line()
}

fn action(action: &Action<'_>) -> String {
    let mut members = Members::default();
    members.text("method", action.method);
    members.text("path", action.path);
    for (name, ty) in [("in", action.input), ("out", action.output)] {
        if !ty.is_empty() {
            members.text(name, ty);
        }
    }
    let holes = action.path.split('{').skip(1).filter_map(|part| Some(part.split_once('}')?.0));
    let implicit: Vec<String> =
        holes.filter(|hole| matches!(*hole, "project_id" | "domain_id")).map(quoted).collect();
    if !implicit.is_empty() {
        members.raw("implicit_path", &format!("[{}]", implicit.join(", ")));
    }
    for (key, value) in action.facts() {
        match key {
            "anonymous" | "sse" | "maybe_sse" => members.raw(key, "true"),
            "auth" | "schemes" => {
                let words: Vec<String> = value.split('|').map(quoted).collect();
                members.raw(key, &format!("[{}]", words.join(", ")));
            }
            "paging" => members.raw(key, &paging(value)),
            _ => members.text(key, value),
        }
    }
    members.line()
}

fn paging(fact: &str) -> String {
    let mut members = Members::default();
    let mut parts = fact.split(' ');
    for key in ["form", "cursor"] {
        members.text(key, parts.next().unwrap_or_default());
    }
    for (key, value) in parts.filter_map(|part| part.split_once('=')) {
        match key {
            "first" | "send" => members.raw(key, value),
            _ => members.text(key, value),
        }
    }
    members.line()
}

fn ty(ty: &Type<'_>) -> String {
    match ty {
        Type::Any => "{\"polymorphic\": true, \"fields\": []}".to_owned(),
        Type::Enum(values) => {
            let values: Vec<String> = values.iter().map(|value| quoted(value)).collect();
            format!("{{\"enum\": [{}]}}", values.join(", "))
        }
        Type::Struct(fields) if fields.is_empty() => "{\"fields\": []}".to_owned(),
        Type::Struct(fields) => {
            let fields: Vec<String> = fields.iter().map(|it| format!("\n      {}", field(it))).collect();
            format!("{{\"fields\": [{}]}}", fields.join(","))
        }
    }
}

fn field(field: &Field<'_>) -> String {
    let mut members = Members::default();
    members.text("name", field.wire);
    if field.key != field.wire {
        members.text("key", field.key);
    }
    members.text("type", field.ty);
    for (flag, is) in
        [("required", field.required), ("disabled", field.disabled), ("sensitive", field.sensitive)]
    {
        if is {
            members.raw(flag, "true");
        }
    }
    if let Some((place, _)) = PLACES.iter().find(|(place, _)| *place == word(field.place)) {
        members.text("in", place);
    }
    if let Some(list) = field.list {
        // The words of OpenAPI, which the schema has.
        let delimited = if matches!(list, "space" | "pipe") { "Delimited" } else { "" };
        members.text("list", &format!("{list}{delimited}"));
    }
    for (key, value) in field.all_hints() {
        match key {
            "min" | "max" | "min_len" | "max_len" => members.raw(key, value),
            "deprecated" => members.raw(key, "true"),
            "values" => {
                let values: Vec<String> = value.split('|').map(quoted).collect();
                members.raw("enum", &format!("[{}]", values.join(", ")));
            }
            "default" | "unit" => members.text(key, value),
            _ => {}
        }
    }
    members.line()
}

fn word(place: ParamLocation) -> &'static str {
    match place {
        ParamLocation::Auto => "",
        ParamLocation::Query => "query",
        ParamLocation::Path => "path",
        ParamLocation::Header => "header",
        ParamLocation::Body => "body",
        ParamLocation::Host => "host",
        ParamLocation::Whole => "whole",
        ParamLocation::Stream => "stream",
    }
}
