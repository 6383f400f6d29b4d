//! The words of the names of all actions, each once.

use std::collections::HashMap;

use strsim::osa_distance;

use super::concept::Concept;

/// Words by number, and the words of each name.
#[derive(Debug)]
pub(super) struct Vocabulary<'a> {
    words: Vec<&'a str>,
    /// The words of all names, one name after the other.
    flat: Vec<u32>,
    /// Where each name ends in `flat`.
    ends: Vec<usize>,
    /// The number of names before each line.
    lines: Vec<usize>,
}

/// How well words fit a concept, by their number: 0 is not at all.
#[derive(Debug)]
pub(super) struct Fits {
    pub(super) words: Vec<u16>,
    pub(super) is_verb: bool,
    /// Whether a name has several words for it, such as `security group`.
    pub(super) is_phrase: bool,
}

/// The fit of the word itself.
pub(super) const EXACT: u16 = 100;

impl<'a> Vocabulary<'a> {
    /// Splits the names; `lower` is `text` in lower case.
    pub(super) fn of(text: &'a str, lower: &'a str) -> Self {
        let mut known: HashMap<&'a str, u32> = HashMap::new();
        let mut all = Self { words: Vec::new(), flat: Vec::new(), ends: Vec::new(), lines: Vec::new() };
        for (line, lower) in text.lines().zip(lower.lines()) {
            all.lines.push(all.ends.len());
            for (name, lower) in line.split(' ').zip(lower.split(' ')) {
                let mut start = 0;
                for end in borders(name) {
                    let Some(word) = lower.get(start..end) else { continue };
                    start = end;
                    let number = *known.entry(word).or_insert_with(|| {
                        all.words.push(word);
                        (all.words.len() - 1) as u32
                    });
                    all.flat.push(number);
                }
                all.ends.push(all.flat.len());
            }
        }
        all
    }

    /// The words of each name of a line.
    pub(super) fn names(&self, line: usize) -> impl Iterator<Item = &[u32]> {
        let first = self.lines.get(line).copied().unwrap_or(self.ends.len());
        let mut start =
            first.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or_default();
        let last = self.lines.get(line + 1).copied().unwrap_or(self.ends.len());
        self.ends.get(first..last).unwrap_or_default().iter().map(move |end| {
            let words = self.flat.get(start..*end).unwrap_or_default();
            start = *end;
            words
        })
    }

    pub(super) fn word(&self, number: u32) -> &'a str {
        self.words.get(number as usize).copied().unwrap_or_default()
    }

    /// Whether a name has this word.
    pub(super) fn has(&self, word: &str) -> bool {
        self.words.contains(&word)
    }

    /// How well each word fits.
    pub(super) fn fits(&self, concept: &Concept) -> Fits {
        let mut ranks: HashMap<&str, u16> = HashMap::new();
        for (at, word) in concept.words.iter().enumerate() {
            // The first is the best, and what stands for it is a little worse.
            let rank = EXACT - (at as u16).min(8) * 3;
            ranks.entry(word).or_insert(rank);
        }
        let rank = |word: &&str| {
            let plain = ranks.get(word).copied();
            let other = || word.strip_suffix('s').and_then(|one| ranks.get(one)).map(|rank| rank - 1);
            plain.or_else(other).unwrap_or_default()
        };
        let mut words: Vec<u16> = self.words.iter().map(rank).collect();
        let is_phrase = concept.written.is_none();
        let Some(written) = concept.written.as_deref() else {
            return Fits { words, is_verb: concept.is_verb, is_phrase };
        };
        // `zone` is asked for by `zones`, too.
        if let Some(one) = written.strip_suffix('s').filter(|one| one.len() > 2) {
            self.raise(&mut words, |word| (word == one).then_some(EXACT - 1));
        }
        if written.len() > 2 && !concept.is_verb {
            self.raise(&mut words, |word| word.starts_with(written).then_some(60));
            self.raise(&mut words, |word| word.contains(written).then_some(40));
        }
        let fits = words.iter().any(|fit| *fit >= 60);
        if !concept.is_known && !fits && written.len() > 3 {
            let allowed = if written.len() < 8 { 1 } else { 2 };
            self.raise(&mut words, |word| {
                let close = word.len() > 3 && word.len().abs_diff(written.len()) <= allowed;
                let far = if close { osa_distance(written, word) } else { usize::MAX };
                (far <= allowed).then(|| 80 - 10 * far as u16)
            });
        }
        Fits { words, is_verb: concept.is_verb, is_phrase }
    }

    fn raise(&self, fits: &mut [u16], fit: impl Fn(&str) -> Option<u16>) {
        for (word, now) in self.words.iter().zip(fits) {
            if let Some(better) = fit(word).filter(|better| better > now) {
                *now = better;
            }
        }
    }
}

/// Where the words of a name end: `DescribeDBInstances` at `Describe`, `DB` and `Instances`.
fn borders(name: &str) -> impl Iterator<Item = usize> {
    let bytes = name.as_bytes();
    let is = |at: usize, class: fn(&u8) -> bool| bytes.get(at).is_some_and(class);
    (1..=bytes.len()).filter(move |at| {
        let at = *at;
        if at == bytes.len() {
            return true;
        }
        let upper = is(at, u8::is_ascii_uppercase);
        let after_lower = !is(at - 1, u8::is_ascii_uppercase);
        // An acronym ends before the word that follows; its plural belongs to it.
        let is_plural = bytes.get(at + 1) == Some(&b's') && !is(at + 2, u8::is_ascii_lowercase);
        let ends_acronym = is(at + 1, u8::is_ascii_lowercase) && !is_plural;
        upper && (after_lower || ends_acronym)
    })
}
