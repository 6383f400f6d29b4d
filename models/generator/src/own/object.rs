//! Members of a JSON object by name and kind, with messages that say what to write instead.

use super::json::{Member, Mistake, Node, Value};
use crate::names::{list, nearest};

/// An object of a description, with a word for what it describes.
pub(super) struct Object<'n> {
    pub(super) at: usize,
    pub(super) what: String,
    members: &'n [Member],
}

impl<'n> Object<'n> {
    /// The object in `node`, which may have the members `known` only.
    pub(super) fn of(node: &'n Node, what: String, known: &[&str]) -> Result<Self, Mistake> {
        let object = Self::any(node, what)?;
        match object.members.iter().find(|member| !known.contains(&member.name.as_str())) {
            Some(odd) => {
                let near = nearest(&odd.name, known);
                let hint = match near.as_slice() {
                    [] => format!("; it may have {}", list(known, "and")),
                    near => format!("; did you mean {}?", list(near, "or")),
                };
                Err((odd.at, format!("{} has an unknown member `{}`{hint}", object.what, odd.name)))
            }
            None => Ok(object),
        }
    }

    /// The object in `node`, whose names are free.
    pub(super) fn any(node: &'n Node, what: String) -> Result<Self, Mistake> {
        match &node.value {
            Value::Object(members) => Ok(Self { at: node.at, what, members }),
            other => Err((node.at, format!("{what} must be an object, not {}", other.kind()))),
        }
    }

    /// The same object under a name for messages that is known only now.
    pub(super) fn named(self, what: String) -> Self {
        Self { what, ..self }
    }

    pub(super) fn members(&self) -> &'n [Member] {
        self.members
    }

    /// A member that may be missing. `null` counts as missing.
    pub(super) fn get(&self, name: &str) -> Option<&'n Node> {
        let member = self.members.iter().find(|member| member.name == name)?;
        (!matches!(member.node.value, Value::Null)).then_some(&member.node)
    }

    pub(super) fn need(&self, name: &str, example: &str) -> Result<&'n Node, Mistake> {
        self.get(name).ok_or_else(|| (self.at, format!("{} has no `{name}`; add {example}", self.what)))
    }

    fn wrong<T>(&self, name: &str, node: &Node, wanted: &str) -> Result<T, Mistake> {
        Err((node.at, format!("`{name}` of {} must be {wanted}, not {}", self.what, node.value.kind())))
    }

    /// A string. It must fit into a record: no control characters.
    pub(super) fn text(&self, name: &str) -> Result<Option<&'n str>, Mistake> {
        let Some(node) = self.get(name) else { return Ok(None) };
        match &node.value {
            Value::Text(text) => self.plain(name, node, text).map(Some),
            _ => self.wrong(name, node, "a string"),
        }
    }

    /// A text that fits into a record, whose columns and lines are separated by control characters.
    fn plain<'t>(&self, name: &str, node: &Node, text: &'t str) -> Result<&'t str, Mistake> {
        match text.chars().any(char::is_control) {
            true => Err((node.at, format!("`{name}` of {} has a control character; remove it", self.what))),
            false => Ok(text),
        }
    }

    pub(super) fn need_text(&self, name: &str, example: &str) -> Result<&'n str, Mistake> {
        self.need(name, example)?;
        Ok(self.text(name)?.unwrap_or_default())
    }

    pub(super) fn flag(&self, name: &str) -> Result<bool, Mistake> {
        match self.get(name) {
            None => Ok(false),
            Some(Node { value: Value::Bool(flag), .. }) => Ok(*flag),
            Some(node) => self.wrong(name, node, "true or false"),
        }
    }

    /// One of a few words.
    pub(super) fn word(&self, name: &str, words: &[&str]) -> Result<Option<&'n str>, Mistake> {
        let Some(text) = self.text(name)? else { return Ok(None) };
        match words.contains(&text) {
            true => Ok(Some(text)),
            false => {
                let at = self.get(name).map_or(self.at, |node| node.at);
                Err((at, format!("`{name}` of {} is {}, not `{text}`", self.what, list(words, "or"))))
            }
        }
    }

    /// A number with its digits.
    pub(super) fn number(&self, name: &str) -> Result<Option<&'n str>, Mistake> {
        match self.get(name) {
            None => Ok(None),
            Some(Node { value: Value::Number(digits), .. }) => Ok(Some(digits)),
            Some(node) => self.wrong(name, node, "a number"),
        }
    }

    /// A string or an array of strings.
    pub(super) fn texts(&self, name: &str) -> Result<Vec<&'n str>, Mistake> {
        let Some(node) = self.get(name) else { return Ok(Vec::new()) };
        match &node.value {
            Value::Text(text) => Ok(vec![self.plain(name, node, text)?]),
            Value::List(items) => items
                .iter()
                .map(|item| match &item.value {
                    Value::Text(text) => self.plain(name, item, text),
                    _ => Err((item.at, format!("`{name}` of {} may hold strings only", self.what))),
                })
                .collect(),
            _ => self.wrong(name, node, "a string or an array of strings"),
        }
    }
}

/// The text of a value that is no list and no object, as a record has it.
pub(super) fn scalar(node: &Node) -> Option<String> {
    match &node.value {
        Value::Text(text) | Value::Number(text) => Some(text.clone()),
        Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    }
}
