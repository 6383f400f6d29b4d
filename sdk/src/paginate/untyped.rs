//! The walk through a list whose types are known at run time only, for the command `cloudcall`.

use super::member::PageFlag as _;
use super::walk::{Facts, Walk};
use super::{Cursor, PageForm};
use crate::error::Error;
use crate::value::Value;

/// Where to go next in a list, by the rules of [`PageForm`].
#[derive(Debug)]
pub struct UntypedWalk(Walk);

/// What one response says of its paging.
#[derive(Debug, Default, Clone)]
pub struct PageFacts {
    /// The number of items of this page.
    pub count: u64,
    /// The number of all items.
    pub total: Option<u64>,
    /// The cursor of the next page.
    pub next: Option<Cursor>,
    /// Whether more pages follow.
    pub has_more: Option<bool>,
}

impl UntypedWalk {
    /// Begins a walk. `first` is the number of the first page or item, if it is not the usual one. Messages
    /// name settings as options of the command.
    pub fn new(form: PageForm, first: Option<u64>, action: &str) -> Self {
        let mut walk = Walk::new(form, first, action);
        walk.setting = |name| format!("`--{}`", name.replace('_', "-"));
        Self(walk)
    }

    /// See [`Pages::ignore_total`](super::Pages::ignore_total).
    pub fn ignore_total(&mut self) {
        self.0.ignore_total = true;
    }

    /// See [`Pages::end_at_repeated_token`](super::Pages::end_at_repeated_token).
    pub fn end_at_repeated_token(&mut self) {
        self.0.end_at_repeated = true;
    }

    /// See [`Pages::max_empty_pages`](super::Pages::max_empty_pages).
    pub fn max_empty_pages(&mut self, pages: u32) {
        self.0.max_empty = pages;
    }

    /// Goes by token, although the action is usually paged by number.
    pub fn go_by_token(&mut self) {
        self.0.go_by_token();
    }

    /// Takes the cursor and the page size of the request.
    ///
    /// # Errors
    ///
    /// Kind `Config` if one of them gives no list.
    pub fn open(&mut self, cursor: Option<Cursor>, size: Option<Cursor>) -> Result<(), Error> {
        self.0.open(cursor, size)
    }

    /// The cursor of the next request; none where the request stays as it is. The end is `None`.
    pub fn step(&mut self) -> Option<Result<Option<Cursor>, Error>> {
        self.0.step()
    }

    /// Learns from a page. An error is reported by the next step, after this page was handed out.
    pub fn advance(&mut self, page: PageFacts) {
        let PageFacts { count, total, next, has_more } = page;
        if let Err(error) = self.0.advance(&Facts { count, total, next, has_more }) {
            self.0.fail(error);
        }
    }
}

/// A member of a response by a path with `/`. As in a typed response, a list of one object is that object.
pub fn member<'v>(value: &'v Value, path: &str) -> Option<&'v Value> {
    path.split('/').try_fold(value, |value, name| match value {
        Value::Array(items) => match items.as_slice() {
            [only] => only.get(name),
            _ => None,
        },
        value => value.get(name),
    })
}

/// The value of a member that leads to the next page.
pub fn cursor(value: &Value) -> Option<Cursor> {
    match value {
        Value::String(text) if !text.is_empty() => Some(Cursor::Text(text.clone())),
        Value::Number(number) => {
            Some(number.as_u64().map_or_else(|| Cursor::Text(number.to_string()), Cursor::Number))
        }
        _ => None,
    }
}

/// The value of a member that counts.
pub fn count(value: &Value) -> Option<u64> {
    cursor(value)?.number()
}

/// The value of a member that tells whether more pages follow.
pub fn flag(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(flag) => Some(*flag),
        Value::Number(number) => number.as_i64()?.flag(),
        Value::String(text) => text.trim().to_owned().flag(),
        _ => None,
    }
}

/// The items of a page. As in a typed response, a list may come as an object around it, or be an item alone.
/// `names` are the wire names of the members of an item, or none if it is not a structure.
///
/// ```text
/// {"Id": "a"}                 one item, if an item has a member `Id`
/// {"Zone": [{…}, {…}]}        the items inside, as converters from XML write a list
/// ```
pub fn items(value: &Value, names: &[&str]) -> Vec<Value> {
    let is_item = |value: &Value| {
        let members = value.as_object();
        members.is_some_and(|members| members.keys().any(|name| names.contains(&name)))
    };
    match value {
        Value::Array(items) => items.clone(),
        Value::Null => Vec::new(),
        Value::String(text) if text.trim().is_empty() => Vec::new(),
        Value::Object(members) if members.len() < 2 && !is_item(value) => match members.values().next() {
            None => Vec::new(),
            Some(only @ Value::Object(inner)) if !inner.is_empty() && !is_item(only) => vec![value.clone()],
            Some(inner) => items(inner, names),
        },
        item => vec![item.clone()],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> Value {
        text.parse().unwrap()
    }

    #[test]
    fn flags_and_counts_are_read_as_in_typed_responses() {
        for (text, wanted) in [
            ("true", Some(true)),
            ("0", Some(false)),
            ("1", Some(true)),
            (r#""True""#, Some(true)),
            (r#""no""#, Some(false)),
            (r#""0""#, Some(false)),
            (r#""maybe""#, None),
            ("null", None),
        ] {
            assert_eq!(flag(&value(text)), wanted, "{text}");
        }
        for (text, wanted) in
            [("7", Some(7)), (r#"" 7 ""#, Some(7)), (r#""""#, None), ("-1", None), (r#""x""#, None)]
        {
            assert_eq!(count(&value(text)), wanted, "{text}");
        }
    }

    #[test]
    fn lists_are_read_as_in_typed_responses() {
        for (text, names, wanted) in [
            (r#"[1, null]"#, &[][..], "[1,null]"),
            ("null", &[], "[]"),
            (r#"" ""#, &[], "[]"),
            ("{}", &["Id"], "[]"),
            (r#""a""#, &[], r#"["a"]"#),
            (r#"{"Id": "a"}"#, &["Id"], r#"[{"Id":"a"}]"#),
            (r#"{"Id": ["a"]}"#, &["Id"], r#"[{"Id":["a"]}]"#),
            (r#"{"Zone": [{"Id": "a"}]}"#, &["Id"], r#"[{"Id":"a"}]"#),
            (r#"{"Zone": {"Id": "a"}}"#, &["Id"], r#"[{"Id":"a"}]"#),
            (r#"{"Zone": {}}"#, &["Id"], "[]"),
            (r#"{"Zone": null}"#, &["Id"], "[]"),
            (r#"{"Zone": "a"}"#, &[], r#"["a"]"#),
            (r#"{"Other": {"More": 1}}"#, &["Id"], r#"[{"Other":{"More":1}}]"#),
            (r#"{"A": 1, "B": 2}"#, &["Id"], r#"[{"A":1,"B":2}]"#),
        ] {
            assert_eq!(Value::Array(items(&value(text), names)).to_string(), wanted, "{text}");
        }
        let page = value(r#"{"A": [{"B": {"C": 1}}], "D": [{}, {}]}"#);
        assert_eq!(member(&page, "A/B/C").and_then(count), Some(1));
        assert_eq!(member(&page, "D/E"), None);
    }
}
