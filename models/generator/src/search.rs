//! Actions by the words of their names, the best first.

use crate::error::Error;
use crate::index::{Entry, entries, names};

/// An action that was found.
#[derive(Debug, Clone)]
pub struct Found<'a> {
    /// Where it is.
    pub entry: Entry,
    /// Its name.
    pub name: &'a str,
    rank: Rank,
}

/// What makes one action better than another; smaller is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    /// Words that are only a part of a word.
    parts: usize,
    /// Words of the name that were not asked for.
    extra: usize,
    /// Words that name neither cloud, product nor version.
    elsewhere: usize,
    /// An older version of its product.
    older: bool,
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

    /// The actions whose cloud, product, version and name have all of `words`, in upper or lower case. Those that have them
    /// as whole words come first, then those with the fewest words besides, then those of a product that was named.
    pub fn search(&self, words: &[&str]) -> Vec<Found<'_>> {
        let words: Vec<String> = words.iter().map(|word| word.to_ascii_lowercase()).collect();
        let newer = newest();
        let mut found = Vec::new();
        for ((entry, names), lower) in entries().zip(self.text.lines()).zip(self.lower.lines()) {
            let place = format!("{} {} {}", entry.cloud, entry.product, entry.version).to_ascii_lowercase();
            let wanted: Vec<&str> = words
                .iter()
                .map(String::as_str)
                .filter(|word| !place.split(' ').any(|p| p == *word))
                .collect();
            // Most files have nothing of it, and are left at a glance.
            if !wanted.iter().all(|word| lower.contains(word) || place.contains(word)) {
                continue;
            }
            let older =
                newer.get(&(entry.cloud, entry.product)).is_some_and(|newest| *newest != entry.version);
            for (name, lower) in names.split(' ').zip(lower.split(' ')) {
                if wanted.iter().all(|word| lower.contains(word) || place.contains(word)) {
                    let rank = Rank { older, elsewhere: wanted.len(), ..rank(name, &words, &wanted) };
                    found.push(Found { entry, name, rank });
                }
            }
        }
        // The order of the index is that of clouds and products, which a stable sort keeps.
        found.sort_by_key(|found| found.rank);
        found
    }
}

/// The newest version of each product.
fn newest() -> std::collections::HashMap<(&'static str, &'static str), &'static str> {
    entries().map(|entry| ((entry.cloud, entry.product), entry.version)).collect()
}

fn rank(name: &str, words: &[String], wanted: &[&str]) -> Rank {
    let snake = crate::names::snake(name);
    let has: Vec<&str> = snake.split('_').collect();
    // `zone` is the word `zones`, too.
    let is = |one: &str, word: &str| one == word || one.strip_suffix('s') == Some(word);
    let parts = wanted.iter().filter(|word| !has.iter().any(|one| is(one, word))).count();
    let extra = has.iter().filter(|one| !words.iter().any(|word| is(one, word))).count();
    Rank { parts, extra, elsewhere: 0, older: false }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn first(words: &str) -> Vec<String> {
        let names = Names::open().unwrap();
        let words: Vec<&str> = words.split(' ').collect();
        names.search(&words).iter().take(3).map(|found| format!("{} {}", found.entry, found.name)).collect()
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

    #[test]
    fn the_best_comes_first() {
        assert_eq!(first("cvm describe zones"), ["tencent cvm 2017-03-12 DescribeZones"]);
        assert_eq!(first("create vpc huawei")[0], "huawei vpc v3 CreateVpc");
        assert_eq!(first("vpc create")[0], "alibaba vpc 2016-04-28 CreateVpc");
        assert_eq!(first("ecs RunInstances")[0], "alibaba ecs 2014-05-26 RunInstances");
        assert_eq!(first("zone describe tencent cvm")[0], "tencent cvm 2017-03-12 DescribeZones");
        assert!(first("no such thing").is_empty());
    }
}
