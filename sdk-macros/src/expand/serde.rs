//! A model that serde's derive writes and reads, because it has attributes of serde or borrows.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{Attribute, Data, DeriveInput, Generics, LitStr, Meta, parse_quote};

use super::at;
use super::member::Member;
use super::tolerant::Markers;
use crate::args::model::ModelArgs;
use crate::item::option;

/// Whether there are attributes that only serde's derive understands, or that may be such: `cfg_attr` is
/// not resolved yet.
pub(super) fn is_spoken_to(input: &DeriveInput) -> bool {
    let fields = match &input.data {
        Data::Struct(data) => data.fields.iter().flat_map(|field| &field.attrs).collect(),
        _ => Vec::new(),
    };
    let mut attrs = input.attrs.iter().chain(fields);
    attrs.any(|attr| attr.path().is_ident("serde") || attr.path().is_ident("cfg_attr"))
}

/// Adds the attributes of serde to the item.
pub(super) fn speak_to(args: &ModelArgs, input: &mut DeriveInput, members: &[Member]) {
    let runtime = args.runtime();
    let private = quote!(#runtime::__private);
    let serde = quote!(#private::serde).to_string().replace(' ', "");
    let case = args.case().name();
    let bound = args.reads().then(|| bound(&input.generics, &input.attrs, &serde)).flatten();
    let named = input.generics.params.is_empty().then_some(&input.ident);
    let borrows = input.generics.lifetimes().next().is_some();
    if let Data::Struct(data) = &mut input.data {
        for (index, (field, member)) in data.fields.iter_mut().zip(members).enumerate() {
            // A field that borrows is read by serde alone.
            let read =
                || (!borrows).then(|| reader(args, member, &private, named.map(|model| (model, index))));
            field.attrs.extend(attributes(args, member, args.reads().then(read)));
        }
    }
    input.attrs.push(parse_quote!(#[serde(crate = #serde, rename_all = #case)]));
    input.attrs.extend(bound);
}

/// The bounds of type parameters for reading. Serde cannot infer them through our functions.
fn bound(generics: &Generics, attrs: &[Attribute], serde: &str) -> Option<Attribute> {
    let borrows = generics.lifetimes().next().is_some();
    let bounds: Vec<String> = generics
        .type_params()
        .map(|param| format!("{}: {serde}::de::DeserializeOwned", param.ident))
        .collect();
    if bounds.is_empty() || borrows || keys(attrs).iter().any(|own| own == "bound") {
        return None;
    }
    let bounds = bounds.join(", ");
    Some(parse_quote!(#[serde(bound(deserialize = #bounds))]))
}

/// The path of the function that reads a field, as text for serde's `deserialize_with`.
fn reader(
    args: &ModelArgs,
    member: &Member,
    private: &TokenStream,
    named: Option<(&Ident, usize)>,
) -> String {
    let tolerant = quote!(#private::tolerant);
    let markers =
        Markers { tolerant: &tolerant, strict: args.strict(), asked: None, span: Span::call_site() };
    let marker = markers.of(&member.ty);
    let path = match named {
        Some((model, index)) => {
            let at = proc_macro2::Literal::usize_unsuffixed(index);
            quote!(#tolerant::field::<#model, #at, #marker, _, _>)
        }
        None => quote!(#tolerant::read::<#marker, _, _>),
    };
    // Without blanks, as a person would write it. No two words of the path are adjacent.
    path.to_string().replace(' ', "")
}

/// The serde attributes of one field; what the user wrote with `#[serde(...)]` stays as it is.
/// `read` is there if serde reads the field: by the function in it, if there is one.
fn attributes(args: &ModelArgs, member: &Member, read: Option<Option<String>>) -> Vec<Attribute> {
    let mut attributes: Vec<Attribute> = Vec::new();
    let wire = &member.wire;
    let plain = args.case().wire(&member.ident) == *wire;
    if !plain && !member.has(&["rename", "flatten"]) {
        attributes.push(parse_quote!(#[serde(rename = #wire)]));
    }
    if member.param.skip.is_some() && !member.has(&["skip"]) {
        attributes.push(parse_quote!(#[serde(skip)]));
        return attributes;
    }
    if member.has(&["skip", "flatten"]) {
        return attributes;
    }
    let optional = option(&member.ty).is_some();
    let custom = member.has(&["with", "deserialize_with"]);
    if let Some(read) = read {
        if (optional || member.param.default.is_some()) && !member.has(&["default"]) {
            attributes.push(parse_quote!(#[serde(default)]));
        }
        if let Some(read) = read.filter(|_| !custom) {
            // Errors about the field's type are shown at the type.
            let read = LitStr::new(&read, at(&member.ty));
            attributes.push(parse_quote!(#[serde(deserialize_with = #read)]));
        }
    }
    if args.writes() && optional && !member.has(&["skip_serializing_if", "skip_serializing"]) {
        attributes.push(parse_quote!(#[serde(skip_serializing_if = "::core::option::Option::is_none")]));
    }
    attributes
}

/// The keys of a field's own `#[serde(...)]`.
pub(super) fn keys(attrs: &[Attribute]) -> Vec<String> {
    let lists =
        attrs.iter().filter(|attr| attr.path().is_ident("serde")).filter_map(|attr| match &attr.meta {
            Meta::List(list) => Some(list.tokens.clone()),
            _ => None,
        });
    let parser = |input: ParseStream<'_>| {
        let mut keys = Vec::new();
        while !input.is_empty() {
            keys.push(input.call(Ident::parse_any)?.to_string());
            while !input.is_empty() && !input.peek(syn::Token![,]) {
                input.parse::<proc_macro2::TokenTree>()?;
            }
            input.parse::<Option<syn::Token![,]>>()?;
        }
        Ok(keys)
    };
    lists.flat_map(|tokens| parser.parse2(tokens).unwrap_or_default()).collect()
}
