//! The table of queries, and the words of names.

use std::collections::HashSet;

use super::*;

fn found(names: &Names, vocabulary: &Vocabulary<'_>, words: &str) -> Vec<String> {
    let words: Vec<&str> = words.split(' ').collect();
    names
        .search_with(vocabulary, &words)
        .iter()
        .map(|found| format!("{} {}", found.entry, found.name))
        .collect()
}

#[test]
fn names_are_those_of_the_files() {
    let names = Names::open().unwrap();
    assert_eq!(names.text.lines().count(), entries().count());
    for (entry, names) in entries().zip(names.text.lines()) {
        let description = entry.open().unwrap();
        assert!(description.actions().map(|action| action.name).eq(names.split(' ')), "{entry}");
    }
}

/// `queries.tsv`: what 19 of 20 queries look for comes first. `cargo run -p cloudcall-generator --example queries` prints the table.
#[test]
fn what_is_meant_comes_first() {
    let names = Names::open().unwrap();
    let vocabulary = names.vocabulary();
    let (mut all, mut missed) = (0, Vec::new());
    let mut queries = HashSet::new();
    for line in include_str!("../../queries.tsv").lines().filter(|line| !line.starts_with('#')) {
        let mut columns = line.split('\t');
        let query = columns.next().unwrap();
        let wanted: Vec<&str> = columns.collect();
        assert!(!wanted.is_empty() && queries.insert(query), "{line}");
        let first = found(&names, &vocabulary, query).into_iter().next().unwrap_or_default();
        all += 1;
        if !wanted.contains(&first.as_str()) {
            missed.push(format!("{query}: {first}, not {}", wanted.join(" or ")));
        }
    }
    assert!(all >= 200, "{all} queries");
    assert!(missed.len() * 20 <= all, "{} of {all} miss:\n{}", missed.len(), missed.join("\n"));
}

#[test]
fn a_word_that_nothing_has_finds_nothing() {
    let names = Names::open().unwrap();
    let vocabulary = names.vocabulary();
    for words in ["no such action", "", "的", "qqqqqqqq", "cvm qqqqqqqq", "\u{1f980}"] {
        assert!(found(&names, &vocabulary, words).is_empty(), "{words}");
    }
}

#[test]
fn all_products_of_the_lexicon_are_in_the_catalogue() {
    let known: HashSet<String> =
        entries().map(|entry| format!("{}:{}", entry.cloud, entry.product)).collect();
    let table = include_str!("../../data/lexicon.tsv");
    let places = table.split(['\t', '\n', ' ', '@']).filter(|word| word.contains(':'));
    let lost: Vec<&str> = places.filter(|place| !known.contains(*place)).collect();
    assert!(lost.is_empty(), "{lost:?}");
}

#[test]
fn names_are_split_into_words() {
    let text = "DescribeDBInstances AddClusterCIDRs CreateVSwitch list2Things IDCardOCR Aa\nDescribeEIPs";
    let lower = text.to_ascii_lowercase();
    let vocabulary = Vocabulary::of(text, &lower);
    let words = |line| -> Vec<String> {
        let names = vocabulary.names(line);
        names
            .map(|words| words.iter().map(|word| vocabulary.word(*word)).collect::<Vec<_>>().join(" "))
            .collect()
    };
    assert_eq!(
        words(0),
        [
            "describe db instances",
            "add cluster cidrs",
            "create v switch",
            "list2 things",
            "id card ocr",
            "aa"
        ]
    );
    assert_eq!(words(1), ["describe eips"]);
    assert!(words(2).is_empty());
}
