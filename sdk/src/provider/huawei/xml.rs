//! XML bodies from JSON text: `docs/sources.md`, Huawei Cloud, 1.5.
//!
//! quick-xml writes the document. No tree is built, and the order of the members is kept.
//!
//! ```text
//! {"b": {"c": ["x<y", 1, true]}, "n": null, "a": "云"}
//!
//! <Root><b><c>x&lt;y</c><c>1</c><c>true</c></b><a>云</a></Root>
//! ```

use quick_xml::Writer;
use quick_xml::escape::partial_escape;
use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};
use serde_json::value::RawValue;

use crate::error::Error;
use crate::sign::encode::members;

/// Levels that a document may have. The limit keeps the recursion of [`element`] off the end of the stack.
const DEPTH: usize = 128;

/// The document `<root>…</root>`, without a declaration. The members of an object become elements, a list
/// repeats its element, and a null is left out. An empty list is nothing, and an empty object an empty
/// element.
///
/// # Errors
///
/// Kind `Config` if a name cannot be that of an element, a text has a control character, the document has
/// more than 128 levels, or `json` is not JSON.
pub(super) fn document(root: &str, json: &[u8]) -> Result<Vec<u8>, Error> {
    let mut out = Writer::new(Vec::with_capacity(json.len() * 2));
    element(root, json, DEPTH, &mut out)?;
    Ok(out.into_inner())
}

/// Writes one value as an element, or as several for a list. Its parts are read as texts, so that no digit of
/// a number changes.
fn element(name: &str, json: &[u8], depth: usize, out: &mut Writer<Vec<u8>>) -> Result<(), Error> {
    let Some(below) = depth.checked_sub(1) else {
        return Err(Error::config(format!("the body has more than {DEPTH} levels")));
    };
    match json.first() {
        Some(b'n') | None => return Ok(()),
        Some(b'[') => {
            let elements: Vec<&RawValue> = serde_json::from_slice(json).map_err(unreadable)?;
            for value in elements {
                element(name, value.get().as_bytes(), below, out)?;
            }
            return Ok(());
        }
        _ => {}
    }
    check_name(name)?;
    write(out, Event::Start(BytesStart::new(name)))?;
    match json.first() {
        Some(b'{') => {
            for (member, value) in members(json).map_err(unreadable)? {
                element(&member, value.get().as_bytes(), below, out)?;
            }
        }
        Some(b'"') => {
            let text: String = serde_json::from_slice(json).map_err(unreadable)?;
            check_text(name, &text)?;
            write(out, Event::Text(BytesText::from_escaped(partial_escape(text.as_str()))))?;
        }
        _ => write(out, Event::Text(BytesText::from_escaped(String::from_utf8_lossy(json))))?,
    }
    write(out, Event::End(BytesEnd::new(name)))
}

/// Writes one event. Writing into memory does not fail, so the error is only theoretical.
fn write(out: &mut Writer<Vec<u8>>, event: Event<'_>) -> Result<(), Error> {
    out.write_event(event)
        .map_err(|error| Error::config("the body cannot be written as XML").with_source(error))
}

/// Checks the name of an element, because the writer does not. A name such as `b><c` would add an element.
fn check_name(name: &str) -> Result<(), Error> {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':');
    let starts = name.starts_with(|c: char| c.is_alphabetic() || c == '_');
    if starts && name.chars().all(plain) {
        return Ok(());
    }
    let shown = name.escape_debug();
    Err(Error::config(format!("the body cannot be written as XML: `{shown}` is not the name of an element")))
}

/// Checks a text. XML 1.0 cannot express most control characters, not even as `&#1;`.
fn check_text(name: &str, text: &str) -> Result<(), Error> {
    let fine = |c: char| c >= ' ' && !matches!(c, '\u{fffe}' | '\u{ffff}') || matches!(c, '\t' | '\n' | '\r');
    if text.chars().all(fine) {
        return Ok(());
    }
    Err(Error::config(format!("the body cannot be written as XML: `{name}` has a control character")))
}

/// The error of a text that is not JSON.
fn unreadable(error: serde_json::Error) -> Error {
    Error::config("the body cannot be written as XML").with_source(error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_lists_and_escapes() {
        let json = br#"{"b":{"c":["x<&>y\r",1,true]},"n":null,"e":[],"a":"\u4e91"}"#;
        let text = String::from_utf8(document("Root", json).unwrap()).unwrap();
        assert_eq!(text, "<Root><b><c>x&lt;&amp;&gt;y&#13;</c><c>1</c><c>true</c></b><a>云</a></Root>");
        let numbers =
            document("R", br#"{"a":99.99999999999999,"b":12345678901234567890123,"c":[1.10,null]}"#).unwrap();
        let wanted = "<R><a>99.99999999999999</a><b>12345678901234567890123</b><c>1.10</c></R>";
        assert_eq!(String::from_utf8(numbers).unwrap(), wanted);
        assert!(document("a b", b"{}").is_err());
        assert!(document("a", br#"{"b><c":1}"#).is_err());
        assert!(document("a", br#"{"b":"\u0001"}"#).is_err());
    }
}
