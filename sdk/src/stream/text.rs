//! Reads the data of events that is text, not JSON.

use serde::de::value::Error;
use serde::de::{DeserializeOwned, Deserializer, Error as _, IgnoredAny, Visitor};
use serde::forward_to_deserialize_any;

/// The data of an event as text, if `T` is a text type (`String`, `Option<String>`, or a
/// newtype of them). `None` for any other type, whose data is JSON.
///
/// The data is also JSON if it is a JSON string: some services send JSON in every event.
pub(super) fn read<T: DeserializeOwned>(data: &str) -> Option<T> {
    let trimmed = data.trim_ascii();
    let is_json_text =
        trimmed == "null" || trimmed.starts_with('"') && serde_json::from_str::<IgnoredAny>(trimmed).is_ok();
    if is_json_text { None } else { T::deserialize(StreamText(data)).ok() }
}

/// A deserializer that only gives text.
struct StreamText<'a>(&'a str);

impl<'de> Deserializer<'de> for StreamText<'_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Error> {
        Err(Error::custom("not a text"))
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_str(self.0)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_str(self.0)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char bytes byte_buf unit unit_struct seq tuple
        tuple_struct map struct enum identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use serde::Deserialize;
    use serde_json::Value;

    use super::*;

    #[derive(Debug, Deserialize, PartialEq)]
    struct Line(String);

    #[test]
    fn texts_are_read_as_they_are_and_other_types_are_not() {
        for data in ["hello", "", " a\nb ", "{\"a\":1}", "1.10", "[DONE", "\"open", "{", "\u{5b57}"] {
            assert_eq!(read::<String>(data).as_deref(), Some(data));
            assert_eq!(read::<Option<String>>(data), Some(Some(data.to_owned())));
            assert_eq!(read::<Line>(data), Some(Line(data.to_owned())));
            assert_eq!(read::<Box<str>>(data).as_deref(), Some(data));
            assert!(read::<Value>(data).is_none() && read::<HashMap<String, Value>>(data).is_none());
            assert!(read::<i64>(data).is_none() && read::<Vec<String>>(data).is_none());
        }
        assert!(read::<String>("\"a JSON string\"").is_none() && read::<Option<String>>("null").is_none());
    }
}
