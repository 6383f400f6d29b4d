//! XML bodies from JSON text: `docs/sources.md`, Huawei Cloud, 1.5. No tree is built, and the order is kept.

use std::fmt::Display;

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};

use crate::error::Error;

/// The document `<root>…</root>`, without a declaration. An object's members are elements, a list repeats its
/// element, a null is left out.
pub(super) fn document(root: &str, json: &[u8]) -> Result<Vec<u8>, Error> {
    let mut out = String::with_capacity(json.len() * 2);
    let mut reader = serde_json::Deserializer::from_slice(json);
    Element { name: root, out: &mut out }
        .deserialize(&mut reader)
        .map_err(|error| Error::config("the body cannot be written as XML").with_source(error))?;
    Ok(out.into_bytes())
}

struct Element<'a> {
    name: &'a str,
    out: &'a mut String,
}

impl Element<'_> {
    /// A name that needs no escapes: what the vendor's documents have.
    fn open<E: serde::de::Error>(&mut self) -> Result<(), E> {
        let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':');
        let starts = self.name.starts_with(|c: char| c.is_alphabetic() || c == '_');
        if !starts || !self.name.chars().all(plain) {
            return Err(E::custom(format_args!("`{}` is no name of an element", self.name.escape_debug())));
        }
        self.out.push('<');
        self.out.push_str(self.name);
        self.out.push('>');
        Ok(())
    }

    fn close(self) {
        self.out.push_str("</");
        self.out.push_str(self.name);
        self.out.push('>');
    }

    fn leaf<E: serde::de::Error>(mut self, value: impl Display) -> Result<(), E> {
        self.open()?;
        self.out.push_str(&value.to_string());
        self.close();
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for Element<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<(), D::Error> {
        reader.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Element<'_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("any JSON value")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E: serde::de::Error>(self, value: bool) -> Result<(), E> {
        self.leaf(value)
    }

    fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<(), E> {
        self.leaf(value)
    }

    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<(), E> {
        self.leaf(value)
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<(), E> {
        self.leaf(value)
    }

    fn visit_str<E: serde::de::Error>(mut self, value: &str) -> Result<(), E> {
        self.open()?;
        for c in value.chars() {
            match c {
                '&' => self.out.push_str("&amp;"),
                '<' => self.out.push_str("&lt;"),
                '>' => self.out.push_str("&gt;"),
                // A reader would turn it into a line feed.
                '\r' => self.out.push_str("&#13;"),
                '\t' | '\n' => self.out.push(c),
                _ if c.is_control() && c < ' ' => {
                    return Err(E::custom(format_args!("`{}` has a control character", self.name)));
                }
                _ => self.out.push(c),
            }
        }
        self.close();
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while list.next_element_seed(Element { name: self.name, out: &mut *self.out })?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        self.open().map_err(A::Error::custom::<A::Error>)?;
        while let Some(name) = map.next_key::<String>()? {
            map.next_value_seed(Element { name: &name, out: &mut *self.out })?;
        }
        self.close();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_lists_and_escapes() {
        let json = br#"{"b":{"c":["x<&>y\r",1,true]},"n":null,"e":[],"a":"\u4e91"}"#;
        let text = String::from_utf8(document("Root", json).unwrap()).unwrap();
        assert_eq!(text, "<Root><b><c>x&lt;&amp;&gt;y&#13;</c><c>1</c><c>true</c></b><a>云</a></Root>");
        assert!(document("a b", b"{}").is_err());
        assert!(document("a", br#"{"b><c":1}"#).is_err());
        assert!(document("a", br#"{"b":"\u0001"}"#).is_err());
    }
}
