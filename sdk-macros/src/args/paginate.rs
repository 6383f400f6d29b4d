//! `paginate(...)`: which fields of the request and which members of the response lead through a list.
//!
//! ```text
//! paginate(offset = offset, limit = limit, total = total_count, items = instance_set)
//! paginate(token = next_token, next_token = next_token, items = page.entries)
//! ```
//!
//! The left side is a key of this list, the right side a field of the request, or the path of a member of
//! the response.

use proc_macro2::{Ident, TokenStream};
use syn::{LitInt, Token, Type, parenthesized};

use super::{Entry, each, unknown};
use crate::errors::{Errors, either};

/// Keys for the field that selects a page. One of them is required.
const CURSORS: [&str; 4] = ["offset", "page_number", "token", "marker"];

/// Keys for the field with the number of items per page. They are synonyms, except in a list with two ways
/// of paging.
const SIZES: [&str; 2] = ["limit", "page_size"];

const KEYS: [&str; 14] = [
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
    "first",
    "default_limit",
];

/// How a list is paged.
pub(crate) struct Pagination {
    /// The word `paginate`, at which missing keys are reported.
    pub(crate) key: Ident,
    /// What selects a page.
    pub(crate) form: Form,
    /// The field that selects a page.
    pub(crate) cursor: Ident,
    /// The field with the number of items per page.
    pub(crate) size: Option<Ident>,
    /// For a list that is paged by number, and can also be paged by token: the field of the token, and the
    /// field with the number of items that belongs to it.
    pub(crate) token: Option<(Ident, Option<Ident>)>,
    /// The number of the first page or item.
    pub(crate) first: Option<u64>,
    /// The number of items to request if the caller sets none.
    pub(crate) default_limit: Option<u64>,
    /// The path of the list in the response.
    pub(crate) items: Vec<Ident>,
    /// What the list has, where the answer's type does not tell.
    pub(crate) item: Option<Type>,
    /// The path of the number of items in the whole list.
    pub(crate) total: Option<Vec<Ident>>,
    /// The path of the next token or marker.
    pub(crate) next: Option<Vec<Ident>>,
    /// The path of the flag that says whether there are more pages.
    pub(crate) has_more: Option<Vec<Ident>>,
}

/// What selects a page. The names are those of the runtime's `PageForm`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Offset,
    Number,
    Token,
}

impl Pagination {
    /// The fields of the request that are named. Each one must exist.
    pub(crate) fn fields(&self) -> impl Iterator<Item = &Ident> {
        let token = self.token.iter().flat_map(|(token, size)| std::iter::once(token).chain(size));
        std::iter::once(&self.cursor).chain(&self.size).chain(token)
    }
}

/// A key, and the field that it names.
type Cursor = (Ident, Ident);

/// The keys that were given.
#[derive(Default)]
struct Given {
    keys: Vec<Ident>,
    cursors: Vec<Cursor>,
    sizes: Vec<Cursor>,
    first: Option<(Ident, u64)>,
    default_limit: Option<(Ident, u64)>,
    items: Option<Vec<Ident>>,
    item: Option<Type>,
    total: Option<Vec<Ident>>,
    next: Option<(Ident, Vec<Ident>)>,
    has_more: Option<Vec<Ident>>,
}

