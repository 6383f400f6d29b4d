//! The documents: links lead somewhere, both languages have the same content, and what they say of features, programs,
//! versions and sources is what the project has.

use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

mod chapters;

use chapters::expanded;

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
        ["README.md", "README.zh-CN.md", "CHANGELOG.md", "CONTRIBUTING.md", "RELEASING.md"]
            .map(|name| root.join(name))
            .into();
    for folder in [root.join("docs"), root.join("models/extract")] {
        let entries = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
        found.extend(entries.filter(|path| path.extension().is_some_and(|extension| extension == "md")));
    }
    found
}

/// The documents, and the pages of the book as they are read in the repository.
fn pages() -> Vec<PathBuf> {
    let mut found = documents();
    for book in ["docs/book/src", "docs/book-zh/src"] {
        let entries = fs::read_dir(root().join(book)).unwrap().map(|entry| entry.unwrap().path());
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
    for path in pages() {
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
            let found =
                target.exists() && wanted.is_none_or(|name| anchors(&expanded(&target)).contains(name));
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
    for (name, programs) in
        [("README", true), ("docs/credentials", true), ("docs/migrating-from-python", false)]
    {
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
        assert!(english.len() > 15, "{name} has only {} parts", english.len());
    }
}

/// The names of all examples: the quickstart, and those in `examples/Cargo.toml`.
pub(crate) fn examples() -> Vec<String> {
    let mut names = entries(|_| true);
    names.push("quickstart".to_owned());
    names
}

/// The names of the examples of the generator, which cargo finds by their files.
fn generator_examples() -> impl Iterator<Item = String> {
    let folder = std::fs::read_dir(root().join("models/generator/examples")).unwrap();
    folder.map(|file| file.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned())
}

/// The examples that are programs: those with tests of their own are built as these.
pub(crate) fn programs() -> Vec<String> {
    entries(|entry| !entry.contains("test = true"))
}

fn entries(wanted: impl Fn(&str) -> bool) -> Vec<String> {
    let manifest = read(&root().join("examples/Cargo.toml"));
    let manifest = manifest.split("\n[dependencies]").next().unwrap_or_default();
    let entries = manifest.split("[[example]]").skip(1).filter(|entry| wanted(entry));
    entries.filter_map(|entry| entry.split('"').nth(1)).map(str::to_owned).collect()
}

#[test]
fn every_example_is_in_the_table_of_programs() {
    let readme = read(&root().join("README.md"));
    let rows: Vec<&str> = readme.lines().filter(|line| line.starts_with("| `")).collect();
    let listed = |name: &str| rows.iter().any(|row| row.split([' ', '`']).any(|word| word == name));
    let missing: Vec<String> = examples().into_iter().filter(|name| !listed(name)).collect();
    assert!(missing.is_empty(), "not in the README: {missing:?}");
}

#[test]
fn every_program_that_a_document_runs_is_there() {
    let examples: HashSet<String> = examples().into_iter().chain(generator_examples()).collect();
    let (mut runs, mut missing) = (0, Vec::new());
    for path in documents() {
        let text = read(&path);
        for part in text.split("--example ").skip(1) {
            let name = part.split(|char: char| !(char.is_alphanumeric() || char == '_')).next().unwrap();
            runs += 1;
            if !name.is_empty() && name != "NAME" && !examples.contains(name) {
                missing.push(format!("{}: {name}", path.display()));
            }
        }
    }
    assert!(runs > 10, "only {runs} programs were found");
    assert!(missing.is_empty(), "no such examples:\n{}", missing.join("\n"));
}

/// The lines of a table in `Cargo.toml`, such as `[features]`.
fn table<'a>(manifest: &'a str, name: &str) -> impl Iterator<Item = (&'a str, &'a str)> {
    let head = format!("[{name}]\n");
    let from = manifest.find(&head).unwrap_or_else(|| panic!("there is no {head}")) + head.len();
    let body = &manifest[from..];
    let body = body.split("\n[").next().unwrap();
    body.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(" = "))
}

