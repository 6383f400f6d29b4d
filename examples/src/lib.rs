//! Code that the example programs and their tests share.
#![allow(missing_docs, reason = "programs, not an interface")]

pub mod simulation;
