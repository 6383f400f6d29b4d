//! `impl Action`: the facts about the action, and the table of its fields.
//!
//! The table is one array, from which the runtime builds both the request and the output of `Debug`.
//! Generated code has no loop and no `Serialize` of its own.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};
use syn::LitStr;
use syn::ext::IdentExt;

use super::{Context, at, shape};
use crate::args::action::ActionArgs;
use crate::args::param::ParamLocation;
use crate::item::{Field, mentions, name, option};

pub(crate) fn expand(context: &Context<'_>) -> TokenStream {
    let Some(provider) = &context.provider else { return TokenStream::new() };
    let (private, output, parts) = (&context.private, &context.output, context.parts());
    let (declared, bounds, sendable) = (&parts.declared, &parts.bounds, &parts.sendable);
    let action = context.action_type();
    let (info, stream) = (info(context), stream(context));
    let (shown, title) = (&parts.shown, context.item.ident.unraw().to_string());
    let debug = (!context.shown).then(|| {
        quote! {
            #[automatically_derived]
            impl<#declared> ::core::fmt::Debug for #action where #bounds #shown {
                fn fmt(&self, f: &mut #private::Formatter<'_>) -> #private::Shown {
                    #private::show(f, #title, &self.__fields())
                }
            }
        }
    });
    quote! {
        #debug

        #[automatically_derived]
        impl<#declared> #private::Action for #action where #bounds #sendable {
            type Provider = #provider;
            type Output = #output;
            const INFO: &'static #private::Info = &#info;

            fn fields(&self, fields: &mut #private::Fields) -> #private::Result<()> {
                #private::put(fields, &self.__fields())
            }
        }

        #stream
    }
}

/// `impl StreamAction`, for an action that can respond with events. If it has a flag `Stream`, a streamed
/// call sets it.
fn stream(context: &Context<'_>) -> Option<TokenStream> {
    context.args.stream.as_ref()?;
    let (private, parts, action) = (&context.private, context.parts(), context.action_type());
    let (declared, bounds, sendable) = (&parts.declared, &parts.bounds, &parts.sendable);
    let switch = context.item.fields.iter().find(|field| {
        let is_bool = option(&field.ty).and_then(name).is_some_and(|name| name == "bool");
        is_bool && field.wire.eq_ignore_ascii_case("stream")
    });
    let ask = switch.map(|field| {
        let ident = &field.ident;
        quote! {
            fn ask_for_stream(&mut self) {
                self.#ident.get_or_insert(true);
            }
        }
    });
    Some(quote! {
        #[automatically_derived]
        impl<#declared> #private::StreamAction for #action where #bounds #sendable {
            #ask
        }
    })
}