#[test]
fn the_table_of_cargo_features_is_that_of_the_manifest() {
    let manifest = read(&root().join("sdk/Cargo.toml"));
    let features: Vec<(&str, &str)> = table(&manifest, "features").collect();
    let (_, default) = features.iter().find(|(name, _)| *name == "default").unwrap();
    let wanted: BTreeSet<(String, bool)> = features
        .iter()
        // Features of that beginning are no part of what users turn on.
        .filter(|(name, _)| *name != "default" && !name.starts_with("__"))
        .map(|(name, _)| ((*name).to_owned(), default.contains(&format!("\"{name}\""))))
        .collect();
    assert!(wanted.len() > 5, "{wanted:?}");
    for (file, yes) in [("README.md", "yes"), ("README.zh-CN.md", "是")] {
        let text = read(&root().join(file));
        let listed: BTreeSet<(String, bool)> = text
            .lines()
            .filter_map(|line| line.strip_prefix("| `")?.split_once("` | "))
            .filter_map(|(name, rest)| Some((name.to_owned(), rest.split_once('|')?.0.trim())))
            .filter(|(_, default)| default.is_empty() || *default == yes)
            .map(|(name, default)| (name, !default.is_empty()))
            .collect();
        assert_eq!(listed, wanted, "{file}");
    }
}

#[test]
fn the_readmes_lead_to_every_document() {
    for (file, chinese) in [("README.md", false), ("README.zh-CN.md", true)] {
        let text = read(&root().join(file));
        let mut lost = Vec::new();
        for path in documents() {
            let Ok(name) = path.strip_prefix(root().join("docs")) else { continue };
            let name = name.display().to_string();
            let page = format!("book-zh/src/{name}");
            let page = if chinese && !name.contains(".zh-CN") && root().join("docs").join(&page).exists() {
                page
            } else {
                name.clone()
            };
            // Of what there is in both languages, the one of the reader counts.
            let skipped = match name.strip_suffix(".zh-CN.md") {
                Some(_) => !chinese,
                None => chinese && path.with_extension("zh-CN.md").exists(),
            };
            if !skipped && !text.contains(&format!("(docs/{page}")) && !reached(&name) {
                lost.push(name);
            }
        }
        assert!(lost.is_empty(), "{file} does not lead to {lost:?}");
    }
}

/// Whether another document leads to this one, for those of detail.
fn reached(name: &str) -> bool {
    documents().iter().any(|path| !path.ends_with(name) && read(path).contains(&format!("]({name}")))
}

#[test]
fn the_documents_name_the_rust_version_of_the_manifest() {
    let manifest = read(&root().join("Cargo.toml"));
    let (_, version) = table(&manifest, "workspace.package").find(|(key, _)| *key == "rust-version").unwrap();
    let wanted = format!("Rust {}", version.trim_matches('"'));
    for (file, wanted) in [("README.md", wanted.clone()), ("README.zh-CN.md", wanted)] {
        assert!(read(&root().join(file)).contains(&wanted), "{file} does not say {wanted}");
    }
}

/// Every file of source below a folder.
fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn what_modules_say_of_their_sources_stands_there() {
    let text = read(&root().join("docs/sources.md"));
    let clouds: Vec<(&str, &str)> =
        text.split("\n## ").skip(1).map(|part| part.split_once('\n').unwrap()).collect();
    let (mut files, mut named, mut missing) = (Vec::new(), 0, Vec::new());
    sources(&root().join("sdk/src"), &mut files);
    for path in files {
        let code = read(&path);
        assert!(!code.contains("`spec/"), "{} names a file that is not here", path.display());
        for part in code.split("`docs/sources.md`, ").skip(1) {
            named += 1;
            let said = part.lines().next().unwrap().split(". ").next().unwrap();
            let Some((_, table)) = clouds.iter().find(|(cloud, _)| said.starts_with(cloud)) else {
                missing.push(format!("{}: {said}", path.display()));
                continue;
            };
            // Numbers such as `6.1`: the chapter is a row, the part of it stands in that row.
            for number in said.split([' ', ',', ';', ')', ':']).map(|word| word.trim_end_matches('.')) {
                let Some(chapter) = number.split('.').next().filter(|number| number.parse::<u8>().is_ok())
                else {
                    continue;
                };
                let row = table.lines().find(|line| line.starts_with(&format!("| {chapter} |")));
                let whole = number == chapter;
                if !row.is_some_and(|row| whole || row.contains(number)) {
                    missing.push(format!("{}: {number} of {said}", path.display()));
                }
            }
        }
    }
    assert!(named > 40, "only {named} sources were found");
    assert!(missing.is_empty(), "not in docs/sources.md:\n{}", missing.join("\n"));
}
