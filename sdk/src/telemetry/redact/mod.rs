//! Keeps secrets out of logs, errors and `Debug`: what is masked, and how.
//!
//! `names` is the one list of secret names and the one rule. `scan` masks texts by it, `show` the fields of types, `headers`
//! headers, and `address` addresses.

mod address;
mod headers;
mod names;
mod scan;
mod show;
mod values;

pub(crate) use address::address;
pub(crate) use headers::{Headers, is_secret_header, shown};
pub(crate) use scan::Rule;
pub(crate) use show::{Pairs, Scrubbed, field, json_field};
pub(crate) use values::Values;

/// What stands for a secret.
pub(crate) const MASK: &str = "****";

/// How much of a message is read, in bytes. What is longer is cut.
const MESSAGE_CAP: usize = 64 * 1024;

/// Whether a name stands for a secret.
pub(crate) fn is_secret_name(name: &str) -> bool {
    names::secrecy(name).is_some()
}

/// A body of any kind with its secrets masked.
pub(crate) fn body(text: &str) -> String {
    Rule::default().text(text)
}

/// Masks the values of secret parameters in a query or a form.
pub(crate) fn query(text: &str) -> String {
    Rule::default().query(text)
}

/// A message with what looks like a secret masked: some services quote the request back. A long one is cut.
pub(crate) fn scrub(text: &str) -> String {
    body(head(text, MESSAGE_CAP))
}

/// How much more of a body is read than is shown: what is masked may be longer than the mask.
const MARGIN: usize = 4 * 1024;

/// How much is read of a body that is quoted in a message.
pub(crate) const READ: usize = 8 * 1024;

/// The first `cap` bytes of a body with its secrets masked, and whether there is more. None if it is no text.
pub(crate) fn begin(bytes: &[u8], cap: usize, values: &Values<'_>) -> Option<(String, bool)> {
    let read = bytes.get(..cap.saturating_add(MARGIN)).unwrap_or(bytes);
    let text = match std::str::from_utf8(read) {
        Ok(text) => text,
        // Cut in the middle of a character.
        Err(error) if error.error_len().is_none() && read.len() < bytes.len() => {
            std::str::from_utf8(read.get(..error.valid_up_to())?).ok()?
        }
        Err(_) => return None,
    };
    let mut shown = body(&values.mask(text.to_owned()));
    if read.len() < bytes.len() {
        // The end may be the beginning of a known secret.
        shown.truncate(head(&shown, shown.len().saturating_sub(values.longest())).len());
    }
    let cut = read.len() < bytes.len() || shown.len() > cap;
    shown.truncate(head(&shown, cap).len());
    Some((shown, cut))
}

/// At most `cap` bytes of a text, and whole characters.
pub(crate) fn head(text: &str, cap: usize) -> &str {
    let end = (0..=cap.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    text.get(..end).unwrap_or_default()
}

#[cfg(test)]
mod tests;
