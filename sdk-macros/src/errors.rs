//! Collects all mistakes of one item, so that the user sees them together; and the parts of their messages.

use std::fmt::Display;

use proc_macro2::TokenStream;
use quote::ToTokens;
use strsim::levenshtein;

/// The mistakes so far.
#[derive(Debug, Default)]
pub(crate) struct Errors(Option<syn::Error>);

impl Errors {
    /// Adds a mistake that is underlined at `tokens`.
    pub(crate) fn at(&mut self, tokens: impl ToTokens, message: impl Display) {
        self.add(syn::Error::new_spanned(tokens, message));
    }

    /// Adds a mistake that a parser reported.
    pub(crate) fn add(&mut self, error: syn::Error) {
        match &mut self.0 {
            Some(all) => all.combine(error),
            None => self.0 = Some(error),
        }
    }

    /// Whether there are no mistakes so far.
    #[cfg(test)]
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// The texts of all mistakes.
    #[cfg(test)]
    pub(crate) fn texts(&self) -> Vec<String> {
        self.0.iter().flat_map(|all| all.clone().into_iter().map(|error| error.to_string())).collect()
    }

    /// One `compile_error!` for each mistake. Empty without a mistake.
    pub(crate) fn into_tokens(self) -> TokenStream {
        self.0.map(|all| all.into_compile_error()).unwrap_or_default()
    }
}

/// `a`, `b` and `c`, for messages.
pub(crate) fn list(words: &[&str]) -> String {
    join(words, "and")
}

/// `a`, `b` or `c`, for messages.
pub(crate) fn either(words: &[&str]) -> String {
    join(words, "or")
}

/// Words in backticks, with commas, and `last_but_one` before the last.
fn join(words: &[&str], last_but_one: &str) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} {last_but_one} {last}", rest.join(", ")),
        _ => quoted.concat(),
    }
}

/// The known word that was probably meant: at most a third of the letters differ.
pub(crate) fn nearest<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    let allowed = word.chars().count().div_ceil(3);
    known
        .iter()
        .map(|candidate| (levenshtein(word, candidate), *candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}
