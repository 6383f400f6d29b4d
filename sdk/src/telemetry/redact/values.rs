//! Secrets that are known by value, such as the key of a call. They are masked wherever a
//! text repeats them.
//!
//! A service may repeat the key under any name, or in a sentence, for example in the string
//! to sign that it expected. Names do not help there, so the values themselves are
//! searched.

use std::fmt;

use super::MASK;

/// A secret of at least this many bytes is masked within a word, too.
const LONG: usize = 8;
/// Shorter secrets are not masked, because texts contain them by chance.
const SHORT: usize = 4;

/// Secrets in plain form, percent-encoded, and escaped as in JSON.
pub(crate) struct Values<'a>(Vec<std::borrow::Cow<'a, str>>);

impl fmt::Debug for Values<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(MASK)
    }
}

impl<'a> Values<'a> {
    /// Collects the secrets in all their forms.
    pub(crate) fn new(secrets: impl Iterator<Item = &'a str>) -> Self {
        let mut values = Vec::new();
        for secret in secrets.filter(|secret| secret.len() >= SHORT) {
            let encoded = crate::sign::encode::percent(secret).to_string();
            let quoted = serde_json::to_string(secret).unwrap_or_default();
            let quoted = quoted.trim_matches('"').to_owned();
            values.push(secret.into());
            values.extend([encoded, quoted].into_iter().filter(|other| other != secret).map(Into::into));
        }
        Self(values)
    }

    /// Length in bytes of the longest secret.
    pub(super) fn longest(&self) -> usize {
        self.0.iter().map(|secret| secret.len()).max().unwrap_or(0)
    }

    /// Masks each secret in `text`. A short secret is masked only if it is a whole word.
    pub(crate) fn mask(&self, text: String) -> String {
        self.0.iter().fold(text, |text, secret| match text.contains(secret.as_ref()) {
            true => masked(&text, secret),
            false => text,
        })
    }
}

/// Masks one secret in `text`.
fn masked(text: &str, secret: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(secret) {
        out.push_str(before);
        let touches = out.ends_with(char::is_alphanumeric) || after.starts_with(char::is_alphanumeric);
        out.push_str(if touches && secret.len() < LONG { secret } else { MASK });
        rest = after;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_masked_wherever_they_stand() {
        let values = Values::new(["long-secret/1", "pin4", "abc", "quo\"ted-1"].into_iter());
        for (text, wanted) in [
            ("xlong-secret/1x", "x****x"),
            ("a=long-secret%2F1&b", "a=****&b"),
            ("is pin4, not spin4 or pin44", "is ****, not spin4 or pin44"),
            ("abc", "abc"),
            (r#"{"a":"quo\"ted-1"}"#, r#"{"a":"****"}"#),
        ] {
            assert_eq!(values.mask(text.to_owned()), wanted);
        }
        assert_eq!(format!("{values:?}"), MASK);
    }
}
