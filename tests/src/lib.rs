//! What the suites share: a server that misbehaves on demand, and a time that tests hold in their hands.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "for tests alone")]

pub mod certificates;
pub mod fuzz;
pub mod programs;
pub mod providers;
pub mod proxy;
pub mod server;
pub mod time;
pub mod transport;

/// The programs of the READMEs and the guides, compiled.
#[cfg(doctest)]
mod readme {
    #[doc = include_str!("../../README.md")]
    struct English;

    #[doc = include_str!("../../README.zh-CN.md")]
    struct Chinese;

    #[doc = include_str!("../../docs/resilience.md")]
    struct Resilience;

    #[doc = include_str!("../../docs/credentials.md")]
    struct Credentials;

    #[doc = include_str!("../../docs/credentials.zh-CN.md")]
    struct ChineseCredentials;

    #[doc = include_str!("../../docs/migrating-from-python.md")]
    struct MigratingFromPython;
    #[doc = include_str!("../../docs/testing.md")]
    struct Testing;
    #[doc = include_str!("../../docs/lists-and-waits.md")]
    struct ListsAndWaits;
    #[doc = include_str!("../../docs/observability.md")]
    struct Observability;
    #[doc = include_str!("../../docs/responses.md")]
    struct Responses;
    /// Its description of a private service is `tests/api/depot.json`.
    #[doc = include_str!("../../docs/models.md")]
    struct Models;
}
