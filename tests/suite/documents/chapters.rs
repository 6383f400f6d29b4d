//! The chapters of the book: what the Chinese text says has to be what the English one says today. Two texts cannot be compared,
//! but what is the same in every language can: headings, programs, rows of tables, names in code, and figures.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use pulldown_cmark::{Event, Tag, TagEnd};

use super::{parsed, read, root, without_comments};

/// Chapters that have another form in Chinese: only their tables are compared.
const OTHER_FORM: [&str; 1] = ["migrating-from-python"];

/// Chapters that are a summary in Chinese: what they say has to be in the English text, and not the other way round.
const SUMMARIES: [&str; 1] = ["performance"];

/// A chapter from one heading to the next.
#[derive(Default)]
struct Section {
    heading: String,
    level: usize,
    programs: Vec<Vec<String>>,
    rows: Vec<BTreeSet<String>>,
    facts: BTreeSet<String>,
}

/// The text of a chapter with what it includes.
pub(super) fn expanded(path: &Path) -> String {
    let text = read(path);
    let mut found = String::new();
    let mut parts = text.split("{{#include ");
    found.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let (included, rest) = part.split_once("}}").unwrap();
        let (file, name) =
            included.split_once(':').map_or((included, None), |(file, name)| (file, Some(name)));
        let included = read(&path.parent().unwrap().join(file));
        let begin = name.map(|name| format!("ANCHOR: {name}"));
        let end = name.map(|name| format!("ANCHOR_END: {name}"));
        let is = |line: &str, mark: &Option<String>| {
            mark.as_ref().is_some_and(|mark| line.trim_end_matches(" -->").ends_with(mark.as_str()))
        };
        let lines = included.lines().skip_while(|line| name.is_some() && !is(line, &begin));
        let lines = lines.take_while(|line| !is(line, &end)).filter(|line| !line.contains("ANCHOR"));
        for line in lines {
            found.push_str(line);
            found.push('\n');
        }
        found.push_str(rest);
    }
    found
}

/// The numbers of a text. A sign between digits belongs to the number: `1.04`, `10,000`.
fn figures(text: &str) -> impl Iterator<Item = String> {
    text.split(|char: char| !(char.is_ascii_digit() || matches!(char, '.' | ',')))
        .map(|word| word.trim_matches(['.', ',']).to_owned())
        .filter(|word| !word.is_empty())
}

fn sections(text: &str) -> Vec<Section> {
    let (mut found, mut code, mut heading, mut row) = (vec![Section::default()], None, false, None);
    for event in parsed(text) {
        if let Event::Start(Tag::Heading { level, .. }) = event {
            found.push(Section { level: level as usize, ..Section::default() });
            heading = true;
            continue;
        }
        let section = found.last_mut().unwrap();
        match event {
            Event::End(TagEnd::Heading(_)) => heading = false,
            Event::Start(Tag::CodeBlock(_)) => code = Some(String::new()),
            Event::End(TagEnd::CodeBlock) => {
                section.programs.push(without_comments(&code.take().unwrap_or_default()));
            }
            Event::Start(Tag::TableRow) => row = Some(BTreeSet::new()),
            Event::End(TagEnd::TableRow) => section.rows.extend(row.take()),
            Event::Code(part) if heading => section.heading.push_str(&part),
            Event::Text(part) if heading => section.heading.push_str(&part),
            Event::Code(part) => {
                row.as_mut().unwrap_or(&mut section.facts).insert(part.to_string());
            }
            Event::Text(part) => match &mut code {
                Some(code) => code.push_str(&part),
                None => row.as_mut().unwrap_or(&mut section.facts).extend(figures(&part)),
            },
            _ => {}
        }
    }
    found
}

/// All rows of a chapter as one section.
fn tables(sections: Vec<Section>) -> Vec<Section> {
    let rows = sections.into_iter().flat_map(|section| section.rows).collect();
    vec![Section { rows, ..Section::default() }]
}

