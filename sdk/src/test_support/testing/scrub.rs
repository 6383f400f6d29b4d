//! Removes secrets from recordings.
//!
//! Three kinds of text are masked by `****`:
//!
//! 1. Values whose name is secret, by the list of `telemetry/redact/names.rs`, the ids of keys, and the
//!    names of `Recorder::scrub`. They are found in queries, forms, multipart forms, JSON, events and
//!    XML.
//! 2. The texts of `Recorder::scrub_value`, wherever they occur.
//! 3. In a response, the secrets of its request: services quote them in error messages.
//!
//! `canonical.rs` treats a mask in a recording as any text.

use bytes::Bytes;
use http::HeaderMap;

use super::MockRequest;
use super::cassette::{Body, Request};
use crate::telemetry::redact::{self, MASK, Rule};
use crate::test_support::fake_cloud::{decode_form, multipart};

/// The shortest secret value that is searched for in texts, in bytes. Shorter ones occur in texts by
/// chance.
const SHORTEST: usize = 8;

/// The secrets of a recording, in addition to the names that are always secret.
#[derive(Debug, Clone)]
pub(super) struct Scrub {
    /// In lower case.
    names: Vec<String>,
    /// Texts that are masked wherever they occur.
    values: Secrets,
}

/// Ids of keys are not secret, but recordings are committed, and should not show whose keys were used.
const KEY_IDS: [&str; 4] = ["accesskeyid", "secretid", "tmpsecretid", "x-acs-accesskey-id"];

impl Default for Scrub {
    fn default() -> Self {
        Self { names: KEY_IDS.map(str::to_owned).into(), values: Secrets::default() }
    }
}

/// Secret values.
#[derive(Clone, Default)]
struct Secrets(Vec<String>);

impl std::fmt::Debug for Secrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(MASK)
    }
}

impl Scrub {
    /// Adds a name. Its case does not matter.
    pub(super) fn name(&mut self, name: &str) {
        self.names.push(name.to_ascii_lowercase());
    }

    /// Adds a text. An empty one would match everywhere, and is ignored.
    pub(super) fn value(&mut self, value: String) {
        if !value.is_empty() {
            self.values.0.push(value);
        }
    }

    /// Adds the secrets that a request carries, because its response may quote them.
    pub(super) fn knowing(&self, request: &MockRequest) -> Self {
        let mut known = self.clone();
        let long = |value: &str| (value.len() >= SHORTEST).then(|| value.to_owned());
        for (name, value) in &request.headers {
            if redact::is_secret_header(name.as_str())
                || value.is_sensitive()
                || self.is_secret(name.as_str())
            {
                known.values.0.extend(value.to_str().ok().and_then(long));
            }
        }
        let form =
            std::str::from_utf8(&request.body).ok().filter(|_| is_form(&content_type(&request.headers)));
        let form = form.and_then(decode_form).unwrap_or_default();
        for (name, value) in request.query.iter().chain(&form) {
            if self.is_secret(name) {
                known.values.0.extend(long(value));
            }
        }
        known
    }

    /// Whether the value of this name is masked.
    fn is_secret(&self, name: &str) -> bool {
        self.rule().secrecy(name).is_some()
    }

    /// The parts of a request that are recorded, masked.
    pub(super) fn request(&self, request: &MockRequest, query: &str) -> Request {
        let content_type = content_type(&request.headers);
        Request {
            method: request.method.to_string(),
            host: request.host().to_owned(),
            path: self.literals(&request.path),
            query: self.form(query),
            body: self.body(&content_type, &request.body),
            content_type,
        }
    }

    /// The headers of a response, without those that describe one transfer only.
    pub(super) fn headers(&self, headers: &HeaderMap) -> Vec<(String, String)> {
        const TRANSFER: [&str; 3] = ["connection", "content-length", "transfer-encoding"];
        let shown = |name: &str, value: &http::HeaderValue| {
            let secret = redact::is_secret_header(name)
                || value.is_sensitive()
                || self.is_secret(name)
                || name == "set-cookie";
            if secret { MASK.to_owned() } else { self.literals(&String::from_utf8_lossy(value.as_bytes())) }
        };
        let kept = headers.iter().filter(|(name, _)| !TRANSFER.contains(&name.as_str()));
        kept.map(|(name, value)| (name.to_string(), shown(name.as_str(), value))).collect()
    }

    /// A body, masked by its content type. Text of any type is searched for JSON, events and XML. A
    /// body that is not UTF-8 is only searched for secret texts.
    pub(super) fn body(&self, content_type: &str, bytes: &Bytes) -> Body {
        if content_type.starts_with("multipart/")
            && let Some(scrubbed) = self.multipart(content_type, bytes)
        {
            return Body::new(&self.bytes(&scrubbed));
        }
        match std::str::from_utf8(bytes) {
            Ok(text) if is_form(content_type) => Body::Text(self.form(text)),
            Ok(text) => Body::Text(self.text(text)),
            Err(_) => Body::new(&self.bytes(bytes)),
        }
    }

