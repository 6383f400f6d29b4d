//! Pages that are selected by number: by the number of the page, or of its first item.
//!
//! The last page is found as follows, in this order:
//!
//! 1. `has_more`, if the response has it.
//! 2. The total, if it is not proven wrong: the page that reaches it is the last. An
//!    exception is a full page that reaches exactly 10,000, where search engines stop
//!    counting.
//! 3. Without a total: an empty page, or a page that is shorter than both the requested
//!    size and an earlier page. Comparing with an earlier page matters, because services
//!    lower the page size without an error.

use super::super::PageForm;
use super::super::position::Place;
use super::{Facts, Walk, unclear};
use crate::error::Error;

/// Search engines do not count further by default, and services return this as their total.
const CAP: u64 = 10_000;

impl Walk {
    /// The number of items up to the end of this page, and the next page.
    pub(super) fn by_number(&mut self, page: &Facts) -> Result<(u64, Place), Error> {
        if self.form == PageForm::Number && self.position.place == Place::Start && self.number > self.first {
            self.position.before = self.before_page(page);
            self.position.guessed = true;
        }
        let reached = self.position.before.saturating_add(page.count);
        let total = self.total(page, reached);
        let step = self.page_length(page);
        let is_last = match (page.has_more, total) {
            (Some(more), _) => !more,
            (None, Some(total)) if total == reached => page.count == 0 || !self.may_be_cap(page, total),
            // The whole list was requested, and some items are missing. A short page does
            // not show how long the other pages are.
            (None, Some(total)) => {
                let says = page.count == 0 || self.form == PageForm::Offset;
                says && step > 0 && self.covered(step) >= total
            }
            (None, None) => {
                let full = self.size.map_or(self.largest, |size| size.min(self.largest));
                page.count == 0 || page.count < full
            }
        };
        if is_last {
            return self.end(reached);
        }
        self.count_empty(page)?;
        if step == 0 && self.form == PageForm::Offset {
            let what = format!(
                "the response has no items, but more follow (total {}): set a page size to continue after them",
                total.map_or_else(|| "unknown".to_owned(), |total| total.to_string())
            );
            return Err(unclear(what));
        }
        let next = match self.form {
            PageForm::Number => self.number.checked_add(1),
            _ => self.number.checked_add(step),
        };
        self.number = next.ok_or_else(|| unclear("the number of the next page is too large".to_owned()))?;
        Ok((reached, Place::At(self.number.to_string())))
    }

    /// Number of items that the page has or should have. An empty page counts as the
    /// requested page size, but at most as the longest page so far.
    fn page_length(&self, page: &Facts) -> u64 {
        match (page.count, self.size, self.largest) {
            (0, Some(size), 0) => size,
            (0, Some(size), largest) => size.min(largest),
            (0, None, largest) => largest,
            (count, ..) => count,
        }
    }

    /// Number of items that were requested up to the end of this page.
    fn covered(&self, page_length: u64) -> u64 {
        let before = self.number.saturating_sub(self.first);
        match self.form {
            PageForm::Number => before.saturating_add(1).saturating_mul(page_length),
            _ => before.saturating_add(page_length),
        }
    }

    /// True if `total` may be the limit up to which the service counts. A full page is then
    /// not the last one, and the next page decides.
    fn may_be_cap(&self, page: &Facts, total: u64) -> bool {
        let full = self.size.map_or(self.largest, |size| size.min(self.largest));
        total == CAP && page.count >= full
    }

    /// Number of items before the page that the request itself selects.
    fn before_page(&self, page: &Facts) -> u64 {
        let pages = self.number.saturating_sub(self.first);
        let size = self.size.unwrap_or(page.count);
        let before = pages.saturating_mul(size);
        let reached = before.saturating_add(page.count);
        // A page in the middle that is not full: the service has lowered the page size.
        let lowered = page.count < size && page.total.is_some_and(|total| reached < total);
        if lowered { pages.saturating_mul(page.count) } else { before }
    }
}
