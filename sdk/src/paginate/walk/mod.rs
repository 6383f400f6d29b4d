//! The steps from one page to the next: the rules of [`PageForm`](super::PageForm), without
//! the types of the action.
//!
//! A walk is driven from outside: `open` reads the request once, `step` gives the cursor of
//! the next page or the end, and `advance` takes the facts of the page. The walk does no
//! I/O and knows no types, so its rules are tested with plain numbers.
//!
//! A problem with the next page never costs the current one: the error is kept and reported
//! by the next `step`. The position then still selects the page after which the walk
//! failed.

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

/// Default for the number of consecutive pages without items that are an error.
const EMPTY_PAGES: u32 = 100;

/// The paging facts of a response.
#[derive(Debug, Default, Clone)]
pub(super) struct Facts {
    /// Number of items in the response.
    pub(super) count: u64,
    /// Number of items in the whole list.
    pub(super) total: Option<u64>,
    /// The cursor of the next page.
    pub(super) next: Option<Cursor>,
    /// Whether more pages follow.
    pub(super) has_more: Option<bool>,
}

/// The state of a walk through a list.
#[derive(Debug)]
pub(super) struct Walk {
    /// What the cursor counts.
    form: PageForm,
    /// Number of the first page, or of the first item.
    first: u64,
    /// True if the declaration sets `first`.
    has_first: bool,
    /// The next page.
    position: PagePosition,
    /// The error that ends the walk before the end of the list.
    failed: Option<Error>,
    /// True if no more pages are fetched.
    stopped: bool,
    /// True after the request was read.
    opened: bool,
    /// Offset or number of the next page.
    number: u64,
    /// The page size of the request.
    size: Option<u64>,
    /// Length of the longest page so far.
    largest: u64,
    /// The last total that can be true.
    total: Option<u64>,
    /// The smallest total so far.
    least: Option<u64>,
    /// Number of pages so far.
    pages: u64,
    /// Number of consecutive pages without items.
    empty: u32,
    /// Hashes of the tokens so far. A hash needs less memory than a token, which may be
    /// long.
    tokens: HashSet<u64>,
    /// Computes these hashes.
    hasher: RandomState,
    /// See [`Pages::max_pages`](super::Pages::max_pages).
    pub(super) max_pages: u64,
    /// See [`Pages::max_empty_pages`](super::Pages::max_empty_pages).
    pub(super) max_empty: u32,
    /// See [`Pages::ignore_total`](super::Pages::ignore_total).
    pub(super) ignore_total: bool,
    /// See [`Pages::end_at_repeated_token`](super::Pages::end_at_repeated_token).
    pub(super) end_at_repeated: bool,
    /// How messages name these settings.
    pub(super) setting: fn(&str) -> String,
}

impl Walk {
    /// A walk through the list of `action`. `first` is the number of the first page or
    /// item, if it is not the usual one.
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
            setting: |name| format!("`{name}()`"),
        }
    }

    /// The position of the next page.
    pub(super) fn position(&self) -> &PagePosition {
        &self.position
    }

    /// Continues from `position`. Called before the first page is fetched.
    pub(super) fn resume(&mut self, position: PagePosition) {
        if position.action == self.position.action {
            self.position = position;
        } else {
            let what =
                format!("the position belongs to the list of `{}`: use it with that action", position.action);
            self.fail(Error::config(what));
        }
    }

    /// Ends the walk with this error at the next step.
    pub(super) fn fail(&mut self, error: Error) {
        self.failed.get_or_insert(error);
    }

    /// Ends the walk.
    pub(super) fn stop(&mut self) {
        self.stopped = true;
    }

    /// True after [`open`](Self::open).
    pub(super) fn is_open(&self) -> bool {
        self.opened
    }

    /// Switches to tokens, because the request sets a token although its action is usually
    /// paged by number. Totals are ignored then: services document that they count one
    /// page, or nothing.
    pub(super) fn go_by_token(&mut self) {
        self.form = PageForm::Token;
        self.ignore_total = true;
    }

    /// Reads the cursor and the page size of the request, once.
    pub(super) fn open(&mut self, cursor: Option<Cursor>, size: Option<Cursor>) -> Result<(), Error> {
        self.opened = true;
        self.size = match size {
            Some(size) => Some(size.number().filter(|size| *size > 0).ok_or_else(|| {
                let what = format!("the page size is {}: set at least 1", size.into_text());
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
                // The number of items before a token of the caller is not known.
                self.position.guessed |= is_start;
                self.is_new(&token.into_text());
            }
            return Ok(());
        }
        self.number = match own {
            Some(cursor) => cursor.number().ok_or_else(|| {
                let what =
                    format!("the list cannot begin at {:?}: it is not a whole number", cursor.into_text());
                Error::config(what)
            })?,
            None => self.first,
        };
        if is_start {
            match self.form {
                PageForm::Offset => self.position.before = self.number.saturating_sub(self.first),
                // Services that count pages from 1 document that page 0 is the first one,
                // too.
                _ if self.has_first => self.number = self.number.max(self.first),
                _ => {}
            }
        }
        Ok(())
    }

    /// The cursor that selects the next page. The inner `None` means that the request
    /// selects it already. The outer `None` is the end.
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

    /// Moves on after a page. If the next page cannot be determined, the error is reported
    /// after this page was returned.
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
                // A walk that continues here requests the same page again, and skips the
                // items that were read.
                self.position.index = page.count;
                Err(error)
            }
        }
    }

    /// The number of all items, unless it is known to be wrong. Some services send 0, or
    /// the number of items on the page, if they do not count. Some send the total only in
    /// the first response.
    fn total(&mut self, page: &Facts, reached: u64) -> Option<u64> {
        if self.ignore_total {
            return None;
        }
        let counted = page.total.filter(|total| *total > 0 || page.count == 0);
        self.least = self.least.into_iter().chain(counted).min();
        self.total = counted.or(self.total);
        self.total.filter(|total| *total >= reached)
    }

    /// The end of the list. It is an error if items are missing.
    fn end(&self, reached: u64) -> Result<(u64, Place), Error> {
        let total =
            self.least.filter(|total| *total > reached && !self.ignore_total && !self.position.guessed);
        let Some(total) = total else { return Ok((reached, Place::End)) };
        let alone = self.form == PageForm::Token && self.pages == 1 && self.size.is_none();
        let advice = if alone {
            "set a page size, because some services send a token for the next page only then".to_owned()
        } else {
            let setting = (self.setting)("ignore_total");
            format!(
                "read the list again; if the total counts something else or is an estimate, use {setting}"
            )
        };
        Err(unclear(format!("the list ended after {reached} of {total} items: {advice}")))
    }

    /// Counts consecutive pages without items. Too many are an error.
    fn count_empty(&mut self, page: &Facts) -> Result<(), Error> {
        self.empty = if page.count == 0 { self.empty + 1 } else { 0 };
        if self.empty < self.max_empty {
            return Ok(());
        }
        Err(unclear(format!(
            "{} consecutive pages have no items, and more pages follow: narrow the request, or raise {}",
            self.empty,
            (self.setting)("max_empty_pages")
        )))
    }
}

/// The error for facts that contradict each other.
fn unclear(what: String) -> Error {
    Error::new(ErrorKind::Decode, what)
}
