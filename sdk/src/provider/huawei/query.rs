//! Queries: `docs/sources.md`, Huawei Cloud, 1.3.
//!
//! | parameter | query |
//! | --- | --- |
//! | `"x y"` | `name=x%20y` |
//! | `""` | `name=` |
//! | `1.50` | `name=1.50` |
//! | `true` | `name=true` |
//! | `["b", "a"]` | `name=a&name=b` |
//! | `[]` | nothing |
//! | `{"k2": "v2", "k1": "v1"}` | `name=k1%3Dv1&name=k2%3Dv2` |
//!
//! The canonical request needs sorted pairs. They are sorted before they are encoded, and the signer encodes
//! them once: the text that is signed is the text that is sent. A blank is `%20`, never `+`.

use std::cmp::Ordering;

use crate::action::request::{Field, ListStyle};
use crate::error::Error;
use crate::sign::encode::{Flatten, list_texts, members, plain_text};
use crate::value::number::order;

/// The spelling of numbers with an exponent, which is that of Python: `1e16` becomes `1e+16`. Nothing else of
/// this rule is used here.
const NUMBERS: Flatten = Flatten { first: 0, bools: ["false", "true"], python_floats: true };

/// The pairs of one call. They are sorted when all are known.
#[derive(Debug, Default)]
pub(super) struct Query(Vec<Pair>);

/// One `name=value`, not encoded.
#[derive(Debug)]
struct Pair {
    /// The wire name.
    name: String,
    /// The value as text.
    value: String,
    /// Whether the value was a number. Numbers are sorted by size, texts by code point.
    number: bool,
}

impl Query {
    /// Adds a parameter. A list is its name once for each element, an object `name=key=value` for each
    /// member. A null in either is left out.
    ///
    /// The vendor's collection formats `multi` and `csv` both mean repeated names in a query, so
    /// [`ListStyle::Comma`] is no exception. The other styles are for actions of your own.
    ///
    /// # Errors
    ///
    /// Kind `Config` if the value is not JSON.
    pub(super) fn push(&mut self, field: &Field<'_>) -> Result<(), Error> {
        let name = field.name;
        match (field.json.first(), field.list) {
            (Some(b'[' | b'{'), ListStyle::Json) => self.add(name, plain_text(field.json), false),
            (Some(b'['), ListStyle::Space) => self.add(name, list_texts(field.json).join(" "), false),
            (Some(b'['), ListStyle::Pipe) => self.add(name, list_texts(field.json).join("|"), false),
            (Some(b'['), style) => {
                let items: Vec<&serde_json::value::RawValue> =
                    serde_json::from_slice(field.json).map_err(|error| unreadable(name, error))?;
                for (at, item) in items.iter().enumerate().filter(|(_, item)| item.get() != "null") {
                    match style {
                        ListStyle::Numbered => self.scalar(&format!("{name}.{}", at + 1), item.get())?,
                        // `Comma` too: the vendor writes both collection formats as repeated names.
                        _ => self.scalar(name, item.get())?,
                    }
                }
            }
            (Some(b'{'), _) => {
                for (key, value) in members(field.json).map_err(|error| unreadable(name, error))? {
                    if value.get() != "null" {
                        let text = plain_text(value.get().as_bytes());
                        self.add(name, format!("{key}={text}"), false);
                    }
                }
            }
            _ => self.scalar(name, std::str::from_utf8(field.json).unwrap_or_default())?,
        }
        Ok(())
    }

    /// Adds one value that is neither a list nor an object.
    fn scalar(&mut self, name: &str, json: &str) -> Result<(), Error> {
        let number = json.starts_with(|first: char| first == '-' || first.is_ascii_digit());
        if number && json.contains(['e', 'E']) {
            let mut pairs = Vec::new();
            NUMBERS.push(name, json.as_bytes(), &mut pairs).map_err(|error| unreadable(name, error))?;
            for (name, value) in pairs {
                self.add(&name, value, true);
            }
        } else {
            self.add(name, plain_text(json.as_bytes()), number);
        }
        Ok(())
    }

    /// Adds one pair.
    fn add(&mut self, name: &str, value: String, number: bool) {
        self.0.push(Pair { name: name.to_owned(), value, number });
    }

    /// The pairs in the order in which they are signed and sent: by name, then by value, both before
    /// encoding. Numbers are sorted by size: 9, 10, 100.
    pub(super) fn into_pairs(mut self) -> Vec<(String, String)> {
        self.0.sort_by(|a, b| a.name.cmp(&b.name).then_with(|| a.order(b)));
        self.0.into_iter().map(|pair| (pair.name, pair.value)).collect()
    }
}

impl Pair {
    /// The order of two values of one name. Numbers stand before texts; the vendor's SDK fails for such a
    /// mixture.
    fn order(&self, other: &Self) -> Ordering {
        match (self.number, other.number) {
            (true, true) => order(&self.value, &other.value),
            (false, false) => self.value.cmp(&other.value),
            (a, b) => b.cmp(&a),
        }
    }
}

/// The error of a parameter whose value is not JSON.
fn unreadable(name: &str, error: serde_json::Error) -> Error {
    Error::config(format!("the query parameter `{}` is not JSON", name.escape_debug())).with_source(error)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::action::request::{Fields, Param, ParamLocation};
    use serde_json::{Value, json};

    fn pairs(values: &[(&'static str, ListStyle, Value)]) -> String {
        let (mut fields, mut query) = (Fields::new(), Query::default());
        for (name, list, value) in values {
            fields.put(&Param::new(name).place(ParamLocation::Query).list(*list), value).unwrap();
        }
        fields.iter().for_each(|field| query.push(&field).unwrap());
        query.into_pairs().iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")
    }

    #[test]
    fn values_are_written_and_sorted_by_their_kind() {
        use ListStyle::{Auto, Comma, Json, Numbered, Pipe, Space};
        for (values, wanted) in [
            (vec![("n", Auto, json!([10, 9, 100, -1]))], "n=-1&n=9&n=10&n=100"),
            (vec![("n", Auto, json!("10")), ("n", Auto, json!("9"))], "n=10&n=9"),
            (vec![("f", Auto, json!([1.5, 1e16, 2]))], "f=1.5&f=2&f=1e+16"),
            (
                vec![(
                    "n",
                    Auto,
                    json!([9_007_199_254_740_994_i64, 9_007_199_254_740_993.5, 9_007_199_254_740_993_i64]),
                )],
                "n=9007199254740993&n=9007199254740994&n=9007199254740994.0",
            ),
            (vec![("b", Auto, json!(true)), ("a", Auto, json!([true, false]))], "a=false&a=true&b=true"),
            (vec![("b", Auto, json!("")), ("B", Auto, json!("x")), ("", Auto, json!("y"))], "=y&B=x&b="),
            (vec![("e", Auto, json!([])), ("m", Auto, json!({"k2": "v2", "k1": 1}))], "m=k1=1&m=k2=v2"),
            (vec![("c", Comma, json!(["b", "a"])), ("d", Auto, json!(["b", null, "a"]))], "c=a&c=b&d=a&d=b"),
            (vec![("s", Space, json!([1, 2])), ("p", Pipe, json!(["x", "y"]))], "p=x|y&s=1 2"),
            (
                vec![("j", Json, json!(["b", "a"])), ("i", Numbered, json!(["b", "a"]))],
                "i.1=b&i.2=a&j=[\"b\",\"a\"]",
            ),
            (vec![("~", Auto, json!(1)), ("é", Auto, json!(2)), ("a", Auto, json!(3))], "a=3&~=1&é=2"),
        ] {
            assert_eq!(pairs(&values), wanted);
        }
    }
}
