//! From words to a request: parameters are found, read, checked, and put in their places.

use std::path::PathBuf;

use cloudcall::action::{Param, ParamLocation};
use cloudcall::sign::encode::members;
use cloudcall::upload::FilePart;
use cloudcall_generator::{Action, CallFacts, Description, ParamLocation as Place};

use crate::actions::{info, is_file, param};
use crate::exit::{Failure, Result};
use crate::request::{Cloud, Given, Options, Request};

use super::check::{check, fields};
use super::names::{find, find_whole};
use super::tree::{Step, Tree};
use super::value::{literal, parsed, quoted, source};

/// What the user gives to an action.
#[derive(Debug, Default)]
pub(crate) struct Input<'i> {
    /// An object of parameters, as text, `@FILE` or `-`.
    pub(crate) params: Option<&'i str>,
    /// Parameters by the names that were typed.
    pub(crate) given: &'i [(String, Option<String>)],
    /// Nothing is checked.
    pub(crate) unchecked: bool,
}

/// A request, and the values that it was made of.
#[derive(Debug)]
pub(crate) struct Built {
    pub(crate) request: Request,
    /// Values by the key of their parameter, as JSON.
    pub(crate) values: Vec<(String, String)>,
}

/// The request that calls an action with this input.
pub(crate) fn build(
    cloud: Cloud,
    description: &Description,
    action: &Action<'_>,
    facts: &CallFacts<'_>,
    input: &Input<'_>,
    options: Options,
) -> Result<Built> {
    let of = format!("{} of {} {}", action.name, description.entry().cloud, description.entry().product);
    let mut build = Build {
        description,
        facts,
        of,
        tree: Tree::Object(Vec::new()),
        files: Vec::new(),
        loose: Vec::new(),
    };
    if let Some(text) = input.params {
        build.params(&source("params", text)?, input.unchecked)?;
    }
    for (name, value) in input.given {
        build.parameter(name, value.as_deref(), input.unchecked)?;
    }
    let Tree::Object(values) = &build.tree else { return Err(Failure::usage("there are no parameters")) };
    if !input.unchecked {
        build.required(values, action.name)?;
    }
    let (mut given, mut plain) = (Vec::new(), Vec::new());
    for (number, member) in facts.parameters.iter().enumerate() {
        let field = &member.field;
        if let Some((_, tree)) = values.iter().find(|(key, _)| key == field.key) {
            let json = tree.json();
            if !input.unchecked {
                check(description, &parsed(field.wire, &json)?, field.ty, field.wire)?;
            }
            plain.push((field.key.to_owned(), json.clone()));
            given.push(Given::Value(param(field), json));
        }
        let files = build.files.iter().filter(|(parameter, _)| *parameter == number);
        given.extend(
            files.map(|(_, path)| Given::File(param(field).place(ParamLocation::File), FilePart::path(path))),
        );
    }
    given.extend(build.loose.into_iter().map(|(name, json)| Given::Value(Param::dynamic(name), json)));
    if let Some(kind) = facts.content_type {
        let header = Param::new("Content-Type").place(ParamLocation::Header);
        given.push(Given::Value(header, quoted(kind)));
    }
    let request = Request { cloud, info: info(description, action, facts), given, options };
    Ok(Built { request, values: plain })
}

struct Build<'b, 'a> {
    description: &'b Description,
    facts: &'b CallFacts<'a>,
    /// The action in messages.
    of: String,
    tree: Tree,
    /// Files by the number of their parameter.
    files: Vec<(usize, PathBuf)>,
    /// Values that the catalogue does not know, which are sent only without checks.
    loose: Vec<(String, String)>,
}

impl Build<'_, '_> {
    /// Takes the members of `--params`.
    fn params(&mut self, text: &str, unchecked: bool) -> Result<()> {
        parsed("params", text)?;
        let object = members(text.as_bytes())
            .map_err(|_| Failure::usage("usage: --params takes a JSON object of parameters by wire name"))?;
        for (name, value) in object {
            let value = Tree::Text(value.get().to_owned());
            match find_whole(self.description, self.facts, &self.of, &name) {
                Ok(place) => self.put(&name, &place.path, value)?,
                Err(_) if unchecked => self.loose.push((name, value.json())),
                Err(failure) => return Err(failure),
            }
        }
        Ok(())
    }

