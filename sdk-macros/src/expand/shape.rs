//! The shape of a response type as data, by which the runtime puts odd responses right.

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};
use syn::{Attribute, Generics, Type};

use super::at;
use crate::item::{arguments, generic, mentions, name};

/// The form of `ty`; the names that it uses are those of [`scope`].
pub(crate) fn form(ty: &Type, generics: &Generics) -> TokenStream {
    if let Some(inner) = generic(ty, "Option") {
        let inner = form(inner, generics);
        return quote!(__Form::Opt(&#inner));
    }
    if let Some(inner) = generic(ty, "Vec") {
        let inner = form(inner, generics);
        return quote!(__Form::List(&#inner));
    }
    if let Some(inner) = generic(ty, "Box") {
        return form(inner, generics);
    }
    for map in ["HashMap", "BTreeMap"] {
        if let Some([key, value]) = arguments(ty, map).as_deref()
            && name(key).as_deref() == Some("String")
        {
            let value = form(value, generics);
            return quote!(__Form::Map(&#value));
        }
    }
    match name(ty).as_deref() {
        Some("String") => quote!(__Form::Text),
        Some("bool") => quote!(__Form::Flag),
        Some("f32" | "f64") => quote!(__Form::Float),
        Some("i8" | "i16" | "i32" | "i64" | "i128" | "isize") => quote!(__Form::Int(true, <#ty>::BITS)),
        Some("u8" | "u16" | "u32" | "u64" | "u128" | "usize") => quote!(__Form::Int(false, <#ty>::BITS)),
        _ => other(ty, generics),
    }
}

/// A type of which only the compiler knows whether it is a model. One with parameters is not known before it is used.
fn other(ty: &Type, generics: &Generics) -> TokenStream {
    let params: Vec<&Ident> = generics.type_params().map(|param| &param.ident).collect();
    let consts = generics.const_params().map(|param| &param.ident);
    let params: Vec<&Ident> = params.into_iter().chain(consts).collect();
    let borrows = generics.lifetimes().next().is_some() || matches!(ty, Type::Reference(_));
    if borrows || mentions(quote!(#ty), &params) {
        return quote!(__Form::Same);
    }
    quote_spanned!(at(ty)=> <__Probe<#ty>>::FORM)
}

/// What forms are written with.
pub(crate) fn scope(tolerant: &TokenStream) -> TokenStream {
    quote! {
        #[allow(unused_imports)]
        use #tolerant::{Form as __Form, Probe as __Probe, Unshaped as _};
    }
}

/// The form of a response type, where a constant is wanted; none for one that is read as it is.
pub(crate) fn constant(ty: &Type, generics: &Generics, tolerant: &TokenStream) -> Option<TokenStream> {
    if name(ty).as_deref() == Some("String") {
        return None;
    }
    let (scope, form) = (scope(tolerant), form(ty, generics));
    Some(quote!(const { #scope #form }))
}

/// A member, by its name on the wire.
pub(crate) struct Member<'a> {
    pub(crate) wire: &'a str,
    pub(crate) ty: &'a Type,
    pub(crate) cfg: &'a [Attribute],
    /// It need not be there, though its type is no `Option`.
    pub(crate) default: bool,
}

/// `impl Shaped` for a structure.
pub(crate) fn structure(
    ident: &Ident,
    generics: &Generics,
    members: &[Member<'_>],
    strict: bool,
    private: &TokenStream,
) -> TokenStream {
    let tolerant = quote!(#private::tolerant);
    let (impl_generics, ty_generics, bounds) = generics.split_for_impl();
    let names = members.iter().map(|member| member.wire);
    let scope = scope(&tolerant);
    let forms = members.iter().map(|member| {
        let form = form(member.ty, generics);
        let form = if member.default { quote!(__Form::Opt(&#form)) } else { form };
        match conditions(member.cfg) {
            Some(on) => quote!(#[cfg(all(#on))] #form, #[cfg(not(all(#on)))] __Form::Same,),
            None => quote!(#form,),
        }
    });
    quote! {
        #[automatically_derived]
        #[allow(deprecated)]
        impl #impl_generics #tolerant::Shaped for #ident #ty_generics #bounds {
            const FORM: #tolerant::Form = #tolerant::Form::Model(&#tolerant::ModelForm {
                names: &[#(#names),*],
                members: <Self as #tolerant::Shaped>::members,
                strict: #strict,
            });

            fn members() -> &'static [#tolerant::Form] {
                #scope
                const { &[#(#forms)*] }
            }
        }
    }
}

/// What a field's `#[cfg(...)]` attributes ask for, if it has any.
fn conditions(attrs: &[Attribute]) -> Option<TokenStream> {
    let asked: Vec<&TokenStream> =
        attrs.iter().filter_map(|attr| attr.meta.require_list().ok()).map(|list| &list.tokens).collect();
    (!asked.is_empty()).then(|| quote!(#(#asked),*))
}
