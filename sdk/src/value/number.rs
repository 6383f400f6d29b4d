//! JSON numbers that keep their digits.
//!
//! Money, sizes in bytes and identifiers do not survive a conversion to `f64`. The literal
//! is therefore stored, and converted when a caller asks for a type.

use std::cmp::Ordering;
use std::fmt;

/// A JSON number that keeps its literal: `1.10` stays `1.10`, and an integer can have any
/// size.
///
/// Two numbers are equal if their literals are equal, so `1.0` and `1` are different.
/// `Display` writes the literal.
///
/// ```
/// let value: cloudcall::Value = "12345678901234567890.50".parse()?;
/// let number = value.as_number().expect("a number");
/// assert_eq!(number.to_string(), "12345678901234567890.50");
/// assert_eq!(number.as_i64(), None);
/// assert_eq!(number.as_f64(), Some(1.2345678901234567e19));
/// # Ok::<(), cloudcall::Error>(())
/// ```
///
/// To read decimals exactly, parse the literal with a decimal type of your choice.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Number(Repr);

/// Most numbers are small integers in their usual form. They are stored without an
/// allocation. Each literal has exactly one form, so the derived equality and hash are
/// those of literals.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Repr {
    /// An integer whose literal is what `i64` writes.
    Int(i64),
    /// Any other literal, such as `1.10`, `1e3`, `-0`, or an integer beyond `i64`.
    Literal(Box<str>),
}

/// Conversions go from the literal to the requested type directly, never by way of `f64`,
/// so an integer is exact whenever it fits.
impl Number {
    /// Creates a number from a literal, which must be valid JSON: the parser and the
    /// conversion check it before. `-0` stays a literal, because no integer writes it.
    pub(crate) fn from_literal(literal: &str) -> Self {
        let plain = !literal.contains(['.', 'e', 'E']) && literal != "-0";
        match literal.parse() {
            Ok(number) if plain => Self(Repr::Int(number)),
            _ => Self(Repr::Literal(literal.into())),
        }
    }

    /// The number as `i64`. `None` for numbers out of range, and for literals with a
    /// fraction or an exponent.
    pub fn as_i64(&self) -> Option<i64> {
        match &self.0 {
            Repr::Int(number) => Some(*number),
            Repr::Literal(literal) => literal.parse().ok(),
        }
    }

    /// The number as `u64`. `None` for negative numbers, numbers out of range, and literals
    /// with a fraction or an exponent.
    pub fn as_u64(&self) -> Option<u64> {
        match &self.0 {
            Repr::Int(number) => u64::try_from(*number).ok(),
            Repr::Literal(literal) => literal.parse().ok(),
        }
    }

    /// The number as `i128`. `None` for numbers out of range, and for literals with a
    /// fraction or an exponent.
    pub fn as_i128(&self) -> Option<i128> {
        match &self.0 {
            Repr::Int(number) => Some(i128::from(*number)),
            Repr::Literal(literal) => literal.parse().ok(),
        }
    }

    /// The nearest `f64`. `None` beyond the range of `f64`. Integers above 2^53 may lose
    /// digits.
    pub fn as_f64(&self) -> Option<f64> {
        match &self.0 {
            Repr::Int(number) => Some(*number as f64),
            Repr::Literal(literal) => literal.parse().ok().filter(|number: &f64| number.is_finite()),
        }
    }

    /// True if the literal has neither a fraction nor an exponent. `1.0` is not an integer
    /// here; `response/tolerant/number.rs` decides when it is read as one.
    pub(crate) fn is_integer(&self) -> bool {
        match &self.0 {
            Repr::Int(_) => true,
            Repr::Literal(literal) => !literal.contains(['.', 'e', 'E']),
        }
    }
}

/// The order of two JSON numbers by their exact values. If some pairs were compared as
/// `f64`, the order would not be total, and sorting by it may panic.
pub(crate) fn order(one: &str, other: &str) -> Ordering {
    let (one, other) = (Decimal::read(one), Decimal::read(other));
    let by_size = || match one.sign {
        -1 => other.size.cmp(&one.size),
        _ => one.size.cmp(&other.size),
    };
    one.sign.cmp(&other.sign).then_with(by_size)
}

