//! Finds actions by words.

use std::sync::OnceLock;

use cloudcall_generator::Names;
use serde::Serialize;

use crate::exit::Result;

/// The names of all actions, which are read once.
static NAMES: OnceLock<Names> = OnceLock::new();

/// An action that was found.
#[derive(Debug, Serialize)]
pub(crate) struct Found {
    cloud: &'static str,
    product: &'static str,
    version: &'static str,
    action: String,
}

/// The best actions that have all the words, and how many there are.
pub(crate) fn search(words: &str, most: usize) -> Result<(Vec<Found>, usize)> {
    let names = match NAMES.get() {
        Some(names) => names,
        None => {
            let read = Names::open()?;
            NAMES.get_or_init(|| read)
        }
    };
    let words: Vec<&str> = words.split_whitespace().collect();
    let all = names.search(&words);
    let best = all.iter().take(most).map(|found| Found {
        cloud: found.entry.cloud,
        product: found.entry.product,
        version: found.entry.version,
        action: found.name.to_owned(),
    });
    Ok((best.collect(), all.len()))
}
