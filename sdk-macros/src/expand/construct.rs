//! The constructor of a model that is part of requests, which takes the required members, and a setter for
//! each of the others.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::{Generics, Type, Visibility};

use super::generics::Parts;
use super::member::Member;
use super::setter::Value;
use crate::above;
use crate::item::{arguments, option};

/// Methods that every such model has. A setter of such a name gets the suffix `_`.
const TAKEN: [&str; 2] = ["new", "clone"];

/// The implementation with `new` and the setters.
pub(crate) fn expand(
    ident: &Ident,
    generics: &Generics,
    vis: &Visibility,
    members: &[Member],
    private: &TokenStream,
) -> TokenStream {
    let Parts { declared, used, bounds, .. } = Parts::new(generics, private);
    let params: Vec<&Ident> = generics.type_params().map(|param| &param.ident).collect();
    let new = new(vis, members, &params, private);
    let setters = members.iter().filter(|member| member.need() == Need::Optional);
    let setters = setters.map(|member| setter(vis, member, &params, private));
    quote! {
        #[allow(dead_code, unreachable_pub, missing_docs, clippy::all)]
        impl<#declared> #ident<#used> where #bounds {
            #new
            #(#setters)*
        }
    }
}

/// Whether a member is an argument of the constructor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Need {
    /// It is an argument.
    Required,
    /// It has a setter.
    Optional,
    /// It is not part of the document.
    Skipped,
}

impl Member {
    /// Whether a member is an argument of the constructor.
    fn need(&self) -> Need {
        let is_optional = option(&self.ty).is_some() && self.param.required.is_none();
        // The rest of a document, which serde puts into a map.
        let is_rest = self.has(&["flatten"]) && is_map(&self.ty);
        if self.param.skip.is_some() || self.has(&["skip"]) {
            Need::Skipped
        } else if is_optional || self.param.default.is_some() || self.has(&["default"]) || is_rest {
            Need::Optional
        } else {
            Need::Required
        }
    }

    /// What the setter or the constructor takes for it.
    fn value(&self, params: &[&Ident], way: &Ident, private: &TokenStream) -> Value {
        match option(&self.ty) {
            Some(inner) => Value::of(private, params, inner, true, way),
            None => Value::of(private, params, &self.ty, false, way),
        }
    }
}

fn is_map(ty: &Type) -> bool {
    arguments(ty, "BTreeMap").or_else(|| arguments(ty, "HashMap")).is_some()
}

fn new(vis: &Visibility, members: &[Member], params: &[&Ident], private: &TokenStream) -> TokenStream {
    let doc = match members.iter().any(|member| member.need() == Need::Required) {
        true => "Creates a value with the required members. The setters set the others.",
        false => "Creates a value without members. The setters set them.",
    };
    let doc = above::is_documented().then(|| quote!(#[doc = #doc]));
    let (mut ways, mut arguments, mut values) = (Vec::new(), Vec::new(), Vec::new());
    for (at, member) in members.iter().enumerate() {
        let Member { ident, ty, cfg, param, .. } = member;
        let value = match (member.need(), &param.default_value) {
            (Need::Required, _) => {
                let way = format_ident!("__Way{at}");
                // `None` is not an argument, also of an `Option`.
                let inner = option(ty).unwrap_or(ty);
                let Value { argument, converted, is_list, .. } =
                    Value::of(private, params, inner, false, &way);
                ways.extend(is_list.then_some(way));
                arguments.push(quote!(#(#cfg)* #ident: #argument,));
                match option(ty) {
                    Some(_) => quote!({ let value = #ident; #private::Some(#converted) }),
                    None => quote!({ let value = #ident; #converted }),
                }
            }
            (Need::Optional, Some(value)) => {
                let converted = member.value(params, &format_ident!("__Way"), private).converted;
                quote!({ let value = #value; #converted })
            }
            _ if option(ty).is_some() => quote!(#private::None),
            _ => quote_spanned!(super::at(ty)=> ::core::default::Default::default()),
        };
        values.push(quote!(#(#cfg)* #ident: #value,));
    }
    let ways = (!ways.is_empty()).then(|| quote!(<#(#ways),*>));
    quote! {
        #doc
        #vis fn new #ways (#(#arguments)*) -> Self {
            Self { #(#values)* }
        }
    }
}

fn setter(vis: &Visibility, member: &Member, params: &[&Ident], private: &TokenStream) -> TokenStream {
    let Member { ident, cfg, docs, wire, .. } = member;
    let name = ident.unraw().to_string();
    let method = match TAKEN.contains(&name.as_str()) {
        true => format_ident!("{name}_", span = ident.span()),
        false => ident.clone(),
    };
    let way = format_ident!("__Way");
    let Value { argument, converted, is_list, .. } = member.value(params, &way, private);
    let way = is_list.then(|| quote!(<#way>));
    let docs = super::setter::docs(docs, wire);
    quote! {
        #(#cfg)*
        #(#docs)*
        #vis fn #method #way (mut self, value: #argument) -> Self {
            self.#ident = #converted;
            self
        }
    }
}
