//! From the words of a user to concepts.

use std::collections::HashSet;

use super::concept::Concept;
use super::lexicon::{Lexicon, Meaning};
use super::vocabulary::Vocabulary;
use crate::index::entries;
use crate::names::snake;

/// What was asked for.
#[derive(Debug, Default)]
pub(super) struct Query {
    concepts: Vec<Concept>,
    cloud: Option<&'static str>,
    reads: bool,
}

impl Query {
    pub(super) fn read(text: &str, vocabulary: &Vocabulary<'_>) -> Self {
        let lexicon = Lexicon::read();
        let places: HashSet<&str> =
            entries().flat_map(|entry| [entry.cloud, entry.product, entry.service, entry.version]).collect();
        let mut query = Self::default();
        let words: Vec<String> = split(text, &lexicon, &places)
            .into_iter()
            .map(|word| match places.contains(word.as_str()) || vocabulary.has(&word) {
                true => word,
                false => lexicon.corrected(&word).map_or(word, str::to_owned),
            })
            .collect();
        let mut at = 0;
        while let Some(word) = words.get(at) {
            let longest = (1..=lexicon.words).rev().find_map(|length| {
                let phrase = words.get(at..at + length)?.join(" ");
                let meanings = lexicon.get(&phrase);
                (!meanings.is_empty()).then_some((length, phrase, meanings))
            });
            at += longest.as_ref().map_or(1, |(length, ..)| *length);
            match longest {
                Some((_, phrase, meanings)) => query.add(&phrase, meanings),
                None => query.concepts.push(Concept {
                    words: vec![word.clone()],
                    written: Some(word.clone()),
                    is_known: places.contains(word.as_str()),
                    ..Concept::default()
                }),
            }
        }
        query.reads = query
            .concepts
            .iter()
            .all(|concept| !concept.is_verb || concept.words.iter().any(|word| word == "describe"));
        query
    }

    pub(super) fn is_empty(&self) -> bool {
        self.concepts.is_empty()
    }

    pub(super) fn concepts(&self) -> &[Concept] {
        &self.concepts
    }

    /// The cloud, if one is named.
    pub(super) fn cloud(&self) -> Option<&'static str> {
        self.cloud
    }

    /// Whether nothing is to be changed: no verb is named, or one that reads.
    pub(super) fn reads(&self) -> bool {
        self.reads
    }

    fn add(&mut self, phrase: &str, meanings: &[Meaning]) {
        let mut concept = Concept { is_known: true, ..Concept::default() };
        for meaning in meanings {
            match meaning {
                Meaning::Drop => return,
                Meaning::Cloud(cloud) => {
                    self.cloud = Some(cloud);
                    return;
                }
                Meaning::Verb(words) => {
                    concept.is_verb = true;
                    concept.words.extend(words.split(' ').map(str::to_owned));
                }
                Meaning::Noun(words, homes) => {
                    concept.words.extend(words.split(' ').map(str::to_owned));
                    concept.homes.extend(places(homes));
                }
                Meaning::Product(products) => concept.products.extend(places(products)),
            }
        }
        // The word itself is better than any that stands for it.
        if phrase.is_ascii() && !phrase.contains(' ') {
            concept.words.retain(|word| word != phrase);
            concept.words.insert(0, phrase.to_owned());
            concept.written = Some(phrase.to_owned());
        }
        self.concepts.push(concept);
    }
}

fn places(text: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    text.split(' ').filter_map(|place| place.split_once(':'))
}

/// Words: runs of ASCII characters, and of Chinese ones the longest phrases that the table has.
fn split(text: &str, lexicon: &Lexicon, places: &HashSet<&str>) -> Vec<String> {
    let mut words = Vec::new();
    for run in runs(text) {
        if run.is_ascii() {
            let lower = run.to_ascii_lowercase();
            match places.contains(lower.as_str()) || !lexicon.get(&lower).is_empty() {
                true => words.push(lower),
                // `DescribeZones` is two words.
                false => {
                    words.extend(snake(run).split('_').filter(|part| !part.is_empty()).map(str::to_owned))
                }
            }
            continue;
        }
        let chars: Vec<char> = run.chars().collect();
        let mut at = 0;
        while at < chars.len() {
            let most = lexicon.characters.min(chars.len() - at);
            let known = (1..=most).rev().find_map(|length| {
                let phrase: String = chars.get(at..at + length)?.iter().collect();
                (!lexicon.get(&phrase).is_empty()).then_some((length, phrase))
            });
            match known {
                Some((length, phrase)) => {
                    words.push(phrase);
                    at += length;
                }
                // A character that nobody has a word for.
                None => at += 1,
            }
        }
    }
    words
}

/// Runs of ASCII characters and of others; blanks and punctuation separate them.
fn runs(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let inside = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    for word in text.split(|c| !inside(c)) {
        let mut rest = word;
        while let Some(first) = rest.chars().next() {
            let end = rest.find(|c: char| c.is_ascii() != first.is_ascii()).unwrap_or(rest.len());
            let (run, after) = rest.split_at(end);
            found.push(run);
            rest = after;
        }
    }
    found
}