/// Reads `paginate(key = name, ...)`. `None`, with the mistakes reported, if pages cannot be requested with
/// it.
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
                self.cursors.push((key.clone(), field));
            }
            word if SIZES.contains(&word) => {
                let field = entry.any(&format!("{key} = name"))?;
                self.sizes.push((key.clone(), field));
            }
            "first" => self.first = Some((key.clone(), number(entry)?)),
            "default_limit" => self.default_limit = Some((key.clone(), number(entry)?)),
            "next_token" | "next_marker" => self.next = Some((key.clone(), path(entry)?)),
            "items" => self.items = Some(path(entry)?),
            "total" => self.total = Some(path(entry)?),
            "has_more" => self.has_more = Some(path(entry)?),
            _ => self.item = Some(entry.any("item = Instance")?),
        }
        Ok(())
    }

    /// Takes the cursor, and the token of a list that can also be paged by token. Any other pair is
    /// reported.
    fn cursors(&self, errors: &mut Errors) -> Option<(Cursor, Option<Cursor>)> {
        let (numbers, tokens): (Vec<&Cursor>, Vec<&Cursor>) =
            self.cursors.iter().partition(|(key, _)| key == "page_number");
        let has_both = !numbers.is_empty() && self.cursors.iter().all(|(key, _)| key != "offset");
        let lists = if has_both { vec![numbers, tokens] } else { vec![self.cursors.iter().collect()] };
        for pair in lists.iter().flat_map(|list| list.windows(2)) {
            if let [(first, _), (second, _)] = pair
                && first != second
            {
                let what =
                    format!("`{first}` is given already: a list is paged by one of {}", either(&CURSORS));
                errors.at(second, what);
            }
        }
        let mut firsts = lists.into_iter().filter_map(|list| list.first().map(|cursor| (*cursor).clone()));
        Some((firsts.next()?, firsts.next()))
    }

    /// Takes the field with the number of items, and the one that belongs to the token if there are two
    /// ways of paging: then `page_size` belongs to the number and `limit` to the token. Otherwise the two
    /// keys are synonyms.
    fn sizes(&self, both_ways: bool, errors: &mut Errors) -> (Option<Ident>, Option<Ident>) {
        let of = |word: &str| {
            let size = self.sizes.iter().find(|(key, _)| *key == word);
            size.map(|(_, field)| field.clone())
        };
        let [limit, page_size] = SIZES.map(of);
        match (limit, page_size) {
            (limit, Some(page_size)) if both_ways => (Some(page_size), limit),
            (Some(_), Some(_)) => {
                if let [(first, _), (second, _), ..] = self.sizes.as_slice() {
                    let what =
                        format!("`{first}` is given already: a list is paged by one of {}", either(&SIZES));
                    errors.at(second, what);
                }
                (None, None)
            }
            (limit, page_size) => (limit.or(page_size), None),
        }
    }

    /// Checks that the keys belong together.
    fn finish(self, paginate: &Ident, errors: &mut Errors) -> Option<Pagination> {
        let Some(((key, cursor), token)) = self.cursors(errors) else {
            let what = format!("`paginate` needs the field that selects a page: one of {}", either(&CURSORS));
            errors.at(paginate, what);
            return None;
        };
        let form = match key.to_string().as_str() {
            "offset" => Form::Offset,
            "page_number" => Form::Number,
            _ => Form::Token,
        };
        let (size, token_size) = self.sizes(token.is_some(), errors);
        let mut whole = true;
        let by_token = if form == Form::Token { Some(&key) } else { token.as_ref().map(|(key, _)| key) };
        match (by_token, &self.next) {
            (Some(key), None) => {
                let what = format!(
                    "`{key}` needs the member of the response with the next one: add `next_{key} = next_{key}`"
                );
                errors.at(key, what);
                whole = false;
            }
            (None, Some((next, _))) => {
                let what = format!(
                    "`{next}` belongs to lists that are paged by `token` or `marker`, not by `{key}`"
                );
                errors.at(next, what);
                whole = false;
            }
            _ => {}
        }
        if let Some((first, _)) = self.first.as_ref().filter(|_| form == Form::Token) {
            errors.at(
                first,
                format!("`first` is the number of the first page or item: `{key}` is not a number"),
            );
            whole = false;
        }
        if let Some((default, _)) = self.default_limit.as_ref().filter(|_| size.is_none()) {
            errors
                .at(default, "`default_limit` is sent in the field that `limit` names: add `limit = limit`");
            whole = false;
        }
        let Some(items) = self.items else {
            errors.at(paginate, "`paginate` needs the list in the response: add `items = instance_set`");
            return None;
        };
        whole.then(|| Pagination {
            key: paginate.clone(),
            form,
            cursor,
            size,
            token: token.map(|(_, field)| (field, token_size)),
            first: self.first.map(|(_, number)| number),
            default_limit: self.default_limit.map(|(_, number)| number),
            items,
            item: self.item,
            total: self.total,
            next: self.next.map(|(_, path)| path),
            has_more: self.has_more,
        })
    }
}

/// Reads a number of pages or items.
fn number(entry: &Entry<'_>) -> syn::Result<u64> {
    let number: LitInt = entry.any(&format!("{} = 20", entry.key))?;
    number.base10_parse()
}

/// Reads the path of a member of the response: `total_count`, or `page_info.next_marker`.
fn path(entry: &Entry<'_>) -> syn::Result<Vec<Ident>> {
    let mut path = vec![entry.any(&format!("{} = name", entry.key))?];
    while entry.input.peek(Token![.]) {
        entry.input.parse::<Token![.]>()?;
        path.push(entry.input.parse()?);
    }
    Ok(path)
}
