//! `paginate(...)`: which fields of the request and which members of the answer lead through a list.

use proc_macro2::{Ident, TokenStream};
use syn::{Token, Type, parenthesized};

use super::{Entry, each, unknown};
use crate::errors::{Errors, either};

/// Keys of which one must be there: without it there is no way to the next page.
const CURSORS: [&str; 4] = ["offset", "page_number", "token", "marker"];

/// Keys for the number of items a page has: two words for one thing.
const SIZES: [&str; 2] = ["limit", "page_size"];

const KEYS: [&str; 12] = [
    "offset",
    "limit",
    "total",
    "items",
    "item",
    "page_number",
    "page_size",
    "token",
    "next_token",
    "marker",
    "next_marker",
    "has_more",
];

/// How a list is paged.
pub(crate) struct Pagination {
    /// The word `paginate`, where what is missing is shown.
    pub(crate) key: Ident,
    pub(crate) form: Form,
    pub(crate) cursor: Ident,
    pub(crate) size: Option<Ident>,
    pub(crate) items: Vec<Ident>,
    /// What the list has, where the answer's type does not tell.
    pub(crate) item: Option<Type>,
    pub(crate) total: Option<Vec<Ident>>,
    pub(crate) next: Option<Vec<Ident>>,
    pub(crate) has_more: Option<Vec<Ident>>,
}

/// What the cursor is; the names are the runtime's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Offset,
    Number,
    Token,
}

impl Pagination {
    /// Fields of the request, each of which must exist.
    pub(crate) fn fields(&self) -> impl Iterator<Item = &Ident> {
        std::iter::once(&self.cursor).chain(&self.size)
    }
}

/// What was given, key by key.
#[derive(Default)]
struct Given {
    keys: Vec<Ident>,
    cursor: Option<(Ident, Ident)>,
    size: Option<Ident>,
    items: Option<Vec<Ident>>,
    item: Option<Type>,
    total: Option<Vec<Ident>>,
    next: Option<(Ident, Vec<Ident>)>,
    has_more: Option<Vec<Ident>>,
}

/// Reads `paginate(key = name, ...)`; none, with the mistakes noted, where it leads nowhere.
pub(crate) fn parse(entry: &Entry<'_>, errors: &mut Errors) -> syn::Result<Option<Pagination>> {
    const WANTED: &str =
        "paginate(offset = offset, limit = limit, total = total_count, items = instance_set)";
    if !entry.input.peek(syn::token::Paren) {
        return Err(syn::Error::new_spanned(&entry.key, format!("write `{WANTED}`")));
    }
    let content;
    parenthesized!(content in entry.input);
    let tokens: TokenStream = content.parse()?;
    let mut given = Given::default();
    let mut bad = false;
    each(tokens, errors, |inner, errors| {
        let result = given.read(&inner, errors);
        bad |= result.is_err();
        result
    });
    Ok(if bad { None } else { given.finish(&entry.key, errors) })
}

impl Given {
    fn read(&mut self, entry: &Entry<'_>, errors: &mut Errors) -> syn::Result<()> {
        let key = &entry.key;
        let word = key.to_string();
        if !KEYS.contains(&word.as_str()) {
            return Err(syn::Error::new_spanned(key, unknown("key", &word, &KEYS)));
        }
        if self.keys.contains(key) {
            errors.at(key, format!("`{key}` is given twice; keep one"));
        }
        self.keys.push(key.clone());
        match word.as_str() {
            word if CURSORS.contains(&word) => {
                let field = entry.any(&format!("{key} = name"))?;
                self.only(word, self.cursor.as_ref().map(|(key, _)| key), key, &CURSORS, errors);
                self.cursor = Some((key.clone(), field));
            }
            word if SIZES.contains(&word) => {
                let field = entry.any(&format!("{key} = name"))?;
                let first =
                    self.keys.iter().find(|known| *known != key && SIZES.iter().any(|size| *known == size));
                self.only(word, first, key, &SIZES, errors);
                self.size = Some(field);
            }
            "next_token" | "next_marker" => self.next = Some((key.clone(), path(entry)?)),
            "items" => self.items = Some(path(entry)?),
            "total" => self.total = Some(path(entry)?),
            "has_more" => self.has_more = Some(path(entry)?),
            _ => self.item = Some(entry.any("item = Instance")?),
        }
        Ok(())
    }

    /// Notes that a second key says the same thing in another way.
    fn only(&self, word: &str, first: Option<&Ident>, key: &Ident, all: &[&str], errors: &mut Errors) {
        if let Some(first) = first.filter(|first| *first != word) {
            let what = format!("`{first}` is given already: a list is paged by one of {}", either(all));
            errors.at(key, what);
        }
    }

    fn finish(self, paginate: &Ident, errors: &mut Errors) -> Option<Pagination> {
        let Some((key, cursor)) = self.cursor else {
            let what = format!(
                "`paginate` wants the field that leads to the next page: one of {}",
                either(&CURSORS)
            );
            errors.at(paginate, what);
            return None;
        };
        let form = match key.to_string().as_str() {
            "offset" => Form::Offset,
            "page_number" => Form::Number,
            _ => Form::Token,
        };
        let mut whole = true;
        match (form, &self.next) {
            (Form::Token, None) => {
                let what = format!(
                    "`{key}` wants the member of the answer with the next one: add `next_{key} = next_{key}`"
                );
                errors.at(&key, what);
                whole = false;
            }
            (Form::Offset | Form::Number, Some((next, _))) => {
                let what = format!(
                    "`{next}` belongs to lists that are paged by `token` or `marker`, not by `{key}`"
                );
                errors.at(next, what);
                whole = false;
            }
            _ => {}
        }
        let Some(items) = self.items else {
            errors.at(paginate, "`paginate` wants the list in the answer: add `items = instance_set`");
            return None;
        };
        whole.then(|| Pagination {
            key: paginate.clone(),
            form,
            cursor,
            size: self.size,
            items,
            item: self.item,
            total: self.total,
            next: self.next.map(|(_, path)| path),
            has_more: self.has_more,
        })
    }
}

/// A member of the answer: `total_count`, or `page_info.next_marker`.
fn path(entry: &Entry<'_>) -> syn::Result<Vec<Ident>> {
    let mut path = vec![entry.any(&format!("{} = name", entry.key))?];
    while entry.input.peek(Token![.]) {
        entry.input.parse::<Token![.]>()?;
        path.push(entry.input.parse()?);
    }
    Ok(path)
}
