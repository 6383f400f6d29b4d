//! Pages that are asked for by the token, or marker, of the response before.

use std::hash::BuildHasher;

use super::super::cursor::Cursor;
use super::super::position::Place;
use super::{Facts, Walk, unclear};
use crate::error::Error;

impl Walk {
    /// What is read by then and where the next page is.
    pub(super) fn by_token(&mut self, page: &Facts) -> Result<(u64, Place), Error> {
        let reached = self.position.before.saturating_add(page.count);
        self.total(page, reached);
        let next = page.next.clone().filter(|next| *next != Cursor::Number(0));
        let next = next.map(Cursor::into_text).filter(|next| !next.trim().is_empty());
        let token = match (next, page.has_more) {
            (_, Some(false)) | (None, None) => return self.end(reached),
            (Some(token), _) => token,
            (None, Some(true)) => {
                return Err(unclear(
                    "the response says that more pages follow, and gives no token for the next".to_owned(),
                ));
            }
        };
        if !self.is_new(&token) {
            // The last token once more, with nothing: some services end so.
            let is_end = page.count == 0 && page.has_more.is_none();
            if is_end || self.end_at_repeated {
                return self.end(reached);
            }
            let what = format!(
                "the service gave the same token for the next page twice ({token:?}, after page {}): going on would never \
                 end; if that is how it ends its lists, call `end_at_repeated_token()`",
                self.pages
            );
            return Err(unclear(what));
        }
        self.count_empty(page)?;
        Ok((reached, Place::At(token)))
    }

    /// Notes a token; false where it came before.
    pub(super) fn is_new(&mut self, token: &str) -> bool {
        self.tokens.insert(self.hasher.hash_one(token))
    }
}
