//! A line of bash, split into words as bash splits it.
//!
//! bash itself also breaks words at `=`, `:` and `@`, so its own words are of no use, and a candidate
//! replaces only the last part.

/// The words before the cursor, and the one under it.
#[derive(Debug, Default)]
pub(super) struct Line {
    pub(super) before: Vec<String>,
    pub(super) current: String,
    /// The current word is inside quotes.
    quoted: bool,
}

/// Reads the line up to the cursor, a position in bytes.
pub(super) fn read(line: &str, point: usize) -> Line {
    let text = line.get(..point).unwrap_or(line);
    let mut read = Line::default();
    let (mut quote, mut begun, mut chars) = (None, false, text.chars());
    while let Some(c) = chars.next() {
        match (quote, c) {
            (None, ' ' | '\t' | '\n') => {
                if begun {
                    read.before.push(std::mem::take(&mut read.current));
                }
                begun = false;
                continue;
            }
            (None, '\'' | '"') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            (None | Some('"'), '\\') => read.current.extend(chars.next()),
            (_, c) => read.current.push(c),
        }
        begun = true;
    }
    read.quoted = quote.is_some();
    // Words before the command set variables.
    let program = read.before.iter().position(|word| word.rsplit('/').next() == Some("cloudcall"));
    read.before.drain(..program.unwrap_or(0));
    read
}

impl Line {
    /// What bash puts in place of `fragment`, the last part of the current word.
    pub(super) fn replacement(&self, candidate: &str, fragment: &str) -> String {
        let kept = self.current.strip_suffix(fragment).unwrap_or_default();
        let rest = candidate.strip_prefix(kept).unwrap_or(candidate);
        match self.quoted {
            true => rest.to_owned(),
            false => escaped(rest),
        }
    }
}

/// A word that a shell reads as this text.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if !c.is_alphanumeric() && !"_./:@%+=,-".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_split_as_bash_does() {
        let line = read(r#"A=1 /bin/cloudcall tencent "c v" 'a"b' x\ y --output=js and more"#, 55);
        assert_eq!(line.before, ["/bin/cloudcall", "tencent", "c v", "a\"b", "x y"]);
        assert_eq!(line.current, "--output=js");
        assert_eq!(line.replacement("--output=json", "js"), "json");
        assert_eq!(line.replacement("--output=json", "--output=js"), "--output=json");
        assert_eq!(read("cloudcall ", 10).current, "");
        let open = read("cloudcall 'a b", 99);
        assert_eq!((open.current.as_str(), open.replacement("a b c", "a b")), ("a b", "a b c".to_owned()));
        assert_eq!(read("cloudcall a", 99).replacement("a b$", "a"), "a\\ b\\$");
        assert_eq!(read("", 5).before, [""; 0]);
    }
}
