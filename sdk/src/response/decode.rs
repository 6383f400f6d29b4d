//! From the bytes of an answer straight into the response type.
//!
//! One pass over the text: the top level is watched while the type reads it, so that the error member and the
//! request id are found without a second parse and without a tree in between.

mod absent;
mod exact;
mod metadata;
mod reading;

pub(crate) use reading::{Misread, Reading, read};

use std::any::{Any, TypeId};
use std::borrow::Cow;
use std::fmt;

use bytes::Bytes;
use http::HeaderMap;
use serde::de::value::BorrowedStrDeserializer;
use serde::de::{
    Deserialize, DeserializeOwned, DeserializeSeed, Deserializer, Error as _, IgnoredAny, IntoDeserializer,
    MapAccess, SeqAccess, Visitor,
};

use crate::error::{Error, ErrorKind};
use crate::response::tolerant::{HEADER, Shape, Shaped, WHOLE};
use crate::response::warning::{Warning, Warnings};
use crate::stream::StreamSink;
use crate::value::Value;

use absent::Absent;
use metadata::Metadata;

/// How a cloud wraps its answers.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Envelope {
    /// The member that holds the answer proper; without one the document is it.
    pub member: Option<&'static str>,
    /// The member that holds the request id, beside the answer's own members.
    pub request_id: Option<&'static str>,
    /// What in a well-formed answer says that the call failed.
    pub failed: FailedIf,
    /// The member beside the response that holds request id and error. With it, the response is optional: it may be null
    /// or absent.
    pub metadata: Option<&'static str>,
    /// Whether an empty body is an answer without members.
    pub empty: bool,
    /// The member in which the service warns of what it will do away with, beside the answer's own members.
    pub notice: Option<&'static str>,
    /// Whether a response with status 204 or 205 is one without members.
    pub no_content: bool,
}

/// What in a well-formed answer says that the call failed.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum FailedIf {
    /// Nothing: the HTTP status alone tells.
    Never,
    /// A member of this name that is not null.
    Has(&'static str),
    /// A member of this name that is neither `0` nor `"0"`.
    NotZero(&'static str),
    /// Everything, unless a member of this name is `0` or `"0"`.
    UnlessZero(&'static str),
}

impl Envelope {
    /// A bare document whose failure the HTTP status tells.
    pub const fn bare() -> Self {
        Self {
            member: None,
            request_id: None,
            failed: FailedIf::Never,
            metadata: None,
            empty: false,
            no_content: false,
            notice: None,
        }
    }

    /// The answer is in this member.
    #[must_use]
    pub const fn member(mut self, name: &'static str) -> Self {
        self.member = Some(name);
        self
    }

    /// The request id is in this member.
    #[must_use]
    pub const fn request_id(mut self, name: &'static str) -> Self {
        self.request_id = Some(name);
        self
    }

    /// Request id and error are members of this member, which stands beside the response and has to be there.
    #[must_use]
    pub const fn metadata(mut self, name: &'static str) -> Self {
        self.metadata = Some(name);
        self
    }

    /// A response with status 204 or 205 has no body, and is one without members.
    #[must_use]
    pub const fn or_no_content(mut self) -> Self {
        self.no_content = true;
        self
    }

    /// What says that the call failed.
    #[must_use]
    pub const fn failed(mut self, failed: FailedIf) -> Self {
        self.failed = failed;
        self
    }

    /// The service warns in this member, such as `DeprecatedWarning`: see [`Response::warnings`](crate::Response::warnings).
    #[must_use]
    pub const fn notice(mut self, name: &'static str) -> Self {
        self.notice = Some(name);
        self
    }

    /// An empty body is an answer without members.
    #[must_use]
    pub const fn or_empty(mut self) -> Self {
        self.empty = true;
        self
    }
}

/// What was seen at the top level while the answer was read.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    /// The answer is an API error.
    pub(crate) failed: bool,
    pub(crate) request_id: Option<String>,
    /// What the answer is instead of what was asked for, where that is known.
    pub(crate) misfit: Option<String>,
    pub(crate) warnings: Warnings,
    /// It is an event of a stream, which may be a text or a number alone.
    pub(crate) event: bool,
}

/// Reads an answer into a place whose type the pipeline does not know.
pub(crate) trait Sink: Send {
    fn read(
        &mut self,
        text: &str,
        envelope: &Envelope,
        headers: &HeaderMap,
        seen: &mut Seen,
    ) -> serde_json::Result<()>;

    /// Keeps the body itself, if the response type is bytes or text. `false`: it has to be read.
    ///
    /// # Errors
    ///
    /// Kind `Decode` if the type is text and the body is not.
    fn keep(&mut self, _: &Bytes) -> Result<bool, Error> {
        Ok(false)
    }

    /// Whether [`keep`](Self::keep) takes every body, whatever its content type.
    fn keeps(&self) -> bool {
        false
    }

    /// Who takes the body of a good answer as it comes, if it is not read whole.
    fn stream(&mut self) -> Option<&mut StreamSink> {
        None
    }
}

/// Where the answer of one call is put.
pub(crate) struct Slot<T>(pub(crate) Option<T>);

impl<T: DeserializeOwned + Send + 'static> Slot<T> {
    /// The slot itself, if its type is `U`.
    fn holds<U: 'static>(&mut self) -> Option<&mut Option<U>> {
        (&mut self.0 as &mut dyn Any).downcast_mut()
    }
}

