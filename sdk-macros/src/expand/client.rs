//! What a bound builder can do, and the extension trait that gives the client its method.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use syn::ext::IdentExt;

use super::generics::{set_bounds, unset};
use super::{Context, paginate};
use crate::args::action::ClientMethod;
use crate::case;

/// Methods that a client has anyway, its own and those of the prelude.
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

/// The extension trait, unless `method = false`.
pub(crate) fn expand(context: &Context<'_>) -> TokenStream {
    let Some(provider) = &context.provider else { return TokenStream::new() };
    match &context.args.client_method {
        Some(ClientMethod::None) => TokenStream::new(),
        Some(ClientMethod::Renamed(name)) => extension(context, provider, name),
        None => {
            let ident = &context.item.ident;
            let mut name = case::snake(&ident.unraw().to_string());
            if TAKEN.contains(&name.as_str()) {
                name.push('_');
            }
            let name = case::ident(&name, ident.span());
            extension(context, provider, &name)
        }
    }
}

/// `invoker`, `send` and `.await`; they stand beside the traits that their bounds name.
pub(crate) fn sending(context: &Context<'_>) -> TokenStream {
    let Some(provider) = &context.provider else { return TokenStream::new() };
    let (private, builder, vis) = (&context.private, &context.builder, &context.item.vis);
    let (parts, states, action) = (context.parts(), context.states(), context.action_type());
    let (declared, used, bounds, sendable) = (&parts.declared, &parts.used, &parts.bounds, &parts.sendable);
    let (output, is_set) = (&context.output, set_bounds(context));
    let bound = quote!(#builder<#used #private::Bound<#provider>, #(#states,)*>);
    let result = quote!(::core::result::Result<#private::Response<#output>, #private::Error>);
    let stream = context.args.stream.as_ref().map(|_| {
        quote! {
            /// Sends the request, and gives the events of the answer as they come.
            #vis fn stream(
                self,
            ) -> impl ::core::future::Future<
                Output = ::core::result::Result<#private::Events<#output>, #private::Error>,
            > + ::core::marker::Send where #is_set {
                self.invoker().stream()
            }
        }
    });
    let blocking_stream = context.args.stream.as_ref().map(|_| {
        quote! {
            /// Sends the request, and gives the events of the answer as they come.
            #vis fn stream(
                self,
            ) -> ::core::result::Result<#private::BlockingEvents<#output>, #private::Error> where #is_set {
                self.invoker().stream()
            }
        }
    });
    let blocking_paging = paginate::is_paged(context).then(|| {
        quote! {
            /// The pages of the list, fetched as they are asked for.
            #vis fn pages(self) -> #private::BlockingPages<#action> where #is_set {
                self.invoker().pages()
            }

            /// The items of the list, page after page.
            #vis fn items(self) -> #private::BlockingItems<#action> where #is_set {
                self.invoker().items()
            }
        }
    });
    let paging = paginate::is_paged(context).then(|| {
        quote! {
            /// The pages of the list, fetched as they are asked for.
            #vis fn pages(self) -> #private::Pages<#action> where #is_set {
                self.invoker().pages()
            }

            /// The items of the list, page after page.
            #vis fn items(self) -> #private::Items<#action> where #is_set {
                self.invoker().items()
            }
        }
    });
    let awaited = quote! {
        impl<#declared #(#states,)*> ::core::future::IntoFuture for #bound
        where #bounds #sendable #is_set
        {
            type Output = #result;
            type IntoFuture = #private::CallFuture<#output>;

            fn into_future(self) -> Self::IntoFuture {
                ::core::future::IntoFuture::into_future(self.invoker())
            }
        }
    };
    quote! {
        impl<#declared #(#states,)*> #bound where #bounds #sendable {
            /// The call with options of its own: headers, retries, time limits.
            #vis fn invoker(self) -> #private::Invoker<#action> where #is_set {
                let (#private::Bound(client), action) = self.__finish();
                client.invoker(action)
            }

            /// Sends the request.
            #vis fn send(
                self,
            ) -> impl ::core::future::Future<Output = #result> + ::core::marker::Send where #is_set {
                self.invoker().invoke()
            }

            #stream
            /// Calls until `check` says that the answer is the one to wait for.
            #vis fn wait_until<'__wait>(
                self,
                check: impl #private::Check<#output> + '__wait,
            ) -> #private::Waiter<'__wait, #action> where #is_set {
                self.invoker().wait_until(check)
            }

            #paging
        }

        #awaited

        #private::when_blocking! {
            impl<#declared #(#states,)*> #builder<#used #private::BlockingBound<#provider>, #(#states,)*>
            where #bounds #sendable
            {
                /// The call with options of its own: headers, retries, time limits.
                #vis fn invoker(self) -> #private::BlockingInvoker<#action> where #is_set {
                    let (client, action) = self.__finish();
                    client.invoker(action)
                }

                /// Sends the request and waits for the answer.
                #vis fn send(self) -> #result where #is_set {
                    self.invoker().invoke()
                }

                #blocking_stream
                /// Calls until `check` says that the answer is the one to wait for.
                #vis fn wait_until<'__wait>(
                    self,
                    check: impl #private::Check<#output> + '__wait,
                ) -> #private::BlockingWaiter<'__wait, #action> where #is_set {
                    self.invoker().wait_until(check)
                }

                #blocking_paging
            }
        }
    }
}

/// The trait, since a foreign type takes no inherent method. Whoever calls this cloud has it, so that a blocking client
/// costs nothing here.
fn extension(context: &Context<'_>, provider: &TokenStream, method: &Ident) -> TokenStream {
    let (private, item, builder) = (&context.private, context.item, &context.builder);
    let (vis, ident, parts) = (&item.vis, item.ident.unraw(), context.parts());
    let (declared, used, bounds) = (&parts.declared, &parts.used, &parts.bounds);
    let name = format_ident!("{ident}Ext", span = item.ident.span());
    let doc = format!("Adds `{}` to the client.", method.unraw());
    let fallback = format!("Begins a call of [`{ident}`].");
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
        #vis trait #name: #private::Caller<#provider> {
            #docs
            fn #method #generics (&self) -> #builder<#used Self::Target, #unset> #clause {
                #builder::__new(self.__target())
            }
        }

        #[automatically_derived]
        impl<__Client: #private::Caller<#provider>> #name for __Client {}
    }
}
