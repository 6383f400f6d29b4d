//! What the suites share: a server that misbehaves on demand, and a time that tests hold in their hands.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "for tests alone")]

pub mod programs;
pub mod server;
pub mod time;
