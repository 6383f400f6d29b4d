//! The attribute itself: the item unchanged, with a derive on it that does the work.
//!
//! An attribute macro sees `#[cfg]` fields that will not exist, and replaces the item by its output. A
//! derive sees the resolved fields, and cannot lose the item. So the attribute only adds the derive, and
//! passes its own arguments to it in the inert attribute `#[__cloud_action(...)]`.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::quote;
use syn::parse::{ParseStream, Parser};
use syn::{Attribute, Token, Visibility};

use crate::errors::{Errors, list};
use crate::{above, args, derives};

/// Adds the derive and the arguments to the item. `above` are the derives that the item has already.
pub(crate) fn cloud_action(args: TokenStream, item: TokenStream, above: &[String]) -> TokenStream {
    let is_struct = match kind.parse2(item.clone()) {
        Ok(is_struct) => is_struct,
        Err(error) => {
            let error = error.into_compile_error();
            return quote!(#error #item);
        }
    };
    let runtime = args::runtime(args.clone());
    let derives = visible_derives(&item);
    // An item that is not a struct gets one message, not a second one about `Clone`.
    let has = |name: &str| above.iter().any(|derive| derive == name);
    let clone = is_struct && !derives.iter().any(|derive| derive == "Clone") && !has("Clone");
    let clone = clone.then(|| quote!(, ::core::clone::Clone));
    let mut errors = Errors::default();
    if is_struct {
        above::refuse(above, &["Debug", "Clone"], true, "cloud_action", &name(&item), &mut errors);
        serde(&derives, above, &name(&item), &mut errors);
    }
    let errors = errors.into_tokens();
    // The user's `Debug` stands already: one error is enough.
    let debug = has("Debug").then(|| quote!(#[__cloud_action_debug]));
    let item = if is_struct { masking(item) } else { item };
    quote! {
        #errors
        #[derive(#runtime::__private::CloudActionDerive #clone)]
        #[__cloud_action(#args)]
        #debug
        #item
    }
}

/// The name of a struct, to be underlined.
fn name(item: &TokenStream) -> Option<TokenTree> {
    let mut tokens = item.clone().into_iter();
    tokens.find(|token| matches!(token, TokenTree::Ident(word) if word == "struct"))?;
    tokens.next()
}

/// Refuses serde's derives: they know the names of Rust only, and read every optional parameter of a vendor's JSON as `None`.
fn serde(below: &[Ident], above: &[String], item: &Option<TokenTree>, errors: &mut Errors) {
    let is_there = |derive: &&str| {
        below.iter().any(|below| below == derive) || above.iter().any(|above| above == derive)
    };
    let derives: Vec<&str> = ["Serialize", "Deserialize"].into_iter().filter(is_there).collect();
    if let [_, ..] = derives.as_slice() {
        let what = format!(
            "serde's {} would use the names of Rust, not those on the wire: write `#[cloud_action(..., json)]` instead, \
             which gives `to_json_string` and `from_json_string`",
            list(&derives)
        );
        errors.at(item, what);
    }
}

/// The item without the user's derive of `Debug`, because the generated one masks secrets, and without serde's, which
/// are refused.
fn masking(item: TokenStream) -> TokenStream {
    let parser = |input: ParseStream<'_>| {
        let mut attrs = input.call(Attribute::parse_outer)?;
        let rest: TokenStream = input.parse()?;
        derives::without(&["Debug", "Serialize", "Deserialize"], &mut attrs);
        Ok(quote!(#(#attrs)* #rest))
    };
    parser.parse2(item.clone()).unwrap_or(item)
}

/// Whether the item is a struct. It is a mistake if it is not a type, because a derive cannot be on it.
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

/// The last words of the derives below the attribute. Those above it are not part of its input.
pub(crate) fn visible_derives(item: &TokenStream) -> Vec<Ident> {
    let parser = |input: ParseStream<'_>| {
        let attrs = input.call(Attribute::parse_outer)?;
        while input.parse::<TokenTree>().is_ok() {}
        Ok(attrs)
    };
    let attrs = parser.parse2(item.clone()).unwrap_or_default();
    derives::names(&attrs)
}
