//! The attribute macros of cloudcall. Use them through the `cloudcall` crate, which documents them.
//!
//! One file a step: `args` and `item` read, `check` finds mistakes, `expand` writes code. `shell` puts
//! a derive on the user's item, which then does all of that: what a derive sees has its `#[cfg]`
//! fields resolved, and the item itself stands whatever the derive has to say.

mod above;
mod args;
mod case;
mod check;
mod errors;
mod expand;
mod fallback;
mod item;
mod shell;
mod snake;
#[cfg(test)]
mod tests;

use proc_macro::TokenStream;

/// Makes a struct an action of a cloud: see `cloudcall::cloud_action`.
#[proc_macro_attribute]
pub fn cloud_action(args: TokenStream, item: TokenStream) -> TokenStream {
    shell::cloud_action(args.into(), item.into(), &above::derives()).into()
}

/// Makes a struct or an enum part of requests and answers: see `cloudcall::cloud_model`.
#[proc_macro_attribute]
pub fn cloud_model(args: TokenStream, item: TokenStream) -> TokenStream {
    expand::model(args.into(), item.into(), &above::derives()).into()
}

/// What `#[cloud_action]` puts on the item. Not to be used by hand.
#[doc(hidden)]
#[proc_macro_derive(CloudActionDerive, attributes(param, __cloud_action, __cloud_action_debug))]
pub fn cloud_action_derive(item: TokenStream) -> TokenStream {
    expand::action(item.into()).into()
}
