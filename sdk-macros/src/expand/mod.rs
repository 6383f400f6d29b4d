//! Writes the code. Each file writes one part; all parts call `cloudcall::__private`.
//!
//! | file | writes |
//! | --- | --- |
//! | `action.rs` | `impl Action`, `Debug`, the table of fields |
//! | `builder.rs`, `setter.rs`, `generics.rs` | the builder with its states |
//! | `client.rs` | the call methods, and the extension trait of the client |
//! | `paginate.rs` | `impl Paginate`; for models, the types of their lists |
//! | `model.rs`, `enums.rs` | models |
//! | `read.rs`, `tolerant.rs`, `shape.rs` | `Deserialize`, the marker and the shape of each field |
//! | `debug.rs` | `Debug` of models, with secrets masked |

mod action;
mod builder;
mod client;
mod construct;
mod debug;
mod enums;
mod generics;
mod json;
mod member;
pub(crate) mod model;
mod paginate;
mod read;
mod serde;
mod setter;
mod shape;
mod tolerant;
mod write;

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::spanned::Spanned;
use syn::{DeriveInput, LitStr, Type};

use crate::args::action::ActionArgs;
use crate::errors::Errors;
use crate::item::Item;
use crate::{check, fallback};

/// What all parts of an action's expansion read.
pub(crate) struct Context<'a> {
    pub(crate) args: &'a ActionArgs,
    pub(crate) item: &'a Item,
    /// The path of the runtime.
    pub(crate) runtime: TokenStream,
    /// The runtime's hidden module, under the name that the implementations have for it: see [`derive`].
    pub(crate) private: TokenStream,
    /// The type of the provider. Missing if the arguments do not name one.
    pub(crate) cloud: Option<TokenStream>,
    /// The same, under the short name that the implementations have for it.
    pub(crate) provider: Option<TokenStream>,
    /// The type of the response.
    pub(crate) output: TokenStream,
    /// The builder's name.
    pub(crate) builder: Ident,
    /// The item has a `Debug` of the user's, which was reported.
    pub(crate) shown: bool,
}

/// Expands the derive that `#[cloud_action]` puts on an item.
pub(crate) fn action(input: TokenStream) -> TokenStream {
    let mut errors = Errors::default();
    let tokens = syn::parse2::<DeriveInput>(input).map(|input| derive(input, &mut errors));
    let tokens = tokens.unwrap_or_else(syn::Error::into_compile_error);
    let errors = errors.into_tokens();
    quote!(#errors #tokens)
}

/// The whole expansion of an action. Mistakes go to `errors`, and the rest is expanded without them.
fn derive(input: DeriveInput, errors: &mut Errors) -> TokenStream {
    let args = ActionArgs::parse(arguments(&input), errors);
    let shown = input.attrs.iter().any(|attr| attr.path().is_ident("__cloud_action_debug"));
    check::arguments(&args, &input.ident, errors);
    let path = args.path.as_ref().map(LitStr::value).unwrap_or_default();
    let Some(mut item) = Item::parse(input, args.case(), &path, errors) else {
        return TokenStream::new();
    };
    check::fields(&args, &item, errors);
    fallback::mend(&mut item);
    let runtime = args.runtime();
    let context = Context {
        args: &args,
        item: &item,
        private: quote!(_rt),
        cloud: args.provider.as_ref().map(|provider| provider.path(&runtime)),
        provider: args.provider.as_ref().map(|_| quote!(_Cloud)),
        output: match &args.response {
            Some(ty) => quote!(#ty),
            None => quote!(#runtime::Value),
        },
        builder: quote::format_ident!("{}Builder", item.ident),
        runtime: quote!(#runtime),
        shown,
    };
    let declarations = [builder::declare(&context), client::declare(&context)];
    let implementations = [
        action::expand(&context),
        paginate::expand(&context),
        builder::expand(&context),
        client::expand(&context),
        json::expand(&context),
    ];
    let cloud = context.cloud.as_ref().map(|cloud| quote!(type _Cloud = #cloud;));
    // Implementations may be in any block, so they are in one that gives long paths short names. Names that are
    // made from fields and actions begin with two underscores, so they never collide with these.
    quote! {
        #(#declarations)*

        #[allow(dead_code, deprecated, missing_docs, unreachable_pub, clippy::all)]
        const _: () = {
            use #runtime::__private as _rt;
            #cloud
            #(#implementations)*
        };
    }
}

/// A span that points at the user's type, and resolves names such as `self` as those of the expansion.
fn at(ty: &Type) -> Span {
    ty.span().resolved_at(Span::call_site())
}

/// The arguments of the attribute: see `shell`.
fn arguments(input: &DeriveInput) -> TokenStream {
    let attr = input.attrs.iter().find(|attr| attr.path().is_ident("__cloud_action"));
    attr.and_then(|attr| attr.meta.require_list().ok()).map(|list| list.tokens.clone()).unwrap_or_default()
}
