//! A response that the provider left out.
//!
//! Volcengine leaves `Result` out if it would be empty. The type then reads this
//! deserializer in place of a text, so no JSON text has to be made up for each type.

use std::marker::PhantomData;

use serde::de::value::{MapDeserializer, SeqDeserializer};
use serde::de::{Deserializer, Error, Visitor};

/// A response that does not exist: a struct reads no members, a list no elements, an
/// `Option` is `None`, and any other type gets a unit, which most of them refuse.
pub(super) struct Absent<E>(PhantomData<E>);

impl<E> Absent<E> {
    /// An absent response. It has no state.
    pub(super) fn new() -> Self {
        Self(PhantomData)
    }
}

/// Structs and maps get no members, so optional fields are `None` and a required field is
/// the error `missing field`.
impl<'de, E: Error> Deserializer<'de> for Absent<E> {
    type Error = E;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        visitor.visit_unit()
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        visitor.visit_map(MapDeserializer::new(std::iter::empty::<(&str, &str)>()))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, E> {
        self.deserialize_map(visitor)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        visitor.visit_seq(SeqDeserializer::new(std::iter::empty::<&str>()))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        visitor.visit_none()
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        newtype_struct tuple tuple_struct enum identifier ignored_any
    }
}
