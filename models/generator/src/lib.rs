//! The catalogue of actions, and the Rust code that is made of it.
//!
//! The macro `cloudcall_models::actions!` and the command `cloudcall` both stand on this crate, so that what the command
//! shows is what the macro makes. Nothing here promises to stay as it is: use `cloudcall-models`.
//!
//! One file a step: `index` finds a product, `description` reads its records, `reach` finds the types that actions
//! need, `facts` infers what retries and paging want to know, `hosts` tells where the product is, `refusal` which actions
//! cannot be called, `codes` which error codes the vendor lists, `emit` writes code.
//! `waits` has the states to wait for. `own` reads description files of the user. `search` finds actions by the words of their names; `call` has the facts for calls without types.

mod call;
mod codes;
mod constants;
mod description;
mod emit;
mod error;
mod facts;
mod files;
mod hints;
mod hosts;
mod index;
mod member;
pub mod names;
mod own;
mod page;
mod reach;
mod refusal;
mod search;
mod sheet;
mod snake;
mod version;
mod waits;

/// The lints that code of the catalogue is free of: a vendor's names follow none, and its types need no explanations.
pub const LINTS: &str = "missing_docs, dead_code, unused_imports, unreachable_pub, deprecated, non_camel_case_types, \
    non_snake_case, clippy::all, clippy::pedantic, clippy::restriction";

pub use call::{CallFacts, Paging};
pub use codes::ErrorCodes;
pub use description::{Action, Description, Field, ParamLocation, Type};
pub use emit::{Emitter, Override};
pub use error::{Error, What};
pub use hosts::{Hosts, KnownGateway, Rule};
pub use index::{Entry, entries, find};
pub use member::Member;
pub use reach::{Direction, Reach};
pub use refusal::Refusal;
pub use search::{Found, Names};
pub use sheet::sheet;
pub use waits::{NamedWait, waits};
