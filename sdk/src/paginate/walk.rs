//! From one page to the next: the rules of [`PageForm`](super::PageForm), without the types of any action.

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};

use super::PageForm;
use super::cursor::Cursor;
use super::position::{PagePosition, Place};
use crate::error::{Error, ErrorKind};

/// How many pages without items may follow each other unless the caller says otherwise.
const EMPTY_PAGES: u32 = 100;

/// What an answer says of its paging.
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
    pages: u64,
    empty: u32,
    /// Hashes of the tokens that came: a hash takes less room than a token, which may be long.
    tokens: HashSet<u64>,
    hasher: RandomState,
    pub(super) max_pages: u64,
    pub(super) max_empty: u32,
}

impl Walk {
    pub(super) fn new(form: PageForm, action: &str) -> Self {
        Self {
            form,
            position: PagePosition { action: action.to_owned(), before: 0, index: 0, place: Place::Start },
            failed: None,
            stopped: false,
            opened: false,
            number: 0,
            size: None,
            largest: 0,
            pages: 0,
            empty: 0,
            tokens: HashSet::new(),
            hasher: RandomState::new(),
            max_pages: u64::MAX,
            max_empty: EMPTY_PAGES,
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
        let own = match &self.position.place {
            Place::Start => cursor,
            Place::At(cursor) => Some(Cursor::Text(cursor.clone())),
            Place::End => None,
        };
        if self.form == PageForm::Token {
            if let Some(token) = own {
                self.is_new(&token.into_text());
            }
            return Ok(());
        }
        let first = if self.form == PageForm::Number { 1 } else { 0 };
        self.number = match own {
            Some(cursor) => cursor.number().ok_or_else(|| {
                let what =
                    format!("the list cannot begin at {:?}: that is no whole number", cursor.into_text());
                Error::config(what)
            })?,
            None => first,
        };
        if self.form == PageForm::Offset {
            self.position.before = self.number;
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

    /// Learns from a page. What is wrong with the way to the next one is told after this page was handed out.
    pub(super) fn turn(&mut self, page: &Facts) -> Result<(), Error> {
        self.pages += 1;
        let next = match self.form {
            PageForm::Token => self.by_token(page),
            PageForm::Offset | PageForm::Number => self.by_number(page),
        };
        self.largest = self.largest.max(page.count);
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

    fn by_number(&mut self, page: &Facts) -> Result<(u64, Place), Error> {
        if self.form == PageForm::Number && self.position.place == Place::Start {
            self.position.before = self.before_page(page);
        }
        let reached = self.position.before.saturating_add(page.count);
        // Services say 0, or the number of this page's items, where they do not count.
        let total = page.total.filter(|total| *total >= reached);
        let is_last = match (page.has_more, total) {
            (Some(more), _) => !more,
            (None, Some(total)) => reached == total,
            (None, None) => {
                let full = self.size.map_or(self.largest, |size| size.min(self.largest));
                page.count == 0 || page.count < full
            }
        };
        if is_last {
            return Ok((reached, Place::End));
        }
        self.count_empty(page)?;
        // An empty page before the end: what it should have had was left out of it.
        let step = match (page.count, self.size, self.largest) {
            (0, Some(size), 0) => size,
            (0, Some(size), largest) => size.min(largest),
            (0, None, largest) => largest,
            (count, ..) => count,
        };
        if step == 0 && self.form == PageForm::Offset {
            let what = format!(
                "the answer has no item and says that more follow (total {}): set how many a page has, to go on behind it",
                page.total.map_or_else(|| "unknown".to_owned(), |total| total.to_string())
            );
            return Err(unclear(what));
        }
        let next = match self.form {
            PageForm::Number => self.number.checked_add(1),
            _ => self.number.checked_add(step),
        };
        self.number = next.ok_or_else(|| unclear("the list is longer than a number can say".to_owned()))?;
        let before = self.position.before.saturating_add(step);
        Ok((before, Place::At(self.number.to_string())))
    }

    /// How many items stand before the page that the request itself asked for.
    fn before_page(&self, page: &Facts) -> u64 {
        let pages = self.number.saturating_sub(1);
        let size = self.size.unwrap_or(page.count);
        let before = pages.saturating_mul(size);
        let reached = before.saturating_add(page.count);
        // A page in the middle that is not full: the service has lowered the size.
        let lowered = page.count < size && page.total.is_some_and(|total| reached < total);
        if lowered { pages.saturating_mul(page.count) } else { before }
    }

    fn by_token(&mut self, page: &Facts) -> Result<(u64, Place), Error> {
        let reached = self.position.before.saturating_add(page.count);
        let next = page.next.clone().filter(|next| *next != Cursor::Number(0));
        let next = next.map(Cursor::into_text).filter(|next| !next.trim().is_empty());
        let token = match (next, page.has_more) {
            (_, Some(false)) => return Ok((reached, Place::End)),
            (Some(token), _) => token,
            (None, Some(true)) => {
                return Err(unclear(
                    "the answer says that more pages follow, and gives no token for the next".to_owned(),
                ));
            }
            (None, None) => {
                // Some services page by token only when they are asked for a number of items.
                let alone =
                    self.position.place == Place::Start && self.tokens.is_empty() && self.size.is_none();
                let total = page.total.filter(|total| alone && page.count > 0 && *total > reached);
                return match total {
                    None => Ok((reached, Place::End)),
                    Some(total) => Err(unclear(format!(
                        "the answer has {} of {total} items, and no token for the next page: set how many a page has, \
                         since some services give tokens only then",
                        page.count
                    ))),
                };
            }
        };
        if !self.is_new(&token) {
            let what = format!(
                "the service gave the same token for the next page twice ({token:?}, after page {}): going on would never end",
                self.pages
            );
            return Err(unclear(what));
        }
        self.count_empty(page)?;
        Ok((reached, Place::At(token)))
    }

    /// Notes a token; false where it came before.
    fn is_new(&mut self, token: &str) -> bool {
        self.tokens.insert(self.hasher.hash_one(token))
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

#[cfg(test)]
mod tests {
    use super::*;

    const NONE: Facts = Facts { count: 0, total: None, next: None, has_more: None };

    fn total(count: u64, total: u64) -> Facts {
        Facts { count, total: Some(total), ..NONE }
    }

    fn items(count: u64) -> Facts {
        Facts { count, ..NONE }
    }

    fn token(count: u64, next: &str) -> Facts {
        Facts { count, next: Some(Cursor::Text(next.to_owned())), ..NONE }
    }

    /// Where each page leads to.
    fn walk(form: PageForm, size: Option<u64>, pages: impl IntoIterator<Item = Facts>) -> Vec<String> {
        from(form, None, size, pages)
    }

    fn from(
        form: PageForm,
        first: Option<u64>,
        size: Option<u64>,
        pages: impl IntoIterator<Item = Facts>,
    ) -> Vec<String> {
        let mut walk = Walk::new(form, "X");
        walk.open(first.map(Cursor::Number), size.map(Cursor::Number)).unwrap();
        pages
            .into_iter()
            .map(|page| match walk.turn(&page) {
                Ok(()) => match &walk.position.place {
                    Place::At(cursor) => cursor.clone(),
                    Place::End => "end".to_owned(),
                    Place::Start => "start".to_owned(),
                },
                Err(error) => error.message().to_owned(),
            })
            .collect()
    }

    #[test]
    fn offsets_go_by_the_items_that_came() {
        let by = |size, pages: &[Facts]| walk(PageForm::Offset, size, pages.iter().cloned());
        assert_eq!(by(Some(20), &[total(20, 45), total(20, 45), total(5, 45)]), ["20", "40", "end"]);
        // The service lowers the limit, or gives more than was asked for.
        assert_eq!(by(Some(100), &[total(50, 120), total(50, 120), total(20, 120)]), ["50", "100", "end"]);
        assert_eq!(by(Some(20), &[total(25, 30), total(5, 30)]), ["25", "end"]);
        // The total grows, shrinks, is 0, is too small to be true.
        assert_eq!(by(Some(2), &[total(2, 3), total(2, 5), total(1, 5)]), ["2", "4", "end"]);
        assert_eq!(by(Some(2), &[total(2, 100), total(2, 4)]), ["2", "end"]);
        assert_eq!(by(Some(2), &[total(2, 100), total(2, 3), total(0, 3)]), ["2", "4", "end"]);
        assert_eq!(by(Some(2), &[total(2, 0), total(2, 0), total(1, 0)]), ["2", "4", "end"]);
        assert_eq!(by(Some(2), &[total(0, 0)]), ["end"]);
    }

    #[test]
    fn without_a_total_a_short_page_ends_only_where_pages_are_known_to_be_longer() {
        let by = |size, pages: &[Facts]| walk(PageForm::Offset, size, pages.iter().cloned());
        assert_eq!(by(Some(20), &[items(20), items(20), items(5)]), ["20", "40", "end"]);
        assert_eq!(by(Some(1000), &[items(100), items(100), items(0)]), ["100", "200", "end"]);
        assert_eq!(by(Some(1000), &[items(100), items(37)]), ["100", "end"]);
        assert_eq!(by(Some(20), &[items(5), items(0)]), ["5", "end"]);
        assert_eq!(by(Some(20), &[items(25), items(20), items(1)]), ["25", "45", "end"]);
        assert_eq!(by(None, &[items(10), items(10), items(3)]), ["10", "20", "end"]);
        assert_eq!(by(None, &[items(0)]), ["end"]);
    }

    #[test]
    fn an_empty_page_is_stepped_over_while_the_total_says_that_more_follow() {
        let by = |size, pages: &[Facts]| walk(PageForm::Offset, size, pages.iter().cloned());
        assert_eq!(by(Some(20), &[total(20, 50), total(0, 50), total(10, 50)]), ["20", "40", "end"]);
        assert_eq!(by(Some(20), &[total(0, 50), total(20, 50)]), ["20", "40"]);
        let [first] = by(None, &[total(0, 50)]).try_into().unwrap();
        assert!(first.contains("total 50"), "{first}");
        let many = walk(PageForm::Number, Some(1), std::iter::repeat_n(total(0, 5000), 100));
        assert_eq!(many[98], "100");
        assert!(many[99].contains("100 pages without an item"), "{}", many[99]);
    }

    #[test]
    fn page_numbers_count_the_items() {
        let by = |first, size, pages: &[Facts]| from(PageForm::Number, first, size, pages.iter().cloned());
        assert_eq!(by(None, Some(2), &[total(2, 5), total(2, 5), total(1, 5)]), ["2", "3", "end"]);
        assert_eq!(by(Some(0), Some(2), &[total(2, 3), total(1, 3)]), ["1", "end"]);
        assert_eq!(by(Some(3), Some(2), &[total(1, 5)]), ["end"]);
        // Lowered from 100 to 50.
        assert_eq!(
            by(Some(2), Some(100), &[total(50, 170), total(50, 170), total(20, 170)]),
            ["3", "4", "end"]
        );
        let more = Facts { has_more: Some(true), ..items(2) };
        let last = Facts { has_more: Some(false), ..items(2) };
        assert_eq!(by(None, None, &[more, last]), ["2", "end"]);
    }

    #[test]
    fn tokens_end_where_none_comes() {
        let by = |size, pages: &[Facts]| walk(PageForm::Token, size, pages.iter().cloned());
        assert_eq!(by(None, &[token(2, "a"), token(0, "b"), token(1, "")]), ["a", "b", "end"]);
        assert_eq!(by(None, &[items(2)]), ["end"]);
        let zero = Facts { next: Some(Cursor::Number(0)), ..items(2) };
        assert_eq!(by(None, &[zero]), ["end"]);
        assert_eq!(by(None, &[Facts { has_more: Some(false), ..token(2, "a") }]), ["end"]);
        let [more] = by(None, &[Facts { has_more: Some(true), ..items(2) }]).try_into().unwrap();
        assert!(more.contains("no token"), "{more}");
        // The total is another way to count, but one page of many without a token is no list.
        assert_eq!(by(Some(5), &[total(2, 9)]), ["end"]);
        let [alone] = by(None, &[total(2, 9)]).try_into().unwrap();
        assert!(alone.contains("2 of 9 items"), "{alone}");
    }

    #[test]
    fn a_token_that_came_before_ends_in_an_error() {
        let pages = [token(1, "a"), token(1, "b"), token(1, "a")];
        let seen = walk(PageForm::Token, None, pages);
        assert_eq!(seen[..2], ["a", "b"]);
        assert!(seen[2].contains("same token") && seen[2].contains("\"a\", after page 3"), "{}", seen[2]);
        let mut own = Walk::new(PageForm::Token, "X");
        own.open(Some(Cursor::Text("t".into())), None).unwrap();
        assert!(own.turn(&token(1, "t")).is_err());
        assert_eq!((own.position.index, own.position.before), (1, 0));
    }

    #[test]
    fn what_the_request_says_must_be_numbers() {
        let open = |cursor: Option<&str>, size: Option<Cursor>| {
            let mut walk = Walk::new(PageForm::Offset, "X");
            let opened = walk.open(cursor.map(|text| Cursor::Text(text.to_owned())), size);
            opened.err().map(|error| error.message().to_owned())
        };
        assert_eq!(open(Some("40"), Some(Cursor::Number(1))), None);
        assert!(open(Some("-1"), None).unwrap().contains("\"-1\""));
        assert!(open(None, Some(Cursor::Number(0))).unwrap().contains("at least 1"));
    }
}
