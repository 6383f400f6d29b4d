//! The endpoint breaker: keeps calls away from a failing host and sends them to a backup
//! meanwhile.
//!
//! A breaker needs a second host. Set a backup endpoint, and calls go there while the first
//! host fails:
//!
//! ```
//! use cloudcall::breaker::BreakerOptions;
//! use cloudcall::{Client, Tencent};
//!
//! let breaker = BreakerOptions::builder()
//!     .backup_endpoint("ap-shanghai.tencentcloudapi.com")
//!     .build()?;
//! let client = Client::<Tencent>::builder().region("ap-guangzhou").breaker(breaker).build()?;
//! # Ok::<(), cloudcall::Error>(())
//! ```
//!
//! # States
//!
//! - *Closed*: all calls go to the host, and their outcomes are counted. The breaker opens
//!   after 5 failures in a row, or if at least 5 calls and at least 75 % of the calls of a
//!   window failed.
//! - *Open*: no call goes to the host for 60 s. Calls go to the next host that works.
//! - *Half-open*: 5 calls are trials. If all of them succeed, the breaker closes. If one
//!   fails, it opens again.
//!
//! All numbers are defaults of [`BreakerOptions`].
//!
//! # What counts as a failure
//!
//! The host failed if there was no usable response (connection, TLS, time limit, broken
//! HTTP, unreadable body), or if the response reports an internal error of the service. An
//! API error such as `InvalidParameter` shows that the host works, so it counts as a
//! success. Errors on the caller's side, such as a missing credential, are not counted.
//! Neither are refusals of a request because of its size (413, 414, 431, and an upload that
//! the server cuts off), nor those of a proxy (407).
//!
//! # Watching a breaker
//!
//! [`Client::breaker_states`](crate::Client::breaker_states) lists the state of each host.
//! Each change of state is logged as a `tracing` event at WARN and is passed to
//! [`Observe::breaker_changed`](crate::observe::Observe::breaker_changed).
//!
//! [`Breaker`] is the state machine alone, for programs that send requests in another way.

// The states, defaults and boundaries are those of the region breaker of Tencent's SDKs
// (`docs/sources.md`, Tencent Cloud, 7), for every cloud. Four defects of the official
// class are corrected: the host that is signed is the host that is called, the outcome of
// the call decides what is a failure, a result of an older generation never counts, and a
// half-open breaker admits only as many calls as can close it.
//
// The files, from the inside out: `machine.rs` has the states, with time as an argument.
// `permit.rs` makes it safe for threads. `ring.rs` picks one of several hosts. `hosts.rs`
// keeps the breakers of a client.
mod hosts;
mod machine;
mod options;
mod outcome;
mod permit;
mod ring;
mod status;
mod watch;

pub(crate) use hosts::Breakers;
pub(crate) use options::filled;
pub use options::{BreakerOptions, BreakerOptionsBuilder};
pub(crate) use outcome::verdict;
pub use permit::{Breaker, Permit};
pub(crate) use ring::{Picked, Ring};
pub use status::{BreakerState, BreakerStatus};
pub use watch::BreakerChange;
pub(crate) use watch::Watch;
