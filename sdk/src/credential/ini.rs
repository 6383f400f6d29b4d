//! The INI files of credentials.
//!
//! ```ini
//! # a comment
//! [default]
//! Secret_Id = AKIDexample
//! secret_key : p%q#r;s"
//! ```
//!
//! The rules are those of the vendors' readers:
//!
//! - `=` or `:` separates key and value; the first one of them counts.
//! - Keys have no case. Values are trimmed; quotes and `%` are literal.
//! - A section or a key that is there twice is an error.
//! - Only the wanted section is judged. Mistakes in others do not matter.
//! - A file has at most 1 MiB, is UTF-8, and may begin with a byte order mark.
//!
//! Messages name the place and never quote it, since it may be a secret.

use std::path::Path;

use super::file::{SIZE_CAP, broken, meant, shown, shown_name};
use crate::error::Error;

/// Where comments may be. A line that begins with `#` or `;` is always one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Comments {
    /// Only on separate lines, because a secret may contain ` #`.
    Lines,
    /// Also after a value, where `#` or `;` follows white space.
    #[cfg(any(feature = "alibaba", test))]
    AfterValues,
}

/// The keys, in lower case, and values of one section, in their order.
pub(crate) type Pairs = Vec<(String, String)>;

/// Reads one section. `None` if the file does not have it.
///
/// # Errors
///
/// Kind `Credentials` with file and line, if the file is too large, not UTF-8 or malformed.
pub(crate) fn read_section(
    path: &Path,
    bytes: &[u8],
    section: &str,
    comments: Comments,
) -> Result<Option<Pairs>, Error> {
    let fail = |what: &str| broken("profile", path, what);
    if bytes.len() > SIZE_CAP {
        return Err(fail("is larger than 1 MiB, so it is not a credentials file"));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| fail("is not UTF-8").with_source(error))?;
    let malformed = |line: usize, what: &str| {
        fail(&format!("is malformed: line {line}, in [{}], {what}", section.escape_debug()))
    };
    let mut found: Option<Vec<(String, String, usize)>> = None;
    let mut begins = 0;
    let mut place = IniPlace::Nowhere;
    for (number, line) in (1..).zip(text.strip_prefix('\u{feff}').unwrap_or(text).lines()) {
        let line = line.trim();
        if line.is_empty() || line.starts_with(['#', ';']) {
            continue;
        }
        if let Some(header) = line.strip_prefix('[') {
            let Some((name, _)) = header.split_once(']') else {
                return Err(fail(&format!("is malformed: line {number} has `[` without `]`")));
            };
            place = if name.trim() == section { IniPlace::Here } else { IniPlace::Elsewhere };
            if place == IniPlace::Here {
                if found.is_some() {
                    let what = format!(
                        "is malformed: line {number} begins [{}] again, after line {begins}; make them one section",
                        section.escape_debug()
                    );
                    return Err(fail(&what));
                }
                (found, begins) = (Some(Vec::new()), number);
            }
            continue;
        }
        let pairs = match (place, &mut found) {
            (IniPlace::Nowhere, _) => {
                return Err(fail("is malformed: it has keys before the first [section]"));
            }
            (IniPlace::Here, Some(pairs)) => pairs,
            _ => continue,
        };
        let Some((key, value)) = line.split_once(['=', ':']) else {
            let what = "has no `=`; write `key = value`, each value on one line";
            return Err(malformed(number, what));
        };
        let key = key.trim().to_lowercase();
        if key.is_empty() {
            return Err(malformed(number, "has no key before the `=`"));
        }
        if let Some((.., first)) = pairs.iter().find(|(known, ..)| *known == key) {
            return Err(malformed(number, &format!("has the same key as line {first}")));
        }
        pairs.push((key, uncommented(value, comments).to_owned(), number));
    }
    Ok(found.map(|pairs| pairs.into_iter().map(|(key, value, _)| (key, value)).collect()))
}

/// Why a section is *not configured*: the file does not have it.
pub(crate) fn no_section(path: &Path, bytes: &[u8], section: &str) -> String {
    format!("{} has no section [{}]{}", shown(path), shown_name(section), meant_section(bytes, section))
}

/// `, did you mean `prod`?`, if the file has a section with a name like the wanted one.
pub(crate) fn meant_section(bytes: &[u8], section: &str) -> String {
    let lines = std::str::from_utf8(bytes).unwrap_or_default().lines();
    meant(section, lines.filter_map(|line| Some(line.trim().strip_prefix('[')?.split_once(']')?.0.trim())))
}

