//! Derives above the attribute.
//!
//! The compiler removes them from the item before the attribute runs, so they are read from the source
//! file. If there is no file, as in an editor, they are not known, and the compiler reports the conflict
//! with our derives.

use std::cell::RefCell;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::SystemTime;

use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use syn::Attribute;
use syn::parse::Parser;

use crate::derives;
use crate::errors::{Errors, list};

/// How many texts that only look like an attribute end the search.
const MOST_MISSES: usize = 3;

/// How much of the source file above an item is searched, in bytes.
const WINDOW: usize = 4096;

/// Whether anything reads the documentation of the code: rustdoc and editors run the macro in programs of other
/// names than a compiler's.
pub(crate) fn is_documented() -> bool {
    static DOCUMENTED: OnceLock<bool> = OnceLock::new();
    *DOCUMENTED.get_or_init(|| {
        let program = std::env::current_exe().ok();
        let name = program.as_deref().and_then(Path::file_stem).and_then(OsStr::to_str);
        !matches!(name, Some("rustc" | "clippy-driver"))
    })
}

/// The derives above the attribute that is being expanded.
pub(crate) fn derives() -> Vec<String> {
    let span = proc_macro::Span::call_site();
    source(&span, |source| source.derives_above(span.line(), span.column())).unwrap_or_default()
}

/// The derives beside and above the derive that is being expanded.
pub(crate) fn derives_beside() -> Vec<String> {
    let span = proc_macro::Span::call_site();
    source(&span, |source| {
        let (above, rest) = source.split(span.line(), span.column());
        // In code of a macro, the span is that of the macro, which is not in a list of derives.
        let list = above.rfind("#[").and_then(|at| above.get(at..));
        if list.is_none_or(|list| list.contains(']')) {
            return Vec::new();
        }
        // A list of derives has no bracket: the next one ends it.
        let rest = rest.find(']').and_then(|end| rest.get(..=end)).unwrap_or_default();
        names(&format!("{above}{rest}"))
    })
    .unwrap_or_default()
}

/// A source file. The last one is kept: a file with many models is read once.
struct Source {
    path: PathBuf,
    modified: Option<SystemTime>,
    text: String,
    /// Where each line begins.
    lines: Vec<usize>,
}

thread_local! {
    static LAST: RefCell<Option<Source>> = const { RefCell::new(None) };
}

/// Gives the file of a span to `look`, if there is one.
fn source<T>(span: &proc_macro::Span, look: impl FnOnce(&Source) -> T) -> Option<T> {
    let path = span.local_file()?;
    let modified = std::fs::metadata(&path).and_then(|file| file.modified()).ok();
    LAST.with_borrow_mut(|last| {
        if !last.as_ref().is_some_and(|known| known.path == path && known.modified == modified) {
            #[allow(clippy::disallowed_methods, reason = "the compiler reads this file, too")]
            let text = std::fs::read_to_string(&path).ok();
            *last = text.map(|text| Source::new(path, modified, text));
        }
        last.as_ref().map(look)
    })
}

impl Source {
    fn new(path: PathBuf, modified: Option<SystemTime>, text: String) -> Self {
        let ends = text.match_indices('\n').map(|(at, _)| at + 1);
        let lines = std::iter::once(0).chain(ends).collect();
        Self { path, modified, text, lines }
    }

    /// The derives above the attribute that begins at `line` and `column`, both counted from 1.
    fn derives_above(&self, line: usize, column: usize) -> Vec<String> {
        names(self.split(line, column).0)
    }

    /// The text before and after a place.
    fn split(&self, line: usize, column: usize) -> (&str, &str) {
        let start = self.lines.get(line.saturating_sub(1)).copied().unwrap_or(self.text.len());
        let rest = self.text.get(start..).unwrap_or_default();
        let column = rest.char_indices().nth(column.saturating_sub(1)).map_or(0, |(at, _)| at);
        self.text.split_at_checked(start + column).unwrap_or((&self.text, ""))
    }
}

/// The last words of the derives with which a text ends.
fn names(text: &str) -> Vec<String> {
    derives::names(&attributes_at_end(text)).iter().map(Ident::to_string).collect()
}

