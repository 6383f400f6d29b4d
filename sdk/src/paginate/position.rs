//! Where in a list one stands, as a text that outlives the process.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::error::Error;

/// A place in a list, to go on from later: `client.describe_instances().pages().from(position)`.
///
/// Exact to the page, and where items are read, to the item within its page. It is a text, by `Display` and `FromStr` or
/// by serde, and holds the service's cursor as it came: keep it no longer than the service keeps its tokens.
///
/// ```
/// use cloudcall::paginate::PagePosition;
///
/// let position: PagePosition = "DescribeInstances:40:3:at:40".parse()?;
/// assert_eq!(position.to_string(), "DescribeInstances:40:3:at:40");
/// assert!(!position.is_end());
/// # Ok::<(), cloudcall::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct PagePosition {
    /// The action whose list it is.
    pub(super) action: String,
    /// How many items stand before the page.
    pub(super) before: u64,
    /// Whether `before` is only a guess, since the caller began in the middle.
    pub(super) guessed: bool,
    /// How many items of the page were read already.
    pub(super) index: u64,
    pub(super) place: Place,
}

/// Which page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Place {
    /// The one that the request itself asks for.
    Start,
    /// The one of this cursor.
    At(String),
    /// After the last one.
    End,
}

impl PagePosition {
    /// Whether nothing follows.
    pub fn is_end(&self) -> bool {
        self.place == Place::End
    }
}

impl fmt::Display for PagePosition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let guessed = if self.guessed { "~" } else { "" };
        write!(f, "{}:{guessed}{}:{}:", self.action, self.before, self.index)?;
        match &self.place {
            Place::Start => f.write_str("start"),
            Place::At(cursor) => write!(f, "at:{cursor}"),
            Place::End => f.write_str("end"),
        }
    }
}

impl FromStr for PagePosition {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        read(text).ok_or_else(|| {
            Error::config(
                "this is no position in a list: give the text that `PagePosition` was written as, unchanged",
            )
        })
    }
}

fn read(text: &str) -> Option<PagePosition> {
    let mut parts = text.splitn(4, ':');
    let (action, before, index, place) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let place = match place.split_once(':') {
        Some(("at", cursor)) if !cursor.is_empty() => Place::At(cursor.to_owned()),
        None if place == "start" => Place::Start,
        None if place == "end" => Place::End,
        _ => return None,
    };
    let (guessed, before) = before.strip_prefix('~').map_or((false, before), |before| (true, before));
    Some(PagePosition {
        action: action.to_owned(),
        before: before.parse().ok()?,
        guessed,
        index: index.parse().ok()?,
        place,
    })
}

impl TryFrom<String> for PagePosition {
    type Error = Error;

    fn try_from(text: String) -> Result<Self, Error> {
        text.parse()
    }
}

impl From<PagePosition> for String {
    fn from(position: PagePosition) -> Self {
        position.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_position_is_read_as_it_was_written() {
        for text in ["A:0:0:start", "A:40:3:at:a:b%: c", "A:~40:3:at:5", "A:9:0:end"] {
            let position: PagePosition = text.parse().unwrap();
            assert_eq!(position.to_string(), text);
            let json = serde_json::to_string(&position).unwrap();
            assert_eq!(serde_json::from_str::<PagePosition>(&json).unwrap(), position);
        }
        for text in
            ["", "A", "A:1:2", "A:1:2:at:", "A:1:2:at", "A:x:2:start", "A:1:-2:start", "A:1:2:start:x"]
        {
            assert!(text.parse::<PagePosition>().is_err(), "{text}");
        }
    }
}