impl<T: DeserializeOwned + Send + 'static> Sink for Slot<T> {
    fn keep(&mut self, body: &Bytes) -> Result<bool, Error> {
        if let Some(slot) = self.holds::<Bytes>() {
            *slot = Some(body.clone());
            return Ok(true);
        }
        let Some(slot) = self.holds::<String>() else { return Ok(false) };
        let text = std::str::from_utf8(body).map_err(|error| {
            let what = "the response is not UTF-8: declare it as `response = cloudcall::Bytes`";
            Error::new(ErrorKind::Decode, what).with_source(error)
        })?;
        *slot = Some(text.to_owned());
        Ok(true)
    }

    fn keeps(&self) -> bool {
        [TypeId::of::<Bytes>(), TypeId::of::<String>()].contains(&TypeId::of::<T>())
    }

    fn read(
        &mut self,
        text: &str,
        envelope: &Envelope,
        headers: &HeaderMap,
        seen: &mut Seen,
    ) -> serde_json::Result<()> {
        if let Some(slot) = self.holds::<Value>() {
            let value = exact::read(text, envelope, seen)?;
            let any = seen.event || envelope.metadata.is_some();
            *slot = Some(if any { value } else { exact::no_scalar(value)? });
            return Ok(());
        }
        let mut reader = serde_json::Deserializer::from_str(text);
        seen.failed = matches!(envelope.failed, FailedIf::UnlessZero(_));
        let watch = Watched { envelope, headers, seen };
        let value = match envelope.member {
            Some(_) => reader.deserialize_map(Wrapper { watch, value: std::marker::PhantomData })?,
            None => T::deserialize(Watch { inner: &mut reader, watch, absent: false })?,
        };
        reader.end()?;
        self.0 = Some(value);
        Ok(())
    }
}

/// Reads a JSON text into a model, as tolerantly as a response: for fixtures of tests, stored responses and messages.
///
/// `json::from_str` reads models too. It takes numbers in quotes and texts that came as numbers, but not the rest of what
/// [`cloud_model`](crate::cloud_model) lists.
///
/// ```
/// use cloudcall::cloud_model;
/// use cloudcall::response::from_json;
///
/// #[cloud_model(provider = "tencent", response)]
/// pub struct Zone {
///     pub zone: Option<String>,
///     pub rank: Option<i64>,
/// }
///
/// let zones: Vec<Zone> = from_json(r#"{"Zone": "z-1", "Rank": "N/A"}"#)?;
/// assert_eq!((zones[0].zone.as_deref(), zones[0].rank), (Some("z-1"), None));
/// # Ok::<(), cloudcall::Error>(())
/// ```
///
/// # Errors
///
/// Kind `Decode` if the text is not JSON, or has no readable value for a member that has to be there.
pub fn from_json<T>(text: &str) -> Result<T, Error>
where
    T: Shaped + DeserializeOwned + Send + 'static,
{
    let (headers, shape) = (HeaderMap::new(), Shape::of::<T>());
    let how = Reading { envelope: Envelope::bare(), headers: &headers, shape, strict: false };
    let (mut slot, mut seen) = (Slot(None), Seen { event: true, ..Seen::default() });
    let read = read(&mut slot, text, &how, &mut seen);
    match (read, slot.0) {
        (Ok(()), Some(value)) => Ok(value),
        (Err(Misread { what, source }), _) => {
            let what = what.unwrap_or_else(|| "the text is not JSON".to_owned());
            Err(Error::new(ErrorKind::Decode, what).with_source(source))
        }
        (Ok(()), None) => Err(Error::new(ErrorKind::Decode, "the text was not read")),
    }
}

