//! JSON as the service sent it: numbers keep their digits, and objects the order of their
//! members.
//!
//! `serde_json::Value` turns `1.10` into `1.1` and an integer of 23 digits into a float.
//! Its feature `arbitrary_precision` would keep both, but cargo unifies features: it would
//! change how every other crate of the program reads numbers, and break untagged and
//! flattened types (`docs/performance.md`).
//!
//! ```text
//! {"Total": 2, "Price": 12.50, "Id": 12345678901234567890123}     the text
//! {"Total": 2, "Price": 12.50, "Id": 12345678901234567890123}     a Value, written again
//! {"Id": 1.2345678901234568e22, "Price": 12.5, "Total": 2}        a serde_json::Value
//! ```
//!
//! | file | content |
//! | --- | --- |
//! | `mod.rs` | [`Value`], and how it is read |
//! | `map.rs` | [`Map`]: the members of an object |
//! | `number.rs` | [`Number`]: a literal |
//! | `parse.rs` | the parser, which also reports repeated members and half surrogate pairs |
//! | `compare.rs` | equality with Rust values and `serde_json::Value` |
//! | `convert.rs` | serde, and conversion from and to `serde_json::Value` |
//!
//! On the path of a call, untyped responses are read by `parse`, and so is every typed
//! response that does not fit its type, because the repair needs the literals of numbers.

mod compare;
mod convert;
mod map;
pub(crate) mod number;
mod parse;

pub use map::Map;
pub use number::Number;
pub(crate) use parse::{NotJson, parse};

use std::fmt;
use std::ops::Index;

use serde::de::DeserializeOwned;

use crate::error::{Error, ErrorKind};
use crate::telemetry::redact;

/// A JSON value that keeps the digits of every number and the order of members.
///
/// Untyped calls return it. It is read like `serde_json::Value`: indexing a missing member
/// gives `Null`, and a value compares with texts, numbers and flags of Rust and with
/// `serde_json::Value`. It cannot be modified; convert it with `serde_json::Value::from` to
/// do that.
///
/// ```
/// use cloudcall::Value;
///
/// let text = r#"{"Total": 2, "Price": 12.50, "Id": 12345678901234567890123, "ZoneSet": [{"Zone": "z-1"}]}"#;
/// let zones: Value = text.parse()?;
/// assert_eq!(zones["Total"], 2);
/// assert_eq!(zones["ZoneSet"][0]["Zone"].as_str(), Some("z-1"));
/// assert!(zones["Missing"][7].is_null());
/// assert_eq!(zones["Price"].to_string(), "12.50");
/// assert_eq!(zones["Id"].to_string(), "12345678901234567890123");
/// # Ok::<(), cloudcall::Error>(())
/// ```
///
/// `Display` writes the JSON text, and `{:#}` indents it. `Debug` masks members with secret
/// names, such as `Password`.
///
/// [`to`](Self::to) reads a value into a type:
///
/// ```
/// use cloudcall::prelude::*;
///
/// #[cloud_model(provider = "tencent", response)]
/// pub struct Zone {
///     pub zone: String,
/// }
///
/// let zones: Value = r#"{"ZoneSet": [{"Zone": "ap-guangzhou-3"}]}"#.parse()?;
/// let zone: Zone = zones["ZoneSet"][0].to()?;
/// assert_eq!(zone.zone, "ap-guangzhou-3");
/// # Ok::<(), Error>(())
/// ```
///
/// # Troubleshooting
///
/// **`value["Name"]` is always `Null`.** Names are case-sensitive, and they are wire names:
/// `ZoneSet` in Tencent Cloud, `zone_set` in Huawei Cloud. Print the value with `{:#}` to
/// see its members.
///
/// **`as_i64` returns `None` for a number.** The number has a fraction or an exponent, or
/// is out of range. Use [`as_f64`](Self::as_f64), or [`as_number`](Self::as_number) for the
/// digits. A number in quotes is a text; read it with [`as_str`](Self::as_str).
///
///
/// # Cost
///
/// A value owns its texts. [`get`](Self::get) and indexing copy nothing. Finding a member
/// takes time linear in the number of members up to 16 of them, and logarithmic time
/// beyond.
#[derive(Clone, Default)]
pub enum Value {
    /// `null`.
    #[default]
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, with all its digits.
    Number(Number),
    /// A text, decoded from its JSON escapes.
    String(String),
    /// A list.
    Array(Vec<Value>),
    /// An object.
    Object(Map),
}

/// What indexing returns for a missing member. It is a static, so that a reference to it
/// lives as long as any value.
static NULL: Value = Value::Null;

impl Value {
    /// The member of an object by name, or the element of a list by position. `None` if
    /// there is none, or if the value is neither an object nor a list.
    ///
    /// ```
    /// let page: cloudcall::Value = r#"{"Items": ["a", "b"], "Next": null}"#.parse()?;
    /// assert_eq!(page["Items"].get(1).and_then(|item| item.as_str()), Some("b"));
    /// // Indexing gives `Null` in both cases. `get` distinguishes a null from a missing member.
    /// assert!(page.get("Next").is_some() && page.get("Previous").is_none());
    /// # Ok::<(), cloudcall::Error>(())
    /// ```
    pub fn get(&self, key: impl Key) -> Option<&Self> {
        key.find(self)
    }

