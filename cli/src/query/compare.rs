//! Equality and order of values.

use std::cmp::Ordering;

use cloudcall::Value;

use super::number;

/// The order of two numbers or two texts.
pub(super) fn order(one: &Value, other: &Value) -> Ordering {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => number::order(one, other),
        (Value::String(one), Value::String(other)) => one.cmp(other),
        _ => Ordering::Equal,
    }
}

/// Equality, in which `1` and `1.0` are the same number.
pub(super) fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => number::order(one, other).is_eq(),
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            let is_same =
                |(name, value): (&str, &Value)| other.get(name).is_some_and(|other| same(value, other));
            one.len() == other.len() && one.iter().all(is_same)
        }
        _ => one == other,
    }
}
