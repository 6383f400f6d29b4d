//! Text encodings that are both signed and sent: percent, form, hex, UUIDs, and flattened parameters.
//!
//! All functions are pure. None sorts its input: whether and how parameters are sorted is part of a vendor's
//! signature, so the signer does it before it calls [`query`] or [`form`].
//!
//! | function | from | to |
//! | --- | --- | --- |
//! | [`percent`] | `a b*` | `a%20b%2A` |
//! | [`query`] | pairs | `name=value&…`, a space is `%20` |
//! | [`form`] | pairs | `name=value&…`, a space is `+` |
//! | [`Flatten`] | a JSON value | pairs such as `Tag.1.Key` and `env` |
//! | [`plain_text`], [`list_texts`], [`members`] | JSON text | its parts, each with unchanged digits |
//! | [`hex`], [`uuid`] | bytes | lower-case hex, a version 4 UUID |
//!
//! Parameters arrive here as JSON text ([`Field::json`](crate::action::Field)), not as a tree of values,
//! because a tree of `f64` would change long numbers. The functions that read JSON therefore slice the text.

use std::fmt::Write as _;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::de::{Deserializer, Error as _, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::value::number::order;

/// The characters to encode: all but the unreserved ones of RFC 3986, section 2.3 (`A-Z a-z 0-9 - _ . ~`).
pub(crate) const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// Percent-encodes every byte but the unreserved ones of RFC 3986 (`A-Z a-z 0-9 - _ . ~`), in upper-case hex.
///
/// This is the encoding of canonical queries in the signatures of Alibaba Cloud, Volcengine and Huawei Cloud,
/// and of single path segments: `/` is encoded too. Text that is already encoded is encoded again.
///
/// ```
/// use cloudcall::sign::encode::percent;
///
/// assert_eq!(percent("a b+c*d/~é").to_string(), "a%20b%2Bc%2Ad%2F~%C3%A9");
/// assert_eq!(percent("100%25").to_string(), "100%2525");
/// ```
pub fn percent(text: &str) -> impl std::fmt::Display + '_ {
    utf8_percent_encode(text, RESERVED)
}

/// Appends `text` in the encoding of `application/x-www-form-urlencoded`: like [`percent`], but a space is
/// `+`.
///
/// For example, `a b*` becomes `a+b%2A`.
pub(crate) fn push_form(out: &mut String, text: &str) {
    for (at, part) in text.split(' ').enumerate() {
        if at > 0 {
            out.push('+');
        }
        out.extend(utf8_percent_encode(part, RESERVED));
    }
}

/// Writes a form body, `name=value&…`, in the given order. A space is written as `+`.
///
/// ```
/// use cloudcall::sign::encode::form;
///
/// assert_eq!(form([("Name", "a b"), ("Note", "")]), "Name=a+b&Note=");
/// ```
pub fn form<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let mut out = String::new();
    for (name, value) in pairs {
        if !out.is_empty() {
            out.push('&');
        }
        push_form(&mut out, name);
        out.push('=');
        push_form(&mut out, value);
    }
    out
}

/// Writes a query, `name=value&…`, in the given order, with names and values [percent-encoded](percent).
///
/// An empty value keeps its `=`. Sort the pairs first if the signature needs them sorted.
///
/// ```
/// use cloudcall::sign::encode::query;
///
/// assert_eq!(query([("Filter.1.Value", "a b"), ("Marker", "")]), "Filter.1.Value=a%20b&Marker=");
/// ```
pub fn query<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let mut out = String::new();
    for (name, value) in pairs {
        if !out.is_empty() {
            out.push('&');
        }
        let _ = write!(out, "{}={}", percent(name), percent(value));
    }
    out
}

/// Writes bytes as lower-case hex digits, two for each byte.
///
/// ```
/// use cloudcall::sign::encode::hex;
///
/// assert_eq!(hex(&[0x00, 0x9a, 0xff]), "009aff");
/// ```
pub fn hex(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len() * 2);
    push_hex(&mut out, bytes);
    out
}

/// Appends the lower-case hex digits of `bytes` to a text.
pub(crate) fn push_hex(out: &mut String, bytes: &[u8]) {
    // Digits are written in chunks: pushing them one by one takes as long as hashing the input.
    let mut chunk = [0; 64];
    for bytes in bytes.chunks(32) {
        write_hex(&mut chunk, bytes);
        let written = chunk.get(..bytes.len() * 2).unwrap_or_default();
        out.push_str(std::str::from_utf8(written).unwrap_or_default());
    }
}

