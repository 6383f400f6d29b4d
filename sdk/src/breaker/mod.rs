//! The endpoint breaker: keeps calls away from a host that fails, and sends them to the next one meanwhile.
//!
//! | file | what it is |
//! | --- | --- |
//! | `machine.rs` | the states and when they change, given the time |
//! | `permit.rs` | the same for many threads, with a guard for each call |
//! | `ring.rs` | hosts in order of preference, and which of them a call goes to |
//! | `hosts.rs` | all breakers of a client, one for each host |
//! | `outcome.rs` | what the end of a call says of its host |
//! | `status.rs`, `watch.rs` | what can be asked, and who is told of changes |
//! | `options.rs` | figures and backups |
//!
//! States, figures and borders are those of the region breaker of `docs/sources.md`, Tencent Cloud, 7, for every cloud. What
//! the official class gets wrong is right here: the host that is signed is the host that is called, failures are what
//! the call's outcome says, a result of an older generation never counts, and half-open lets only so many calls
//! through as may close it.

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
