//! Masks the secrets in a text of any format, in one pass: JSON, also cut off, forms,
//! queries, XML, header lines, `key: value`, `Debug` output, and texts nested in texts.
//!
//! Everything that is not a secret is copied byte for byte. Each byte is visited a bounded
//! number of times, whatever the text contains, so a hostile response cannot make logging
//! slow.
//!
//! Examples of what the scan does, with `k` as a secret:
//!
//! | text | result |
//! | --- | --- |
//! | `{"SecretKey":"k","Zone":"a"}` | `{"SecretKey":"****","Zone":"a"}` |
//! | `Signature=k&Action=X` | `Signature=****&Action=X` |
//! | `Authorization: TC3 k, k` | `Authorization: ****` |
//! | `<Password>k</Password>` | `<Password>****</Password>` |
//! | `https://user:k@host/` | `https://****@host/` |
//! | `Credentials { token: Some("k") }` | `Credentials { token: **** }` |
//!
//! At each position, the first byte selects the reader: a bracket is read by `json`, `<`
//! and `-----BEGIN` by `marks`, and a word by `lines`. A reader masks what is secret, and
//! leaves the position after what it has read.

mod json;
mod lines;
mod marks;

use std::borrow::Cow;

use super::MASK;
use super::names::{Secrecy, secrecy};

/// Maximum depth of texts nested in texts. Below it, a text that could contain a name and a
/// value is masked.
const DEPTH_CAP: usize = 4;

/// Maximum number of backslashes in an escape: one at the first depth, three at the second.
const ESCAPE_CAP: usize = 8;

/// Additional secret names, besides those that always are secret.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Rule<'a> {
    /// The additional names, in lower case.
    pub(crate) names: &'a [String],
}

impl Rule<'_> {
    /// Whether a name stands for a secret under this rule.
    pub(crate) fn secrecy(&self, name: &str) -> Option<Secrecy> {
        let named = || self.names.iter().any(|own| own.eq_ignore_ascii_case(name));
        secrecy(name).or_else(|| named().then_some(Secrecy::Whole))
    }

    /// `text` with its secrets masked.
    pub(crate) fn text(&self, text: &str) -> String {
        self.within(text, 0).0
    }

    /// As [`text`](Self::text), and the number of bytes that were visited.
    #[cfg(test)]
    pub(crate) fn counted(&self, text: &str) -> (String, usize) {
        self.within(text, 0)
    }

    /// Scans a text at a given depth. Also returns the number of bytes that were visited.
    fn within(&self, text: &str, depth: usize) -> (String, usize) {
        let mut scan = Scan { rule: *self, text, at: 0, copied: 0, out: String::new(), depth, steps: 0 };
        scan.run();
        scan.keep(text.len());
        (scan.out, scan.steps)
    }

    /// A query or form with the values of secret names masked. Names may be
    /// percent-encoded.
    pub(crate) fn query(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        for (number, pair) in text.split('&').enumerate() {
            if number > 0 {
                out.push('&');
            }
            let Some((name, value)) = pair.split_once('=') else {
                out.push_str(&self.text(pair));
                continue;
            };
            out.push_str(name);
            out.push('=');
            let plain = percent_encoding::percent_decode_str(name).decode_utf8_lossy();
            let secret = self.secrecy(&plain).is_some() || matches!(&*plain, "sign" | "sig");
            match secret && !value.is_empty() {
                true => out.push_str(MASK),
                false => out.push_str(&self.text(value)),
            }
        }
        out
    }
}

/// One pass over a text.
struct Scan<'t> {
    /// The names that are secret.
    rule: Rule<'t>,
    /// The text that is scanned.
    text: &'t str,
    /// Current position.
    at: usize,
    /// The text up to this position is in `out`.
    copied: usize,
    /// The masked text so far.
    out: String,
    /// Depth of this text in other texts.
    depth: usize,
    /// Number of bytes that were visited.
    steps: usize,
}

