//! JSON text of parameters. NaN and infinity are errors: serde_json writes `null` for them,
//! which would silently drop a parameter or change a list.
//!
//! [`Finite`] wraps a serializer and checks each float that passes. It wraps the values
//! inside lists, maps and structs again, so the check reaches any depth. Everything else is
//! passed on unchanged, so the text is exactly that of serde_json.

use serde::Serialize;
use serde::ser::{
    SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant, Serializer,
};

use crate::error::Error;

/// Appends a value as JSON text.
///
/// # Errors
///
/// A float is not finite, or the value's own `Serialize` fails. `out` may then end with a
/// part of the value; callers cut it off.
pub(crate) fn write<T: Serialize + ?Sized>(out: &mut Vec<u8>, value: &T) -> serde_json::Result<()> {
    serde_json::to_writer(out, &Finite(value))
}

/// Writes a value with `serializer`, and refuses NaN and infinity.
pub(crate) fn write_with<S: Serializer, T: Serialize + ?Sized>(
    serializer: S,
    value: &T,
) -> Result<S::Ok, S::Error> {
    value.serialize(Finite(serializer))
}

/// A value as JSON text.
///
/// # Errors
///
/// Kind `Config`, with the reason:
///
/// ```text
/// the parameters cannot be written as JSON: it is NaN, which JSON cannot represent: send a finite
/// number, or leave it out
/// ```
pub(crate) fn to_vec<T: Serialize + ?Sized>(value: &T) -> Result<Vec<u8>, Error> {
    let mut out = Vec::new();
    let written = write(&mut out, value);
    written.map(|()| out).map_err(|error| {
        Error::config(format!("the parameters cannot be written as JSON: {error}")).with_source(error)
    })
}

/// A value, a serializer, or a compound of one (list, map, struct), that refuses NaN and
/// infinity.
struct Finite<T>(T);

impl<T: Serialize + ?Sized> Serialize for Finite<&T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(Finite(serializer))
    }
}

/// Fails if the number is NaN or infinite.
fn check<E: serde::ser::Error>(number: f64) -> Result<(), E> {
    if number.is_finite() {
        return Ok(());
    }
    Err(E::custom(format!(
        "it is {number}, which JSON cannot represent: send a finite number, or leave it out"
    )))
}

/// Methods that pass a simple value on.
macro_rules! plain {
    ($($name:ident: $ty:ty)*) => {$(
        fn $name(self, value: $ty) -> Result<S::Ok, S::Error> {
            self.0.$name(value)
        }
    )*};
}

impl<S: Serializer> Serializer for Finite<S> {
    type Ok = S::Ok;
    type Error = S::Error;
    type SerializeSeq = Finite<S::SerializeSeq>;
    type SerializeTuple = Finite<S::SerializeTuple>;
    type SerializeTupleStruct = Finite<S::SerializeTupleStruct>;
    type SerializeTupleVariant = Finite<S::SerializeTupleVariant>;
    type SerializeMap = Finite<S::SerializeMap>;
    type SerializeStruct = Finite<S::SerializeStruct>;
    type SerializeStructVariant = Finite<S::SerializeStructVariant>;

    plain! {
        serialize_bool: bool
        serialize_i8: i8
        serialize_i16: i16
        serialize_i32: i32
        serialize_i64: i64
        serialize_i128: i128
        serialize_u8: u8
        serialize_u16: u16
        serialize_u32: u32
        serialize_u64: u64
        serialize_u128: u128
        serialize_char: char
        serialize_str: &str
        serialize_bytes: &[u8]
    }

    fn serialize_f32(self, value: f32) -> Result<S::Ok, S::Error> {
        check(f64::from(value))?;
        self.0.serialize_f32(value)
    }

    fn serialize_f64(self, value: f64) -> Result<S::Ok, S::Error> {
        check(value)?;
        self.0.serialize_f64(value)
    }

