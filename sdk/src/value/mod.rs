//! JSON as the service sent it: numbers keep their digits, objects their order.
//!
//! `serde_json::Value` turns `1.10` into `1.1` and an integer of 23 digits into a float. Its feature
//! `arbitrary_precision` would keep both, but cargo unifies features: it would change how every other crate of the
//! program reads numbers, and break untagged and flattened types (`docs/performance.md`).

mod compare;
mod convert;
mod map;
mod number;
mod parse;

pub use map::Map;
pub use number::Number;
pub(crate) use parse::{NotJson, parse};

use std::fmt;
use std::ops::Index;

use serde::de::DeserializeOwned;

use crate::error::{Error, ErrorKind};
use crate::telemetry::redact;

/// A JSON value that keeps what the service sent: the digits of every number and the order of members.
///
/// Untyped calls return it. It reads like `serde_json::Value`: missing members are `Null`, and values compare with texts,
/// numbers and flags of Rust and with `serde_json::Value`. Nothing can be changed in it; convert it into a
/// `serde_json::Value` to edit it.
///
/// ```
/// use cloudcall::Value;
///
/// let zones: Value = r#"{"Total": 2, "Price": 12.50, "Id": 12345678901234567890123, "ZoneSet": [{"Zone": "z-1"}]}"#.parse()?;
/// assert_eq!(zones["Total"], 2);
/// assert_eq!(zones["ZoneSet"][0]["Zone"].as_str(), Some("z-1"));
/// assert!(zones["Missing"][7].is_null());
/// assert_eq!(zones["Price"].to_string(), "12.50");
/// assert_eq!(zones["Id"].to_string(), "12345678901234567890123");
/// # Ok::<(), cloudcall::Error>(())
/// ```
///
/// `Debug` masks members whose names say that they are secret. `Display` writes the JSON text, and `{:#}` indents it.
#[derive(Clone, Default)]
pub enum Value {
    /// `null`.
    #[default]
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, with all its digits.
    Number(Number),
    /// A text.
    String(String),
    /// A list.
    Array(Vec<Value>),
    /// An object.
    Object(Map),
}

static NULL: Value = Value::Null;

impl Value {
    /// The member of an object, or the element of a list.
    pub fn get(&self, key: impl Key) -> Option<&Self> {
        key.find(self)
    }

    /// The value at a JSON pointer (RFC 6901), such as `/ZoneSet/0/Zone`.
    pub fn pointer(&self, pointer: &str) -> Option<&Self> {
        if pointer.is_empty() {
            return Some(self);
        }
        pointer.strip_prefix('/')?.split('/').try_fold(self, |value, step| match value {
            Self::Object(members) => members.get(&step.replace("~1", "/").replace("~0", "~")),
            Self::Array(items) => items.get(step.parse::<usize>().ok()?),
            _ => None,
        })
    }

    /// The text, if it is one.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// The number, if it is one.
    pub fn as_number(&self) -> Option<&Number> {
        match self {
            Self::Number(number) => Some(number),
            _ => None,
        }
    }

    /// The number, if it is an integer in the range of `i64`.
    pub fn as_i64(&self) -> Option<i64> {
        self.as_number()?.as_i64()
    }

    /// The number, if it is an integer in the range of `u64`.
    pub fn as_u64(&self) -> Option<u64> {
        self.as_number()?.as_u64()
    }

    /// The floating point number that is nearest to the number.
    pub fn as_f64(&self) -> Option<f64> {
        self.as_number()?.as_f64()
    }

