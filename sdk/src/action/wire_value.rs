//! Which types are written by wire names. Not part of the public interface.
//!
//! A struct that derives `Serialize` without `#[cloud_model]` would be sent under its Rust
//! names, and the service would ignore it. Generated code therefore requires [`WireValue`]
//! of every field, which turns this mistake into a compile error at the field.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::rc::Rc;
use std::sync::Arc;

/// A type that is written by wire names: every `#[cloud_model]` that is written, texts,
/// numbers and flags, untyped JSON, and lists, maps and options of them.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a model, so its names on the wire are not known",
    label = "no `#[cloud_model(...)]`",
    note = "put `#[cloud_model(provider = \"...\", request)]` on the type: its members are then written by the cloud's names",
    note = "or say that the type writes itself: `#[param(serde)]` on the field"
)]
pub trait WireValue {
    /// Names the members whose types must be such values, too. It is never called: its body
    /// only has to compile.
    fn members(&self) {}
}

/// Checks the types of members at compile time, by its signature.
pub fn members(_: &[&dyn WireValue]) {}

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

wrappers! { &T &mut T Box<T> Rc<T> Arc<T> }

macro_rules! lists {
    ($($ty:ty)*) => { $(impl<T: WireValue> WireValue for $ty {})* };
}

lists! { Option<T> [T] Vec<T> VecDeque<T> BTreeSet<T> }

impl<T: WireValue, S> WireValue for HashSet<T, S> {}
impl<T: WireValue, const N: usize> WireValue for [T; N] {}
impl<T: WireValue + ToOwned + ?Sized> WireValue for Cow<'_, T> {}
impl<K, T: WireValue> WireValue for BTreeMap<K, T> {}
impl<K, T: WireValue, S> WireValue for HashMap<K, T, S> {}
impl WireValue for () {}
