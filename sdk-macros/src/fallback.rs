//! What is still emitted when something is wrong.
//!
//! The item stands anyway, since the macro is a derive. Everything that was understood is expanded
//! too, so that `X::builder()` and the client's method exist and the user sees the mistake alone, not
//! a trail of "method not found" behind it. Only what would make the compiler complain about the
//! same thing once more is mended here.

use std::collections::HashSet;

use crate::item::{Item, Need, option};

/// Takes out what the compiler would stumble over again.
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
