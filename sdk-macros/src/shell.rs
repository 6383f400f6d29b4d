//! The attribute itself: the item unchanged, with a derive on it that does the work.
//!
//! An attribute macro sees `#[cfg]` fields that will not exist, and replaces the item by its output. A
//! derive sees the resolved fields, and cannot lose the item. So the attribute only adds the derive, and
//! passes its own arguments to it in the inert attribute `#[__cloud_action(...)]`.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::parse::{ParseStream, Parser};
use syn::{Attribute, Token, Visibility};

use crate::errors::{Errors, list};
use crate::{above, args, derives};

/// Adds the derive and the arguments to the item. `above` are the derives that the item has already.
pub(crate) fn cloud_action(args: TokenStream, item: TokenStream, above: &[String]) -> TokenStream {
    let Shell { mut attrs, name, rest } = match Shell::read.parse2(item.clone()) {
        Ok(shell) => shell,
        Err(error) => {
            let error = error.into_compile_error();
            return quote!(#error #item);
        }
    };
    let runtime = args::runtime(args.clone());
    let mut errors = Errors::default();
    let has = |name: &str| above.iter().any(|derive| derive == name);
    let mut clone = None;
    // An item that is not a struct gets one message of the derive, not others about derives.
    if name.is_some() {
        let derives = derives::names(&attrs);
        above::refuse(above, &["Debug", "Clone"], true, "cloud_action", &name, &mut errors);
        serde(&derives, above, &name, &mut errors);
        let is_missing = !derives.iter().any(|derive| derive == "Clone") && !has("Clone");
        clone = is_missing.then(|| quote!(, ::core::clone::Clone));
        // The generated `Debug` masks secrets, and serde's derives are refused.
        derives::without(&["Debug", "Serialize", "Deserialize"], &mut attrs);
    }
    let errors = errors.into_tokens();
    // The user's `Debug` stands already: one error is enough.
    let debug = has("Debug").then(|| quote!(#[__cloud_action_debug]));
    quote! {
        #errors
        #[derive(#runtime::__private::CloudActionDerive #clone)]
        #[__cloud_action(#args)]
        #debug
        #(#attrs)*
        #rest
    }
}

/// An item, as far as the attribute reads it.
struct Shell {
    attrs: Vec<Attribute>,
    /// The name of a struct.
    name: Option<Ident>,
    /// The item without its attributes.
    rest: TokenStream,
}

impl Shell {
    /// Reads an item. It is a mistake if it is not a type, because a derive cannot be on it.
    fn read(input: ParseStream<'_>) -> syn::Result<Self> {
        let attrs = input.call(Attribute::parse_outer)?;
        let ahead = input.fork();
        ahead.parse::<Visibility>()?;
        let is_union = ahead.fork().parse::<Ident>().is_ok_and(|word| word == "union");
        let is_struct = ahead.peek(Token![struct]);
        if !(is_struct || ahead.peek(Token![enum]) || is_union) {
            return Err(ahead.error("`cloud_action` needs a struct with named fields"));
        }
        let name = if is_struct {
            ahead.parse::<Token![struct]>()?;
            Some(ahead.parse()?)
        } else {
            None
        };
        Ok(Self { attrs, name, rest: input.parse()? })
    }
}

/// Refuses serde's derives: they know the names of Rust only, and read every optional parameter of a vendor's JSON as `None`.
fn serde(below: &[Ident], above: &[String], item: &Option<Ident>, errors: &mut Errors) {
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
