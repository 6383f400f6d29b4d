//! `impl Action`: the facts about the action, and its parameters by wire name.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::LitStr;
use syn::ext::IdentExt;

use super::{Context, at, shape};
use crate::args::action::ActionArgs;
use crate::args::param::ParamLocation;
use crate::item::{Field, generic, name, option};

pub(crate) fn expand(context: &Context<'_>) -> TokenStream {
    let Some(provider) = &context.provider else { return TokenStream::new() };
    let (private, output, parts) = (&context.private, &context.output, context.parts());
    let (declared, bounds, sendable) = (&parts.declared, &parts.bounds, &parts.sendable);
    let action = context.action_type();
    let (info, stream) = (info(context), stream(context));
    let puts = context.item.fields.iter().filter(|field| field.param.skip.is_none()).map(|f| put(context, f));
    quote! {
        #[automatically_derived]
        impl<#declared> #private::Action for #action where #bounds #sendable {
            type Provider = #provider;
            type Output = #output;
            const INFO: &'static #private::ActionInfo = &#info;

            fn fields(
                &self,
                fields: &mut #private::Fields,
            ) -> ::core::result::Result<(), #private::Error> {
                #(#puts)*
                ::core::result::Result::Ok(())
            }
        }

        #stream
    }
}

/// `impl StreamAction`, where events are an answer. A service that wants to be asked for them has a parameter `Stream`.
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

fn info(context: &Context<'_>) -> TokenStream {
    let (args, private) = (context.args, &context.private);
    let text = |literal: &Option<LitStr>| literal.as_ref().map(LitStr::value).unwrap_or_default();
    let product = text(&args.product);
    let version = text(&args.version);
    let name = match &args.action {
        Some(name) => name.value(),
        None => context.item.ident.unraw().to_string(),
    };
    let mut info = quote!(#private::ActionInfo::new(#product, #version, #name));
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
        // A token says by itself that the call may be repeated.
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
    let tolerant = quote!(#private::tolerant);
    if let Some(ty) = &args.response
        && let Some(form) = shape::constant(ty, &context.item.generics, &tolerant)
    {
        info.extend(quote!(.with_shape(#tolerant::Shape::new(#form))));
    }
    if args.anonymous.is_some() {
        info.extend(quote!(.anonymous()));
    }
    if args.regionless.is_some() {
        info.extend(quote!(.regionless()));
    }
    info
}

fn content(args: &ActionArgs) -> Option<TokenStream> {
    Some(match args.content.as_ref()?.value().as_str() {
        "json" => quote!(Json),
        "form" => quote!(Form),
        "multipart" => quote!(Multipart),
        "xml" => quote!(Xml),
        _ => quote!(OctetStream),
    })
}

fn place(field: &Field) -> TokenStream {
    field.param.place_kind().map_or_else(|| quote!(Auto), ParamLocation::variant)
}

/// One line of `fields`: the parameter is a constant, so nothing is allocated for its name.
fn put(context: &Context<'_>, field: &Field) -> TokenStream {
    let (private, ident, wire) = (&context.private, &field.ident, &field.wire);
    let mut param = quote!(#private::Param::new(#wire));
    if field.param.place.is_some() {
        let place = place(field);
        param.extend(quote!(.place(#private::ParamLocation::#place)));
    }
    if let Some((list, _)) = &field.param.list {
        let list = quote::format_ident!("{list}");
        param.extend(quote!(.list(#private::ListStyle::#list)));
    }
    if field.param.secret.is_some() {
        param.extend(quote!(.secret()));
    }
    let param = quote!(const { &#param });
    // The span lets a type that cannot be sent be underlined in the user's struct.
    let value = quote_spanned!(at(&field.ty)=> &self.#ident);
    if !is_file(context.args, field) {
        return quote!(fields.put(#param, #value)?;);
    }
    if option(&field.ty).is_some() {
        quote! {
            if let ::core::option::Option::Some(file) = #value {
                fields.put_file(#param, file);
            }
        }
    } else if generic(&field.ty, "Vec").is_some() {
        quote!(for file in #value { fields.put_file(#param, file); })
    } else {
        quote!(fields.put_file(#param, #value);)
    }
}

/// Files, and a whole body of bytes, are not JSON values.
fn is_file(args: &ActionArgs, field: &Field) -> bool {
    let octets = args.content.as_ref().is_some_and(|content| content.value() == "octet-stream");
    match field.param.place_kind() {
        Some(ParamLocation::File) => true,
        Some(ParamLocation::Whole) => octets,
        _ => false,
    }
}
