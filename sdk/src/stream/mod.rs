//! Answers that are not read whole: events of the server as they come, and downloads.
//!
//! | file | what it is |
//! | --- | --- |
//! | `origin.rs` | the call that a stream came from: to open it, and to name its errors |
//! | `flow.rs` | a body under its limits of time |
//! | `parse.rs` | the text of events: lines and fields |
//! | `event.rs`, `events.rs` | one typed event, and the stream of them |
//! | `text.rs` | data that is read as text, not as JSON |
//! | `range.rs` | parts of documents: what is asked for, and what came |
//! | `document.rs` | which document a response is of, and whether another one goes on with it |
//! | `download.rs` | a document as it comes, from where it broke off if need be |
//! | `file.rs`, `target.rs`, `write.rs` | where a download goes |
//!
//! The head decides: until it is here, a streamed call is a call like any other, with retries, breaker, quota and limits.
//! From then on the stream is the caller's. The attempt's and the call's time limits covered the head alone; `read` and
//! `stall` go on. The limiter's place is held until the stream ends or is dropped, since "so many at once" means those; the
//! breaker is told at the head that its host works, since a trial must not last as long as a stream.

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
