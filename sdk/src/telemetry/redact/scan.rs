//! Masks the secrets in a text of any kind, in one pass: JSON whole or cut off, forms, queries, XML, header lines,
//! `key: value`, `Debug` text, and texts within texts.
//!
//! What is not a secret is copied byte for byte. Each byte is looked at a bounded number of times, whatever the text holds.

mod json;
mod lines;
mod marks;

use std::borrow::Cow;

use super::MASK;
use super::names::{Secrecy, secrecy};

/// How many texts within texts are taken apart. Below that a text that could hold a name and a value is masked.
const DEPTH_CAP: usize = 4;

/// How many backslashes an escape has at most: one at the first depth, three at the second.
const ESCAPE_CAP: usize = 8;

/// What is secret beside the names that always are.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Rule<'a> {
    /// More names, in lower case.
    pub(crate) names: &'a [String],
}

impl Rule<'_> {
    pub(crate) fn secrecy(&self, name: &str) -> Option<Secrecy> {
        let named = || self.names.iter().any(|own| own.eq_ignore_ascii_case(name));
        secrecy(name).or_else(|| named().then_some(Secrecy::Whole))
    }

    /// `text` with its secrets masked.
    pub(crate) fn text(&self, text: &str) -> String {
        self.within(text, 0).0
    }

    /// The same, and how many bytes were looked at.
    #[cfg(test)]
    pub(crate) fn counted(&self, text: &str) -> (String, usize) {
        self.within(text, 0)
    }

    /// One of the texts within texts, and how many bytes were looked at.
    fn within(&self, text: &str, depth: usize) -> (String, usize) {
        let mut scan = Scan { rule: *self, text, at: 0, copied: 0, out: String::new(), depth, steps: 0 };
        scan.run();
        scan.keep(text.len());
        (scan.out, scan.steps)
    }

    /// A query or a form with the values of secret names masked. Names may be percent-encoded.
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

struct Scan<'t> {
    rule: Rule<'t>,
    text: &'t str,
    /// Where the scan is.
    at: usize,
    /// Up to here the text is in `out`.
    copied: usize,
    out: String,
    depth: usize,
    steps: usize,
}

impl<'t> Scan<'t> {
    fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    fn slice(&self, from: usize, to: usize) -> &'t str {
        self.text.get(from..to).unwrap_or_default()
    }

    fn rest(&self, from: usize) -> &'t str {
        self.text.get(from..).unwrap_or_default()
    }

    /// Copies what is not secret.
    fn keep(&mut self, to: usize) {
        self.out.push_str(self.slice(self.copied, to));
        self.copied = self.copied.max(to);
    }

    /// Writes `shown` in place of a part of the text, and goes on after it.
    fn replace(&mut self, from: usize, to: usize, shown: &str) {
        self.keep(from);
        self.out.push_str(shown);
        self.copied = to;
        self.at = to;
    }

    /// The first place from `from` on whose byte is `wanted`, else the end.
    fn find(&mut self, from: usize, wanted: impl Fn(u8) -> bool) -> usize {
        let bytes = self.text.as_bytes();
        let rest = bytes.get(from..).unwrap_or_default();
        let at = rest.iter().position(|byte| wanted(*byte)).map_or(bytes.len(), |at| from + at);
        self.steps += at.saturating_sub(from) + 1;
        at
    }

    fn skip_blanks(&mut self, from: usize) -> usize {
        self.find(from, |byte| !matches!(byte, b' ' | b'\t' | b'\r' | b'\n'))
    }

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

    /// What follows an escaped letter, such as `\u0041` or `\\u0041`.
    fn escape(&self, at: usize) -> Option<usize> {
        let text = self.rest(at);
        let backslashes = text.bytes().take(ESCAPE_CAP + 1).take_while(|byte| *byte == b'\\').count();
        let digits = text.get(backslashes..)?.strip_prefix('u')?.get(..4)?;
        let letter =
            (1..=ESCAPE_CAP).contains(&backslashes) && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        letter.then_some(at + backslashes + 5)
    }

    /// The end of a quoted text that `quote` opened behind so many backslashes; its content begins at `from`. The end of the
    /// text where there is none.
    fn closing(&mut self, from: usize, quote: u8, backslashes: usize) -> Option<usize> {
        let mut at = from;
        loop {
            at = self.find(at, |byte| byte == quote || byte == b'\\');
            let run = at;
            at = self.find(at, |byte| byte != b'\\');
            if self.byte(at)? == quote && (at - run) % (2 * (backslashes + 1)) == backslashes {
                return Some(at - backslashes);
            }
            // Whatever stood behind the backslashes is a part of the text.
            at += 1;
        }
    }

    /// What follows the bracket that opens at `from`, or the end of the text.
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

    /// The value of a member whose name is no secret: it may be a text of its own.
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

/// What names are made of in texts. Paths of names, such as `Secrets[0].Value`, are one word.
fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}