    /// Takes one parameter that was typed.
    fn parameter(&mut self, name: &str, text: Option<&str>, unchecked: bool) -> Result<()> {
        let place = match find(self.description, self.facts, &self.of, name) {
            Ok(place) => place,
            Err(_) if unchecked => {
                let text = source(name, text.unwrap_or("true"))?;
                let json = if text.parse::<cloudcall::Value>().is_ok() { text } else { quoted(&text) };
                self.loose.push((name.to_owned(), json));
                return Ok(());
            }
            Err(failure) => return Err(failure),
        };
        let facts = self.facts;
        let parameter = facts.parameters.get(place.parameter);
        if let Some(parameter) = parameter.filter(|parameter| is_file(&parameter.field, facts)) {
            return self.file(parameter.field.wire, place.parameter, text);
        }
        let text = match text {
            Some(text) => source(name, text)?,
            None if place.ty == "bool" => "true".to_owned(),
            None => {
                let what =
                    format!("usage: --{name} needs a value; write --{name}=VALUE if it begins with `--`");
                return Err(Failure::usage(what));
            }
        };
        let mut path = place.path;
        let ty = match place.ty.strip_prefix("[]") {
            // A list may be given element by element.
            Some(element) if !text.trim_start().starts_with('[') => {
                path.push(Step::Element(self.next(&path)));
                element
            }
            _ => &place.ty,
        };
        let value = Tree::Text(literal(self.description, name, &text, ty)?);
        self.put(name, &path, value)
    }

    fn file(&mut self, name: &str, parameter: usize, text: Option<&str>) -> Result<()> {
        let Some(path) = text.and_then(|text| text.strip_prefix('@')).map(PathBuf::from) else {
            return Err(Failure::usage(format!(
                "usage: --{name} takes the name of a file: write --{name} @FILE"
            )));
        };
        if !path.is_file() {
            let shown = path.display();
            return Err(Failure::usage(format!(
                "usage: --{name}: `{shown}` cannot be read: there is no such file"
            )));
        }
        self.files.push((parameter, path));
        Ok(())
    }

    /// The number of elements that a list has so far.
    fn next(&self, path: &[Step]) -> usize {
        let mut tree = &self.tree;
        for step in path {
            let inner = match (step, tree) {
                (Step::Member(name), Tree::Object(members)) => {
                    members.iter().find(|(known, _)| known == name).map(|(_, tree)| tree)
                }
                (Step::Element(number), Tree::List(items)) => {
                    items.iter().find(|(known, _)| known == number).map(|(_, tree)| tree)
                }
                _ => None,
            };
            match inner {
                Some(inner) => tree = inner,
                None => return 0,
            }
        }
        match tree {
            Tree::List(items) => items.len(),
            _ => 0,
        }
    }

    fn put(&mut self, name: &str, path: &[Step], value: Tree) -> Result<()> {
        match self.tree.put(path, value) {
            true => Ok(()),
            false => Err(Failure::usage(format!("usage: --{name} is given twice: leave one out"))),
        }
    }

    /// Names the required parameters that are missing.
    fn required(&self, values: &[(String, Tree)], action: &str) -> Result<()> {
        let mut missing: Vec<&str> = Vec::new();
        for (number, member) in self.facts.parameters.iter().enumerate() {
            let field = &member.field;
            let from_credential =
                matches!(field.wire, "project_id" | "domain_id") && field.place == Place::Path;
            let token = self.facts.token.is_some_and(|(token, _)| token == field.wire);
            let there = values.iter().any(|(key, _)| key == field.key)
                || self.files.iter().any(|(parameter, _)| *parameter == number);
            let needed = field.required || matches!(field.place, Place::Path | Place::Host);
            if !needed || from_credential || token || there {
                continue;
            }
            let inner = match field.place {
                Place::Whole => fields(self.description, field.ty)?.unwrap_or_default(),
                _ => Vec::new(),
            };
            let before = missing.len();
            missing.extend(inner.iter().filter(|field| field.required).map(|field| field.wire));
            if missing.len() == before {
                missing.push(field.wire);
            }
        }
        if missing.is_empty() {
            return Ok(());
        }
        let names = missing.iter().map(|name| format!("--{name}")).collect::<Vec<_>>().join(", ");
        let entry = self.description.entry();
        Err(Failure::usage(format!(
            "usage: {} needs {names}; `cloudcall skeleton {} {} {action}` prints an example input",
            self.of, entry.cloud, entry.product
        )))
    }
}

#[cfg(test)]
mod tests;
