//! The suites.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on should fail"
)]

mod alibaba_calls;
mod alibaba_endpoint;
mod alibaba_sent;
mod alibaba_vectors;
