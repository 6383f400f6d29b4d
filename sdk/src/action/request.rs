//! From an action to the parts of a request: parameters by wire name, then method, path, query,
//! headers and body. Pure: no I/O, no client, no credential.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use secrecy::SecretString;
use serde::Serialize;
use serde::de::{Deserializer as _, MapAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;

use super::json;
use crate::error::{Error, ErrorKind};
use crate::telemetry::redact::{self, MASK};
use crate::upload::{FilePart, Upload};

/// Where a parameter goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum ParamLocation {
    /// Where the cloud, its style and the method put an undeclared parameter.
    #[default]
    Auto,
    /// A placeholder of the path.
    Path,
    /// The query.
    Query,
    /// A request header.
    Header,
    /// A member of the body.
    Body,
    /// The body itself.
    Whole,
    /// A label in front of the host, such as a bucket.
    Host,
    /// A file of a multipart form, or the bytes of an octet-stream body.
    File,
}

/// How a list (or a struct) is written where the wire has only text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum ListStyle {
    /// As the cloud does it: numbered names, or repeated names.
    #[default]
    Auto,
    /// One value holding JSON text.
    Json,
    /// One value, joined by commas.
    Comma,
    /// One value, joined by blanks.
    Space,
    /// One value, joined by `|`.
    Pipe,
    /// The name once for each element.
    Repeat,
    /// Numbered names, `Name.1`, also where the cloud would not number.
    Numbered,
}

/// The wire name and placement of one parameter.
#[derive(Debug, Clone)]
pub struct Param {
    name: Cow<'static, str>,
    place: ParamLocation,
    list: ListStyle,
    secret: bool,
}

impl Param {
    /// A parameter that goes where the cloud puts it.
    pub const fn new(name: &'static str) -> Self {
        Self { name: Cow::Borrowed(name), place: ParamLocation::Auto, list: ListStyle::Auto, secret: false }
    }

    /// A parameter whose name is only known at run time.
    pub fn dynamic(name: impl Into<String>) -> Self {
        Self { name: Cow::Owned(name.into()), ..Self::new("") }
    }

    /// Sets the place.
    #[must_use]
    pub const fn place(mut self, place: ParamLocation) -> Self {
        self.place = place;
        self
    }

    /// Sets how lists are written.
    #[must_use]
    pub const fn list(mut self, list: ListStyle) -> Self {
        self.list = list;
        self
    }

    /// Masks the value wherever the request is shown.
    #[must_use]
    pub const fn secret(mut self) -> Self {
        self.secret = true;
        self
    }
}

/// The parameters of one call, each as JSON text under its wire name.
///
/// Members of the body (and undeclared ones) are written side by side into one JSON document, so that
/// a cloud that sends JSON sends this memory as it is.
#[derive(Default, Clone)]
pub struct Fields {
    document: Vec<u8>,
    loose: Vec<u8>,
    entries: Vec<Entry>,
    files: Vec<FilePart>,
}

#[derive(Clone)]
struct Entry {
    param: Param,
    value: Range<usize>,
}

impl Entry {
    fn in_document(&self) -> bool {
        matches!(self.param.place, ParamLocation::Auto | ParamLocation::Body)
    }
}

impl fmt::Debug for Fields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("Fields");
        for entry in &self.entries {
            let text = String::from_utf8_lossy(self.text(entry));
            match entry.param.secret {
                true => debug.field(&entry.param.name, &MASK),
                false => redact::json_field(&mut debug, &entry.param.name, &text),
            };
        }
        for file in &self.files {
            debug.field(file.field(), file);
        }
        debug.finish()
    }
}

/// Room for the parameters of most calls, in bytes.
const USUAL: usize = 128;

impl Fields {
    /// No parameters yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a parameter. A value that serialises to `null`, such as `None`, is left out.
    ///
    /// # Errors
    ///
    /// Kind `Config` if the value cannot be written as JSON, such as NaN and infinity, wherever they stand in it.
    pub fn put<T: Serialize + ?Sized>(&mut self, param: &Param, value: &T) -> Result<(), Error> {
        let (mark, start) = self.open(param);
        let result = json::write(self.buffer(param), value);
        self.close(param, mark, start, result)
    }

    /// Adds a parameter in place of one of the same name, wherever that goes.
    pub(crate) fn replace<T: Serialize + ?Sized>(&mut self, param: &Param, value: &T) -> Result<(), Error> {
        self.remove(&[&param.name]);
        self.put(param, value)
    }

