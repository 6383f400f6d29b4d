//! `#[cloud_model]` on an enum. The enum is open, because a provider adds values without a new version of
//! its API: a text that is not known becomes `Other(String)`.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::ext::IdentExt;
use syn::{Attribute, Data, DeriveInput, Fields, LitStr, Variant, parse_quote};

use crate::args::model::ModelArgs;
use crate::args::param::ParamArgs;
use crate::errors::Errors;
use crate::item;
use crate::{above, shell};

/// A variant with a fixed text.
struct Known {
    ident: Ident,
    wire: String,
    cfg: Vec<Attribute>,
}

/// Expands an enum of texts.
pub(crate) fn expand(
    args: &ModelArgs,
    input: &mut DeriveInput,
    above: &[String],
    errors: &mut Errors,
) -> TokenStream {
    let Some(known) = variants(input, errors) else { return quote!(#input) };
    let runtime = args.runtime();
    let serde = quote!(#runtime::__private::serde);
    let tolerant = quote!(#runtime::__private::tolerant);
    let (ident, vis) = (&input.ident, &input.vis);
    if !input.generics.params.is_empty() {
        errors.at(&input.generics, "an open enum is text on the wire: it has no generics");
        return quote!(#input);
    }
    let derives = shell::derives(&input.attrs);
    let written = ["Debug", "Clone", "PartialEq", "Eq", "Hash"];
    above::refuse(above, &written, false, "cloud_model", &input.ident, errors);
    let ours: Vec<TokenStream> = [
        ("Debug", quote!(::core::fmt::Debug)),
        ("Clone", quote!(::core::clone::Clone)),
        ("PartialEq", quote!(::core::cmp::PartialEq)),
        ("Eq", quote!(::core::cmp::Eq)),
        ("Hash", quote!(::core::hash::Hash)),
    ]
    .into_iter()
    .filter(|(name, _)| {
        !derives.iter().any(|derive| derive == name) && !above.iter().any(|derive| derive == name)
    })
    .map(|(_, path)| path)
    .collect();
    let to_text = known.iter().map(|Known { ident, wire, cfg }| quote!(#(#cfg)* Self::#ident => #wire,));
    let from_text = known.iter().map(
        |Known { ident, wire, cfg }| quote!(#(#cfg)* #wire => ::core::option::Option::Some(Self::#ident),),
    );
    let write = args.writes().then(|| {
        quote! {
            #[automatically_derived]
            impl #runtime::__private::WireValue for #ident {}

            #[automatically_derived]
            impl #serde::Serialize for #ident {
                fn serialize<S: #serde::Serializer>(
                    &self,
                    serializer: S,
                ) -> ::core::result::Result<S::Ok, S::Error> {
                    serializer.serialize_str(self.as_str())
                }
            }
        }
    });
    let read = args.reads().then(|| {
        quote! {
            #[automatically_derived]
            impl #tolerant::Shaped for #ident {
                const FORM: #tolerant::Form = #tolerant::Form::Text;
            }

            #[automatically_derived]
            impl<'de> #serde::Deserialize<'de> for #ident {
                fn deserialize<D: #serde::Deserializer<'de>>(
                    deserializer: D,
                ) -> ::core::result::Result<Self, D::Error> {
                    #tolerant::read::<#tolerant::Text, ::std::string::String, D>(deserializer)
                        .map(<Self as ::core::convert::From<::std::string::String>>::from)
                }
            }
        }
    });
    quote! {
        #[derive(#(#ours),*)]
        #input

        #[allow(dead_code, deprecated, unreachable_patterns)]
        impl #ident {
            /// The value as it is on the wire.
            #vis fn as_str(&self) -> &str {
                match self {
                    #(#to_text)*
                    Self::Other(text) => text,
                }
            }

            fn __known(text: &str) -> ::core::option::Option<Self> {
                match text {
                    #(#from_text)*
                    _ => ::core::option::Option::None,
                }
            }
        }

        #[automatically_derived]
        impl ::core::fmt::Display for #ident {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        #[automatically_derived]
        impl ::core::convert::From<&str> for #ident {
            fn from(text: &str) -> Self {
                match Self::__known(text) {
                    ::core::option::Option::Some(known) => known,
                    ::core::option::Option::None => Self::Other(::std::string::String::from(text)),
                }
            }
        }

        #[automatically_derived]
        impl ::core::convert::From<::std::string::String> for #ident {
            fn from(text: ::std::string::String) -> Self {
                match Self::__known(&text) {
                    ::core::option::Option::Some(known) => known,
                    ::core::option::Option::None => Self::Other(text),
                }
            }
        }

        #[automatically_derived]
        impl ::core::str::FromStr for #ident {
            type Err = ::core::convert::Infallible;

            fn from_str(text: &str) -> ::core::result::Result<Self, Self::Err> {
                ::core::result::Result::Ok(<Self as ::core::convert::From<&str>>::from(text))
            }
        }

        #write
        #read
    }
}

