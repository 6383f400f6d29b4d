//! `#[cloud_model]` on a struct: wire names in the provider's case, tolerant reading, masked `Debug`.
//!
//! A model is read in one of two ways. Normally `read.rs` writes its `Deserialize`. If the user speaks to
//! serde (a derive of `Serialize` or `Deserialize`, `#[serde(...)]`, `cfg_attr`), or if the model has
//! generics, serde's derive reads it, and each field gets a `deserialize_with` that reads tolerantly.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{Attribute, Data, DeriveInput, Fields, LitStr, Meta, parse_quote};

use super::{at, debug, enums, paginate, read, shape, tolerant};
use crate::args::model::ModelArgs;
use crate::args::param::{ParamArgs, ParamLocation};
use crate::errors::Errors;
use crate::item::{mentions, option};
use crate::{above, shell};

/// Expands `#[cloud_model(ARGS)]`. `above` are the derives that the item has already.
pub(crate) fn model(args: TokenStream, item: TokenStream, above: &[String]) -> TokenStream {
    let mut errors = Errors::default();
    let args = ModelArgs::parse(args, &mut errors);
    let mut input = match syn::parse2::<DeriveInput>(item.clone()) {
        Ok(input) => input,
        Err(_) => {
            errors.at(item.clone().into_iter().next(), "`cloud_model` needs a struct or an enum");
            let errors = errors.into_tokens();
            return quote!(#errors #item);
        }
    };
    let tokens = match &input.data {
        Data::Struct(data) if matches!(data.fields, Fields::Named(_) | Fields::Unit) => {
            structure(&args, &mut input, above, &mut errors)
        }
        Data::Struct(data) => {
            errors.at(&data.fields, "`cloud_model` needs named fields: the names are those on the wire");
            plain(&mut input)
        }
        Data::Enum(_) => enums::expand(&args, &mut input, above, &mut errors),
        Data::Union(data) => {
            errors.at(data.union_token, "`cloud_model` needs a struct or an enum, not a union");
            plain(&mut input)
        }
    };
    let errors = errors.into_tokens();
    quote!(#errors #tokens)
}

/// The item without our attributes, for an item that cannot be a model.
fn plain(input: &mut DeriveInput) -> TokenStream {
    let fields = match &mut input.data {
        Data::Struct(data) => data.fields.iter_mut().collect::<Vec<_>>(),
        Data::Union(data) => data.fields.named.iter_mut().collect(),
        Data::Enum(_) => Vec::new(),
    };
    for field in fields {
        field.attrs.retain(|attr| !attr.path().is_ident("param"));
    }
    input.to_token_stream()
}

/// Expands a struct with named fields.
fn structure(
    args: &ModelArgs,
    input: &mut DeriveInput,
    above: &[String],
    errors: &mut Errors,
) -> TokenStream {
    if !args.has_case() {
        let what = "`cloud_model` needs the provider, which decides the wire names: `#[cloud_model(provider = \"tencent\")]`";
        errors.at(&input.ident, what);
    }
    let runtime = args.runtime();
    let private = quote!(#runtime::__private);
    let derives = shell::derives(&input.attrs);
    let named = input.generics.params.is_empty();
    let (ident, generics) = (input.ident.clone(), input.generics.clone());
    let written = ["Debug", "Clone", "Serialize", "Deserialize"];
    above::refuse(above, &written, true, "cloud_model", &input.ident, errors);
    // A derive above was reported already: a second one would be reported again.
    let has =
        |name: &str| derives.iter().any(|derive| derive == name) || above.iter().any(|derive| derive == name);
    // Serde's derive is used for attributes of serde, and for generics.
    let by_serde =
        !args.reads() || !named || has("Serialize") || has("Deserialize") || speaks_to_serde(input);
    let derived = by_serde || args.writes();
    let mut names = Vec::new();
    let mut shown = Vec::new();
    let mut members = Vec::new();
    let mut paged = Vec::new();
    let mut forms = Vec::new();
    let mut written = Vec::new();
    let container = own_serde(&input.attrs);
    let defaults = container.iter().any(|key| key == "default");
    // An attribute of serde may declare other names than ours.
    let shaped = args.reads()
        && container.iter().all(|key| matches!(key.as_str(), "default" | "bound" | "deny_unknown_fields"));
    if let Data::Struct(data) = &mut input.data {
        for (index, field) in data.fields.iter_mut().enumerate() {
            let Some(name) = field.ident.clone() else { continue };
            let param = ParamArgs::parse(&field.attrs, errors);
            check(args, &param, by_serde, errors);
            field.attrs.retain(|attr| !attr.path().is_ident("param"));
            let wire = param.name.as_ref().map_or_else(|| args.case().wire(&name), LitStr::value);
            let wire = placed(&param, wire);
            let own = own_serde(&field.attrs);
            // An attribute of serde may change the name or the type of a member.
            let as_declared = own.iter().all(|key| key == "default" || key == "skip_serializing_if")
                && !field.attrs.iter().any(|attr| attr.path().is_ident("cfg_attr"));
            let optional = param.default.is_some() || defaults || own.iter().any(|key| key == "default");
            let cfg: Vec<_> =
                field.attrs.iter().filter(|attr| attr.path().is_ident("cfg")).cloned().collect();
            if derived {
                let read = reader(args, field, &private, named.then_some((&ident, index)), &generics);
                let read = Some(read).filter(|_| by_serde && args.reads());
                field.attrs.extend(attributes(args, &param, &own, field, &wire, read));
            }
            paged.push(paginate::Member {
                name: name.clone(),
                ty: field.ty.clone(),
                vis: field.vis.clone(),
                cfg: cfg.clone(),
            });
            let is_sent = as_declared && param.skip.is_none() && param.serde.is_none();
            if is_sent && !own.iter().any(|key| key == "skip_serializing") {
                written.push((name.clone(), field.ty.clone(), cfg.clone()));
            }
            if as_declared && param.skip.is_none() {
                forms.push((wire.clone(), field.ty.clone(), cfg.clone(), optional, param.serde.is_some()));
            }
            if !by_serde {
                members.push(read::Member {
                    ident: name.clone(),
                    ty: field.ty.clone(),
                    wire: wire.clone(),
                    cfg: cfg.clone(),
                    default: param.default.as_ref().map(|_| param.default_value.clone()),
                    skip: param.skip.is_some(),
                });
            }
            shown.push((name, field.ty.clone(), cfg, debug::Secrecy::of(&param), wire.clone()));
            names.push(wire);
        }
    }
    // The generated one masks secrets.
    shell::without_debug(&mut input.attrs);
    let mut ours = Vec::new();
    if !has("Clone") {
        ours.push(quote!(::core::clone::Clone));
    }
    if args.writes() && !has("Serialize") {
        ours.push(quote!(#private::serde::Serialize));
    }
    if by_serde && args.reads() && !has("Deserialize") {
        ours.push(quote!(#private::serde::Deserialize));
    }
    let serde = quote!(#private::serde).to_string().replace(' ', "");
    let bound = args.reads().then(|| bound(&generics, &input.attrs, &serde)).flatten();
    let case = args.case().name();
    let fields = shown.iter().map(|(ident, ty, cfg, secrecy, wire)| debug::Shown {
        ident,
        ty,
        cfg: cfg.iter().collect(),
        secrecy: *secrecy,
        wire,
    });
    let is_shown = above.iter().any(|derive| derive == "Debug");
    let masked = (!is_shown).then(|| debug::expand(&ident, &generics, fields, &private));
    let reads = match by_serde {
        false => read::expand(&ident, &members, args.strict(), &private),
        true if named && args.reads() => quote! {
            #[automatically_derived]
            impl #private::tolerant::Named for #ident {
                const NAMES: &'static [&'static str] = &[#(#names),*];
            }
        },
        true => TokenStream::new(),
    };
    let forms: Vec<_> = forms
        .iter()
        .map(|(wire, ty, cfg, default, by_serde)| shape::Member {
            wire,
            ty,
            cfg,
            default: *default,
            by_serde: *by_serde,
        })
        .collect();
    let shape = shaped.then(|| shape::structure(&ident, &generics, &forms, args.strict(), &private));
    let wire_value = args.writes().then(|| wire_value(args, &ident, &generics, &written, &private));
    let container = derived.then(|| quote!(#[serde(crate = #serde, rename_all = #case)]));
    let paged =
        args.reads().then(|| paginate::members(&ident, &input.generics, &input.vis, &paged, &private));
    quote! {
        #[derive(#(#ours),*)]
        #container
        #bound
        #input
        #masked
        #reads
        #shape
        #wire_value
        #paged
    }
}

/// `impl WireValue`. The members of a model that is only written must be models, too. For a model that is
/// read, its shape demands this already.
fn wire_value(
    args: &ModelArgs,
    ident: &Ident,
    generics: &syn::Generics,
    written: &[(Ident, syn::Type, Vec<Attribute>)],
    private: &TokenStream,
) -> TokenStream {
    let (impl_generics, ty_generics, bounds) = generics.split_for_impl();
    let params: Vec<&Ident> = generics.type_params().map(|param| &param.ident).collect();
    let members = written
        .iter()
        .filter(|(_, ty, _)| {
            !args.reads() && !shape::is_plain(ty) && !mentions(ty.to_token_stream(), &params)
        })
        .map(|(name, ty, cfg)| {
            let member = quote_spanned!(at(ty)=> &self.#name);
            quote!(#(#cfg)* #member)
        })
        .collect::<Vec<_>>();
    let members = (!members.is_empty()).then(|| {
        quote! {
            fn members(&self) {
                #private::members(&[#(#members),*]);
            }
        }
    });
    quote! {
        #[automatically_derived]
        #[allow(deprecated)]
        impl #impl_generics #private::WireValue for #ident #ty_generics #bounds {
            #members
        }
    }
}

/// Whether there are attributes that only serde's derive understands, or that may be such: `cfg_attr` is
/// not resolved yet.
fn speaks_to_serde(input: &DeriveInput) -> bool {
    let fields = match &input.data {
        Data::Struct(data) => data.fields.iter().flat_map(|field| &field.attrs).collect(),
        _ => Vec::new(),
    };
    let mut attrs = input.attrs.iter().chain(fields);
    attrs.any(|attr| attr.path().is_ident("serde") || attr.path().is_ident("cfg_attr"))
}

/// The bounds of type parameters for reading. Serde cannot infer them through our functions.
fn bound(generics: &syn::Generics, attrs: &[Attribute], serde: &str) -> Option<Attribute> {
    let borrows = generics.lifetimes().next().is_some();
    let bounds: Vec<String> = generics
        .type_params()
        .map(|param| format!("{}: {serde}::de::DeserializeOwned", param.ident))
        .collect();
    if bounds.is_empty() || borrows || own_serde(attrs).iter().any(|own| own == "bound") {
        return None;
    }
    let bounds = bounds.join(", ");
    Some(parse_quote!(#[serde(bound(deserialize = #bounds))]))
}

/// The name under which the runtime offers a value that is not a member of the document: a header, or the
/// whole body.
fn placed(param: &ParamArgs, wire: String) -> String {
    match param.place_kind() {
        Some(ParamLocation::Header) => format!("header:{wire}"),
        Some(ParamLocation::Whole) => "body:whole".to_owned(),
        _ => wire,
    }
}

/// Reports keys of `#[param]` that have no meaning in a model. All members are in one document; only a
/// response also has headers.
fn check(args: &ModelArgs, param: &ParamArgs, by_serde: bool, errors: &mut Errors) {
    if let Some((place, key)) = &param.place {
        let of_response = matches!(place, ParamLocation::Header | ParamLocation::Whole);
        if !of_response {
            let what = format!(
                "a model's fields are members of a document: `{}` belongs to an action",
                place.word()
            );
            errors.at(key, what);
        } else if args.writes() {
            let what = format!(
                "`{}` in a model is part of a response: make it `#[cloud_model(..., response)]`",
                place.word()
            );
            errors.at(key, what);
        }
    }
    if let (Some(default), Some(_), true) = (&param.default, &param.default_value, by_serde || !args.reads())
    {
        let what = match args.reads() {
            true => {
                "serde reads this model, for its generics or its own attributes: name a function, `#[serde(default = \"...\")]`"
            }
            false => {
                "`default = ...` is what is read where the member is missing; a model of requests is only written"
            }
        };
        errors.at(default, what);
    }
    if let Some((_, list)) = &param.list {
        errors.at(list, "`list` belongs to a parameter of an action");
    }
    if let Some(name) = param.name.as_ref().filter(|name| name.value().is_empty()) {
        errors.at(name, "the wire name is empty");
    }
}

/// The path of the function that reads a field, as text for serde's `deserialize_with`.
fn reader(
    args: &ModelArgs,
    field: &syn::Field,
    private: &TokenStream,
    named: Option<(&Ident, usize)>,
    generics: &syn::Generics,
) -> Option<String> {
    // A field that borrows is read by serde alone.
    if generics.lifetimes().next().is_some() {
        return None;
    }
    let tolerant = quote!(#private::tolerant);
    let marker = tolerant::marker(&field.ty, &tolerant, args.strict());
    let path = match named {
        Some((model, index)) => {
            let at = proc_macro2::Literal::usize_unsuffixed(index);
            quote!(#tolerant::field::<#model, #at, #marker, _, _>)
        }
        None => quote!(#tolerant::read::<#marker, _, _>),
    };
    // Without blanks, as a person would write it. No two words of the path are adjacent.
    Some(path.to_string().replace(' ', ""))
}

/// The serde attributes of one field. Those of the user have precedence.
///
/// `read` is set if serde reads the field. It contains the function that reads it, if there is one.
fn attributes(
    args: &ModelArgs,
    param: &ParamArgs,
    own: &[String],
    field: &syn::Field,
    wire: &str,
    read: Option<Option<String>>,
) -> Vec<Attribute> {
    let has = |names: &[&str]| own.iter().any(|own| names.contains(&own.as_str()));
    let mut attributes: Vec<Attribute> = Vec::new();
    let plain = field.ident.as_ref().is_some_and(|ident| args.case().wire(ident) == wire);
    if !plain && !has(&["rename", "flatten"]) {
        attributes.push(parse_quote!(#[serde(rename = #wire)]));
    }
    if param.skip.is_some() && !has(&["skip"]) {
        attributes.push(parse_quote!(#[serde(skip)]));
        return attributes;
    }
    if has(&["skip", "flatten"]) {
        return attributes;
    }
    let optional = option(&field.ty).is_some();
    let custom = has(&["with", "deserialize_with"]);
    if let Some(read) = read {
        if (optional || param.default.is_some()) && !has(&["default"]) {
            attributes.push(parse_quote!(#[serde(default)]));
        }
        if let Some(read) = read.filter(|_| !custom) {
            // Errors about the field's type are shown at the type.
            let read = LitStr::new(&read, at(&field.ty));
            attributes.push(parse_quote!(#[serde(deserialize_with = #read)]));
        }
    }
    if args.writes() && optional && !has(&["skip_serializing_if", "skip_serializing"]) {
        attributes.push(parse_quote!(#[serde(skip_serializing_if = "::core::option::Option::is_none")]));
    }
    attributes
}

/// The keys of a field's own `#[serde(...)]`.
fn own_serde(attrs: &[Attribute]) -> Vec<String> {
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
