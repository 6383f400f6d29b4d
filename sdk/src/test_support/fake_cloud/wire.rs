//! Decodes forms, flattened names and multipart bodies.
//!
//! This code shares nothing with the encoders of the providers, so that a mistake in one of them makes
//! a test fail.
//!
//! Everything here is strict: broken escapes, bytes that are not UTF-8 and malformed parts give `None`,
//! which the vendors turn into a refusal. The recordings of `testing` use the same decoders to compare
//! two requests.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

/// The pairs of a form-encoded text in order; `None` if an escape is broken or not UTF-8.
///
/// `+` is a blank. A name without `=` has an empty value. Empty pairs (`a=1&&b=2`) are skipped.
/// Repeated names are kept, so that the caller can refuse them with [`duplicate`].
///
/// ```text
/// a+b=c%2Ad&bare&%E6%9C%AA=1     [("a b", "c*d"), ("bare", ""), ("未", "1")]
/// a=%4   a=%zz   a=%ff           None
/// ```
pub(crate) fn decode_form(text: &str) -> Option<Vec<(String, String)>> {
    let pair = |pair: &str| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        Some((unescape(name)?, unescape(value)?))
    };
    text.split('&').filter(|part| !part.is_empty()).map(pair).collect()
}

/// Decodes one name or value of a form. `None` if an escape has no two hexadecimal digits.
fn unescape(text: &str) -> Option<String> {
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        out.push(match byte {
            b'+' => b' ',
            b'%' => {
                let mut digit = || char::from(bytes.next()?).to_digit(16);
                u8::try_from(digit()? * 16 + digit()?).ok()?
            }
            other => other,
        });
    }
    String::from_utf8(out).ok()
}

/// Decodes percent escapes. `+` is not a blank here. Bytes that are not UTF-8 become U+FFFD.
///
/// Used for the paths and queries of canonical requests, where a lossy text at worst makes the
/// signature differ.
pub(crate) fn decode_percent(text: &str) -> String {
    percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// The first name that is repeated, in alphabetical order. No vendor documents which of two equal
/// parameters counts, so a client must not depend on it.
pub(crate) fn duplicate(pairs: &[(String, String)]) -> Option<&str> {
    let mut names: Vec<&str> = pairs.iter().map(|(name, _)| name.as_str()).collect();
    names.sort_unstable();
    names.windows(2).find_map(|two| match two {
        [one, other] if one == other => Some(*one),
        _ => None,
    })
}

/// The deepest name that is accepted: dropping a tree recurses. A deeper name is kept as one flat name.
const DEPTH: usize = 32;

/// Makes a tree: `Filters.0.Name=a` becomes `{"Filters": [{"Name": "a"}]}`. Lists are numbered from
/// `first`. All values are texts.
///
/// | vendor | `first` | example |
/// | --- | --- | --- |
/// | Tencent Cloud | 0 | `Filters.0.Values.1=b` |
/// | Alibaba Cloud, Volcengine | 1 | `Tag.1.Key=a` |
///
/// An object whose names are all numbers, from `first` to less than 10,000 above it, is a list; a
/// missing number becomes a null. If a name is both a value and a prefix of other names (`A=1&A.B=2`),
/// the value is kept.
pub(crate) fn unflatten(pairs: &[(String, String)], first: usize) -> Value {
    let mut root = Map::new();
    for (name, value) in pairs {
        let steps: Vec<&str> =
            if name.split('.').count() > DEPTH { vec![name] } else { name.split('.').collect() };
        put(&mut root, &steps, value);
    }
    Value::Object(root.into_iter().map(|(name, value)| (name, lists(value, first))).collect())
}

/// Puts one value into the tree, and makes the objects on its way. A text on the way ends it: the new
/// value is dropped.
fn put(map: &mut Map<String, Value>, steps: &[&str], value: &str) {
    match steps {
        [] => {}
        [name] => {
            map.insert((*name).to_owned(), Value::from(value));
        }
        [name, rest @ ..] => {
            let inner = map.entry((*name).to_owned()).or_insert_with(|| Value::Object(Map::new()));
            if let Value::Object(inner) = inner {
                put(inner, rest, value);
            }
        }
    }
}

/// Turns objects whose names are all numbers into lists. A missing number becomes a null.
fn lists(value: Value, first: usize) -> Value {
    let Value::Object(map) = value else { return value };
    let map: Map<_, _> = map.into_iter().map(|(name, value)| (name, lists(value, first))).collect();
    let numbers: Option<Vec<usize>> =
        map.keys().map(|name| name.parse::<usize>().ok()?.checked_sub(first)).collect();
    match numbers {
        Some(numbers) if numbers.iter().all(|number| *number < 10_000) && !numbers.is_empty() => {
            let mut list = vec![Value::Null; numbers.iter().max().map_or(0, |last| last + 1)];
            for (number, value) in numbers.into_iter().zip(map.into_iter().map(|(_, value)| value)) {
                if let Some(slot) = list.get_mut(number) {
                    *slot = value;
                }
            }
            Value::Array(list)
        }
        _ => Value::Object(map),
    }
}

/// One part of a multipart form. `data` borrows from the body.
///
/// ```http
/// --B
/// Content-Disposition: form-data; name="File"; filename="a.png"
/// Content-Type: image/png
///
/// (bytes)
/// --B--
/// ```
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Part<'a> {
    /// The name of the form field, from `Content-Disposition`.
    pub(crate) name: String,
    /// The file name; only files have one.
    pub(crate) file_name: Option<String>,
    /// The `Content-Type` of the part, if it has one.
    pub(crate) content_type: Option<String>,
    /// The bytes between the blank line and the line break before the next boundary.
    pub(crate) data: &'a [u8],
}