    /// Takes parameters out. What stays keeps its text and its order.
    fn remove(&mut self, names: &[&str]) {
        let gone = |entry: &Entry| names.contains(&entry.param.name.as_ref());
        if !self.entries.iter().any(gone) {
            return;
        }
        let old = std::mem::take(self);
        for entry in old.entries.iter().filter(|entry| !gone(entry)) {
            let (mark, start) = self.open(&entry.param);
            self.buffer(&entry.param).extend_from_slice(old.text(entry));
            // Copying a text that was written before cannot fail.
            let _ = self.close(&entry.param, mark, start, Ok(()));
        }
        self.files = old.files;
    }

    /// Adds a file of a multipart form, or the bytes of an octet-stream body.
    pub fn put_file(&mut self, param: &Param, file: &FilePart) {
        let mut file = file.clone();
        file.set_field(param.name.clone());
        self.files.push(file);
    }

    /// Adds every member of a JSON object, in its order, with `place` deciding for each name. A parameter that was there
    /// before is replaced.
    ///
    /// # Errors
    ///
    /// Kind `Config` if it is no JSON object.
    pub fn put_object(
        &mut self,
        object: &[u8],
        mut place: impl FnMut(&str) -> ParamLocation,
    ) -> Result<(), Error> {
        if !self.entries.is_empty()
            && let Ok(members) = crate::sign::encode::members(object)
        {
            self.remove(&members.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>());
        }
        struct Members<'a, F>(&'a mut Fields, F);
        impl<'de, F: FnMut(&str) -> ParamLocation> Visitor<'de> for Members<'_, F> {
            type Value = Result<(), Error>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object of parameters")
            }
            fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<Self::Value, A::Error> {
                while let Some((name, value)) = map.next_entry::<String, &'de RawValue>()? {
                    let place = (self.1)(&name);
                    let param = Param::dynamic(name).place(place);
                    if let Err(error) = self.0.put(&param, value) {
                        return Ok(Err(error));
                    }
                }
                Ok(Ok(()))
            }
        }
        serde_json::Deserializer::from_slice(object).deserialize_map(Members(self, &mut place)).map_err(
            |error| Error::new(ErrorKind::Config, "the parameters are not a JSON object").with_source(error),
        )?
    }

    fn buffer(&mut self, param: &Param) -> &mut Vec<u8> {
        match param.place {
            ParamLocation::Auto | ParamLocation::Body => &mut self.document,
            _ => &mut self.loose,
        }
    }

    fn open(&mut self, param: &Param) -> (usize, usize) {
        let in_document = matches!(param.place, ParamLocation::Auto | ParamLocation::Body);
        let buffer = self.buffer(param);
        if buffer.capacity() == 0 {
            buffer.reserve(USUAL);
        }
        let mark = buffer.len();
        if in_document {
            buffer.push(if mark == 0 { b'{' } else { b',' });
            // Writing a text into memory cannot fail; were it to, `close` sees an empty name.
            let _ = serde_json::to_writer(&mut *buffer, param.name.as_ref());
            buffer.push(b':');
        }
        (mark, buffer.len())
    }

    fn close(
        &mut self,
        param: &Param,
        mark: usize,
        start: usize,
        result: serde_json::Result<()>,
    ) -> Result<(), Error> {
        let buffer = self.buffer(param);
        if let Err(error) = result {
            buffer.truncate(mark);
            let what = format!("parameter `{}` cannot be sent: {error}", param.name);
            return Err(Error::new(ErrorKind::Config, what).with_source(error));
        }
        if buffer.get(start..) == Some(b"null") {
            buffer.truncate(mark);
            return Ok(());
        }
        let value = start..buffer.len();
        self.entries.push(Entry { param: param.clone(), value });
        Ok(())
    }

    fn text(&self, entry: &Entry) -> &[u8] {
        let buffer = if entry.in_document() { &self.document } else { &self.loose };
        buffer.get(entry.value.clone()).unwrap_or_default()
    }

    /// The parameters in the order they were added.
    pub fn iter(&self) -> impl Iterator<Item = Field<'_>> {
        self.entries.iter().map(|entry| Field {
            name: &entry.param.name,
            place: entry.param.place,
            list: entry.param.list,
            json: self.text(entry),
        })
    }

    /// The parameter of that name, if it was given.
    pub fn get(&self, name: &str) -> Option<Field<'_>> {
        self.iter().find(|field| field.name == name)
    }

    /// The texts in parameters that were declared secret.
    pub(crate) fn secrets(&self) -> Vec<SecretString> {
        let secret = self.entries.iter().filter(|entry| entry.param.secret);
        secret.flat_map(|entry| texts(self.text(entry))).map(SecretString::from).collect()
    }

    /// The files of the call.
    pub fn files(&self) -> &[FilePart] {
        &self.files
    }

    /// All members of the body as one JSON document, `{}` when there are none.
    pub fn into_document(mut self) -> Bytes {
        if self.document.is_empty() {
            return Bytes::from_static(b"{}");
        }
        self.document.push(b'}');
        Bytes::from(self.document)
    }

    /// Whether any member went into the body document.
    pub fn has_document(&self) -> bool {
        !self.document.is_empty()
    }

    /// Gives the idempotency token its value unless the user gave one; the empty text counts as none.
    pub(crate) fn fill_token(&mut self, place: ParamLocation, name: &str, token: &str) -> Result<(), Error> {
        match self.entries.iter().position(|entry| entry.param.name == name) {
            Some(at) if self.entries.get(at).is_some_and(|entry| self.text(entry) == b"\"\"") => {
                let empty = self.entries.remove(at);
                let buffer = if empty.in_document() { &mut self.document } else { &mut self.loose };
                // Replaces `""` where it stands: later values move by the length of the token.
                let quoted = serde_json::to_vec(token).unwrap_or_default();
                let grown = quoted.len().saturating_sub(2);
                let end = empty.value.start + quoted.len();
                buffer.splice(empty.value.clone(), quoted);
                let moved = empty.in_document();
                for entry in &mut self.entries {
                    if entry.in_document() == moved && entry.value.start > empty.value.start {
                        entry.value = entry.value.start + grown..entry.value.end + grown;
                    }
                }
                let value = empty.value.start..end;
                self.entries.insert(at, Entry { param: empty.param, value });
                Ok(())
            }
            Some(_) => Ok(()),
            None => {
                let param = Param::dynamic(name).place(place);
                self.put(&param, token)
            }
        }
    }
}

