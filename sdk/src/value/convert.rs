//! Conversion to and from serde, `serde_json::Value` and Rust values.
//!
//! A [`Value`] is written and read without loss by serde_json. Other formats give what
//! their own numbers can hold.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde::ser::{Error as _, Serialize, SerializeMap, SerializeSeq, Serializer};
use serde_json::value::RawValue;

use super::{Map, Number, Value, parse};

/// Writes the value. Text that was parsed and is written again differs only in white space,
/// escapes, repeated members and half surrogate pairs.
impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(flag) => serializer.serialize_bool(*flag),
            Self::Number(number) => number.serialize(serializer),
            Self::String(text) => serializer.serialize_str(text),
            Self::Array(items) => {
                let mut list = serializer.serialize_seq(Some(items.len()))?;
                items.iter().try_for_each(|item| list.serialize_element(item))?;
                list.end()
            }
            Self::Object(members) => members.serialize(serializer),
        }
    }
}

/// Writes the members in their order.
impl Serialize for Map {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.len()))?;
        self.iter().try_for_each(|(name, value)| map.serialize_entry(name, value))?;
        map.end()
    }
}

/// Serializes as an integer or a float if that is exact, and otherwise as serde_json's raw
/// text.
///
/// `2` is written as an integer and `1.5` as a float, so other formats get numbers. `1.10`,
/// which no float writes, is given to serde_json as raw text; other formats then get what
/// they make of serde_json's `RawValue`.
impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if let Some(number) = self.as_i64().filter(|number| *number != 0) {
            return serializer.serialize_i64(number);
        }
        let literal = self.to_string();
        match (self.as_u64(), self.as_f64()) {
            // `-0` equals 0, but has another literal.
            (Some(number), _) if !literal.starts_with('-') => serializer.serialize_u64(number),
            (_, Some(number)) if serde_json::to_string(&number).is_ok_and(|text| text == literal) => {
                serializer.serialize_f64(number)
            }
            _ => RawValue::from_string(literal).map_err(S::Error::custom)?.serialize(serializer),
        }
    }
}

/// The name by which serde_json provides the raw text of a value. Other formats do not know
/// it and provide the value. It is a detail of serde_json's `RawValue`; a test fails if a
/// new version changes it.
const RAW: &str = "$serde_json::private::RawValue";

/// Exact if read by serde_json, which gives the raw text, so that our parser reads it; from
/// other formats as exact as their numbers.
impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(RAW, Any)
    }
}

/// The visitor of a value in any format.
struct Any;

impl<'de> Visitor<'de> for Any {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        Value::deserialize(deserializer)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Value, E> {
        Ok(Value::Bool(flag))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(serde_json::Value::from(number).into())
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::String(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Value, E> {
        Ok(Value::String(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element()? {
            items.push(item);
        }
        Ok(Value::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut members: Vec<(String, Value)> = Vec::new();
        while let Some(name) = map.next_key::<String>()? {
            if name == RAW {
                let text = map.next_value::<String>()?;
                return parse(&text).map(|parsed| parsed.value).map_err(A::Error::custom);
            }
            members.push((name, map.next_value()?));
        }
        Ok(Value::Object(members.into_iter().collect()))
    }
}

/// Converts without loss. The order of members is that of the `serde_json::Map`, which
/// sorts them unless a crate of the program turns on its feature `preserve_order`.
impl From<serde_json::Value> for Value {
    fn from(value: serde_json::Value) -> Self {
        match value {
            serde_json::Value::Null => Self::Null,
            serde_json::Value::Bool(flag) => Self::Bool(flag),
            serde_json::Value::Number(number) => Self::Number(Number::from_literal(&number.to_string())),
            serde_json::Value::String(text) => Self::String(text),
            serde_json::Value::Array(items) => Self::Array(items.into_iter().map(Self::from).collect()),
            serde_json::Value::Object(members) => {
                Self::Object(members.into_iter().map(|(name, value)| (name, value.into())).collect())
            }
        }
    }
}

/// Converts for code that needs a `serde_json::Value`, such as to edit it. A number becomes
/// the nearest `serde_json::Number`; a number beyond its range becomes a text.
impl From<Value> for serde_json::Value {
    fn from(value: Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(flag) => Self::Bool(flag),
            Value::Number(number) => {
                let literal = number.to_string();
                serde_json::from_str::<serde_json::Number>(&literal)
                    .map_or(Self::String(literal), Self::Number)
            }
            Value::String(text) => Self::String(text),
            Value::Array(items) => Self::Array(items.into_iter().map(Self::from).collect()),
            Value::Object(members) => {
                Self::Object(members.into_iter().map(|(name, value)| (name, value.into())).collect())
            }
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::String(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::String(text)
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Self::Bool(flag)
    }
}

#[cfg(test)]
mod tests {
    use serde::de::value::{Error, StrDeserializer};

    use super::*;

    const TEXT: &str = r#"{"z":12345678901234567890123,"a":[1.10,-0,1E5,-1.5,0,1e400,18446744073709551616],"m":{"x":"\u00e9\n","b":null}}"#;

    #[test]
    fn what_was_read_is_written() {
        let written = TEXT.replace("\\u00e9", "é");
        assert_eq!(TEXT.parse::<Value>().unwrap().to_string(), written);
        assert_eq!(serde_json::from_str::<Value>(TEXT).unwrap().to_string(), written);
        assert_eq!(serde_json::from_reader::<_, Value>(TEXT.as_bytes()).unwrap().to_string(), written);
        let pretty = format!("{:#}", TEXT.parse::<Value>().unwrap());
        assert!(pretty.contains("\n  \"a\": [\n    1.10,\n"), "{pretty}");
    }

    #[test]
    fn it_is_a_member_of_other_types() {
        #[derive(serde::Deserialize)]
        struct Outer {
            m: Value,
            a: Vec<Value>,
        }
        let outer: Outer = serde_json::from_str(TEXT).unwrap();
        assert_eq!(outer.m["x"], "é\n");
        assert_eq!(outer.a[0].to_string(), "1.10");
    }

    #[test]
    fn other_formats_give_their_values() {
        let reader: StrDeserializer<'_, Error> = serde::de::IntoDeserializer::into_deserializer("x");
        assert_eq!(Value::deserialize(reader).unwrap(), "x");
        let json = serde_json::json!({"a": [1, 1.5, null, true, "t"], "b": {}});
        assert_eq!(Value::deserialize(json.clone()).unwrap(), json);
        assert_eq!(serde_json::Value::from(Value::from(json.clone())), json);
        assert_eq!(serde_json::to_value(Value::from(json.clone())).unwrap(), json);
    }

    #[test]
    fn debug_shows_no_secret() {
        let value: Value =
            r#"{"User":"u","Password":"planted","Keys":[{"SecretKey":"planted"}]}"#.parse().unwrap();
        let shown = format!("{value:?}");
        assert!(shown.contains("\"User\": \"u\"") && !shown.contains("planted"), "{shown}");
    }
}
