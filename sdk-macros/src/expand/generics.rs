//! Generics of the action, and those of its builder: the action's own, the target, one state a required field.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::ext::IdentExt;
use syn::{GenericParam, Generics};

use super::Context;
use crate::case::{pascal, snake};
use crate::item::Field;

/// The action's generics in the forms that code needs.
pub(crate) struct Parts {
    /// `'a, T: Bound,` as an `impl` declares them, with a comma at the end.
    pub(crate) declared: TokenStream,
    /// `'a, T,` as a type uses them.
    pub(crate) used: TokenStream,
    /// Predicates of the `where`, each with its comma.
    pub(crate) bounds: TokenStream,
    /// What sending wants of the type parameters.
    pub(crate) sendable: TokenStream,
    pub(crate) is_empty: bool,
}

impl Parts {
    pub(crate) fn new(generics: &Generics, private: &TokenStream) -> Self {
        let mut declared = TokenStream::new();
        let mut used = TokenStream::new();
        for param in &generics.params {
            let (declare, name) = match param {
                GenericParam::Lifetime(lifetime) => {
                    (lifetime.to_token_stream(), lifetime.lifetime.to_token_stream())
                }
                GenericParam::Type(ty) => {
                    let (name, bounds) = (&ty.ident, &ty.bounds);
                    (quote!(#name: #bounds), name.to_token_stream())
                }
                GenericParam::Const(value) => {
                    let (name, ty) = (&value.ident, &value.ty);
                    (quote!(const #name: #ty), name.to_token_stream())
                }
            };
            declared.extend(quote!(#declare,));
            used.extend(quote!(#name,));
        }
        let types: Vec<&Ident> = generics.type_params().map(|param| &param.ident).collect();
        let predicates = generics.where_clause.iter().flat_map(|clause| &clause.predicates);
        Self {
            declared,
            used,
            bounds: quote!(#(#predicates,)*),
            sendable: quote! {
                #(#types: #private::serde::Serialize + ::core::marker::Send + ::core::marker::Sync,)*
            },
            is_empty: generics.params.is_empty(),
        }
    }
}

impl Context<'_> {
    /// The action's generics.
    pub(crate) fn parts(&self) -> Parts {
        Parts::new(&self.item.generics, &self.private)
    }

    /// The action with its generics.
    pub(crate) fn action_type(&self) -> TokenStream {
        let (ident, used) = (&self.item.ident, self.parts().used);
        quote!(#ident<#used>)
    }

    /// The builder's state parameters, in the order of the required fields.
    pub(crate) fn states(&self) -> Vec<Ident> {
        self.item.required().map(state).collect()
    }
}

/// The type parameter for a required field. Fields' types may have any name, so this one is marked.
pub(crate) fn state(field: &Field) -> Ident {
    match pascal(&field.ident.unraw().to_string()).as_str() {
        // What the builder is bound to has that name.
        "Target" => format_ident!("__TargetField"),
        name => format_ident!("__{name}"),
    }
}

/// The hidden module of the types that stand for fields that were not set.
///
/// Each field has its own, since `.await` on an unfinished builder is reported by the compiler with the
/// builder's type alone: `RunInstancesBuilder<..., RegionIdIsMissing>` still says what to do.
pub(crate) fn missing_module(context: &Context<'_>) -> Ident {
    format_ident!("__{}", snake(&context.item.ident.unraw().to_string()))
}

/// The type in that module for one required field.
pub(crate) fn missing(field: &Field) -> Ident {
    format_ident!("{}IsMissing", pascal(&field.ident.unraw().to_string()))
}

/// The hidden trait that holds once a required field is set.
pub(crate) fn set_trait(field: &Field) -> Ident {
    format_ident!("__{}IsSet", pascal(&field.ident.unraw().to_string()))
}

/// The states of a builder in which nothing is set.
pub(crate) fn unset(context: &Context<'_>) -> TokenStream {
    let module = missing_module(context);
    let types = context.item.required().map(missing);
    quote!(#(#module::#types,)*)
}

/// The bounds that say every required field is set.
pub(crate) fn set_bounds(context: &Context<'_>) -> TokenStream {
    let bounds = context.item.required().map(|field| {
        let (state, set, ty) = (state(field), set_trait(field), &field.ty);
        quote!(#state: #set<#ty>,)
    });
    quote!(#(#bounds)*)
}
