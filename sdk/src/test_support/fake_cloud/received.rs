//! A request as it arrived, before it is checked.
//!
//! Signatures cover the bytes that were sent, so path, query and body are kept as they came. The
//! vendors decode them through the methods here.

use bytes::Bytes;
use http::HeaderMap;

use super::refusal::Refusal;
use super::wire::{Part, decode_form, form_parts};

/// A request as it arrived. Nothing is decoded.
#[derive(Debug)]
pub(crate) struct Received {
    /// The HTTP method.
    pub(crate) method: http::Method,
    /// The path as sent.
    pub(crate) path: String,
    /// The text after `?` as sent; empty if there is none.
    pub(crate) query: String,
    /// The headers, in the order of arrival, with repeated ones.
    pub(crate) headers: HeaderMap,
    /// The whole body. It is empty if there is none.
    pub(crate) body: Bytes,
}

impl Received {
    /// Takes a request from the server. A URI without a path has the path `/`.
    pub(crate) fn new(head: http::request::Parts, body: Bytes) -> Self {
        Self {
            method: head.method,
            path: head.uri.path().to_owned(),
            query: head.uri.query().unwrap_or_default().to_owned(),
            headers: head.headers,
            body,
        }
    }

    /// A header as text; empty if it is missing, was sent twice or is not text.
    ///
    /// A vendor that reads a header twice sent would have to choose a value. Reading it as missing
    /// makes the check fail instead.
    pub(crate) fn header(&self, name: &str) -> &str {
        let mut values = self.headers.get_all(name).iter();
        match (values.next(), values.next()) {
            (Some(value), None) => std::str::from_utf8(value.as_bytes()).unwrap_or_default(),
            _ => "",
        }
    }

    /// Whether a header was sent, with any value.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.headers.contains_key(name)
    }

    /// The first of the given headers that was sent more than once.
    ///
    /// The vendors refuse such a request: which of the two values was signed is ambiguous.
    pub(crate) fn repeated<'a>(&self, names: &[&'a str]) -> Option<&'a str> {
        names.iter().copied().find(|name| self.headers.get_all(*name).iter().count() > 1)
    }

    /// The media type without parameters, in lower case.
    pub(crate) fn media_type(&self) -> String {
        let value = self.header("content-type");
        value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
    }

    /// The parameters of a form-encoded call: the query of a GET, the body of anything else. `None` if
    /// the text is not form-encoded UTF-8. The content type is not looked at; the vendors check it
    /// before.
    pub(crate) fn form(&self) -> Option<Vec<(String, String)>> {
        if self.method == http::Method::GET {
            return decode_form(&self.query);
        }
        decode_form(std::str::from_utf8(&self.body).ok()?)
    }

    /// The parts of a multipart body; `None` if the body is not multipart.
    pub(crate) fn parts(&self) -> Option<Vec<Part<'_>>> {
        form_parts(self.header("content-type"), &self.body)
    }

    /// Whether the content type is `application/x-www-form-urlencoded`.
    pub(crate) fn is_form(&self) -> bool {
        self.media_type() == "application/x-www-form-urlencoded"
    }

    /// A parameter of the query or of a form body, before anything is checked.
    ///
    /// The query takes precedence over the body. A body is searched only if it is a form.
    pub(crate) fn look_up(&self, name: &str) -> Option<String> {
        let found = |pairs: Vec<(String, String)>| {
            pairs.into_iter().find(|(known, _)| known == name).map(|(_, value)| value)
        };
        if let Some(value) = decode_form(&self.query).and_then(found) {
            return Some(value);
        }
        if !self.is_form() {
            return None;
        }
        decode_form(std::str::from_utf8(&self.body).ok()?).and_then(found)
    }

    /// The first label of the host name; empty if the host is an address, or has one label only, as
    /// `localhost`.
    pub(crate) fn host_label(&self) -> &str {
        let host = self.header("host");
        let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
        if name.parse::<std::net::IpAddr>().is_ok() || !name.contains('.') {
            return "";
        }
        name.split('.').next().unwrap_or_default()
    }

    /// The host and port as sent, which are part of a signature. `missing` is the vendor's refusal of a
    /// request without a host.
    pub(crate) fn host(&self, missing: impl FnOnce() -> Refusal) -> Result<&str, Refusal> {
        let host = self.header("host");
        if host.is_empty() { Err(missing()) } else { Ok(host) }
    }
}
