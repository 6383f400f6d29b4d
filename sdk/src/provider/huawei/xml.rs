//! XML bodies from JSON text: `docs/sources.md`, Huawei Cloud, 1.5. No tree is built, and the order is kept.

use serde_json::value::RawValue;

use crate::error::Error;
use crate::sign::encode::members;

/// How many levels a document may have.
const DEPTH: usize = 128;

/// The document `<root>…</root>`, without a declaration. An object's members are elements, a list repeats its
/// element, a null is left out.
pub(super) fn document(root: &str, json: &[u8]) -> Result<Vec<u8>, Error> {
    let mut out = String::with_capacity(json.len() * 2);
    element(root, json, DEPTH, &mut out)?;
    Ok(out.into_bytes())
}

/// Writes one value. Each part of it is read as the text that it is, so that no digit of a number changes.
fn element(name: &str, json: &[u8], depth: usize, out: &mut String) -> Result<(), Error> {
    let Some(below) = depth.checked_sub(1) else {
        return Err(Error::config(format!("the body has more than {DEPTH} levels")));
    };
    match json.first() {
        Some(b'n') | None => {}
        Some(b'[') => {
            let elements: Vec<&RawValue> = serde_json::from_slice(json).map_err(unreadable)?;
            for value in elements {
                element(name, value.get().as_bytes(), below, out)?;
            }
        }
        Some(b'{') => {
            tag(name, "<", out)?;
            for (member, value) in members(json).map_err(unreadable)? {
                element(&member, value.get().as_bytes(), below, out)?;
            }
            tag(name, "</", out)?;
        }
        Some(b'"') => {
            let text: String = serde_json::from_slice(json).map_err(unreadable)?;
            tag(name, "<", out)?;
            escaped(name, &text, out)?;
            tag(name, "</", out)?;
        }
        Some(_) => {
            tag(name, "<", out)?;
            out.push_str(&String::from_utf8_lossy(json));
            tag(name, "</", out)?;
        }
    }
    Ok(())
}

/// A name that needs no escapes: what the vendor's documents have.
fn tag(name: &str, begin: &str, out: &mut String) -> Result<(), Error> {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':');
    let starts = name.starts_with(|c: char| c.is_alphabetic() || c == '_');
    if !starts || !name.chars().all(plain) {
        let what =
            format!("the body cannot be written as XML: `{}` is no name of an element", name.escape_debug());
        return Err(Error::config(what));
    }
    out.push_str(begin);
    out.push_str(name);
    out.push('>');
    Ok(())
}

fn escaped(name: &str, text: &str, out: &mut String) -> Result<(), Error> {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            // A reader would turn it into a line feed.
            '\r' => out.push_str("&#13;"),
            '\t' | '\n' => out.push(c),
            _ if c < ' ' => {
                let what = format!("the body cannot be written as XML: `{name}` has a control character");
                return Err(Error::config(what));
            }
            _ => out.push(c),
        }
    }
    Ok(())
}

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
