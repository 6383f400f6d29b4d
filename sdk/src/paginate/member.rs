//! How generated code finds the list in an answer, and reads the members that lead on. Not part of the public interface.

use super::cursor::{Cursor, PageField};

/// A member of a model that is, or may contain, a list. `NAME` stands for the field's name: its FNV-1a hash.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no such list",
    label = "`items` leads to no list that is known",
    note = "`items` is the path to a public field of the answer that is a `Vec`, or an `Option` of one",
    note = "where the answer's type is no `#[cloud_model]`, say what the list has: `paginate(..., item = Type)`"
)]
pub trait Member<const NAME: u64> {
    /// The field's type without `Option` and `Box`.
    type Inner;
}

/// What `items` leads to.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a list",
    label = "`items` must lead to a list",
    note = "allowed is a `Vec`, or an `Option` of one"
)]
pub trait List {
    /// One entry.
    type Item;
}

impl<T> List for Vec<T> {
    type Item = T;
}

impl<T> List for Option<Vec<T>> {
    type Item = T;
}

/// A member on the way. `member()` goes through an `Option`, and stays where there is none.
#[derive(Debug)]
pub struct At<'a, T>(pub &'a mut T);

impl<'a, T> At<'a, Option<T>> {
    /// What is in it.
    pub fn member(self) -> Option<&'a mut T> {
        self.0.as_mut()
    }
}

/// Any other member. A method of the type itself goes before one of a trait, so options are never seen here.
pub trait Plain<'a, T> {
    /// The member itself.
    fn member(self) -> Option<&'a mut T>;
}

impl<'a, T> Plain<'a, T> for At<'a, T> {
    fn member(self) -> Option<&'a mut T> {
        Some(self.0)
    }
}

/// A member that leads to the next page.
pub fn cursor(member: &mut impl PageField) -> Option<Cursor> {
    member.read()
}

/// A member that counts.
pub fn count(member: &mut impl PageField) -> Option<u64> {
    member.read()?.number()
}

/// A member that says whether more follows.
pub fn flag(member: &mut impl PageFlag) -> Option<bool> {
    member.flag()
}

/// A member that says yes or no.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say whether more pages follow",
    label = "not a yes or no",
    note = "allowed are `bool`, `String`, `i32`, `i64`, and an `Option` of one of them"
)]
pub trait PageFlag {
    /// Yes or no; none where it says neither.
    fn flag(&self) -> Option<bool>;
}

impl PageFlag for bool {
    fn flag(&self) -> Option<bool> {
        Some(*self)
    }
}

impl PageFlag for String {
    fn flag(&self) -> Option<bool> {
        match self.to_ascii_lowercase().as_str() {
            "true" | "1" | "yes" => Some(true),
            "false" | "0" | "no" => Some(false),
            _ => None,
        }
    }
}

impl PageFlag for i32 {
    fn flag(&self) -> Option<bool> {
        Some(*self != 0)
    }
}

impl PageFlag for i64 {
    fn flag(&self) -> Option<bool> {
        Some(*self != 0)
    }
}
