//! The texts that Huawei Cloud, Alibaba Cloud and Volcengine sign, in one buffer.
//!
//! The three signatures have the form of AWS Signature Version 4: a canonical request of method, path, query,
//! headers, their names and the hash of the body, and a string to sign that ends with the hash of the
//! canonical request:
//!
//! ```text
//! POST
//! /
//! RegionId=cn-beijing
//! host:ecs.cn-beijing.aliyuncs.com
//! x-acs-date:2026-03-01T08:09:05Z
//!
//! host;x-acs-date
//! e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
//! ```
//!
//! The vendors differ in the headers that they cover, in the lines of the string to sign, and in the
//! separators of `Authorization`. Their signers give these as arguments, and read the texts back for `Steps`.

use std::ops::Range;

use http::HeaderMap;

use super::encode::hex_digits;
use crate::error::Error;

/// The name and one value of a header, as both are signed.
pub(crate) type Header<'a> = (&'a str, &'a [u8]);

/// The headers whose names are covered, not sorted yet: vendors differ in whether values of one name are.
/// `value` gives the part of a value that is signed.
///
/// # Errors
///
/// Those of `value`.
pub(crate) fn covered<'a>(
    headers: &'a HeaderMap,
    is_covered: impl Fn(&str) -> bool,
    value: impl Fn(&str, &'a [u8]) -> Result<&'a [u8], Error>,
) -> Result<Vec<Header<'a>>, Error> {
    let mut found = Vec::with_capacity(headers.len());
    for (name, text) in headers {
        let name = name.as_str();
        if is_covered(name) {
            found.push((name, value(name, text.as_bytes())?));
        }
    }
    Ok(found)
}

/// The value of a header as text without white space around it.
///
/// # Errors
///
/// Kind `Config` if it is not UTF-8: the server could not sign the same text.
#[cfg(any(feature = "alibaba", feature = "volcengine"))]
pub(crate) fn trimmed<'a>(name: &str, value: &'a [u8]) -> Result<&'a str, Error> {
    std::str::from_utf8(value).map(str::trim).map_err(|error| {
        Error::config(format!("the header `{name}` is not UTF-8: it cannot be signed")).with_source(error)
    })
}

/// What a signature covers.
pub(crate) struct Form<'a> {
    /// Method, path and query, each with its line break.
    pub(crate) head: &'a [&'a str],
    /// The headers that [`covered`] gives, sorted by name.
    pub(crate) headers: &'a [Header<'a>],
    /// Whether values of one name are on one line, with `,` between them. Otherwise each has a line.
    pub(crate) joined: bool,
    /// The last line of the canonical request.
    pub(crate) payload_hash: &'a [u8],
    /// The string to sign up to the hash of the canonical request.
    pub(crate) before_hash: &'a [&'a str],
}

impl Form<'_> {
    /// Writes both texts. `hash` hashes the canonical request.
    ///
    /// # Errors
    ///
    /// Those of `hash`.
    pub(crate) fn write<E>(&self, hash: impl FnOnce(&[u8]) -> Result<[u8; 32], E>) -> Result<Texts, E> {
        let mut buffer = Vec::with_capacity(self.length());
        push(&mut buffer, self.head);
        for (at, (name, value)) in self.headers.iter().enumerate() {
            if self.joined && self.is_repeated(at, name) {
                buffer.pop();
                buffer.push(b',');
            } else {
                buffer.extend_from_slice(name.as_bytes());
                buffer.push(b':');
            }
            buffer.extend_from_slice(value);
            buffer.push(b'\n');
        }
        buffer.push(b'\n');
        let start = buffer.len();
        for (at, (name, _)) in self.headers.iter().enumerate() {
            if !self.is_repeated(at, name) {
                if at > 0 {
                    buffer.push(b';');
                }
                buffer.extend_from_slice(name.as_bytes());
            }
        }
        let names = start..buffer.len();
        buffer.push(b'\n');
        buffer.extend_from_slice(self.payload_hash);
        let end = buffer.len();
        let hash = hash(&buffer)?;
        push(&mut buffer, self.before_hash);
        buffer.extend_from_slice(&hex_digits(&hash));
        Ok(Texts { buffer, names, end })
    }

    /// The length of both texts, at most: 64 digits of the hash, 5 other characters, and 3 for each header.
    fn length(&self) -> usize {
        let texts = [self.head, self.before_hash].into_iter().flatten().map(|text| text.len()).sum::<usize>();
        let headers = self.headers.iter().map(|(name, value)| 2 * name.len() + value.len() + 3);
        texts + headers.sum::<usize>() + self.payload_hash.len() + 69
    }

    /// Whether the header before this one has the same name.
    fn is_repeated(&self, at: usize, name: &str) -> bool {
        let before = || self.headers.get(at.checked_sub(1)?);
        before().is_some_and(|(last, _)| *last == name)
    }
}

