//! The attribute itself: the item as it was, with a derive on it that does the work.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::parse::{ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Attribute, Path, Token, Visibility};

use crate::args;

/// Puts the derive, and the arguments as an inert attribute, on the item.
pub(crate) fn cloud_action(args: TokenStream, item: TokenStream) -> TokenStream {
    let is_struct = match kind.parse2(item.clone()) {
        Ok(is_struct) => is_struct,
        Err(error) => {
            let error = error.into_compile_error();
            return quote!(#error #item);
        }
    };
    let runtime = args::runtime(args.clone());
    let derives = visible_derives(&item);
    // What is no struct gets one message, not a second one about `Clone`.
    let clone = is_struct && !derives.iter().any(|derive| derive == "Clone");
    let clone = clone.then(|| quote!(, ::core::clone::Clone));
    // The derive is told of the user's `Debug`, since it writes one of its own otherwise.
    let debug = derives.iter().filter(|derive| *derive == "Debug");
    quote! {
        #[derive(#runtime::__private::CloudActionDerive #clone)]
        #[__cloud_action((#(#debug)*) #args)]
        #item
    }
}

/// Whether the item is a struct; a mistake when it is no type at all, on which no derive can stand.
fn kind(input: ParseStream<'_>) -> syn::Result<bool> {
    input.call(Attribute::parse_outer)?;
    input.parse::<Visibility>()?;
    let is_union = input.fork().parse::<Ident>().is_ok_and(|word| word == "union");
    let is_struct = input.peek(Token![struct]);
    if !(is_struct || input.peek(Token![enum]) || is_union) {
        return Err(input.error("`cloud_action` needs a struct with named fields"));
    }
    while input.parse::<TokenTree>().is_ok() {}
    Ok(is_struct)
}

/// The last words of the derives below the attribute; those above it are gone already.
pub(crate) fn visible_derives(item: &TokenStream) -> Vec<Ident> {
    let parser = |input: ParseStream<'_>| {
        let attrs = input.call(Attribute::parse_outer)?;
        while input.parse::<TokenTree>().is_ok() {}
        Ok(attrs)
    };
    let attrs = parser.parse2(item.clone()).unwrap_or_default();
    derives(&attrs)
}

/// The last words of the derives among `attrs`.
pub(crate) fn derives(attrs: &[Attribute]) -> Vec<Ident> {
    let derives = attrs.iter().filter(|attr| attr.path().is_ident("derive"));
    let paths = derives.filter_map(|attr| {
        let tokens = attr.meta.require_list().ok()?.tokens.to_token_stream();
        Punctuated::<Path, Token![,]>::parse_terminated.parse2(tokens).ok()
    });
    paths.flatten().filter_map(|path| path.segments.last().map(|last| last.ident.clone())).collect()
}
