//! Pages that are selected by the token, or marker, of the previous response.
//!
//! A token that was sent before would lead to a walk without end. An exception is a page
//! without items, with which some services end a list. Tokens are compared by hash with all
//! earlier tokens of the walk, because some services alternate between two of them.

use std::hash::BuildHasher;

use super::super::cursor::Cursor;
use super::super::position::Place;
use super::{Facts, Walk, unclear};
use crate::error::Error;

impl Walk {
    /// The number of items up to the end of this page, and the next page.
    pub(super) fn by_token(&mut self, page: &Facts) -> Result<(u64, Place), Error> {
        let reached = self.position.before.saturating_add(page.count);
        self.total(page, reached);
        let next = page.next.clone().filter(|next| *next != Cursor::Number(0));
        let next = next.map(Cursor::into_text).filter(|next| !next.trim().is_empty());
        let token = match (next, page.has_more) {
            (_, Some(false)) | (None, None) => return self.end(reached),
            (Some(token), _) => token,
            (None, Some(true)) => {
                return Err(unclear("the response has more pages, but no token for the next one".to_owned()));
            }
        };
        if !self.is_new(&token) {
            // The last token again, with an empty page: some services end a list in this
            // way.
            let is_end = page.count == 0 && page.has_more.is_none();
            if is_end || self.end_at_repeated {
                return self.end(reached);
            }
            let what = format!(
                "the service sent the same token for the next page twice ({token:?}, after page {}), so the list would \
                 never end; if its lists end in this way, use {}",
                self.pages,
                (self.setting)("end_at_repeated_token")
            );
            return Err(unclear(what));
        }
        self.count_empty(page)?;
        Ok((reached, Place::At(token)))
    }

    /// Stores a token. Returns false if it was stored before.
    pub(super) fn is_new(&mut self, token: &str) -> bool {
        self.tokens.insert(self.hasher.hash_one(token))
    }
}
