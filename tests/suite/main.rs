//! The suites, in one program: it links once.

mod macros;
mod ui;
