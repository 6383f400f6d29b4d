//! JSON with the place of every value, so that a mistake in a description can be shown where it is.

use std::str::Chars;

/// Nested deeper than any description; a deeper document could exhaust the stack.
const DEPTH: usize = 64;

/// A value and the byte at which it begins.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) at: usize,
    pub(super) value: Value,
}

/// A value. Numbers keep their digits.
#[derive(Debug)]
pub(super) enum Value {
    Null,
    Bool(bool),
    Number(String),
    Text(String),
    List(Vec<Node>),
    Object(Vec<Member>),
}

/// A member of an object, with the place of its name.
#[derive(Debug)]
pub(super) struct Member {
    pub(super) at: usize,
    pub(super) name: String,
    pub(super) node: Node,
}

impl Value {
    /// The kind of value, for messages.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "a boolean",
            Self::Number(_) => "a number",
            Self::Text(_) => "a string",
            Self::List(_) => "an array",
            Self::Object(_) => "an object",
        }
    }
}

/// A mistake and the byte at which it is.
pub(super) type Mistake = (usize, String);

/// Parses a whole document.
pub(super) fn parse(text: &str) -> Result<Node, Mistake> {
    let mut parser = Parser { text, rest: text.trim_start_matches('\u{feff}').chars() };
    let node = parser.value(DEPTH)?;
    parser.blanks();
    match parser.rest.as_str() {
        "" => Ok(node),
        _ => Err((parser.at(), "the document ends here; remove what follows".to_owned())),
    }
}

struct Parser<'t> {
    text: &'t str,
    rest: Chars<'t>,
}

impl Parser<'_> {
    fn at(&self) -> usize {
        self.text.len() - self.rest.as_str().len()
    }

    fn blanks(&mut self) {
        self.rest = self.rest.as_str().trim_start_matches([' ', '\t', '\n', '\r']).chars();
    }

    fn eat(&mut self, word: &str) -> bool {
        match self.rest.as_str().strip_prefix(word) {
            Some(rest) => {
                self.rest = rest.chars();
                true
            }
            None => false,
        }
    }

    fn wanted<T>(&self, what: &str) -> Result<T, Mistake> {
        let found = match self.rest.clone().next() {
            Some(found) => format!("`{found}`"),
            None => "the end of the file".to_owned(),
        };
        Err((self.at(), format!("expected {what}, found {found}")))
    }

    fn value(&mut self, depth: usize) -> Result<Node, Mistake> {
        self.blanks();
        let at = self.at();
        let Some(depth) = depth.checked_sub(1) else {
            return Err((at, format!("values are nested more than {DEPTH} levels deep; make it flatter")));
        };
        let value = match self.rest.clone().next() {
            Some('{') => self.object(depth)?,
            Some('[') => self.list(depth)?,
            Some('"') => Value::Text(self.text()?),
            Some('-' | '0'..='9') => self.number()?,
            _ if self.eat("true") => Value::Bool(true),
            _ if self.eat("false") => Value::Bool(false),
            _ if self.eat("null") => Value::Null,
            _ => return self.wanted("a value"),
        };
        Ok(Node { at, value })
    }

    fn object(&mut self, depth: usize) -> Result<Value, Mistake> {
        self.eat("{");
        let mut members: Vec<Member> = Vec::new();
        loop {
            self.blanks();
            if members.is_empty() && self.eat("}") {
                return Ok(Value::Object(members));
            }
            let at = self.at();
            if !self.rest.as_str().starts_with('"') {
                return self.wanted("the name of a member in quotes");
            }
            let name = self.text()?;
            self.blanks();
            if !self.eat(":") {
                return self.wanted("`:`");
            }
            let node = self.value(depth)?;
            members.push(Member { at, name, node });
            self.blanks();
            match self.eat(",") {
                true => {}
                false if self.eat("}") => break,
                false => return self.wanted("`,` or `}`"),
            }
        }
        let mut names: Vec<(&str, usize)> = members.iter().map(|m| (m.name.as_str(), m.at)).collect();
        names.sort_unstable();
        let twice = names.iter().zip(names.iter().skip(1)).find(|(one, other)| one.0 == other.0);
        match twice {
            Some((_, (name, at))) => Err((*at, format!("`{name}` stands twice in one object; keep one"))),
            None => Ok(Value::Object(members)),
        }
    }

    fn list(&mut self, depth: usize) -> Result<Value, Mistake> {
        self.eat("[");
        let mut items = Vec::new();
        loop {
            self.blanks();
            if items.is_empty() && self.eat("]") {
                return Ok(Value::List(items));
            }
            items.push(self.value(depth)?);
            self.blanks();
            match self.eat(",") {
                true => {}
                false if self.eat("]") => return Ok(Value::List(items)),
                false => return self.wanted("`,` or `]`"),
            }
        }
    }

    fn number(&mut self) -> Result<Value, Mistake> {
        let rest = self.rest.as_str();
        let end = rest.find(|c: char| !matches!(c, '0'..='9' | '+' | '-' | '.' | 'e' | 'E'));
        let (digits, after) = rest.split_at(end.unwrap_or(rest.len()));
        let whole = digits.trim_start_matches('-');
        let odd = whole.len() > 1 && whole.starts_with('0') && !whole.starts_with("0.");
        if odd || digits.ends_with('.') || digits.parse::<f64>().is_err() {
            return Err((self.at(), format!("`{digits}` is not a number; put a text in quotes")));
        }
        self.rest = after.chars();
        Ok(Value::Number(digits.to_owned()))
    }

    fn text(&mut self) -> Result<String, Mistake> {
        let start = self.at();
        self.eat("\"");
        let mut text = String::new();
        loop {
            let at = self.at();
            match self.rest.next() {
                None => return Err((start, "the string does not end; add `\"`".to_owned())),
                Some('"') => return Ok(text),
                Some('\\') => text.push(self.escaped(at)?),
                Some(c) if c < ' ' => {
                    return Err((
                        at,
                        "a control character in a string; write it as `\\n` or `\\u00..`".to_owned(),
                    ));
                }
                Some(c) => text.push(c),
            }
        }
    }

    fn escaped(&mut self, at: usize) -> Result<char, Mistake> {
        let wrong = || (at, "there is no such escape; write `\\\\` for a backslash".to_owned());
        Ok(match self.rest.next().ok_or_else(wrong)? {
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            'b' => '\u{8}',
            'f' => '\u{c}',
            same @ ('"' | '\\' | '/') => same,
            'u' => {
                let first = self.unit().ok_or_else(wrong)?;
                let units = match first {
                    // The first half of a character beyond U+FFFF.
                    0xd800..=0xdbff if self.eat("\\u") => vec![first, self.unit().ok_or_else(wrong)?],
                    _ => vec![first],
                };
                let found = char::decode_utf16(units).next();
                found.and_then(Result::ok).ok_or_else(wrong)?
            }
            _ => return Err(wrong()),
        })
    }

    fn unit(&mut self) -> Option<u16> {
        let (digits, rest) = self.rest.as_str().split_at_checked(4)?;
        let unit =
            digits.bytes().all(|b| b.is_ascii_hexdigit()).then(|| u16::from_str_radix(digits, 16).ok());
        self.rest = rest.chars();
        unit?
    }
}

