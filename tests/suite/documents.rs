//! The documents: links lead somewhere, both languages have the same content, every program is listed.

use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

#[allow(clippy::disallowed_methods, reason = "documents are files of the project")]
fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Every document that readers are sent to.
fn documents() -> Vec<PathBuf> {
    let root = root();
    let mut found: Vec<PathBuf> =
        ["README.md", "README.zh-CN.md", "CHANGELOG.md"].map(|name| root.join(name)).into();
    for folder in [root.join("docs"), root.join("models/extract")] {
        let entries = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
        found.extend(entries.filter(|path| path.extension().is_some_and(|extension| extension == "md")));
    }
    found
}

fn parsed(text: &str) -> Parser<'_> {
    Parser::new_ext(text, Options::ENABLE_TABLES)
}

/// The name under which a heading is linked to: lower case, blanks to hyphens, no punctuation.
fn anchor(heading: &str) -> String {
    let kept = heading.to_lowercase().replace(' ', "-");
    kept.chars().filter(|char| char.is_alphanumeric() || matches!(char, '-' | '_')).collect()
}

fn anchors(text: &str) -> HashSet<String> {
    let mut found = HashSet::new();
    let mut heading: Option<String> = None;
    for event in parsed(text) {
        match event {
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::End(TagEnd::Heading(_)) => {
                let name = anchor(&heading.take().unwrap_or_default());
                // The second of the same name gets a number.
                let mut unique = name.clone();
                let mut number = 0;
                while !found.insert(unique) {
                    number += 1;
                    unique = format!("{name}-{number}");
                }
            }
            Event::Text(part) | Event::Code(part) => {
                if let Some(heading) = &mut heading {
                    heading.push_str(&part);
                }
            }
            _ => {}
        }
    }
    found
}

#[test]
fn every_link_within_the_project_leads_somewhere() {
    let (mut links, mut dead) = (0, Vec::new());
    for path in documents() {
        let text = read(&path);
        for event in parsed(&text) {
            let (Event::Start(Tag::Link { dest_url, .. }) | Event::Start(Tag::Image { dest_url, .. })) =
                event
            else {
                continue;
            };
            if dest_url.contains("://") || dest_url.starts_with("mailto:") {
                continue;
            }
            links += 1;
            let (file, wanted) =
                dest_url.split_once('#').map_or((&*dest_url, None), |(file, name)| (file, Some(name)));
            let target = if file.is_empty() { path.clone() } else { path.parent().unwrap().join(file) };
            let found = target.exists() && wanted.is_none_or(|name| anchors(&read(&target)).contains(name));
            if !found {
                dead.push(format!("{}: {dest_url}", path.display()));
            }
        }
    }
    assert!(links > 30, "only {links} links were found");
    assert!(dead.is_empty(), "dead links:\n{}", dead.join("\n"));
}

/// What a document has, whatever language it is in.
#[derive(Debug, PartialEq)]
enum Part {
    Heading(HeadingLevel),
    /// A program without its comments, which are in the language of the document.
    Code(Vec<String>),
    /// A table: what is code in each row's first cell, in the order of the alphabet.
    Table(Vec<BTreeSet<String>>),
}

fn without_comments(code: &str) -> Vec<String> {
    let kept = code.lines().map(|line| line.split("// ").next().unwrap_or_default().trim_end());
    kept.filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with("///"))
        .map(str::to_owned)
        .collect()
}

fn parts(text: &str) -> Vec<Part> {
    let (mut parts, mut code, mut rows, mut cells) = (Vec::new(), None, None, 0);
    for event in parsed(text) {
        match event {
            Event::Start(Tag::Heading { level, .. }) => parts.push(Part::Heading(level)),
            Event::Start(Tag::CodeBlock(_)) => code = Some(String::new()),
            Event::End(TagEnd::CodeBlock) => {
                parts.push(Part::Code(without_comments(&code.take().unwrap_or_default())));
            }
            Event::Start(Tag::Table(_)) => rows = Some(Vec::new()),
            Event::End(TagEnd::Table) => parts.push(Part::Table(rows.take().unwrap_or_default())),
            Event::Start(Tag::TableRow) => {
                cells = 0;
                rows.iter_mut().for_each(|rows: &mut Vec<BTreeSet<String>>| rows.push(BTreeSet::new()));
            }
            Event::End(TagEnd::TableCell) => cells += 1,
            Event::Code(part) if cells == 0 => {
                if let Some(row) = rows.as_mut().and_then(|rows| rows.last_mut()) {
                    row.insert(part.to_string());
                }
            }
            Event::Text(part) => {
                if let Some(code) = &mut code {
                    code.push_str(&part);
                }
            }
            _ => {}
        }
    }
    parts
}

#[test]
fn both_languages_have_the_same_content() {
    // The programs of the guide, and their headings, stand in the English text alone.
    for (name, programs) in [("README", true), ("docs/migrating-from-python", false)] {
        let wanted = |part: &Part| programs || matches!(part, Part::Table(_));
        let parts = |file: String| -> Vec<Part> {
            parts(&read(&root().join(file))).into_iter().filter(wanted).collect()
        };
        let english = parts(format!("{name}.md"));
        let chinese = parts(format!("{name}.zh-CN.md"));
        let kinds = |parts: &[Part]| parts.iter().map(std::mem::discriminant).collect::<Vec<_>>();
        for (at, (english, chinese)) in english.iter().zip(&chinese).enumerate() {
            assert_eq!(english, chinese, "{name}, part {at}");
        }
        assert_eq!(kinds(&english), kinds(&chinese), "{name}");
        assert!(english.len() > 20, "{name} has only {} parts", english.len());
    }
}

#[test]
fn every_example_is_in_the_table_of_programs() {
    let manifest = read(&root().join("examples/Cargo.toml"));
    let names = manifest.split("[[example]]").skip(1).filter_map(|entry| entry.split('"').nth(1));
    let readme = read(&root().join("README.md"));
    let rows: Vec<&str> = readme.lines().filter(|line| line.starts_with("| `cargo ")).collect();
    let listed = |name: &str| rows.iter().any(|row| row.split([' ', '`']).any(|word| word == name));
    let missing: Vec<&str> = names.filter(|name| !listed(name)).collect();
    assert!(missing.is_empty(), "not in the README: {missing:?}");
}