    /// The flag, if it is one.
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(flag) => Some(*flag),
            _ => None,
        }
    }

    /// The elements, if it is a list.
    pub fn as_array(&self) -> Option<&Vec<Self>> {
        match self {
            Self::Array(items) => Some(items),
            _ => None,
        }
    }

    /// The members, if it is an object.
    pub fn as_object(&self) -> Option<&Map> {
        match self {
            Self::Object(members) => Some(members),
            _ => None,
        }
    }

    /// Whether it is `null`, or a member that is not there.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// Whether it is a text.
    pub fn is_string(&self) -> bool {
        matches!(self, Self::String(_))
    }

    /// Whether it is a number.
    pub fn is_number(&self) -> bool {
        matches!(self, Self::Number(_))
    }

    /// Whether it is a list.
    pub fn is_array(&self) -> bool {
        matches!(self, Self::Array(_))
    }

    /// Whether it is an object.
    pub fn is_object(&self) -> bool {
        matches!(self, Self::Object(_))
    }

    /// What it is, for messages.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "a flag",
            Self::Number(_) => "a number",
            Self::String(text) if text.trim().is_empty() => "an empty text",
            Self::String(_) => "a text",
            Self::Array(_) => "a list",
            Self::Object(_) => "an object",
        }
    }

    /// The member of this name, or null.
    pub(crate) fn into_member(self, name: &str) -> Self {
        let Self::Object(members) = self else { return Self::Null };
        members.into_iter().find(|(found, _)| found == name).map(|(_, value)| value).unwrap_or_default()
    }

    /// Reads it into a type, such as a `#[cloud_model]`.
    ///
    /// # Errors
    ///
    /// Kind `Decode` if the type does not fit.
    pub fn to<T: DeserializeOwned>(&self) -> Result<T, Error> {
        serde_json::from_str(&self.to_string()).map_err(|error| {
            let what = format!("the JSON value is not a `{}`", std::any::type_name::<T>());
            Error::new(ErrorKind::Decode, what).with_source(error)
        })
    }
}

impl std::str::FromStr for Value {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        match parse(text) {
            Ok(parsed) => Ok(parsed.value),
            Err(error) => Err(Error::new(ErrorKind::Decode, "the text is not JSON").with_source(error)),
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match f.alternate() {
            true => serde_json::to_string_pretty(self),
            false => serde_json::to_string(self),
        };
        f.write_str(&text.map_err(|_| fmt::Error)?)
    }
}

impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Bool(flag) => flag.fmt(f),
            Self::Number(number) => f.write_str(&number.to_string()),
            Self::String(text) => text.fmt(f),
            Self::Array(items) => items.fmt(f),
            Self::Object(members) => members.fmt(f),
        }
    }
}

impl fmt::Debug for Map {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_map();
        for (name, value) in self {
            match value {
                Value::String(_) | Value::Number(_) if redact::is_secret_name(name) => {
                    shown.entry(&name, &redact::MASK);
                }
                _ => {
                    shown.entry(&name, value);
                }
            }
        }
        shown.finish()
    }
}

/// What [`Value::get`] and `value[...]` take: the name of a member, or the position of an element.
pub trait Key: sealed::Sealed {
    /// What is there.
    #[doc(hidden)]
    fn find<'a>(&self, value: &'a Value) -> Option<&'a Value>;
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for usize {}
    impl Sealed for str {}
    impl Sealed for String {}
    impl<T: Sealed + ?Sized> Sealed for &T {}
}

impl Key for usize {
    fn find<'a>(&self, value: &'a Value) -> Option<&'a Value> {
        value.as_array()?.get(*self)
    }
}

impl Key for str {
    fn find<'a>(&self, value: &'a Value) -> Option<&'a Value> {
        value.as_object()?.get(self)
    }
}

impl Key for String {
    fn find<'a>(&self, value: &'a Value) -> Option<&'a Value> {
        value.as_object()?.get(self)
    }
}

impl<T: Key + ?Sized> Key for &T {
    fn find<'a>(&self, value: &'a Value) -> Option<&'a Value> {
        (**self).find(value)
    }
}

impl<K: Key> Index<K> for Value {
    type Output = Self;

    /// The member or element; `Null` where there is none.
    fn index(&self, key: K) -> &Self {
        key.find(self).unwrap_or(&NULL)
    }
}
