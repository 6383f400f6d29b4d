//! Integers from literals, with no digit lost.
//!
//! `1e3` and `1.0` are integers for a service that computes with floats. Reading them as
//! `f64` would lose digits from 2^53 on, so the digits are moved instead of computed with.
//! The mender uses it; the fast pass reads ordinary integers itself.

/// Why a literal is not an integer of the type.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Whole {
    /// It is not a number, such as `N/A`.
    Text,
    /// It is a number with a fraction, such as `1.5`.
    Fraction,
    /// It is an integer, but too large or too small for the type.
    Range,
}

/// The digits of a literal that is an integer of a type with `bits` bits.
///
/// ```text
/// 7, +7, 7.0, 7e0, 700e-2   "7"
/// 9007199254740993.0        "9007199254740993"
/// 1.5                       Fraction
/// 1e30 for an i64           Range
/// N/A, 0x10, 1,000          Text
/// ```
///
/// The work is bounded: an exponent that would need more than 40 digits is out of range
/// without being written out.
pub(super) fn whole(literal: &str, signed: bool, bits: u32) -> Result<String, Whole> {
    let (sign, rest) = match literal.as_bytes().first() {
        Some(b'-') => ("-", literal.get(1..).unwrap_or_default()),
        Some(b'+') => ("", literal.get(1..).unwrap_or_default()),
        _ => ("", literal),
    };
    let (mantissa, exponent) = match rest.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => {
            (mantissa, exponent.parse::<i64>().map_err(|_| odd_exponent(rest, exponent))?)
        }
        None => (rest, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    if whole.is_empty() && fraction.is_empty() || !is_digits(whole) || !is_digits(fraction) {
        return Err(Whole::Text);
    }
    let digits: String = [whole, fraction].concat();
    let fraction = i64::try_from(fraction.len()).unwrap_or(i64::MAX);
    let digits = digits.trim_start_matches('0');
    // Where the point stands, from the right end of the digits.
    let shift = exponent.saturating_sub(fraction);
    let digits = if digits.is_empty() {
        "0".to_owned()
    } else if shift < 0 {
        let cut = usize::try_from(shift.unsigned_abs()).unwrap_or(usize::MAX);
        let zeros = digits.len() - digits.trim_end_matches('0').len();
        if zeros < cut {
            return Err(Whole::Fraction);
        }
        digits.get(..digits.len() - cut).unwrap_or_default().to_owned()
    } else {
        let zeros = usize::try_from(shift).unwrap_or(usize::MAX);
        // No integer type has 40 digits.
        if zeros > 40 || digits.len() > 40 {
            return Err(Whole::Range);
        }
        format!("{digits}{}", "0".repeat(zeros))
    };
    let text = if digits == "0" { digits } else { format!("{sign}{digits}") };
    if in_range(&text, signed, bits) { Ok(text) } else { Err(Whole::Range) }
}

/// True if all characters are digits, also for an empty text.
fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// An exponent beyond `i64` makes a number tiny or huge; anything else is not a number.
fn odd_exponent(rest: &str, exponent: &str) -> Whole {
    let digits = exponent.trim_start_matches(['+', '-']);
    let number = rest.starts_with(|c: char| c.is_ascii_digit()) && !digits.is_empty() && is_digits(digits);
    match (number, exponent.starts_with('-')) {
        (false, _) => Whole::Text,
        (true, true) => Whole::Fraction,
        (true, false) => Whole::Range,
    }
}

/// True if an integer type of this size can hold the number. The standard library's parser
/// decides, so the limits are written nowhere else.
fn in_range(digits: &str, signed: bool, bits: u32) -> bool {
    match (signed, bits) {
        (true, 8) => digits.parse::<i8>().is_ok(),
        (true, 16) => digits.parse::<i16>().is_ok(),
        (true, 32) => digits.parse::<i32>().is_ok(),
        (true, 64) => digits.parse::<i64>().is_ok(),
        (true, _) => digits.parse::<i128>().is_ok(),
        (false, 8) => digits.parse::<u8>().is_ok(),
        (false, 16) => digits.parse::<u16>().is_ok(),
        (false, 32) => digits.parse::<u32>().is_ok(),
        (false, 64) => digits.parse::<u64>().is_ok(),
        (false, _) => digits.parse::<u128>().is_ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_keep_every_digit() {
        for (literal, wanted) in [
            ("0", Ok("0")),
            ("-0", Ok("0")),
            ("-0.0", Ok("0")),
            ("1.0", Ok("1")),
            ("+5", Ok("5")),
            ("1e3", Ok("1000")),
            ("1.50E1", Ok("15")),
            ("1200e-2", Ok("12")),
            ("9007199254740993.0", Ok("9007199254740993")),
            ("9223372036854775807", Ok("9223372036854775807")),
            ("-9223372036854775808", Ok("-9223372036854775808")),
            ("9223372036854775808", Err(Whole::Range)),
            ("1e30", Err(Whole::Range)),
            ("1e999999999999", Err(Whole::Range)),
            ("1e99999999999999999999", Err(Whole::Range)),
            ("1e-99999999999999999999", Err(Whole::Fraction)),
            ("0e5", Ok("0")),
            ("1.5", Err(Whole::Fraction)),
            ("2.14E-4", Err(Whole::Fraction)),
            ("N/A", Err(Whole::Text)),
            ("", Err(Whole::Text)),
            ("-", Err(Whole::Text)),
            (".", Err(Whole::Text)),
            ("1e", Err(Whole::Text)),
            ("0x10", Err(Whole::Text)),
            ("1,000", Err(Whole::Text)),
            ("1 2", Err(Whole::Text)),
        ] {
            assert_eq!(whole(literal, true, 64), wanted.map(str::to_owned), "{literal}");
        }
        assert_eq!(whole("255", false, 8), Ok("255".into()));
        assert_eq!(whole("256", false, 8), Err(Whole::Range));
        assert_eq!(whole("-1", false, 64), Err(Whole::Range));
    }
}
