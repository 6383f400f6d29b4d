//! Names and values in running text: `name=value` (also percent-encoded, as in a string to
//! sign), `name: value`, with or without quotes, at any depth of escapes, and `Debug`
//! output.
//!
//! The end of a value is the difficult part, because a secret may contain any character.
//! The separator decides: after `name=value`, a value ends at a space or `&`; after `name:
//! value`, at the end of the line; after an encoded `=`, at an encoded `&`. In doubt, more
//! is masked.

use std::borrow::Cow;

use super::json::unescaped;
use super::{Scan, is_word};
use crate::telemetry::redact::MASK;
use crate::telemetry::redact::names::Secrecy;

/// The separator between a name and its value.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Separator {
    /// `name: value` or `"name": value`.
    Colon,
    /// `name=value`.
    Equals,
    /// `name = value`. The value may contain spaces.
    Spaced,
    /// An equals sign that was percent-encoded.
    Encoded,
}

/// A name and the separator after it.
struct NamedValue {
    /// The separator.
    separator: Separator,
    /// The quote that closes the name, and the number of backslashes before it.
    quote: Option<(u8, usize)>,
    /// Position of the value.
    value: usize,
}

/// Minimum length in bytes of a bearer token or of basic credentials.
const BEARER: usize = 16;

impl Scan<'_> {
    /// Reads a word. If it is a secret name with a value, masks the value.
    pub(super) fn word(&mut self) {
        let begin = self.at;
        let mut end = begin;
        loop {
            let separator = |byte| matches!(byte, b'-' | b'.' | b'[' | b']');
            end = self.find(end, |byte| !is_word(byte) && !separator(byte));
            match self.escape(end) {
                Some(after) => end = after,
                None => break,
            }
        }
        self.at = end;
        let word = self.slice(begin, end);
        if matches!(word, "Bearer" | "Basic" | "bearer" | "basic") && self.byte(end) == Some(b' ') {
            return self.bearer(end + 1);
        }
        let Some(named) = self.named(end) else { return };
        let mut name = match word.contains('\\') {
            true => escapes_undone(word),
            false => Cow::Borrowed(word),
        };
        // The digits of an encoded `&` do not belong to the name after it.
        if self.slice(0, begin).ends_with('%') {
            let digits = ["252526", "2526", "26"].into_iter().find(|digits| name.starts_with(digits));
            name = Cow::Owned(name.get(digits.map_or(0, str::len)..).unwrap_or_default().to_owned());
        }
        if let Some(secrecy) = self.rule.secrecy(&name) {
            self.secret(&named, secrecy);
        }
    }

    /// Reads the separator after a name, if there is one.
    fn named(&mut self, end: usize) -> Option<NamedValue> {
        if let Some(value) = encoded_equals(self.rest(end)) {
            let value = self.text.len() - value.len();
            return Some(NamedValue { separator: Separator::Encoded, quote: None, value });
        }
        let mut at = self.find(end, |byte| byte != b'\\');
        let quote = match self.byte(at) {
            Some(quote @ (b'"' | b'\'' | b'`')) => Some((quote, at - end)),
            _ if self.rest(end).starts_with("&quot;") => Some((b'&', 0)),
            _ if at > end => return None,
            _ => None,
        };
        at += match quote {
            Some((b'&', _)) => "&quot;".len(),
            Some(_) => 1,
            None => 0,
        };
        let blank = at;
        at = match quote {
            Some(_) => self.skip_blanks(at),
            None => self.find(at, |byte| !matches!(byte, b' ' | b'\t')),
        };
        let spaced = at > blank;
        let separator = match self.byte(at)? {
            b':' if self.byte(at + 1) == Some(b':') => return None,
            b':' => Separator::Colon,
            b'=' if spaced && self.byte(at + 1) == Some(b' ') => Separator::Spaced,
            b'=' => Separator::Equals,
            _ => return None,
        };
        at += 1;
        if self.byte(at) == Some(b'>') {
            at += 1;
        }
        let value = match quote {
            Some(_) => self.skip_blanks(at),
            None => self.find(at, |byte| !matches!(byte, b' ' | b'\t')),
        };
        Some(NamedValue { separator, quote, value })
    }

    /// Masks the value after a secret name.
    fn secret(&mut self, named: &NamedValue, secrecy: Secrecy) {
        let begin = named.value;
        self.at = begin;
        let Some(byte) = self.byte(begin) else { return };
        // The value is `Debug` output, such as `Some(`, `String(` or `Token {`.
        let ident = self.find(begin, |byte| !is_word(byte));
        let bracket = match self.byte(ident) {
            Some(b'(' | b'{' | b'[') if ident == begin || self.byte(ident) == Some(b'(') => Some(ident),
            Some(b' ') if ident > begin && self.byte(ident + 1) == Some(b'{') => Some(ident + 1),
            _ => None,
        };
        if let Some(bracket) = bracket {
            if secrecy != Secrecy::Whole
                && let Some(members) = self.structure(begin)
            {
                self.at = members;
                return;
            }
            let mut end = self.balanced(bracket);
            let after = self.byte(end);
            let ends = after.is_none_or(|byte| byte.is_ascii_whitespace() || b",;&})]\"\\<".contains(&byte));
            let within = self.slice(bracket + 1, end.saturating_sub(1)).trim_matches(['(', ')', ' ']);
            if ends && matches!(self.slice(begin, ident), "" | "Some") && is_plain(within, secrecy) {
                self.at = end;
                return;
            }
            if !ends {
                end = self.bare_end(named, end, secrecy);
            }
            return self.replace(begin, end, MASK);
        }
        let quote = self.find(begin, |byte| byte != b'\\');
        match self.byte(quote) {
            Some(mark @ (b'"' | b'\'' | b'`')) if quote == begin || mark == b'"' => {
                return self.quoted(quote, mark, quote - begin);
            }
            _ if self.rest(begin).starts_with("&quot;") => {
                let content = begin + "&quot;".len();
                let end = self.rest(content).find("&quot;").map_or(self.text.len(), |len| content + len);
                self.steps += end - begin;
                return self.replace(content, end, MASK);
            }
            _ => {}
        }
        if matches!(byte, b'\r' | b'\n') {
            return;
        }
        // More text may follow a flag or a count, but a secret may contain any byte.
        let first = self.find(begin, |byte| {
            byte.is_ascii_whitespace()
                || matches!(byte, b',' | b';' | b'&' | b'<' | b'}' | b')' | b']' | b'"' | b'%')
        });
        if first > begin && is_plain(self.slice(begin, first), secrecy) {
            self.at = first;
            return;
        }
        let end = self.bare_end(named, begin, secrecy);
        if end > begin {
            self.replace(begin, end, MASK);
        }
        self.at = end;
    }

    /// Masks a quoted value.
    fn quoted(&mut self, quote: usize, mark: u8, backslashes: usize) {
        let content = quote + 1;
        let end = match self.closing(content, mark, backslashes) {
            Some(end) => end,
            // A text that was cut off has no closing quote. A single quote may be an
            // apostrophe.
            None if mark == b'"' => self.text.len(),
            None => self.find(content, |byte| byte == b'\n'),
        };
        if end > content {
            self.replace(content, end, MASK);
        }
        self.at = end;
    }

    /// The end of a value without quotes.
    fn bare_end(&mut self, named: &NamedValue, begin: usize, secrecy: Secrecy) -> usize {
        if named.separator == Separator::Encoded {
            let mut at = begin;
            loop {
                at = self.find(at, |byte| {
                    byte.is_ascii_whitespace() || matches!(byte, b'&' | b'%' | b'"' | b'\'' | b'<')
                });
                let rest = self.rest(at);
                let within = rest.starts_with('%')
                    && !["%26", "%2526", "%252526"].iter().any(|end| rest.starts_with(end));
                if !within {
                    return at;
                }
                at += 1;
            }
        }
        let in_json = named.quote.is_some();
        // The value is one of several pairs in a query, which end at spaces and `&`.
        let one_of_many = named.separator == Separator::Equals && secrecy != Secrecy::Line;
        let mut at = begin;
        loop {
            at = self.find(at, |byte| match byte {
                b'\r' | b'\n' | b'<' | b'\\' => true,
                b'"' => secrecy != Secrecy::Line || in_json,
                b';' | b'&' => one_of_many,
                b',' | b'}' | b']' => in_json,
                b' ' | b'\t' => in_json || one_of_many,
                _ => false,
            });
            // Only an escaped line break or quote ends a value, and only a closing tag.
            let next = self.byte(at + 1);
            match self.byte(at) {
                Some(b'\\') if !matches!(next, Some(b'n' | b'r' | b'"' | b'\\')) => at += 1,
                Some(b'<') if next != Some(b'/') => at += 1,
                _ => return at,
            }
        }
    }

    /// The position of the members of a structure in `Debug` output, after `Some(` and `[`.
    /// Members are decided by their own names.
    fn structure(&mut self, from: usize) -> Option<usize> {
        let mut at = from;
        loop {
            at = self.skip_blanks(at);
            let ident = self.find(at, |byte| !is_word(byte));
            match self.byte(ident)? {
                b'(' | b'[' => at = ident + 1,
                b' ' if ident > at && self.byte(ident + 1) == Some(b'{') => return Some(ident + 2),
                _ => return None,
            }
        }
    }

    /// Masks the token after `Bearer` or `Basic`.
    fn bearer(&mut self, begin: usize) {
        let end = self.find(begin, |byte| {
            !(byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'+' | b'/' | b'='))
        });
        let token = self.slice(begin, end);
        if token.len() >= BEARER && token.bytes().any(|byte| byte.is_ascii_digit()) {
            self.replace(begin, end, MASK);
        }
    }
}

/// True for words that contain no secret, such as flags, and for numbers of tokens.
fn is_plain(word: &str, secrecy: Secrecy) -> bool {
    let number = || !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    matches!(word, "" | "true" | "false" | "null" | "None" | MASK) || secrecy == Secrecy::Tokens && number()
}

/// A name without escapes, whatever their depth.
fn escapes_undone(word: &str) -> Cow<'_, str> {
    let mut plain = String::with_capacity(word.len());
    let mut backslash = false;
    for c in word.chars() {
        if c != '\\' || !backslash {
            plain.push(c);
        }
        backslash = c == '\\';
    }
    Cow::Owned(unescaped(&plain).into_owned())
}

/// The text after an equals sign that was percent-encoded up to three times. `None` if
/// there is no value.
fn encoded_equals(text: &str) -> Option<&str> {
    let ends = |text: &&str| !text.is_empty();
    ["%3D", "%253D", "%25253D", "%3d", "%253d", "%25253d"]
        .iter()
        .find_map(|mark| text.strip_prefix(mark))
        .filter(ends)
}