/// The lower-case hex digits of a 32-byte digest, without an allocation.
#[cfg(feature = "__cloud")]
pub(crate) fn hex_digits(digest: &[u8; 32]) -> [u8; 64] {
    let mut digits = [0; 64];
    write_hex(&mut digits, digest);
    digits
}

/// Writes the hex digits of at most 32 bytes to the start of `out`; further bytes are ignored.
fn write_hex(out: &mut [u8; 64], bytes: &[u8]) {
    let digit = |half: u8| half + if half < 10 { b'0' } else { b'a' - 10 };
    for (pair, byte) in out.chunks_exact_mut(2).zip(bytes) {
        pair.copy_from_slice(&[digit(byte >> 4), digit(byte & 15)]);
    }
}

/// Appends a decimal number, with leading zeros up to `least` digits. A number has at most 20 digits.
pub(crate) fn push_padded(out: &mut String, number: u64, least: usize) {
    let mut digits = [0; 20];
    let digits = decimal(number, &mut digits);
    (digits.len()..least).for_each(|_| out.push('0'));
    out.push_str(digits);
}

/// Writes the decimal digits of a number to the end of `digits`, and returns the part that was written.
///
/// It avoids the formatting machinery: Tencent's signer writes a timestamp for each request.
pub(crate) fn decimal(mut number: u64, digits: &mut [u8; 20]) -> &str {
    let mut zeros = 20;
    // Two digits at a time, because each division waits for the one before.
    for pair in digits.as_chunks_mut().0.iter_mut().rev() {
        let two = (number % 100) as u8;
        *pair = [b'0' + two / 10, b'0' + two % 10];
        number /= 100;
        zeros -= if number > 0 || two > 9 { 2 } else { 1 };
        if number == 0 {
            break;
        }
    }
    let digits = digits.get(zeros..).unwrap_or_default();
    std::str::from_utf8(digits).unwrap_or_default()
}

/// Writes 128 random bits as a UUID of version 4 (RFC 9562): 36 characters, of which 122 bits are random.
///
/// Providers use it for idempotency tokens and trace ids. Take the bits from
/// [`SignInput::nonce`](crate::provider::SignInput::nonce), so that tests with seeded randomness repeat.
///
/// ```
/// use cloudcall::sign::encode::uuid;
///
/// assert_eq!(uuid([0xff; 16]), "ffffffff-ffff-4fff-bfff-ffffffffffff");
/// ```
pub fn uuid(bits: [u8; 16]) -> String {
    let mut out = String::with_capacity(36);
    out.push_str(uuid_in(bits, &mut [0; 36]));
    out
}

/// The same, written to `text`: no allocation.
pub(crate) fn uuid_in(mut bits: [u8; 16], text: &mut [u8; 36]) -> &str {
    bits[6] = bits[6] & 0x0f | 0x40;
    bits[8] = bits[8] & 0x3f | 0x80;
    let mut digits = [0; 64];
    write_hex(&mut digits, &bits);
    *text = [b'-'; 36];
    for (from, to, at) in [(0, 8, 0), (8, 12, 9), (12, 16, 14), (16, 20, 19), (20, 32, 24)] {
        if let (Some(part), Some(place)) = (digits.get(from..to), text.get_mut(at..at + to - from)) {
            place.copy_from_slice(part);
        }
    }
    std::str::from_utf8(text).unwrap_or_default()
}

/// The nesting limit of a flattened value, in levels. It bounds recursion; serde_json has the same limit.
const DEPTH: usize = 128;

/// The rules by which a provider flattens a structured parameter into name-value pairs.
///
/// Services that take queries or forms have no nested values, so each leaf becomes one pair whose name is the
/// path to it. The vendors agree on the dots, and differ in the rest:
///
/// | provider | first index | booleans | `1e16` |
/// | --- | --- | --- | --- |
/// | Tencent Cloud | 0 | `False`, `True` | `1e+16` |
/// | Alibaba Cloud | 1 | `false`, `true` | `10000000000000000` |
/// | Volcengine | 1 | `false`, `true` | `1e+16` |
///
/// ```
/// use cloudcall::sign::encode::Flatten;
///
/// let flatten = Flatten { first: 1, bools: ["false", "true"], python_floats: false };
/// let mut pairs = Vec::new();
/// flatten.push("Tag", br#"[{"Key":"env","Value":null},{"Key":"spot","Value":true}]"#, &mut pairs)?;
/// assert_eq!(pairs, [
///     ("Tag.1.Key".to_owned(), "env".to_owned()),
///     ("Tag.2.Key".to_owned(), "spot".to_owned()),
///     ("Tag.2.Value".to_owned(), "true".to_owned()),
/// ]);
/// # Ok::<(), cloudcall::json::Error>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Flatten {
    /// The index of a list's first element: 0 or 1.
    pub first: usize,
    /// The texts for `false` and `true`, in this order.
    pub bools: [&'static str; 2],
    /// Whether floats are written as Python's `str` writes them (`2.0`, `1e+16`). Otherwise they are written
    /// without exponent and without `.0`. Integers are never changed.
    pub python_floats: bool,
}

