//! Watches the top level of a response while its type reads it.
//!
//! [`Watch`] is a deserializer around serde_json's. It hands the type the same members,
//! with three differences:
//!
//! - The error member ([`FailedIf::Has`]) is taken out and noted. The type never sees it.
//! - The code, the request id and the notice are noted and passed on to the type, which may
//!   declare fields of these names.
//! - Members that the type reads from headers (`header:` names) are appended after the last
//!   member of the text.
//!
//! Only the top level is watched. Values of members are read by serde_json directly, so the
//! cost is one comparison of names per top-level member.

use std::borrow::Cow;
use std::fmt;

use http::HeaderMap;
use serde::de::value::BorrowedStrDeserializer;
use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, Error as _, IgnoredAny, IntoDeserializer, MapAccess,
    SeqAccess, Visitor,
};

use super::Seen;
use super::scalar::{Key, Scalar};
use crate::response::envelope::{Envelope, FailedIf};
use crate::response::tolerant::{HEADER, WHOLE};
use crate::response::warning::Warning;

/// What is watched: the members that the envelope names, and the headers that the type
/// reads.
pub(super) struct Watched<'a> {
    /// The names of the members to look for.
    pub(super) envelope: &'a Envelope,
    /// The headers of the response, for the members that the type reads from there.
    pub(super) headers: &'a HeaderMap,
    /// Where findings are noted.
    pub(super) seen: &'a mut Seen,
}

/// A deserializer whose top-level object is watched; below it the real one works alone.
///
/// A type that asks for a struct, a map or any value gets the members through [`WatchedMembers`].
/// A type that asks for one scalar gets it unwatched. For a type with a member [`WHOLE`],
/// the document is that member.
pub(super) struct Watch<'a, D> {
    /// The deserializer of the text.
    pub(super) inner: D,
    /// What is watched.
    pub(super) watch: Watched<'a>,
    /// True if there is no response to read: it was null or left out. An `Option` reads it as
    /// `None`.
    pub(super) absent: bool,
}

/// Reads a response under a watch. It is not inlined, so that a type is compiled once for it.
#[inline(never)]
pub(super) fn watched<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    inner: D,
    watch: Watched<'_>,
    absent: bool,
) -> Result<T, D::Error> {
    T::deserialize(Watch { inner, watch, absent })
}

/// Objects, lists and "any value" go through [`Top`], which adds the watch. An `Option` or
/// a newtype around the response asks again, so the watch stays in place. All other types
/// are read by `deserialize_any`, too, because `Top` must see whether the value is an
/// object.
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
            return visitor.visit_map(WholeDocument { document: Some(self.inner), headers });
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

    /// A type `()` ignores the response, but an error in it still counts, so all members
    /// are read.
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

/// The visitor of the type, with what is watched. It receives the top-level value.
struct Top<'a, V> {
    /// The visitor of the type.
    visitor: V,
    /// What is watched.
    watch: Watched<'a>,
    /// The names that the type knows. They say which headers it reads.
    fields: &'static [&'static str],
}

/// Passes every kind of value on to the visitor of the type. Only an object is watched; see
/// `alone` for the rest.
impl<'de, V: Visitor<'de>> Visitor<'de> for Top<'_, V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.visitor.expecting(f)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<V::Value, A::Error> {
        let Watched { envelope, headers, seen } = self.watch;
        let headers = Headers { fields: self.fields.iter(), all: headers, value: None };
        self.visitor.visit_map(WatchedMembers { map, envelope, headers, seen, pending: None })
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
    /// Fails for a value that is not an object, if the provider wraps its responses: such a
    /// value is not a response, whatever the type would accept.
    fn alone<E: serde::de::Error>(&self) -> Result<(), E> {
        match self.watch.envelope.member {
            None => Ok(()),
            Some(member) => Err(E::custom(format_args!("`{member}` is not an object"))),
        }
    }
}

/// The members of the watched object, then those that come from headers.
struct WatchedMembers<'a, 'de, A> {
    /// The members of the text.
    map: A,
    /// The names of the members to look for.
    envelope: &'a Envelope,
    /// The members that follow from headers.
    headers: Headers<'a>,
    /// Where findings are noted.
    seen: &'a mut Seen,
    /// A value that was read ahead here, and that the type gets when it asks for the value.
    pending: Option<Scalar<'de>>,
}

/// The members that a type reads from the headers of the response.
struct Headers<'a> {
    /// The names that the type knows and that have not been looked up yet.
    fields: std::slice::Iter<'static, &'static str>,
    /// The headers.
    all: &'a HeaderMap,
    /// The value of the header whose name was given last. Used for a whole document only.
    value: Option<Scalar<'static>>,
}

impl Headers<'_> {
    /// The next member whose header exists, with its text. Bytes that are not UTF-8 are
    /// replaced, because a header is text for the type. A header that is missing is a
    /// missing member.
    fn next(&mut self) -> Option<(&'static str, Scalar<'static>)> {
        self.fields.find_map(|field| {
            let value = self.all.get(field.strip_prefix(HEADER)?)?;
            Some((*field, Scalar::Text(Cow::Owned(String::from_utf8_lossy(value.as_bytes()).into_owned()))))
        })
    }
}

/// A document that is one member of the type, beside the members that headers give, such as
/// a response that is a bare list, and whose total is in a header:
///
/// ```text
/// X-Total: 7
/// [{"Id": "a"}, {"Id": "b"}]     -> Page { items: [a, b], total: 7 }
/// ```
struct WholeDocument<'a, D> {
    /// The document, until it was read.
    document: Option<D>,
    /// The members that headers give.
    headers: Headers<'a>,
}

/// Gives the type the members of the headers first, and then the document as the member
/// [`WHOLE`]. The document is read by the real deserializer and is not watched, so a type
/// with such a member suits providers that report errors by the status.
impl<'de, D: Deserializer<'de>> MapAccess<'de> for WholeDocument<'_, D> {
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

/// Gives the type the members of the text, without the error member, and then those of the
/// headers.
///
/// A name is compared with the members that the envelope names before the type sees it. If
/// the value is needed here, it is read ahead as a [`Scalar`] and kept in `pending` until
/// the type asks for it. Names without escapes are borrowed, so no name is copied.
impl<'de, A: MapAccess<'de>> MapAccess<'de> for WatchedMembers<'_, 'de, A> {
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
