//! JSON within a scan, complete or cut off. It is read as JSON as long as it is valid. From
//! the first mistake on, it is scanned as text.
//!
//! Objects and lists that are open are kept on a stack, not in recursive calls, so that a
//! deeply nested document cannot overflow the stack of the thread. A pair such as `{"Key":
//! "password", "Value": "k"}` is masked as well, in either order of its members: when the
//! label comes second, the value is replaced in the output.

use std::borrow::Cow;
use std::ops::Range;

use super::Scan;
use crate::telemetry::redact::MASK;
use crate::telemetry::redact::names::{Secrecy, is_fact, is_label, is_labelled};

/// Maximum nesting of objects. A deeper object is read as a new document.
const NESTING_CAP: usize = 128;

/// An object or list that is open.
struct Frame {
    /// True for an object, false for a list.
    object: bool,
    /// Set if it is under a secret name. Everything except plain facts is masked then.
    inside: Option<Secrecy>,
    /// True if a member says that the member next to it is a secret.
    labelled: bool,
    /// The position in the output of the value next to the label.
    value: Option<Range<usize>>,
}

/// Whether a value is shown or masked.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// The value is shown, except for secrets within it.
    Shown,
    /// The value is masked in this way.
    Masked(Secrecy),
}

impl Scan<'_> {
    /// True if the bracket here opens a JSON document. It may also open a section of an INI
    /// file.
    pub(super) fn begins_json(&mut self) -> bool {
        let bracket = self.byte(self.at);
        let next = self.skip_blanks(self.at + 1);
        match self.byte(next) {
            Some(b'"') => true,
            Some(b'}') => bracket == Some(b'{'),
            Some(b'{' | b'[' | b']') => bracket == Some(b'['),
            _ => false,
        }
    }

    /// Reads from a bracket to the end of the document, or to the first mistake.
    pub(super) fn json(&mut self) {
        let mut open: Vec<Frame> = Vec::new();
        self.open(&mut open, None);
        while let Some(frame) = open.last() {
            self.at = self.skip_blanks(self.at);
            let Some(byte) = self.byte(self.at) else { return };
            let (object, inside) = (frame.object, frame.inside);
            let read = match byte {
                b',' => {
                    self.at += 1;
                    true
                }
                b'}' | b']' => {
                    self.at += 1;
                    open.pop();
                    true
                }
                b'"' if object => self.member(&mut open),
                _ if !object => {
                    let mode = inside.map_or(Mode::Shown, Mode::Masked);
                    self.value(&mut open, mode)
                }
                _ => false,
            };
            if !read || open.len() > NESTING_CAP {
                // The document is broken within a secret, so the rest of the text may
                // belong to the secret.
                if open.iter().any(|frame| frame.inside.is_some() || frame.labelled) {
                    self.replace(self.at, self.text.len(), MASK);
                }
                return;
            }
        }
    }

    /// Enters an object or a list.
    fn open(&mut self, open: &mut Vec<Frame>, inside: Option<Secrecy>) {
        let object = self.byte(self.at) == Some(b'{');
        open.push(Frame { object, inside, labelled: false, value: None });
        self.at += 1;
    }

    /// Reads a name and its value. Returns false if they are not valid JSON.
    fn member(&mut self, open: &mut Vec<Frame>) -> bool {
        let begin = self.at;
        let Some(end) = self.closing(begin + 1, b'"', 0) else {
            self.at = begin + 1;
            return false;
        };
        let name = unescaped(self.slice(begin + 1, end));
        let colon = self.skip_blanks(end + 1);
        if self.byte(colon) != Some(b':') {
            // As text, it may still be a name with a value.
            self.at = begin + 1;
            return false;
        }
        if let Some(masked) = self.inner(begin + 1, end, name.clone()) {
            self.replace(begin + 1, end, &escaped(&masked));
        }
        self.at = self.skip_blanks(colon + 1);
        let (inside, labelled) = open.last().map_or((None, false), |frame| (frame.inside, frame.labelled));
        let mode = match self.rule.secrecy(&name) {
            Some(secrecy) => Mode::Masked(secrecy),
            None if labelled && is_labelled(&name) => Mode::Masked(Secrecy::Whole),
            None if is_fact(&name) => Mode::Shown,
            None => inside.map_or(Mode::Shown, Mode::Masked),
        };
        self.keep(self.at);
        let (from, written) = (self.at, self.out.len());
        let level = open.len();
        if !self.value(open, mode) {
            if mode != Mode::Shown {
                self.at = begin + 1;
            }
            return false;
        }
        if open.len() == level
            && mode == Mode::Shown
            && let Some(frame) = open.last_mut()
        {
            self.keep(self.at);
            if is_labelled(&name) {
                frame.value = Some(written..self.out.len());
            } else if is_label(&name) && self.names_a_secret(from) {
                frame.labelled = true;
                if let Some(value) = frame.value.take() {
                    self.out.replace_range(value, &format!("\"{MASK}\""));
                }
            }
        }
        true
    }

    /// True if the text that begins here is the name of a secret.
    fn names_a_secret(&self, from: usize) -> bool {
        let text = self.slice(from, self.at);
        let quoted = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
        quoted.is_some_and(|name| self.rule.secrecy(&unescaped(name)).is_some())
    }

    /// Reads a value. Returns false if it is not valid JSON.
    fn value(&mut self, open: &mut Vec<Frame>, mode: Mode) -> bool {
        let begin = self.at;
        match self.byte(begin) {
            Some(b'"') => self.text_value(mode),
            Some(b'{' | b'[') => match mode {
                Mode::Masked(Secrecy::Whole) => {
                    let end = self.balanced(begin);
                    self.replace(begin, end, &format!("\"{MASK}\""));
                }
                Mode::Masked(secrecy) => self.open(open, Some(secrecy)),
                Mode::Shown => {
                    let inside = open.last().and_then(|frame| frame.inside);
                    self.open(open, inside);
                }
            },
            Some(_) => return self.scalar(mode),
            None => {}
        }
        true
    }

    /// Reads a string.
    fn text_value(&mut self, mode: Mode) {
        let begin = self.at + 1;
        let end = self.closing(begin, b'"', 0).unwrap_or(self.text.len());
        let shown = match mode {
            _ if end == begin => None,
            Mode::Masked(_) => Some(MASK.to_owned()),
            Mode::Shown => {
                self.inner(begin, end, unescaped(self.slice(begin, end))).map(|text| escaped(&text))
            }
        };
        if let Some(shown) = shown {
            self.replace(begin, end, &shown);
        }
        self.at = (end + 1).min(self.text.len());
    }

    /// Reads a number or a literal. Returns false for anything else.
    fn scalar(&mut self, mode: Mode) -> bool {
        let begin = self.at;
        let end =
            self.find(begin, |byte| !byte.is_ascii_alphanumeric() && !matches!(byte, b'-' | b'+' | b'.'));
        let word = self.slice(begin, end);
        let number = word.starts_with(|c: char| c == '-' || c.is_ascii_digit());
        match mode {
            Mode::Masked(Secrecy::Whole | Secrecy::Parts | Secrecy::Line) if number => {
                self.replace(begin, end, &format!("\"{MASK}\""));
            }
            _ if number || matches!(word, "true" | "false" | "null") => self.at = end,
            _ => return false,
        }
        true
    }
}