/// How large a body is that is searched for secrets after an error, in bytes.
const SEARCHED: usize = 64 * 1024;

/// All texts and numbers in a JSON value.
fn collect(value: Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) => found.push(text),
        Value::Array(items) => items.into_iter().for_each(|item| collect(item, found)),
        Value::Object(members) => members.into_iter().for_each(|(_, item)| collect(item, found)),
        Value::Number(number) => found.push(number.to_string()),
        _ => {}
    }
}

/// Those under names that stand for secrets.
fn collect_named(value: Value, found: &mut Vec<String>) {
    match value {
        Value::Array(items) => items.into_iter().for_each(|item| collect_named(item, found)),
        Value::Object(members) => members.into_iter().for_each(|(name, item)| match &item {
            Value::String(_) | Value::Number(_) if redact::is_secret_name(&name) => collect(item, found),
            _ => collect_named(item, found),
        }),
        _ => {}
    }
}

/// All texts and numbers in a JSON document.
fn texts(json: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    if let Ok(value) = serde_json::from_slice(json) {
        collect(value, &mut found);
    }
    found
}

/// One parameter as a cloud's encoder sees it.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct Field<'a> {
    /// The wire name.
    pub name: &'a str,
    /// Where it goes.
    pub place: ParamLocation,
    /// How a list is written.
    pub list: ListStyle,
    /// The value as JSON text.
    pub json: &'a [u8],
}

impl fmt::Debug for Field<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("Field");
        debug.field("place", &self.place).field("list", &self.list);
        redact::json_field(&mut debug, self.name, &String::from_utf8_lossy(self.json));
        debug.finish()
    }
}

impl Field<'_> {
    /// The value as plain text: a JSON text without its quotes, anything else as JSON writes it.
    pub fn plain(&self) -> String {
        crate::sign::encode::plain_text(self.json)
    }
}

/// A request without a host, a time or a signature: the same for every attempt of one call. `Debug` masks secrets.
#[derive(Clone)]
#[non_exhaustive]
pub struct RequestParts {
    /// The HTTP method.
    pub method: Method,
    /// The path, percent-encoded; `{project_id}` and `{domain_id}` may still stand in it.
    pub path: String,
    /// The query as decoded pairs, in the order they are sent unless the signature sorts them.
    pub query: Vec<(String, String)>,
    /// Headers that the action or the caller decides.
    pub headers: HeaderMap,
    /// The body.
    pub payload: Payload,
    /// Labels in front of the host.
    pub host_prefix: Option<String>,
}