/// JSON text may begin with a byte order mark; the parser does not take it.
pub(crate) fn without_bom(body: &[u8]) -> &[u8] {
    body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body)
}

struct Watched<'a> {
    envelope: &'a Envelope,
    /// The headers of the answer, for the members that the type reads from there.
    headers: &'a HeaderMap,
    seen: &'a mut Seen,
}

/// The document around the answer.
struct Wrapper<'a, T> {
    watch: Watched<'a>,
    value: std::marker::PhantomData<T>,
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for Wrapper<'_, T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object with the member `{}`", self.watch.envelope.member.unwrap_or_default())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<T, A::Error> {
        let Watched { envelope, headers, seen } = self.watch;
        let member = envelope.member.unwrap_or_default();
        // Request id and error are in the metadata, if there is such a member, and not in the response.
        let bare = Envelope { notice: envelope.notice, ..Envelope::bare() };
        let inner = if envelope.metadata.is_some() { &bare } else { envelope };
        let (mut answer, mut missing) = (None, envelope.metadata);
        while let Some(Key(name)) = map.next_key()? {
            if name == member && answer.is_none() {
                let watch = Watched { envelope: inner, headers, seen: &mut *seen };
                let optional = envelope.metadata.is_some();
                answer =
                    Some(map.next_value_seed(Inner { watch, optional, value: std::marker::PhantomData })?);
            } else if envelope.metadata.is_some_and(|metadata| name == metadata) {
                map.next_value_seed(Metadata { envelope, seen: &mut *seen })?;
                missing = None;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        match answer {
            _ if missing.is_some() => Err(A::Error::missing_field(missing.unwrap_or_default())),
            Some(answer) => Ok(answer),
            None if envelope.metadata.is_some() => T::deserialize(Watch {
                inner: Absent::new(),
                watch: Watched { envelope: inner, headers, seen },
                absent: true,
            }),
            None => Err(A::Error::missing_field(member)),
        }
    }
}

struct Inner<'a, T> {
    watch: Watched<'a>,
    /// Null is a response without members.
    optional: bool,
    value: std::marker::PhantomData<T>,
}

impl<'de, T: Deserialize<'de>> DeserializeSeed<'de> for Inner<'_, T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, inner: D) -> Result<T, D::Error> {
        if self.optional {
            inner.deserialize_option(self)
        } else {
            T::deserialize(Watch { inner, watch: self.watch, absent: false })
        }
    }
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for Inner<'_, T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a response, or null")
    }

    fn visit_some<D: Deserializer<'de>>(self, inner: D) -> Result<T, D::Error> {
        T::deserialize(Watch { inner, watch: self.watch, absent: false })
    }

    fn visit_none<E: serde::de::Error>(self) -> Result<T, E> {
        T::deserialize(Watch { inner: Absent::new(), watch: self.watch, absent: true })
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<T, E> {
        self.visit_none()
    }
}

/// A deserializer whose top-level object is watched; below it the real one works alone.
struct Watch<'a, D> {
    inner: D,
    watch: Watched<'a>,
    /// There is no response to read.
    absent: bool,
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Watch<'_, D> {
    type Error = D::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.inner.deserialize_any(Top { visitor, watch: self.watch, fields: &[] })
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.inner.deserialize_map(Top { visitor, watch: self.watch, fields: &[] })
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        if fields.contains(&WHOLE) {
            let headers = Headers { fields: fields.iter(), all: self.watch.headers, value: None };
            return visitor.visit_map(Whole { document: Some(self.inner), headers });
        }
        self.inner.deserialize_map(Top { visitor, watch: self.watch, fields })
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        if self.absent { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.inner.deserialize_seq(Top { visitor, watch: self.watch, fields: &[] })
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        visitor.visit_newtype_struct(self)
    }

    /// Whoever asks for `()` does not look at the answer, but an error in it still counts.
    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        IgnoredAny::deserialize(self)?;
        visitor.visit_unit()
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.deserialize_any(visitor)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit_struct tuple
        tuple_struct enum identifier
    }
}

