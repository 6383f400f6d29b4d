//! Names of members and simple values, read ahead of the type that gets them.
//!
//! `watch.rs` must look at a value before the type reads it. A [`Scalar`] stores the value
//! without a copy of its text and can be read once more.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, IntoDeserializer, Visitor};

/// The name of a member, borrowed unless the text has escapes in it.
pub(super) struct Key<'de>(pub(super) Cow<'de, str>);

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

/// A simple value that is inspected here and then passed on. Lists and objects are an
/// error, which leads to the slow pass: error codes, request ids and notices are simple
/// values.
#[derive(Debug)]
pub(super) enum Scalar<'de> {
    Null,
    Bool(bool),
    /// A negative integer.
    Signed(i64),
    /// Any other integer.
    Unsigned(u64),
    Float(f64),
    /// Borrowed unless the text has escapes in it.
    Text(Cow<'de, str>),
}

impl Scalar<'_> {
    /// True for `0` and `"0"`: services write codes in both ways.
    pub(super) fn is_zero(&self) -> bool {
        match self {
            Self::Signed(0) | Self::Unsigned(0) => true,
            Self::Text(text) => text == "0",
            _ => false,
        }
    }

    /// The value as a request id or a notice: a text that is not empty, or an integer.
    pub(super) fn text(&self) -> Option<String> {
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

/// A deserializer of a [`Scalar`]. Any type can read it, whatever the error type of the
/// format is.
pub(super) struct ScalarReader<'de, E>(Scalar<'de>, std::marker::PhantomData<E>);

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