/// The attributes with which a text ends. They are in its last few KiB.
fn attributes_at_end(text: &str) -> Vec<Attribute> {
    let start = (text.len().saturating_sub(WINDOW)..text.len()).find(|at| text.is_char_boundary(*at));
    let text = text.get(start.unwrap_or_default()..).unwrap_or_default();
    let mut found = Vec::new();
    let (mut end, mut misses) = (text.len(), 0);
    while let Some(at) = text.get(..end).and_then(|before| before.rfind("#[")) {
        end = at;
        let (before, attributes) = text.split_at(at);
        if is_comment(before) {
            continue;
        }
        match attributes
            .parse()
            .ok()
            .and_then(|tokens: TokenStream| Attribute::parse_outer.parse2(tokens).ok())
        {
            Some(attributes) => (found, misses) = (attributes, 0),
            None if misses == MOST_MISSES => break,
            None => misses += 1,
        }
    }
    found
}

/// Whether the text after `before` is part of a comment.
fn is_comment(before: &str) -> bool {
    let line = before.rsplit('\n').next().unwrap_or_default();
    line.contains("//") || before.rfind("/*") > before.rfind("*/")
}

/// Reports derives above the macro `name`, or beside it, that the macro writes itself, in one message.
/// `masked` is true if its `Debug` masks secrets.
pub(crate) fn refuse(
    above: &[String],
    written: &[&str],
    masked: bool,
    name: &str,
    item: &impl ToTokens,
    errors: &mut Errors,
) {
    let is_above = |derive: &&str| above.iter().any(|above| above == derive);
    let is_masked = |derive: &&str| masked && *derive == "Debug";
    let (debug, others): (Vec<&str>, Vec<&str>) =
        written.iter().copied().filter(is_above).partition(is_masked);
    let mut advice = Vec::new();
    if !debug.is_empty() {
        advice.push(format!(
            "`#[derive(Debug)]` would show secrets, so `{name}` writes a `Debug` that masks them: remove `Debug` from the derive"
        ));
    }
    if !others.is_empty() {
        advice.push(twice(&others, name));
    }
    if !advice.is_empty() {
        errors.at(item, advice.join("; "));
    }
}

fn twice(others: &[&str], name: &str) -> String {
    let (are, them) = if others.len() == 1 { ("is", "it") } else { ("are", "them") };
    let others = list(others);
    match name {
        "CloudModel" => format!(
            "{others} {are} written by `CloudModel`, by the names on the wire: remove {them} from the derive"
        ),
        _ => format!(
            "{others} {are} derived above `#[{name}]`, which cannot see {them} there and derives {them}, too: move the derive below `#[{name}]`"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Source {
        Source::new(PathBuf::new(), None, text.to_owned())
    }

    #[test]
    fn derives_above_are_found_and_nothing_else() {
        for (above, wanted) in [
            ("#[derive(Debug)]\n", "Debug"),
            (
                "/// Docs #[derive(Hash)].\n#[derive(Debug, ::core::clone::Clone)] // why\n#[allow(dead_code)]\n",
                "Debug Clone",
            ),
            ("#[derive(A)]\n/* #[derive(B)] */\n/// x\n#[derive(C)] ", "A C"),
            ("#[derive(Hash)]\nstruct Other;\n", ""),
            ("// #[derive(Hash)]\n", ""),
            ("/*\n#[derive(Hash)]\n*/\n", ""),
            ("macro!{ #[derive(Hash)] struct A; } #[derive(Debug)] ", "Debug"),
            ("#[doc = \"a] #[derive(Hash)]\"]\n", ""),
            ("", ""),
        ] {
            let source = format!("mod x {{\n{above}#[cloud_model]\nstruct X;\n}}\n");
            let at = source.find("#[cloud_model").unwrap();
            let line = source[..at].matches('\n').count() + 1;
            let column = at - source[..at].rfind('\n').map_or(0, |end| end + 1) + 1;
            assert_eq!(read(&source).derives_above(line, column).join(" "), wanted, "{above}");
        }
        assert!(read("").derives_above(7, 9).is_empty());
    }
}