/// What one of two sets has alone, for a message.
fn difference(english: &BTreeSet<String>, chinese: &BTreeSet<String>) -> Option<String> {
    let only = |left: &BTreeSet<String>, right: &BTreeSet<String>| -> Vec<String> {
        left.difference(right).cloned().collect()
    };
    let (english, chinese) = (only(english, chinese), only(chinese, english));
    let same = english.is_empty() && chinese.is_empty();
    (!same).then(|| format!("only in English: {english:?}; only in Chinese: {chinese:?}"))
}

/// The chapters of a book and the files of their texts, in the order of the summary.
fn chapters(book: &str) -> Vec<(String, PathBuf)> {
    let folder = root().join("docs").join(book).join("src");
    let summary = read(&folder.join("SUMMARY.md"));
    let links = summary.split("](").skip(1).filter_map(|part| part.split_once(')'));
    links.map(|(file, _)| (file.replace(".zh-CN", "").replace(".md", ""), folder.join(file))).collect()
}

/// The chapters of a language, and what is outside the book.
fn texts(book: &str, readme: &str) -> Vec<(String, PathBuf)> {
    let mut found = chapters(book);
    found.push(("README".to_owned(), root().join(readme)));
    found
}

#[test]
fn the_chinese_book_says_what_the_english_one_says() {
    let chinese = texts("book-zh", "README.zh-CN.md");
    let (mut differences, mut compared) = (Vec::new(), 0);
    for (name, english) in texts("book", "README.md") {
        let Some((_, chinese)) = chinese.iter().find(|(chapter, _)| *chapter == name) else {
            differences.push(format!("{name}: there is no Chinese chapter"));
            continue;
        };
        let (mut english, mut chinese) = (sections(&expanded(&english)), sections(&expanded(chinese)));
        if OTHER_FORM.contains(&name.as_str()) {
            (english, chinese) = (tables(english), tables(chinese));
        }
        if SUMMARIES.contains(&name.as_str()) {
            differences.extend(stale(&name, &english, &chinese));
            continue;
        }
        compared += 1;
        let levels = |sections: &[Section]| sections.iter().map(|section| section.level).collect::<Vec<_>>();
        if levels(&english) != levels(&chinese) {
            differences.push(format!("{name}: other headings"));
            continue;
        }
        for (english, chinese) in english.iter().zip(&chinese) {
            let place = format!("{name}, \"{}\"", english.heading);
            if english.programs != chinese.programs {
                differences.push(format!("{place}: other programs"));
            }
            if english.rows.len() != chinese.rows.len() {
                differences.push(format!(
                    "{place}: {} rows in English, {} in Chinese",
                    english.rows.len(),
                    chinese.rows.len()
                ));
                continue;
            }
            let rows = english.rows.iter().zip(&chinese.rows).enumerate();
            differences.extend(rows.filter_map(|(at, (english, chinese))| {
                Some(format!("{place}, row {}: {}", at + 1, difference(english, chinese)?))
            }));
            differences.extend(
                difference(&english.facts, &chinese.facts).map(|difference| format!("{place}: {difference}")),
            );
        }
    }
    assert!(compared > 10, "only {compared} chapters were compared");
    assert!(
        differences.is_empty(),
        "write in Chinese what the English text says, or include its part with `{{{{#include}}}}`:\n{}",
        differences.join("\n")
    );
}

/// What a summary says although the whole text does not.
fn stale(name: &str, whole: &[Section], summary: &[Section]) -> Vec<String> {
    let facts = |section: &Section| -> Vec<String> {
        section.facts.iter().chain(section.rows.iter().flatten()).cloned().collect()
    };
    let known: BTreeSet<String> = whole.iter().flat_map(facts).collect();
    let unknown = |section: &Section| -> Vec<String> {
        facts(section).into_iter().filter(|fact| !known.contains(fact)).collect()
    };
    summary
        .iter()
        .map(|section| (section, unknown(section)))
        .filter(|(_, unknown)| !unknown.is_empty())
        .map(|(section, unknown)| format!("{name}, \"{}\": only in Chinese: {unknown:?}", section.heading))
        .collect()
}
