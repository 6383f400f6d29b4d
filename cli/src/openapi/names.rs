//! Names of a description from those of an OpenAPI document.

use std::collections::HashSet;

use cloudcall_generator::names::snake;

/// Names that are taken. Two that get the same method or module in Rust count as the same.
#[derive(Debug, Default, Clone)]
pub(super) struct Names(HashSet<String>);

impl Names {
    /// `name`, or with a number if it is taken.
    pub(super) fn free(&mut self, name: &str) -> String {
        let mut found = name.to_owned();
        let mut number = 1;
        while !self.0.insert(snake(&found)) {
            number += 1;
            found = format!("{name}{number}");
        }
        found
    }
}

/// `list-boxes` and `listBoxes` as `ListBoxes`. It begins with a letter.
pub(super) fn pascal(text: &str) -> String {
    let mut name = String::new();
    for word in text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()) {
        let mut chars = word.chars();
        name.extend(chars.next().map(|first| first.to_ascii_uppercase()));
        name.extend(chars);
    }
    if !name.starts_with(|first: char| first.is_ascii_alphabetic()) {
        name.insert(0, 'N');
    }
    name
}

/// `Depot Service API` as `depot-service-api`.
pub(super) fn product(title: &str) -> String {
    let words = title.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let name = words.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("-");
    if name.is_empty() { "service".to_owned() } else { name }
}

/// Whether a version may be a date.
pub(super) fn is_date(text: &str) -> bool {
    text.len() == 10 && text.split('-').count() == 3
}

/// `1.2.0` as `v1`, and a date as it is.
pub(super) fn version(text: &str) -> String {
    match text.trim_start_matches('v').split('.').next() {
        _ if is_date(text) => text.to_owned(),
        Some(major) if !major.is_empty() && major.bytes().all(|b| b.is_ascii_digit()) => format!("v{major}"),
        _ => "v1".to_owned(),
    }
}
