//! A request as it arrived, before it is checked.

use bytes::Bytes;
use http::HeaderMap;

use super::refusal::Refusal;
use super::wire::{Part, decode_form, form_parts};

/// A request as it arrived. Nothing is decoded.
#[derive(Debug)]
pub(crate) struct Received {
    pub(crate) method: http::Method,
    /// The path as sent.
    pub(crate) path: String,
    /// The text after `?` as sent; empty if there is none.
    pub(crate) query: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Received {
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
    pub(crate) fn header(&self, name: &str) -> &str {
        let mut values = self.headers.get_all(name).iter();
        match (values.next(), values.next()) {
            (Some(value), None) => std::str::from_utf8(value.as_bytes()).unwrap_or_default(),
            _ => "",
        }
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.headers.contains_key(name)
    }

    /// The first of the given headers that was sent more than once.
    pub(crate) fn repeated<'a>(&self, names: &[&'a str]) -> Option<&'a str> {
        names.iter().copied().find(|name| self.headers.get_all(*name).iter().count() > 1)
    }

    /// The media type without parameters, in lower case.
    pub(crate) fn media_type(&self) -> String {
        let value = self.header("content-type");
        value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
    }

    /// The parameters of a form-encoded call: the query of a GET, the body of anything else.
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

    /// Whether the body is a form.
    pub(crate) fn is_form(&self) -> bool {
        self.media_type() == "application/x-www-form-urlencoded"
    }

    /// A parameter of the query or of a form body, before anything is checked.
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

    /// The first label of the host name; empty if the host is an address.
    pub(crate) fn host_label(&self) -> &str {
        let host = self.header("host");
        let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
        if name.parse::<std::net::IpAddr>().is_ok() || !name.contains('.') {
            return "";
        }
        name.split('.').next().unwrap_or_default()
    }

    /// The host and port as sent, which are part of a signature.
    pub(crate) fn host(&self, missing: impl FnOnce() -> Refusal) -> Result<&str, Refusal> {
        let host = self.header("host");
        if host.is_empty() { Err(missing()) } else { Ok(host) }
    }
}
