//! The marker that reads a field tolerantly, from its type as it is written.
//!
//! A marker is a type of the runtime's module `tolerant`, such as `Opt<List<Int>>`. It selects the code of
//! the runtime that reads the value.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote_spanned;
use syn::{Generics, Type};

use super::{at, shape};
use crate::item::{arguments, generic, name};

/// The integer types.
const INTEGERS: [&str; 12] =
    ["i8", "i16", "i32", "i64", "i128", "isize", "u8", "u16", "u32", "u64", "u128", "usize"];

/// How markers are written.
#[derive(Clone, Copy)]
pub(crate) struct Markers<'a> {
    /// The runtime's module.
    pub(crate) tolerant: &'a TokenStream,
    /// Values are read as serde reads them.
    pub(crate) strict: bool,
    /// The generics of the model, if a model among the members is asked for its marker. The compiler then reports a
    /// type that is no model with the same words as for its form, and shows equal messages once.
    pub(crate) asked: Option<&'a Generics>,
    /// Where an error about a type that cannot be read is shown.
    pub(crate) span: Span,
}

impl Markers<'_> {
    /// The marker for `ty`.
    pub(crate) fn of(self, ty: &Type) -> TokenStream {
        let Self { tolerant, strict, asked, span } = self;
        for (outer, marker) in [("Option", "Opt"), ("Vec", "List"), ("Box", "Boxed")] {
            if let Some(inner) = generic(ty, outer) {
                let (marker, inner) = (Ident::new(marker, span), self.of(inner));
                return quote_spanned!(span=> #tolerant::#marker<#inner>);
            }
        }
        for map in ["HashMap", "BTreeMap"] {
            if let Some([key, value]) = arguments(ty, map).as_deref()
                && name(key).as_deref() == Some("String")
            {
                let value = self.of(value);
                return quote_spanned!(span=> #tolerant::Map<#value>);
            }
        }
        let marker = match name(ty).as_deref() {
            Some("String") => "Text",
            Some("bool") => "Flag",
            Some("f32" | "f64") => "Float",
            Some(integer) if INTEGERS.contains(&integer) => "Int",
            _ => match asked {
                Some(generics) if shape::is_known(ty, generics) => {
                    return quote_spanned!(at(ty)=> <#ty as #tolerant::Shaped>::Marker);
                }
                _ => "Same",
            },
        };
        let marker = Ident::new(if strict { "Same" } else { marker }, span);
        quote_spanned!(span=> #tolerant::#marker)
    }
}