/// The content of a JSON string without its escapes.
pub(super) fn unescaped(raw: &str) -> Cow<'_, str> {
    if !raw.contains('\\') {
        return Cow::Borrowed(raw);
    }
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((before, after)) = rest.split_once('\\') {
        out.push_str(before);
        let mut characters = after.chars();
        rest = match characters.next() {
            Some('u') => match unit(after) {
                Some((unit, next)) => {
                    // The second half of a surrogate pair, if it follows.
                    let pair = next
                        .strip_prefix("\\")
                        .and_then(unit_after_u)
                        .and_then(|(low, next)| Some((char::decode_utf16([unit, low]).next()?.ok()?, next)));
                    let single = char::from_u32(u32::from(unit)).unwrap_or(char::REPLACEMENT_CHARACTER);
                    let (c, next) = match pair {
                        Some((c, after)) if (0xd800..0xdc00).contains(&unit) => (c, after),
                        _ => (single, next),
                    };
                    out.push(c);
                    next
                }
                None => {
                    out.push_str("\\u");
                    characters.as_str()
                }
            },
            Some(c) => {
                out.push(match c {
                    'n' => '\n',
                    't' => '\t',
                    'r' => '\r',
                    'b' => '\u{8}',
                    'f' => '\u{c}',
                    c => c,
                });
                characters.as_str()
            }
            None => {
                out.push('\\');
                ""
            }
        };
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The four hexadecimal digits after `u`, and the text after them.
fn unit(text: &str) -> Option<(u16, &str)> {
    let digits = text.get(1..5)?;
    let unit = u16::from_str_radix(digits, 16).ok()?;
    Some((unit, text.get(5..)?))
}

/// As `unit`, if the text begins with `u`.
fn unit_after_u(text: &str) -> Option<(u16, &str)> {
    if text.starts_with('u') { unit(text) } else { None }
}

/// The content of a JSON string with escapes.
fn escaped(text: &str) -> String {
    let quoted = serde_json::to_string(text).unwrap_or_default();
    quoted.get(1..quoted.len().saturating_sub(1)).unwrap_or_default().to_owned()
}