struct Top<'a, V> {
    visitor: V,
    watch: Watched<'a>,
    /// The names that the type knows.
    fields: &'static [&'static str],
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Top<'_, V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.visitor.expecting(f)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<V::Value, A::Error> {
        let Watched { envelope, headers, seen } = self.watch;
        let headers = Headers { fields: self.fields.iter(), all: headers, value: None };
        self.visitor.visit_map(Members { map, envelope, headers, seen, pending: None })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<V::Value, A::Error> {
        self.alone()?;
        self.visitor.visit_seq(list)
    }

    fn visit_bool<E: serde::de::Error>(self, value: bool) -> Result<V::Value, E> {
        self.alone()?;
        self.visitor.visit_bool(value)
    }

    fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<V::Value, E> {
        self.alone()?;
        self.visitor.visit_i64(value)
    }

    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<V::Value, E> {
        self.alone()?;
        self.visitor.visit_u64(value)
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<V::Value, E> {
        self.alone()?;
        self.visitor.visit_f64(value)
    }

    fn visit_str<E: serde::de::Error>(self, value: &str) -> Result<V::Value, E> {
        self.alone()?;
        self.visitor.visit_str(value)
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<V::Value, E> {
        self.alone()?;
        self.visitor.visit_unit()
    }
}

impl<V> Top<'_, V> {
    /// What is no object is no response where the cloud wraps them, whatever the type would take.
    fn alone<E: serde::de::Error>(&self) -> Result<(), E> {
        match self.watch.envelope.member {
            None => Ok(()),
            Some(member) => Err(E::custom(format_args!("`{member}` is not an object"))),
        }
    }
}

/// The members of the watched object.
struct Members<'a, 'de, A> {
    map: A,
    envelope: &'a Envelope,
    headers: Headers<'a>,
    seen: &'a mut Seen,
    /// A value that was read here and that the type still wants.
    pending: Option<Scalar<'de>>,
}

/// The members that a type reads from the headers of the answer.
struct Headers<'a> {
    fields: std::slice::Iter<'static, &'static str>,
    all: &'a HeaderMap,
    value: Option<Scalar<'static>>,
}

impl Headers<'_> {
    /// The next member whose header is there.
    fn next(&mut self) -> Option<(&'static str, Scalar<'static>)> {
        self.fields.find_map(|field| {
            let value = self.all.get(field.strip_prefix(HEADER)?)?;
            Some((*field, Scalar::Text(Cow::Owned(String::from_utf8_lossy(value.as_bytes()).into_owned()))))
        })
    }
}

/// A document that is one member of the type, beside the members that headers give.
struct Whole<'a, D> {
    document: Option<D>,
    headers: Headers<'a>,
}

impl<'de, D: Deserializer<'de>> MapAccess<'de> for Whole<'_, D> {
    type Error = D::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, D::Error> {
        // The headers go first: when they are used up, what is left is the document.
        if let Some((name, value)) = self.headers.next() {
            self.headers.value = Some(value);
            return seed.deserialize(name.into_deserializer()).map(Some);
        }
        match &self.document {
            Some(_) => seed.deserialize(WHOLE.into_deserializer()).map(Some),
            None => Ok(None),
        }
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, D::Error> {
        if let Some(value) = self.headers.value.take() {
            return seed.deserialize(value.into_deserializer());
        }
        match self.document.take() {
            Some(document) => seed.deserialize(document),
            None => Err(D::Error::custom("a value was asked for twice")),
        }
    }
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Members<'_, 'de, A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
        while let Some(Key(name)) = self.map.next_key()? {
            match self.envelope.failed {
                FailedIf::Has(error) if name == error => {
                    // `IgnoredAny` takes null for a value as good as any.
                    if self.map.next_value::<Option<IgnoredAny>>()?.is_some() {
                        self.seen.failed = true;
                    }
                    continue;
                }
                FailedIf::NotZero(code) if name == code => {
                    let value: Scalar<'_> = self.map.next_value()?;
                    self.seen.failed |= !value.is_zero();
                    self.pending = Some(value);
                }
                FailedIf::UnlessZero(code) if name == code => {
                    let value: Scalar<'_> = self.map.next_value()?;
                    self.seen.failed = !value.is_zero();
                    self.pending = Some(value);
                }
                _ if self.envelope.request_id.is_some_and(|id| name == id) => {
                    let value: Scalar<'_> = self.map.next_value()?;
                    self.seen.request_id = value.text();
                    self.pending = Some(value);
                }
                _ if self.envelope.notice.is_some_and(|notice| name == notice) => {
                    let value: Scalar<'_> = self.map.next_value()?;
                    if let Some(text) = value.text() {
                        self.seen.warnings.add(|| Warning::notice(&name, &text));
                    }
                    self.pending = Some(value);
                }
                _ => {}
            }
            return match name {
                Cow::Borrowed(name) => seed.deserialize(BorrowedStrDeserializer::new(name)).map(Some),
                Cow::Owned(name) => seed.deserialize(name.into_deserializer()).map(Some),
            };
        }
        match self.headers.next() {
            Some((name, value)) => {
                self.pending = Some(value);
                seed.deserialize(name.into_deserializer()).map(Some)
            }
            None => Ok(None),
        }
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, A::Error> {
        match self.pending.take() {
            Some(value) => seed.deserialize(value.into_deserializer()),
            None => self.map.next_value_seed(seed),
        }
    }
}

/// A member's name, borrowed where the text has no escapes.
struct Key<'de>(Cow<'de, str>);

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        struct Name;
        impl<'de> Visitor<'de> for Name {
            type Value = Key<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a name")
            }
            fn visit_borrowed_str<E>(self, name: &'de str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Borrowed(name)))
            }
            fn visit_str<E>(self, name: &str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Owned(name.to_owned())))
            }
        }
        reader.deserialize_str(Name)
    }
}

