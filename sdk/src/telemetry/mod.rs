//! What a program sees of its calls: observers, spans, and the masking of secrets.
//!
//! `observe` calls the observers of the client, `spans` writes `tracing` spans, and `redact` decides for both
//! what is a secret.

pub mod observe;
pub(crate) mod redact;
pub(crate) mod spans;
