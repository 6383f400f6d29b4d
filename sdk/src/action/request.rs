//! From an action to the parts of a request: parameters by wire name, then method, path,
//! query, headers and body. Pure: no I/O, no client, no credential.
//!
//! Two types, in the order of a call:
//!
//! 1. [`Fields`]: the parameters as JSON text. [`Action::fields`](super::Action::fields)
//!    writes them.
//! 2. [`RequestParts`]: the request without host, time and signature. A provider makes them
//!    from the fields, in [`Provider::encode`](crate::provider::Provider::encode).
//!
//! For the same fields, `{"Zone": "z-1", "Ids": ["a", "b"]}`, providers send:
//!
//! ```text
//! tencent        POST /   body {"Zone":"z-1","Ids":["a","b"]}        (the text of the fields)
//! alibaba, RPC   POST /?Zone=z-1&Ids.1=a&Ids.2=b
//! huawei         POST /v1/…  body {"Zone":"z-1","Ids":["a","b"]}
//! ```

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

/// Where a parameter is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum ParamLocation {
    /// Where the provider, its style and the method put a parameter without a declaration.
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
    /// The body itself: the value is not wrapped into an object.
    Whole,
    /// A label in front of the host, such as a bucket.
    Host,
    /// A file of a multipart form, or the bytes of an octet-stream body.
    File,
}

/// How a list or a struct is written if the wire has only text, such as in a query. For
/// `ids = ["a", "b"]`:
///
/// | style | text |
/// | --- | --- |
/// | `Json` | `Ids=["a","b"]` |
/// | `Comma` | `Ids=a,b` |
/// | `Space` | `Ids=a b` |
/// | `Pipe` | `Ids=a\|b` |
/// | `Repeat` | `Ids=a&Ids=b` |
/// | `Numbered` | `Ids.1=a&Ids.2=b` |
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum ListStyle {
    /// As the provider does it: numbered names, or repeated names.
    #[default]
    Auto,
    /// One value that is JSON text.
    Json,
    /// One value, joined by commas.
    Comma,
    /// One value, joined by blanks.
    Space,
    /// One value, joined by `|`.
    Pipe,
    /// The name once for each element.
    Repeat,
    /// Numbered names, even if the provider would not number.
    Numbered,
}

/// The wire name and placement of one parameter.
///
/// ```
/// use cloudcall::action::{ListStyle, Param, ParamLocation};
///
/// const IDS: Param = Param::new("Ids").place(ParamLocation::Query).list(ListStyle::Comma);
/// const PASSWORD: Param = Param::new("LoginPhrase").secret();
/// ```
#[derive(Debug, Clone)]
pub struct Param {
    /// The wire name.
    name: Cow<'static, str>,
    /// Where the parameter is sent.
    place: ParamLocation,
    /// How a list is written.
    list: ListStyle,
    /// Whether the value is masked. Names such as `Password` are masked without it.
    secret: bool,
}

impl Param {
    /// A parameter in the place that the provider uses by default.
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

    /// Masks the value wherever the request is shown, and in errors and logs if the service
    /// repeats it.
    #[must_use]
    pub const fn secret(mut self) -> Self {
        self.secret = true;
        self
    }
}

/// The parameters of one call, each as JSON text under its wire name.
///
/// Members of the body (and undeclared ones) are written one after the other into one JSON
/// document, so that a provider that sends JSON sends this memory unchanged. All other
/// parameters go into a second buffer.
///
/// ```
/// use cloudcall::action::{Fields, Param, ParamLocation};
///
/// let mut fields = Fields::new();
/// fields.put(&Param::new("Limit"), &20)?;
/// fields.put(&Param::new("Ids"), &["a", "b"])?;
/// fields.put(&Param::new("Zone"), &None::<String>)?; // left out
/// fields.put(&Param::new("Marker").place(ParamLocation::Query), "m")?;
/// assert_eq!(fields.get("Ids").map(|ids| ids.json), Some(&br#"["a","b"]"#[..]));
/// assert_eq!(fields.into_document(), r#"{"Limit":20,"Ids":["a","b"]}"#);
/// # Ok::<(), cloudcall::Error>(())
/// ```
#[derive(Default, Clone)]
pub struct Fields {
    /// The members of the body: `{"Limit":20,"Ids":["a","b"]`, without the closing brace.
    /// Empty without members.
    document: Vec<u8>,
    /// The values of all other parameters, one after the other.
    loose: Vec<u8>,
    /// The parameters in the order in which they were added.
    entries: Vec<Entry>,
    /// The files of the call.
    files: Vec<FilePart>,
}