/// The parts of a body with this content type; `None` if it is not a multipart form. The boundary may
/// be quoted.
pub(crate) fn form_parts<'a>(content_type: &str, body: &'a [u8]) -> Option<Vec<Part<'a>>> {
    let (media_type, params) = content_type.split_once(';')?;
    if !media_type.trim().eq_ignore_ascii_case("multipart/form-data") {
        return None;
    }
    let boundary = params.split(';').find_map(|param| {
        let (name, value) = param.trim().split_once('=')?;
        name.eq_ignore_ascii_case("boundary").then(|| value.trim_matches('"'))
    })?;
    multipart(body, boundary)
}

/// The parts of a multipart body with this boundary; `None` if the body is not multipart.
///
/// Lines end with CRLF. There is no preamble, and after the closing boundary only one line break. An
/// empty body has no parts: clients send one for a form without fields.
pub(crate) fn multipart<'a>(body: &'a [u8], boundary: &str) -> Option<Vec<Part<'a>>> {
    if body.is_empty() {
        return Some(Vec::new());
    }
    let line = format!("--{boundary}");
    let mut rest = body.strip_prefix(line.as_bytes())?;
    let delimiter = format!("\r\n{line}");
    let mut parts = Vec::new();
    while rest != b"--\r\n" && rest != b"--" {
        rest = rest.strip_prefix(b"\r\n")?;
        let head_end = find(rest, b"\r\n\r\n")?;
        let head = std::str::from_utf8(rest.get(..head_end)?).ok()?;
        rest = rest.get(head_end + 4..)?;
        let end = find(rest, delimiter.as_bytes())?;
        let header = |wanted: &str| {
            head.split("\r\n").find_map(|line| {
                let (name, value) = line.split_once(':')?;
                name.eq_ignore_ascii_case(wanted).then_some(value.trim())
            })
        };
        let mut attributes = attributes(header("content-disposition")?)?;
        parts.push(Part {
            name: attributes.remove("name")?,
            file_name: attributes.remove("filename"),
            content_type: header("content-type").map(str::to_owned),
            data: rest.get(..end)?,
        });
        rest = rest.get(end + delimiter.len()..)?;
    }
    Some(parts)
}

/// The attributes of a part: `form-data; name="a"; filename="b"`. A semicolon within quotes ends nothing.
/// Quotes and line breaks in names are percent-encoded.
fn attributes(disposition: &str) -> Option<BTreeMap<&str, String>> {
    let mut found = BTreeMap::new();
    let mut rest = disposition.strip_prefix("form-data")?;
    while !rest.is_empty() {
        let (name, after) = rest.strip_prefix(';')?.trim_start().split_once("=\"")?;
        let (value, after) = after.split_once('"')?;
        let value = value.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n");
        if found.insert(name, value).is_some() {
            return None;
        }
        rest = after.trim_start();
    }
    Some(found)
}

/// The position of a byte string in another one.
fn find(text: &[u8], wanted: &[u8]) -> Option<usize> {
    text.windows(wanted.len()).position(|window| window == wanted)
}

/// Compares in constant time.
pub(crate) fn same(one: &[u8], other: &[u8]) -> bool {
    one.len() == other.len() && one.iter().zip(other).fold(0, |differs, (a, b)| differs | (a ^ b)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn forms_are_read_strictly() {
        let pairs = decode_form("a+b=c%2Ad&empty=&bare&%E6%9C%AA=1").unwrap();
        let shown: Vec<_> = pairs.iter().map(|(name, value)| format!("{name}={value}")).collect();
        assert_eq!(shown, ["a b=c*d", "empty=", "bare=", "未=1"]);
        for broken in ["a=%4", "a=%zz", "a=%ff"] {
            assert_eq!(decode_form(broken), None, "{broken}");
        }
        assert_eq!(duplicate(&decode_form("a=1&b=2&a=3").unwrap()), Some("a"));
        assert_eq!(duplicate(&decode_form("a=1&b=2").unwrap()), None);
    }

    #[test]
    fn flattened_names_become_trees() {
        let pairs = decode_form("F.0.V.0=a&F.0.V.2=b&F.0.N=x&L=1").unwrap();
        assert_eq!(unflatten(&pairs, 0), json!({"F": [{"V": ["a", null, "b"], "N": "x"}], "L": "1"}));
        let pairs = decode_form("Tag.1.Key=a&Tag.2.Key=b").unwrap();
        assert_eq!(unflatten(&pairs, 1), json!({"Tag": [{"Key": "a"}, {"Key": "b"}]}));
    }

    #[test]
    fn multipart_bodies_are_taken_apart() {
        let body = b"--B\r\nContent-Disposition: form-data; name=\"K\"\r\n\r\nv\r\n--B\r\n\
            Content-Disposition: form-data; name=\"F\"; filename=\"a;%22b\"\r\nContent-Type: x/y\r\n\r\n\0\r\n\x01\r\n--B--\r\n";
        let parts = multipart(body, "B").unwrap();
        assert_eq!(parts[0], Part { name: "K".into(), file_name: None, content_type: None, data: b"v" });
        let (file_name, content_type) = (Some("a;\"b".to_owned()), Some("x/y".to_owned()));
        assert_eq!(parts[1], Part { name: "F".into(), file_name, content_type, data: b"\0\r\n\x01" });
        for broken in
            ["form-data; name=a", "form-data; name=\"a\"; name=\"b\"", "file; name=\"a\"", "form-data"]
        {
            let body = format!("--B\r\nContent-Disposition: {broken}\r\n\r\nv\r\n--B--\r\n");
            assert_eq!(multipart(body.as_bytes(), "B"), None, "{broken}");
        }
        assert_eq!(multipart(&body[..body.len() - 5], "B"), None);
        assert_eq!(multipart(b"", "B"), Some(Vec::new()));
    }
}