    fn serialize_none(self) -> Result<S::Ok, S::Error> {
        self.0.serialize_none()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<S::Ok, S::Error> {
        self.0.serialize_some(&Finite(value))
    }

    fn serialize_unit(self) -> Result<S::Ok, S::Error> {
        self.0.serialize_unit()
    }

    fn serialize_unit_struct(self, name: &'static str) -> Result<S::Ok, S::Error> {
        self.0.serialize_unit_struct(name)
    }

    fn serialize_unit_variant(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
    ) -> Result<S::Ok, S::Error> {
        self.0.serialize_unit_variant(name, index, variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: &T,
    ) -> Result<S::Ok, S::Error> {
        self.0.serialize_newtype_struct(name, &Finite(value))
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<S::Ok, S::Error> {
        self.0.serialize_newtype_variant(name, index, variant, &Finite(value))
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<Self::SerializeSeq, S::Error> {
        self.0.serialize_seq(length).map(Finite)
    }

    fn serialize_tuple(self, length: usize) -> Result<Self::SerializeTuple, S::Error> {
        self.0.serialize_tuple(length).map(Finite)
    }

    fn serialize_tuple_struct(
        self,
        name: &'static str,
        length: usize,
    ) -> Result<Self::SerializeTupleStruct, S::Error> {
        self.0.serialize_tuple_struct(name, length).map(Finite)
    }

    fn serialize_tuple_variant(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
        length: usize,
    ) -> Result<Self::SerializeTupleVariant, S::Error> {
        self.0.serialize_tuple_variant(name, index, variant, length).map(Finite)
    }

    fn serialize_map(self, length: Option<usize>) -> Result<Self::SerializeMap, S::Error> {
        self.0.serialize_map(length).map(Finite)
    }

    fn serialize_struct(self, name: &'static str, length: usize) -> Result<Self::SerializeStruct, S::Error> {
        self.0.serialize_struct(name, length).map(Finite)
    }

    fn serialize_struct_variant(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
        length: usize,
    ) -> Result<Self::SerializeStructVariant, S::Error> {
        self.0.serialize_struct_variant(name, index, variant, length).map(Finite)
    }

    fn collect_str<T: std::fmt::Display + ?Sized>(self, value: &T) -> Result<S::Ok, S::Error> {
        self.0.collect_str(value)
    }

    fn is_human_readable(&self) -> bool {
        self.0.is_human_readable()
    }
}

/// Compounds whose elements have no key.
macro_rules! elements {
    ($($of:ident::$method:ident)*) => {$(
        impl<S: $of> $of for Finite<S> {
            type Ok = S::Ok;
            type Error = S::Error;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), S::Error> {
                self.0.$method(&Finite(value))
            }

            fn end(self) -> Result<S::Ok, S::Error> {
                self.0.end()
            }
        }
    )*};
}

elements! {
    SerializeSeq::serialize_element
    SerializeTuple::serialize_element
    SerializeTupleStruct::serialize_field
    SerializeTupleVariant::serialize_field
}

/// Compounds of named fields.
macro_rules! fields {
    ($($of:ident)*) => {$(
        impl<S: $of> $of for Finite<S> {
            type Ok = S::Ok;
            type Error = S::Error;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                key: &'static str,
                value: &T,
            ) -> Result<(), S::Error> {
                self.0.serialize_field(key, &Finite(value))
            }

            fn skip_field(&mut self, key: &'static str) -> Result<(), S::Error> {
                self.0.skip_field(key)
            }

            fn end(self) -> Result<S::Ok, S::Error> {
                self.0.end()
            }
        }
    )*};
}

fields! { SerializeStruct SerializeStructVariant }

impl<S: SerializeMap> SerializeMap for Finite<S> {
    type Ok = S::Ok;
    type Error = S::Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), S::Error> {
        self.0.serialize_key(key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), S::Error> {
        self.0.serialize_value(&Finite(value))
    }

    fn end(self) -> Result<S::Ok, S::Error> {
        self.0.end()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::json;
    use serde_json::value::RawValue;

    use super::*;

    fn text<T: Serialize + ?Sized>(value: &T) -> Result<String, String> {
        let mut out = Vec::new();
        write(&mut out, value).map_err(|error| error.to_string())?;
        Ok(String::from_utf8(out).unwrap())
    }

    #[derive(Serialize)]
    struct Outer<'a> {
        inner: Inner,
        raw: &'a RawValue,
        none: Option<f64>,
        unit: (),
        pair: (u8, &'a str),
    }

    #[derive(Serialize)]
    enum Inner {
        Newtype(f64),
        Struct { a: f32 },
        Tuple(f64, f64),
        Unit,
    }

    #[test]
    fn what_json_can_say_is_written_as_serde_json_does() {
        let raw = RawValue::from_string("12345678901234567890123.10".to_owned()).unwrap();
        for inner in [Inner::Newtype(0.1), Inner::Struct { a: 1.5 }, Inner::Tuple(1e300, -0.0), Inner::Unit] {
            let outer = Outer { inner, raw: &raw, none: None, unit: (), pair: (1, "a\"") };
            assert_eq!(text(&outer).unwrap(), serde_json::to_string(&outer).unwrap());
        }
        let value = json!({ "a": [1, 2.5, null, "x", { "b": true }], "c": u64::MAX });
        assert_eq!(text(&value).unwrap(), value.to_string());
        assert_eq!(text(&i128::MAX).unwrap(), i128::MAX.to_string());
        assert_eq!(text(&BTreeMap::from([(1, 'c')])).unwrap(), r#"{"1":"c"}"#);
    }

    #[test]
    fn what_is_no_number_is_an_error_wherever_it_stands() {
        let raw = RawValue::NULL;
        let outer = |inner| Outer { inner, raw, none: None, unit: (), pair: (1, "") };
        for (number, named) in [(f64::NAN, "NaN"), (f64::INFINITY, "inf"), (f64::NEG_INFINITY, "-inf")] {
            for result in [
                text(&number),
                text(&(number as f32)),
                text(&Some(number)),
                text(&[1.0, number]),
                text(&BTreeMap::from([("a", number)])),
                text(&Some(vec![Some(vec![number])])),
                text(&outer(Inner::Newtype(number))),
                text(&outer(Inner::Struct { a: number as f32 })),
                text(&outer(Inner::Tuple(1.0, number))),
                text(&Outer { none: Some(number), ..outer(Inner::Unit) }),
            ] {
                let error = result.unwrap_err();
                assert!(error.contains(&format!("it is {named}, which")), "{error}");
            }
        }
    }
}