impl Flatten {
    /// Flattens one value into `out`: `name`, `name.Member`, `name.1`, ….
    ///
    /// A null, an empty list and an empty object give no pair; an empty text gives a pair with an empty
    /// value. An index counts nulls: `["a",null,"b"]` gives the indexes 1 and 3. Order and the digits of
    /// integers are kept. If `name` is empty, the members of an object become names without a leading dot.
    ///
    /// `json` must be one JSON value without white space around it, such as
    /// [`Field::json`](crate::action::Field). Empty text gives no pair.
    ///
    /// # Errors
    ///
    /// The error of serde_json if a number, a text or the structure is not valid JSON, or if the value has
    /// more than 128 levels.
    pub fn push(
        &self,
        name: &str,
        json: &[u8],
        out: &mut Vec<(String, String)>,
    ) -> Result<(), serde_json::Error> {
        let mut name = name.to_owned();
        self.walk(&mut name, json, DEPTH, out)
    }

    /// Flattens one value under `name`, which is the path so far and is restored before the function returns.
    ///
    /// Elements and members are read as [`RawValue`], that is, as slices of the text, so that no digit
    /// changes.
    fn walk(
        &self,
        name: &mut String,
        json: &[u8],
        depth: usize,
        out: &mut Vec<(String, String)>,
    ) -> Result<(), serde_json::Error> {
        let length = name.len();
        let Some(below) = depth.checked_sub(1) else {
            return Err(serde_json::Error::custom(format_args!("`{name}` has more than {DEPTH} levels")));
        };
        match json.first() {
            Some(b'{') => {
                for (member, value) in members(json)? {
                    if length > 0 {
                        name.push('.');
                    }
                    name.push_str(&member);
                    self.walk(name, value.get().as_bytes(), below, out)?;
                    name.truncate(length);
                }
            }
            Some(b'[') => {
                let elements: Vec<&RawValue> = serde_json::from_slice(json)?;
                for (at, value) in elements.into_iter().enumerate() {
                    let _ = write!(name, ".{}", self.first + at);
                    self.walk(name, value.get().as_bytes(), below, out)?;
                    name.truncate(length);
                }
            }
            Some(b'"') => out.push((name.clone(), serde_json::from_slice(json)?)),
            Some(b'n') | None => {}
            Some(b't' | b'f') => {
                let [no, yes] = self.bools;
                let spelled = if json == b"true" { yes } else { no };
                out.push((name.clone(), spelled.to_owned()));
            }
            Some(_) => out.push((name.clone(), self.number(json))),
        }
        Ok(())
    }

    /// The text of a number. An integer keeps its digits, however long it is. A float gets the shortest
    /// digits that give the same `f64` again. If these are another number, a decimal keeps its digits.
    fn number(&self, json: &[u8]) -> String {
        let text = String::from_utf8_lossy(json);
        let float = text.contains(['.', 'e', 'E']).then(|| text.parse::<f64>());
        match float {
            Some(Ok(value)) if !value.is_finite() || !is_written_by(value, &text) => text.into_owned(),
            Some(Ok(value)) if self.python_floats => python_float(value),
            Some(Ok(value)) => value.to_string(),
            _ => text.into_owned(),
        }
    }
}

/// Whether the shortest digits of the float are the number that the literal writes. Exponents are always
/// rewritten, because services do not read each form of them.
fn is_written_by(value: f64, literal: &str) -> bool {
    literal.contains(['e', 'E']) || order(literal, &value.to_string()).is_eq()
}

