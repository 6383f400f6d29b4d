//! Error documents in XML: the texts of the root's children.
//!
//! Only errors are read as XML here. The parser is quick-xml. No entity but the five of XML is expanded,
//! whatever a document type declares, and the depth is bounded, so the cost of a document grows with its size
//! only.
//!
//! This document has the children `Code` and `Message`:
//!
//! ```text
//! <Error><Code>NoPermission</Code><Message>a &amp; b</Message></Error>
//! ```

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};

/// The nesting limit of a document, in levels. The vendor's error documents have two.
const DEPTH: usize = 64;

/// The text of a body: UTF-8, or UTF-16 with a byte order mark. `None` for another encoding.
pub(super) fn text(body: &[u8]) -> Option<Cow<'_, str>> {
    let utf16 = |bytes: &[u8], number: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes.chunks(2).filter_map(|two| two.try_into().ok().map(number)).collect();
        String::from_utf16(&units).ok().map(Cow::Owned)
    };
    match body {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => std::str::from_utf8(rest).ok().map(Cow::Borrowed),
        _ => std::str::from_utf8(body).ok().map(Cow::Borrowed),
    }
}

/// The children of the root element with their texts, if the root has one of the names `roots`.
///
/// Namespace prefixes and children without text are left out. The value of a child with elements inside is
/// the source text of these elements. `None` if the document has another root, is not well-formed, or is cut
/// off.
pub(super) fn children(text: &str, roots: &[&str]) -> Option<Vec<(String, String)>> {
    let mut reader = Reader::from_str(text);
    // Gateways write `&` in addresses without escaping it.
    reader.config_mut().allow_dangling_amp = true;
    match root(&mut reader)? {
        (name, _) if !roots.contains(&name.as_str()) => None,
        (_, true) => Some(Vec::new()),
        (_, false) => {
            let mut found = Vec::new();
            loop {
                match reader.read_event().ok()? {
                    Event::Start(tag) => {
                        let name = local_name(&tag);
                        let value = value(text, &mut reader)?;
                        if !value.is_empty() {
                            found.push((name, value));
                        }
                    }
                    Event::End(_) => return Some(found),
                    Event::Text(between) if !between.xml10_content().trim().is_empty() => return None,
                    Event::Eof => return None,
                    _ => {}
                }
            }
        }
    }
}

/// The name of the root element, and whether the root is empty. Declaration, document type and comments are
/// skipped.
fn root(reader: &mut Reader<&[u8]>) -> Option<(String, bool)> {
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) => return Some((local_name(&tag), false)),
            Event::Empty(tag) => return Some((local_name(&tag), true)),
            Event::Text(before) if !before.xml10_content().trim().is_empty() => return None,
            Event::Eof | Event::End(_) | Event::CData(_) | Event::GeneralRef(_) => return None,
            _ => {}
        }
    }
}

/// The name of an element without its namespace prefix.
fn local_name(tag: &BytesStart<'_>) -> String {
    tag.local_name().as_ref().to_owned()
}

/// The text of the element whose start tag was just read, without the white space around it.
fn value(document: &str, reader: &mut Reader<&[u8]>) -> Option<String> {
    let position = |reader: &Reader<&[u8]>| usize::try_from(reader.buffer_position()).ok();
    let begin = position(reader)?;
    let (mut value, mut depth, mut nested) = (String::new(), 2, false);
    loop {
        let end = position(reader)?;
        match reader.read_event().ok()? {
            Event::Text(text) => value.push_str(&text.xml10_content()),
            Event::CData(text) => value.push_str(&text.xml10_content()),
            Event::GeneralRef(reference) => push_reference(&reference, &mut value),
            Event::Start(_) => {
                (depth, nested) = (depth + 1, true);
                if depth > DEPTH {
                    return None;
                }
            }
            Event::Empty(_) => nested = true,
            Event::End(_) if depth > 2 => depth -= 1,
            Event::End(_) if nested => return Some(document.get(begin..end)?.trim().to_owned()),
            Event::End(_) => return Some(value.trim().to_owned()),
            Event::Eof => return None,
            Event::Comment(_) | Event::PI(_) | Event::Decl(_) | Event::DocType(_) => {}
        }
    }
}

