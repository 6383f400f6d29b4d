//! What was odd about a response that was read nevertheless.

use std::borrow::Cow;
use std::fmt;

use crate::telemetry::redact;

/// One odd member of a response: where it is, what was found there and what was expected.
///
/// It never quotes the value, which may be a secret. See [`Response::warnings`](crate::Response::warnings).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    path: String,
    found: Cow<'static, str>,
    expected: &'static str,
}

impl Warning {
    pub(crate) fn new(path: String, found: &'static str, expected: &'static str) -> Self {
        Self { path, found: Cow::Borrowed(found), expected }
    }

    pub(crate) fn twice(path: String) -> Self {
        Self::new(path, "the member more than once", "one; the last one was read")
    }

    pub(crate) fn half_pair(path: String) -> Self {
        Self::new(path, "half a surrogate pair", "a text; U+FFFD stands in its place")
    }

    /// What the service itself warns of. Its text is shown, but for what looks like a secret.
    pub(crate) fn notice(member: &str, text: &str) -> Self {
        let text: String = text.chars().take(500).map(|c| if c.is_control() { ' ' } else { c }).collect();
        let found = format!("a notice of the service: {}", redact::scrub(&text));
        Self { path: member.to_owned(), found: Cow::Owned(found), expected: "none" }
    }

    /// Where it is, such as `InstanceSet[3].Cpu`; empty for the response as a whole.
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

/// More warnings of one response are counted, but not kept.
const KEPT: usize = 100;

/// The warnings of one response. Nearly all have none, and take no room for it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Warnings(Option<Box<Recorded>>);

#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Recorded {
    list: Vec<Warning>,
    count: usize,
}

impl Warnings {
    /// Adds one, unless there are too many already.
    pub(crate) fn add(&mut self, warning: impl FnOnce() -> Warning) {
        let kept = self.0.get_or_insert_default();
        kept.count = kept.count.saturating_add(1);
        if kept.list.len() < KEPT {
            kept.list.push(warning());
        }
    }

    pub(crate) fn extend(&mut self, more: Self) {
        let Some(more) = more.0 else { return };
        let kept = self.0.get_or_insert_default();
        let room = KEPT.saturating_sub(kept.list.len());
        kept.list.extend(more.list.into_iter().take(room));
        kept.count = kept.count.saturating_add(more.count);
    }

    pub(crate) fn list(&self) -> &[Warning] {
        self.0.as_ref().map(|kept| kept.list.as_slice()).unwrap_or_default()
    }

    /// Also those that were not kept.
    pub(crate) fn count(&self) -> usize {
        self.0.as_ref().map_or(0, |kept| kept.count)
    }
}

/// The way to a value.
#[derive(Debug, Default)]
pub(crate) struct Path<'a>(Vec<Step<'a>>);

#[derive(Debug)]
enum Step<'a> {
    Name(Cow<'a, str>),
    Index(usize),
}

/// How much of a name is shown: in a map it is data.
const NAME_CAP: usize = 100;

impl<'a> Path<'a> {
    pub(crate) fn name(&mut self, name: impl Into<Cow<'a, str>>) {
        self.0.push(Step::Name(name.into()));
    }

    pub(crate) fn index(&mut self, at: usize) {
        self.0.push(Step::Index(at));
    }

    pub(crate) fn leave(&mut self) {
        self.0.pop();
    }

    /// The path of a member of the value.
    pub(crate) fn with(&self, name: &str) -> String {
        let mut text = self.to_string();
        push(&mut text, name);
        text
    }
}

fn push(text: &mut String, name: &str) {
    if !text.is_empty() {
        text.push('.');
    }
    text.extend(name.chars().take(NAME_CAP).map(|c| if c.is_control() { ' ' } else { c }));
}

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