/// A float as Python's `str` writes it: the shortest digits, with an exponent from 1e16 on and below 1e-4.
///
/// The signature covers the spelling, and the vectors of Tencent Cloud and Volcengine are requests of the
/// vendors' Python packages: `1e16` becomes `1e+16`, and `0.00001` becomes `1e-05`.
fn python_float(value: f64) -> String {
    let size = value.abs();
    if size != 0.0 && !(1e-4..1e16).contains(&size) {
        let text = format!("{value:e}");
        let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        let (sign, number) = match exponent.strip_prefix('-') {
            Some(number) => ('-', number),
            None => ('+', exponent),
        };
        return format!("{digits}e{sign}{number:0>2}");
    }
    let text = value.to_string();
    if text.contains('.') { text } else { format!("{text}.0") }
}

/// A JSON value as plain text: a string without its quotes and escapes, any other value as its JSON text.
///
/// It is used where a parameter is one text, such as a header, a path segment or one value of a query. A
/// number keeps its digits. A string that is not valid JSON gives an empty text.
///
/// ```
/// use cloudcall::sign::encode::plain_text;
///
/// assert_eq!(plain_text(br#""a\nb""#), "a\nb");
/// assert_eq!(plain_text(b"1.10"), "1.10");
/// assert_eq!(plain_text(br#"{"a":1}"#), r#"{"a":1}"#);
/// ```
pub fn plain_text(json: &[u8]) -> String {
    match json.first() {
        Some(b'"') => serde_json::from_slice(json).unwrap_or_default(),
        _ => String::from_utf8_lossy(json).into_owned(),
    }
}

/// The elements of a JSON list, each as [`plain_text`] gives it. A value that is not a list counts as a list
/// of one element; a list that is not valid JSON gives no elements.
///
/// ```
/// use cloudcall::sign::encode::list_texts;
///
/// assert_eq!(list_texts(br#"["a",1]"#).join(","), "a,1");
/// assert_eq!(list_texts(br#""a""#), ["a"]);
/// ```
pub fn list_texts(json: &[u8]) -> Vec<String> {
    if json.first() != Some(&b'[') {
        return vec![plain_text(json)];
    }
    let items: Vec<&RawValue> = serde_json::from_slice(json).unwrap_or_default();
    items.into_iter().map(|item| plain_text(item.get().as_bytes())).collect()
}

