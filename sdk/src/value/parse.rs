//! A JSON parser that keeps literals and order, replaces half surrogate pairs, and reports
//! oddities.
//!
//! It accepts the same RFC 8259 texts as serde_json, in time linear in the text. A parser
//! of our own is needed because serde_json cannot keep literals without its feature
//! `arbitrary_precision`, refuses half surrogate pairs, and does not report repeated
//! members.
//!
//! ```text
//! {"a": {"x": 1, "x": 2}, "b": "q\ud83d"}
//!
//! value     {"a": {"x": 2}, "b": "q\u{fffd}"}
//! warnings  `a.x`: found the member more than once, expected one; the last one was read
//!           `b`: found half a surrogate pair, expected a text; U+FFFD stands in its place
//! ```
//!
//! It is recursive, to a depth of 128, so a hostile text cannot overflow the stack. The
//! nesting of the value that it returns is therefore limited, too, and so is the recursion
//! of everything that walks over it.

use std::fmt;

use super::{Map, Number, Value};
use crate::response::warning::{Path, Warning, Warnings};

/// The maximum number of nested lists and objects, as in serde_json.
const DEPTH: usize = 128;

/// A value, and the oddities of its text.
#[derive(Debug)]
pub(crate) struct Parsed {
    /// The value.
    pub(crate) value: Value,
    /// Repeated members and half surrogate pairs. They are warnings of the response.
    pub(crate) warnings: Warnings,
}

/// Why and where a text is not JSON.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NotJson {
    /// What was found or expected. It never quotes the text.
    what: &'static str,
    /// The position in the text, in bytes.
    at: usize,
}

impl fmt::Display for NotJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at byte {}", self.what, self.at)
    }
}

impl std::error::Error for NotJson {}

/// Parses a text that is one JSON value, with white space around it.
///
/// # Errors
///
/// The first place where the text is not JSON, or where it is nested too deeply.
pub(crate) fn parse(text: &str) -> Result<Parsed, NotJson> {
    let mut parser = Parser { text, at: 0, path: Path::default(), warnings: Warnings::default() };
    let value = parser.value(DEPTH)?;
    parser.space();
    match parser.peek() {
        None => Ok(Parsed { value, warnings: parser.warnings }),
        Some(_) => Err(parser.bad("characters after the value")),
    }
}

/// The state of the parser. `at` only moves forward, except for a look at a second
/// surrogate.
struct Parser<'a> {
    /// The whole text.
    text: &'a str,
    /// The position of the next byte.
    at: usize,
    /// The path of the current value, for warnings. Names are borrowed from the text.
    path: Path<'a>,
    /// The oddities so far.
    warnings: Warnings,
}

impl<'a> Parser<'a> {
    /// An error at the current position.
    fn bad(&self, what: &'static str) -> NotJson {
        NotJson { what, at: self.at }
    }

    /// The next byte. `None` at the end of the text.
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Skips white space: the four characters that JSON allows.
    fn space(&mut self) {
        while let Some(b' ' | b'\t' | b'\r' | b'\n') = self.peek() {
            self.at += 1;
        }
    }

    /// Skips `byte` if it is next.
    fn takes(&mut self, byte: u8) -> bool {
        let there = self.peek() == Some(byte);
        self.at += usize::from(there);
        there
    }

