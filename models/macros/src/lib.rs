//! The macro of `cloudcall-models`, which documents it. `read` and `said` parse what was written,
//! `files` reads description files of the user, `expand` makes modules of it.

mod errors;
mod expand;
mod files;
mod read;
mod said;

use proc_macro::TokenStream;

/// Makes typed actions of the catalogue: see `cloudcall_models::actions`.
#[proc_macro]
pub fn actions(input: TokenStream) -> TokenStream {
    let mut errors = errors::Errors::default();
    let request = read::request(input, &mut errors);
    let mut tokens = expand::modules(&request, &mut errors);
    tokens.extend(errors.into_tokens());
    tokens
}
