//! From one page to the next: the rules of [`PageForm`](super::PageForm), without the types of any action.

mod number;
#[cfg(test)]
mod tests;
mod token;

use std::collections::HashSet;
use std::hash::RandomState;

use super::PageForm;
use super::cursor::Cursor;
use super::position::{PagePosition, Place};
use crate::error::{Error, ErrorKind};

/// How many pages without items may follow each other unless the caller says otherwise.
const EMPTY_PAGES: u32 = 100;

/// What a response says of its paging.
#[derive(Debug, Default, Clone)]
pub(super) struct Facts {
    pub(super) count: u64,
    pub(super) total: Option<u64>,
    pub(super) next: Option<Cursor>,
    pub(super) has_more: Option<bool>,
}

/// Where the stream stands, and what it has seen of the list.
#[derive(Debug)]
pub(super) struct Walk {
    form: PageForm,
    /// The number of the first page, or of the first item.
    first: u64,
    /// Whether the declaration says so.
    has_first: bool,
    position: PagePosition,
    /// Why nothing more is fetched although the list has not ended.
    failed: Option<Error>,
    stopped: bool,
    opened: bool,
    /// The offset or the number of the page that the position is at.
    number: u64,
    size: Option<u64>,
    /// The longest page so far.
    largest: u64,
    /// The last total that can be true, and the least.
    total: Option<u64>,
    least: Option<u64>,
    pages: u64,
    empty: u32,
    /// Hashes of the tokens that came: a hash takes less room than a token, which may be long.
    tokens: HashSet<u64>,
    hasher: RandomState,
    pub(super) max_pages: u64,
    pub(super) max_empty: u32,
    pub(super) ignore_total: bool,
    pub(super) end_at_repeated: bool,
}

impl Walk {
    /// `first` is the number of the first page, or of the first item, if it is not the usual one.
    pub(super) fn new(form: PageForm, first: Option<u64>, action: &str) -> Self {
        let position = PagePosition {
            action: action.to_owned(),
            before: 0,
            guessed: false,
            index: 0,
            place: Place::Start,
        };
        Self {
            form,
            first: first.unwrap_or(u64::from(form == PageForm::Number)),
            has_first: first.is_some(),
            position,
            failed: None,
            stopped: false,
            opened: false,
            number: 0,
            size: None,
            largest: 0,
            total: None,
            least: None,
            pages: 0,
            empty: 0,
            tokens: HashSet::new(),
            hasher: RandomState::new(),
            max_pages: u64::MAX,
            max_empty: EMPTY_PAGES,
            ignore_total: false,
            end_at_repeated: false,
        }
    }

    pub(super) fn position(&self) -> &PagePosition {
        &self.position
    }

    /// Goes on from `position`, before anything was fetched.
    pub(super) fn resume(&mut self, position: PagePosition) {
        if position.action == self.position.action {
            self.position = position;
        } else {
            let what = format!(
                "the position is one in the list of `{}`: it does not lead through this list",
                position.action
            );
            self.fail(Error::config(what));
        }
    }

    /// The stream ends with this error once it is asked again.
    pub(super) fn fail(&mut self, error: Error) {
        self.failed.get_or_insert(error);
    }

    /// Nothing is fetched any more.
    pub(super) fn stop(&mut self) {
        self.stopped = true;
    }

    pub(super) fn is_open(&self) -> bool {
        self.opened
    }

    /// The request asks for a token, although its action is usually paged by number. Totals do not hold then: services document
    /// that they count one page, or nothing.
    pub(super) fn go_by_token(&mut self) {
        self.form = PageForm::Token;
        self.ignore_total = true;
    }

