//! The members of a JSON object, in the order in which they were sent.
//!
//! A `BTreeMap` would lose the order, and a hash map costs more than a list for the few
//! members that most objects have.

use super::Value;

/// The members of a JSON object, in the order in which the service sent them.
///
/// If a member was sent twice, the last value is kept, as in the vendors' own SDKs. It
/// stands where the first one was.
///
/// ```
/// let value: cloudcall::Value = r#"{"Zone": "z-1", "Id": 7}"#.parse()?;
/// let members = value.as_object().expect("an object");
/// assert_eq!(members.keys().collect::<Vec<_>>(), ["Zone", "Id"]);
/// for (name, value) in members {
///     println!("{name} = {value}");
/// }
/// # Ok::<(), cloudcall::Error>(())
/// ```
///
/// The map is one pointer wide, so that a [`Value`] is as small as its texts and lists
/// allow.
#[derive(Clone, Default)]
pub struct Map(Box<MapContent>);

/// The content of a map.
#[derive(Clone, Default)]
struct MapContent {
    /// The members in order. Names are unique.
    list: Vec<(String, Value)>,
    /// Positions, sorted by name. Empty for few members, for which a linear search is used.
    order: Vec<u32>,
}

/// Up to this number of members, a linear search is as fast as a sorted index.
const FEW: usize = 16;

impl Map {
    /// Creates an object from its members in order. Calls `twice` with each repeated name.
    ///
    /// Costs one sort of the positions, so a hostile object with many members takes `n log
    /// n` time.
    pub(crate) fn from_members(mut list: Vec<(String, Value)>, mut twice: impl FnMut(&str)) -> Self {
        let mut order = sorted(&list);
        let mut last = vec![];
        // Equal names are neighbours here, in the order in which they were sent.
        for pair in order.windows(2) {
            if let [before, after] = pair
                && name(&list, *before) == name(&list, *after)
            {
                twice(name(&list, *after).unwrap_or_default());
                last.push((*before as usize, *after as usize));
            }
        }
        if !last.is_empty() {
            // Move each last value to the position of the first, beginning at the end.
            let mut gone = vec![false; list.len()];
            for (before, after) in last.into_iter().rev() {
                let value = list.get_mut(after).map(|(_, value)| std::mem::take(value));
                if let (Some(value), Some((_, slot))) = (value, list.get_mut(before)) {
                    *slot = value;
                }
                if let Some(gone) = gone.get_mut(after) {
                    *gone = true;
                }
            }
            let mut gone = gone.into_iter();
            list.retain(|_| !gone.next().unwrap_or_default());
            order = sorted(&list);
        }
        if list.len() <= FEW {
            order = Vec::new();
        }
        Self(Box::new(MapContent { list, order }))
    }

    /// The member of this name. `None` if there is none. Names are case-sensitive.
    pub fn get(&self, wanted: &str) -> Option<&Value> {
        self.position(wanted).and_then(|at| self.0.list.get(at)).map(|(_, value)| value)
    }

    /// The position of a member. A binary search if there is an index, a linear one
    /// otherwise.
    fn position(&self, wanted: &str) -> Option<usize> {
        let MapContent { list, order } = &*self.0;
        if order.is_empty() {
            return list.iter().position(|(name, _)| name == wanted);
        }
        let found = order.binary_search_by(|at| name(list, *at).unwrap_or_default().cmp(wanted)).ok()?;
        order.get(found).map(|at| *at as usize)
    }

    /// True if the object has a member of this name, even if it is null.
    ///
    /// ```
    /// let value: cloudcall::Value = r#"{"Next": null}"#.parse()?;
    /// assert!(value.as_object().is_some_and(|members| members.contains_key("Next")));
    /// # Ok::<(), cloudcall::Error>(())
    /// ```
    pub fn contains_key(&self, name: &str) -> bool {
        self.position(name).is_some()
    }

