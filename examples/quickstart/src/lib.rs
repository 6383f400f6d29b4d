//! What the examples share: the target of their calls, and their usage texts.

pub mod target;
pub mod usage;