/// A simple value that is looked at here and then given on.
#[derive(Debug)]
enum Scalar<'de> {
    Null,
    Bool(bool),
    Signed(i64),
    Unsigned(u64),
    Float(f64),
    /// Borrowed where the text has no escapes.
    Text(Cow<'de, str>),
}

impl Scalar<'_> {
    fn is_zero(&self) -> bool {
        match self {
            Self::Signed(0) | Self::Unsigned(0) => true,
            Self::Text(text) => text == "0",
            _ => false,
        }
    }

    fn text(&self) -> Option<String> {
        match self {
            Self::Text(text) if !text.is_empty() => Some(text.clone().into_owned()),
            Self::Signed(number) => Some(number.to_string()),
            Self::Unsigned(number) => Some(number.to_string()),
            _ => None,
        }
    }
}

impl<'de> Deserialize<'de> for Scalar<'de> {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = Scalar<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text or a number")
            }
            fn visit_unit<E>(self) -> Result<Scalar<'de>, E> {
                Ok(Scalar::Null)
            }
            fn visit_bool<E>(self, value: bool) -> Result<Scalar<'de>, E> {
                Ok(Scalar::Bool(value))
            }
            fn visit_i64<E>(self, value: i64) -> Result<Scalar<'de>, E> {
                Ok(Scalar::Signed(value))
            }
            fn visit_u64<E>(self, value: u64) -> Result<Scalar<'de>, E> {
                Ok(Scalar::Unsigned(value))
            }
            fn visit_f64<E>(self, value: f64) -> Result<Scalar<'de>, E> {
                Ok(Scalar::Float(value))
            }
            fn visit_str<E>(self, value: &str) -> Result<Scalar<'de>, E> {
                Ok(Scalar::Text(Cow::Owned(value.to_owned())))
            }
            fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Scalar<'de>, E> {
                Ok(Scalar::Text(Cow::Borrowed(value)))
            }
        }
        reader.deserialize_any(Any)
    }
}

// A `Scalar` can be read by any type, whatever the format's error type is.
struct ScalarReader<'de, E>(Scalar<'de>, std::marker::PhantomData<E>);

impl<'de, E: serde::de::Error> IntoDeserializer<'de, E> for Scalar<'de> {
    type Deserializer = ScalarReader<'de, E>;

    fn into_deserializer(self) -> ScalarReader<'de, E> {
        ScalarReader(self, std::marker::PhantomData)
    }
}

