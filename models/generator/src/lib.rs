//! The catalogue of actions, and the Rust code that is made of it.
//!
//! The macro `cloudcall_models::actions!` and the program `catalogue` both stand on this crate, so that what the program
//! shows is what the macro makes. Nothing here promises to stay as it is: use `cloudcall-models`.
//!
//! One file a step: `index` finds a product, `description` reads its records, `reach` finds the types that actions
//! need, `facts` infers what retries and paging want to know, `emit` writes code.

mod description;
mod emit;
mod error;
mod facts;
mod files;
mod index;
pub mod names;
mod reach;

pub use description::{Action, Description, Field, Place, Type};
pub use emit::{Emitter, Member};
pub use error::{Error, What};
pub use index::{Entry, entries, find};
pub use reach::{Direction, Reach};
