//! `Debug` with secrets masked.

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};
use syn::ext::IdentExt;
use syn::{Attribute, Generics, Type};

use super::generics::Parts;
use super::{Context, at};

/// `Debug` of an action, unless the user derives one.
pub(crate) fn action(context: &Context<'_>) -> TokenStream {
    if context.item.derived_debug.is_some() {
        return TokenStream::new();
    }
    let fields = context.item.fields.iter().map(|field| Shown {
        ident: &field.ident,
        ty: &field.ty,
        cfg: Vec::new(),
        secret: field.param.secret.is_some(),
    });
    expand(&context.item.ident, &context.item.generics, fields, &context.private)
}

/// A field as `Debug` shows it.
pub(crate) struct Shown<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) ty: &'a Type,
    pub(crate) cfg: Vec<&'a Attribute>,
    pub(crate) secret: bool,
}

/// Writes `impl Debug` for a struct with named fields.
pub(crate) fn expand<'a>(
    ident: &Ident,
    generics: &Generics,
    fields: impl Iterator<Item = Shown<'a>>,
    private: &TokenStream,
) -> TokenStream {
    let Parts { declared, used, bounds, .. } = Parts::new(generics, private);
    let types = generics.type_params().map(|param| &param.ident);
    let title = ident.unraw().to_string();
    let lines = fields.map(|Shown { ident, ty, cfg, secret }| {
        let name = ident.unraw().to_string();
        let value = match secret {
            true => quote!(&#private::Masked),
            false => quote_spanned!(at(ty)=> &self.#ident),
        };
        quote!(#(#cfg)* debug.field(#name, #value);)
    });
    quote! {
        #[automatically_derived]
        #[allow(deprecated)]
        impl<#declared> ::core::fmt::Debug for #ident<#used> where #bounds #(#types: ::core::fmt::Debug,)* {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                let mut debug = ::core::fmt::Formatter::debug_struct(f, #title);
                #(#lines)*
                debug.finish()
            }
        }
    }
}
