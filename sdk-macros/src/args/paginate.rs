//! `paginate(...)`: which fields and members page through a list. Read and checked; nothing is made of it yet.

use proc_macro2::{Ident, TokenStream};
use syn::{Token, parenthesized};

use super::{Entry, each, unknown};
use crate::errors::Errors;

/// Keys that name a field of the request.
const REQUEST: [&str; 6] = ["offset", "limit", "page_number", "page_size", "token", "marker"];

/// Keys of which one must be there: without it there is no way to the next page.
const CURSORS: [&str; 4] = ["offset", "page_number", "token", "marker"];

const KEYS: [&str; 11] = [
    "offset",
    "limit",
    "total",
    "items",
    "page_number",
    "page_size",
    "token",
    "next_token",
    "marker",
    "next_marker",
    "has_more",
];

/// What `paginate(...)` says of the request.
pub(crate) struct Pagination {
    /// Names of fields, each of which must exist.
    pub(crate) fields: Vec<Ident>,
}

/// Reads `paginate(key = name, ...)`.
pub(crate) fn parse(entry: &Entry<'_>, errors: &mut Errors) -> syn::Result<Pagination> {
    const WANTED: &str =
        "paginate(offset = offset, limit = limit, total = total_count, items = instance_set)";
    if !entry.input.peek(syn::token::Paren) {
        return Err(syn::Error::new_spanned(&entry.key, format!("write `{WANTED}`")));
    }
    let content;
    parenthesized!(content in entry.input);
    let tokens: TokenStream = content.parse()?;
    let mut fields = Vec::new();
    let mut seen: Vec<String> = Vec::new();
    let mut bad = false;
    each(tokens, errors, |inner, errors| {
        let key = inner.key.to_string();
        if !KEYS.contains(&key.as_str()) {
            bad = true;
            return Err(syn::Error::new_spanned(&inner.key, unknown("key", &key, &KEYS)));
        }
        if seen.contains(&key) {
            errors.at(&inner.key, format!("`{key}` is given twice; keep one"));
        }
        let example = format!("{key} = name");
        if REQUEST.contains(&key.as_str()) {
            fields.push(inner.any::<Ident>(&example)?);
        } else {
            inner.any::<Ident>(&example)?;
            while inner.input.peek(Token![.]) {
                inner.input.parse::<Token![.]>()?;
                inner.input.parse::<Ident>()?;
            }
        }
        seen.push(key);
        Ok(())
    });
    if !bad && !seen.iter().any(|key| CURSORS.contains(&key.as_str())) {
        let what = format!(
            "`paginate` wants the field that leads to the next page: one of {}",
            crate::errors::either(&CURSORS)
        );
        errors.at(&entry.key, what);
    }
    Ok(Pagination { fields })
}
