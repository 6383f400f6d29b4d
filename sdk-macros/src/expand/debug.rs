//! `Debug` of models, with secrets masked. The runtime decides which names stand for secrets, so the list
//! exists once.

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};
use syn::ext::IdentExt;
use syn::{Attribute, Generics};

use super::at;
use super::generics::Parts;
use super::member::Member;
use crate::args::param::ParamArgs;

/// What the user declared about a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Secrecy {
    /// `secret`
    Secret,
    /// `secret = false`
    Open,
    /// Nothing: its names decide.
    ByName,
}

impl Secrecy {
    fn of(param: &ParamArgs) -> Self {
        match (&param.secret, &param.open) {
            (Some(_), _) => Self::Secret,
            (None, Some(_)) => Self::Open,
            (None, None) => Self::ByName,
        }
    }
}

/// Writes `impl Debug` for a struct with named fields.
pub(crate) fn expand(
    ident: &Ident,
    generics: &Generics,
    members: &[Member],
    private: &TokenStream,
) -> TokenStream {
    let Parts { declared, used, bounds, .. } = Parts::new(generics, private);
    let types = generics.type_params().map(|param| &param.ident);
    let title = ident.unraw().to_string();
    let mut names = Names::default();
    let values: Vec<_> = members
        .iter()
        .map(|Member { ident, ty, cfg, param, wire, .. }| {
            let secrecy = Secrecy::of(param);
            // The value is masked if the field's name or this one stands for a secret. An empty one turns that off.
            let judged = match secrecy {
                Secrecy::ByName => wire.as_str(),
                Secrecy::Secret | Secrecy::Open => "",
            };
            names.add(cfg, &ident.unraw().to_string(), judged);
            let value = match secrecy {
                Secrecy::Secret => quote!(&#private::Masked),
                Secrecy::Open | Secrecy::ByName => quote_spanned!(at(ty)=> &self.#ident),
            };
            quote!(#(#cfg)* #value)
        })
        .collect();
    let names = names.into_tokens();
    quote! {
        #[automatically_derived]
        impl<#declared> ::core::fmt::Debug for #ident<#used> where #bounds #(#types: ::core::fmt::Debug,)* {
            fn fmt(&self, f: &mut #private::Formatter<'_>) -> #private::Shown {
                #private::show_model(f, #title, &[#names], &[#(#values),*])
            }
        }
    }
}

/// The names of the members, a line for each: the field and the name that says whether it is a secret. Lines
/// are put together as far as no condition is between them: a text costs less in a program than a table.
#[derive(Default)]
struct Names {
    texts: TokenStream,
    lines: String,
}

impl Names {
    fn add(&mut self, cfg: &[Attribute], name: &str, judged: &str) {
        let line = format!("{name} {judged}\n");
        if cfg.is_empty() {
            self.lines.push_str(&line);
        } else {
            self.end();
            self.texts.extend(quote!(#(#cfg)* #line,));
        }
    }

    fn end(&mut self) {
        let lines = std::mem::take(&mut self.lines);
        self.texts.extend((!lines.is_empty()).then(|| quote!(#lines,)));
    }

    fn into_tokens(mut self) -> TokenStream {
        self.end();
        self.texts
    }
}
