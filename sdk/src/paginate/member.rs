//! Used by generated code to find the list in a response, and to read the members that lead
//! to the next page. It is not part of the public interface.
//!
//! The macro sees the request but not the type of the response, so it cannot know the type
//! of the items. Each model therefore names the types of its lists with [`Member`], under a
//! hash of the field's name, and the macro asks for the hash of the name in `items`.

use super::cursor::{Cursor, PageField};

/// A member of a model that is a list, or contains one. `NAME` is the FNV-1a hash of the
/// field's name.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no such list",
    label = "`items` is not the path to a list",
    note = "`items` is the path to a public field of the response that is a `Vec`, or an `Option` of one",
    note = "if the type of the response is not a `#[cloud_model]`, name the type of the items: `paginate(..., item = Type)`"
)]
pub trait Member<const NAME: u64> {
    /// The type of the field without `Option` and `Box`.
    type Inner;

    /// The wire name of the field.
    const WIRE: &'static str;

    /// The member, if there is one.
    fn member(&mut self) -> Option<&mut Self::Inner>;
}

/// A type that `items` may lead to.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a list",
    label = "`items` must lead to a list",
    note = "use a `Vec`, or an `Option` of one"
)]
pub trait List {
    /// The type of an entry.
    type Item;

    /// The list, if there is one.
    fn list(&mut self) -> Option<&mut Vec<Self::Item>>;
}

impl<T> List for Vec<T> {
    type Item = T;

    fn list(&mut self) -> Option<&mut Self> {
        Some(self)
    }
}

impl<T> List for Option<Vec<T>> {
    type Item = T;

    fn list(&mut self) -> Option<&mut Vec<T>> {
        self.as_mut()
    }
}

/// A member on the path. `member()` goes through an `Option`, and stops if it is `None`.
#[derive(Debug)]
pub struct At<'a, T>(pub &'a mut T);

impl<'a, T> At<'a, Option<T>> {
    /// The value in the `Option`.
    pub fn member(self) -> Option<&'a mut T> {
        self.0.as_mut()
    }
}

/// Any other member. An inherent method has precedence over a method of a trait, so this is
/// never used for an `Option`.
pub trait Plain<'a, T> {
    /// The member itself.
    fn member(self) -> Option<&'a mut T>;
}

impl<'a, T> Plain<'a, T> for At<'a, T> {
    fn member(self) -> Option<&'a mut T> {
        Some(self.0)
    }
}

/// The value of a member that leads to the next page.
pub fn cursor(member: &mut impl PageField) -> Option<Cursor> {
    member.read()
}

/// The value of a member that counts.
pub fn count(member: &mut impl PageField) -> Option<u64> {
    member.read()?.number()
}

/// The value of a member that tells whether more pages follow.
pub fn flag(member: &mut impl PageFlag) -> Option<bool> {
    member.flag()
}

/// A member that means yes or no.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot tell whether more pages follow",
    label = "not a flag",
    note = "use `bool`, `String`, `i32`, `i64`, or an `Option` of one of them"
)]
pub trait PageFlag {
    /// Yes or no. `None` if it is neither.
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
