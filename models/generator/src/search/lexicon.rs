//! What people call things: `data/lexicon.tsv`, which explains its lines.

use std::collections::HashMap;

use strsim::osa_distance;

static TABLE: &str = include_str!("../../data/lexicon.tsv");

/// What a phrase means.
#[derive(Debug, Clone, Copy)]
pub(super) enum Meaning {
    /// Nothing.
    Drop,
    /// A cloud.
    Cloud(&'static str),
    /// Words of actions, with blanks between, the best first.
    Verb(&'static str),
    /// The same, and the products where the thing is at home.
    Noun(&'static str, &'static str),
    /// Products as `cloud:product`, with blanks between.
    Product(&'static str),
}

/// The table, by phrase.
#[derive(Debug)]
pub(super) struct Lexicon {
    phrases: HashMap<&'static str, Vec<Meaning>>,
    /// The most words, and the most characters, that a phrase has.
    pub(super) words: usize,
    pub(super) characters: usize,
}

impl Lexicon {
    pub(super) fn read() -> Self {
        let mut lexicon = Self { phrases: HashMap::new(), words: 1, characters: 1 };
        for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
            let mut columns = line.split('\t');
            let (Some(kind), Some(phrases)) = (columns.next(), columns.next()) else { continue };
            let text = columns.next().unwrap_or_default();
            let meaning = match kind {
                "drop" => Meaning::Drop,
                "cloud" => Meaning::Cloud(text),
                "verb" => Meaning::Verb(text),
                "noun" => {
                    let (words, homes) = text.split_once(" @").unwrap_or((text, ""));
                    Meaning::Noun(words, homes)
                }
                "product" => Meaning::Product(text),
                _ => continue,
            };
            for phrase in phrases.split('|') {
                lexicon.words = lexicon.words.max(phrase.split(' ').count());
                lexicon.characters = lexicon.characters.max(phrase.chars().count());
                lexicon.phrases.entry(phrase).or_default().push(meaning);
            }
        }
        lexicon
    }

    /// All that a phrase means; nothing if it is unknown.
    pub(super) fn get(&self, phrase: &str) -> &[Meaning] {
        self.phrases.get(phrase).map_or(&[], Vec::as_slice)
    }

    /// The word of the table that a misspelt one stands for: the nearest, a letter or two away.
    pub(super) fn corrected(&self, word: &str) -> Option<&'static str> {
        if !word.is_ascii() || word.len() < 5 {
            return None;
        }
        let allowed = if word.len() < 8 { 1 } else { 2 };
        let known = self.phrases.keys().flat_map(|phrase| phrase.split(' '));
        let near = known.filter(|known| {
            known.is_ascii() && known.len() > 3 && known.len().abs_diff(word.len()) <= allowed
        });
        near.map(|known| (osa_distance(word, known), known))
            .filter(|(far, _)| *far <= allowed)
            .min()
            .map(|(_, known)| known)
    }
}
