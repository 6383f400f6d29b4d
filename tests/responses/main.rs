//! Responses as services really send them. A program of its own, so that it builds without the other suites.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod body;
mod cases;
mod failures;
mod log;
mod raw;
mod strict;
mod support;
mod table;
