//! The limiter of the client: how many requests a second, and how many at once, by product and action.
//!
//! A limit is a line of calls: a [`Gate`](gate::Gate) of fair places and a token bucket. Off until a limit is set.

mod gate;
mod line;
mod options;
mod table;

pub use self::options::{Limit, LimiterOptions};
pub(crate) use self::table::{Limiter, Pass};