/// A number as `0.digits` times a power of ten.
struct Decimal {
    /// -1, 0 or 1.
    sign: i8,
    /// The power of ten, and the digits without zeros at either end.
    size: (i64, String),
}

impl Decimal {
    /// Reads a literal of JSON. An exponent beyond `i64` counts as the largest one.
    fn read(literal: &str) -> Self {
        let (negative, literal) = match literal.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, literal),
        };
        let (mantissa, exponent) = literal.split_once(['e', 'E']).unwrap_or((literal, "0"));
        let limit = if exponent.starts_with('-') { i64::MIN } else { i64::MAX };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits = format!("{whole}{fraction}");
        let significant = digits.trim_start_matches('0');
        let zeros = digits.len() - significant.len();
        let digits = significant.trim_end_matches('0').to_owned();
        if digits.is_empty() {
            return Self { sign: 0, size: (0, digits) };
        }
        let power = exponent.parse().unwrap_or(limit).saturating_add(whole.len() as i64 - zeros as i64);
        Self { sign: if negative { -1 } else { 1 }, size: (power, digits) }
    }
}

impl From<i64> for Number {
    fn from(number: i64) -> Self {
        Self(Repr::Int(number))
    }
}

/// Writes the literal as the service sent it.
impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Repr::Int(number) => number.fmt(f),
            Repr::Literal(literal) => f.write_str(literal),
        }
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Number({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_is_exact_and_total() {
        let rising = [
            "-1e999999999999999999999",
            "-2e3",
            "-1999.5",
            "-1e-3",
            "0",
            "1e-999999999999999999999",
            "0.001",
            "0.0010000000000000000000001",
            "0.1",
            "1",
            "1.5",
            "9007199254740992",
            "9007199254740993",
            "9007199254740993.5",
            "9007199254740994",
            "1e300",
            "1e400",
            "1.5e400",
            "1e999999999999999999999",
        ];
        for (at, one) in rising.iter().enumerate() {
            for (place, other) in rising.iter().enumerate() {
                assert_eq!(order(one, other), at.cmp(&place), "{one} {other}");
            }
        }
        for (one, other) in
            [("1.50", "1.5"), ("1e2", "100"), ("-0", "0.00"), ("10e-1", "1"), ("1E+2", "100.0")]
        {
            assert_eq!(order(one, other), Ordering::Equal, "{one} {other}");
        }
    }

    #[test]
    fn the_literal_stays() {
        for literal in [
            "0",
            "-0",
            "-1",
            "7",
            "1.10",
            "12.50",
            "1E5",
            "1e+5",
            "-0.0",
            "9223372036854775807",
            "9223372036854775808",
            "-9223372036854775808",
            "18446744073709551615",
            "12345678901234567890123",
            "123456789012345678.9",
            "1e400",
        ] {
            assert_eq!(Number::from_literal(literal).to_string(), literal);
        }
    }

    #[test]
    fn an_integer_equals_its_literal() {
        for number in [0, -1, 1_000_000_000_000_000_000, -1_000_000_000_000_000_000, i64::MIN, i64::MAX] {
            assert_eq!(Number::from(number), Number::from_literal(&number.to_string()));
        }
    }

    #[test]
    fn ranges_are_kept() {
        let number = Number::from_literal;
        assert_eq!(number("9223372036854775807").as_i64(), Some(i64::MAX));
        assert_eq!(number("9223372036854775808").as_i64(), None);
        assert_eq!(number("9223372036854775808").as_u64(), Some(1 << 63));
        assert_eq!(number("-1").as_u64(), None);
        assert_eq!(number("1.0").as_i64(), None);
        assert_eq!(number("99.99999999999999").as_f64(), Some(99.99999999999999));
        assert_eq!(number("1e400").as_f64(), None);
    }
}
