//! Markers of texts, numbers and flags. Each also reads the way in which another service
//! would write the value.
//!
//! | marker | reads | does not read, so the slow pass decides |
//! | --- | --- | --- |
//! | [`Text`] | `"a"`, `true`, `7` | `1.5` (its literal is lost here), lists, objects |
//! | [`Int`] | `7`, `"7"`, `7.0` below 2^53 | `"N/A"`, `1.5`, flags |
//! | [`Float`] | `1.5`, `7`, `"1.5"` | `"N/A"`, flags |
//! | [`Flag`] | `true`, `"True"`, `1`, `"0"` | `2`, `"yes"` |
//!
//! For an `Option`, `null` is `None`, and so is an empty text for all but [`Text`].

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Unexpected, Visitor};
use serde_json::Number;

use super::Read;

/// The marker of any type that reads itself by serde, such as a model.
#[derive(Debug, Clone, Copy)]
pub struct Same;

impl<'de, T: Deserialize<'de>> Read<'de, T> for Same {
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
        T::deserialize(deserializer)
    }
}

/// The marker of a text. Integers and flags are read as they are written.
#[derive(Debug, Clone, Copy)]
pub struct Text;

impl<'de> Read<'de, String> for Text {
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
        needed::<Self, _>(deserializer)
    }

    fn read_option<D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
        deserializer.deserialize_any(Scalar(PhantomData::<Self>))
    }
}

/// The marker of an integer of any size, also in quotes or as `3.0`.
#[derive(Debug, Clone, Copy)]
pub struct Int;

impl<'de, T: TryFrom<i128>> Read<'de, T> for Int {
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
        narrow(needed::<Self, _>(deserializer)?)
    }

    fn read_option<D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
        deserializer.deserialize_any(Scalar(PhantomData::<Self>))?.map(narrow).transpose()
    }
}

/// Converts to the declared type.
///
/// # Errors
///
/// The integer is out of range. The slow pass then leaves an optional member out, with a
/// warning.
fn narrow<T: TryFrom<i128>, E: Error>(wide: i128) -> Result<T, E> {
    T::try_from(wide).map_err(|_| {
        E::custom(format_args!("the integer is out of the range of {}", std::any::type_name::<T>()))
    })
}

/// The marker of a floating point number, also in quotes.
#[derive(Debug, Clone, Copy)]
pub struct Float;

impl<'de> Read<'de, f64> for Float {
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
        needed::<Self, _>(deserializer)
    }

    fn read_option<D: Deserializer<'de>>(deserializer: D) -> Result<Option<f64>, D::Error> {
        deserializer.deserialize_any(Scalar(PhantomData::<Self>))
    }
}

impl<'de> Read<'de, f32> for Float {
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<f32, D::Error> {
        // The nearest value is what a reader of an `f32` gets from serde as well.
        needed::<Self, _>(deserializer).map(|wide| wide as f32)
    }

    fn read_option<D: Deserializer<'de>>(deserializer: D) -> Result<Option<f32>, D::Error> {
        Ok(deserializer.deserialize_any(Scalar(PhantomData::<Self>))?.map(|wide| wide as f32))
    }
}

/// The marker of `true` or `false`, also in quotes and in any case, and as 1 and 0.
#[derive(Debug, Clone, Copy)]
pub struct Flag;

impl<'de> Read<'de, bool> for Flag {
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
        needed::<Self, _>(deserializer)
    }

    fn read_option<D: Deserializer<'de>>(deserializer: D) -> Result<Option<bool>, D::Error> {
        deserializer.deserialize_any(Scalar(PhantomData::<Self>))
    }
}

/// What a marker makes of each form of a value. `None` means that it does not read this
/// form.
///
/// It keeps [`Scalar`], which has all the visitor functions, from existing once per marker
/// in the source.
trait Kind {
    /// The type that is read, before it is narrowed to the type of the field.
    type Value;
    /// What is expected, for messages.
    const WANTED: &'static str;
    /// Whether every text is one.
    const SELF_TEXT: bool = false;

    /// Reads a text.
    fn text(text: &str) -> Option<Self::Value>;
    /// Reads a text that is owned already. [`Text`] keeps it without a copy.
    fn owned(text: String) -> Option<Self::Value> {
        Self::text(&text)
    }
    /// Reads `true` or `false`.
    fn flag(flag: bool) -> Option<Self::Value>;
    /// Reads an integer.
    fn whole(number: i128) -> Option<Self::Value>;
    /// Reads a number with a fraction or an exponent.
    fn real(number: f64) -> Option<Self::Value>;
}

impl Kind for Text {
    type Value = String;
    const WANTED: &'static str = "a text";
    const SELF_TEXT: bool = true;