    /// Masks secrets in a text of any form: JSON, server-sent events, XML.
    pub(super) fn text(&self, text: &str) -> String {
        self.literals(&self.rule().text(text))
    }

    /// The names, in the form that `telemetry/redact` takes.
    fn rule(&self) -> Rule<'_> {
        Rule { names: &self.names }
    }

    /// Masks secrets in a form-encoded text.
    fn form(&self, text: &str) -> String {
        self.literals(&self.rule().query(text))
    }

    /// A multipart form with the data of secret parts masked; `None` if it is not a multipart form.
    fn multipart(&self, content_type: &str, body: &Bytes) -> Option<Vec<u8>> {
        let mut out = Vec::with_capacity(body.len());
        let mut rest = 0;
        for part in multipart(body, boundary(content_type)?)? {
            if self.is_secret(&part.name) {
                let start = (part.data.as_ptr() as usize).checked_sub(body.as_ptr() as usize)?;
                out.extend_from_slice(body.get(rest..start)?);
                out.extend_from_slice(MASK.as_bytes());
                rest = start + part.data.len();
            }
        }
        out.extend_from_slice(body.get(rest..)?);
        Some(out)
    }

    /// Masks the secret texts.
    fn literals(&self, text: &str) -> String {
        self.values.0.iter().fold(text.to_owned(), |text, secret| text.replace(secret.as_str(), MASK))
    }

    /// The same as [`literals`](Self::literals), for bytes.
    fn bytes(&self, bytes: &[u8]) -> Vec<u8> {
        self.values.0.iter().fold(bytes.to_vec(), |bytes, secret| {
            let secret = secret.as_bytes();
            let mut out = Vec::with_capacity(bytes.len());
            let mut rest = bytes.as_slice();
            while let Some((first, tail)) = rest.split_first() {
                match rest.strip_prefix(secret) {
                    Some(after) => {
                        out.extend_from_slice(MASK.as_bytes());
                        rest = after;
                    }
                    None => {
                        out.push(*first);
                        rest = tail;
                    }
                }
            }
            out
        })
    }
}

/// The content type of a message; empty if there is none or it is not text.
pub(super) fn content_type(headers: &HeaderMap) -> String {
    let value = headers.get(http::header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    value.unwrap_or_default().to_owned()
}

/// Whether a content type is that of a form. Parameters such as a charset do not matter.
pub(super) fn is_form(content_type: &str) -> bool {
    content_type.starts_with("application/x-www-form-urlencoded")
}

/// The boundary of a multipart form.
pub(super) fn boundary(content_type: &str) -> Option<&str> {
    content_type.split(';').find_map(|param| Some(param.trim().strip_prefix("boundary=")?.trim_matches('"')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_leave_every_kind_of_text() {
        let mut scrub = Scrub::default();
        scrub.name("PinCode");
        scrub.value("planted-literal".to_owned());
        for (given, wanted) in [
            (r#"{"Password": "p", "a": 1}"#, r#"{"Password": "****", "a": 1}"#),
            (r#"{"a" : {"pincode": 12}}"#, r#"{"a" : {"pincode": "****"}}"#),
            (
                r#"{"token": {"expires_at": "never", "id": "x"}}"#,
                r#"{"token": {"expires_at": "never", "id": "x"}}"#,
            ),
            (r#"{ "spaced":  "stays" }"#, r#"{ "spaced":  "stays" }"#),
            ("data: {\"Token\":\"t\"}\n\ndata: {}\n", "data: {\"Token\":\"****\"}\n\ndata: {}\n"),
            ("<R><Token>t</Token><a>b</a></R>", "<R><Token>****</Token><a>b</a></R>"),
            ("it was planted-literal", "it was ****"),
            (r#"{"m":"bad Signature=abc&x=1"}"#, r#"{"m":"bad Signature=****&x=1"}"#),
        ] {
            assert_eq!(scrub.text(given), wanted);
        }
        assert_eq!(scrub.form("Action=X&Signature=s&pincode=1"), "Action=X&Signature=****&pincode=****");
        assert_eq!(scrub.bytes(b"\xffplanted-literal\xfe"), b"\xff****\xfe");
        let body = Bytes::from_static(
            b"--B\r\nContent-Disposition: form-data; name=\"password\"\r\n\r\nhush\r\n--B\r\n\
              Content-Disposition: form-data; name=\"F\"; filename=\"F\"\r\n\r\n\xff\r\n--B--\r\n",
        );
        let scrubbed = scrub.body("multipart/form-data; boundary=B", &body).bytes().unwrap();
        let parts = multipart(&scrubbed, "B").unwrap();
        assert_eq!((parts[0].data, parts[1].data), (&b"****"[..], &b"\xff"[..]));
    }
}