/// `text` as a JSON string.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c < ' ' => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn values_keep_their_digits_and_places() {
        let node =
            parse("\u{feff} {\"a\": [1.50, -2e3, true, null],\n \"b\": \"x\\n\\u00e9\\ud83d\\ude00\\/\"}")
                .unwrap();
        let Value::Object(members) = &node.value else { panic!() };
        let Value::List(items) = &members[0].node.value else { panic!() };
        assert!(matches!(&items[0].value, Value::Number(digits) if digits == "1.50"));
        assert!(matches!(&items[1].value, Value::Number(digits) if digits == "-2e3"));
        assert!(matches!(&members[1].node.value, Value::Text(text) if text == "x\né😀/"));
        assert_eq!((node.at, members[0].at), (4, 5));
        assert_eq!(quoted("a\"\\\u{1}é"), "\"a\\\"\\\\\\u0001é\"");
    }

    #[test]
    fn mistakes_have_a_place_and_a_remedy() {
        for (text, at, message) in [
            ("", 0, "expected a value, found the end of the file"),
            ("{\"a\" 1}", 5, "expected `:`, found `1`"),
            ("[1, 2", 5, "expected `,` or `]`, found the end of the file"),
            ("{\"a\": 1, \"a\": 2}", 9, "`a` stands twice in one object; keep one"),
            ("[007]", 1, "`007` is not a number"),
            ("[1,]", 3, "expected a value, found `]`"),
            ("{,}", 1, "expected the name of a member in quotes"),
            ("\"a", 0, "the string does not end"),
            ("\"\\x\"", 1, "there is no such escape"),
            ("\"\\ud83d\"", 1, "there is no such escape"),
            ("1 2", 2, "the document ends here"),
        ] {
            let (found, said) = parse(text).unwrap_err();
            assert!(found == at && said.contains(message), "{text}: {found} {said}");
        }
        assert!(parse(&"[".repeat(100_000)).unwrap_err().1.contains("64 levels"));
        assert!(parse(&format!("{}{}", "[".repeat(64), "]".repeat(64))).is_ok());
    }
}
