//! The walk through a list whose types are known at run time only, for the command `cloudcall`.

use super::walk::{Facts, Walk};
use super::{Cursor, PageForm};
use crate::error::Error;

/// Where to go next in a list, by the rules of [`PageForm`].
#[derive(Debug)]
pub struct UntypedWalk(Walk);

/// What one response says of its paging.
#[derive(Debug, Default, Clone)]
pub struct PageFacts {
    /// The number of items of this page.
    pub count: u64,
    /// The number of all items.
    pub total: Option<u64>,
    /// The cursor of the next page.
    pub next: Option<Cursor>,
    /// Whether more pages follow.
    pub has_more: Option<bool>,
}

impl UntypedWalk {
    /// Begins a walk. `first` is the number of the first page or item, if it is not the usual one.
    pub fn new(form: PageForm, first: Option<u64>, action: &str) -> Self {
        Self(Walk::new(form, first, action))
    }

    /// Goes by token, although the action is usually paged by number.
    pub fn go_by_token(&mut self) {
        self.0.go_by_token();
    }

    /// Takes the cursor and the page size of the request.
    ///
    /// # Errors
    ///
    /// Kind `Config` if one of them gives no list.
    pub fn open(&mut self, cursor: Option<Cursor>, size: Option<Cursor>) -> Result<(), Error> {
        self.0.open(cursor, size)
    }

    /// The cursor of the next request; none where the request stays as it is. The end is `None`.
    pub fn step(&mut self) -> Option<Result<Option<Cursor>, Error>> {
        self.0.step()
    }

    /// Learns from a page. An error is reported by the next step, after this page was handed out.
    pub fn advance(&mut self, page: PageFacts) {
        let PageFacts { count, total, next, has_more } = page;
        if let Err(error) = self.0.advance(&Facts { count, total, next, has_more }) {
            self.0.fail(error);
        }
    }
}
