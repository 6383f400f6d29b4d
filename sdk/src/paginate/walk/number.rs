//! Pages that are asked for by number: by that of the page, or by that of its first item.

use super::super::PageForm;
use super::super::position::Place;
use super::{Facts, Walk, unclear};
use crate::error::Error;

/// Search engines count no further by default, and services hand their total on.
const CAP: u64 = 10_000;

impl Walk {
    /// What is read by then and where the next page is.
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
            // All of the list was asked for, and some of it did not come. A short page has no say in how long the others are.
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
                "the response has no item and says that more follow (total {}): set how many a page has, to go on behind it",
                total.map_or_else(|| "unknown".to_owned(), |total| total.to_string())
            );
            return Err(unclear(what));
        }
        let next = match self.form {
            PageForm::Number => self.number.checked_add(1),
            _ => self.number.checked_add(step),
        };
        self.number = next.ok_or_else(|| unclear("the list is longer than a number can say".to_owned()))?;
        Ok((reached, Place::At(self.number.to_string())))
    }

    /// How many items the page has, or would have had: what an empty page should have had was left out of it.
    fn page_length(&self, page: &Facts) -> u64 {
        match (page.count, self.size, self.largest) {
            (0, Some(size), 0) => size,
            (0, Some(size), largest) => size.min(largest),
            (0, None, largest) => largest,
            (count, ..) => count,
        }
    }

    /// How much of the list was asked for, with this page.
    fn covered(&self, page_length: u64) -> u64 {
        let before = self.number.saturating_sub(self.first);
        match self.form {
            PageForm::Number => before.saturating_add(1).saturating_mul(page_length),
            _ => before.saturating_add(page_length),
        }
    }

    /// Whether `total` may be as far as the service counts, while more items follow. Then a full page is not the last, and the
    /// next one shows.
    fn may_be_cap(&self, page: &Facts, total: u64) -> bool {
        let full = self.size.map_or(self.largest, |size| size.min(self.largest));
        total == CAP && page.count >= full
    }

    /// How many items stand before the page that the request itself asked for.
    fn before_page(&self, page: &Facts) -> u64 {
        let pages = self.number.saturating_sub(self.first);
        let size = self.size.unwrap_or(page.count);
        let before = pages.saturating_mul(size);
        let reached = before.saturating_add(page.count);
        // A page in the middle that is not full: the service has lowered the size.
        let lowered = page.count < size && page.total.is_some_and(|total| reached < total);
        if lowered { pages.saturating_mul(page.count) } else { before }
    }
}
