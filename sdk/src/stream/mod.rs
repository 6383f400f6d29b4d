//! Streams: server-sent events and downloads, read while they arrive.
//!
//! | to do this | use |
//! | --- | --- |
//! | read server-sent events | `stream()` of the typed builder, which gives [`Events`] |
//! | download a document | `download()` of a call, which gives [`Download`] |
//! | stream an action that is written by hand | [`StreamAction`] |
//!
//! ```no_run
//! use cloudcall::http::Method;
//! use cloudcall::action::ActionInfo;
//! use cloudcall::{Client, Huawei};
//!
//! # async fn run(client: Client<Huawei>) -> Result<(), cloudcall::Error> {
//! let report = ActionInfo::new("bss", "v2", "DownloadReport")
//!     .with_method(Method::GET)
//!     .with_path("/v2/report");
//! let bytes = client.raw_action(report).download().await?.to_file("report.csv").await?;
//! println!("{bytes} bytes");
//! # Ok(())
//! # }
//! ```
//!
//! # What applies to a stream
//!
//! Until the head of a success response was received, a streamed call is an ordinary call,
//! with retries, breaker, quota and time limits. From then on, the stream belongs to the
//! caller:
//!
//! - The limits `attempt` and `total` of [`TimeoutOptions`](crate::client::TimeoutOptions)
//!   cover the head. The limits `read` and `stall` cover the body.
//! - The permit of the limiter is held until the stream ends or is dropped.
//! - The breaker counts the head as a success of the host.
//! - A stream of events is never repeated. A download continues after a break if that is
//!   safe.
//!
//! Dropping a stream closes its connection.

// From the head of the response to the reader: `sink` decides by the head whether the body
// is handed over, `origin` is the call that can be made again, and `flow` enforces the time
// limits of a body. Events: `parse` splits the text into events, `text` reads data that is
// not JSON. Downloads: `document` and `range` check that parts belong together, `file` and
// `target` write files. The breaker gets its outcome at the head because a trial must not
// last as long as a stream.
mod document;
mod download;
mod event;
mod events;
mod file;
mod flow;
mod origin;
mod parse;
mod range;
mod target;
mod text;
mod write;

pub use download::Download;
pub use event::{Event, StreamAction};
pub use events::Events;
pub(crate) use origin::Origin;
#[cfg(feature = "blocking")]
pub(crate) use write::failed as write_failed;
