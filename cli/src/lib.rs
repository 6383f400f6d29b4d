//! The command `cloudcall`: finds, checks, signs and sends calls of all clouds.
//!
//! `cli` has the command line, and one folder or file each subcommand. They share `actions`, the facts of the
//! catalogue; `request`, one call from facts to response; `query`, JMESPath; `wait`, named states; `output`,
//! what is printed; `mask`; and `exit`, exit codes and streams. `mcp` and `explore` share `operations`.
#![allow(missing_docs, reason = "a program, not an interface")]

mod actions;
mod call;
mod catalogue;
mod cli;
mod complete;
mod diagnose;
mod exit;
mod explore;
mod local;
mod mask;
mod mcp;
mod openapi;
mod operations;
mod output;
mod query;
mod request;
pub mod sign;
mod typed;
mod wait;

pub use cli::run;
