//! YAML. Texts that could be read as something else are quoted as in JSON, which YAML contains.

use cloudcall::{Value, json};

/// The value as a YAML document.
pub(super) fn write(value: &Value) -> String {
    let mut out = String::new();
    block(&mut out, value, 0);
    out
}

fn block(out: &mut String, value: &Value, depth: usize) {
    let indent = "  ".repeat(depth);
    match value {
        Value::Object(members) if !members.is_empty() => {
            for (name, member) in members.iter() {
                out.push_str(&format!("{indent}{}:", scalar(name)));
                nested(out, member, depth + 1);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            for item in items {
                out.push_str(&format!("{indent}-"));
                let mut inner = String::new();
                nested(&mut inner, item, depth + 1);
                // The first line of a block stands beside its dash.
                let inner = inner
                    .strip_prefix('\n')
                    .map_or(inner.clone(), |block| format!(" {}", block.trim_start()));
                out.push_str(&inner);
            }
        }
        other => out.push_str(&format!("{indent}{}\n", plain(other))),
    }
}

/// What follows a colon or a dash.
fn nested(out: &mut String, value: &Value, depth: usize) {
    let is_block = match value {
        Value::Object(members) => !members.is_empty(),
        Value::Array(items) => !items.is_empty(),
        _ => false,
    };
    match is_block {
        true => {
            out.push('\n');
            block(out, value, depth);
        }
        false => out.push_str(&format!(" {}\n", plain(value))),
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => scalar(text),
        other => other.to_string(),
    }
}

/// Words that YAML readers take for flags and nulls, in any case.
const WORDS: [&str; 9] = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"];

fn scalar(text: &str) -> String {
    let begins = text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_' || c == '/');
    let harmless = text.chars().all(|c| c.is_alphanumeric() || "_-./ ".contains(c));
    let word = WORDS.contains(&text.to_ascii_lowercase().as_str());
    match begins && harmless && !word && !text.ends_with(' ') {
        true => text.to_owned(),
        false => json::Value::from(text).to_string(),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_indented_and_odd_texts_are_quoted() {
        let text = r#"{"A": [{"b": 1.50, "c": ["x", "1"]}, {}], "No": "no", "E": [], "T": "a: b", "L": [[1, 2]], "Nil": null}"#;
        let wanted = "A:\n  - b: 1.50\n    c:\n      - x\n      - \"1\"\n  - {}\n\"No\": \"no\"\nE: []\nT: \"a: b\"\nL:\n  - - 1\n    - 2\nNil: null\n";
        assert_eq!(write(&text.parse().unwrap()), wanted);
        assert_eq!(write(&"\"x\"".parse().unwrap()), "x\n");
    }
}
