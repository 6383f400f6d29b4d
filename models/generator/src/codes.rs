//! The error codes that a vendor lists for the actions of a product, as constants such as
//! `error_codes::INVALID_INSTANCE_ID_NOT_FOUND`.
//!
//! They are hints: a service may also respond with codes that the vendor does not list.
//! `models/extract/error_codes.py` has the format of the files.

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;

use crate::description::Action;
use crate::error::Error;
use crate::index::Entry;
use crate::names::snake;

/// The module with the constants.
const MODULE: &str = "error_codes";

/// More actions than this are cut off in the documentation of a constant.
const MOST_ACTIONS: usize = 10;

/// More codes than this are cut off in the documentation of an action, which editors show whole.
const MOST_CODES: usize = 20;

/// The error codes of one product-version.
#[derive(Debug)]
pub struct ErrorCodes {
    /// The codes, in the order of the numbers in `actions`.
    codes: Vec<String>,
    /// A line for each action that lists codes: its name, and the numbers of their lines.
    actions: String,
}

impl Entry {
    /// The error codes that the vendor lists. `None` if it lists none, and for a description file of the user.
    ///
    /// # Errors
    ///
    /// If the file of this build is damaged.
    pub fn error_codes(&self) -> Result<Option<ErrorCodes>, Error> {
        let Some(text) = self.error_text()? else { return Ok(None) };
        let (codes, actions) = text
            .split_once("\n\n")
            .ok_or_else(|| Error::file(&self.to_string(), "its error codes have no second part"))?;
        let codes = codes.lines().map(str::to_owned).collect();
        Ok(Some(ErrorCodes { codes, actions: actions.to_owned() }))
    }
}

impl ErrorCodes {
    /// All codes as they are on the wire, in byte order.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.codes.iter().map(String::as_str)
    }

    /// The codes that the vendor lists for an action, in byte order.
    pub fn of_action(&self, action: &str) -> Vec<&str> {
        let line = self.actions.lines().find_map(|line| line.strip_prefix(action)?.strip_prefix('\t'));
        let runs = line.into_iter().flat_map(|line| line.split(' ')).filter_map(run);
        runs.filter_map(|(first, last)| self.codes.get(first..=last)).flatten().map(String::as_str).collect()
    }

    /// Each code with the name of its constant.
    ///
    /// The name is the code in upper-case words. If several codes have the same words, the first in byte order
    /// gets this name, and the others get `_2`, `_3` and so on after it.
    pub fn constants(&self) -> Vec<(&str, String)> {
        let plain: Vec<String> = self.all().map(name).collect();
        let mut used: HashSet<String> = HashSet::new();
        let mut unique = |name: &String| {
            let mut own = name.clone();
            let mut number = 1;
            // A name with a number may be that of another code.
            while used.contains(&own) || number > 1 && plain.contains(&own) {
                number += 1;
                own = format!("{name}_{number}");
            }
            used.insert(own.clone());
            own
        };
        let names: Vec<String> = plain.iter().map(&mut unique).collect();
        self.all().zip(names).collect()
    }

    /// Writes the module with the constants of the codes that the vendor lists for these actions.
    pub(crate) fn write(&self, out: &mut String, actions: &[Action<'_>], docs: bool) {
        let mut listed: HashMap<&str, Vec<&str>> = HashMap::new();
        for action in actions {
            for code in self.of_action(action.name) {
                listed.entry(code).or_default().push(action.name);
            }
        }
        if listed.is_empty() {
            return;
        }
        let _ = writeln!(
            out,
            "/// The error codes that the vendor lists for the actions of this module: see `Error::code`. A service may respond with others, \
             too.\npub mod {MODULE} {{"
        );
        for (code, name) in self.constants() {
            let Some(actions) = listed.get(code) else { continue };
            if docs {
                let _ = writeln!(out, "    /// `{code}`, listed for {}.", some(actions));
            }
            let _ = writeln!(out, "    pub const {name}: &::core::primitive::str = {code:?};");
        }
        out.push_str("}\n\n");
    }

    /// Writes the codes of an action as a paragraph of its documentation, with links to the constants.
    pub(crate) fn document(&self, out: &mut String, action: &str) {
        let listed = self.of_action(action);
        if listed.is_empty() {
            return;
        }
        let names: HashMap<&str, String> = self.constants().into_iter().collect();
        let links: Vec<String> = listed
            .iter()
            .take(MOST_CODES)
            .filter_map(|code| Some(format!("[`{code}`]({MODULE}::{})", names.get(code)?)))
            .collect();
        let more = match listed.len().saturating_sub(MOST_CODES) {
            0 => String::new(),
            more => format!(", and {more} more of [`{MODULE}`]"),
        };
        let _ = writeln!(out, "///\n/// Error codes: {}{more}.", links.join(", "));
    }
}

/// The names of actions, cut off where there are many.
fn some(actions: &[&str]) -> String {
    let shown: Vec<String> = actions.iter().take(MOST_ACTIONS).map(|action| format!("`{action}`")).collect();
    match actions.len().saturating_sub(MOST_ACTIONS) {
        0 => shown.join(", "),
        more => format!("{} and {more} more actions", shown.join(", ")),
    }
}

