//! Tolerant reading of responses: a number in quotes, a single object where a list is
//! declared, `null`.
//!
//! Services change how they write a value without a new API version. A response whose work
//! is done and paid for should not be lost over one member.
//!
//! Tolerance has two halves:
//!
//! - *Markers* read what a single token can show: `"42"` for an integer, `1` for a flag,
//!   `null` for an `Option`. They run in the fast pass and cost nothing if the value is as
//!   declared.
//! - The *mender* (`mend.rs`) repairs everything that needs more than one token: `"N/A"`
//!   for an integer, an object for a list, an odd element. It runs in the slow pass only.
//!
//! `#[cloud_model]` picks a marker for each field from its type, in the way of
//! `serde_with`:
//!
//! | field | marker | shape |
//! | --- | --- | --- |
//! | `String` | [`Text`] | `Form::Text` |
//! | `i64`, `u8`, … | [`Int`] | `Form::Int(signed, bits)` |
//! | `f64`, `f32` | [`Float`] | `Form::Float` |
//! | `bool` | [`Flag`] | `Form::Flag` |
//! | `Option<T>` | [`Opt<M>`](Opt) | `Form::Opt` |
//! | `Vec<T>` | [`List<M>`](List) | `Form::List` |
//! | a map by `String` | [`Map<M>`](Map) | `Form::Map` |
//! | `Box<T>` | [`Boxed<M>`](Boxed) | that of `T` |
//! | a model, or `#[param(serde)]` | [`Same`] | `Form::Model`, `Form::Same` |
//!
//! Messages say the kind of what was found, never the value, which may be a secret.
//!
//! The items here are public because generated code calls them through `__private`. They
//! are not part of the interface that users see.

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

/// How a marker reads a `T`. The marker is a type without values, so the choice of the
/// reader is made at compile time, and a field needs no code besides the name of its
/// marker.
pub trait Read<'de, T>: Sized {
    /// Reads a value that must exist.
    ///
    /// # Errors
    ///
    /// The value is null, or has a form that the marker does not read. The slow pass then
    /// decides.
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error>;

    /// Reads a value that need not exist. By default `null` is `None`, and everything else
    /// is read by [`read`](Self::read). Numbers and flags also read an empty text as
    /// `None`.
    fn read_option<D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
        collection::maybe::<Self, T, D>(deserializer)
    }
}

/// The wire names of the fields of a model that derives `Deserialize` itself, so that an
/// error can say which field it is about.
pub trait Named {
    /// The names, in the order of the fields.
    const NAMES: &'static [&'static str];
}

/// Reads by the marker `M`. Generated code names it in `#[serde(deserialize_with)]`.
pub fn read<'de, M, T, D>(deserializer: D) -> Result<T, D::Error>
where
    M: Read<'de, T>,
    D: Deserializer<'de>,
{
    M::read(deserializer)
}

/// Reads the field at `AT` of the model `N` by the marker `M`, and adds the wire name of
/// the field to an error:
///
/// ```text
/// `Rank`: invalid type: a text, expected an integer
/// ```
pub fn field<'de, N, const AT: usize, M, T, D>(deserializer: D) -> Result<T, D::Error>
where
    N: Named,
    M: Read<'de, T>,
    D: Deserializer<'de>,
{
    M::read(deserializer).map_err(|error| named(N::NAMES.get(AT).copied().unwrap_or_default(), &error))
}

/// Adds the name of a field to an error. It is not inlined: errors are rare, and each field
/// would contain the formatting otherwise.
#[cold]
fn named<E: Error>(name: &str, error: &E) -> E {
    E::custom(format_args!("`{name}`: {error}"))
}

/// A marker as a seed, for the elements of a list or a map.
struct Seed<M, T>(std::marker::PhantomData<fn() -> (M, T)>);

impl<M, T> Seed<M, T> {
    /// A seed. It has no state; the type parameters say everything.
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
