//! Markers around other markers: options, lists, maps and boxes.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::hash::BuildHasher;
use std::marker::PhantomData;

use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::{Read, Seed};

/// The marker of an `Option`: `null` is `None`.
#[derive(Debug)]
pub struct Opt<M>(PhantomData<M>);

impl<'de, M: Read<'de, T>, T> Read<'de, Option<T>> for Opt<M> {
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
        M::read_option(deserializer)
    }
}

/// Reads `null` as `None`, and everything else by the marker. [`Read::read_option`] uses it
/// where the marker has no cheaper way.
pub(super) fn maybe<'de, M, T, D>(deserializer: D) -> Result<Option<T>, D::Error>
where
    M: Read<'de, T>,
    D: Deserializer<'de>,
{
    struct Maybe<M, T>(Seed<M, T>);
    impl<'de, M: Read<'de, T>, T> Visitor<'de> for Maybe<M, T> {
        type Value = Option<T>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a value or null")
        }
        fn visit_none<E: Error>(self) -> Result<Option<T>, E> {
            Ok(None)
        }
        fn visit_unit<E: Error>(self) -> Result<Option<T>, E> {
            Ok(None)
        }
        fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<T>, D::Error> {
            M::read(deserializer).map(Some)
        }
    }
    deserializer.deserialize_option(Maybe::<M, T>(Seed::new()))
}

/// The marker of a `Box`, for types that contain themselves.
#[derive(Debug)]
pub struct Boxed<M>(PhantomData<M>);

impl<'de, M: Read<'de, T>, T> Read<'de, Box<T>> for Boxed<M> {
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<Box<T>, D::Error> {
        M::read(deserializer).map(Box::new)
    }
}

/// The marker of a `Vec`. It accepts a list only. What else services send in place of one
/// is repaired before it comes here.
#[derive(Debug)]
pub struct List<M>(PhantomData<M>);

impl<'de, M: Read<'de, T>, T> Read<'de, Vec<T>> for List<M> {
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
        deserializer.deserialize_seq(Elements::<M, T>(Seed::new()))
    }
}

/// The visitor of a list.
struct Elements<M, T>(Seed<M, T>);

/// Reads the elements one by one. The capacity follows what really comes: the size that a
/// deserializer announces is used only up to 1024 elements.
impl<'de, M: Read<'de, T>, T> Visitor<'de> for Elements<M, T> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Vec<T>, A::Error> {
        // A hint may lie: a list grows with what really comes.
        let mut list = Vec::with_capacity(seq.size_hint().unwrap_or_default().min(1024));
        while let Some(element) = seq.next_element_seed(Seed::<M, T>::new())? {
            list.push(element);
        }
        Ok(list)
    }
}

/// The marker of a map, which is an object whose names are data.
#[derive(Debug)]
pub struct Map<M>(PhantomData<M>);

impl<'de, M, T, S> Read<'de, HashMap<String, T, S>> for Map<M>
where
    M: Read<'de, T>,
    S: BuildHasher + Default,
{
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<HashMap<String, T, S>, D::Error> {
        deserializer.deserialize_map(MapVisitor::<M, T, _>(Seed::new(), PhantomData))
    }
}

impl<'de, M: Read<'de, T>, T> Read<'de, BTreeMap<String, T>> for Map<M> {
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<BTreeMap<String, T>, D::Error> {
        deserializer.deserialize_map(MapVisitor::<M, T, _>(Seed::new(), PhantomData))
    }
}

/// The visitor of a map. If a name comes twice, the last value is kept without a warning,
/// because maps have no declared members.
struct MapVisitor<M, T, C>(Seed<M, T>, PhantomData<fn() -> C>);

impl<'de, M: Read<'de, T>, T, C: Default + Extend<(String, T)>> Visitor<'de> for MapVisitor<M, T, C> {
    type Value = C;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<C, A::Error> {
        let mut members = C::default();
        while let Some(name) = map.next_key::<String>()? {
            let value = map.next_value_seed(Seed::<M, T>::new())?;
            members.extend([(name, value)]);
        }
        Ok(members)
    }
}
