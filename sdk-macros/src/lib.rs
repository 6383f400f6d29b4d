//! The attribute macros of `cloudcall`. Use them through that crate.
