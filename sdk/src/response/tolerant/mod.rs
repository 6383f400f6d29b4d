//! Tolerant reading of answers: a number in quotes, a lone object where a list is declared, `null`.
//!
//! Clouds change how they write a value without a new API version, and an answer that was paid for
//! should not be lost over it. `#[cloud_model]` picks a marker for each field from its type, in the way
//! of `serde_with`: [`Text`], [`Int`], [`Float`], [`Flag`] for values, [`Opt`], [`List`], [`Map`] and
//! [`Boxed`] around them, [`Same`] for what serde reads itself. Messages say the kind of what was found,
//! never the value, which may be a secret.

mod collection;
mod mend;
mod model;
mod number;
mod scalar;
mod shape;

pub use collection::{Boxed, List, Map, Opt};
pub(crate) use mend::Mender;
pub use model::{Members, Model, given, model, option, skip, value};
pub use scalar::{Flag, Float, Int, Same, Text};
pub use shape::{Form, ModelForm, Shape, Shaped};
pub(crate) use shape::{HEADER, WHOLE};

use serde::de::{DeserializeSeed, Deserializer, Error};

/// How a marker reads a `T`.
pub trait Read<'de, T>: Sized {
    /// Reads the value.
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error>;

    /// Reads a value that need not be there.
    fn read_option<D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
        collection::maybe::<Self, T, D>(deserializer)
    }
}

/// The wire names of the fields of a model that serde reads, so that an error can say which one it is about.
pub trait Named {
    /// In the order of the fields.
    const NAMES: &'static [&'static str];
}

/// Reads by the marker `M`.
pub fn read<'de, M, T, D>(deserializer: D) -> Result<T, D::Error>
where
    M: Read<'de, T>,
    D: Deserializer<'de>,
{
    M::read(deserializer)
}

/// Reads the field at `AT` of the model `N` by the marker `M`.
pub fn field<'de, N, const AT: usize, M, T, D>(deserializer: D) -> Result<T, D::Error>
where
    N: Named,
    M: Read<'de, T>,
    D: Deserializer<'de>,
{
    M::read(deserializer).map_err(|error| named(N::NAMES.get(AT).copied().unwrap_or_default(), &error))
}

#[cold]
fn named<E: Error>(name: &str, error: &E) -> E {
    E::custom(format_args!("`{name}`: {error}"))
}

/// A marker as a seed, for the elements of a list or a map.
struct Seed<M, T>(std::marker::PhantomData<fn() -> (M, T)>);

impl<M, T> Seed<M, T> {
    fn new() -> Self {
        Self(std::marker::PhantomData)
    }
}

impl<'de, M: Read<'de, T>, T> DeserializeSeed<'de> for Seed<M, T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        M::read(deserializer)
    }
}
