//! A concept: one thing that an action must be about.

/// A thing that an action must be about.
#[derive(Debug, Default)]
pub(super) struct Concept {
    /// Words of names that stand for it, the best first.
    pub(super) words: Vec<String>,
    /// As the user wrote it, if that is one word of ASCII letters: for parts of words, and for typing errors.
    pub(super) written: Option<String>,
    /// Products that it names.
    pub(super) products: Vec<(&'static str, &'static str)>,
    /// Products where it is at home.
    pub(super) homes: Vec<(&'static str, &'static str)>,
    /// What is done, not what it is done to.
    pub(super) is_verb: bool,
    /// Whether the table knows the word.
    pub(super) is_known: bool,
}