/// One parameter, and where its text is. Each value is written once and never copied.
#[derive(Clone)]
struct Entry {
    /// Name and placement.
    param: Param,
    /// The position of its text in `document` or `loose`.
    value: Range<usize>,
}

impl Entry {
    /// True if the text is in the document.
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

/// The capacity that is reserved with the first parameter, in bytes. It is enough for most
/// calls, so most calls allocate once.
const USUAL: usize = 128;

impl Fields {
    /// No parameters yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a parameter. A value that is written as `null`, such as `None`, is left out.
    ///
    /// # Errors
    ///
    /// Kind `Config` if the value cannot be written as JSON. NaN and infinity cannot, at
    /// any depth. The parameter is not added then.
    pub fn put<T: Serialize + ?Sized>(&mut self, param: &Param, value: &T) -> Result<(), Error> {
        let (mark, start) = self.open(param);
        let result = json::write(self.buffer(param), value);
        self.close(param, mark, start, result)
    }

    /// Adds a parameter in place of one of the same name, whatever the place of that is.
    pub(crate) fn replace<T: Serialize + ?Sized>(&mut self, param: &Param, value: &T) -> Result<(), Error> {
        self.remove(&[&param.name]);
        self.put(param, value)
    }

    /// Removes parameters. The others keep their text and their order. It rebuilds both
    /// buffers if one of the names is there, so callers remove all names at once.
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

    /// Adds a file of a multipart form, or the bytes of an octet-stream body. The file is
    /// not opened here.
    pub fn put_file(&mut self, param: &Param, file: &FilePart) {
        let mut file = file.clone();
        file.set_field(param.name.clone());
        self.files.push(file);
    }

    /// Adds every member of a JSON object, in its order, with `place` deciding for each
    /// name. A parameter that was there before is replaced. Values are copied as text, so
    /// numbers keep their digits.
    ///
    /// # Errors
    ///
    /// Kind `Config` if it is not a JSON object.
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
        struct PlacedMembers<'a, F>(&'a mut Fields, F);
        impl<'de, F: FnMut(&str) -> ParamLocation> Visitor<'de> for PlacedMembers<'_, F> {
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
        serde_json::Deserializer::from_slice(object)
            .deserialize_map(PlacedMembers(self, &mut place))
            .map_err(|error| {
                let what = "the parameters are not a JSON object: pass a struct, a map or `json!({..})`";
                Error::new(ErrorKind::Config, what).with_source(error)
            })?
    }

    /// The buffer that the text of a parameter goes into.
    fn buffer(&mut self, param: &Param) -> &mut Vec<u8> {
        match param.place {
            ParamLocation::Auto | ParamLocation::Body => &mut self.document,
            _ => &mut self.loose,
        }
    }

    /// Begins a parameter: writes its name if it goes into the document. Returns where the
    /// parameter begins, and where its value begins.
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

    /// Ends a parameter. After an error, and for `null`, the buffer is cut back to the
    /// beginning of the parameter.
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

    /// The text of a parameter. Empty if the position is invalid, which cannot happen.
    fn text(&self, entry: &Entry) -> &[u8] {
        let buffer = if entry.in_document() { &self.document } else { &self.loose };
        buffer.get(entry.value.clone()).unwrap_or_default()
    }

    /// The parameters in the order in which they were added. A provider's encoder reads
    /// them.
    pub fn iter(&self) -> impl Iterator<Item = Field<'_>> {
        self.entries.iter().map(|entry| Field {
            name: &entry.param.name,
            place: entry.param.place,
            list: entry.param.list,
            json: self.text(entry),
        })
    }

    /// The parameter of that name, if it was given. Names are case-sensitive.
    pub fn get(&self, name: &str) -> Option<Field<'_>> {
        self.iter().find(|field| field.name == name)
    }

    /// The texts and numbers in parameters that were declared secret, at any depth. Errors
    /// of the call do not show them.
    pub(crate) fn secrets(&self) -> Vec<SecretString> {
        let secret = self.entries.iter().filter(|entry| entry.param.secret);
        secret.flat_map(|entry| texts(self.text(entry))).map(SecretString::from).collect()
    }

    /// The files of the call.
    pub fn files(&self) -> &[FilePart] {
        &self.files
    }

    /// All members of the body as one JSON document, `{}` without members. The memory is
    /// moved, not copied.
    pub fn into_document(mut self) -> Bytes {
        if self.document.is_empty() {
            return Bytes::from_static(b"{}");
        }
        self.document.push(b'}');
        Bytes::from(self.document)
    }

    /// Whether the body document has members.
    pub fn has_document(&self) -> bool {
        !self.document.is_empty()
    }

    /// Fills in the idempotency token, unless the user gave one. An empty text counts as
    /// missing.
    ///
    /// # Errors
    ///
    /// None in practice: a token is a text, which can always be written.
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

