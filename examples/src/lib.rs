//! What the example programs share: each program runs alone, and tests drive these parts too.
#![allow(missing_docs, reason = "programs, not an interface")]

pub mod simulation;
pub mod target;
pub mod usage;
