//! Numbers with all the digits that were sent.

use std::fmt;

/// A JSON number. It keeps the literal: `1.10` stays `1.10`, and integers have any size.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Number(Repr);

/// An integer whose literal is its usual form, which nearly all are, needs no memory of its own.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Repr {
    Int(i64),
    Literal(Box<str>),
}

impl Number {
    /// The number of a literal that the grammar of JSON allows.
    pub(crate) fn from_literal(literal: &str) -> Self {
        let plain = literal.len() < 20 && !literal.contains(['.', 'e', 'E']) && literal != "-0";
        match literal.parse() {
            Ok(number) if plain => Self(Repr::Int(number)),
            _ => Self(Repr::Literal(literal.into())),
        }
    }

    /// The number, if it is an integer in the range of `i64`.
    pub fn as_i64(&self) -> Option<i64> {
        match &self.0 {
            Repr::Int(number) => Some(*number),
            Repr::Literal(literal) => literal.parse().ok(),
        }
    }

    /// The number, if it is an integer in the range of `u64`.
    pub fn as_u64(&self) -> Option<u64> {
        match &self.0 {
            Repr::Int(number) => u64::try_from(*number).ok(),
            Repr::Literal(literal) => literal.parse().ok(),
        }
    }

    /// The number, if it is an integer in the range of `i128`.
    pub fn as_i128(&self) -> Option<i128> {
        match &self.0 {
            Repr::Int(number) => Some(i128::from(*number)),
            Repr::Literal(literal) => literal.parse().ok(),
        }
    }

    /// The nearest floating point number; `None` beyond the range of `f64`.
    pub fn as_f64(&self) -> Option<f64> {
        match &self.0 {
            Repr::Int(number) => Some(*number as f64),
            Repr::Literal(literal) => literal.parse().ok().filter(|number: &f64| number.is_finite()),
        }
    }

    /// Whether the literal has neither a fraction nor an exponent.
    pub(crate) fn is_integer(&self) -> bool {
        match &self.0 {
            Repr::Int(_) => true,
            Repr::Literal(literal) => !literal.contains(['.', 'e', 'E']),
        }
    }
}

impl From<i64> for Number {
    fn from(number: i64) -> Self {
        Self(Repr::Int(number))
    }
}

/// The literal as it was sent.
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