/// The size limit of a body that is searched for secrets after an error, in bytes: 64 KiB.
const SEARCHED: usize = 64 * 1024;

/// Collects all texts and numbers in a JSON value.
fn collect(value: Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) => found.push(text),
        Value::Array(items) => items.into_iter().for_each(|item| collect(item, found)),
        Value::Object(members) => members.into_iter().for_each(|(_, item)| collect(item, found)),
        Value::Number(number) => found.push(number.to_string()),
        _ => {}
    }
}

/// Collects those under names that stand for secrets.
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

/// All texts and numbers in a JSON document. None if it is not JSON.
fn texts(json: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    if let Ok(value) = serde_json::from_slice(json) {
        collect(value, &mut found);
    }
    found
}

/// One parameter, as a provider's encoder sees it.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct Field<'a> {
    /// The wire name.
    pub name: &'a str,
    /// Where it is sent.
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
    /// The value as plain text: a JSON text without its quotes, anything else as JSON
    /// writes it.
    ///
    /// ```
    /// use cloudcall::action::{Fields, Param};
    ///
    /// let mut fields = Fields::new();
    /// fields.put(&Param::new("Zone"), "z-1")?;
    /// fields.put(&Param::new("Size"), &1.5)?;
    /// let texts: Vec<String> = fields.iter().map(|field| field.plain()).collect();
    /// assert_eq!(texts, ["z-1", "1.5"]);
    /// # Ok::<(), cloudcall::Error>(())
    /// ```
    pub fn plain(&self) -> String {
        crate::sign::encode::plain_text(self.json)
    }
}

/// A request without a host, a time or a signature: the same for every attempt of one call.
/// `Debug` masks secrets.
///
/// A provider makes it in [`Provider::encode`](crate::provider::Provider::encode),
/// interceptors may change it, and the signer covers it together with the endpoint. Bytes
/// are never encoded twice: what is signed is what is sent.
#[derive(Clone)]
#[non_exhaustive]
pub struct RequestParts {
    /// The HTTP method.
    pub method: Method,
    /// The path, percent-encoded. `{project_id}` and `{domain_id}` may still be in it: the
    /// signer replaces them, because they come from the credential.
    pub path: String,
    /// The query as decoded pairs, in the order in which they are sent unless the signature
    /// sorts them.
    pub query: Vec<(String, String)>,
    /// Headers that the action, the client or the caller sets.
    pub headers: HeaderMap,
    /// The body.
    pub payload: Payload,
    /// Labels in front of the host, such as a bucket.
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

    /// Values of parameters whose names stand for secrets, at any depth: the service may
    /// repeat them. It is called after an error only. A body beyond [`SEARCHED`] is not
    /// searched.
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

    /// Adds a header whose value came from the user. It replaces a header of the same name.
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
    /// Finished bytes. All attempts send the same memory.
    Bytes {
        /// The value of `Content-Type`.
        content_type: HeaderValue,
        /// The bytes as sent.
        data: Bytes,
    },
    /// A form whose encoding the signer decides, because some schemes add fields to it.
    Form(Vec<(String, String)>),
    /// A body that is read while it is sent. Each attempt opens it again.
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

/// Checks name and value of a header. Control characters are refused, so that a line break
/// in a value cannot add a header or a request.
///
/// Values may be UTF-8, which services accept. White space around a value is removed, as
/// HTTP requires of its readers. Secret headers are marked as sensitive.
///
/// # Errors
///
/// Kind `Config`. The message shows the name, never the value.
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

/// Checks a header that a caller sets. In addition to [`header`], names that decide where
/// or how the request is sent are refused.
pub(crate) fn caller_header(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), Error> {
    let (name, value) = header(name, value)?;
    check_free(name.as_str())?;
    Ok((name, value))
}

/// Refuses the names in [`TAKEN`], which are in lower case.
pub(crate) fn check_free(name: &str) -> Result<(), Error> {
    if TAKEN.contains(&name) {
        let hint = if name == "host" { ": set the endpoint instead" } else { "" };
        return Err(Error::config(format!("the header `{name}` cannot be set by hand{hint}")));
    }
    Ok(())
}
