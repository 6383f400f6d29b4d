//! Descriptions that users write themselves, as JSON files of `models/schema/description-1.json`.
//!
//! `json` parses with places, `object` gives typed access to members, `read`, `action` and `ty` check a description and write the records of
//! `description.rs`, and `write` makes such a file of a description of the catalogue.

mod action;
mod json;
mod object;
mod read;
mod ty;
mod write;

use crate::description::Description;
use crate::error::Error;

impl Description {
    /// Reads a description file. `file` is its name for messages.
    ///
    /// The names of the product stay in memory until the program ends, as those of the catalogue do.
    ///
    /// # Errors
    ///
    /// If the text is not a description: with the file, the line, the position, and what to change.
    pub fn from_json(file: &str, text: &str) -> Result<Self, Error> {
        read::description(file, text).map_err(|(at, message)| {
            let before = text.get(..at).unwrap_or(text);
            let line = before.matches('\n').count() + 1;
            let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
            Error::own(format!("{file}:{line}:{column}: {message}"))
        })
    }

    /// The description as a file that [`from_json`](Self::from_json) reads.
    ///
    /// # Errors
    ///
    /// If the catalogue's file is damaged.
    pub fn to_json(&self) -> Result<String, Error> {
        write::document(self)
    }
}

#[cfg(test)]
mod tests;
