//! How well an action fits a query.

use super::query::Query;
use super::vocabulary::{EXACT, Fits, Vocabulary};
use crate::index::Entry;

/// More is better.
pub(super) type Score = i32;

/// What a name loses by a verb that reads and was not asked for: the usual ones cost least.
const READS: [(&str, Score); 6] =
    [("describe", 3), ("list", 3), ("query", 4), ("get", 5), ("show", 6), ("search", 8)];

/// What it loses by another verb if something is to be read, and by any other word.
const OTHER_VERB: Score = 30;
const OTHER_WORD: Score = 8;

/// Words that say little, and cost half of that.
const VAGUE: [&str; 6] = ["db", "user", "info", "detail", "details", "list"];

/// Names of OpenStack's services before the names of Huawei Cloud's compatible actions: they cost nothing.
const PREFIXES: [&str; 5] = ["keystone", "nova", "neutron", "cinder", "glance"];

/// A product-version, seen from a query.
#[derive(Debug)]
pub(super) struct Place {
    /// How well the place fits each concept.
    concepts: Vec<u16>,
    /// For a product where a concept is at home, and for a main version.
    bonus: Score,
    reads: bool,
}

impl Place {
    pub(super) fn new(entry: &Entry, query: &Query) -> Self {
        let here = (entry.cloud, entry.product);
        let mut bonus = if entry.main { 0 } else { -6 };
        let mut concepts = Vec::new();
        for concept in query.concepts() {
            let written = concept.written.as_deref();
            let named = written
                .is_some_and(|word| word == entry.product || word == entry.service || word == entry.version);
            let part =
                || written.is_some_and(|word| entry.product.split(['-', '_']).any(|part| part == word));
            let is_known = || concept.products.contains(&here);
            let fit = match () {
                () if named => EXACT,
                () if is_known() => EXACT - 5,
                () if part() => EXACT - 15,
                () => 0,
            };
            // A product that is named is meant, rather than a word of a name.
            if fit > 0 {
                bonus += 15;
            }
            // The thing is at home here: the product is the one of that kind that people mean.
            if concept.homes.contains(&here) {
                bonus += 30;
            }
            concepts.push(fit);
        }
        Self { concepts, bonus, reads: query.reads() }
    }

    /// Nothing if a concept does not fit.
    pub(super) fn score(&self, fits: &[Fits], words: &[u32], vocabulary: &Vocabulary<'_>) -> Option<Score> {
        let mut score = self.bonus;
        let fit = |fits: &Fits, word: u32| fits.words.get(word as usize).copied().unwrap_or_default();
        let last = words.len().saturating_sub(1);
        let first = usize::from(words.first().is_some_and(|word| PREFIXES.contains(&vocabulary.word(*word))));
        for (concept, place) in fits.iter().zip(&self.concepts) {
            let (mut best, mut more) = (0, 0);
            for (at, word) in words.iter().enumerate() {
                let fit = fit(concept, *word);
                // A verb stands at the beginning.
                let fit = match at {
                    at if !concept.is_verb || at == first => fit,
                    at if at == last => fit * 9 / 10,
                    _ => fit * 3 / 4,
                };
                best = best.max(fit);
                more += Score::from(fit > 0);
            }
            if best.max(*place) == 0 {
                return None;
            }
            score += Score::from(best.max(*place));
            if concept.is_phrase && more > 1 {
                score += 6;
            }
        }
        for (at, word) in words.iter().enumerate() {
            let text = vocabulary.word(*word);
            if fits.iter().any(|concept| fit(concept, *word) > 0) {
                // Lists of things are what is read.
                let is_plural = at == last && at > 0 && text.ends_with('s') && !text.ends_with("ss");
                score += if self.reads && is_plural { 4 } else { 0 };
                continue;
            }
            score -= match READS.iter().find(|(verb, _)| *verb == text) {
                Some((_, cost)) if at == first => *cost,
                _ if self.reads && at == last && text == "list" => 0,
                _ if at < first => 0,
                _ if at == first && self.reads => OTHER_VERB,
                _ if VAGUE.contains(&text) => OTHER_WORD / 2,
                _ => OTHER_WORD,
            };
        }
        Some(score)
    }
}
