//! What setters of lists accept: vectors, arrays, slices, iterators, and options of
//! vectors. Not part of the public interface.
//!
//! A setter for `Vec<String>` accepts all of these:
//!
//! ```text
//! .instance_ids(["ins-1", "ins-2"])
//! .instance_ids(vec![String::from("ins-1")])
//! .instance_ids(&ids)                        // ids: Vec<String>
//! .instance_ids(ids.iter().map(|id| &**id))
//! .instance_ids(Some(vec!["ins-1"]))         // of an optional field
//! ```
//!
//! Each trait has a parameter for the way, which the compiler infers: it lets several
//! blanket implementations exist side by side. Of an empty `vec![]`, only one way fits,
//! which determines the type of the elements. Of an empty list of texts it cannot be
//! inferred, since `&str` would fit as well as `String`.

/// A list of `T`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a list of `{T}`",
    label = "not a list of `{T}`",
    note = "a list is a `Vec`, an array, a slice, or anything that can be iterated over"
)]
pub trait IntoList<T, Way> {
    /// The list.
    fn into_list(self) -> Vec<T>;
}

/// The way in which elements are moved.
#[derive(Debug)]
pub struct Moved;

/// The way in which elements are cloned, from a reference to a list.
#[derive(Debug)]
pub struct Cloned;

impl<T, L: IntoIterator<Item = T>> IntoList<T, Moved> for L {
    fn into_list(self) -> Vec<T> {
        self.into_iter().collect()
    }
}

impl<'a, T: Clone + 'a, L: ?Sized> IntoList<T, Cloned> for &'a L
where
    &'a L: IntoIterator<Item = &'a T>,
{
    fn into_list(self) -> Vec<T> {
        self.into_iter().cloned().collect()
    }
}

/// A list of texts. Its elements can be anything that becomes a `String`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a list of texts",
    label = "not a list of texts",
    note = "a list of texts is a `Vec`, an array, a slice, or anything that can be iterated over, of `&str`, `String`, or what becomes one"
)]
pub trait IntoTexts<Way> {
    /// The list.
    fn into_texts(self) -> Vec<String>;
}

impl<L, E, Way> IntoTexts<Way> for L
where
    L: IntoIterator<Item = E>,
    E: IntoText<Way>,
{
    fn into_texts(self) -> Vec<String> {
        self.into_iter().map(E::into_text).collect()
    }
}

/// A text. References to `&str` occur when a caller passes a reference to an array of
/// texts.
#[diagnostic::on_unimplemented(message = "`{Self}` is not a text", label = "not a text")]
pub trait IntoText<Way> {
    /// The text.
    fn into_text(self) -> String;
}

impl<T: Into<String>> IntoText<Moved> for T {
    fn into_text(self) -> String {
        self.into()
    }
}

impl IntoText<Cloned> for &&str {
    fn into_text(self) -> String {
        (*self).to_owned()
    }
}

/// A list that may be missing: what the setter of an optional field accepts.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a list of `{T}`",
    label = "not a list of `{T}`",
    note = "a list is a `Vec`, an array, a slice, or anything that can be iterated over; or an `Option` of a `Vec`"
)]
pub trait MaybeList<T, Way> {
    /// The list, if there is one.
    fn maybe_list(self) -> Option<Vec<T>>;
}

/// The way of a list that is given.
#[derive(Debug)]
pub struct Always<Way>(std::marker::PhantomData<Way>);

/// The way of an `Option` of a list.
#[derive(Debug)]
pub struct Optional;

impl<T, Way, L: IntoList<T, Way>> MaybeList<T, Always<Way>> for L {
    fn maybe_list(self) -> Option<Vec<T>> {
        Some(self.into_list())
    }
}

impl<T> MaybeList<T, Optional> for Option<Vec<T>> {
    fn maybe_list(self) -> Option<Vec<T>> {
        self
    }
}

/// A list of texts that may be missing.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a list of texts",
    label = "not a list of texts",
    note = "a list of texts is a `Vec`, an array, a slice, or anything that can be iterated over, of `&str`, `String`, or what \
            becomes one; or an `Option` of a `Vec`"
)]
pub trait MaybeTexts<Way> {
    /// The list, if there is one.
    fn maybe_texts(self) -> Option<Vec<String>>;
}

impl<Way, L: IntoTexts<Way>> MaybeTexts<Always<Way>> for L {
    fn maybe_texts(self) -> Option<Vec<String>> {
        Some(self.into_texts())
    }
}

impl<Way, E: IntoText<Way>> MaybeTexts<(Optional, Way)> for Option<Vec<E>> {
    fn maybe_texts(self) -> Option<Vec<String>> {
        self.map(IntoTexts::into_texts)
    }
}
