//! JSON within a scan, whole or cut off. It is read by its own rules as long as it keeps them; then the scan goes on as
//! text.

use std::borrow::Cow;
use std::ops::Range;

use super::Scan;
use crate::telemetry::redact::MASK;
use crate::telemetry::redact::names::{Secrecy, is_fact, is_label, is_labelled};

/// How deep objects are followed. What is deeper is read as a new document.
const NESTING_CAP: usize = 128;

/// An object or a list that is open.
struct Frame {
    object: bool,
    /// The secret name that it stands under: then everything but plain facts is masked.
    inside: Option<Secrecy>,
    /// Whether a member says that the one beside it is a secret.
    labelled: bool,
    /// Where the value beside the label was written.
    value: Option<Range<usize>>,
}

/// A value may be shown, is masked, or is masked but for facts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    Shown,
    Masked(Secrecy),
}

impl Scan<'_> {
    /// Whether the bracket here opens a document rather than, say, a section of an INI file.
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

    /// Reads from a bracket on to the end of the document, or to where it is no JSON.
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
                // Nobody knows what the rest of a secret is.
                if open.iter().any(|frame| frame.inside.is_some() || frame.labelled) {
                    self.replace(self.at, self.text.len(), MASK);
                }
                return;
            }
        }
    }

    fn open(&mut self, open: &mut Vec<Frame>, inside: Option<Secrecy>) {
        let object = self.byte(self.at) == Some(b'{');
        open.push(Frame { object, inside, labelled: false, value: None });
        self.at += 1;
    }

    /// A name and its value. Says whether they are JSON.
    fn member(&mut self, open: &mut Vec<Frame>) -> bool {
        let begin = self.at;
        let Some(end) = self.closing(begin + 1, b'"', 0) else {
            self.at = begin + 1;
            return false;
        };
        let name = unescaped(self.slice(begin + 1, end));
        let colon = self.skip_blanks(end + 1);
        if self.byte(colon) != Some(b':') {
            // As text it may still be a name with a value.
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

    /// Whether the text that begins here is the name of a secret.
    fn names_a_secret(&self, from: usize) -> bool {
        let text = self.slice(from, self.at);
        let quoted = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
        quoted.is_some_and(|name| self.rule.secrecy(&unescaped(name)).is_some())
    }

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

    /// A number or a word. What is neither is no JSON.
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

/// A text of JSON without its escapes.
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
                    // The second half of a pair, if it follows.
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

/// The four digits after `u`, and what follows them.
fn unit(text: &str) -> Option<(u16, &str)> {
    let digits = text.get(1..5)?;
    let unit = u16::from_str_radix(digits, 16).ok()?;
    Some((unit, text.get(5..)?))
}

fn unit_after_u(text: &str) -> Option<(u16, &str)> {
    if text.starts_with('u') { unit(text) } else { None }
}

fn escaped(text: &str) -> String {
    let quoted = serde_json::to_string(text).unwrap_or_default();
    quoted.get(1..quoted.len().saturating_sub(1)).unwrap_or_default().to_owned()
}
