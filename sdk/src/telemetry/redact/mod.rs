//! Masks secrets in logs, errors and `Debug` output.
//!
//! Whether a name stands for a secret is decided in `names` alone. The other modules apply
//! that rule: `scan` to texts, `show` to the fields of types, `headers` to headers,
//! `address` to URLs. `values` masks secrets that are known by value, such as the key of
//! the call.
//!
//! The rule errs on the side of masking, except for names that are known to be harmless:
//! hiding a count costs a reader little, showing a key costs an account. Texts from outside
//! (messages of services, bodies, URLs) go through `scan`; values of our own types go
//! through `show`, which applies the same rule.

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

/// The text that replaces a secret.
pub(crate) const MASK: &str = "****";

/// Maximum size of a message in bytes. A longer message is cut before it is masked.
const MESSAGE_CAP: usize = 64 * 1024;

/// True if a name stands for a secret.
pub(crate) fn is_secret_name(name: &str) -> bool {
    names::secrecy(name).is_some()
}

/// A body of any format, with its secrets masked.
pub(crate) fn body(text: &str) -> String {
    Rule::default().text(text)
}

/// A query or form, with the values of its secret parameters masked.
pub(crate) fn query(text: &str) -> String {
    Rule::default().query(text)
}

/// A message with its secrets masked, because some services quote the request in an error.
/// A message longer than 64 KiB is cut.
pub(crate) fn scrub(text: &str) -> String {
    body(head(text, MESSAGE_CAP))
}

/// Number of bytes of a body that are read beyond those that are shown. The text that a
/// mask replaces may be longer than the mask.
const MARGIN: usize = 4 * 1024;

/// Number of bytes of a body that are read when a message quotes it.
pub(crate) const READ: usize = 8 * 1024;

/// The first `cap` bytes of a body with its secrets masked, and whether the body is longer.
///
/// `None` if the body is not UTF-8 text.
pub(crate) fn begin(bytes: &[u8], cap: usize, values: &Values<'_>) -> Option<(String, bool)> {
    let read = bytes.get(..cap.saturating_add(MARGIN)).unwrap_or(bytes);
    let text = whole_characters(read, read.len() < bytes.len())?;
    let mut shown = body(&values.mask(text.to_owned()));
    if read.len() < bytes.len() {
        // The text may end with the beginning of a known secret, so its end is removed.
        shown.truncate(head(&shown, shown.len().saturating_sub(values.longest())).len());
    }
    let cut = read.len() < bytes.len() || shown.len() > cap;
    shown.truncate(head(&shown, cap).len());
    Some((shown, cut))
}

/// The first `cap` bytes of a body with its secrets, and whether the body is longer.
///
/// `None` if the body is not UTF-8 text.
pub(crate) fn begin_unmasked(bytes: &[u8], cap: usize) -> Option<(String, bool)> {
    let read = bytes.get(..cap).unwrap_or(bytes);
    let cut = read.len() < bytes.len();
    Some((whole_characters(read, cut)?.to_owned(), cut))
}

/// The text of `bytes`, without the beginning of a last character if they were `cut`. `None` if they are not
/// UTF-8.
fn whole_characters(bytes: &[u8], cut: bool) -> Option<&str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(text),
        Err(error) if error.error_len().is_none() && cut => {
            std::str::from_utf8(bytes.get(..error.valid_up_to())?).ok()
        }
        Err(_) => None,
    }
}

/// The first `cap` bytes of a text, rounded down to whole characters.
pub(crate) fn head(text: &str, cap: usize) -> &str {
    let end = (0..=cap.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    text.get(..end).unwrap_or_default()
}

#[cfg(test)]
mod tests;
