//! The value that selects a page, and the fields that can hold it.

/// The value that selects a page: a number, or the text of a token or marker.
///
/// ```
/// use cloudcall::paginate::Cursor;
///
/// assert_eq!(Cursor::Text("40".into()).number(), Some(40));
/// assert_eq!(Cursor::Number(40).into_text(), "40");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cursor {
    /// An offset, a page number, or a token that is a number.
    Number(u64),
    /// A token or a marker.
    Text(String),
}

impl Cursor {
    /// The number, also if it is written as a text. `None` for any other text.
    pub fn number(&self) -> Option<u64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Text(text) => text.trim().parse().ok(),
        }
    }

    /// The value as a text.
    ///
    /// Offsets and page numbers are stored as text in a
    /// [`PagePosition`](super::PagePosition).
    pub fn into_text(self) -> String {
        match self {
            Self::Number(number) => number.to_string(),
            Self::Text(text) => text,
        }
    }
}

/// A field that holds a cursor or a page size: an integer, a `String`, or an `Option` of
/// one.
///
/// ```
/// use cloudcall::paginate::{Cursor, PageField};
///
/// let mut offset: Option<i64> = None;
/// assert!(offset.write(&Cursor::Number(40)));
/// assert_eq!(offset.read(), Some(Cursor::Number(40)));
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot select a page",
    label = "not a cursor or a page size",
    note = "use an integer such as `i32`, `i64`, `u32` or `u64`, a `String`, or an `Option` of one of them"
)]
pub trait PageField {
    /// The value. `None` if the field is not set or is an empty text.
    fn read(&self) -> Option<Cursor>;

    /// Sets the value. Returns false if the field cannot hold it.
    fn write(&mut self, cursor: &Cursor) -> bool;
}

macro_rules! integers {
    ($($ty:ty)*) => {$(
        impl PageField for $ty {
            fn read(&self) -> Option<Cursor> {
                // A negative number is no page and no page size. It is kept as a text, so
                // that the error shows it.
                Some(u64::try_from(*self).map_or_else(|_| Cursor::Text(self.to_string()), Cursor::Number))
            }

            fn write(&mut self, cursor: &Cursor) -> bool {
                let fits = match cursor {
                    Cursor::Number(number) => <$ty>::try_from(*number).ok(),
                    Cursor::Text(text) => text.parse().ok(),
                };
                fits.map(|fits| *self = fits).is_some()
            }
        }
    )*};
}

integers!(i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize);

impl PageField for String {
    fn read(&self) -> Option<Cursor> {
        (!self.is_empty()).then(|| Cursor::Text(self.clone()))
    }

    fn write(&mut self, cursor: &Cursor) -> bool {
        *self = cursor.clone().into_text();
        true
    }
}

impl<T: PageField + Default> PageField for Option<T> {
    fn read(&self) -> Option<Cursor> {
        self.as_ref()?.read()
    }

    fn write(&mut self, cursor: &Cursor) -> bool {
        self.get_or_insert_default().write(cursor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_take_what_fits() {
        let mut plain = 7_i32;
        assert_eq!(plain.read(), Some(Cursor::Number(7)));
        assert!(plain.write(&Cursor::Number(40)) && plain == 40);
        assert!(!plain.write(&Cursor::Number(1 << 40)) && plain == 40);
        assert!(plain.write(&Cursor::Text("41".into())) && plain == 41);
        assert!(!plain.write(&Cursor::Text("abc".into())));
        assert_eq!((-1_i64).read(), Some(Cursor::Text("-1".into())));
        let mut text: Option<String> = None;
        assert_eq!(text.read(), None);
        assert!(text.write(&Cursor::Number(20)));
        assert_eq!(text.as_deref(), Some("20"));
        assert_eq!(text.read().and_then(|cursor| cursor.number()), Some(20));
        assert_eq!(String::new().read(), None);
    }
}
