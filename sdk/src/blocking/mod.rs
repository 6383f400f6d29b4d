//! Clients for code that is not async, with the cargo feature `blocking`.
//!
//! The surface is that of the async client, without `.await`: the same builder, the same methods of actions (import the
//! same extension trait), the same options of one call.
//!
//! ```no_run
//! use cloudcall::{blocking, cloud_action, Tencent};
//! use cloudcall::retry::RetryPolicy;
//!
//! #[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12")]
//! pub struct DescribeInstances {
//!     pub limit: Option<i64>,
//! }
//!
//! # fn main() -> Result<(), cloudcall::Error> {
//! let client = blocking::Client::<Tencent>::builder().region("ap-guangzhou").build()?;
//! let list = client.describe_instances().limit(20).send()?;
//! println!("{}", list["TotalCount"]);
//! let list = client
//!     .describe_instances()
//!     .invoker()
//!     .add_header("X-TC-Canary", "1")
//!     .with_retry(RetryPolicy::standard().max_attempts(5))
//!     .invoke()?;
//! println!("{:?}", list.request_id());
//! # Ok(())
//! # }
//! ```
//!
//! [`Pages`], [`Items`] and [`Events`] are iterators, a [`Download`] is a [`Read`](std::io::Read), and
//! [`Waiter::wait`] waits for a state. What has more steps than one call, such as two calls at the same time, goes through
//! [`Client::run`] and [`Client::iter`].
//!
//! # Threads
//!
//! The thread that calls does the work of its call: it signs, decodes and waits. One thread in the background, which all
//! blocking clients of the process share, moves bytes and keeps time; it ends with the last of them. Any number of threads
//! may call through one client at the same time.
//!
//! A call may be made from anywhere, also from within an async runtime, and a client may be dropped there. It then blocks the
//! thread it is on, and all that this thread would have done meanwhile: there, use the async client, or
//! `tokio::task::spawn_blocking`. On a runtime with one thread a call that waits for work of the same runtime, such as a
//! server in the same test, ends with its time limit.

mod bound;
mod call;
mod client;
mod download;
mod driver;
mod iter;
mod wait;

pub use self::call::{Invoker, RawCall};
pub use self::client::{Blocking, Client, ClientBuilder};
pub use self::download::{Download, Pieces};
pub use self::iter::{Events, Items, Iter, Pages};
pub use self::wait::Waiter;
