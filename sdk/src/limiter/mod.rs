//! The limiter of a client: limits requests per second and requests at the same time.
//!
//! ```
//! use cloudcall::limiter::{Limit, LimiterOptions};
//! use cloudcall::{Client, Tencent};
//!
//! // 20 requests per second for each action, and 32 requests of `cvm` at the same time.
//! let limits = LimiterOptions::new()
//!     .each_action(Limit::rate(20.0))
//!     .product("cvm", Limit::at_once(32));
//! let client = Client::<Tencent>::builder().region("ap-guangzhou").limiter(limits).build()?;
//! # Ok::<(), cloudcall::Error>(())
//! ```
//!
//! The clouds limit requests per action and account. A limiter makes calls wait before the
//! service would throttle them. A client has no limits by default, and then the limiter
//! costs nothing.

// Each limit is a `Gate`: permits and a token bucket, each with a `Queue` of calls.
mod bucket;
mod gate;
mod options;
mod queue;
mod table;

pub use self::options::{Limit, LimiterOptions};
pub(crate) use self::table::{Limiter, LimiterPermit};
