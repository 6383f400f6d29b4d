//! `Deserialize` of a model: one slot for each field, which the runtime fills.
//!
//! Serde's derive would write a visitor and an enum of names for each model. Here the loop over the members
//! is the runtime's, and the generated code only maps a number to a slot. Models with attributes of serde,
//! or with generics, use serde's derive.
//!
//! If all members are `Option`s, as in all responses of the catalogue, the fields of an empty model are the
//! slots. Such code takes half the space: an error drops one value, and no value is moved.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::{Generics, Type};

use super::at;
use super::generics::Parts;
use super::member::Member;
use super::tolerant::Markers;
use crate::item::{name, option};

/// The impls by which `ident` is read.
pub(crate) fn expand(
    ident: &Ident,
    generics: &Generics,
    members: &[Member],
    strict: bool,
    private: &TokenStream,
) -> TokenStream {
    let (serde, tolerant) = (quote!(#private::serde), quote!(#private::tolerant));
    let title = ident.unraw().to_string();
    let is_optional = |member: &Member| {
        member.param.skip.is_some() || option(&member.ty).is_some() && member.param.default_value.is_none()
    };
    let is_read = |member: &Member| member.param.skip.is_none() && member.cfg.is_empty();
    let in_place = members.iter().all(is_optional) && members.iter().any(is_read);
    let mut names = Vec::new();
    let mut slots = TokenStream::new();
    let mut arms = TokenStream::new();
    let mut values = TokenStream::new();
    for Member { ident, ty, wire, cfg, param, .. } in members {
        let span = at(ty);
        if param.skip.is_some() {
            values.extend(quote_spanned!(span=> #(#cfg)* #ident: ::core::default::Default::default(),));
            continue;
        }
        let (number, slot) = (Literal::usize_unsuffixed(names.len()), format_ident!("__{}", names.len()));
        let asked = param.serde.is_none().then_some(generics);
        let marker = Markers { tolerant: &tolerant, strict, asked, span }.of(ty);
        names.push(wire);
        let (held, read, value) = match option(ty) {
            Some(inner) => (inner, quote!(option), quote!(#slot)),
            None if param.default.is_some() => {
                (ty, quote!(value), quote!(::core::option::Option::unwrap_or_default(#slot)))
            }
            None => (ty, quote!(value), quote!(#tolerant::given(#slot, #wire)?)),
        };
        let value = match &param.default_value {
            Some(value) => read_or(ty, &slot, value),
            None => value,
        };
        if in_place {
            values.extend(quote!(#(#cfg)* #ident: ::core::option::Option::None,));
            arms.extend(
                quote_spanned!(span=> #(#cfg)* #number => #tolerant::option::<#marker, #held, A>(members, &mut model.#ident),),
            );
            continue;
        }
        slots.extend(quote! {
            #(#cfg)* let mut #slot: ::core::option::Option<#held> = ::core::option::Option::None;
        });
        arms.extend(
            quote_spanned!(span=> #(#cfg)* #number => #tolerant::#read::<#marker, #held, A>(members, &mut #slot),),
        );
        values.extend(quote!(#(#cfg)* #ident: #value,));
    }
    let (first, last) = match in_place {
        true => (quote!(let mut model = Self { #values };), quote!(model)),
        false => (slots, quote!(Self { #values })),
    };
    let Parts { declared, used, bounds, .. } = Parts::new(generics, private);
    let params = generics.type_params().map(|param| &param.ident);
    let bounds = quote!(#bounds #(#params: #serde::de::DeserializeOwned,)*);
    quote! {
        #[automatically_derived]
        impl<#declared> #tolerant::Model for #ident<#used> where #bounds {
            const NAME: &'static str = #title;
            const NAMES: &'static [&'static str] = &[#(#names),*];

            fn read<'de, A: #serde::de::MapAccess<'de>>(
                members: &mut #tolerant::Members<A>,
            ) -> ::core::result::Result<Self, A::Error> {
                #first
                while let ::core::option::Option::Some(at) = members.next()? {
                    match at {
                        #arms
                        _ => #tolerant::skip(members),
                    }?;
                }
                ::core::result::Result::Ok(#last)
            }
        }

        #[automatically_derived]
        impl<'de, #declared> #serde::Deserialize<'de> for #ident<#used> where #bounds {
            fn deserialize<D: #serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                #tolerant::model(deserializer)
            }
        }
    }
}

/// The value that was read, or the one that the user wrote for a missing member.
fn read_or(ty: &Type, slot: &Ident, value: &TokenStream) -> TokenStream {
    let plain = matches!(
        name(option(ty).unwrap_or(ty)).as_deref(),
        Some(
            "bool"
                | "f32"
                | "f64"
                | "i8"
                | "i16"
                | "i32"
                | "i64"
                | "u8"
                | "u16"
                | "u32"
                | "u64"
                | "usize"
                | "isize"
        )
    );
    let value = match plain {
        true => value.clone(),
        false => quote!(::core::convert::Into::into(#value)),
    };
    let read = quote!(::core::option::Option::unwrap_or_else(#slot, || #value));
    match option(ty) {
        Some(_) => quote!(::core::option::Option::Some(#read)),
        None => read,
    }
}