    /// The text from `start` to the current position. Both are next to ASCII, so no
    /// character is cut.
    fn since(&self, start: usize) -> &'a str {
        self.text.get(start..self.at).unwrap_or_default()
    }

    /// Reads a value. `depth` is the number of lists and objects that may still be opened.
    fn value(&mut self, depth: usize) -> Result<Value, NotJson> {
        self.space();
        match self.peek() {
            Some(b'{') => self.object(depth),
            Some(b'[') => self.array(depth),
            Some(b'"') => self.string().map(Value::String),
            Some(b't') => self.word("true", Value::Bool(true)),
            Some(b'f') => self.word("false", Value::Bool(false)),
            Some(b'n') => self.word("null", Value::Null),
            Some(b'-' | b'0'..=b'9') => self.number().map(Value::Number),
            Some(_) => Err(self.bad("not a JSON value")),
            None => Err(self.bad("the text ends where a value is expected")),
        }
    }

    /// Reads `true`, `false` or `null`.
    fn word(&mut self, word: &str, value: Value) -> Result<Value, NotJson> {
        if self.text.get(self.at..).is_some_and(|rest| rest.starts_with(word)) {
            self.at += word.len();
            return Ok(value);
        }
        Err(self.bad("not a JSON value"))
    }

    /// Reads a number. Its literal is kept, after it was checked against the grammar: no
    /// leading zeros or plus sign, at least one digit around the point and in the exponent.
    fn number(&mut self) -> Result<Number, NotJson> {
        let start = self.at;
        self.takes(b'-');
        if !self.takes(b'0') {
            self.digits()?;
        } else if let Some(b'0'..=b'9') = self.peek() {
            return Err(self.bad("a number that begins with 0"));
        }
        if self.takes(b'.') {
            self.digits()?;
        }
        if self.takes(b'e') || self.takes(b'E') {
            let _ = self.takes(b'+') || self.takes(b'-');
            self.digits()?;
        }
        Ok(Number::from_literal(self.since(start)))
    }

    /// Skips at least one digit.
    fn digits(&mut self) -> Result<(), NotJson> {
        let start = self.at;
        while let Some(b'0'..=b'9') = self.peek() {
            self.at += 1;
        }
        if self.at == start { Err(self.bad("a digit is missing")) } else { Ok(()) }
    }

    /// Reads a list, after its `[` was seen.
    fn array(&mut self, depth: usize) -> Result<Value, NotJson> {
        let depth = depth.checked_sub(1).ok_or_else(|| self.bad("nested too deep"))?;
        self.at += 1;
        let mut items = Vec::new();
        self.space();
        if self.takes(b']') {
            return Ok(Value::Array(items));
        }
        loop {
            self.path.index(items.len());
            let item = self.value(depth)?;
            self.path.leave();
            items.push(item);
            self.space();
            if self.takes(b']') {
                return Ok(Value::Array(items));
            }
            if !self.takes(b',') {
                return Err(self.bad("expected `,` or `]`"));
            }
        }
    }

    /// Reads an object, after its `{` was seen. The last of several members of one name is
    /// kept, with a warning.
    fn object(&mut self, depth: usize) -> Result<Value, NotJson> {
        let depth = depth.checked_sub(1).ok_or_else(|| self.bad("nested too deep"))?;
        self.at += 1;
        let mut members = Vec::new();
        self.space();
        if !self.takes(b'}') {
            loop {
                self.space();
                if self.peek() != Some(b'"') {
                    return Err(self.bad("expected the name of a member"));
                }
                let start = self.at + 1;
                let name = self.string()?;
                let raw = self.text.get(start..self.at.saturating_sub(1)).unwrap_or_default();
                self.space();
                if !self.takes(b':') {
                    return Err(self.bad("expected `:`"));
                }
                self.path.name(raw);
                let value = self.value(depth)?;
                self.path.leave();
                members.push((name, value));
                self.space();
                if self.takes(b'}') {
                    break;
                }
                if !self.takes(b',') {
                    return Err(self.bad("expected `,` or `}`"));
                }
            }
        }
        let Self { path, warnings, .. } = self;
        let map = Map::from_members(members, |name| {
            warnings.add(|| Warning::twice(path.with(name)));
        });
        Ok(Value::Object(map))
    }

    /// Reads a text, after its quote was seen. Runs without escapes are copied at once.
    fn string(&mut self) -> Result<String, NotJson> {
        self.at += 1;
        let mut text = String::new();
        loop {
            let start = self.at;
            while self.peek().is_some_and(|byte| !matches!(byte, b'"' | b'\\' | 0..=0x1f)) {
                self.at += 1;
            }
            text.push_str(self.since(start));
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(text);
                }
                Some(b'\\') => {
                    self.at += 1;
                    let found = self.escape()?;
                    text.push(found);
                }
                Some(_) => return Err(self.bad("a control character in a text")),
                None => return Err(self.bad("the text ends within a text")),
            }
        }
    }

    /// Reads an escape, after its backslash.
    fn escape(&mut self) -> Result<char, NotJson> {
        let byte = self.peek().ok_or_else(|| self.bad("the text ends within a text"))?;
        self.at += 1;
        Ok(match byte {
            b'"' | b'\\' | b'/' => char::from(byte),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.unit().map(|unit| self.character(unit)),
            _ => return Err(self.bad("not an escape of JSON")),
        })
    }

    /// Reads four hexadecimal digits.
    fn unit(&mut self) -> Result<u32, NotJson> {
        let digits = self
            .text
            .get(self.at..self.at + 4)
            .filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()));
        let unit = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
        let unit = unit.ok_or_else(|| self.bad("not an escape of JSON"))?;
        self.at += 4;
        Ok(unit)
    }

    /// The character of a UTF-16 unit, or of a surrogate pair. Services cut texts by UTF-16
    /// units, which leaves halves of pairs; a half becomes U+FFFD.
    fn character(&mut self, unit: u32) -> char {
        if let Some(found) = char::from_u32(unit) {
            return found;
        }
        let start = self.at;
        if unit < 0xdc00
            && self.takes(b'\\')
            && self.takes(b'u')
            && let Ok(second @ 0xdc00..=0xdfff) = self.unit()
        {
            let code = 0x10000 + ((unit - 0xd800) << 10) + (second - 0xdc00);
            return char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER);
        }
        // The next unit is not the second half: it is read as its own character.
        self.at = start;
        let Self { path, warnings, .. } = self;
        warnings.add(|| Warning::half_pair(path.to_string()));
        char::REPLACEMENT_CHARACTER
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn warned(text: &str) -> (String, Vec<String>) {
        let parsed = parse(text).unwrap();
        let warnings = parsed.warnings.list().iter().map(|warning| warning.path().to_owned()).collect();
        (parsed.value.to_string(), warnings)
    }

    #[test]
    fn half_pairs_are_replaced() {
        for (text, wanted, paths) in [
            (r#"{"Name":"a\ud83d","Count":1}"#, "{\"Name\":\"a\u{fffd}\",\"Count\":1}", vec!["Name"]),
            (r#"["\ud83d\ude00"]"#, "[\"😀\"]", vec![]),
            (r#"["\ude00x"]"#, "[\"\u{fffd}x\"]", vec!["[0]"]),
            (r#"["\ud83d\ud83d\ude00"]"#, "[\"\u{fffd}😀\"]", vec!["[0]"]),
            (r#"["\ud83d\n"]"#, "[\"\u{fffd}\\n\"]", vec!["[0]"]),
            (r#"{"\ud83d":1}"#, "{\"\u{fffd}\":1}", vec![""]),
        ] {
            assert_eq!(
                warned(text),
                (wanted.to_owned(), paths.into_iter().map(str::to_owned).collect()),
                "{text}"
            );
        }
    }

    #[test]
    fn the_last_of_two_members_counts() {
        let (text, paths) = warned(r#"{"a":[{"x":1,"y":2,"x":3}],"a2":{}}"#);
        assert_eq!(text, r#"{"a":[{"x":3,"y":2}],"a2":{}}"#);
        assert_eq!(paths, ["a[0].x"]);
    }

    #[test]
    fn it_takes_what_serde_json_takes() {
        let deep = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
        let (deep, deeper) = (deep(127), deep(200_000));
        for text in [
            "",
            " ",
            "null",
            "nul",
            "nulll",
            "true",
            "truex",
            "[]",
            "[1,]",
            "[,1]",
            "[1 2]",
            "{}",
            "{\"a\"}",
            "{\"a\":}",
            "{\"a\":1,}",
            "{a:1}",
            "{\"a\":1}x",
            "01",
            "-",
            "-01",
            "1.",
            ".5",
            "1e",
            "1e+",
            "1E5",
            "-0.0e-1",
            "+1",
            "\"a",
            "\"\\x\"",
            "\"\\u12\"",
            "\"\\u+123\"",
            "\"\\u00zz\"",
            "\"\t\"",
            "\"\\/\\b\\f\\n\\r\\t\\\"\\\\\"",
            " [ 1 , { } ] ",
            "\u{a0}1",
            "\"é😀\"",
            "NaN",
            "Infinity",
            "'a'",
            "[1]]",
            "\"\u{7f}\"",
            "\r\n\t1",
            "\u{c}1",
            &deep,
            &deeper,
        ] {
            let wanted = serde_json::from_str::<serde_json::Value>(text);
            match (parse(text), wanted) {
                (Ok(parsed), Ok(wanted)) => assert_eq!(parsed.value, wanted, "{text}"),
                (Err(_), Err(_)) => {}
                (parsed, wanted) => panic!("{text:.60}: {:?}, serde_json: {}", parsed.err(), wanted.is_ok()),
            }
        }
    }
}
