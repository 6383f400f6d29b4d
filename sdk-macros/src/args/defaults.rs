//! `retry(...)` and `header(...)`: the defaults of an action's calls, which client and call can override.

use proc_macro2::{Ident, TokenStream};
use syn::{Lit, LitFloat, LitInt, LitStr, Token, parenthesized};

use super::{Entry, each, is_header, once, unknown};
use crate::errors::Errors;

const KEYS: [&str; 3] = ["max_attempts", "base_delay", "max_delay"];

/// The retry defaults of an action. Delays are in milliseconds.
#[derive(Default)]
pub(crate) struct Retry {
    pub(crate) max_attempts: Option<u32>,
    pub(crate) base_delay: Option<u64>,
    pub(crate) max_delay: Option<u64>,
}

/// Reads `retry(max_attempts = 5, base_delay = "200ms", max_delay = "10s")`.
pub(crate) fn retry(entry: &Entry<'_>, errors: &mut Errors) -> syn::Result<Retry> {
    let tokens = group(entry, "retry(max_attempts = 5)")?;
    let mut retry = Retry::default();
    each(tokens, errors, |inner, errors| {
        let key = &inner.key;
        match key.to_string().as_str() {
            "max_attempts" => {
                let number: LitInt = inner.any("max_attempts = 5")?;
                let attempts = number.base10_parse()?;
                if attempts == 0 {
                    let what = "the first attempt counts, too: use 1 for no retry";
                    return Err(syn::Error::new_spanned(number, what));
                }
                once(&mut retry.max_attempts, key, attempts, errors);
            }
            "base_delay" => once(&mut retry.base_delay, key, delay(&inner)?, errors),
            "max_delay" => once(&mut retry.max_delay, key, delay(&inner)?, errors),
            other => return Err(syn::Error::new_spanned(key, unknown("key", other, &KEYS))),
        }
        Ok(())
    });
    Ok(retry)
}

/// A delay in milliseconds: a text with its unit, or a number of seconds.
fn delay(entry: &Entry<'_>) -> syn::Result<u64> {
    let wanted = format!("{} = \"500ms\"", entry.key);
    let literal: Lit = entry.any(&wanted)?;
    let millis = match &literal {
        Lit::Str(text) => milliseconds(&text.value()),
        Lit::Int(seconds) => seconds.base10_parse::<u64>().ok().and_then(|seconds| seconds.checked_mul(1000)),
        Lit::Float(seconds) => whole(seconds),
        _ => None,
    };
    let what = format!(
        "a delay is a text with the unit `ms`, `s` or `m`, or a number of seconds: `{wanted}` or `{} = 2`",
        entry.key
    );
    millis.ok_or_else(|| syn::Error::new_spanned(literal, what))
}

/// `500ms`, `2s`, `1.5s` or `1m`.
fn milliseconds(text: &str) -> Option<u64> {
    let (number, unit) = match text.strip_suffix("ms") {
        Some(number) => (number, 1.0),
        None => match text.strip_suffix('s') {
            Some(number) => (number, 1000.0),
            None => (text.strip_suffix('m')?, 60_000.0),
        },
    };
    rounded(number.trim().parse::<f64>().ok()? * unit)
}

/// A number of seconds with decimals, in milliseconds.
fn whole(seconds: &LitFloat) -> Option<u64> {
    rounded(seconds.base10_parse::<f64>().ok()? * 1000.0)
}

/// Rounds to whole milliseconds. At most one day.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the range is checked")]
fn rounded(millis: f64) -> Option<u64> {
    (millis.is_finite() && (0.0..=86_400_000.0).contains(&millis)).then(|| millis.round() as u64)
}

/// Reads `header("X-TC-Canary" = "1", ...)`.
pub(crate) fn headers(entry: &Entry<'_>, errors: &mut Errors) -> syn::Result<Vec<(LitStr, LitStr)>> {
    const WANTED: &str = "header(\"X-TC-Canary\" = \"1\")";
    group_of(entry, WANTED, |content| {
        let mut headers: Vec<(LitStr, LitStr)> = Vec::new();
        while !content.is_empty() {
            let pair = || content.error(format!("write `{WANTED}`"));
            let name: LitStr = content.parse().map_err(|_| pair())?;
            content.parse::<Token![=]>().map_err(|_| pair())?;
            let value: LitStr = content.parse().map_err(|_| pair())?;
            if !is_header(&name.value()) {
                errors.at(
                    &name,
                    format!("`{}` is not a header name: letters, digits and `-` only", name.value()),
                );
            } else if value.value().chars().any(char::is_control) {
                errors.at(&value, "a header value has no control characters");
            } else {
                headers.push((name, value));
            }
            content.parse::<Option<Token![,]>>()?;
        }
        Ok(headers)
    })
}

/// Reads the tokens in parentheses after a key.
fn group(entry: &Entry<'_>, wanted: &str) -> syn::Result<TokenStream> {
    group_of(entry, wanted, |content| content.parse())
}

/// Reads parentheses after a key, by `read`.
fn group_of<T>(
    entry: &Entry<'_>,
    wanted: &str,
    read: impl FnOnce(&syn::parse::ParseBuffer<'_>) -> syn::Result<T>,
) -> syn::Result<T> {
    if !entry.input.peek(syn::token::Paren) {
        return Err(syn::Error::new_spanned(&entry.key, format!("write `{wanted}`")));
    }
    let content;
    parenthesized!(content in entry.input);
    read(&content)
}

/// Adds headers. One that is given twice is reported.
pub(crate) fn add_headers(
    all: &mut Vec<(LitStr, LitStr)>,
    key: &Ident,
    headers: Vec<(LitStr, LitStr)>,
    errors: &mut Errors,
) {
    if headers.is_empty() {
        errors.at(key, "`header` needs a name and a value, such as `header(\"X-TC-Canary\" = \"1\")`");
    }
    for (name, value) in headers {
        match all.iter().any(|(known, _)| known.value().eq_ignore_ascii_case(&name.value())) {
            true => errors.at(&name, format!("the header `{}` is given twice; keep one", name.value())),
            false => all.push((name, value)),
        }
    }
}
