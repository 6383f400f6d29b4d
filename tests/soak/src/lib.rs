//! A soak: calls of all providers for a given time, against servers on loopback that verify signatures.
//!
//! After each round, all calls have ended. Memory, descriptors and tasks are then measured, and the servers' counts of
//! requests and executions are compared with the outcome of each call.

pub mod calls;
pub mod clients;
pub mod clouds;
pub mod gauge;
pub mod ledger;
pub mod report;
pub mod server;
mod soak;

use stats_alloc::{INSTRUMENTED_SYSTEM, StatsAlloc};

pub use report::Report;
pub use soak::{Options, run};

/// Counts the bytes in use, so that growth is told apart from what the allocator keeps.
#[global_allocator]
static ALLOCATOR: &StatsAlloc<std::alloc::System> = &INSTRUMENTED_SYSTEM;

/// An error of the soak itself, such as a server that does not start.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;
