//! Just enough XML for an error document: the texts of the root's children.
//!
//! A document type declaration is refused, so there are no entities to expand but the five that XML has and
//! characters by number; nothing nests, so nothing can be made deep.

/// The children of the root element with their texts, if the root has one of these names.
pub(super) fn children(text: &str, roots: &[&str]) -> Option<Vec<(String, String)>> {
    let mut rest = prolog(text)?;
    let (root, after) = open(rest)?;
    if !roots.contains(&root) {
        return None;
    }
    rest = after;
    let mut found = Vec::new();
    loop {
        rest = skip_comments(rest.trim_start())?;
        if rest.starts_with("</") {
            return Some(found);
        }
        let (name, after) = open(rest)?;
        if rest.get(..rest.len() - after.len())?.ends_with("/>") {
            rest = after;
            continue;
        }
        let end = format!("</{name}>");
        let (inner, after) = after.split_once(&end)?;
        found.push((name.to_owned(), plain(inner)));
        rest = after;
    }
}

/// What follows the declaration and comments.
fn prolog(text: &str) -> Option<&str> {
    let mut rest = text.trim_start();
    if let Some(declaration) = rest.strip_prefix("<?") {
        rest = declaration.split_once("?>")?.1.trim_start();
    }
    rest = skip_comments(rest)?;
    if rest.starts_with("<!") { None } else { Some(rest) }
}

fn skip_comments(mut rest: &str) -> Option<&str> {
    while let Some(comment) = rest.strip_prefix("<!--") {
        rest = comment.split_once("-->")?.1.trim_start();
    }
    Some(rest)
}

/// The name of the tag that `text` begins with, and what follows the tag.
fn open(text: &str) -> Option<(&str, &str)> {
    let (tag, after) = text.strip_prefix('<')?.split_once('>')?;
    let name = tag.trim_end_matches('/').split_ascii_whitespace().next()?;
    let word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':');
    name.chars().all(word).then_some((name, after))
}

/// A text with its character references and marked sections resolved.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.trim();
    loop {
        let Some(at) = rest.find(['&', '<']) else {
            out.push_str(rest);
            return out;
        };
        let (before, after) = rest.split_at(at);
        out.push_str(before);
        if let Some(raw) = after.strip_prefix("<![CDATA[") {
            let (raw, next) = raw.split_once("]]>").unwrap_or((raw, ""));
            out.push_str(raw);
            rest = next;
        } else if let Some((character, next)) = reference(after) {
            out.push(character);
            rest = next;
        } else {
            // An unknown reference, or a nested element: kept as it was written.
            let mut characters = after.chars();
            out.extend(characters.next());
            rest = characters.as_str();
        }
    }
}

fn reference(text: &str) -> Option<(char, &str)> {
    // The longest one has ten characters: looking further would make a text of ampersands slow to read.
    let text = text.strip_prefix('&')?;
    let end = text.bytes().take(10).position(|byte| byte == b';')?;
    let (name, rest) = (text.get(..end)?, text.get(end + 1..)?);
    let character = match name {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "quot" => '"',
        "apos" => '\'',
        _ => {
            let number = name.strip_prefix('#')?;
            let number = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(number)?
        }
    };
    Some((character, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<Vec<(String, String)>> {
        children(text, &["Error"])
    }

    #[test]
    fn texts_are_read() {
        let text = "<?xml version=\"1.0\"?>\n<!-- c --><Error a=\"b\">\n <Code>A&amp;B</Code><!-- c --> <Empty/>\
                    <Message>x &lt;&#20013;&#x4e2d; <![CDATA[<&>]]> &no; a&b</Message></Error>";
        let wanted = [("Code", "A&B"), ("Message", "x <中中 <&> &no; a&b")];
        let found = found(text).unwrap();
        assert_eq!(found, wanted.map(|(name, value)| (name.to_owned(), value.to_owned())));
    }

    #[test]
    fn hostile_texts_are_read_in_one_pass() {
        // Long enough that a reader which looks back at each mark would not end while anybody waits.
        for unit in ["&", "&#", "&amp;", "<", "<![CDATA[", "]]>", "<!--"] {
            let text = format!("<Error><Message>{}</Message></Error>", unit.repeat(1_000_000 / unit.len()));
            let found = found(&text);
            assert!(found.is_none_or(|found| found.len() == 1), "{unit}");
        }
    }

    #[test]
    fn what_is_no_error_document_is_refused() {
        for text in [
            "<html></html>",
            "<!DOCTYPE Error [<!ENTITY a \"b\">]><Error></Error>",
            "<?xml version='1.0'?><!DOCTYPE x><Error><Code>a</Code></Error>",
            "<Error><Code>a</Error>",
            "<Error>text</Error>",
            "<Error>",
            "<Error",
            "<",
            "",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
        assert_eq!(found("<Error></Error>"), Some(Vec::new()));
    }
}
