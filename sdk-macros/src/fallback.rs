//! Repairs an item with mistakes before it is expanded.
//!
//! The item itself stands anyway, because the macro is a derive. Everything that was understood is
//! expanded, too, so that `X::builder()` and the client method exist, and the user sees the mistake alone.
//! This file only removes what would make the compiler report the same mistake a second time.

use std::collections::HashSet;

use crate::item::{Item, Need, option};

/// Removes what the compiler would report again.
pub(crate) fn mend(item: &mut Item) {
    for field in &mut item.fields {
        // `default` on an `Option` is reported; as an `Option` it works.
        if option(&field.ty).is_some() {
            field.need = Need::Optional;
        }
    }
    // The compiler reports a field that stands twice; its setter need not.
    let mut seen = HashSet::new();
    item.fields.retain(|field| seen.insert(field.ident.to_string()));
}
