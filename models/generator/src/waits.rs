//! States to wait for, by name: the table `data/waits.tsv`, and the functions for `wait_until` that code gets from it.

use std::fmt::Write as _;

use crate::description::{Action, Type};
use crate::emit::Emitter;
use crate::member::members;
use crate::names::snake;
use crate::reach::Reach;

static TABLE: &str = include_str!("../data/waits.tsv");

/// A state that an action can be waited for.
#[derive(Debug, Clone, Copy)]
pub struct NamedWait {
    /// The cloud.
    pub cloud: &'static str,
    /// The product.
    pub product: &'static str,
    /// The action that reads the state.
    pub action: &'static str,
    /// The name of the wait, such as `running`.
    pub name: &'static str,
    /// Where the states are in a response: wire names with dots, and `[]` after a list. It is a JMESPath expression.
    pub states: &'static str,
    ready: &'static str,
    failed: &'static str,
}

impl NamedWait {
    fn read(line: &'static str) -> Option<Self> {
        let mut columns = line.split('\t');
        let mut next = || columns.next();
        Some(Self {
            cloud: next()?,
            product: next()?,
            action: next()?,
            name: next()?,
            states: next()?,
            ready: next()?,
            failed: next()?,
        })
    }

    /// The states that end the wait. `none` stands for a list without items, `gone` for a resource that does not exist.
    pub fn ready(&self) -> impl Iterator<Item = &'static str> {
        self.ready.split(' ')
    }

    /// The states from which the wait never ends.
    pub fn failed(&self) -> impl Iterator<Item = &'static str> {
        self.failed.split(' ').filter(|state| *state != "-")
    }

    /// The name of its function: `instance_running` for `running` of `DescribeInstances`.
    fn function(&self) -> String {
        let verbs = ["Describe", "List", "Show", "Get"];
        let noun = verbs.iter().find_map(|verb| self.action.strip_prefix(verb)).unwrap_or(self.action);
        format!("{}_{}", singular(&snake(noun)), self.name)
    }
}

/// `addresses` to `address`, `activities` to `activity`, `status` as it is.
fn singular(noun: &str) -> String {
    if let Some(stem) = noun.strip_suffix("ies") {
        return format!("{stem}y");
    }
    let whole = noun.ends_with("ss") || noun.ends_with("status");
    let stem = ["sses", "ches", "xes"]
        .iter()
        .find(|end| noun.ends_with(**end))
        .and_then(|_| noun.strip_suffix("es"));
    stem.or_else(|| noun.strip_suffix('s').filter(|_| !whole)).unwrap_or(noun).to_owned()
}

/// All waits, sorted by cloud, product and action.
pub fn waits() -> impl Iterator<Item = NamedWait> {
    TABLE.lines().filter(|line| !line.starts_with('#')).filter_map(NamedWait::read)
}

impl<'a> Emitter<'a> {
    /// Writes the module with the waits of these actions, if they have any.
    pub(crate) fn waits(&self, out: &mut String, reach: &Reach<'a>, actions: &[Action<'a>]) {
        let entry = self.description().entry();
        // The table is of the main versions.
        if entry.is_own() || !entry.main {
            return;
        }
        let mut functions = String::new();
        for wait in waits().filter(|wait| wait.cloud == entry.cloud && wait.product == entry.product) {
            // A typed check sees responses, and so cannot see that a resource is gone.
            let seen = wait.ready().any(|state| state != "gone");
            if let Some(action) = actions.iter().find(|action| action.name == wait.action && seen) {
                functions.extend(self.wait(reach, action, &wait));
            }
        }
        if !functions.is_empty() {
            let _ = writeln!(
                out,
                "/// States to wait for, with the states from which they are not reached: for `wait_until`.\npub mod wait {{\n{functions}}}\n"
            );
        }
    }

    /// The function of a wait. `None` if the response does not have the states where the table says.
    fn wait(&self, reach: &Reach<'a>, action: &Action<'a>, wait: &NamedWait) -> Option<String> {
        let runtime = self.runtime();
        let (mut loops, mut depth, mut ty) = (String::new(), 0, action.output);
        for step in wait.states.split('.') {
            let Some((_, Type::Struct(fields))) = reach.types.get(ty.strip_prefix('#')?) else { return None };
            let member = members(fields)
                .into_iter()
                .find(|member| member.field.wire == step.trim_end_matches("[]"))?;
            let of = if depth == 0 { "response".to_owned() } else { format!("at{depth}") };
            depth += 1;
            let flatten = if step.ends_with("[]") { ".flatten()" } else { "" };
            let _ = write!(loops, "for at{depth} in {of}.{}.iter(){flatten} {{ ", member.ident);
            ty = member.field.ty.trim_start_matches("[]");
        }
        let text = if ty.starts_with('#') { "as_str().to_owned()" } else { "to_string()" };
        let _ = write!(loops, "states.push(at{depth}.{text});{}", " }".repeat(depth));
        let ready: Vec<&str> = wait.ready().collect();
        let failed: Vec<&str> = wait.failed().collect();
        let words = |states: &[&str]| {
            let words: Vec<String> = states.iter().map(|state| format!("`{state}`")).collect();
            words.join(", ")
        };
        let fails = match failed.is_empty() {
            true => String::new(),
            false => format!(" The wait fails in {}.", words(&failed)),
        };
        let output = self.type_name(action.output.strip_prefix('#')?);
        let (name, path, ready_words) = (wait.function(), wait.states, words(&ready));
        Some(format!(
            "    /// `{path}` of `{action}` is {ready_words}.{fails}\n\
             \x20   pub fn {name}(response: &{runtime}::Response<super::{output}>) -> {runtime}::wait::Wait {{\n\
             \x20       let mut states = ::std::vec::Vec::new();\n        {loops}\n\
             \x20       {runtime}::__private::verdict(&states, &{ready:?}, &{failed:?})\n    }}\n",
            action = action.name,
        ))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::entries;

    #[test]
    fn every_wait_that_is_seen_in_responses_has_a_function() {
        let mut names = HashSet::new();
        for wait in waits() {
            let place = format!("{} {} {} {}", wait.cloud, wait.product, wait.action, wait.name);
            let entry = entries()
                .find(|entry| entry.cloud == wait.cloud && entry.product == wait.product && entry.main);
            let description = entry.unwrap().open().unwrap();
            let Ok(action) = description.action(wait.action) else { continue };
            let code = Emitter::new(&description, "::cloudcall").code(&[action.name]).unwrap();
            let seen = wait.ready().any(|state| state != "gone");
            let function = format!("pub fn {}(", wait.function());
            assert_eq!(code.matches(&function).count(), usize::from(seen), "{place}: {function}");
            assert!(names.insert((wait.cloud, wait.product, wait.function())), "{place} twice");
        }
        assert!(names.len() >= 80, "{}", names.len());
    }

    #[test]
    fn functions_are_named_for_one_resource() {
        for (noun, wanted) in [
            ("instances", "instance"),
            ("addresses", "address"),
            ("v_switches", "v_switch"),
            ("auto_scaling_activities", "auto_scaling_activity"),
            ("instance_status", "instance_status"),
            ("job", "job"),
        ] {
            assert_eq!(singular(noun), wanted);
        }
    }
}