impl fmt::Debug for RequestParts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequestParts")
            .field("method", &self.method)
            .field("path", &self.path)
            .field("query", &redact::Pairs(&self.query))
            .field("headers", &redact::Headers(&self.headers))
            .field("payload", &self.payload)
            .field("host_prefix", &self.host_prefix)
            .finish()
    }
}

impl RequestParts {
    /// A request to `/` without parameters.
    pub fn new(method: Method) -> Self {
        Self {
            method,
            path: "/".to_owned(),
            query: Vec::new(),
            headers: HeaderMap::new(),
            payload: Payload::Empty,
            host_prefix: None,
        }
    }

    /// Values of parameters whose names stand for secrets, at any depth: the service may repeat them.
    pub(crate) fn secrets(&self) -> Vec<SecretString> {
        let mut found = Vec::new();
        let form = match &self.payload {
            Payload::Form(pairs) => pairs.as_slice(),
            _ => &[],
        };
        let pairs = self.query.iter().chain(form).filter(|(name, _)| redact::is_secret_name(name));
        found.extend(pairs.map(|(_, value)| value.clone()));
        if let Payload::Bytes { data, .. } = &self.payload
            && data.len() <= SEARCHED
            && let Ok(document) = serde_json::from_slice(data)
        {
            collect_named(document, &mut found);
        }
        found.into_iter().map(SecretString::from).collect()
    }

    /// Adds a header whose value came from the user.
    ///
    /// # Errors
    ///
    /// Kind `Config` for a name or a value that HTTP does not allow.
    pub fn header(&mut self, name: &str, value: &str) -> Result<(), Error> {
        let (name, value) = header(name, value)?;
        self.headers.insert(name, value);
        Ok(())
    }
}

/// The body of a request before it is signed. `Debug` masks secrets.
#[derive(Clone)]
#[non_exhaustive]
pub enum Payload {
    /// No body.
    Empty,
    /// Finished bytes.
    Bytes {
        /// The value of `Content-Type`.
        content_type: HeaderValue,
        /// The bytes as sent.
        data: Bytes,
    },
    /// A form whose encoding the signature decides, since some schemes add fields to it.
    Form(Vec<(String, String)>),
    /// A body that is read while it is sent.
    Stream {
        /// The value of `Content-Type`.
        content_type: HeaderValue,
        /// What is sent.
        body: Upload,
    },
}

impl fmt::Debug for Payload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("Empty"),
            Self::Bytes { content_type, data } => f
                .debug_struct("Bytes")
                .field("content_type", content_type)
                .field("bytes", &data.len())
                .finish(),
            Self::Form(pairs) => f.debug_tuple("Form").field(&redact::Pairs(pairs)).finish(),
            Self::Stream { content_type, body } => {
                f.debug_struct("Stream").field("content_type", content_type).field("body", body).finish()
            }
        }
    }
}

/// Checks a header's name and value: no control characters, so nothing can be smuggled in.
pub(crate) fn header(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), Error> {
    let shown = || name.escape_debug();
    let parsed = HeaderName::from_bytes(name.as_bytes()).map_err(|_| {
        let what = format!("`{}` is not a header name: use letters, digits and `-`", shown());
        Error::new(ErrorKind::Config, what)
    })?;
    // `from_str` would refuse anything but visible ASCII; the clouds take UTF-8.
    // Blanks around a value are no part of it; a line break there is a mistake as anywhere else.
    let mut text = HeaderValue::from_bytes(value.trim_matches([' ', '\t']).as_bytes()).map_err(|_| {
        let what = format!("the value of header `{}` has a control character (CR, LF, NUL …)", shown());
        Error::new(ErrorKind::Config, what)
    })?;
    text.set_sensitive(crate::telemetry::redact::is_secret_header(parsed.as_str()));
    Ok((parsed, text))
}

/// Headers that the client, the transport or the signature decides.
const TAKEN: [&str; 6] =
    ["authorization", "connection", "content-length", "host", "proxy-authorization", "transfer-encoding"];

/// Checks a header that a caller sets: also that it is not one that decides where or how the request goes.
pub(crate) fn caller_header(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), Error> {
    let (name, value) = header(name, value)?;
    check_free(name.as_str())?;
    Ok((name, value))
}

pub(crate) fn check_free(name: &str) -> Result<(), Error> {
    if TAKEN.contains(&name) {
        let hint = if name == "host" { ": set the endpoint instead" } else { "" };
        return Err(Error::config(format!("the header `{name}` cannot be set by hand{hint}")));
    }
    Ok(())
}
