//! The shape of a response type as data, with which the runtime repairs odd responses.

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};
use syn::{Attribute, Generics, Type};

use super::at;
use crate::item::{arguments, generic, mentions, name};

/// The form of `ty`, by how it is written. `__Form` and `__Shaped` are the runtime's.
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

/// The form of any other type: that of a model. A type with parameters of the model has none before it is
/// used.
fn other(ty: &Type, generics: &Generics) -> TokenStream {
    if !is_known(ty, generics) {
        return quote!(__Form::Same);
    }
    quote_spanned!(at(ty)=> <#ty as __Shaped>::FORM)
}

/// Whether a type is a text, a number, a flag, or a list, a map or an option of them. Such a type is known
/// by its name.
pub(crate) fn is_plain(ty: &Type) -> bool {
    const PLAIN: [&str; 16] = [
        "String", "bool", "f32", "f64", "i8", "i16", "i32", "i64", "i128", "isize", "u8", "u16", "u32",
        "u64", "u128", "usize",
    ];
    if let Some(inner) = ["Option", "Vec", "Box"].iter().find_map(|name| generic(ty, name)) {
        return is_plain(inner);
    }
    if let Some([_, value]) = arguments(ty, "BTreeMap").or_else(|| arguments(ty, "HashMap")).as_deref() {
        return is_plain(value);
    }
    name(ty).is_some_and(|name| PLAIN.contains(&name.as_str()))
}

/// Whether the type implements `Shaped` independently of generics and lifetimes.
pub(crate) fn is_known(ty: &Type, generics: &Generics) -> bool {
    let params: Vec<&Ident> = generics.type_params().map(|param| &param.ident).collect();
    let consts = generics.const_params().map(|param| &param.ident);
    let params: Vec<&Ident> = params.into_iter().chain(consts).collect();
    let borrows = generics.lifetimes().next().is_some() || matches!(ty, Type::Reference(_));
    !(borrows || mentions(quote!(#ty), &params))
}

/// Whether a response type has a shape. A `String` has none, because it is the body as received.
pub(crate) fn is_shaped(ty: &Type, generics: &Generics) -> bool {
    name(ty).as_deref() != Some("String") && is_known(ty, generics)
}

/// A member, by its wire name.
pub(crate) struct Member<'a> {
    pub(crate) wire: &'a str,
    pub(crate) ty: &'a Type,
    pub(crate) cfg: &'a [Attribute],
    /// The member may be missing, although its type is not an `Option`.
    pub(crate) default: bool,
    /// The type has its own `Deserialize`.
    pub(crate) by_serde: bool,
}

/// `impl Shaped` for a structure. It is `strict`, or read as part of a `request`, or both.
pub(crate) fn structure(
    ident: &Ident,
    generics: &Generics,
    members: &[Member<'_>],
    (strict, request): (bool, bool),
    private: &TokenStream,
) -> TokenStream {
    let tolerant = quote!(#private::tolerant);
    let (impl_generics, ty_generics, bounds) = generics.split_for_impl();
    let names = members.iter().map(|member| member.wire);
    let forms = members.iter().map(|member| {
        let form = if member.by_serde { quote!(__Form::Same) } else { form(member.ty, generics) };
        let form = if member.default { quote!(__Form::Opt(&#form)) } else { form };
        match conditions(member.cfg) {
            Some(on) => quote!(#[cfg(all(#on))] #form, #[cfg(not(all(#on)))] __Form::Same,),
            None => quote!(#form,),
        }
    });
    quote! {
        #[automatically_derived]
        impl #impl_generics #tolerant::Shaped for #ident #ty_generics #bounds {
            type Marker = #tolerant::Same;

            const FORM: #tolerant::Form = #tolerant::Form::Model(&#tolerant::ModelForm {
                names: &[#(#names),*],
                members: <Self as #tolerant::Shaped>::members,
                strict: #strict,
                request: #request,
            });

            fn members() -> &'static [#tolerant::Form] {
                #[allow(unused_imports)]
                use #tolerant::{Form as __Form, Shaped as __Shaped};
                const { &[#(#forms)*] }
            }
        }
    }
}

/// The conditions of a field's `#[cfg(...)]` attributes, if it has any.
fn conditions(attrs: &[Attribute]) -> Option<TokenStream> {
    let asked: Vec<&TokenStream> =
        attrs.iter().filter_map(|attr| attr.meta.require_list().ok()).map(|list| &list.tokens).collect();
    (!asked.is_empty()).then(|| quote!(#(#asked),*))
}