    /// Learns what the request itself says, once.
    pub(super) fn open(&mut self, cursor: Option<Cursor>, size: Option<Cursor>) -> Result<(), Error> {
        self.opened = true;
        self.size = match size {
            Some(size) => Some(size.number().filter(|size| *size > 0).ok_or_else(|| {
                let what = format!("{} items a page give no list: set at least 1", size.into_text());
                Error::config(what)
            })?),
            None => None,
        };
        let is_start = self.position.place == Place::Start;
        let own = match &self.position.place {
            Place::Start => cursor,
            Place::At(cursor) => Some(Cursor::Text(cursor.clone())),
            Place::End => None,
        };
        if self.form == PageForm::Token {
            if let Some(token) = own {
                // What stands before the caller's own token is not known.
                self.position.guessed |= is_start;
                self.is_new(&token.into_text());
            }
            return Ok(());
        }
        self.number = match own {
            Some(cursor) => cursor.number().ok_or_else(|| {
                let what =
                    format!("the list cannot begin at {:?}: that is no whole number", cursor.into_text());
                Error::config(what)
            })?,
            None => self.first,
        };
        if is_start {
            match self.form {
                PageForm::Offset => self.position.before = self.number.saturating_sub(self.first),
                // Services that count pages from 1 document that page 0 is the first one, too.
                _ if self.has_first => self.number = self.number.max(self.first),
                _ => {}
            }
        }
        Ok(())
    }

    /// What the request must say to fetch the next page; nothing where it says so already. None is the end.
    pub(super) fn step(&mut self) -> Option<Result<Option<Cursor>, Error>> {
        if let Some(error) = self.failed.take() {
            self.stopped = true;
            return Some(Err(error));
        }
        if self.stopped || self.pages >= self.max_pages {
            return None;
        }
        match &self.position.place {
            Place::Start => Some(Ok(None)),
            Place::At(cursor) => Some(Ok(Some(Cursor::Text(cursor.clone())))),
            Place::End => None,
        }
    }

    /// Learns from a page. What is wrong with the way to the next one is reported after this page was handed out.
    pub(super) fn advance(&mut self, page: &Facts) -> Result<(), Error> {
        self.pages += 1;
        self.largest = self.largest.max(page.count);
        let next = match self.form {
            PageForm::Token => self.by_token(page),
            PageForm::Offset | PageForm::Number => self.by_number(page),
        };
        match next {
            Ok((before, place)) => {
                self.position.place = place;
                self.position.before = before;
                self.position.index = 0;
                Ok(())
            }
            Err(error) => {
                // Whoever goes on from here asks for the same page again, and skips what was read of it.
                self.position.index = page.count;
                Err(error)
            }
        }
    }

    /// The number of all items, unless this is known to be wrong: services say 0, or the number of this page's items, where
    /// they do not count. Some say it in the first response only.
    fn total(&mut self, page: &Facts, reached: u64) -> Option<u64> {
        if self.ignore_total {
            return None;
        }
        let counted = page.total.filter(|total| *total > 0 || page.count == 0);
        self.least = self.least.into_iter().chain(counted).min();
        self.total = counted.or(self.total);
        self.total.filter(|total| *total >= reached)
    }

    /// The end of the list, if all of it came.
    fn end(&self, reached: u64) -> Result<(u64, Place), Error> {
        let total =
            self.least.filter(|total| *total > reached && !self.ignore_total && !self.position.guessed);
        let Some(total) = total else { return Ok((reached, Place::End)) };
        let alone = self.form == PageForm::Token && self.pages == 1 && self.size.is_none();
        let advice = if alone {
            "set how many items a page has, since some services give a token for the next page only then"
        } else {
            "read the list again; if the service counts something else, or only estimates, call `ignore_total()`"
        };
        Err(unclear(format!("the list ended after {reached} of {total} items: {advice}")))
    }

    fn count_empty(&mut self, page: &Facts) -> Result<(), Error> {
        self.empty = if page.count == 0 { self.empty + 1 } else { 0 };
        if self.empty < self.max_empty {
            return Ok(());
        }
        Err(unclear(format!(
            "{} pages without an item came one after the other, and still more are said to follow: \
             narrow the request, or raise `max_empty_pages`",
            self.empty
        )))
    }
}

fn unclear(what: String) -> Error {
    Error::new(ErrorKind::Decode, what)
}