/// Where the reader is.
#[derive(Clone, Copy, PartialEq)]
enum IniPlace {
    /// Before the first section.
    Nowhere,
    /// In the wanted section.
    Here,
    /// In another section.
    Elsewhere,
}

/// A value without the comment after it.
fn uncommented(value: &str, comments: Comments) -> &str {
    let value = value.trim();
    if comments == Comments::Lines {
        return value;
    }
    let mut before = ' ';
    let comment = value.char_indices().find(|(_, c)| {
        let begins = matches!(c, '#' | ';') && before.is_whitespace();
        before = *c;
        begins
    });
    comment.map_or(value, |(at, _)| value.get(..at).unwrap_or_default().trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Option<Pairs>, Error> {
        read_section(Path::new("/f"), text.as_bytes(), "default", Comments::Lines)
    }

    fn pairs(pairs: &[(&str, &str)]) -> Option<Pairs> {
        Some(pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect())
    }

    #[test]
    fn values_are_taken_literally() {
        let text = "\u{feff}[other]\r\nx=1\r\n[default]\r\n# no\r\nSecret_Id = a#b;c\r\nsecret_key : \"p%q=r\" # s\r\n";
        let wanted = pairs(&[("secret_id", "a#b;c"), ("secret_key", "\"p%q=r\" # s")]);
        assert_eq!(read(text).unwrap(), wanted);
    }

    #[test]
    fn comments_after_values_follow_white_space() {
        let text = "[default]   # mine\ntype = access_key  # what\na = p#q;r ; s\nb = # none\nc=\t;\nd = p\u{3000}#q\n";
        let read = read_section(Path::new("/f"), text.as_bytes(), "default", Comments::AfterValues).unwrap();
        assert_eq!(read, pairs(&[("type", "access_key"), ("a", "p#q;r"), ("b", ""), ("c", ""), ("d", "p")]));
    }

    #[test]
    fn nothing_is_put_together_from_two_places() {
        for (text, reason) in [
            ("[default]\na=1\n[other]\n[default]\nb=2\n", "line 4 begins [default] again, after line 1"),
            ("[default]\na=1\n[default]\n", "line 3 begins [default] again"),
            ("[default]\n[ default ]\n", "line 2 begins [default] again"),
            ("[default]\na=1\nb=2\nA : 3\n", "line 4, in [default], has the same key as line 2"),
        ] {
            let error = read(text).unwrap_err().to_string();
            assert!(error.contains(reason) && error.contains("/f"), "{text:?}: {error}");
        }
        // What is not read is not judged, and a section is known by its exact name.
        let text = "[other]\na=1\na=2\nb\n[other]\n[Default]\na=3\n[default]\na=4\n[DEFAULT]\nb=5\n";
        assert_eq!(read(text).unwrap(), pairs(&[("a", "4")]));
    }

    #[test]
    fn a_missing_section_is_not_an_error_but_a_malformed_file_is() {
        assert_eq!(read("[DEFAULT]\na=1\n").unwrap(), None);
        assert_eq!(read("").unwrap(), None);
        for (text, reason) in [
            ("a=1\n", "before the first"),
            ("[default]\nsecret_id\n", "line 2, in [default], has no `=`"),
            ("[default\na=1\n", "malformed"),
        ] {
            let error = read(text).unwrap_err().to_string();
            assert!(error.contains(reason) && error.contains("/f"), "{text:?}: {error}");
        }
        assert!(read_section(Path::new("/f"), &[0xff, 0xfe], "default", Comments::Lines).is_err());
    }

    #[test]
    fn errors_name_the_line_and_never_its_content() {
        for (text, place) in [
            ("[default]\nsecret_key PLANTED\n", "line 2"),
            ("[x]\nPLANTED\n[default]\n# c\n\nsecret_id=a\nsecret_key=b\n  PLANTED\n", "line 8"),
            ("[default]\n\u{feff}PLANTED\n", "line 2"),
            ("[default]\r\nPLANTED\r\n", "line 2"),
            ("[default]\nsecret_id=a\n= PLANTED\n", "line 3"),
            ("[default]\nsecret_id=a\n[PLANTED\n", "line 3"),
            ("[default]\nPLANTED=a\nPLANTED=b\n", "line 3"),
            ("PLANTED=1\n[default]\n", "before the first"),
            ("PLANTED\n[default]\n", "before the first"),
        ] {
            let error = read(text).unwrap_err();
            let shown = format!("{error} {error:?}");
            assert!(!shown.contains("PLANTED") && shown.contains(place), "{text:?}: {shown}");
        }
    }
}