/// `3` or `3-7`.
fn run(text: &str) -> Option<(usize, usize)> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    Some((first.parse().ok()?, last.parse().ok()?))
}

/// The name of a constant before others are known.
fn name(code: &str) -> String {
    let name = snake(code).to_ascii_uppercase();
    match name.starts_with(|first: char| first.is_ascii_digit()) {
        true => format!("CODE_{name}"),
        false => name,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::{Emitter, entries, find};

    fn codes(text: &str) -> ErrorCodes {
        ErrorCodes { codes: text.split(' ').map(str::to_owned).collect(), actions: String::new() }
    }

    #[test]
    fn names_are_words_and_no_two_are_the_same() {
        let codes = codes("4001 AB.C AB_C AB_C_2 AbC Invalid.IPv4 InvalidInstanceId.NotFound");
        let names: Vec<String> = codes.constants().into_iter().map(|(_, name)| name).collect();
        let wanted = [
            "CODE_4001",
            "AB_C",
            "AB_C_3",
            "AB_C_2",
            "AB_C_4",
            "INVALID_IPV4",
            "INVALID_INSTANCE_ID_NOT_FOUND",
        ];
        assert_eq!(names, wanted);
    }

    #[test]
    fn an_action_has_the_codes_of_its_numbers() {
        let codes = ErrorCodes {
            codes: ["A", "B", "C", "D"].map(str::to_owned).into(),
            actions: "Go\t0 2-3\nGoOn\t1\nOdd\t3-9 x".to_owned(),
        };
        assert_eq!(codes.of_action("Go"), ["A", "C", "D"]);
        assert_eq!(codes.of_action("GoOn"), ["B"]);
        assert!(codes.of_action("Odd").is_empty() && codes.of_action("G").is_empty());
    }

    #[test]
    fn every_code_of_the_catalogue_is_a_constant_and_every_name_an_identifier() {
        let (mut products, mut constants, mut pairs) = (0, 0, 0);
        for entry in entries() {
            let Some(codes) = entry.error_codes().unwrap() else { continue };
            let description = entry.open().unwrap();
            let mut names = HashSet::new();
            for (code, name) in codes.constants() {
                let is_word = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
                assert!(
                    name.chars().all(is_word) && name.starts_with(|c: char| c.is_ascii_uppercase()),
                    "{name}"
                );
                assert!(!code.contains(|c: char| c.is_whitespace() || c == '%'), "{entry}: {code:?}");
                assert!(names.insert(name.clone()), "{entry}: {name} twice");
            }
            assert!(codes.all().is_sorted(), "{entry}");
            for line in codes.actions.lines() {
                let (action, _) = line.split_once('\t').unwrap();
                assert!(description.has_action(action), "{entry} has no {action}");
                pairs += codes.of_action(action).len();
            }
            products += 1;
            constants += names.len();
        }
        println!("{products} product-versions, {constants} error codes, {pairs} of actions");
        assert!(products > 400 && constants > 25_000 && pairs > 190_000, "{products} {constants} {pairs}");
    }

    #[test]
    fn the_module_has_the_codes_of_the_actions_and_nothing_else() {
        let cvm = find("tencent", "cvm", "2017-03-12").unwrap();
        let (codes, description) = (cvm.error_codes().unwrap().unwrap(), cvm.open().unwrap());
        let code =
            Emitter::new(&description, "::cloudcall").code(&["StartInstances", "StopInstances"]).unwrap();
        let wanted = "    pub const INVALID_INSTANCE_ID_NOT_FOUND: &::core::primitive::str = \"InvalidInstanceId.NotFound\";\n";
        assert!(code.contains(wanted), "{code}");
        assert!(
            code.contains("[`InvalidInstanceId.NotFound`](error_codes::INVALID_INSTANCE_ID_NOT_FOUND)"),
            "{code}"
        );
        assert!(
            code.contains(
                "    /// `InvalidInstanceId.NotFound`, listed for `StartInstances`, `StopInstances`.\n"
            ),
            "{code}"
        );
        let listed: HashSet<&str> = ["StartInstances", "StopInstances"]
            .into_iter()
            .flat_map(|action| codes.of_action(action))
            .collect();
        let module = code.split_once("pub mod error_codes").unwrap().1;
        assert_eq!(module.matches("pub const").count(), listed.len());
        let plain =
            Emitter::new(&description, "::cloudcall").without_docs().code(&["StartInstances"]).unwrap();
        assert!(plain.contains("pub mod error_codes") && !plain.contains("listed for"), "{plain}");
    }

    #[test]
    fn a_damaged_file_is_an_error_that_names_the_product() {
        let mut entry = find("tencent", "sts", "2018-08-13").unwrap();
        let whole = entry.errors;
        for cut in 1..whole.len() {
            entry.errors = whole.get(..cut).unwrap();
            let error = entry.error_codes().unwrap_err().to_string();
            assert!(error.contains("tencent sts 2018-08-13"), "{cut}: {error}");
        }
        assert!(find("huawei", "vpc", "v3").unwrap().error_codes().unwrap().is_none());
    }
}
