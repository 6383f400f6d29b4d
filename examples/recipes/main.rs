//! The recipes of the book: short functions, one for each task. Both languages of the book include them from here.
//!
//! ```text
//! cargo run -p cloudcall-examples --example recipes     # prints their names
//! cargo test -p cloudcall-examples --example recipes    # runs those that need no account
//! ```
//!
//! The text of a recipe is what stands between its `ANCHOR` lines.
#![allow(
    dead_code,
    missing_docs,
    unreachable_pub,
    reason = "most recipes are read and compiled, and not called"
)]

mod calls;
mod credentials;
mod data;
mod network;
mod observing;
mod resilience;
mod service;
mod start;
mod testing;

/// The sources, for the list of names.
const SOURCES: [(&str, &str); 8] = [
    ("calls", include_str!("calls.rs")),
    ("credentials", include_str!("credentials.rs")),
    ("data", include_str!("data.rs")),
    ("network", include_str!("network.rs")),
    ("observing", include_str!("observing.rs")),
    ("resilience", include_str!("resilience.rs")),
    ("service", include_str!("service.rs")),
    ("testing", include_str!("testing.rs")),
];

/// The names of the recipes in a source.
fn names(source: &'static str) -> impl Iterator<Item = &'static str> {
    source.lines().filter_map(|line| line.trim().strip_prefix("// ANCHOR: "))
}

fn main() {
    for (file, source) in SOURCES {
        for name in names(source) {
            println!("{file}: {name}");
        }
    }
}

#[cfg(test)]
mod tests;
