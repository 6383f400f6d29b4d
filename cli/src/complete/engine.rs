//! From the words of a line to what can follow them.
//!
//! The command line of clap, as deep as the words go, has names, values and help. The catalogue has what is
//! inside parameters.

use std::ffi::OsString;
use std::path::Path;

use clap::{Arg, Command};

use super::names::{positional, versions_with};
use super::{Candidate, CommandLine};
use crate::actions::plain;
use crate::typed::inside;

/// What can be typed in place of `current` after the words before it, of which the first is the program.
pub(super) fn candidates(before: &[String], current: &str, command_line: CommandLine) -> Vec<Candidate> {
    let mut before = before.to_vec();
    // The words after `rust` are those of a typed call.
    let typed_only = before.get(1).is_some_and(|word| word == "rust");
    if typed_only {
        before.remove(1);
    }
    let words: Vec<OsString> = before.iter().map(OsString::from).collect();
    let mut root = command_line(&words);
    root.build();
    let (mut node, mut path, mut rest) = (&root, Vec::new(), before.get(1..).unwrap_or_default());
    while let [word, tail @ ..] = rest {
        let Some(next) = subcommand(node, word) else { break };
        path.push(next.get_name());
        (node, rest) = (next, tail);
    }
    let place = Place { node, path: &path, rest };
    let mut found = place.candidates(current);
    if typed_only && path.is_empty() {
        found.retain(|found| crate::typed::is_cloud(&found.value));
    }
    let wanted = current.to_lowercase();
    found.retain(|found| found.value.to_lowercase().starts_with(&wanted));
    found
}

/// A subcommand by its name, in any case and with dashes.
fn subcommand<'c>(node: &'c Command, word: &str) -> Option<&'c Command> {
    let same = || node.get_subcommands().find(|sub| plain(sub.get_name()) == plain(word));
    node.find_subcommand(word).or_else(|| if word.starts_with('-') { None } else { same() })
}

/// The last command that the words name, and the words after it.
struct Place<'p> {
    node: &'p Command,
    /// The names that lead to it.
    path: &'p [&'p str],
    rest: &'p [String],
}

