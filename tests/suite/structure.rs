//! The structure of the source tree: imports go one way, and there is no circle of imports.
//!
//! `cargo test -p cloudcall-tests --test suite structure -- --nocapture` prints the figures.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// Arrows that must not exist in the runtime: a module below never imports a module above. `*` is every module but those listed in the third
/// column.
const FORBIDDEN: &[(&str, &[&str], &[&str])] = &[
    ("*", &["blocking"], &["lib", "__private"]),
    ("*", &["client"], &["lib", "__private", "prelude", "blocking", "provider", "test_support"]),
    ("*", &["call"], &["lib", "__private", "prelude", "blocking", "client", "paginate", "provider", "wait"]),
    ("*", &["pipeline"], &["lib", "call", "client", "stream", "test_support"]),
    ("*", &["test_support"], &["lib", "pipeline"]),
    ("credential", &["provider"], &[]),
    ("transport", &["provider", "credential", "retry", "breaker"], &[]),
    ("response", &["provider", "credential", "transport", "retry", "breaker"], &[]),
    ("error", &["action", "endpoint", "provider", "response", "retry", "transport", "wait"], &[]),
    ("context", &["action", "credential", "options", "provider", "transport"], &[]),
];

/// The imports between the files of one crate, as paths of modules.
struct Imports {
    files: usize,
    top_level: usize,
    edges: BTreeMap<String, BTreeSet<String>>,
}

#[allow(clippy::disallowed_methods, reason = "the sources of the project")]
fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn modules(folder: &Path, prefix: &str, found: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let stem = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let name = if prefix.is_empty() { stem.clone() } else { format!("{prefix}::{stem}") };
        if path.is_dir() {
            modules(&path, &name, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.insert(if stem == "mod" { prefix.to_owned() } else { name }, read(&path));
        }
    }
}

impl Imports {
    fn of(source: &str) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join(source);
        let top_level = fs::read_dir(&folder).unwrap().count();
        let mut texts = BTreeMap::new();
        modules(&folder, "", &mut texts);
        let mut edges = BTreeMap::new();
        for (module, text) in &texts {
            let mut to = BTreeSet::new();
            for path in paths(module, &code(text)) {
                // The longest beginning that is a file: the rest names an item in it.
                let mut known = path.as_str();
                while !texts.contains_key(known) && !known.is_empty() {
                    known = known.rsplit_once("::").map_or("", |(parent, _)| parent);
                }
                if !known.is_empty() && known != module {
                    to.insert(known.to_owned());
                }
            }
            edges.insert(module.clone(), to);
        }
        Self { files: texts.len(), top_level, edges }
    }

    /// Sets of files that import each other, directly or not.
    fn circles(&self) -> Vec<BTreeSet<&str>> {
        let reach: BTreeMap<&str, BTreeSet<&str>> =
            self.edges.keys().map(|from| (from.as_str(), self.reached(from))).collect();
        let mut circles = BTreeSet::new();
        for (from, reached) in &reach {
            if reached.contains(from) {
                circles.insert(reached.iter().copied().filter(|to| reach[to].contains(from)).collect());
            }
        }
        circles.into_iter().collect()
    }

    fn reached<'a>(&'a self, from: &'a str) -> BTreeSet<&'a str> {
        let (mut seen, mut open) = (BTreeSet::new(), vec![from]);
        while let Some(module) = open.pop() {
            let next = self.edges[module].iter().map(String::as_str);
            open.extend(next.filter(|next| seen.insert(*next)));
        }
        seen
    }
}

/// The text without comments and without its unit tests.
fn code(text: &str) -> String {
    let mut code = String::new();
    for line in text.lines() {
        if line == "#[cfg(test)]" {
            break;
        }
        code.push_str(line.split_once("//").map_or(line, |(code, _)| code));
        code.push('\n');
    }
    code
}

/// The paths below `crate` that the code of `module` names, with `super` resolved and braces spread.
fn paths(module: &str, code: &str) -> Vec<String> {
    let mut found = Vec::new();
    for word in ["crate::", "super::"] {
        for (at, _) in code.match_indices(word) {
            let before = code[..at].chars().next_back();
            if before.is_some_and(|char| char.is_alphanumeric() || matches!(char, '_' | '$' | ':')) {
                continue;
            }
            let mut base: Vec<&str> = match word {
                "crate::" => Vec::new(),
                _ => module.split("::").collect(),
            };
            let mut rest = code[at..].strip_prefix("crate::").unwrap_or(&code[at..]);
            while let Some(more) = rest.strip_prefix("super::") {
                base.pop();
                rest = more;
            }
            let end = rest.find(|char: char| !(char.is_alphanumeric() || matches!(char, '_' | ':')));
            let (path, rest) = rest.split_at(end.unwrap_or(rest.len()));
            base.extend(path.split("::").filter(|part| !part.is_empty()));
            match rest.strip_prefix('{').and_then(|list| list.split_once('}')) {
                Some((names, _)) if path.ends_with("::") || path.is_empty() => {
                    for name in
                        names.split(',').map(|name| name.split(" as ").next().unwrap_or_default().trim())
                    {
                        let name = if name == "self" { "" } else { name };
                        let parts =
                            base.iter().copied().chain(name.split("::").filter(|part| !part.is_empty()));
                        found.push(parts.collect::<Vec<_>>().join("::"));
                    }
                }
                _ => found.push(base.join("::")),
            }
        }
    }
    found
}

fn top(module: &str) -> &str {
    module.split("::").next().unwrap_or_default()
}

#[test]
fn imports_of_the_runtime_go_one_way() {
    let imports = Imports::of("sdk/src");
    let mut wrong = Vec::new();
    for (from, to) in imports.edges.iter().flat_map(|(from, to)| to.iter().map(move |to| (from, to))) {
        let (above, below) = (top(from), top(to));
        let forbidden = FORBIDDEN.iter().any(|(who, what, but)| {
            (*who == "*" || *who == above) && above != below && what.contains(&below) && !but.contains(&above)
        });
        if forbidden {
            wrong.push(format!("{from} -> {to}"));
        }
    }
    assert!(wrong.is_empty(), "forbidden imports:\n{}", wrong.join("\n"));
}

#[test]
fn no_crate_has_a_circle_of_imports() {
    for source in ["sdk/src", "sdk-macros/src", "models/generator/src", "models/macros/src"] {
        let imports = Imports::of(source);
        let circles = imports.circles();
        println!(
            "{source}: {} modules and files at the top, {} files, {} circles of imports",
            imports.top_level,
            imports.files,
            circles.len()
        );
        assert!(circles.is_empty(), "{source}: {circles:#?}");
    }
    assert!(Imports::of("sdk/src").top_level <= 36, "modules and files at the top of sdk/src");
}

#[test]
fn the_reader_of_imports_sees_what_it_should() {
    let text = "use crate::a::{self, b, c::D as E};\npub(crate) use super::f::G; // crate::no\nlet x = super::super::h();\n\
                macro!($crate::i::J);\n#[cfg(test)]\nmod tests { use crate::k; }";
    let found: BTreeSet<_> = paths("m::n", &code(text)).into_iter().collect();
    let wanted = ["a", "a::b", "a::c::D", "m::f::G", "h"].map(str::to_owned);
    assert_eq!(found, wanted.into());
}