/// Reads the variants, removes our attributes from them, and adds `Other` if it is missing. `None` if a
/// variant is not a text: no code for such an enum would compile.
fn variants(input: &mut DeriveInput, errors: &mut Errors) -> Option<Vec<Known>> {
    let Data::Enum(data) = &mut input.data else { return None };
    let mut known: Vec<Known> = Vec::new();
    let mut open = false;
    let mut closed = false;
    for variant in &mut data.variants {
        let param = ParamArgs::parse(&variant.attrs, errors);
        check(&param, errors);
        variant.attrs.retain(|attr| !attr.path().is_ident("param"));
        let cfg = variant.attrs.iter().filter(|attr| attr.path().is_ident("cfg")).cloned().collect();
        if variant.ident == "Other" && is_text(variant) {
            open = true;
            continue;
        }
        if !matches!(variant.fields, Fields::Unit) || variant.ident == "Other" {
            let what = "a variant of an open enum is one text on the wire: no fields, except for `Other(String)`, which takes what is unknown";
            errors.at(&*variant, what);
            closed = true;
            continue;
        }
        let wire = param.name.as_ref().map_or_else(|| variant.ident.unraw().to_string(), LitStr::value);
        if let Some(first) = known.iter().find(|other| other.wire == wire && other.cfg.is_empty()) {
            let what = format!("the wire name `{wire}` belongs to the variant `{}` already", first.ident);
            match &param.name {
                Some(name) => errors.at(name, what),
                None => errors.at(&variant.ident, what),
            }
        }
        known.push(Known { ident: variant.ident.clone(), wire, cfg });
    }
    if !open && !data.variants.iter().any(|variant| variant.ident == "Other") {
        data.variants.push(parse_quote! {
            /// A value that was not known when this was written.
            Other(::std::string::String)
        });
    }
    (!closed).then_some(known)
}

/// Whether the variant is `Other(String)`.
fn is_text(variant: &Variant) -> bool {
    match &variant.fields {
        Fields::Unnamed(fields) => {
            fields.unnamed.len() == 1
                && fields.unnamed.first().and_then(|field| item::name(&field.ty)).as_deref() == Some("String")
        }
        _ => false,
    }
}

/// Reports keys of `#[param]` that have no meaning on a variant.
fn check(param: &ParamArgs, errors: &mut Errors) {
    let other = param.place.as_ref().map(|(_, key)| key).or(param.default.as_ref());
    let other = other.or(param.secret.as_ref()).or(param.skip.as_ref()).or(param.serde.as_ref());
    if let Some(key) = other {
        errors.at(key, format!("`{key}` has no effect on a variant; only `name` has"));
    }
    if let Some((_, list)) = &param.list {
        errors.at(list, "`list` has no effect on a variant; only `name` has");
    }
}
