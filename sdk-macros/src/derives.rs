//! The derives among the attributes of an item: `#[derive(Debug, serde::Serialize)]`.
//!
//! They are compared by the last word of their path, because a macro cannot resolve paths.

use proc_macro2::Ident;
use quote::ToTokens;
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::{Attribute, Path, Token, parse_quote};

/// The last words of the derives among `attrs`.
pub(crate) fn names(attrs: &[Attribute]) -> Vec<Ident> {
    let paths = attrs.iter().filter_map(paths_in);
    paths.flatten().filter_map(|path| path.segments.last().map(|last| last.ident.clone())).collect()
}

/// Removes `Debug` from the derives.
pub(crate) fn without_debug(attrs: &mut Vec<Attribute>) {
    without(&["Debug"], attrs);
}

/// Removes derives by the last words of their paths. An attribute that becomes empty is removed, too.
pub(crate) fn without(names: &[&str], attrs: &mut Vec<Attribute>) {
    attrs.retain_mut(|attr| {
        let Some(paths) = paths_in(attr) else { return true };
        let is_one = |path: &Path| {
            path.segments.last().is_some_and(|last| names.iter().any(|name| last.ident == name))
        };
        if !paths.iter().any(is_one) {
            return true;
        }
        let kept: Vec<_> = paths.into_iter().filter(|path| !is_one(path)).collect();
        *attr = parse_quote!(#[derive(#(#kept),*)]);
        !kept.is_empty()
    });
}

/// The paths in a derive.
fn paths_in(attr: &Attribute) -> Option<Punctuated<Path, Token![,]>> {
    let list = attr.path().is_ident("derive").then(|| attr.meta.require_list().ok())??;
    Punctuated::parse_terminated.parse2(list.tokens.to_token_stream()).ok()
}
