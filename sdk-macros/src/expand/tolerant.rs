//! The marker that reads a field tolerantly, from its type as it is written.
//!
//! A marker is a type of the runtime's module `tolerant`, such as `Opt<List<Int>>`. It selects the code of
//! the runtime that reads the value.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Type;

use crate::item::{arguments, generic, name};

/// The integer types.
const INTEGERS: [&str; 12] =
    ["i8", "i16", "i32", "i64", "i128", "isize", "u8", "u16", "u32", "u64", "u128", "usize"];

/// The marker for `ty`. If `strict` is true, values are read as serde reads them.
pub(crate) fn marker(ty: &Type, tolerant: &TokenStream, strict: bool) -> TokenStream {
    if let Some(inner) = generic(ty, "Option") {
        let inner = marker(inner, tolerant, strict);
        return quote!(#tolerant::Opt<#inner>);
    }
    if let Some(inner) = generic(ty, "Vec") {
        let inner = marker(inner, tolerant, strict);
        return quote!(#tolerant::List<#inner>);
    }
    if let Some(inner) = generic(ty, "Box") {
        let inner = marker(inner, tolerant, strict);
        return quote!(#tolerant::Boxed<#inner>);
    }
    for map in ["HashMap", "BTreeMap"] {
        if let Some([key, value]) = arguments(ty, map).as_deref()
            && name(key).as_deref() == Some("String")
        {
            let value = marker(value, tolerant, strict);
            return quote!(#tolerant::Map<#value>);
        }
    }
    match name(ty).as_deref() {
        _ if strict => quote!(#tolerant::Same),
        Some("String") => quote!(#tolerant::Text),
        Some("bool") => quote!(#tolerant::Flag),
        Some("f32" | "f64") => quote!(#tolerant::Float),
        Some(integer) if INTEGERS.contains(&integer) => quote!(#tolerant::Int),
        _ => quote!(#tolerant::Same),
    }
}
