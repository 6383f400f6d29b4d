//! The builder: one type an action, over its target and a typestate of the required fields only.

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};
use syn::ext::IdentExt;

use super::generics::{missing, missing_module, set_bounds, set_trait, unset};
use super::{Context, at, client};
use crate::item::{Field, Need};

/// The builder's type, and the types that stand for required fields that are not set.
pub(crate) fn declare(context: &Context<'_>) -> TokenStream {
    let (runtime, item, builder) = (&context.runtime, context.item, &context.builder);
    let (vis, parts, states) = (&item.vis, context.parts(), context.states());
    let (declared, bounds, action) = (&parts.declared, &parts.bounds, context.action_type());
    let required = item.required().map(|field| &field.ident);
    let other_types = item.others().map(|field| &field.ty);
    // Parameters that only required fields name would otherwise be unused before these are set.
    let marker = (!parts.is_empty).then(|| quote!(__action: ::core::marker::PhantomData<fn() -> #action>,));
    let doc = format!("Builds [`{}`]: one setter for each parameter.", item.ident.unraw());
    let unset_types: Vec<Ident> = item.required().map(missing).collect();
    let module = missing_module(context);
    // The default is the finished builder. Were it the empty one, the compiler would not print what is missing.
    let required_types = item.required().map(|field| &field.ty);
    let markers = (!unset_types.is_empty()).then(|| {
        quote! {
            #[doc(hidden)]
            #[allow(unreachable_pub)]
            #vis mod #module {
                #(#[derive(::core::fmt::Debug, ::core::clone::Clone, ::core::marker::Copy)] pub struct #unset_types;)*
            }
        }
    });
    quote! {
        #markers

        #[doc = #doc]
        #[must_use = "a builder does nothing until it is built or sent"]
        #[allow(dead_code)]
        #vis struct #builder<
            #declared
            __Target = #runtime::__private::Unbound,
            #(#states = #runtime::__private::Given<#required_types>,)*
        > where #bounds {
            __target: __Target,
            #(#required: #states,)*
            __rest: (#(#other_types,)*),
            #marker
        }
    }
}

/// What the builder does.
pub(crate) fn expand(context: &Context<'_>) -> TokenStream {
    let (private, item, builder) = (&context.private, context.item, &context.builder);
    let (vis, ident, parts, states) = (&item.vis, &item.ident, context.parts(), context.states());
    let (declared, used, bounds) = (&parts.declared, &parts.used, &parts.bounds);
    let (action, title) = (context.action_type(), ident.unraw().to_string());
    let required = item.required().map(|field| &field.ident);
    let empty = item.others().map(empty);
    let marked = (!parts.is_empty).then(|| quote!(__action: ::core::marker::PhantomData,));
    let doc_fn = format!("Begins a [`{title}`] that is not bound to a client.");
    let doc_build = format!("The finished [`{title}`], to be kept or given to a client's `invoker`.");
    let traits = item.required().map(|field| required_trait(context, field));
    let is_set = set_bounds(context);
    let finish = finish(context);
    let unset_types = item.required().map(missing);
    let (module, unset) = (missing_module(context), unset(context));
    let sending = client::sending(context);
    quote! {
            #(#traits)*

            impl<#declared> #ident<#used> where #bounds {
                #[doc = #doc_fn]
                #vis fn builder() -> #builder<#used #private::Unbound, #unset> {
                    #builder::__new(#private::Unbound)
                }
            }

            impl<#declared __Target> #builder<#used __Target, #unset> where #bounds {
                #[doc(hidden)]
                fn __new(target: __Target) -> Self {
                    Self {
                        __target: target,
                        #(#required: #module::#unset_types,)*
                        __rest: (#(#empty,)*),
                        #marked
                    }
                }
            }

            impl<#declared __Target, #(#states,)*> #builder<#used __Target, #(#states,)*> where #bounds {
                #finish
            }

            impl<#declared #(#states,)*> #builder<#used #private::Unbound, #(#states,)*> where #bounds {
                #[doc = #doc_build]
                #vis fn build(self) -> #action where #is_set {
                    self.__finish().1
                }
            }

            #sending

            impl<#declared __Target, #(#states,)*> ::core::fmt::Debug
                for #builder<#used __Target, #(#states,)*>
            where #bounds
            {
                fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    ::core::fmt::Formatter::debug_struct(f, ::core::stringify!(#builder)).finish_non_exhaustive()
                }
            }
    }
}

/// The value of a field that was not set and need not be.
fn empty(field: &Field) -> TokenStream {
    match field.need {
        Need::Default => quote_spanned!(at(&field.ty)=> ::core::default::Default::default()),
        _ => quote!(::core::option::Option::None),
    }
}

/// A trait that only a given field's state has: its message is what a user reads who forgot the field.
fn required_trait(context: &Context<'_>, field: &Field) -> TokenStream {
    let (private, name) = (&context.private, set_trait(field));
    let (field, action) = (field.ident.unraw(), context.item.ident.unraw());
    let message = format!("`{field}` of `{action}` is required and was not set");
    let label = format!("call `.{field}(...)` before this");
    quote! {
        #[doc(hidden)]
        #[diagnostic::on_unimplemented(message = #message, label = #label)]
        pub trait #name<V> {
            fn take(self) -> V;
        }
        impl<V> #name<V> for #private::Given<V> {
            fn take(self) -> V {
                self.0
            }
        }
    }
}

/// Takes the builder apart into its target and the action.
fn finish(context: &Context<'_>) -> TokenStream {
    let (item, ident, action) = (context.item, &context.item.ident, context.action_type());
    let is_set = set_bounds(context);
    let given = item.required().map(|field| {
        let (ident, set) = (&field.ident, set_trait(field));
        quote!(#ident: #set::take(self.#ident),)
    });
    let rest = item.others().enumerate().map(|(i, field)| {
        let (ident, i) = (&field.ident, syn::Index::from(i));
        quote!(#ident: self.__rest.#i,)
    });
    quote! {
        #[doc(hidden)]
        fn __finish(self) -> (__Target, #action) where #is_set {
            (self.__target, #ident { #(#given)* #(#rest)* })
        }
    }
}
