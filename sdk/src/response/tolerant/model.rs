//! Whole structures, member by member.
//!
//! What serde derives for fields with a `deserialize_with` is two types and two impls for
//! each field. Here the loop, the names and the errors are written once, and a model adds
//! two lines per field. The check of a program with many models takes half the time or
//! less, and a third of the memory.
//!
//! The macro writes one function per model:
//!
//! ```text
//! let (mut id, mut size) = (None, None);
//! while let Some(at) = members.next()? {
//!     match at {
//!         0 => value::<Text, String, _>(members, &mut id),
//!         1 => option::<Opt<Int>, i64, _>(members, &mut size),
//!         _ => skip(members),
//!     }?;
//! }
//! Ok(Self { id: given(id, "Id")?, size })
//! ```
//!
//! If all members are `Option`s, the fields of an empty model take the place of the slots.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};

use super::{Read, Seed, named};

/// A structure that `#[cloud_model]` reads. The macro implements it.
pub trait Model: Sized {
    /// The name of the structure in Rust, for messages.
    const NAME: &'static str;
    /// The wire names of its members, in the order of the numbers that [`Members::next`]
    /// gives.
    const NAMES: &'static [&'static str];

    /// Reads all members, in any order.
    ///
    /// # Errors
    ///
    /// A required member is missing, a member comes twice, or a value cannot be read. The
    /// message names the member.
    fn read<'de, A: MapAccess<'de>>(members: &mut Members<A>) -> Result<Self, A::Error>;
}

/// Reads a model.
///
/// The deserializer sees the names only if one of them stands for a header or for the whole
/// document, which the watch around the top level of a response gives. All other models are read
/// as maps: no code for headers is compiled for them.
pub fn model<'de, T: Model, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    if Structure::<T>::IS_MAP {
        deserializer.deserialize_map(Structure::<T>(PhantomData))
    } else {
        deserializer.deserialize_struct(T::NAME, T::NAMES, Structure::<T>(PhantomData))
    }
}

/// The visitor of a model. It accepts an object only; a list in place of a structure is odd
/// and goes to the slow pass.
struct Structure<T>(PhantomData<fn() -> T>);

impl<T: Model> Structure<T> {
    /// True if all members are members of a JSON object. The compiler leaves the other branch out.
    const IS_MAP: bool = are_members(T::NAMES);
}

/// True if no name has a colon, as [`HEADER`](super::HEADER) and [`WHOLE`](super::WHOLE) have.
#[allow(clippy::indexing_slicing, reason = "it runs in the compiler, where iterators cannot be used")]
const fn are_members(names: &[&str]) -> bool {
    let mut at = 0;
    while at < names.len() {
        let name = names[at].as_bytes();
        let mut byte = 0;
        while byte < name.len() {
            if name[byte] == b':' {
                return false;
            }
            byte += 1;
        }
        at += 1;
    }
    true
}

impl<'de, T: Model> Visitor<'de> for Structure<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "struct {}", T::NAME)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        T::read(&mut Members { map, names: T::NAMES, at: T::NAMES.len(), guess: 0 })
    }
}

/// The members of an object, as they come.
#[derive(Debug)]
pub struct Members<A> {
    /// The object.
    map: A,
    /// The names of the model.
    names: &'static [&'static str],
    /// The member that is read. Equal to the number of names for a member that the model
    /// does not have.
    at: usize,
    /// The member that is expected next: services mostly write members in the order of the
    /// model, so most names are compared once.
    guess: usize,
}

impl<'de, A: MapAccess<'de>> Members<A> {
    /// The number of the next member. For a member that the model does not have, it is the
    /// number of names. `None` at the end of the object.
    #[allow(clippy::should_implement_trait, reason = "it can fail")]
    pub fn next(&mut self) -> Result<Option<usize>, A::Error> {
        let found = self.map.next_key_seed(Name { names: self.names, guess: self.guess })?;
        if let Some(at) = found {
            self.at = at;
            if at < self.names.len() {
                self.guess = at + 1;
            }
        }
        Ok(found)
    }

    /// The wire name of the current member. Empty for a member that the model does not
    /// have.
    fn name(&self) -> &'static str {
        self.names.get(self.at).copied().unwrap_or_default()
    }

    /// Reads the value of the current member, and adds its name to an error.
    fn value<M: Read<'de, T>, T>(&mut self) -> Result<T, A::Error> {
        self.map.next_value_seed(Seed::<M, T>::new()).map_err(|error| named(self.name(), &error))
    }
}

