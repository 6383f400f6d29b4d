//! The blocking client, for code that is not async. It needs the cargo feature `blocking`.
//!
//! It has the interface of the async client without `.await`: the same builder, the same methods for actions
//! and the same call options.
//!
//! ```no_run
//! use cloudcall::prelude::*;
//! use cloudcall::blocking;
//!
//! #[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12")]
//! pub struct DescribeInstances {
//!     pub limit: Option<i64>,
//! }
//!
//! # fn main() -> Result<(), Error> {
//! let client = blocking::Client::<Tencent>::builder().region("ap-guangzhou").build()?;
//! let list = client.describe_instances().limit(20).send()?;
//! println!("{}", list["TotalCount"]);
//! let list = client
//!     .describe_instances()
//!     .add_header("X-TC-Canary", "1")
//!     .with_retry(RetryPolicy::standard().max_attempts(5))
//!     .send()?;
//! println!("{:?}", list.request_id());
//! # Ok(())
//! # }
//! ```
//!
//! [`Pages`], [`Items`] and [`Events`] are iterators. A [`Download`] implements [`Read`](std::io::Read).
//! [`Waiter::wait`] blocks until a state is reached. Use [`Client::run`] and [`Client::iter`] for work with
//! several steps, such as two calls at the same time.
//!
//! # Threads
//!
//! A call runs on the thread that makes it: that thread signs, decodes and waits. One background thread
//! drives connections and timers. All blocking clients of the process share it, and it ends when the last of
//! them is dropped. Any number of threads can call through one client at the same time.
//!
//! # Troubleshooting
//!
//! **A call inside an async runtime blocks other tasks.** Calls also work there, and a client can be dropped
//! there, but the thread of the runtime is blocked meanwhile. Use the async client, or move the call into
//! `tokio::task::spawn_blocking`.
//!
//! **A call times out in a test with its own server.** On a runtime with one thread, a blocking call also
//! blocks the server. Use a runtime with several threads, or run the server on another thread.
//!
//! **Building a client fails with kind `Config`.** The background thread cannot be started. Check the thread
//! limit of the process.

mod bound;
mod call;
mod client;
mod download;
mod driver;
mod iter;
#[cfg(any(feature = "tencent", feature = "volcengine"))]
mod url;
mod wait;

pub use self::call::{Invoker, RawCall};
pub use self::client::{Blocking, Client, ClientBuilder};
pub use self::download::{Download, Pieces};
pub use self::iter::{Events, Items, Iter, Pages};
pub use self::wait::{RawWaiter, Waiter};
