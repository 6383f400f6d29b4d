//! `#[cloud_model]` on an enum. The enum is open, because a provider adds values without a new version of
//! its API: a text that is not known becomes `Other(String)`.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::ext::IdentExt;
use syn::{Attribute, Data, DeriveInput, Fields, LitStr, Variant, parse_quote};

use crate::args::model::ModelArgs;
use crate::args::param::ParamArgs;
use crate::errors::Errors;
use crate::item;
use crate::{above, derives};

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
    let known = variants(args, input, errors);
    if !input.generics.params.is_empty() {
        errors.at(&input.generics, "an open enum is text on the wire: it has no generics");
    }
    let is_attribute = args.form.is_attribute();
    let Some(known) = known.filter(|_| input.generics.params.is_empty()) else {
        return if is_attribute { input.to_token_stream() } else { TokenStream::new() };
    };
    let written: &[&str] = match is_attribute {
        true => &["Debug", "Clone", "PartialEq", "Eq", "Hash"],
        false => &["Serialize", "Deserialize"],
    };
    above::refuse(above, written, false, args.form.name(), &input.ident, errors);
    let item = is_attribute.then(|| with_derives(input, above));
    let implementations = implementations(args, input, &known);
    quote!(#item #implementations)
}

/// The item with the derives that every open enum has.
fn with_derives(input: &DeriveInput, above: &[String]) -> TokenStream {
    let derives = derives::names(&input.attrs);
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
    quote!(#[derive(#(#ours),*)] #input)
}

fn implementations(args: &ModelArgs, input: &DeriveInput, known: &[Known]) -> TokenStream {
    let runtime = args.runtime();
    let serde = quote!(#runtime::__private::serde);
    let tolerant = quote!(#runtime::__private::tolerant);
    let (ident, vis) = (&input.ident, &input.vis);
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
                type Marker = #tolerant::Same;

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

/// Reads the variants, takes our attributes off them, and adds `Other` where it is not there.
/// `None` when a variant is not text, and no code for it would compile.
fn variants(args: &ModelArgs, input: &mut DeriveInput, errors: &mut Errors) -> Option<Vec<Known>> {
    let Data::Enum(data) = &mut input.data else { return None };
    let mut known: Vec<Known> = Vec::new();
    let mut open = false;
    let mut closed = false;
    for variant in &mut data.variants {
        let param = ParamArgs::parse(&variant.attrs, args.form.key(), errors);
        check(&param, errors);
        variant.attrs.retain(|attr| !attr.path().is_ident(args.form.key()));
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
    if !open && !args.form.is_attribute() {
        let what =
            "a derive cannot add a variant: write `Other(String)`, which takes the values that are unknown";
        errors.at(&input.ident, what);
        return None;
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
    let other = other
        .or(param.secret.as_ref())
        .or(param.skip.as_ref())
        .or(param.serde.as_ref())
        .or(param.required.as_ref());
    if let Some(key) = other {
        errors.at(key, format!("`{key}` has no effect on a variant; only `name` has"));
    }
    if let Some((_, list)) = &param.list {
        errors.at(list, "`list` has no effect on a variant; only `name` has");
    }
}