/// The members of a JSON object in their order. Each value is still JSON text, so no digit is lost, and a
/// name that occurs twice is listed twice.
///
/// ```
/// use cloudcall::sign::encode::members;
///
/// let found = members(br#"{"b":1.50,"a":[1]}"#)?;
/// let texts: Vec<_> = found.iter().map(|(name, value)| format!("{name}={}", value.get())).collect();
/// assert_eq!(texts, ["b=1.50", "a=[1]"]);
/// # Ok::<(), cloudcall::json::Error>(())
/// ```
///
/// # Errors
///
/// The error of serde_json if the text is not a JSON object.
pub fn members(json: &[u8]) -> Result<Vec<(String, &RawValue)>, serde_json::Error> {
    struct MemberVisitor;
    impl<'de> Visitor<'de> for MemberVisitor {
        type Value = Vec<(String, &'de RawValue)>;
        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("an object")
        }
        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut members = Vec::new();
            while let Some(member) = map.next_entry()? {
                members.push(member);
            }
            Ok(members)
        }
    }
    serde_json::Deserializer::from_slice(json).deserialize_map(MemberVisitor)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TENCENT: Flatten = Flatten { first: 0, bools: ["False", "True"], python_floats: true };

    fn flat(json: &str) -> Vec<String> {
        let mut out = Vec::new();
        TENCENT.push("", json.as_bytes(), &mut out).unwrap();
        out.into_iter().map(|(name, value)| format!("{name}={value}")).collect()
    }

    #[test]
    fn trees_are_flattened_in_order() {
        let json = r#"{"F":[{"V":["a",null,"b"],"N":""}],"E":[],"O":{},"Z":null,"B":true,"X":1e16,"Y":2.0,"A":{"B":{"C":-1}}}"#;
        let wanted = ["F.0.V.0=a", "F.0.V.2=b", "F.0.N=", "B=True", "X=1e+16", "Y=2.0", "A.B.C=-1"];
        assert_eq!(flat(json), wanted);
    }

    #[test]
    fn decimals_keep_digits_that_a_float_does_not_have() {
        let plain = Flatten { python_floats: false, ..TENCENT };
        for (json, python, decimal) in [
            ("1.50", "1.5", "1.5"),
            ("2.0", "2.0", "2"),
            ("0.1", "0.1", "0.1"),
            ("12345678901234567.89", "12345678901234567.89", "12345678901234567.89"),
            ("0.30000000000000000004", "0.30000000000000000004", "0.30000000000000000004"),
            ("1000000000000000000000.0", "1e+21", "1000000000000000000000"),
            ("1.5e3", "1500.0", "1500"),
        ] {
            let spelled = |how: &Flatten| {
                let mut out = Vec::new();
                how.push("n", json.as_bytes(), &mut out).unwrap();
                out.remove(0).1
            };
            assert_eq!((spelled(&TENCENT).as_str(), spelled(&plain).as_str()), (python, decimal), "{json}");
        }
    }

    #[test]
    fn floats_are_spelled_as_python_spells_them() {
        for (value, wanted) in [
            (1.5, "1.5"),
            (0.0, "0.0"),
            (-0.0, "-0.0"),
            (1e15, "1000000000000000.0"),
            (1e16, "1e+16"),
            (1.25e100, "1.25e+100"),
            (1e-4, "0.0001"),
            (0.00001, "1e-05"),
        ] {
            assert_eq!(python_float(value), wanted);
        }
    }

    #[test]
    fn no_number_changes() {
        let alibaba = Flatten { first: 1, bools: ["false", "true"], python_floats: false };
        let mut bits = 1_u64;
        let random = std::iter::from_fn(move || {
            bits = bits.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            Some(bits)
        });
        let any = random.clone().map(f64::from_bits).filter(|value| value.is_finite()).take(2000);
        let percentages = random.map(|bits| (bits >> 32) as f64 / (bits >> 20) as f64 * 100.0).take(2000);
        for value in
            any.chain(percentages).chain([99.99999999999999, f64::MAX, f64::MIN_POSITIVE, 5e-324, -0.0])
        {
            let json = serde_json::to_vec(&[value]).unwrap();
            for rules in [TENCENT, alibaba] {
                let mut out = Vec::new();
                rules.push("A", &json, &mut out).unwrap();
                let [(_, text)] = out.as_slice() else { panic!("{out:?}") };
                assert_eq!(text.parse::<f64>().unwrap().to_bits(), value.to_bits(), "{text}");
            }
        }
        assert_eq!(
            flat("{\"A\":12345678901234567890123,\"B\":-170141183460469231731687303715884105728}"),
            ["A=12345678901234567890123", "B=-170141183460469231731687303715884105728"]
        );
    }

    #[test]
    fn a_value_is_flattened_as_deep_as_json_is_read() {
        let nested = |levels: usize| format!("{}1{}", "[".repeat(levels), "]".repeat(levels));
        let push = |levels| TENCENT.push("A", nested(levels).as_bytes(), &mut Vec::new());
        assert!(push(DEPTH - 1).is_ok());
        assert!(push(DEPTH).unwrap_err().to_string().contains("more than 128 levels"));
        assert!(push(100_000).is_err());
    }

    #[test]
    fn blanks_and_reserved_bytes() {
        assert_eq!(form([("a b", "c*d/~é")]), "a+b=c%2Ad%2F~%C3%A9");
        assert_eq!(query([("a b", "c*d/~")]), "a%20b=c%2Ad%2F~");
        let mut out = String::new();
        for (number, least) in [(0, 1), (7, 2), (1_700_000_000, 1), (u64::MAX, 20)] {
            push_padded(&mut out, number, least);
            out.push(' ');
        }
        assert_eq!(out, "0 07 1700000000 18446744073709551615 ");
        assert_eq!(hex(&[0, 1, 0x9a, 0xff].repeat(9)), "00019aff".repeat(9));
        assert_eq!(uuid([0xff; 16]), "ffffffff-ffff-4fff-bfff-ffffffffffff");
    }

    #[test]
    fn members_keep_their_order_and_text() {
        let found = members(br#"{"b": 1.50, "a": [ 1 ], "c": "x"}"#).unwrap();
        let texts: Vec<_> = found.iter().map(|(name, value)| format!("{name}:{}", value.get())).collect();
        assert_eq!(texts, ["b:1.50", "a:[ 1 ]", "c:\"x\""]);
        assert_eq!(list_texts(b"[1,\"a\",true]"), ["1", "a", "true"]);
        assert_eq!(list_texts(b"\"one\""), ["one"]);
    }
}
