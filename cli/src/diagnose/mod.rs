//! Diagnosis and set-up: who signs, why a signature is refused, and the vendors' own files.

mod captured;
mod configure;
mod files;
mod variants;
mod verify;
mod whoami;
mod why;

pub(crate) use configure::Args as ConfigureArgs;
pub(crate) use configure::run as configure;
pub(crate) use whoami::Args as WhoamiArgs;
pub(crate) use whoami::run as whoami;
pub(crate) use why::Args as WhyArgs;
pub(crate) use why::run as why;