    /// The value at a JSON pointer (RFC 6901). `None` if there is none.
    ///
    /// ```
    /// let zones: cloudcall::Value = r#"{"ZoneSet": [{"Zone": "z-1"}]}"#.parse()?;
    /// assert_eq!(zones.pointer("/ZoneSet/0/Zone").and_then(|zone| zone.as_str()), Some("z-1"));
    /// # Ok::<(), cloudcall::Error>(())
    /// ```
    ///
    /// In a name, `~1` stands for `/`, and `~0` for `~`. The empty pointer is the value
    /// itself.
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

    /// The text, without quotes and escapes. `None` for other values, also for numbers.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// The number, with all its digits. `None` for other values.
    pub fn as_number(&self) -> Option<&Number> {
        match self {
            Self::Number(number) => Some(number),
            _ => None,
        }
    }

    /// The number as `i64`. `None` for other values, for numbers out of range, and for
    /// literals with a fraction or an exponent, also for `1.0`.
    pub fn as_i64(&self) -> Option<i64> {
        self.as_number()?.as_i64()
    }

    /// The number as `u64`. `None` for other values, for numbers out of range, and for
    /// literals with a fraction or an exponent.
    pub fn as_u64(&self) -> Option<u64> {
        self.as_number()?.as_u64()
    }

    /// The `f64` nearest to the number. `None` for other values and beyond the range of
    /// `f64`.
    pub fn as_f64(&self) -> Option<f64> {
        self.as_number()?.as_f64()
    }

    /// The flag. `None` for other values, also for `"true"` and `1`.
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(flag) => Some(*flag),
            _ => None,
        }
    }

    /// The elements of a list. `None` for other values.
    pub fn as_array(&self) -> Option<&Vec<Self>> {
        match self {
            Self::Array(items) => Some(items),
            _ => None,
        }
    }

    /// The members of an object, in the order in which the service sent them. `None` for
    /// other values.
    pub fn as_object(&self) -> Option<&Map> {
        match self {
            Self::Object(members) => Some(members),
            _ => None,
        }
    }

    /// Whether the value is `null`. This also holds for a missing member that was read by
    /// indexing: `zones["Missing"].is_null()`.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// Whether the value is a text.
    pub fn is_string(&self) -> bool {
        matches!(self, Self::String(_))
    }

    /// Whether the value is a number.
    pub fn is_number(&self) -> bool {
        matches!(self, Self::Number(_))
    }

    /// Whether the value is a list.
    pub fn is_array(&self) -> bool {
        matches!(self, Self::Array(_))
    }

    /// Whether the value is an object.
    pub fn is_object(&self) -> bool {
        matches!(self, Self::Object(_))
    }

    /// The kind of the value, for error messages and warnings. It never shows the value.
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

    /// Takes the member of this name out, without a copy. `Null` if there is none. It takes
    /// the response out of its envelope.
    pub(crate) fn into_member(self, name: &str) -> Self {
        let Self::Object(members) = self else { return Self::Null };
        members.into_iter().find(|(found, _)| found == name).map(|(_, value)| value).unwrap_or_default()
    }

    /// Reads the value into a type, such as a `#[cloud_model]`.
    ///
    /// The value is written as text and read again, so numbers keep their digits, and a
    /// model reads it like a response, except that nothing is repaired: see
    /// [`from_json`](crate::response::from_json) for that.
    ///
    /// # Errors
    ///
    /// Kind `Decode` if the value does not have the form of the type. The source names the
    /// place.
    pub fn to<T: DeserializeOwned>(&self) -> Result<T, Error> {
        serde_json::from_str(&self.to_string()).map_err(|error| {
            let what = format!("the JSON value is not a `{}`", std::any::type_name::<T>());
            Error::new(ErrorKind::Decode, what).with_source(error)
        })
    }
}

/// Parses JSON text. The error has the kind `Decode`, and its source names the place.
///
/// A repeated member and half a surrogate pair are not errors: the last member is kept, and
/// the half becomes U+FFFD.
impl std::str::FromStr for Value {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        match parse(text) {
            Ok(parsed) => Ok(parsed.value),
            Err(error) => Err(Error::new(ErrorKind::Decode, "the text is not JSON").with_source(error)),
        }
    }
}

/// Writes compact JSON, and indented JSON for `{:#}`. Nothing is masked.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match f.alternate() {
            true => serde_json::to_string_pretty(self),
            false => serde_json::to_string(self),
        };
        f.write_str(&text.map_err(|_| fmt::Error)?)
    }
}

/// Writes the value in the style of Rust, for logs. Texts and numbers under secret names
/// are masked by the `Debug` of [`Map`].
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

/// Masks texts and numbers under secret names, such as `Password`. Lists and objects under
/// such names are shown, because their own members are checked.
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

/// The argument of [`Value::get`] and `value[...]`: the name of a member, or the position
/// of an element. It is implemented for `&str`, `String` and `usize`, and cannot be
/// implemented elsewhere.
pub trait Key: sealed::Sealed {
    /// The value at this key.
    #[doc(hidden)]
    fn find<'a>(&self, value: &'a Value) -> Option<&'a Value>;
}

/// Keeps [`Key`] from being implemented in other crates, so that it can change.
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

/// Reads a member or an element like `serde_json::Value` does, and never panics: a missing
/// member, a position beyond the end, and an index into a text all give `Null`.
impl<K: Key> Index<K> for Value {
    type Output = Self;

    /// The member or element; `Null` if there is none.
    fn index(&self, key: K) -> &Self {
        key.find(self).unwrap_or(&NULL)
    }
}
