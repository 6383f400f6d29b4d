//! `Serialize` of a model: one line for each member. Code of serde's derive takes twice the time to check.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};
use syn::Generics;

use super::at;
use super::generics::Parts;
use super::member::Member;
use super::shape;
use crate::args::param::ParamLocation;
use crate::item::{mentions, option};

/// The implementation by which a model is written. If `checked` is true, its members must be models, too. For a
/// model that is read, the shape demands this already.
pub(crate) fn expand(
    ident: &syn::Ident,
    generics: &Generics,
    members: &[Member],
    checked: bool,
    private: &TokenStream,
) -> TokenStream {
    let Parts { declared, used, bounds, .. } = Parts::new(generics, private);
    let params: Vec<_> = generics.type_params().map(|param| &param.ident).collect();
    let whole = members.iter().find(|member| member.param.place_kind() == Some(ParamLocation::Whole));
    let body = match whole {
        Some(Member { ident, ty, .. }) => {
            quote_spanned!(at(ty)=> #private::serde::Serialize::serialize(&self.#ident, serializer))
        }
        None => {
            let lines = members.iter().filter(|member| is_written(member)).map(|member| {
                let Member { ident, ty, wire, cfg, .. } = member;
                let is_plain = shape::is_plain(ty) || mentions(ty.to_token_stream(), &params);
                let checked = checked && !is_plain && member.param.serde.is_none();
                let method = match (option(ty), checked) {
                    (Some(_), true) => quote!(option),
                    (Some(_), false) => quote!(option_by_serde),
                    (None, true) => quote!(value),
                    (None, false) => quote!(value_by_serde),
                };
                let member = quote_spanned!(at(ty)=> &self.#ident);
                quote!(#(#cfg)* out.#method(#wire, #member)?;)
            });
            quote! {
                let mut out = #private::Members::new(serializer)?;
                #(#lines)*
                out.end()
            }
        }
    };
    quote! {
        #[automatically_derived]
        impl<#declared> #private::serde::Serialize for #ident<#used>
        where #bounds #(#params: #private::serde::Serialize,)*
        {
            fn serialize<__S: #private::serde::Serializer>(
                &self,
                serializer: __S,
            ) -> ::core::result::Result<__S::Ok, __S::Error> {
                #body
            }
        }
    }
}

/// Whether a member is part of the document. Skipped members and headers of the response are not.
fn is_written(member: &Member) -> bool {
    member.param.skip.is_none() && member.param.place.is_none()
}