    fn text(text: &str) -> Option<String> {
        Some(text.to_owned())
    }
    fn owned(text: String) -> Option<String> {
        Some(text)
    }
    fn flag(flag: bool) -> Option<String> {
        Some(flag.to_string())
    }
    fn whole(number: i128) -> Option<String> {
        Some(number.to_string())
    }
    /// Its literal is lost here.
    fn real(_: f64) -> Option<String> {
        None
    }
}

impl Kind for Int {
    type Value = i128;
    const WANTED: &'static str = "an integer";

    fn text(text: &str) -> Option<i128> {
        let text = text.trim();
        text.parse().ok().or_else(|| text.parse().ok().and_then(Self::real))
    }
    fn flag(_: bool) -> Option<i128> {
        None
    }
    fn whole(number: i128) -> Option<i128> {
        Some(number)
    }
    fn real(number: f64) -> Option<i128> {
        // From 2^53 on a float may have lost digits: the exact tree has them.
        const EXACT: f64 = 9_007_199_254_740_992.0;
        (number.fract() == 0.0 && number.abs() < EXACT).then_some(number as i128)
    }
}

impl Kind for Float {
    type Value = f64;
    const WANTED: &'static str = "a number";

    fn text(text: &str) -> Option<f64> {
        text.trim().parse().ok()
    }
    fn flag(_: bool) -> Option<f64> {
        None
    }
    fn whole(number: i128) -> Option<f64> {
        Some(number as f64)
    }
    fn real(number: f64) -> Option<f64> {
        Some(number)
    }
}

impl Kind for Flag {
    type Value = bool;
    const WANTED: &'static str = "`true` or `false`";

    fn text(text: &str) -> Option<bool> {
        match text.trim() {
            "1" => Some(true),
            "0" => Some(false),
            word if word.eq_ignore_ascii_case("true") => Some(true),
            word if word.eq_ignore_ascii_case("false") => Some(false),
            _ => None,
        }
    }
    fn flag(flag: bool) -> Option<bool> {
        Some(flag)
    }
    fn whole(number: i128) -> Option<bool> {
        match number {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }
    fn real(number: f64) -> Option<bool> {
        Int::real(number).and_then(Self::whole)
    }
}

/// Reads a value that must exist. Null and empty texts are errors.
fn needed<'de, K: Kind, D: Deserializer<'de>>(deserializer: D) -> Result<K::Value, D::Error> {
    let value = deserializer.deserialize_any(Scalar(PhantomData::<K>))?;
    value.ok_or_else(|| wrong("null or an empty text", K::WANTED))
}

/// Reads one value of a kind, in whatever form it is written. `None` for null, and for an
/// empty text if texts are not the kind.
struct Scalar<K>(PhantomData<K>);

impl<K: Kind> Scalar<K> {
    /// The value, or an error that says what was found and what was expected.
    fn or<E: Error>(value: Option<K::Value>, found: &'static str) -> Result<Option<K::Value>, E> {
        match value {
            Some(value) => Ok(Some(value)),
            None => Err(wrong(found, K::WANTED)),
        }
    }
}

/// The error of serde for a value of the wrong kind. Its category tells the breaker that
/// the host works.
#[cold]
fn wrong<E: Error>(found: &'static str, wanted: &'static str) -> E {
    E::invalid_type(Unexpected::Other(found), &wanted)
}

impl<'de, K: Kind> Visitor<'de> for Scalar<K> {
    type Value = Option<K::Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(K::WANTED)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        match K::text(text) {
            None if text.trim().is_empty() => Ok(None),
            value => Self::or(value, "a text"),
        }
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Self::Value, E> {
        match K::SELF_TEXT {
            true => Self::or(K::owned(text), "a text"),
            false => self.visit_str(&text),
        }
    }

    fn visit_bool<E: Error>(self, flag: bool) -> Result<Self::Value, E> {
        Self::or(K::flag(flag), "a flag")
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Self::Value, E> {
        Self::or(K::whole(number.into()), "an integer")
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Self::Value, E> {
        Self::or(K::whole(number.into()), "an integer")
    }

    fn visit_i128<E: Error>(self, number: i128) -> Result<Self::Value, E> {
        Self::or(K::whole(number), "an integer")
    }

    fn visit_u128<E: Error>(self, number: u128) -> Result<Self::Value, E> {
        Self::or(i128::try_from(number).ok().and_then(K::whole), "a large integer")
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Self::Value, E> {
        Self::or(K::real(number), "a number with a fraction or beyond 2^53")
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_none<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, _: A) -> Result<Self::Value, A::Error> {
        Err(wrong("a list", K::WANTED))
    }

    /// An object is an error. However, with serde_json's feature `arbitrary_precision`,
    /// which any crate of a program can turn on, every number comes as an object with all
    /// its digits.
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        let number = Number::deserialize(MapAccessDeserializer::new(map))
            .map_err(|_| wrong::<A::Error>("an object", K::WANTED))?;
        Self::or(K::text(&number.to_string()), "a number")
    }
}
