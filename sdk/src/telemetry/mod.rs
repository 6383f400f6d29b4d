// What a program sees of its calls: observers, spans, and the masking of secrets.

pub mod observe;
pub(crate) mod redact;
pub(crate) mod spans;
