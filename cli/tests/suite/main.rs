//! The command `cloudcall`, as people run it, against the local cloud.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod call;
mod catalogue;
mod command;
mod completion;
mod diagnosis;
mod explore;
mod finding;
mod http;
mod local;
mod mcp;
mod mistakes;
mod output;
mod query;
mod sign;
mod typed;