/// The constant `ActionInfo`, one builder method for each argument that was given.
fn info(context: &Context<'_>) -> TokenStream {
    let (args, private) = (context.args, &context.private);
    let text = |literal: &Option<LitStr>| literal.as_ref().map(LitStr::value).unwrap_or_default();
    let product = text(&args.product);
    let version = text(&args.version);
    let name = match &args.action {
        Some(name) => name.value(),
        None => context.item.ident.unraw().to_string(),
    };
    let mut info = quote!(#private::info(#product, #version, #name));
    if let Some(method) = args.method() {
        let method = quote::format_ident!("{method}");
        info.extend(quote!(.with_method(#private::Method::#method)));
    }
    if let Some(path) = &args.path {
        let path = path.value();
        info.extend(quote!(.with_path(#path)));
    }
    if let Some(style) = &args.style {
        let style = if style.value() == "rpc" { quote!(Rpc) } else { quote!(Roa) };
        info.extend(quote!(.with_style(#private::CallStyle::#style)));
    }
    if let Some(content) = content(args) {
        info.extend(quote!(.with_body_format(#private::BodyFormat::#content)));
    }
    match (&args.readonly, &args.idempotent, &args.idempotency_token) {
        (Some((_, true)), ..) => info.extend(quote!(.readonly())),
        (_, Some(_), _) => info.extend(quote!(.idempotent())),
        (Some((_, false)), None, None) => {
            info.extend(quote!(.with_idempotency(#private::Idempotency::Unsafe)))
        }
        // A token already means that the call may be repeated.
        _ => {}
    }
    if let Some(token) = &args.idempotency_token
        && let Some(field) = context.item.fields.iter().find(|field| field.ident.unraw() == token.unraw())
    {
        let (place, wire) = (place(field), &field.wire);
        info.extend(quote!(.with_idempotency_token(#private::ParamLocation::#place, #wire)));
    }
    if let Some(host) = &args.host {
        let host = host.value();
        info.extend(quote!(.with_host(#host)));
    }
    if let Some(hosts) = &args.hosts {
        info.extend(quote!(.with_endpoint_table(#hosts)));
    }
    if let Some(ty) = args.response.as_ref().filter(|_| !args.by_serde)
        && shape::is_shaped(ty, &context.item.generics)
    {
        info.extend(quote_spanned!(at(ty)=> .with_shape(#private::Shape::of::<#ty>())));
    }
    if let Some(retry) = &args.retry {
        let attempts = retry.max_attempts.map(|attempts| quote!(.max_attempts(#attempts)));
        let delay = |name: TokenStream, millis: Option<u64>| {
            millis.map(|millis| quote!(.#name(#private::Duration::from_millis(#millis))))
        };
        let (base, max) =
            (delay(quote!(base_delay), retry.base_delay), delay(quote!(max_delay), retry.max_delay));
        info.extend(quote!(.with_retry(#private::RetryDefaults::new() #attempts #base #max)));
    }
    if !args.headers.is_empty() {
        let headers = args.headers.iter().map(|(name, value)| quote!((#name, #value)));
        info.extend(quote!(.with_headers(&[#(#headers),*])));
    }
    if args.anonymous.is_some() {
        info.extend(quote!(.anonymous()));
    }
    if args.regionless.is_some() {
        info.extend(quote!(.regionless()));
    }
    info
}

/// The variant of `BodyFormat`.
fn content(args: &ActionArgs) -> Option<TokenStream> {
    Some(match args.content.as_ref()?.value().as_str() {
        "json" => quote!(Json),
        "form" => quote!(Form),
        "multipart" => quote!(Multipart),
        "xml" => quote!(Xml),
        _ => quote!(OctetStream),
    })
}

/// The variant of `ParamLocation`; `Auto` if the field has no place.
fn place(field: &Field) -> TokenStream {
    field.param.place_kind().map_or_else(|| quote!(Auto), ParamLocation::variant)
}

/// The method with the table of fields. If the action has type parameters, it is in a block of its own,
/// because it needs more bounds than the other methods.
pub(crate) enum Table {
    /// Part of the block of the other methods.
    Method(TokenStream),
    /// A block of its own.
    Block(TokenStream),
}

/// The table of the fields, for requests and `Debug`.
pub(crate) fn table(context: &Context<'_>) -> Table {
    let (private, ident, parts) = (&context.private, &context.item.ident, context.parts());
    let (declared, used, bounds, shown) = (&parts.declared, &parts.used, &parts.bounds, &parts.shown);
    let fields = context.item.fields.iter().map(|field| entry(context, field));
    let count = proc_macro2::Literal::usize_unsuffixed(context.item.fields.len());
    let table = quote! {
        fn __fields(&self) -> [#private::TableField<'_>; #count] {
            [#(#fields),*]
        }
    };
    match shown.is_empty() {
        true => Table::Method(table),
        false => Table::Block(quote!(impl<#declared> #ident<#used> where #bounds #shown { #table })),
    }
}

/// A field in the table: its name, wire name, place and value.
fn entry(context: &Context<'_>, field: &Field) -> TokenStream {
    let (private, ident, wire) = (&context.private, &field.ident, &field.wire);
    let name = ident.unraw().to_string();
    // With this span, a type that cannot be sent is underlined in the user's struct.
    let value = quote_spanned!(at(&field.ty)=> &self.#ident);
    let kind = match &field.param.skip {
        Some(_) => quote!(skipped),
        None if field.is_file(context.args) => quote!(file),
        None if field.param.serde.is_some() || has_params(context, field) => quote!(by_serde),
        None => quote!(field),
    };
    let mut entry = quote!(#private::#kind(#name, #wire, #value));
    if field.param.place.is_some() {
        let place = place(field);
        entry.extend(quote!(.place(#private::ParamLocation::#place)));
    }
    if let Some((list, _)) = &field.param.list {
        let list = quote::format_ident!("{list}");
        entry.extend(quote!(.list(#private::ListStyle::#list)));
    }
    if field.param.secret.is_some() {
        entry.extend(quote!(.secret()));
    } else if field.param.open.is_some() {
        entry.extend(quote!(.open()));
    }
    entry
}

/// Whether the type mentions type parameters of the action. Whether such a type is a model is not known
/// here.
fn has_params(context: &Context<'_>, field: &Field) -> bool {
    let params: Vec<_> = context.item.generics.type_params().map(|param| &param.ident).collect();
    mentions(field.ty.to_token_stream(), &params)
}
