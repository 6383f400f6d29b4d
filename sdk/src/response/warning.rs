//! Warnings: odd members of a response that was read nevertheless, and the paths to them.
//!
//! `decode/`, `tolerant/mend.rs` and `value/parse.rs` record them; `spans.rs` logs them;
//! users get them from [`Response::warnings`](crate::Response::warnings).

use std::borrow::Cow;
use std::fmt;

use crate::telemetry::redact;

/// One odd member of a response: where it is, what was found there and what was expected.
///
/// It never quotes the value, which may be a secret. The one exception is a notice that the
/// service itself sends; its text is shown with secrets masked.
///
/// ```text
/// `ZoneSet[3].Rank`: found a text, expected an integer
/// `Tags.a`: found the member more than once, expected one; the last one was read
/// `DeprecatedWarning`: found a notice of the service: …, expected none
/// ```
///
/// A program can count warnings, or fail if a member that it depends on is odd:
///
/// ```
/// use cloudcall::response::Warning;
///
/// fn is_about_disks(warnings: &[Warning]) -> bool {
///     warnings.iter().any(|warning| warning.path().starts_with("DiskSet["))
/// }
/// # assert!(!is_about_disks(&[]));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// The path, such as `InstanceSet[3].Cpu`.
    path: String,
    /// What was found: a kind of value, or the text of a notice.
    found: Cow<'static, str>,
    /// What was expected.
    expected: &'static str,
}

impl Warning {
    /// A warning. `found` and `expected` are kinds, never values.
    pub(crate) fn new(path: String, found: &'static str, expected: &'static str) -> Self {
        Self { path, found: Cow::Borrowed(found), expected }
    }

    /// The warning about a member that an object has more than once. RFC 8259 leaves open
    /// what that means; the last one is read, as most parsers do.
    pub(crate) fn twice(path: String) -> Self {
        Self::new(path, "the member more than once", "one; the last one was read")
    }

    /// The warning about `\ud83d` without its second half, which is no character. Services
    /// produce it when they cut a text at a number of UTF-16 units.
    pub(crate) fn half_pair(path: String) -> Self {
        Self::new(path, "half a surrogate pair", "a text; U+FFFD stands in its place")
    }

    /// A notice of the service, such as the `DeprecatedWarning` of Tencent Cloud. At most
    /// 500 characters are kept, on one line and with secrets masked.
    pub(crate) fn notice(member: &str, text: &str) -> Self {
        let text: String = text.chars().take(500).map(|c| if c.is_control() { ' ' } else { c }).collect();
        let found = format!("a notice of the service: {}", redact::scrub(&text));
        Self { path: member.to_owned(), found: Cow::Owned(found), expected: "none" }
    }

    /// The path of the member, such as `InstanceSet[3].Cpu`. Empty for the response as a
    /// whole.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What was found, such as `a text`.
    pub fn found(&self) -> &str {
        &self.found
    }

    /// What was expected, such as `an integer`.
    pub fn expected(&self) -> &'static str {
        self.expected
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, found, expected } = self;
        let path = if path.is_empty() { "the response" } else { path };
        write!(f, "`{path}`: found {found}, expected {expected}")
    }
}

/// Maximum number of warnings that are kept for one response. Further ones are counted
/// only, so a list of a million odd elements does not fill the memory.
const KEPT: usize = 100;

/// The warnings of one response. Nearly all responses have none, and then this is one null
/// pointer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Warnings(Option<Box<Recorded>>);

/// The kept warnings, and the number of all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Recorded {
    /// At most [`KEPT`] warnings, in the order in which they were found.
    list: Vec<Warning>,
    /// The number of all warnings.
    count: usize,
    /// The lists from which elements were removed, and how many, unless the list is itself
    /// an element of one.
    shortened: Vec<(String, u64)>,
}

impl Warnings {
    /// Adds a warning. The function that builds it is called only if the warning is kept.
    pub(crate) fn add(&mut self, warning: impl FnOnce() -> Warning) {
        let kept = self.0.get_or_insert_default();
        kept.count = kept.count.saturating_add(1);
        if kept.list.len() < KEPT {
            kept.list.push(warning());
        }
    }

    /// Adds the warnings of another pass.
    pub(crate) fn extend(&mut self, more: Self) {
        let Some(more) = more.0 else { return };
        let kept = self.0.get_or_insert_default();
        let room = KEPT.saturating_sub(kept.list.len());
        kept.list.extend(more.list.into_iter().take(room));
        kept.count = kept.count.saturating_add(more.count);
        kept.shortened.extend(more.shortened);
    }

    /// Records how many elements were removed from the list at `path`.
    pub(crate) fn shorten(&mut self, path: &Path<'_>, removed: usize) {
        if removed > 0 && !path.0.iter().any(|step| matches!(step, Step::Index(_))) {
            self.0.get_or_insert_default().shortened.push((path.to_string(), removed as u64));
        }
    }

    /// The number of elements that were removed from the list at this path.
    pub(crate) fn removed_from(&self, path: &str) -> u64 {
        let lists = self.0.iter().flat_map(|kept| &kept.shortened);
        lists.filter(|(list, _)| list == path).map(|(_, removed)| removed).sum()
    }

    /// The kept warnings.
    pub(crate) fn list(&self) -> &[Warning] {
        self.0.as_ref().map(|kept| kept.list.as_slice()).unwrap_or_default()
    }

    /// The number of all warnings, also of those that were not kept.
    pub(crate) fn count(&self) -> usize {
        self.0.as_ref().map_or(0, |kept| kept.count)
    }
}

/// The path to a value. A pass over a tree pushes a step when it enters a member or an
/// element, and pops it when it leaves; the text is made only for a warning.
#[derive(Debug, Default)]
pub(crate) struct Path<'a>(Vec<Step<'a>>);

/// One step of a path.
#[derive(Debug)]
enum Step<'a> {
    /// A member. Borrowed from the text or from the names of a model if possible.
    Name(Cow<'a, str>),
    /// An element of a list. The first one is 0.
    Index(usize),
}

/// Maximum number of characters of a name that are shown. The names in a map are data of
/// the service and can be long.
const NAME_CAP: usize = 100;

impl<'a> Path<'a> {
    /// Enters a member.
    pub(crate) fn name(&mut self, name: impl Into<Cow<'a, str>>) {
        self.0.push(Step::Name(name.into()));
    }

    /// Enters an element of a list.
    pub(crate) fn index(&mut self, at: usize) {
        self.0.push(Step::Index(at));
    }

    /// Leaves the member or element that was entered last.
    pub(crate) fn leave(&mut self) {
        self.0.pop();
    }

    /// The path of a member of the current value, as text.
    pub(crate) fn with(&self, name: &str) -> String {
        let mut text = self.to_string();
        push(&mut text, name);
        text
    }
}

/// Appends a name to a path. Control characters become spaces, so that a name cannot forge
/// a line of a log.
fn push(text: &mut String, name: &str) {
    if !text.is_empty() {
        text.push('.');
    }
    text.extend(name.chars().take(NAME_CAP).map(|c| if c.is_control() { ' ' } else { c }));
}

/// Writes the path as users see it: `InstanceSet[3].Tags.a`. Nothing for the whole
/// document.
impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::new();
        for step in &self.0 {
            match step {
                Step::Name(name) => push(&mut text, name),
                Step::Index(at) => text.push_str(&format!("[{at}]")),
            }
        }
        f.write_str(&text)
    }
}