impl<'de, E: serde::de::Error> Deserializer<'de> for ScalarReader<'de, E> {
    type Error = E;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        match self.0 {
            Scalar::Null => visitor.visit_unit(),
            Scalar::Bool(value) => visitor.visit_bool(value),
            Scalar::Signed(value) => visitor.visit_i64(value),
            Scalar::Unsigned(value) => visitor.visit_u64(value),
            Scalar::Float(value) => visitor.visit_f64(value),
            Scalar::Text(Cow::Borrowed(value)) => visitor.visit_borrowed_str(value),
            Scalar::Text(Cow::Owned(value)) => visitor.visit_string(value),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        match self.0 {
            Scalar::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, E> {
        visitor.visit_newtype_struct(self)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const WRAPPED: Envelope =
        Envelope::bare().member("Response").request_id("RequestId").failed(FailedIf::Has("Error"));
    const LEGACY: Envelope = Envelope::bare().request_id("requestId").failed(FailedIf::NotZero("code"));

    #[derive(Debug, PartialEq, serde::Deserialize)]
    #[serde(rename_all = "PascalCase")]
    struct Zones {
        total_count: Option<i64>,
        request_id: Option<String>,
    }

    fn read<T: DeserializeOwned + Send + 'static>(
        text: &str,
        envelope: &Envelope,
    ) -> (serde_json::Result<T>, Seen) {
        let (mut slot, mut seen) = (Slot(None), Seen::default());
        let result = slot.read(text, envelope, &HeaderMap::new(), &mut seen);
        (result.map(|()| slot.0.take().unwrap()), seen)
    }

    #[test]
    fn the_answer_and_the_request_id_are_read_in_one_pass() {
        let text = r#"{"x":[1],"Response":{"TotalCount":2,"More":{"Error":1},"RequestId":"r-1"}}"#;
        let (zones, seen) = read::<Zones>(text, &WRAPPED);
        assert_eq!(zones.unwrap(), Zones { total_count: Some(2), request_id: Some("r-1".into()) });
        assert_eq!(seen.request_id.as_deref(), Some("r-1"));
        assert!(!seen.failed, "an error further down is data");
        let (value, _) = read::<Value>(text, &WRAPPED);
        assert_eq!(value.unwrap(), json!({"TotalCount": 2, "More": {"Error": 1}, "RequestId": "r-1"}));
    }

    #[test]
    fn an_error_member_is_seen_whatever_the_type() {
        let text = r#"{"Response":{"Error":{"Code":"a","Message":"b"},"RequestId":"r"}}"#;
        assert!(read::<Zones>(text, &WRAPPED).1.failed);
        assert!(read::<Value>(text, &WRAPPED).1.failed);
        assert!(read::<()>(text, &WRAPPED).1.failed);
        assert!(read::<Option<Zones>>(text, &WRAPPED).1.failed);
        assert!(!read::<Zones>(r#"{"Response":{"Error":null}}"#, &WRAPPED).1.failed);
        assert!(
            read::<Zones>(r#"{"Response":{"\u0045rror":{}}}"#, &WRAPPED).1.failed,
            "an escaped name is the name"
        );
    }

    #[test]
    fn a_code_that_is_not_zero_fails() {
        for (code, failed) in
            [("0", false), ("\"0\"", false), ("4000", true), ("\"4100\"", true), ("null", true)]
        {
            let (value, seen) = read::<Value>(&format!(r#"{{"code":{code},"a":1}}"#), &LEGACY);
            assert_eq!(seen.failed, failed, "{code}");
            assert_eq!(value.unwrap()["code"].to_string(), code);
        }
    }

    #[test]
    fn what_is_no_answer_is_an_error() {
        for text in ["", "null", "[]", "{}", r#"{"Response":1}"#, r#"{"Response":{}} x"#, r#"{"Response":{}"#]
        {
            assert!(read::<Zones>(text, &WRAPPED).0.is_err(), "{text}");
        }
        let deep = format!("{{\"Response\":{}{}}}", "[".repeat(100_000), "]".repeat(100_000));
        assert!(read::<Value>(&deep, &WRAPPED).0.is_err());
    }

    #[test]
    fn headers_and_the_whole_document_are_members_too() {
        #[derive(Debug, PartialEq, serde::Deserialize)]
        struct Token {
            #[serde(rename = "header:X-Subject-Token")]
            token: Option<String>,
            #[serde(rename = "header:X-Count", default)]
            count: Option<String>,
            name: String,
        }
        #[derive(Debug, PartialEq, serde::Deserialize)]
        struct List {
            #[serde(rename = "header:X-Subject-Token")]
            token: String,
            #[serde(rename = "body:whole")]
            items: Vec<i64>,
        }
        let mut headers = HeaderMap::new();
        headers.insert("x-subject-token", http::HeaderValue::from_static("t"));
        let mut seen = Seen::default();
        let mut slot = Slot::<Token>(None);
        slot.read(r#"{"name":"n"}"#, &Envelope::bare(), &headers, &mut seen).unwrap();
        assert_eq!(slot.0.unwrap(), Token { token: Some("t".into()), count: None, name: "n".into() });
        let mut slot = Slot::<List>(None);
        slot.read("[1,2]", &Envelope::bare(), &headers, &mut seen).unwrap();
        assert_eq!(slot.0.unwrap(), List { token: "t".into(), items: vec![1, 2] });
    }
}