impl<'t> Scan<'t> {
    /// The byte at a position.
    fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    /// The text between two positions.
    fn slice(&self, from: usize, to: usize) -> &'t str {
        self.text.get(from..to).unwrap_or_default()
    }

    /// The text from a position to the end.
    fn rest(&self, from: usize) -> &'t str {
        self.text.get(from..).unwrap_or_default()
    }

    /// Copies the text up to `to`, because it is not secret.
    fn keep(&mut self, to: usize) {
        self.out.push_str(self.slice(self.copied, to));
        self.copied = self.copied.max(to);
    }

    /// Replaces a part of the text by `shown` and continues after it.
    fn replace(&mut self, from: usize, to: usize, shown: &str) {
        self.keep(from);
        self.out.push_str(shown);
        self.copied = to;
        self.at = to;
    }

    /// The first position from `from` whose byte is `wanted`, or the end of the text.
    fn find(&mut self, from: usize, wanted: impl Fn(u8) -> bool) -> usize {
        let bytes = self.text.as_bytes();
        let rest = bytes.get(from..).unwrap_or_default();
        let at = rest.iter().position(|byte| wanted(*byte)).map_or(bytes.len(), |at| from + at);
        self.steps += at.saturating_sub(from) + 1;
        at
    }

    /// The first position from `from` that is not white space.
    fn skip_blanks(&mut self, from: usize) -> usize {
        self.find(from, |byte| !matches!(byte, b' ' | b'\t' | b'\r' | b'\n'))
    }

    /// Scans the text to its end.
    fn run(&mut self) {
        while let Some(byte) = self.byte(self.at) {
            self.steps += 1;
            match byte {
                b'{' | b'[' if self.begins_json() => self.json(),
                b'<' => self.tag(),
                b'-' if self.rest(self.at).starts_with("-----BEGIN") => self.pem(),
                b':' if self.rest(self.at).starts_with("://") => self.login(),
                _ if is_word(byte) || self.escape(self.at).is_some() => self.word(),
                _ => self.at += 1,
            }
        }
    }

    /// The position after an escaped letter, such as `\u0041` or `\\u0041`.
    fn escape(&self, at: usize) -> Option<usize> {
        let text = self.rest(at);
        let backslashes = text.bytes().take(ESCAPE_CAP + 1).take_while(|byte| *byte == b'\\').count();
        let digits = text.get(backslashes..)?.strip_prefix('u')?.get(..4)?;
        let letter =
            (1..=ESCAPE_CAP).contains(&backslashes) && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        letter.then_some(at + backslashes + 5)
    }

    /// The end of a quoted text whose content begins at `from`. It was opened by `quote`
    /// after this number of backslashes. `None` if the text ends before it.
    fn closing(&mut self, from: usize, quote: u8, backslashes: usize) -> Option<usize> {
        let mut at = from;
        loop {
            at = self.find(at, |byte| byte == quote || byte == b'\\');
            let run = at;
            at = self.find(at, |byte| byte != b'\\');
            if self.byte(at)? == quote && (at - run) % (2 * (backslashes + 1)) == backslashes {
                return Some(at - backslashes);
            }
            // The character after the backslashes is part of the text.
            at += 1;
        }
    }

    /// The position after the bracket that opens at `from` is closed, or the end of the
    /// text.
    fn balanced(&mut self, from: usize) -> usize {
        let mut depth = 0_usize;
        let mut at = from;
        while let Some(byte) = self.byte(at) {
            match byte {
                b'{' | b'[' | b'(' => depth += 1,
                b'}' | b']' | b')' => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        return at + 1;
                    }
                }
                b'"' | b'\\' => {
                    let quote = self.find(at, |byte| byte != b'\\');
                    at = match self.byte(quote) {
                        Some(b'"') => match self.closing(quote + 1, b'"', quote - at) {
                            Some(end) => end + (quote - at),
                            None => return self.text.len(),
                        },
                        _ => quote,
                    };
                }
                _ => {}
            }
            self.steps += 1;
            at += 1;
        }
        self.text.len()
    }

    /// Masks the value of a member whose name is not secret, because it may contain a text
    /// with secrets. `None` if nothing is masked.
    fn inner(&mut self, from: usize, to: usize, decoded: Cow<'_, str>) -> Option<String> {
        let raw = self.slice(from, to);
        if !raw.bytes().any(|byte| matches!(byte, b':' | b'=' | b'<' | b'%' | b'{'))
            && !raw.contains("-----BEGIN")
        {
            return None;
        }
        if self.depth >= DEPTH_CAP {
            return Some(MASK.to_owned());
        }
        let (masked, steps) = self.rule.within(&decoded, self.depth + 1);
        self.steps += steps;
        (masked != decoded).then_some(masked)
    }
}

/// True for the characters of names in texts. A path of names, such as `Secrets[0].Value`,
/// is one word.
fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}
