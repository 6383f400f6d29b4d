//! What caused an error.

use std::error::Error as StdError;
use std::sync::Arc;

use serde::de::Error as _;

use super::Error;
use crate::telemetry::redact::MASK;

/// The cause of an error: its own, or that of an error that was reported before.
pub(super) enum Cause {
    Own(Box<dyn StdError + Send + Sync>),
    Of(Arc<Error>),
}

impl Cause {
    pub(super) fn new(source: Box<dyn StdError + Send + Sync>) -> Self {
        Self::Own(match source.downcast::<serde_json::Error>() {
            Ok(error) => Box::new(without_value(*error)),
            Err(source) => source,
        })
    }

    pub(super) fn get(&self) -> Option<&(dyn StdError + Send + Sync + 'static)> {
        match self {
            Self::Own(source) => Some(source.as_ref()),
            Self::Of(error) => error.0.source.as_ref()?.get(),
        }
    }
}

/// Says of a value of the wrong type what it is, but not which: it may be a secret.
fn without_value(error: serde_json::Error) -> serde_json::Error {
    if !error.is_data() {
        return error;
    }
    match masked(&error.to_string()) {
        Some(text) => serde_json::Error::custom(text),
        None => error,
    }
}

/// `invalid type: string "…", expected …` and its kin, without the text.
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
