//! The builder: one type per action, over its target and a typestate of the required fields only.
//!
//! ```text
//! RunInstancesBuilder<Bound<Tencent>, Given<String>, ImageIdIsMissing>
//!                     target          state of each required field
//! ```
//!
//! Optional fields are a tuple that has no states, so an action with many of them has one builder type.

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};
use syn::ext::IdentExt;

use super::action::{self, Table};
use super::generics::{missing, missing_module, set_bounds, set_trait, unset};
use super::{Context, at, client, setter};
use crate::item::{Field, Need};

/// The type of the builder, and the types of required fields that are not set.
pub(crate) fn declare(context: &Context<'_>) -> TokenStream {
    let (runtime, item, builder) = (&context.runtime, context.item, &context.builder);
    let (vis, parts, states) = (&item.vis, context.parts(), context.states());
    let (declared, bounds, action) = (&parts.declared, &parts.bounds, context.action_type());
    let other_types = item.others().map(|field| &field.ty);
    // Without the marker, a parameter that only required fields mention would be unused before they are set.
    let marker = (!parts.is_empty).then(|| quote!(::core::marker::PhantomData<fn() -> #action>));
    let doc = format!("Builds [`{}`]: one setter for each parameter.", item.ident.unraw());
    let unset_types: Vec<Ident> = item.required().map(missing).collect();
    let module = missing_module(context);
    // The default is the finished builder. If it were the empty one, the compiler would not print the missing
    // fields.
    let required_types = item.required().map(|field| &field.ty);
    let markers = (!unset_types.is_empty()).then(|| {
        quote! {
            #[doc(hidden)]
            #[allow(warnings)]
            #vis mod #module {
                #(pub struct #unset_types;)*
            }
        }
    });
    let clause = (!bounds.is_empty()).then(|| quote!(where #bounds));
    quote! {
        #markers

        #[doc = #doc]
        #[must_use = "a builder does nothing until it is built or sent"]
        #[allow(dead_code)]
        #vis struct #builder<
            #declared
            __T = #runtime::__private::Unbound,
            #(#states = #runtime::__private::Given<#required_types>,)*
        >(__T, (#(#states,)*), (#(#other_types,)*), #marker) #clause;
    }
}

/// The methods of the builder.
pub(crate) fn expand(context: &Context<'_>) -> TokenStream {
    let (private, item, builder) = (&context.private, context.item, &context.builder);
    let (vis, ident, parts, states) = (&item.vis, &item.ident, context.parts(), context.states());
    let (declared, used, bounds) = (&parts.declared, &parts.used, &parts.bounds);
    let (action, title) = (context.action_type(), ident.unraw().to_string());
    let empty = item.others().map(|field| empty(context, field));
    let marked = (!parts.is_empty).then(|| quote!(::core::marker::PhantomData));
    let doc_fn = format!("Begins a [`{title}`] that is not bound to a client.");
    let doc_build = format!("The finished [`{title}`], to be kept or given to a client's `invoker`.");
    let traits = item.required().map(|field| required_trait(context, field));
    let finish = finish(context);
    let unset_types = item.required().map(missing);
    let (module, unset) = (missing_module(context), unset(context));
    let (sending, name) = (client::sending(context), builder.unraw().to_string());
    let moved = (!parts.is_empty).then(|| quote!(self.3));
    let (method, block) = match action::table(context) {
        Table::Method(method) => (method, TokenStream::new()),
        Table::Block(block) => (TokenStream::new(), block),
    };
    let (unbound, setters) = (quote!(#private::Unbound), setter::expand(context));
    quote! {
            #(#traits)*

            impl<#declared> #ident<#used> where #bounds {
                #[doc = #doc_fn]
                #vis fn builder() -> #builder<#used #unbound, #unset> {
                    #builder(#unbound, (#(#module::#unset_types,)*), (#(#empty,)*), #marked)
                }

                #method
            }

            #block

            #finish

            impl<#declared __T, #(#states,)*> #builder<#used __T, #(#states,)*> where #bounds {
                #[doc = #doc_build]
                #vis fn build(self) -> #action where Self: #private::Ready<#unbound, #action> {
                    #private::Ready::finish(self).1
                }

                fn __bind<__To>(self, target: __To) -> #builder<#used __To, #(#states,)*> {
                    #builder(target, self.1, self.2, #moved)
                }

                #setters
            }

            #sending

            impl<#declared __T, #(#states,)*> ::core::fmt::Debug
                for #builder<#used __T, #(#states,)*>
            where #bounds
            {
                fn fmt(&self, f: &mut #private::Formatter<'_>) -> #private::Shown {
                    #private::unfinished(f, #name)
                }
            }
    }
}

/// The value of a field that was not set and need not be set.
fn empty(context: &Context<'_>, field: &Field) -> TokenStream {
    let private = &context.private;
    if let Some(value) = &field.param.default_value {
        return setter::converted(context, field, value);
    }
    match field.need {
        Need::Default => quote_spanned!(at(&field.ty)=> ::core::default::Default::default()),
        _ => quote!(#private::None),
    }
}

/// A trait that only the state of a set field implements. Its message is what the user reads if the field
/// is not set.
fn required_trait(context: &Context<'_>, field: &Field) -> TokenStream {
    let (private, name) = (&context.private, set_trait(field));
    let (field, action) = (field.ident.unraw(), context.item.ident.unraw());
    let message = format!("`{field}` of `{action}` is required and was not set");
    let label = format!("call `.{field}(...)` before this");
    quote! {
        #[diagnostic::on_unimplemented(message = #message, label = #label)]
        pub trait #name<V>: #private::Take<V> {}
        impl<V> #name<V> for #private::Given<V> {}
    }
}

/// `impl Ready`: separates the builder into its target and the action, once all required fields are set.
fn finish(context: &Context<'_>) -> TokenStream {
    let (private, builder, item, ident) =
        (&context.private, &context.builder, context.item, &context.item.ident);
    let (parts, states, action) = (context.parts(), context.states(), context.action_type());
    let (declared, used, bounds) = (&parts.declared, &parts.used, &parts.bounds);
    let is_set = set_bounds(context);
    let given = item.required().enumerate().map(|(i, field)| {
        let (ident, i) = (&field.ident, syn::Index::from(i));
        quote!(#ident: self.1.#i.take(),)
    });
    let rest = item.others().enumerate().map(|(i, field)| {
        let (ident, i) = (&field.ident, syn::Index::from(i));
        quote!(#ident: self.2.#i,)
    });
    quote! {
        impl<#declared __T, #(#states,)*> #private::Ready<__T, #action>
            for #builder<#used __T, #(#states,)*>
        where #bounds #is_set
        {
            fn finish(self) -> (__T, #action) {
                let action = #ident { #(#given)* #(#rest)* };
                (self.0, action)
            }
        }
    }
}