    /// The number of members. Repeated members count once.
    pub fn len(&self) -> usize {
        self.0.list.len()
    }

    /// Whether the object has no members.
    pub fn is_empty(&self) -> bool {
        self.0.list.is_empty()
    }

    /// Iterates over names and values, in the order in which they were sent.
    ///
    /// ```
    /// let value: cloudcall::Value = r#"{"Zone": "z-1", "Id": 7}"#.parse()?;
    /// let members = value.as_object().expect("an object");
    /// let pairs: Vec<String> = members.iter().map(|(name, value)| format!("{name}={value}")).collect();
    /// assert_eq!(pairs, ["Zone=\"z-1\"", "Id=7"]);
    /// # Ok::<(), cloudcall::Error>(())
    /// ```
    pub fn iter(&self) -> Iter<'_> {
        Iter(self.0.list.iter())
    }

    /// Iterates over the names, in the order in which they were sent.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.iter().map(|(name, _)| name)
    }

    /// Iterates over the values, in the order in which they were sent.
    pub fn values(&self) -> impl Iterator<Item = &Value> {
        self.iter().map(|(_, value)| value)
    }

    /// Takes the members out.
    pub(crate) fn into_members(self) -> Vec<(String, Value)> {
        self.0.list
    }
}

/// The name of the member at a position.
fn name(list: &[(String, Value)], at: u32) -> Option<&str> {
    list.get(at as usize).map(|(name, _)| name.as_str())
}

/// The positions, sorted by name; equal names keep their order. The size limit of bodies
/// keeps the number of members far below 2^32.
fn sorted(list: &[(String, Value)]) -> Vec<u32> {
    let mut order: Vec<u32> = (0..u32::try_from(list.len()).unwrap_or(u32::MAX)).collect();
    order.sort_by(|one, other| name(list, *one).cmp(&name(list, *other)));
    order
}

/// An iterator over the names and values of a [`Map`], in the order in which they were
/// sent. It borrows the map.
#[derive(Debug, Clone)]
pub struct Iter<'a>(std::slice::Iter<'a, (String, Value)>);

impl<'a> Iterator for Iter<'a> {
    type Item = (&'a str, &'a Value);

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(|(name, value)| (name.as_str(), value))
    }
}

impl<'a> IntoIterator for &'a Map {
    type Item = (&'a str, &'a Value);
    type IntoIter = Iter<'a>;

    fn into_iter(self) -> Iter<'a> {
        self.iter()
    }
}

impl IntoIterator for Map {
    type Item = (String, Value);
    type IntoIter = std::vec::IntoIter<(String, Value)>;

    fn into_iter(self) -> Self::IntoIter {
        self.into_members().into_iter()
    }
}

/// If a name is repeated, the last value is kept, at the position of the first.
impl FromIterator<(String, Value)> for Map {
    fn from_iter<I: IntoIterator<Item = (String, Value)>>(members: I) -> Self {
        Self::from_members(members.into_iter().collect(), |_| {})
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_of_a_name_counts_at_the_place_of_the_first() {
        for filler in [0, 40] {
            let mut list: Vec<(String, Value)> =
                (0..filler).map(|n| (format!("f{n}"), Value::Null)).collect();
            list.extend(
                [("b", 1), ("a", 2), ("b", 3), ("b", 4), ("c", 5)].map(|(n, v)| (n.into(), v.into())),
            );
            let mut twice = Vec::new();
            let map = Map::from_members(list, |name| twice.push(name.to_owned()));
            assert_eq!(twice, ["b", "b"]);
            assert_eq!(map.keys().skip(filler).collect::<Vec<_>>(), ["b", "a", "c"]);
            assert_eq!((map.get("b"), map.get("a")), (Some(&Value::from(4)), Some(&Value::from(2))));
            assert_eq!((map.get("d"), map.len()), (None, filler + 3));
            assert!((0..filler).all(|n| map.contains_key(&format!("f{n}"))));
        }
    }
}
