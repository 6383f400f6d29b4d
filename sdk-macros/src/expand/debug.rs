//! `Debug` of models, with secrets masked. The runtime decides which names stand for secrets, so the list
//! exists once.

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};
use syn::ext::IdentExt;
use syn::{Attribute, Generics, Type};

use super::at;
use super::generics::Parts;
use crate::args::param::ParamArgs;

/// A field as `Debug` shows it.
pub(crate) struct Shown<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) ty: &'a Type,
    pub(crate) cfg: Vec<&'a Attribute>,
    pub(crate) secrecy: Secrecy,
    pub(crate) wire: &'a str,
}

/// What the user declared about a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Secrecy {
    /// `secret`
    Secret,
    /// `secret = false`
    Open,
    /// Nothing: its names decide.
    ByName,
}

impl Secrecy {
    /// The declaration in `#[param]`.
    pub(crate) fn of(param: &ParamArgs) -> Self {
        match (&param.secret, &param.open) {
            (Some(_), _) => Self::Secret,
            (None, Some(_)) => Self::Open,
            (None, None) => Self::ByName,
        }
    }
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
    let (names, values): (Vec<_>, Vec<_>) = fields
        .map(|Shown { ident, ty, cfg, secrecy, wire }| {
            let name = ident.unraw().to_string();
            // The value is masked if the field's name or this one stands for a secret. An empty one turns that off.
            let judged = match secrecy {
                Secrecy::ByName => wire,
                Secrecy::Secret | Secrecy::Open => "",
            };
            let value = match secrecy {
                Secrecy::Secret => quote!(&#private::Masked),
                Secrecy::Open | Secrecy::ByName => quote_spanned!(at(ty)=> &self.#ident),
            };
            (quote!(#(#cfg)* (#name, #judged)), quote!(#(#cfg)* #value))
        })
        .unzip();
    quote! {
        #[automatically_derived]
        #[allow(deprecated)]
        impl<#declared> ::core::fmt::Debug for #ident<#used> where #bounds #(#types: ::core::fmt::Debug,)* {
            fn fmt(&self, f: &mut #private::Formatter<'_>) -> #private::Shown {
                #private::show_model(f, #title, &[#(#names),*], &[#(#values),*])
            }
        }
    }
}
