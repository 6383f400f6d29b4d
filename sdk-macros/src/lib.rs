//! The attribute macros of cloudcall. Use them through the `cloudcall` crate, which documents them.
//!
//! ```text
//!  #[cloud_action(...)]      shell     puts a derive on the struct, which does the rest
//!         |
//!         v
//!  args, item                read      arguments and fields, as the user wrote them
//!         |
//!  check                     check     rules across them; mistakes are collected in `errors`
//!         |
//!  fallback                  mend      what would cause a second message of the compiler
//!         |
//!  expand                    write     the code, one file for each part
//! ```
//!
//! `#[cloud_model(...)]` needs no shell, because it rewrites the item's attributes itself:
//! `expand/model.rs` for structs, `expand/enums.rs` for enums. `#[derive(CloudModel)]` writes the same
//! implementations and leaves the item as it is; `args::model::Form` tells the two apart.
//!
//! # Rules for this crate
//!
//! - **The item stands even if something is wrong.** Everything that was understood is expanded, so that
//!   the user sees the mistake and not a trail of unknown methods.
//! - **All mistakes are reported together,** each at the tokens that cause it, with the remedy.
//! - **Emit little, call much.** Generated code calls `cloudcall::__private`, which is compiled once.
//! - **Cloud facts are not here.** The macros know only how a provider writes wire names (`Case`).
//!
//! The expansions are snapshots in `sdk-macros/src/snapshots/`, and the messages are UI tests in
//! `tests/ui/`.

mod above;
mod args;
mod case;
mod check;
mod derives;
mod errors;
mod expand;
mod fallback;
mod item;
mod shell;
mod snake;
#[cfg(test)]
mod tests;
mod version;

use proc_macro::TokenStream;

/// Makes a struct an action of a cloud: see `cloudcall::cloud_action`.
#[proc_macro_attribute]
pub fn cloud_action(args: TokenStream, item: TokenStream) -> TokenStream {
    shell::cloud_action(args.into(), item.into(), &above::derives()).into()
}

/// Makes a struct or an enum part of requests and responses: see `cloudcall::cloud_model`.
#[proc_macro_attribute]
pub fn cloud_model(args: TokenStream, item: TokenStream) -> TokenStream {
    expand::model::attribute(args.into(), item.into(), &above::derives()).into()
}

/// Makes a struct or an enum part of requests and responses, without changing it: see `cloudcall::CloudModel`.
#[proc_macro_derive(CloudModel, attributes(cloud))]
pub fn cloud_model_derive(item: TokenStream) -> TokenStream {
    expand::model::derive(item.into(), &above::derives_beside()).into()
}

/// The derive that `#[cloud_action]` puts on the item. Do not use it by hand.
#[doc(hidden)]
#[proc_macro_derive(CloudActionDerive, attributes(param, __cloud_action, __cloud_action_debug))]
pub fn cloud_action_derive(item: TokenStream) -> TokenStream {
    expand::action(item.into()).into()
}