impl Place<'_> {
    fn candidates(&self, current: &str) -> Vec<Candidate> {
        if let Some((name, _)) = current.split_once('=').filter(|_| current.starts_with("--")) {
            let value = current.get(name.len() + 1..).unwrap_or_default();
            let mut found = self.values(name.trim_start_matches('-'), value);
            found.iter_mut().for_each(|found| found.value = format!("{name}={}", found.value));
            return found;
        }
        if let Some(option) = self.pending().filter(|_| !current.starts_with("--")) {
            return self.values(option, current);
        }
        let subcommands = self.node.get_subcommands().filter(|sub| !sub.is_hide_set());
        if self.rest.is_empty() && self.node.has_subcommands() && !current.starts_with('-') {
            return subcommands.map(|sub| candidate(sub.get_name(), &first_line(sub.get_about()))).collect();
        }
        if !current.starts_with('-') {
            let found = self.positional();
            if !found.is_empty() {
                return found;
            }
        }
        match current.rsplit_once('.').filter(|_| current.starts_with("--")) {
            Some((head, _)) => self.members(head),
            None => self.options(),
        }
    }

    /// The action, if the words lead to one.
    fn action(&self) -> Option<(&str, &str, &str)> {
        match self.path {
            [cloud, product, action] if crate::typed::is_cloud(cloud) => Some((cloud, product, action)),
            _ => None,
        }
    }

    fn version(&self) -> Option<&str> {
        let at = self.rest.iter().position(|word| word == "--version")?;
        self.rest.get(at + 1).map(String::as_str)
    }

    fn option(&self, name: &str) -> Option<&Arg> {
        let same = |arg: &&Arg| {
            arg.get_long() == Some(name)
                || self.action().is_some() && arg.get_long().map(plain) == Some(plain(name))
        };
        self.node.get_arguments().find(same)
    }

    /// The option whose value is the current word.
    fn pending(&self) -> Option<&str> {
        let name = self.rest.last()?.strip_prefix("--").filter(|name| !name.contains('='))?;
        match self.option(name) {
            Some(arg) => (arg.get_action().takes_values() && !arg.is_require_equals_set()).then_some(name),
            None => self.action().map(|_| name),
        }
    }

    fn values(&self, option: &str, current: &str) -> Vec<Candidate> {
        if current.starts_with('@') {
            return files(current);
        }
        if let (Some((cloud, product, action)), "version") = (self.action(), option) {
            return versions_with(cloud, product, action);
        }
        match (self.option(option), self.action()) {
            (Some(arg), _) => possible(arg),
            (None, Some((cloud, product, action))) => {
                let values = inside::values(cloud, product, self.version(), action, option);
                values.iter().map(|value| candidate(value, "")).collect()
            }
            _ => Vec::new(),
        }
    }

    /// The values of the positional argument that comes next.
    fn positional(&self) -> Vec<Candidate> {
        let (mut given, mut takes_value) = (Vec::new(), false);
        for word in self.rest {
            if let Some(name) = word.strip_prefix("--") {
                takes_value = !name.contains('=')
                    && self.option(name).is_some_and(|arg| arg.get_action().takes_values());
            } else if !std::mem::take(&mut takes_value) {
                given.push(word);
            }
        }
        let arguments: Vec<&Arg> = self.node.get_positionals().collect();
        let Some(arg) = arguments.get(given.len()).or(arguments.last()) else { return Vec::new() };
        let many = arg.get_num_args().is_some_and(|range| range.max_values() > 1);
        if given.len() >= arguments.len() && !many {
            return Vec::new();
        }
        let before: Vec<(String, String)> =
            arguments.iter().zip(given).map(|(arg, word)| (arg.get_id().to_string(), word.clone())).collect();
        match possible(arg) {
            values if values.is_empty() => positional(arg.get_id().as_str(), &before),
            values => values,
        }
    }

    /// Options and parameters that are not given yet, or that may be repeated.
    fn options(&self) -> Vec<Candidate> {
        let given: Vec<String> = self
            .rest
            .iter()
            .filter_map(|word| word.strip_prefix("--"))
            .map(|name| plain(name.split('=').next().unwrap_or_default()))
            .collect();
        let is_list = |arg: &Arg| {
            matches!(arg.get_action(), clap::ArgAction::Append)
                || arg.get_value_names().is_some_and(|names| names.iter().any(|name| name == "LIST"))
                || matches!(arg.get_id().as_str(), "header" | "param")
        };
        let left = self.node.get_arguments().filter(|arg| !arg.is_hide_set()).filter_map(|arg| {
            let long = arg.get_long()?;
            (is_list(arg) || !given.contains(&plain(long)))
                .then(|| candidate(&format!("--{long}"), &first_line(arg.get_help())))
        });
        left.collect()
    }

    /// The members of a parameter that is named with dots.
    fn members(&self, head: &str) -> Vec<Candidate> {
        let Some((cloud, product, action)) = self.action() else { return Vec::new() };
        let name = head.trim_start_matches('-');
        let members = inside::members(cloud, product, self.version(), action, name);
        members.iter().map(|(name, help)| candidate(&format!("{head}.{name}"), help)).collect()
    }
}

fn possible(arg: &Arg) -> Vec<Candidate> {
    let values = arg.get_possible_values();
    values.iter().map(|value| candidate(value.get_name(), &first_line(value.get_help()))).collect()
}

/// Files and folders whose path begins with what follows `@`.
fn files(current: &str) -> Vec<Candidate> {
    let typed = current.trim_start_matches('@');
    let folder = typed.rfind('/').map_or("", |at| typed.get(..=at).unwrap_or_default());
    let Ok(entries) = std::fs::read_dir(if folder.is_empty() { Path::new(".") } else { Path::new(folder) })
    else {
        return Vec::new();
    };
    let mut found: Vec<Candidate> = entries
        .filter_map(|entry| {
            let entry = entry.ok()?;
            let name = entry.file_name().into_string().ok()?;
            let end = if entry.path().is_dir() { "/" } else { "" };
            Some(candidate(&format!("@{folder}{name}{end}"), ""))
        })
        .collect();
    found.sort_by(|a, b| a.value.cmp(&b.value));
    found
}

fn first_line(text: Option<&clap::builder::StyledStr>) -> String {
    text.map(ToString::to_string).and_then(|text| text.lines().next().map(str::to_owned)).unwrap_or_default()
}

fn candidate(value: &str, help: &str) -> Candidate {
    Candidate { value: value.to_owned(), help: help.to_owned() }
}
