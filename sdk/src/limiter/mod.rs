//! The limiter of a client: limits requests per second and requests at once, by product and action.
//!
//! Each limit is a `Gate`: a fair semaphore and a token bucket. Without limits, the limiter does nothing.

mod gate;
mod line;
mod options;
mod table;

pub use self::options::{Limit, LimiterOptions};
pub(crate) use self::table::{Limiter, LimiterPermit};