/// Reads the value of a member that need not exist. A member that comes twice is an error
/// here; the slow pass keeps the last one and warns.
pub fn option<'de, M, T, A>(members: &mut Members<A>, slot: &mut Option<T>) -> Result<(), A::Error>
where
    M: Read<'de, Option<T>>,
    A: MapAccess<'de>,
{
    match slot {
        Some(_) => Err(A::Error::duplicate_field(members.name())),
        None => members.value::<M, _>().map(|value| *slot = value),
    }
}

/// Reads the value of a member that must exist, or has a default.
pub fn value<'de, M, T, A>(members: &mut Members<A>, slot: &mut Option<T>) -> Result<(), A::Error>
where
    M: Read<'de, T>,
    A: MapAccess<'de>,
{
    match slot {
        Some(_) => Err(A::Error::duplicate_field(members.name())),
        None => members.value::<M, _>().map(|value| *slot = Some(value)),
    }
}

/// Skips a value that the model does not have. Nothing is stored; the text is still
/// checked.
pub fn skip<'de, A: MapAccess<'de>>(members: &mut Members<A>) -> Result<(), A::Error> {
    members.map.next_value::<IgnoredAny>().map(drop)
}

/// The value of a member that must exist.
///
/// # Errors
///
/// `missing field`, with the wire name.
pub fn given<T, E: Error>(slot: Option<T>, name: &'static str) -> Result<T, E> {
    slot.ok_or_else(|| E::missing_field(name))
}

/// Finds the number of a name. The expected name is compared first, then all names in
/// order.
struct Name {
    /// The names of the model.
    names: &'static [&'static str],
    /// The number of the expected name.
    guess: usize,
}

impl<'de> DeserializeSeed<'de> for Name {
    type Value = usize;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<usize, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Name {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a member")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<usize, E> {
        if self.names.get(self.guess).is_some_and(|known| *known == name) {
            return Ok(self.guess);
        }
        Ok(self.names.iter().position(|known| *known == name).unwrap_or(self.names.len()))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::super::{Int, Opt, Text};
    use super::*;

    #[derive(Debug, PartialEq)]
    struct Disk {
        id: String,
        size: Option<i64>,
    }

    impl Model for Disk {
        const NAME: &'static str = "Disk";
        const NAMES: &'static [&'static str] = &["Id", "Size"];

        fn read<'de, A: MapAccess<'de>>(members: &mut Members<A>) -> Result<Self, A::Error> {
            let (mut id, mut size) = (None, None);
            while let Some(at) = members.next()? {
                match at {
                    0 => value::<Text, String, _>(members, &mut id),
                    1 => option::<Opt<Int>, i64, _>(members, &mut size),
                    _ => skip(members),
                }?;
            }
            Ok(Self { id: given(id, "Id")?, size })
        }
    }

    fn read(text: &str) -> Result<Disk, String> {
        model(&mut serde_json::Deserializer::from_str(text)).map_err(|error| error.to_string())
    }

    #[test]
    fn members_come_in_any_order_and_with_strangers() {
        let disk = Disk { id: "d-1".into(), size: Some(20) };
        for text in [
            r#"{"Id":"d-1","Size":20}"#,
            r#"{"Size":"20","Id":"d-1"}"#,
            r#"{"X":[{"Id":"no"}],"Size":20,"Y":null,"\u0049d":"d-1","Z":1}"#,
        ] {
            assert_eq!(read(text).as_ref(), Ok(&disk), "{text}");
        }
        assert_eq!(read(r#"{"Id":"d-1"}"#).unwrap().size, None);
        assert_eq!(read(r#"{"Id":"d-1","Size":null}"#).unwrap().size, None);
    }

    #[test]
    fn mistakes_say_which_member() {
        for (text, wanted) in [
            (r#"{"Size":1}"#, "missing field `Id`"),
            (r#"{"Id":"a","Id":"b"}"#, "duplicate field `Id`"),
            (r#"{"Id":"a","Size":1,"Size":2}"#, "duplicate field `Size`"),
            (r#"{"Id":"a","Size":{}}"#, "`Size`: "),
            (r#"["a",1]"#, "invalid type: sequence, expected struct Disk"),
            (r#""a""#, "invalid type: string \"a\", expected struct Disk"),
        ] {
            let error = read(text).unwrap_err();
            assert!(error.contains(wanted), "{text}: {error}");
        }
    }
}
