//! The generics of the action, and those of its builder: the action's own, the target, and one state per
//! required field.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::ext::IdentExt;
use syn::{GenericParam, Generics};

use super::Context;
use crate::case::pascal;
use crate::item::Field;

/// The action's generics in the forms that code needs.
pub(crate) struct Parts {
    /// `'a, T: Bound,` as an `impl` declares them, with a comma at the end.
    pub(crate) declared: TokenStream,
    /// `'a, T,` as a type uses them.
    pub(crate) used: TokenStream,
    /// Predicates of the `where`, each with its comma.
    pub(crate) bounds: TokenStream,
    /// The bounds that sending needs of the type parameters.
    pub(crate) sendable: TokenStream,
    /// The bounds that the table of fields needs: to be written, and to be shown.
    pub(crate) shown: TokenStream,
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
                #(#types: #private::serde::Serialize + ::core::fmt::Debug + ::core::marker::Send + ::core::marker::Sync,)*
            },
            shown: quote!(#(#types: #private::serde::Serialize + ::core::fmt::Debug,)*),
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
        (0..self.item.required().count()).map(|i| format_ident!("__S{i}")).collect()
    }
}

/// The hidden module with the types of fields that were not set. It is named after the action, whose name
/// is unique.
///
/// Each field has its own type: for `.await` on an unfinished builder, the compiler reports only the type
/// of the builder, and `RunInstancesBuilder<..., RegionIdIsMissing>` still says what to do.
pub(crate) fn missing_module(context: &Context<'_>) -> Ident {
    format_ident!("__{}", context.item.ident.unraw())
}

/// The type in that module that stands for one required field.
pub(crate) fn missing(field: &Field) -> Ident {
    format_ident!("{}IsMissing", pascal(&field.ident.unraw().to_string()))
}

/// The hidden trait that the state of a required field implements once it is set.
pub(crate) fn set_trait(field: &Field) -> Ident {
    format_ident!("__{}IsSet", pascal(&field.ident.unraw().to_string()))
}

/// The states of a builder in which nothing is set.
pub(crate) fn unset(context: &Context<'_>) -> TokenStream {
    let module = missing_module(context);
    let types = context.item.required().map(missing);
    quote!(#(#module::#types,)*)
}

/// The bounds of `impl Ready`: every required field is set.
pub(crate) fn set_bounds(context: &Context<'_>) -> TokenStream {
    let bounds = context.states().into_iter().zip(context.item.required()).map(|(state, field)| {
        let (set, ty) = (set_trait(field), &field.ty);
        quote!(#state: #set<#ty>,)
    });
    quote!(#(#bounds)*)
}

/// The clause of a method that needs all required fields.
///
/// It is at the method and names the builder. The compiler then reports the trait of the field that is
/// missing, with its message. With a bound of the whole `impl`, it would report a method that "exists, but
/// its trait bounds were not satisfied".
pub(crate) fn ready(context: &Context<'_>) -> Option<TokenStream> {
    let (private, action) = (&context.private, context.action_type());
    context.item.required().next().map(|_| quote!(where Self: #private::Ready<__T, #action>))
}
