//! The cause of an error, which [`std::error::Error::source`] returns.
//!
//! Foreign error types stay here: no other part of the interface names them. serde_json
//! quotes the value that it cannot read, so its errors are rewritten when they become a
//! cause.

use std::error::Error as StdError;
use std::sync::Arc;

use serde::de::Error as _;

use super::Error;
use crate::telemetry::redact::MASK;

/// The cause of an error: its own, or that of an error that was reported before.
pub(super) enum Cause {
    /// The cause that this error owns.
    Own(Box<dyn StdError + Send + Sync>),
    /// The cause of another error, for [`Error::again`].
    Of(Arc<Error>),
}

impl Cause {
    /// A cause. Every cause goes through here, so none can bypass the removal of values.
    pub(super) fn new(source: Box<dyn StdError + Send + Sync>) -> Self {
        Self::Own(match source.downcast::<serde_json::Error>() {
            Ok(error) => Box::new(without_value(*error)),
            Err(source) => source,
        })
    }

    /// The cause as an error.
    pub(super) fn get(&self) -> Option<&(dyn StdError + Send + Sync + 'static)> {
        match self {
            Self::Own(source) => Some(source.as_ref()),
            Self::Of(error) => error.0.source.as_ref()?.get(),
        }
    }
}

/// Removes the value from a serde_json error about a value of the wrong type. The category
/// stays the same, because the breaker asks for it.
fn without_value(error: serde_json::Error) -> serde_json::Error {
    if !error.is_data() {
        return error;
    }
    match masked(&error.to_string()) {
        Some(text) => serde_json::Error::custom(text),
        None => error,
    }
}

/// The message without the quoted text. `None` if it quotes nothing.
///
/// ```text
/// invalid type: string "my secret", expected i64 at line 1 column 12
/// invalid type: string "****", expected i64 at line 1 column 12
/// ```
fn masked(text: &str) -> Option<String> {
    let (before, quoted, quote) =
        [("string \"", '"'), ("unknown variant `", '`')].into_iter().find_map(|(mark, quote)| {
            text.split_once(mark).map(|(before, rest)| (format!("{before}{mark}"), rest, quote))
        })?;
    let mut escaped = false;
    let end = quoted.find(|c| {
        let ends = c == quote && !escaped;
        escaped = c == '\\' && !escaped;
        ends
    });
    let after = end.and_then(|end| quoted.get(end..)).unwrap_or_default();
    Some(format!("{before}{MASK}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    #[allow(dead_code, reason = "only read")]
    enum Choice {
        One,
    }

    fn shown<T: for<'de> Deserialize<'de> + std::fmt::Debug>(text: &str) -> String {
        let error = serde_json::from_str::<T>(text).unwrap_err();
        let error = Error::config("m").with_source(error);
        let source = error.source().unwrap();
        assert!(source.downcast_ref::<serde_json::Error>().unwrap().is_data());
        format!("{error} | {error:?} | {source} | {source:?}")
    }

    #[test]
    fn a_value_of_the_wrong_type_is_not_quoted() {
        let number = shown::<i64>(r#""PLANTED\" \\""#);
        assert!(number.contains("string \"****\", expected i64 at line 1 column"), "{number}");
        for text in [number, shown::<Vec<u8>>(r#""PLANTED""#), shown::<Choice>(r#""PLANTED""#)] {
            assert!(!text.contains("PLANTED"), "{text}");
        }
    }
}
