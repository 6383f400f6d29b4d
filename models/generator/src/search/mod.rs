//! Actions by the words that people have for them, the best first.
//!
//! `lexicon` knows what people call things, `query` turns words into concepts, `vocabulary` knows the words of all names, and `score`
//! says how well an action fits. All concepts of a query must fit an action.

mod concept;
mod lexicon;
mod query;
mod score;
mod vocabulary;

use crate::error::Error;
use crate::index::{Entry, entries, names};
use query::Query;
use score::{Place, Score};
use vocabulary::Vocabulary;

/// An action that was found.
#[derive(Debug, Clone)]
pub struct Found<'a> {
    /// Where it is.
    pub entry: Entry,
    /// Its name.
    pub name: &'a str,
    score: Score,
}

/// The names of all actions.
#[derive(Debug)]
pub struct Names {
    text: String,
    lower: String,
}

impl Names {
    /// Reads them.
    ///
    /// # Errors
    ///
    /// If the file is damaged.
    pub fn open() -> Result<Self, Error> {
        let text = names()?;
        let lower = text.to_ascii_lowercase();
        Ok(Self { text, lower })
    }

    /// The actions that fit all of `words`: words of the cloud, the product, the version and the name, or what people call them.
    /// Typing errors, synonyms and Chinese words are understood. The best fit comes first.
    pub fn search(&self, words: &[&str]) -> Vec<Found<'_>> {
        self.search_with(&self.vocabulary(), words)
    }

    fn vocabulary(&self) -> Vocabulary<'_> {
        Vocabulary::of(&self.text, &self.lower)
    }

    fn search_with(&self, vocabulary: &Vocabulary<'_>, words: &[&str]) -> Vec<Found<'_>> {
        let query = Query::read(&words.join(" "), vocabulary);
        if query.is_empty() {
            return Vec::new();
        }
        let fits: Vec<_> = query.concepts().iter().map(|concept| vocabulary.fits(concept)).collect();
        let mut found = Vec::new();
        for (at, (entry, line)) in entries().zip(self.text.lines()).enumerate() {
            if query.cloud().is_some_and(|cloud| cloud != entry.cloud) {
                continue;
            }
            let place = Place::new(&entry, &query);
            for (name, words) in line.split(' ').zip(vocabulary.names(at)) {
                if let Some(score) = place.score(&fits, words, vocabulary) {
                    found.push(Found { entry, name, score });
                }
            }
        }
        // The order of the index is that of clouds and products, which a stable sort keeps.
        found.sort_by(|one, other| other.score.cmp(&one.score).then(one.name.len().cmp(&other.name.len())));
        found
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests;
