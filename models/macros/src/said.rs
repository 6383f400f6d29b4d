//! What stands in braces after an action: `RunInstances { idempotent, paginate = false }`, against what is inferred.

use proc_macro::{Delimiter, Group, TokenStream, TokenTree};

use crate::errors::Errors;

/// The facts that are inferred of an action, by their keys in `#[cloud_action]`.
const KEYS: [&str; 4] = ["readonly", "idempotent", "idempotency_token", "paginate"];

/// One fact.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) key: &'static str,
    /// As the user wrote it, for `#[cloud_action]`, which checks it; nothing if what is inferred is to be left out.
    pub(crate) tokens: Option<TokenStream>,
}

/// Reads the braces.
pub(crate) fn read(group: &Group, errors: &mut Errors) -> Vec<Said> {
    let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
    let comma = |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ',');
    let mut said: Vec<Said> = Vec::new();
    for part in tokens.split(comma) {
        let Some(first) = part.first() else { continue };
        let word = first.to_string();
        let Some(key) = KEYS.into_iter().find(|key| *key == word) else {
            let what = format!(
                "`{word}` cannot be said of an action here: write `readonly`, `readonly = false`, `idempotent`, \
                 `idempotency_token = field` or `= false`, `paginate(...)` or `paginate = false`"
            );
            errors.at(first.span(), &what);
            continue;
        };
        if said.iter().any(|before| before.key == key) {
            errors.at(first.span(), &format!("`{key}` is given twice; keep one"));
            continue;
        }
        let denied = matches!(part, [_, eq, no] if eq.to_string() == "=" && no.to_string() == "false");
        let tokens = match key {
            "idempotency_token" | "paginate" if denied => None,
            _ => Some(part.iter().cloned().collect()),
        };
        said.push(Said { key, tokens });
    }
    said
}

/// The braces after an action, if `token` is that.
pub(crate) fn braces(token: &TokenTree) -> Option<&Group> {
    match token {
        TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => Some(group),
        _ => None,
    }
}
