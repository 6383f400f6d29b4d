//! The call methods of a bound builder, and the extension trait that gives the client its method.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};
use syn::ext::IdentExt;

use super::generics::{ready, unset};
use super::{Context, paginate};
use crate::args::action::ClientMethod;
use crate::case;

/// Methods that every client has. A client method of such a name gets the suffix `_`.
const TAKEN: [&str; 12] = [
    "invoker",
    "raw",
    "raw_action",
    "breaker_states",
    "region",
    "as_async",
    "run",
    "iter",
    "clone",
    "into",
    "try_into",
    "to_owned",
];

/// The extension trait of the client. Nothing for `method = false`.
pub(crate) fn declare(context: &Context<'_>) -> TokenStream {
    let (Some(cloud), Some((_, method))) = (&context.cloud, method(context)) else {
        return TokenStream::new();
    };
    extension(context, cloud, &method)
}

/// Implements the extension trait for every caller of the provider.
pub(crate) fn expand(context: &Context<'_>) -> TokenStream {
    let Some((provider, _)) = method(context) else { return TokenStream::new() };
    let (private, name) = (&context.private, trait_name(context));
    quote! {
        impl<__Client: #private::Caller<#provider>> #name for __Client {}
    }
}

/// The provider, and the name of the client's method.
fn method<'a>(context: &'a Context<'_>) -> Option<(&'a TokenStream, Ident)> {
    let provider = context.provider.as_ref()?;
    let name = match &context.args.client_method {
        Some(ClientMethod::None) => return None,
        Some(ClientMethod::Renamed(name)) => name.clone(),
        None => {
            let ident = &context.item.ident;
            let mut name = case::snake(&ident.unraw().to_string());
            if TAKEN.contains(&name.as_str()) {
                name.push('_');
            }
            case::ident(&name, ident.span())
        }
    };
    Some((provider, name))
}

/// The name of the extension trait: that of the action with `Ext`.
fn trait_name(context: &Context<'_>) -> Ident {
    let ident = &context.item.ident;
    format_ident!("{}Ext", ident.unraw(), span = ident.span())
}

/// The call methods of a builder that a client began. What they return depends on the client, async or
/// blocking.
pub(crate) fn sending(context: &Context<'_>) -> TokenStream {
    let Some(provider) = &context.provider else { return TokenStream::new() };
    let (private, builder, vis) = (&context.private, &context.builder, &context.item.vis);
    let (parts, states, action) = (context.parts(), context.states(), context.action_type());
    let (declared, used, bounds, sendable) = (&parts.declared, &parts.used, &parts.bounds, &parts.sendable);
    let (output, ready) = (&context.output, ready(context));
    let method = |docs: &str, name: &str, result: TokenStream| {
        let name = Ident::new(name, Span::call_site());
        quote! {
            #[doc = #docs]
            #vis fn #name(self) -> #private::#result<__T, #action> #ready {
                #private::#name(self)
            }
        }
    };
    let invoker = method("Returns the call as a value.", "invoker", quote!(InvokerOf));
    let send = method("Sends the request.", "send", quote!(SentOf));
    let invoke = method("Sends the request: the same as `send`.", "invoke", quote!(SentOf));
    let stream = context.args.stream.as_ref().map(|_| {
        method(
            "Sends the request, and gives the events of the response as they arrive.",
            "stream",
            quote!(EventsOf),
        )
    });
    let paging = paginate::is_paged(context).then(|| {
        let pages = method(
            "Returns the pages of the list, each fetched when it is needed.",
            "pages",
            quote!(PagesOf),
        );
        let items = method("Returns the items of the list, page after page.", "items", quote!(ItemsOf));
        quote!(#pages #items)
    });
    quote! {
        impl<#declared __T: #private::Target<#provider>, #(#states,)*> #builder<#used __T, #(#states,)*>
        where #bounds #sendable
        {
            #invoker
            #send
            #invoke
            #stream
            #paging

            /// Repeats the call until `check` returns that a state is reached.
            #vis fn wait_until<'__wait>(
                self,
                check: impl #private::Check<#output> + '__wait,
            ) -> #private::WaiterOf<'__wait, __T, #action> #ready {
                #private::wait_until(self, check)
            }
        }

        impl<#declared __T: #private::Target<#provider>, #(#states,)*> #private::ConfigureCall
            for #builder<#used __T, #(#states,)*>
        where #bounds
        {
            type Provider = #provider;

            fn __call(&mut self) -> &mut #private::Call<#provider> {
                self.0.call()
            }
        }

        // The default states are those of a finished builder.
        impl<#declared> ::core::future::IntoFuture for #builder<#used #private::Bound<#provider>>
        where #bounds #sendable
        {
            type Output = #private::Result<#private::Response<#output>>;
            type IntoFuture = #private::CallFuture<#output>;

            fn into_future(self) -> Self::IntoFuture {
                self.send()
            }
        }
    }
}

/// The trait. A foreign type takes no inherent method, so the method needs a trait; it has a default body,
/// so a blocking client costs no further code.
fn extension(context: &Context<'_>, provider: &TokenStream, method: &Ident) -> TokenStream {
    let (runtime, item, builder) = (&context.runtime, context.item, &context.builder);
    let (vis, ident, parts) = (&item.vis, &item.ident, context.parts());
    let (declared, used, bounds) = (&parts.declared, &parts.used, &parts.bounds);
    let name = trait_name(context);
    let doc = format!("Adds `{}` to the client.", method.unraw());
    let fallback = format!("Begins a call of [`{}`].", ident.unraw());
    let docs = item.docs.iter().filter(|attr| attr.path().is_ident("doc"));
    let docs = match docs.clone().next() {
        Some(_) => quote!(#(#docs)*),
        None => quote!(#[doc = #fallback]),
    };
    let unset = unset(context);
    let generics = (!parts.is_empty).then(|| quote!(<#declared>));
    let clause = (!bounds.is_empty()).then(|| quote!(where #bounds));
    quote! {
        #[doc = #doc]
        #[allow(dead_code, deprecated, unreachable_pub, clippy::all)]
        #vis trait #name: #runtime::__private::Caller<#provider> {
            #docs
            fn #method #generics (&self) -> #builder<#used Self::Target, #unset> #clause {
                #ident::builder().__bind(self.__target())
            }
        }
    }
}
