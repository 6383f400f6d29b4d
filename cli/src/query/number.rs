//! Numbers as JMESPath compares and adds them: compared exactly, and added exactly if they are whole.

use std::cmp::Ordering;

use cloudcall::__private::number_order;
use cloudcall::Value;
use cloudcall::response::Number;

/// The order of two numbers.
pub(super) fn order(one: &Number, other: &Number) -> Ordering {
    match (one.as_i128(), other.as_i128()) {
        (Some(one), Some(other)) => one.cmp(&other),
        _ => number_order(&one.to_string(), &other.to_string()),
    }
}

/// A number without its sign.
pub(super) fn abs(number: &Number) -> Value {
    parsed(number.to_string().trim_start_matches('-'))
}

/// A number as a whole one, by `round` if it has a fraction.
pub(super) fn whole(number: &Number, round: fn(f64) -> f64) -> Value {
    match (number.as_i128(), number.as_f64()) {
        (None, Some(float)) => of(round(float)),
        _ => Value::Number(number.clone()),
    }
}

/// The sum of numbers.
pub(super) fn sum<'n>(numbers: impl Iterator<Item = &'n Number> + Clone) -> Value {
    let exact = numbers.clone().try_fold(0_i128, |sum, number| sum.checked_add(number.as_i128()?));
    match exact {
        Some(sum) => parsed(&sum.to_string()),
        None => of(numbers.filter_map(Number::as_f64).sum()),
    }
}

/// The mean of numbers; null if there are none.
pub(super) fn mean<'n>(numbers: impl ExactSizeIterator<Item = &'n Number>) -> Value {
    let count = numbers.len() as f64;
    match count > 0.0 {
        true => of(numbers.filter_map(Number::as_f64).sum::<f64>() / count),
        false => Value::Null,
    }
}

/// A float; null if it is not finite.
fn of(float: f64) -> Value {
    match float.is_finite() {
        true => parsed(&float.to_string()),
        false => Value::Null,
    }
}

fn parsed(literal: &str) -> Value {
    literal.parse().unwrap_or_default()
}
