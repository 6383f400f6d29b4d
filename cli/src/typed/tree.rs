//! Parameters while they are put together: JSON text, or members and elements given one by one.

use cloudcall::json;

/// A value as far as it is known.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Tree {
    /// JSON text.
    Text(String),
    /// Members by wire name, in the order they were given.
    Object(Vec<(String, Tree)>),
    /// Elements by their numbers.
    List(Vec<(usize, Tree)>),
}

/// One step from a value into it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Step {
    Member(String),
    Element(usize),
}

impl Tree {
    /// Puts a value at the end of a path. False if something else is there.
    pub(crate) fn put(&mut self, path: &[Step], value: Tree) -> bool {
        let Some((step, rest)) = path.split_first() else { return false };
        match (step, self) {
            (Step::Member(name), Self::Object(members)) => place(members, name, rest, value),
            (Step::Element(number), Self::List(items)) => place(items, number, rest, value),
            _ => false,
        }
    }

    /// The value as JSON text.
    pub(crate) fn json(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Object(members) => {
                let member = |(name, value): &(String, Self)| {
                    format!("{}:{}", json::Value::from(name.as_str()), value.json())
                };
                format!("{{{}}}", members.iter().map(member).collect::<Vec<_>>().join(","))
            }
            Self::List(items) => {
                let mut items: Vec<&(usize, Self)> = items.iter().collect();
                items.sort_by_key(|(number, _)| *number);
                format!("[{}]", items.iter().map(|(_, item)| item.json()).collect::<Vec<_>>().join(","))
            }
        }
    }
}

/// Puts a value under a key, or into what is there.
fn place<K: PartialEq + Clone>(list: &mut Vec<(K, Tree)>, key: &K, rest: &[Step], value: Tree) -> bool {
    let Some(next) = rest.first() else {
        let is_free = list.iter().all(|(known, _)| known != key);
        if is_free {
            list.push((key.clone(), value));
        }
        return is_free;
    };
    if let Some((_, inner)) = list.iter_mut().find(|(known, _)| known == key) {
        return inner.put(rest, value);
    }
    let mut inner = match next {
        Step::Member(_) => Tree::Object(Vec::new()),
        Step::Element(_) => Tree::List(Vec::new()),
    };
    let done = inner.put(rest, value);
    list.push((key.clone(), inner));
    done
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(name: &str) -> Step {
        Step::Member(name.to_owned())
    }

    #[test]
    fn members_and_elements_are_put_together() {
        let mut tree = Tree::Object(Vec::new());
        let text = |text: &str| Tree::Text(text.to_owned());
        assert!(tree.put(&[member("a")], text("1")));
        assert!(tree.put(&[member("f"), Step::Element(1), member("n")], text("\"y\"")));
        assert!(tree.put(&[member("f"), Step::Element(0), member("n")], text("\"x\"")));
        assert!(!tree.put(&[member("a")], text("2")), "it is given twice");
        assert!(!tree.put(&[member("a"), member("b")], text("2")), "it is a number");
        assert!(!tree.put(&[member("f"), member("b")], text("2")), "it is a list");
        assert_eq!(tree.json(), r#"{"a":1,"f":[{"n":"x"},{"n":"y"}]}"#);
    }
}
