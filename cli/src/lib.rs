//! The command `cloudcall`: finds, checks, signs and sends calls of all clouds.
//!
//! One folder a task. `cli` has the command line, `request` one call from facts to response, `exit` exit codes and streams.
#![allow(missing_docs, reason = "a program, not an interface")]

mod call;
mod catalogue;
mod cli;
mod exit;
mod local;
mod mask;
mod request;
pub mod sign;

pub use cli::run;
