//! A position in a list, as a text that can be stored.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::error::Error;

/// A position in a list, to continue later:
/// `client.describe_instances().pages().from(position)`.
///
/// ```
/// use cloudcall::paginate::PagePosition;
///
/// let position: PagePosition = "DescribeInstances:40:3:at:40".parse()?;
/// assert_eq!(position.to_string(), "DescribeInstances:40:3:at:40");
/// assert!(!position.is_end());
/// # Ok::<(), cloudcall::Error>(())
/// ```
///
/// It is exact to the page and, for [`Items`](super::Items), to the item. It can be stored
/// as a text, with `Display` and `FromStr` or with serde. It contains the cursor of the
/// service, so it expires together with the service's tokens.
///
/// # Errors
///
/// Parsing fails with kind `Config` if the text was not written by `Display`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct PagePosition {
    /// The action of the list.
    pub(super) action: String,
    /// Number of items before the page.
    pub(super) before: u64,
    /// True if `before` is an estimate, because the caller began in the middle of the list.
    pub(super) guessed: bool,
    /// Number of items of the page that were read already.
    pub(super) index: u64,
    /// The page.
    pub(super) place: Place,
}

/// A page of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Place {
    /// The page that the request itself selects.
    Start,
    /// The page with this cursor.
    At(String),
    /// The end of the list.
    End,
}

impl PagePosition {
    /// True if nothing follows.
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
                "this text is not a position in a list: pass the text of a `PagePosition` unchanged",
            )
        })
    }
}

/// Reads the text of a position.
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
