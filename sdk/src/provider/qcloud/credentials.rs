//! The same keys, variables and files as API 3.0.

pub use crate::provider::tencent::credentials::{default_chain, environment, profile};
