//! Which types are written by wire names. Not part of the public interface.
//!
//! A struct that derives `Serialize` without `#[cloud_model]` would be sent under its Rust
//! names, and the service would ignore it. Generated code therefore requires [`WireValue`]
//! of every field, which turns this mistake into a compile error at the field.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::rc::Rc;
use std::sync::Arc;

use serde::ser::{Serialize, SerializeMap, Serializer};

/// A type that is written by wire names: every `#[cloud_model]` that is written, texts,
/// numbers and flags, untyped JSON, and lists, maps and options of them.
///
/// A bound of this trait includes `Serialize`, so that a type without both is reported once, with
/// this message.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a model, so its names on the wire are not known",
    label = "no `#[cloud_model(...)]`",
    note = "put `#[cloud_model(provider = \"...\", request)]` on the type: its members are then written by the cloud's names",
    note = "or say that the type writes itself: `#[param(serde)]` on the field"
)]
pub trait WireValue: Serialize {
    /// Names the members whose types must be such values, too. It is never called: its body
    /// only has to compile.
    fn members(&self) {}
}

/// A [`WireValue`] as a trait object, which `Serialize` cannot be.
#[allow(unnameable_types, reason = "generated code makes objects of it and does not name it")]
pub trait Checked {}

impl<T: WireValue> Checked for T {}

/// Checks the types of members at compile time, by its signature.
pub fn members(_: &[&dyn Checked]) {}

macro_rules! wire_values {
    ($($ty:ty)*) => { $(impl WireValue for $ty {})* };
}

wire_values! {
    String str bool char f32 f64 i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize
    crate::Value serde_json::Value serde_json::Number serde_json::value::RawValue serde_json::Map<String, serde_json::Value>
}

macro_rules! wrappers {
    ($($ty:ty)*) => { $(impl<T: WireValue + ?Sized> WireValue for $ty {})* };
}

wrappers! { &T &mut T Box<T> }

// Serde writes these two only with its feature `rc`, which is the user's choice.
impl<T: WireValue + ?Sized> WireValue for Rc<T> where Self: Serialize {}
impl<T: WireValue + ?Sized> WireValue for Arc<T> where Self: Serialize {}

macro_rules! lists {
    ($($ty:ty)*) => { $(impl<T: WireValue> WireValue for $ty {})* };
}

lists! { Option<T> [T] Vec<T> VecDeque<T> BTreeSet<T> }

impl<T: WireValue, S> WireValue for HashSet<T, S> {}
impl<T: WireValue, const N: usize> WireValue for [T; N] where Self: Serialize {}
impl<T: WireValue + ToOwned + ?Sized> WireValue for Cow<'_, T> {}
impl<K: Serialize, T: WireValue> WireValue for BTreeMap<K, T> {}
impl<K: Serialize, T: WireValue, S> WireValue for HashMap<K, T, S> {}
impl WireValue for () {}

/// The members of a model while it is written.
#[derive(Debug)]
pub struct Members<M>(M);

impl<M: SerializeMap> Members<M> {
    /// Begins the document of a model.
    pub fn new<S: Serializer<SerializeMap = M, Error = M::Error>>(serializer: S) -> Result<Self, M::Error> {
        serializer.serialize_map(None).map(Self)
    }

    /// Writes a member whose type is a model, or made of them.
    pub fn value<T: WireValue + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), M::Error> {
        self.0.serialize_entry(name, value)
    }

    /// The same, if it is there.
    pub fn option<T: WireValue>(&mut self, name: &'static str, value: &Option<T>) -> Result<(), M::Error> {
        self.option_by_serde(name, value)
    }

    /// Writes a member of any type.
    pub fn value_by_serde<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), M::Error> {
        self.0.serialize_entry(name, value)
    }

    /// The same, if it is there.
    pub fn option_by_serde<T: Serialize>(
        &mut self,
        name: &'static str,
        value: &Option<T>,
    ) -> Result<(), M::Error> {
        match value {
            Some(value) => self.0.serialize_entry(name, value),
            None => Ok(()),
        }
    }

    /// Ends the document.
    pub fn end(self) -> Result<M::Ok, M::Error> {
        self.0.end()
    }
}