/// A canonical request and its string to sign, one behind the other in one buffer.
pub(crate) struct Texts {
    /// Both texts, as bytes: values of headers need not be UTF-8.
    buffer: Vec<u8>,
    /// Where the names of the covered headers are.
    names: Range<usize>,
    /// Where the canonical request ends, and the string to sign begins.
    end: usize,
}

impl Texts {
    /// The canonical request. Bytes that are not UTF-8 are shown as U+FFFD.
    pub(crate) fn canonical_request(&self) -> String {
        shown(self.buffer.get(..self.end))
    }

    /// The string to sign, which the signature is computed over.
    pub(crate) fn string_to_sign(&self) -> &[u8] {
        self.buffer.get(self.end..).unwrap_or_default()
    }

    /// The same, to show it.
    pub(crate) fn shown_string_to_sign(&self) -> String {
        shown(Some(self.string_to_sign()))
    }

    /// The names of the covered headers, sorted, with `;` between them.
    pub(crate) fn signed_headers(&self) -> &str {
        let names = self.buffer.get(self.names.clone()).unwrap_or_default();
        std::str::from_utf8(names).unwrap_or_default()
    }

    /// The value of `Authorization` up to the signature, with room for it: the texts of `before`, the names
    /// of the covered headers, and `after`.
    pub(crate) fn authorization(&self, before: &[&str], after: &str) -> String {
        let fixed = before.iter().map(|text| text.len()).sum::<usize>();
        let mut out = String::with_capacity(fixed + self.names.len() + after.len() + 64);
        before.iter().for_each(|text| out.push_str(text));
        out.push_str(self.signed_headers());
        out.push_str(after);
        out
    }
}

/// Appends several texts.
fn push(buffer: &mut Vec<u8>, texts: &[&str]) {
    for text in texts {
        buffer.extend_from_slice(text.as_bytes());
    }
}

/// Bytes as text.
fn shown(bytes: Option<&[u8]>) -> String {
    String::from_utf8_lossy(bytes.unwrap_or_default()).into_owned()
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn texts(joined: bool) -> Texts {
        let mut headers = HeaderMap::new();
        for (name, value) in [("x-b", "2"), ("x-a", "1"), ("other", "0"), ("x-b", "1")] {
            headers.append(name, HeaderValue::from_static(value));
        }
        let mut headers = covered(&headers, |name| name.starts_with("x-"), |_, value| Ok(value)).unwrap();
        headers.sort_by_key(|(name, _)| *name);
        let form = Form {
            head: &["GET", "\n/\n", "a=1", "\n"],
            headers: &headers,
            joined,
            payload_hash: b"e3b0",
            before_hash: &["ALGORITHM\n", "time\n"],
        };
        let texts = form.write(|_| Ok::<_, Error>([0xab; 32])).unwrap();
        assert_eq!(texts.buffer.capacity(), form.length());
        assert!(texts.buffer.len() <= form.length());
        texts
    }

    #[test]
    fn values_of_one_name_are_joined_or_have_lines() {
        let joined = texts(true);
        assert_eq!(joined.canonical_request(), "GET\n/\na=1\nx-a:1\nx-b:2,1\n\nx-a;x-b\ne3b0");
        assert_eq!(joined.signed_headers(), "x-a;x-b");
        let lines = texts(false);
        assert_eq!(lines.canonical_request(), "GET\n/\na=1\nx-a:1\nx-b:2\nx-b:1\n\nx-a;x-b\ne3b0");
        assert_eq!(lines.signed_headers(), "x-a;x-b");
    }

    #[test]
    fn the_second_text_and_the_header_follow() {
        let texts = texts(true);
        assert_eq!(texts.shown_string_to_sign(), format!("ALGORITHM\ntime\n{}", "ab".repeat(32)));
        assert_eq!(texts.authorization(&["A ", "id", ",H="], ",S="), "A id,H=x-a;x-b,S=");
    }
}
