//! `#[cloud_model]` and `#[derive(CloudModel)]`: wire names in the provider's case, tolerant
//! reading, masked `Debug`.
//!
//! Normally `read.rs` and `write.rs` implement serde's traits. If the user speaks to serde (a derive of
//! `Serialize` or `Deserialize`, `#[serde(...)]`, `cfg_attr`), or if a model that is read borrows, serde's
//! derive does it, and `serde.rs` tells it the wire names and the functions that read tolerantly.

use proc_macro2::{Ident, Punct, Spacing, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::{Attribute, Data, DeriveInput, Fields, Generics, LitStr, Type};

use super::generics::Parts;
use super::member::Member;
use super::{at, construct, debug, enums, paginate, read, serde, shape, write};
use crate::args::model::{Form, ModelArgs};
use crate::args::param::{ParamArgs, ParamLocation};
use crate::errors::Errors;
use crate::item::{self, mentions, option};
use crate::{above, derives};

/// Expands `#[cloud_model(ARGS)]`. `above` are the derives that the item has already.
pub(crate) fn attribute(args: TokenStream, item: TokenStream, above: &[String]) -> TokenStream {
    let mut errors = Errors::default();
    let args = ModelArgs::parse(Form::Attribute, args, &mut errors);
    let mut input = match syn::parse2::<DeriveInput>(item.clone()) {
        Ok(input) => input,
        Err(_) => {
            errors.at(item.clone().into_iter().next(), "`cloud_model` needs a struct or an enum");
            let errors = errors.into_tokens();
            return quote!(#errors #item);
        }
    };
    let tokens = model(&args, &mut input, above, &mut errors).unwrap_or_else(|| plain(&mut input));
    let errors = errors.into_tokens();
    quote!(#errors #tokens)
}

/// Expands `#[derive(CloudModel)]`, whose arguments are in `#[cloud(...)]`.
pub(crate) fn derive(item: TokenStream, beside: &[String]) -> TokenStream {
    let mut errors = Errors::default();
    let tokens = syn::parse2::<DeriveInput>(item).map(|mut input| {
        let args = ModelArgs::parse(Form::Derive, arguments(&input.attrs, &mut errors), &mut errors);
        model(&args, &mut input, beside, &mut errors)
    });
    let tokens = tokens.unwrap_or_else(|error| Some(error.into_compile_error()));
    let errors = errors.into_tokens();
    quote!(#errors #tokens)
}

/// What stands in the `#[cloud(...)]` of an item.
fn arguments(attrs: &[Attribute], errors: &mut Errors) -> TokenStream {
    let mut arguments: Vec<TokenTree> = Vec::new();
    for attr in attrs.iter().filter(|attr| attr.path().is_ident(Form::Derive.key())) {
        match attr.meta.require_list() {
            Ok(list) => {
                let ends =
                    |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ',');
                if arguments.last().is_some_and(|last| !ends(last)) {
                    arguments.push(Punct::new(',', Spacing::Alone).into());
                }
                arguments.extend(list.tokens.clone());
            }
            Err(_) => errors.at(attr, "write `#[cloud(...)]`, such as `#[cloud(provider = \"tencent\")]`"),
        }
    }
    arguments.into_iter().collect()
}

/// The model; nothing if the item cannot be one.
fn model(
    args: &ModelArgs,
    input: &mut DeriveInput,
    above: &[String],
    errors: &mut Errors,
) -> Option<TokenStream> {
    let name = args.form.name();
    match &input.data {
        Data::Struct(data) if matches!(data.fields, Fields::Named(_) | Fields::Unit) => {
            return Some(structure(args, input, above, errors));
        }
        Data::Enum(_) => return Some(enums::expand(args, input, above, errors)),
        Data::Struct(data) => {
            errors.at(&data.fields, format!("`{name}` needs named fields: the names are those on the wire"));
        }
        Data::Union(data) => {
            errors.at(data.union_token, format!("`{name}` needs a struct or an enum, not a union"));
        }
    }
    None
}

/// The item without our attributes, for an item that cannot be a model.
fn plain(input: &mut DeriveInput) -> TokenStream {
    let fields = match &mut input.data {
        Data::Struct(data) => data.fields.iter_mut().collect::<Vec<_>>(),
        Data::Union(data) => data.fields.named.iter_mut().collect(),
        Data::Enum(_) => Vec::new(),
    };
    for field in fields {
        field.attrs.retain(|attr| !attr.path().is_ident(Form::Attribute.key()));
    }
    input.to_token_stream()
}

/// A struct with named fields. `above` are the derives that the item has already.
fn structure(
    args: &ModelArgs,
    input: &mut DeriveInput,
    above: &[String],
    errors: &mut Errors,
) -> TokenStream {
    if !args.has_case() {
        let what = format!(
            "`{}` needs the provider, which decides the wire names: `{}`",
            args.form.name(),
            args.form.example("provider = \"tencent\"")
        );
        errors.at(&input.ident, what);
    }
    above::refuse(above, args.form.written(), true, args.form.name(), &input.ident, errors);
    let derives = derives::names(&input.attrs);
    // A derive above was reported already: a second one would be reported again.
    let has = |name: &str| derives.iter().any(|own| own == name) || above.iter().any(|own| own == name);
    let (ident, generics) = (input.ident.clone(), input.generics.clone());
    let borrows = args.reads() && generics.lifetimes().next().is_some();
    // Serde's derive is used for attributes of serde, and for members that borrow.
    let by_serde = args.form.is_attribute()
        && (borrows || has("Serialize") || has("Deserialize") || serde::is_spoken_to(input));
    if borrows && !by_serde {
        errors.at(&generics, "what is read from a response owns its texts: use `String`, or add `request` to a model that is only written");
        return TokenStream::new();
    }
    let members = members(args, input, by_serde, errors);
    let private = quote!(_rt);
    // The first errors about a member that is no model are those of the shape and of `WireValue`, which name the
    // remedy. Those about the traits of other crates follow.
    let mut parts = Vec::new();
    if args.reads() {
        if let Some(forms) = forms(&input.attrs, &members) {
            parts.push(shape::structure(
                &ident,
                &generics,
                &forms,
                (args.strict(), args.is_only_sent()),
                &private,
            ));
        }
        parts.push(match by_serde {
            true => named(&ident, &generics, &members, &private),
            false => read::expand(&ident, &generics, &members, args.strict(), &private),
        });
    }
    if args.writes() {
        // What writes members itself checks them itself, and of a model that is read, the shape does.
        let is_checked = |member: &&Member| {
            by_serde
                && !args.reads()
                && !member.altered
                && member.param.skip.is_none()
                && member.param.serde.is_none()
        };
        parts.push(wire_value(&ident, &generics, members.iter().filter(is_checked), &private));
        if !by_serde {
            parts.push(write::expand(&ident, &generics, &members, !args.reads(), &private));
        }
    }
    if args.reads() {
        parts.push(paginate::members(&ident, &generics, &input.vis, &members, &private));
    }
    if args.is_sent() && args.has_setters() {
        parts.push(construct::expand(&ident, &generics, &input.vis, &members, &private));
    }
    if !above.iter().any(|own| own == "Debug") {
        parts.push(debug::expand(&ident, &generics, &members, &private));
    }
    let runtime = args.runtime();
    let implementations = quote! {
        #[allow(deprecated, clippy::all)]
        const _: () = {
            use #runtime::__private as _rt;
            #(#parts)*
        };
    };
    if !args.form.is_attribute() {
        return implementations;
    }
    if by_serde {
        serde::speak_to(args, input, &members);
    }
    // The generated one masks secrets.
    derives::without_debug(&mut input.attrs);
    let clone = (!has("Clone")).then(|| quote!(::core::clone::Clone,));
    let path = quote!(#runtime::__private::serde);
    let serialize = (by_serde && args.writes() && !has("Serialize")).then(|| quote!(#path::Serialize,));
    let deserialize = (by_serde && args.reads() && !has("Deserialize")).then(|| quote!(#path::Deserialize,));
    quote! {
        #implementations
        #[derive(#clone #serialize #deserialize)]
        #input
    }
}

/// Reads the fields, and takes our attributes off them.
fn members(args: &ModelArgs, input: &mut DeriveInput, by_serde: bool, errors: &mut Errors) -> Vec<Member> {
    let Data::Struct(data) = &mut input.data else { return Vec::new() };
    let mut members = Vec::new();
    for field in &mut data.fields {
        let Some(ident) = field.ident.clone() else { continue };
        let param = ParamArgs::parse(&field.attrs, args.form.key(), errors);
        check(args, &field.ty, &param, by_serde, errors);
        field.attrs.retain(|attr| !attr.path().is_ident(args.form.key()));
        let wire = param.name.as_ref().map_or_else(|| args.case().wire(&ident), LitStr::value);
        let own = serde::keys(&field.attrs);
        let altered = own.iter().any(|key| key != "default" && key != "skip_serializing_if")
            || field.attrs.iter().any(|attr| attr.path().is_ident("cfg_attr"));
        members.push(Member {
            ident,
            ty: field.ty.clone(),
            vis: field.vis.clone(),
            cfg: field.attrs.iter().filter(|attr| attr.path().is_ident("cfg")).cloned().collect(),
            docs: item::docs(&field.attrs),
            wire: placed(&param, wire),
            param,
            own,
            altered,
        });
    }
    members
}

/// `impl WireValue`. `checked` members must be models, too.
fn wire_value<'a>(
    ident: &Ident,
    generics: &Generics,
    checked: impl Iterator<Item = &'a Member>,
    private: &TokenStream,
) -> TokenStream {
    let Parts { declared, used, bounds, .. } = Parts::new(generics, private);
    let params: Vec<&Ident> = generics.type_params().map(|param| &param.ident).collect();
    // Which bounds serde's derive writes for parameters is known to it alone.
    let written = (!params.is_empty()).then(|| quote!(Self: #private::serde::Serialize,));
    let checked: Vec<_> = checked
        .filter(|Member { ty, .. }| !shape::is_plain(ty) && !mentions(ty.to_token_stream(), &params))
        .map(|Member { ident, ty, cfg, .. }| {
            let member = quote_spanned!(at(ty)=> &self.#ident);
            quote!(#(#cfg)* #member)
        })
        .collect();
    let members = (!checked.is_empty()).then(|| {
        quote! {
            fn members(&self) {
                #private::members(&[#(#checked),*]);
            }
        }
    });
    quote! {
        #[automatically_derived]
        impl<#declared> #private::WireValue for #ident<#used> where #bounds #written {
            #members
        }
    }
}

/// The names of the fields that serde reads, for messages.
fn named(ident: &Ident, generics: &Generics, members: &[Member], private: &TokenStream) -> TokenStream {
    if !generics.params.is_empty() {
        return TokenStream::new();
    }
    let names = members.iter().map(|member| &member.wire);
    quote! {
        #[automatically_derived]
        impl #private::tolerant::Named for #ident {
            const NAMES: &'static [&'static str] = &[#(#names),*];
        }
    }
}

/// The members of the shape. `None` if an attribute of serde may declare other names than ours.
fn forms<'a>(attrs: &[Attribute], members: &'a [Member]) -> Option<Vec<shape::Member<'a>>> {
    let container = serde::keys(attrs);
    if !container.iter().all(|key| matches!(key.as_str(), "default" | "bound" | "deny_unknown_fields")) {
        return None;
    }
    let defaults = container.iter().any(|key| key == "default");
    let known = members.iter().filter(|member| !member.altered && member.param.skip.is_none());
    let known = known.map(Member::form);
    Some(known.map(|form| shape::Member { default: form.default || defaults, ..form }).collect())
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

/// Reports keys of a field that have no meaning in a model. All members are in one document; only a
/// response also has headers.
fn check(args: &ModelArgs, ty: &Type, param: &ParamArgs, by_serde: bool, errors: &mut Errors) {
    if let Some((place, key)) = &param.place {
        let in_response = matches!(place, ParamLocation::Header | ParamLocation::Whole);
        if !in_response {
            let what = format!(
                "a model's fields are members of a document: `{}` belongs to an action",
                place.word()
            );
            errors.at(key, what);
        } else if args.is_sent() {
            let what = format!(
                "`{}` in a model is part of a response: make it `{}`",
                place.word(),
                args.form.example("..., response")
            );
            errors.at(key, what);
        }
    }
    if let (Some(default), Some(_), true) = (&param.default, &param.default_value, by_serde || !args.reads())
    {
        let what = match args.reads() {
            true => {
                "serde reads this model, for its lifetimes or its own attributes: name a function, `#[serde(default = \"...\")]`"
            }
            false => {
                "`default = ...` is what is read where the member is missing; a model of requests is only written"
            }
        };
        errors.at(default, what);
    }
    if let Some(required) = &param.required {
        let what = match (option(ty).is_some(), args.is_sent()) {
            (true, true) if param.default.is_none() && param.skip.is_none() => None,
            (true, true) => Some("a required member has no default and is not skipped"),
            (false, _) => Some("a member whose type is not `Option` is required anyway; drop `required`"),
            (true, false) => Some("`required` is about the constructor: a model of responses has none"),
        };
        if let Some(what) = what {
            errors.at(required, what);
        }
    }
    if let Some((_, list)) = &param.list {
        errors.at(list, "`list` belongs to a parameter of an action");
    }
    if let Some(name) = param.name.as_ref().filter(|name| name.value().is_empty()) {
        errors.at(name, "the wire name is empty");
    }
}