/// Appends the character of a reference, such as `&lt;` or `&#65;`. A reference that XML does not define
/// stays as it was written.
fn push_reference(reference: &BytesRef<'_>, out: &mut String) {
    let name = reference.xml10_content();
    match (reference.resolve_char_ref(), resolve_xml_entity(&name)) {
        (Ok(Some(character)), _) => out.push(character),
        (_, Some(text)) => out.push_str(text),
        _ => {
            out.push('&');
            out.push_str(&name);
            out.push(';');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<Vec<(String, String)>> {
        children(text, &["Error"])
    }

    #[test]
    fn valid_documents_are_read_whatever_their_form() {
        for document in [
            "<Error><Code>A&amp;B</Code><Message>x &lt;&#20013;&#x4e2d;</Message></Error>",
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- c -->\n<Error a=\"b\">\n <Code>A&amp;B</Code> <!-- c --> <Empty/>\
             <Message>x &lt;中中</Message></Error>\n<!-- end -->",
            // A document type without effect, also one that declares entities that the document does not use.
            "<!DOCTYPE Error><Error><Code>A&amp;B</Code><Message>x &lt;中中</Message></Error>",
            "<!DOCTYPE Error [<!ENTITY a \"b\"><!ELEMENT Code (#PCDATA)>]><Error><Code>A&amp;B</Code><Message>x &lt;中中</Message></Error>",
            // Comments and instructions inside a text, and around it.
            "<Error><?go on?><Code>A<!-- no > text -->&amp;B</Code><Message>x <?p <q> ?>&lt;中中</Message></Error>",
            // `>` in the value of an attribute, and white space inside tags.
            "<Error t='a>b'><Code lang=\"x>y\" >A&amp;B</Code ><Message\n>x &lt;中中</Message\t></Error >",
            // Namespaces: a default one, and a prefix.
            "<Error xmlns=\"http://alibaba.example/\"><Code>A&amp;B</Code><Message>x &lt;中中</Message></Error>",
            "<e:Error xmlns:e=\"urn:e\"><e:Code>A&amp;B</e:Code><e:Message>x &lt;中中</e:Message></e:Error>",
            // Marked sections: with an end tag inside, split, and beside text.
            "<Error><Code><![CDATA[A&B]]></Code><Message><![CDATA[x ]]>&lt;<![CDATA[中]]>中</Message></Error>",
            // Empty elements in each form.
            "<Error><A/><B></B><C x=\"/>\" /><Code>A&amp;B</Code><Message>x &lt;中中</Message></Error>",
        ] {
            let wanted = [("Code", "A&B"), ("Message", "x <中中")];
            let wanted = wanted.map(|(name, value)| (name.to_owned(), value.to_owned()));
            assert_eq!(found(document).as_deref(), Some(&wanted[..]), "{document}");
        }
    }

    #[test]
    fn texts_are_kept_as_the_service_meant_them() {
        for (inner, wanted) in [
            ("<![CDATA[</Message>]]>", "</Message>"),
            ("<![CDATA[<&>]]> &no; a&b", "<&> &no; a&b"),
            ("a?x=1&y=2", "a?x=1&y=2"),
            ("&#0;&#xd800;&#x110000;", "&#0;&#xd800;&#x110000;"),
            ("line\r\nbreak\r", "line\nbreak"),
            (
                "see <b>this</b> &amp; <Message>that</Message>",
                "see <b>this</b> &amp; <Message>that</Message>",
            ),
            ("&quot;&apos;&gt;", "\"'>"),
        ] {
            let document = format!("<Error><Message>{inner}</Message></Error>");
            let wanted = vec![("Message".to_owned(), wanted.to_owned())];
            assert_eq!(found(&document), Some(wanted), "{inner}");
        }
        for empty in ["<Error/>", "<Error></Error>", "<Error> <!-- none --> </Error>", "<Error><A/></Error>"]
        {
            assert_eq!(found(empty), Some(Vec::new()), "{empty}");
        }
    }

    #[test]
    fn declared_entities_are_not_expanded() {
        let bomb = "<!DOCTYPE Error [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\"><!ENTITY c SYSTEM \"file:///etc/passwd\">]>\
                    <Error><Code>&b;&c;</Code></Error>";
        assert_eq!(found(bomb), Some(vec![("Code".to_owned(), "&b;&c;".to_owned())]));
    }

    #[test]
    fn either_width_of_unicode_is_read() {
        let document = "<Error><Code>云</Code></Error>";
        let units: Vec<u16> = document.encode_utf16().collect();
        let little: Vec<u8> =
            [0xfeff].iter().chain(&units).flat_map(|unit: &u16| unit.to_le_bytes()).collect();
        let big: Vec<u8> = [0xfeff].iter().chain(&units).flat_map(|unit: &u16| unit.to_be_bytes()).collect();
        for body in [document.as_bytes(), &[b"\xef\xbb\xbf", document.as_bytes()].concat(), &little, &big] {
            assert_eq!(text(body).as_deref(), Some(document));
        }
        assert_eq!(text(b"<Error>\xd4\xc6</Error>"), None);
    }

    #[test]
    fn hostile_texts_are_read_in_one_pass() {
        // Long enough that a reader which looks back at each mark would not end while anybody waits.
        for unit in
            ["&", "&#", "&amp;", "<", "<a>", "<a b='", "<![CDATA[", "]]>", "<!--", "<?", "<!DOCTYPE a ["]
        {
            let text = format!("<Error><Message>{}</Message></Error>", unit.repeat(1_000_000 / unit.len()));
            let found = found(&text);
            assert!(found.is_none_or(|found| found.len() == 1), "{unit}");
        }
        let deep =
            |levels: usize| format!("<Error>{}x{}</Error>", "<a>".repeat(levels), "</a>".repeat(levels));
        assert!(found(&deep(DEPTH - 1)).is_some());
        assert_eq!(found(&deep(DEPTH)), None);
    }

    #[test]
    fn what_is_no_error_document_is_refused() {
        for text in [
            "<html></html>",
            "<!DOCTYPE html><html><body>Bad Gateway</body></html>",
            "<Error><Code>a</Error>",
            "<Error><Code>a</Code>",
            "<Error>text</Error>",
            "text<Error></Error>",
            "</Error>",
            "<Error>",
            "<Error",
            "<",
            "",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
