//! Equality with other values, with Rust values and with `serde_json::Value`.
//!
//! The comparisons let tests and conditions be written without conversions:
//!
//! ```
//! let zones: cloudcall::Value = r#"{"Total": 2, "Zone": "z-1", "Open": true}"#.parse()?;
//! assert!(zones["Total"] == 2 && zones["Zone"] == "z-1" && zones["Open"] == true);
//! assert_eq!(zones, cloudcall::json::json!({"Total": 2, "Zone": "z-1", "Open": true}));
//! # Ok::<(), cloudcall::Error>(())
//! ```
//!
//! There is no conversion in a comparison: the text `"2"` is not equal to the number 2.

use super::{Map, Number, Value};

/// Compares kinds and contents. Numbers are compared by their literals, so `1.0` and `1`
/// are different.
impl PartialEq for Value {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Null, Self::Null) => true,
            (Self::Bool(one), Self::Bool(other)) => one == other,
            (Self::Number(one), Self::Number(other)) => one == other,
            (Self::String(one), Self::String(other)) => one == other,
            (Self::Array(one), Self::Array(other)) => one == other,
            (Self::Object(one), Self::Object(other)) => one == other,
            _ => false,
        }
    }
}

impl Eq for Value {}

/// The order of members is not compared.
impl PartialEq for Map {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().all(|(name, value)| other.get(name) == Some(value))
    }
}

impl Eq for Map {}

/// Compares with a value that has lost literals: a float is equal if the nearest `f64` is.
impl PartialEq<serde_json::Value> for Value {
    fn eq(&self, other: &serde_json::Value) -> bool {
        match (self, other) {
            (Self::Null, serde_json::Value::Null) => true,
            (Self::Bool(one), serde_json::Value::Bool(other)) => one == other,
            (Self::Number(one), serde_json::Value::Number(other)) => same_number(one, other),
            (Self::String(one), serde_json::Value::String(other)) => one == other,
            (Self::Array(one), serde_json::Value::Array(other)) => one == other,
            (Self::Object(one), serde_json::Value::Object(other)) => {
                one.len() == other.len()
                    && one.iter().all(|(name, value)| other.get(name).is_some_and(|other| value == other))
            }
            _ => false,
        }
    }
}

impl PartialEq<Value> for serde_json::Value {
    fn eq(&self, other: &Value) -> bool {
        other == self
    }
}

/// Compares a literal with a number of serde_json. An integer is never equal to a float, as
/// in serde_json.
fn same_number(one: &Number, other: &serde_json::Number) -> bool {
    match (other.as_i64(), other.as_u64()) {
        (Some(other), _) => one.as_i64() == Some(other),
        (None, Some(other)) => one.as_u64() == Some(other),
        (None, None) => {
            !one.is_integer() && one.as_f64() == other.as_f64() || one.to_string() == other.to_string()
        }
    }
}

impl PartialEq<str> for Value {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == Some(other)
    }
}

impl PartialEq<&str> for Value {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == Some(*other)
    }
}

impl PartialEq<String> for Value {
    fn eq(&self, other: &String) -> bool {
        self.as_str() == Some(other)
    }
}

impl PartialEq<bool> for Value {
    fn eq(&self, other: &bool) -> bool {
        self.as_bool() == Some(*other)
    }
}

impl PartialEq<f64> for Value {
    fn eq(&self, other: &f64) -> bool {
        self.as_f64() == Some(*other)
    }
}

/// Comparison with, and conversion from, the integers of Rust.
macro_rules! integers {
    ($($integer:ty)*) => { $(
        impl PartialEq<$integer> for Value {
            fn eq(&self, other: &$integer) -> bool {
                self.as_number().and_then(Number::as_i128) == i128::try_from(*other).ok()
            }
        }

        impl From<$integer> for Value {
            fn from(number: $integer) -> Self {
                Self::Number(Number::from_literal(&number.to_string()))
            }
        }
    )* };
}

integers!(i32 i64 u32 u64 usize);

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn values_compare_with_those_of_rust() {
        let value: Value =
            r#"{"a":1,"b":"x","c":[true,null,1.50],"d":18446744073709551615}"#.parse().unwrap();
        assert_eq!(value, json!({"c": [true, null, 1.5], "a": 1, "b": "x", "d": u64::MAX}));
        assert_eq!(json!("x"), value["b"]);
        assert_ne!(value, json!({"a": 1}));
        assert_ne!(value["a"], json!(1.0));
        assert_eq!(value["a"], 1);
        assert_eq!(value["d"], u64::MAX);
        assert_eq!(value["b"], "x");
        assert_eq!(value["c"][0], true);
        assert_eq!(value["c"][2], 1.5);
        assert_ne!(value["a"], "1");
        assert_ne!(value["c"], 1);
    }
}
